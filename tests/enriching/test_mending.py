"""Pasted text made into what it means: TeX in running text, and all that only looks like it."""

from __future__ import annotations

import pytest

from generator.enriching.mending import Mended, mend
from generator.textmarks import Emphasis, Marks

URL = "https://example.org/a_b"

MEANT = {
    "percent": (r"up by 3.0\% on", "up by 3.0% on"),
    "escaped-signs": (r"R\&D, a\_b, \#1, \$5", "R&D, a_b, #1, $5"),
    "acute": (r"R\'enyi", "Rényi"),
    "acute-braced": (r"Lov\'{a}sz", "Lovász"),
    "acute-in-group": (r"{\'E}tude", "Étude"),
    "acute-dotless": (r"Mart\'{\i}n", "Martín"),
    "umlaut": (r"Schr\"odinger", "Schrödinger"),
    "umlaut-braced": (r"\"{o}ffentlich", "öffentlich"),
    "umlaut-begins-word": (r"\"Uber alles", "Über alles"),
    "caron": (r"\v{S}koda", "Škoda"),
    "double-acute": (r"Erd\H{o}s", "Erdős"),
    "grave": (r"dop\'e \`a l'argent", "dopé à l'argent"),
    "circumflex": (r"arr\^et", "arrêt"),
    "tilde": (r"Espa\~na", "España"),
    "cedilla": (r"Fran\c{c}ois", "François"),
    "dot-and-ogonek": (r"\.{z} \k{a}", "ż ą"),
    "letters": (r"{\o}re, S\o rensen, {\aa}, \AA{}ngstr\"om", "øre, Sørensen, å, Ångström"),
    "sharp-s": (r"Gau\ss{} and gro\ss e", "Gauß and große"),
    "en-dash": ("Warmup--Stable--Decay, 2018--2020", "Warmup–Stable–Decay, 2018–2020"),
    "em-dash": ("methods---it is", "methods—it is"),
    "spaced-dash": ("simple -- a change", "simple – a change"),
    "half-spaced-dash": ("the methods-- all", "the methods– all"),
    "dash-in-braces": ("advance{—}indeed", "advance—indeed"),
    "double-quotes": ("as ``real'' models", "as “real” models"),
    "mixed-quotes": ('well ``shaped" rewards', "well “shaped” rewards"),
    "single-quotes": ("can `steal' it", "can ‘steal’ it"),
    "apostrophe-in-quotes": ("``don't know''", "“don't know”"),
    "enquote": (r"\enquote{sets} of", "“sets” of"),
    "tie-before-bracket": ("System~(SRS)", "System (SRS)"),
    "tie-before-cite": (r"results~\cite{Doe16}", "results [Doe16]"),
    "tie-before-number": ("Fig.~3 and Table~2", "Fig. 3 and Table 2"),
    "bold-and-nested": (r"\textbf{bold \emph{it} x}", "bold it x"),
    "letters-in-bold": (r"\textbf{C}ontext-\underline{A}ware", "Context-Aware"),
    "switch": (r"{\em word} and {\bf b}", "word and b"),
    "switch-within-word": (r"{\underline b}andits", "bandits"),
    "typewriter": (r"\texttt{a\_b\_c}", "a_b_c"),
    "url": (r"at \url{https://x.org/a}.", "at https://x.org/a."),
    "href": (r"\href{https://x.org}{our page}.", "our page (https://x.org)."),
    "href-to-itself": (r"\href{https://x.org}{https://x.org}", "https://x.org"),
    "href-with-stand-in": (r"a \href{this https URL}{repository}.", "a repository."),
    "footnote": (r"released.\footnote{See \url{x.org}} We", "released. (See x.org) We"),
    "citations": (r"by \citet{a17,b18}", "by [a17,b18]"),
    "spaces": (r"e.g.\ this, 10\,kg", "e.g. this, 10 kg"),
    "discretionary-hyphen": (r"data\-base", "database"),
    "macros-of-everybody": (r"\eg, this (\ie that) \etal", "e.g., this (i.e. that) et al."),
    "named-signs": (r"5\texttimes{} \textmu{}m \LaTeX", "5× µm LaTeX"),
    "kept-capitals": (r"{P}henomenology of {Cu$_2$O}/{ZnO}", "Phenomenology of Cu₂O/ZnO"),
    "roman-numeral": ("copper ({I}) oxide", "copper (I) oxide"),
}


@pytest.mark.parametrize(("text", "meant"), MEANT.values(), ids=MEANT.keys())
def test_tex_in_running_text_becomes_what_it_means(text: str, meant: str) -> None:
    mended = mend(text)
    assert mended.text == meant
    assert not mended.marks.repairs, "what TeX means is no damage"


