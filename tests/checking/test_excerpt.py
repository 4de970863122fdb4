"""What an excerpt shows of a line, and where its caret stands."""

from __future__ import annotations

import unicodedata

import pytest

from generator.checking.excerpt import excerpt_of, harmless, spot_of
from generator.model import Problem, Severity, Source


def columns(text: str) -> int:
    """Columns of a terminal, counted without the code under test."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def problem(message: str, column: int = 0) -> Problem:
    return Problem(Source("a.txt", 1), Severity.ERROR, message, "", "B204", column)


@pytest.mark.parametrize(
    ("line", "column", "length", "text", "caret"),
    [
        pytest.param("arXiv: x", 8, 1, "arXiv: x", "       ^", id="plain"),
        pytest.param("a\tb", 3, 1, "a    b", "     ^", id="a tab"),
        pytest.param("図表 b", 4, 1, "図表 b", "     ^", id="wide characters before"),
        pytest.param("a 図表", 3, 2, "a 図表", "  ^^^^", id="wide characters meant"),
        pytest.param("e\u0301 b", 4, 1, "e\u0301 b", "  ^", id="a mark without width"),
        pytest.param("a\x1b[31mb", 7, 1, "a\\u001b[31mb", "           ^", id="a control character"),
        pytest.param("a\u202eb", 3, 1, "a\\u202eb", "       ^", id="a turn of direction"),
        pytest.param("a\u00a0b", 2, 1, "a\\u00a0b", " ^^^^^^", id="a no-break space"),
        pytest.param("Tags:", 6, 0, "Tags:", "     ^", id="behind the end"),
        pytest.param("  a title", 0, 0, "  a title", "", id="the whole line"),
        pytest.param("", 1, 0, "", "^", id="an empty line"),
    ],
)
def test_a_caret_stands_below_what_is_meant(
    line: str, column: int, length: int, text: str, caret: str
) -> None:
    found = excerpt_of(line, column, length)
    assert (found.text, found.caret) == (text, caret)


@pytest.mark.parametrize("column", [1, 50, 5000, 9_990, 10_001])
@pytest.mark.parametrize("letter", ["x", "図", "\u202e"])
def test_a_long_line_is_cut_around_the_column(column: int, letter: str) -> None:
    line = letter * (column - 1) + "HERE" + letter * 10_000
    found = excerpt_of(line, column, 4, width=80)
    assert columns(found.text) <= 80
    assert found.text.endswith("…")
    assert found.text.startswith("…") is (column > 1)
    before = found.text[: found.text.index("HERE")]
    assert found.caret == " " * columns(before) + "^^^^"


def test_a_line_that_fits_is_shown_whole() -> None:
    assert excerpt_of("x" * 80, 80, 1, width=80).text == "x" * 80
    assert excerpt_of("x" * 81, 1, 1, width=80).text == "x" * 79 + "…"


@pytest.mark.parametrize(
    ("message", "line", "spot"),
    [
        ('"abc" is no key', "  abc: 1", (3, 3)),
        ('no title "A  B"; left out', "# A \t B", (3, 5)),
        ('cut off: "a long text that goes…"', "a long text that goes on", (1, 21)),
        ('read as "one two three"', "# one two", (3, 7)),
        ('found "say "no" to it"; kept', 'x say "no" to it', (3, 14)),
        ('"quoted" is elsewhere', "nothing of it", (0, 0)),
        ('the title "All of It"', "All of It", (0, 0)),
        ("nothing is quoted", "a line", (0, 0)),
        ("unknown field `colour`; an entry has name", "  colour: red", (3, 6)),
        ('a title\'s mark is one `#`, found "## A"', "x ## A", (3, 4)),
        ('"a.b(" is no pattern', "x a.b( y", (3, 4)),
    ],
)
def test_what_a_message_quotes_is_what_it_means(
    message: str, line: str, spot: tuple[int, int]
) -> None:
    assert spot_of(problem(message), line) == spot


def test_a_column_that_is_known_counts() -> None:
    assert spot_of(problem('"abc" is bad', column=5), "abc def abc") == (5, 3)


def test_nothing_that_is_shown_steers_a_terminal() -> None:
    every = "".join(map(chr, range(0x3000))) + "\U000e0001\ud800"
    assert harmless(every).isprintable()
    assert excerpt_of(every, 1, 1, width=10**6).text.isprintable()
