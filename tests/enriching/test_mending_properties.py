"""What holds for every text: valid marks, kept spans, nothing raised, work in step with length."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.enriching.links import find_mentions
from generator.enriching.mending import Mended, mend
from generator.reading import read_bytes
from generator.textmarks import Emphasis, Formula, Repair

Mark = Emphasis | Formula | Repair

DIGESTS = Path(__file__).resolve().parents[2].parent / "shared" / "digests"
PIECES = [
    "a", "B", "7", " ", ", ", "\n\n", "$", "$$", "\\", "{", "}", "^", "_", "~", "-", "--", "`",
    "``", "'", "''", '"', "\\(", "\\)", "\\[", "\\]", "\\alpha", "\\frac", "\\textbf{", "\\emph",
    "\\'e", "\\href{", "}{", "\\url{", "{\\o}", "{\\em ", "\\%", "\\ ", "\\\\", "Q^{star}",
    "384times384",
    "geq 0.65", "pi_0", "{\\epsilon}", "sqrt{", "textit{", "&lt;", "&#60;", "&nbsp;", "<i>", "</i>",
    "{pm 1}", "sim80%", "$x^2$", "$\\textbf{a}$", "{\\bf ", "textbf{", "}",
    "$5", "https://x.org/", "this https URL", "\ud800", "é", "\x00",
]  # fmt: skip
PASTED = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
HOSTILE = [*PIECES, "$a", "\\(a", "{}", "{A$_2$}", "x^{a}", "`a'", "- -", "^{}", "$\\$", "{\\deg}^"]
PLAIN = st.text(st.characters(exclude_characters="$\\{}`~^_&<-"), max_size=80)


def check(mended: Mended) -> None:
    """Offsets are within the text; marks are in order and apart, or one holds the other."""
    for marks in (mended.marks.formulas, mended.marks.repairs):
        end = 0
        for mark in marks:
            assert end <= mark.start < mark.end <= len(mended.text)
            end = mark.end
    for formula in mended.marks.formulas:
        for repair in mended.marks.repairs:
            assert are_apart(formula, repair) or holds(repair, formula)
    emphases = mended.marks.emphases
    assert list(emphases) == sorted(emphases, key=lambda mark: (mark.start, -mark.end))
    for number, outer in enumerate(emphases):
        assert 0 <= outer.start < outer.end <= len(mended.text)
        others: list[Mark] = [*emphases[number + 1 :], *mended.marks.formulas]
        assert all(are_apart(outer, other) or holds(outer, other) for other in others)
        for repair in mended.marks.repairs:
            assert are_apart(outer, repair) or holds(outer, repair) or holds(repair, outer)
    assert not mended.marks.abbreviations


def are_apart(one: Mark, other: Mark) -> bool:
    return one.end <= other.start or other.end <= one.start


def holds(outer: Mark, inner: Mark) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


@given(PASTED | st.text(max_size=80))
@example("\\textbf{" * 30 + "x" + "}" * 30)
def test_marks_are_valid_whatever_the_text(text: str) -> None:
    check(mend(text))


@given(PASTED, st.data())
def test_kept_spans_are_verbatim_at_their_new_place(text: str, data: st.DataObject) -> None:
    cuts = data.draw(st.sets(st.integers(0, len(text)), max_size=8).map(sorted))
    keep = list(zip(cuts[::2], cuts[1::2], strict=False))
    mended = mend(text, keep)
    check(mended)
    assert len(mended.spans) == len(keep)
    for (start, end), (new_start, new_end) in zip(keep, mended.spans, strict=True):
        assert mended.text[new_start:new_end] == text[start:end]
        for formula in mended.marks.formulas:
            assert formula.end <= new_start or new_end <= formula.start
        for emphasis in mended.marks.emphases:
            inside = emphasis.start <= new_start and new_end <= emphasis.end
            assert inside or emphasis.end <= new_start or new_end <= emphasis.start


@given(PASTED)
def test_links_found_before_are_there_afterwards(text: str) -> None:
    mentions = find_mentions(text)
    mended = mend(text, [(mention.start, mention.end) for mention in mentions])
    for mention, (start, end) in zip(mentions, mended.spans, strict=True):
        assert mended.text[start:end] == mention.link.text


@given(PLAIN.filter(lambda text: not re.search(r"times|[gln]eq|sim\d|\dpm\d", text)))
def test_text_without_signs_of_tex_or_damage_is_unchanged(text: str) -> None:
    assert mend(text) == Mended(text)


@given(st.lists(st.sampled_from(
    ["word", " ", "95\\%", "R\\'enyi", "a--b", "$x^2$", "Q^{star}", "{\\epsilon}", "384times384",
     "\\emph{word}", "``real''", "geq 0.65", "pi_0 ", "&lt;", "<i>n</i>", "sim80% "]
).map(lambda piece: piece + " "), max_size=12).map("".join))  # fmt: skip
def test_what_is_mended_needs_no_mending(text: str) -> None:
    once = mend(text).text
    assert mend(once).text == once


def work(text: str) -> int:
    """Count the calls, of Python's and C's functions, that a text takes."""
    calls = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        mend(text)
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize("piece", HOSTILE, ids=ascii)
def test_twice_the_text_is_at_most_twice_the_work(piece: str) -> None:
    mend(piece * 1200)  # What is drawn once is remembered; count without that.
    single, double = work(piece * 600), work(piece * 1200)
    assert double <= 2 * single + 500


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        ("2025-03-11", {"times": 1, "script": 1, "braced": 2}),
        ("2025-12-31-real-500", {"braced": 3, "entity": 1, "command": 1}),
    ],
)
def test_real_digests_have_the_repairs_that_were_read_by_eye(
    name: str, rules: dict[str, int]
) -> None:
    path = DIGESTS / f"{name}.txt"
    if not path.exists():
        pytest.skip("the shared data is absent")
    found: dict[str, int] = {}
    for record in read_bytes(path.read_bytes(), path.name).records:
        for text in (record.title, record.abstract):
            keep = [(mention.start, mention.end) for mention in find_mentions(text)]
            mended = mend(text, keep)
            check(mended)
            for repair in mended.marks.repairs:
                found[repair.rule] = found.get(repair.rule, 0) + 1
    assert found == rules
