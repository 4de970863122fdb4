"""What single commands of TeX stand for: tables only.

`formulas` reads maths with them, `tex` running text, `repairs` what is left of damaged maths.
"""

from __future__ import annotations

from generator.textmarks import EmphasisKind


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


def _table(names: str, signs: str) -> dict[str, str]:
    """Pair names with signs: those stand apart, or each is one character."""
    return dict(zip(names.split(), signs.split() if " " in signs else signs, strict=True))


GREEK = _table(
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu "
    "xi pi varpi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega "
    "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega",
    "αβγδεεζηθϑικλμνξπϖρϱσςτυφφχψωΓΔΘΛΞΠΣΥΦΨΩ",
)

RELATIONS = _table(
    "leq le geq ge neq ne ll gg approx sim simeq cong equiv propto in notin ni subset subseteq "
    "supset supseteq prec preceq succ succeq mid parallel perp to rightarrow leftarrow gets "
    "Rightarrow Leftarrow leftrightarrow Leftrightarrow mapsto longrightarrow implies iff "
    "times div pm mp cdot ast circ oplus otimes odot cup cap setminus wedge land vee lor "
    "vdash models colon coloneqq lesssim gtrsim leqslant geqslant",
    "≤ ≤ ≥ ≥ ≠ ≠ ≪ ≫ ≈ ∼ ≃ ≅ ≡ ∝ ∈ ∉ ∋ ⊂ ⊆ ⊃ ⊇ ≺ ⪯ ≻ ⪰ | ∥ ⊥ → → ← ← ⇒ ⇐ ↔ ⇔ ↦ ⟶ ⇒ ⇔ "
    "× ÷ ± ∓ · ∗ ∘ ⊕ ⊗ ⊙ "
    "∪ ∩ ∖ ∧ ∧ ∨ ∨ ⊢ ⊨ : ≔ ≲ ≳ ⩽ ⩾",
)
"""What stands between two things and, alone, has space on both sides."""

SIGNS = _table(
    "infty ell star dagger ddagger prime partial nabla forall exists emptyset varnothing hbar "
    "Re Im aleph top bot angle triangle Box checkmark ldots dots dotsc dotsb cdots vdots sum "
    "prod int oint langle rangle lfloor rfloor lceil rceil vert Vert lvert rvert lVert rVert "
    "uparrow downarrow nearrow searrow updownarrow neg lnot bullet deg degree lbrace rbrace "
    "backslash triangleq",
    "∞ ℓ ⋆ † ‡ ′ ∂ ∇ ∀ ∃ ∅ ∅ ℏ ℜ ℑ ℵ ⊤ ⊥ ∠ △ □ ✓ … … … … ⋯ ⋮ ∑ ∏ ∫ ∮ ⟨ ⟩ ⌊ ⌋ ⌈ ⌉ | ‖ | | ‖ ‖ "
    "↑ ↓ ↗ ↘ ↕ ¬ ¬ • ° ° { } \\ ≜",
)

FUNCTIONS = _names(
    "log ln exp min max sup inf lim limsup liminf sin cos tan tanh cosh sinh arg argmin argmax det "
    "dim ker gcd deg Pr poly polylog mod"
)
"""Names in maths; `deg` and `mod` count where maths is certain, `poly` and the like as words."""

OPERATORS = FUNCTIONS - {"poly", "polylog", "mod", "argmin", "argmax"}
"""Functions that TeX has a command for."""

FONTS = _names(
    "mathrm mathbf mathit mathsf mathtt mathcal mathscr mathfrak mathbb boldsymbol bm pmb "
    "operatorname text textrm textbf textit texttt textsf textsc mbox textnormal emph underline "
    "mathnormal textup smash"
)
"""Commands that only dress their argument."""

SIZES = _names(
    "left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr middle limits nolimits "
    "displaystyle textstyle scriptstyle rm bf it sf tt cal"
)
"""Commands that leave nothing to read."""

SPACES = {",": " ", ":": "", ";": " ", "!": "", " ": " ", "quad": " ", "qquad": " "}