STAYS = {
    "plain": "A plain sentence (2024), with 10 % and a–b.",
    "money": "$5 and $6",
    "money-range": "$100M to $200M, $5-$10",
    "us-dollars": "US$ 5 and A$6, C$ 7",
    "money-spaced": "costs $ 5 and $ 6 each",
    "one-dollar": "for under $1,000.",
    "shell": "set $HOME and $PATH",
    "shell-glued": "$HOME/$USER and $A_DIR/$B_DIR",
    "shell-in-backticks": "`$PATH` or `$HOME`",
    "patterns-in-dollars": "between ^foo$ and ^bar$ there is nothing",
    "stray-dollar": "mAP of 54.4%$that is only",
    "stray-dollars": "it is $better than most of the others, so$ they say",
    "options": "run --help or git log --oneline -- ",
    "html-comment": "<!-- x -->",
    "rule": "a ----- b",
    "arrow": "(Cu-->CuO)",
    "windows-path": r"C:\new\table\beta and D:\Users\o",
    "network-path": r"\\server\share\alpha",
    "pattern": r"\d+\w* and \bfoo\b and [^\s]+",
    "line-breaks-as-text": r"one\nTwo \n \t three",
    "quoted-strings": r'"say \"open\" it", don\'t, l\'eau',
    "code-in-backticks": "the `code` and ``more code`` and ```block```",
    "apostrophes": "it's the authors' own 'word'",
    "about": "~30% of 2~3%, O~(n), Jan~Mar, /~user",
    "placeholders": "a photo of a {CLASS}, {label}; {a, b} and {X, T, Y}",
    "bibtex": "@misc{x26, author={Ann Lee}, year={2026}}",
    "unknown-macro": r"\disco offers \method{x} and \begin{center}",
    "unclosed-group": r"\textbf{never closed",
    "unclosed-formula": r"a \(x + y and \[z",
    "markdown-brackets": r"\[12\] and \(see below\) and \(2019\)",
    "code": "let x = vec.iter() { fixed[i] = 1; }",
}


@pytest.mark.parametrize("text", STAYS.values(), ids=STAYS.keys())
def test_what_only_looks_like_tex_stays(text: str) -> None:
    assert mend(text) == Mended(text, Marks())


def test_a_kept_span_stays_and_its_new_place_is_given() -> None:
    text = rf"95\% of \url{{{URL}}}, $\alpha$ and {URL}"
    first, last = text.index(URL), text.rindex(URL)
    mended = mend(text, [(first, first + len(URL)), (last, last + len(URL))])
    assert mended.text == f"95% of {URL}, α and {URL}"
    assert [mended.text[start:end] for start, end in mended.spans] == [URL, URL]


@pytest.mark.parametrize(
    "kept", [r"$\alpha$", "a--b", r"\textbf{x}", "Q^{star}", "{", "}", "``", "384times384"]
)
def test_nothing_in_a_kept_span_is_read(kept: str) -> None:
    text = rf"\emph{{before {kept} after}}"
    start = text.index(f" {kept} ") + 1
    mended = mend(text, [(start, start + len(kept))])
    assert mended.text == f"before {kept} after"
    assert mended.spans == ((7, 7 + len(kept)),)
    assert mended.marks == Marks(emphases=(Emphasis(0, len(mended.text), "em"),))


def test_a_formula_does_not_reach_over_a_kept_span() -> None:
    text = "$a + https://x.org/ + b^2$"
    assert mend(text, [(5, 19)]).text == text


def test_an_address_given_twice_stands_once_for_both() -> None:
    text = rf"\href{{{URL}}}{{{URL}}}"
    first, last = text.index(URL), text.rindex(URL)
    mended = mend(text, [(first, first + len(URL)), (last, last + len(URL))])
    assert mended.text == URL
    assert mended.spans == ((0, len(URL)),) * 2


@pytest.mark.parametrize("keep", [[(3, 5), (1, 2)], [(0, 4), (3, 6)], [(2, 2)]])
def test_spans_out_of_order_are_refused(keep: list[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match="in order"):
        mend("some plain words", keep)


EMPHASISED = {
    "bold": (r"a \textbf{bold} word", [("bold", "strong")]),
    "italic": (r"\textit{one} and \textsl{two}", [("one", "em"), ("two", "em")]),
    "typewriter": (r"\texttt{a\_b}", [("a_b", "code")]),
    "nested": (r"\textbf{bold \emph{it} x}", [("bold it x", "strong"), ("it", "em")]),
    "the-same-words": (r"\textbf{\emph{it}}", [("it", "strong"), ("it", "em")]),
    "part-of-a-word": (r"\textbf{C}ontext-\underline{A}ware", [("C", "strong")]),
    "switch": (r"{\em word}, {\bf b}", [("word", "em"), ("b", "strong")]),
    "switch-to-typewriter": (r"{\ttfamily c}", [("c", "code")]),
    "lost-backslash": ("textbf{all of it}", [("all of it", "strong")]),
    "in-dollars": (r"$\textbf{Name}$", [("Name", "strong")]),
    "in-dollars-nested": (r"$\textit{in \textbf{it}}$", [("in it", "em"), ("it", "strong")]),
    "formula-within": (r"\emph{$k$-means}", [("k-means", "em")]),
    "link-within": (r"\emph{\href{https://x.org}{x}}", [("x (https://x.org)", "em")]),
    "markup-within": (r"\emph{<b>x</b>}", [("<b>x</b>", "em")]),
    "nothing-within": (r"\emph{} \textbf{ }", []),
    "looks-only": (r"\textsc{Name} \underline{x} {\small y}", []),
    "unclosed": (r"\textbf{never closed", []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "spots"), EMPHASISED.values(), ids=EMPHASISED.keys())
def test_emphasis_is_known_and_its_words_stand_in_the_text(
    text: str, spots: list[tuple[str, str]]
) -> None:
    mended = mend(text)
    found = [(mended.text[e.start : e.end], e.kind) for e in mended.marks.emphases]
    assert found == spots


def test_a_repair_and_emphasis_stand_one_within_the_other() -> None:
    marks = mend(r"\textbf{at 3times4} and textit{at 3times4}").marks
    assert [(repair.start, repair.end) for repair in marks.repairs] == [(3, 8), (13, 21)]
    assert [(e.start, e.end) for e in marks.emphases] == [(0, 8), (13, 21)]


def test_groups_do_not_reach_into_the_next_paragraph() -> None:
    text = "\\textbf{one\n\ntwo} and three"
    assert mend(text).text == text
