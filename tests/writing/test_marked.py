"""Spots in a text become markup; everything else stays text."""

from __future__ import annotations

from collections.abc import Iterator

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Link, LinkKind, Mention
from generator.textmarks import Abbreviation, Emphasis, Formula, Marks, Repair
from generator.writing.marked import MarkedText

MATH = "<math><mi>x</mi></math>"
LINK = Link("https://github.com/a/b", LinkKind.CODE, "github.com/a/b")


def shown(text: MarkedText) -> str:
    return "|".join(text.paragraphs())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(MarkedText("a < b"), "a &#60; b", id="text is escaped"),
        pytest.param(MarkedText("one\n\ntwo"), "one|two", id="paragraphs"),
        pytest.param(
            MarkedText("let x be", Marks(formulas=(Formula(4, 5, "x", MATH),))),
            f"let {MATH} be",
            id="formula",
        ),
        pytest.param(
            MarkedText("3 × 4", Marks(repairs=(Repair(0, 5, "3times4", "times"),))),
            '<span class="bs-repair" tabindex="0" aria-description="as supplied: 3times4">'
            "3 × 4</span>",
            id="repair",
        ),
        pytest.param(
            MarkedText(
                "a x b",
                Marks(
                    formulas=(Formula(2, 3, "x", MATH),), repairs=(Repair(0, 5, "a$x$<", "any"),)
                ),
            ),
            '<span class="bs-repair" tabindex="0" aria-description="as supplied: a&#36;x&#36;'
            f'&#60;">a {MATH} b</span>',
            id="formula within a repair",
        ),
        pytest.param(
            MarkedText(
                "all x of it",
                Marks(
                    formulas=(Formula(4, 5, "x", MATH),),
                    emphases=(
                        Emphasis(0, 11, "strong"),
                        Emphasis(0, 3, "em"),
                        Emphasis(6, 11, "code"),
                    ),
                ),
            ),
            f"<strong><em>all</em> {MATH} <code>of it</code></strong>",
            id="emphasis within emphasis, around a formula",
        ),
        pytest.param(
            MarkedText("x<b>", Marks(emphases=(Emphasis(0, 4, "em"),))),
            "<em>x&#60;b&#62;</em>",
            id="emphasis is escaped",
        ),
        pytest.param(
            MarkedText(
                "3 × 4",
                Marks(
                    repairs=(Repair(0, 5, "textit{3 × 4}", "wrapper"),),
                    emphases=(Emphasis(0, 5, "em"),),
                ),
            ),
            '<em><span class="bs-repair" tabindex="0" '
            'aria-description="as supplied: textit&#123;3 × 4&#125;">3 × 4</span></em>',
            id="emphasis that is repaired",
        ),
        pytest.param(
            MarkedText(
                "a b c",
                Marks(repairs=(Repair(0, 5, "?", "any"),), emphases=(Emphasis(2, 3, "em"),)),
            ),
            '<span class="bs-repair" tabindex="0" aria-description="as supplied: ?">'
            "a <em>b</em> c</span>",
            id="emphasis within a repair",
        ),
        pytest.param(
            MarkedText(
                "github.com/a/b LM",
                Marks(
                    abbreviations=(Abbreviation(15, 17, "language model"),),
                    emphases=(Emphasis(0, 14, "code"), Emphasis(15, 17, "strong")),
                ),
                mentions=(Mention(0, 14, LINK),),
            ),
            '<code><a href="https://github.com/a/b" rel="noopener nofollow">github.com/a/b</a>'
            '</code> <strong><abbr class="bs-abbr" tabindex="0" '
            'aria-description="language model">LM</abbr></strong>',
            id="an emphasised link, an emphasised acronym",
        ),
        pytest.param(
            MarkedText(
                "LM LM",
                Marks(
                    abbreviations=(
                        Abbreviation(0, 2, "language model"),
                        Abbreviation(3, 5, "language model"),
                    )
                ),
            ),
            '<abbr class="bs-abbr" tabindex="0" aria-description="language model">LM</abbr> '
            '<abbr class="bs-abbr" tabindex="-1" aria-description="language model">LM</abbr>',
            id="the Tab key stops at an acronym once",
        ),
        pytest.param(
            MarkedText("see github.com/a/b.", mentions=(Mention(4, 18, LINK),)),
            'see <a href="https://github.com/a/b" rel="noopener nofollow">github.com/a/b</a>.',
            id="link",
        ),
        pytest.param(
            MarkedText("a\n\nb", mentions=(Mention(0, 4, LINK),)),
            "a|b",
            id="no mark goes from one paragraph into the next",
        ),
    ],
)
def test_marks_are_shown(text: MarkedText, expected: str) -> None:
    assert shown(text) == expected


def test_a_title_within_a_link_has_no_marks_but_formulas_and_emphasis() -> None:
    marks = Marks(
        formulas=(Formula(0, 1, "x", MATH),),
        repairs=(Repair(2, 3, "b", "any"),),
        emphases=(Emphasis(0, 3, "em"),),
    )
    assert MarkedText("x y", marks).label() == f"<em>{MATH} y</em>"


def test_a_title_in_markdown_has_emphasis() -> None:
    marks = Marks(emphases=(Emphasis(2, 5, "em"),))
    assert MarkedText("A *b* c", marks).heading() == "A <em>&#42;b&#42;</em> c"


def test_a_mark_is_drawn_without_a_look_at_all_others() -> None:
    class Watched(tuple[Formula, ...]):
        looks = 0

        def __iter__(self) -> Iterator[Formula]:
            Watched.looks += len(self)
            return super().__iter__()

    many = range(0, 1000, 2)
    marks = Marks(
        formulas=Watched(Formula(at, at + 1, "x", MATH) for at in many),
        repairs=tuple(Repair(at, at + 1, "x_", "any") for at in many),
    )
    assert shown(MarkedText("x " * 500, marks)).count(MATH) == 500
    assert Watched.looks <= 2 * len(many)


# Of line ends texts have one, as all that is read.
@given(
    st.text().map(lambda text: text.replace("\r", "\n")),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), st.text())),
)
def test_whatever_the_marks_the_text_is_what_a_reader_sees(
    text: str, spots: list[tuple[int, int, str]]
) -> None:
    marks = Marks(
        repairs=tuple(Repair(a, b, words, "any") for a, b, words in spots),
        abbreviations=tuple(Abbreviation(b, a, words) for a, b, words in spots),
        emphases=tuple(Emphasis(b - 1, a + 3, "em") for a, b, _ in spots if b),
    )
    parts = MarkedText(text, marks).paragraphs()
    shown = [str(lxml.html.fromstring(f"<p>x{part}</p>").xpath("string()")) for part in parts]
    whole = [lxml.html.fromstring(f"<p>x{part}</p>") for part in MarkedText(text).paragraphs()]
    assert shown == [str(part.xpath("string()")) for part in whole]