MATHS_ACCENTS = {
    "hat": "\u0302",
    "widehat": "\u0302",
    "tilde": "\u0303",
    "widetilde": "\u0303",
    "bar": "\u0304",
    "overline": "\u0304",
    "vec": "\u20d7",
    "dot": "\u0307",
    "ddot": "\u0308",
    "check": "\u030c",
    "breve": "\u0306",
    "acute": "\u0301",
    "grave": "\u0300",
}

DOUBLE_STRUCK = {
    "N": "ℕ",
    "Z": "ℤ",
    "Q": "ℚ",
    "R": "ℝ",
    "C": "ℂ",
    "E": "𝔼",
    "P": "ℙ",
    "F": "𝔽",
    "1": "𝟙",
}

RAISED = dict(zip("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ", strict=True))
LOWERED = dict(zip("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True))
RAISED_ALONE = dict(zip("abcdefghjklmoprstuvwxyzT", "ᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀ", strict=True))
LOWERED_ALONE = dict(zip("aehijklmnoprstuvx", "ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
"""Letters that are raised or lowered only when they stand alone: in words they are hard to read."""

TEXT_ACCENTS = {
    "'": "\u0301",
    "`": "\u0300",
    '"': "\u0308",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    ".": "\u0307",
    "v": "\u030c",
    "u": "\u0306",
    "H": "\u030b",
    "c": "\u0327",
    "k": "\u0328",
    "r": "\u030a",
    "d": "\u0323",
    "b": "\u0331",
}

LETTERS = _table(
    "ss o O l L ae AE oe OE aa AA i j dh DH th TH dj DJ ng NG",
    "ß ø Ø ł Ł æ Æ œ Œ å Å ı ȷ ð Ð þ Þ đ Đ ŋ Ŋ",
)

WORDS = {
    "LaTeX": "LaTeX",
    "TeX": "TeX",
    "ldots": "…",
    "dots": "…",
    "textellipsis": "…",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textbackslash": "\\",
    "textunderscore": "_",
    "textdegree": "°",
    "texttimes": "×",
    "textmu": "µ",
    "textpm": "±",
    "textregistered": "®",
    "texttrademark": "™",
    "textcopyright": "©",
    "copyright": "©",
    "textgreater": ">",
    "textless": "<",
    "textbar": "|",
    "textbullet": "•",
    "textendash": "–",
    "textemdash": "—",
    "textquoteright": "’",
    "textquoteleft": "‘",
    "textquotedblleft": "“",
    "textquotedblright": "”",
    "eg": "e.g.",
    "ie": "i.e.",
    "etal": "et al.",
}
"""Commands of running text, with the three macros that every author of a template defines alike."""

DRESS = {
    **dict.fromkeys(
        _names(
            "textbf textit emph texttt textsc textrm textsf textsl textup textmd textnormal "
            "underline "
            "uline text mbox url nolinkurl textsuperscript textsubscript"
        ),
        ("", ""),
    ),
    "enquote": ("“", "”"),
    "footnote": (" (", ")"),
    "cite": ("[", "]"),
    "citep": ("[", "]"),
    "citet": ("[", "]"),
    "citealp": ("[", "]"),
}
"""Commands of running text with one argument that is to be read, and what then stands around it."""

SWITCHES = _names(
    "em bf it tt sc sl rm sf bfseries itshape ttfamily scshape small large footnotesize "
    "normalsize normalfont underline textbf textit emph"
)
"""What a group can begin with: `{\\em word}`."""

EMPHASES: dict[str, EmphasisKind] = {
    **dict.fromkeys(_names("textbf bf bfseries"), "strong"),
    **dict.fromkeys(_names("textit emph textsl em it itshape sl"), "em"),
    **dict.fromkeys(_names("texttt tt ttfamily"), "code"),
}
"""Those of both that set words apart, and how; the others change only their looks."""

MACROS = {
    "R": r"\mathbb{R}",
    "N": r"\mathbb{N}",
    "Z": r"\mathbb{Z}",
    "argmax": r"\operatorname{argmax}",
    "argmin": r"\operatorname{argmin}",
    "eps": r"\epsilon",
}
"""Commands that TeX does not have, but that everybody who defines them defines alike."""
