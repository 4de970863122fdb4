"""What a hostile reader wrote: each list with what must be read and what must be said."""

from __future__ import annotations

import pytest

from generator.model import Digest, LineClass, Severity
from generator.reading import read_text

A = "We study things at hand. It turns out to be good, and our method beats all baselines by far."
B = "Graphs are hard to draw. This paper presents a way of drawing them that needs linear time."
C = "Bees dance to tell where flowers are. We film four hives and decode the dances they show."
LIST = f"Learning to Study Things\n\n{A}\n\nDrawing Graphs in Linear Time\n\n{B}\n\n"
TITLES = ["Learning to Study Things", "Drawing Graphs in Linear Time"]
HEADS = (
    "We minimise a loss:\n\nL = x^2 + y^2\n\nwhere x is the loss of the first model.",
    f"Background\n\n{B}\n\nCode and data\n\nOur code is online.",
    "We make three contributions:\n\n- a bound\n- a proof\n\n1. Fast Methods for All",
    "| Model | Score |\n\n| Ours | 23 |",
)


def read(text: str) -> Digest:
    return read_text(text, "2025-03-11.txt")


def titles(digest: Digest) -> list[str]:
    return [record.title for record in digest.records]


def found(digest: Digest) -> list[tuple[int, str]]:
    return [(p.source.line, "E" if p.severity is Severity.ERROR else "W") for p in digest.problems]


def left_out(digest: Digest) -> list[int]:
    return [line.number for line in digest.lines if line.kind is LineClass.UNCLASSIFIED]


@pytest.mark.parametrize("more", HEADS)
def test_blocks_between_marked_titles_are_paragraphs(more: str) -> None:
    digest = read(f"# One\n\n{A}\n\n{more}\n\n# Two\n\n{B}\n\n# Three\n\n{C}\n")
    assert titles(digest) == ["One", "Two", "Three"]
    assert digest.problems == ()
    assert digest.records[0].abstract.split() == f"{A} {more}".split()


def test_a_forgotten_mark_is_warned_of() -> None:
    digest = read(f"# One\n\n{A}\n\nDrawing of Graphs\n\n{B}\n\n# Three\n\n{C}\n")
    assert 5 in [line for line, _ in found(digest)]


CASES = [
    pytest.param(
        f"T One\nAuthors: Ann Lee; Bo Chen;\n    Fu Gao; Hu Ivo\narXiv: 2503.00001\n\n{A}",
        ["T One"],
        [],
        id="authors wrapped after a semicolon",
    ),
    pytest.param(
        f"T One\nAuthors: Ann Lee; Bo Chen; Fu\nGao; Hu Ivo\narXiv: 2503.00001\n\n{A}",
        ["T One"],
        [],
        id="authors wrapped inside a name",
    ),
    pytest.param(
        f"T One\nNote: to appear at the\nconference on things\nLink: https://x.org/a\n\n{A}",
        ["T One"],
        [],
        id="note wrapped",
    ),
    pytest.param(
        f"T One\nNote: to appear at the\nConference on Things\n\n{A}",
        ["T One"],
        [(3, "W")],
        id="note perhaps wrapped",
    ),
    pytest.param(
        f"T One\nAuthors: Ann Lee\nSubmitted by: me\narXiv: 2503.00001\n\n{A}",
        ["T One"],
        [(3, "E")],
        id="unknown key among keys",
    ),
    pytest.param(
        f"T One\n\n{A}\nLink: https://github.com/a/b\narXiv: 2503.00001\n\nGraphs\n\n{B}",
        ["T One", "Graphs"],
        [(4, "E"), (5, "E")],
        id="late keys, glued",
    ),
    pytest.param(
        f"T One\n\n{A}\n\nAuthors: Ann Lee\narXiv: 2503.00001\n\nGraphs\n\n{B}",
        ["T One", "Graphs"],
        [(5, "E"), (6, "E")],
        id="keys above their title",
    ),
    pytest.param(
        f"Authors: Ann Lee\narXiv: 2503.00001\n\nGraphs\n\n{B}",
        ["Graphs"],
        [(1, "E"), (2, "E")],
        id="keys above the first title",
    ),
    pytest.param(
        "Drawing Graphs\nAuthors: A B\n\nStudying\nAuthors: C D\n\nOn Bees\narXiv: 2503.00001",
        [],
        [(1, "E"), (4, "E"), (7, "E")],
        id="titles with keys only",
    ),
    pytest.param(
        f"{LIST}Upvote\n\n23\n\nOn the Dances of Bees\n\n{C}",
        [*TITLES, "On the Dances of Bees"],
        [(9, "E"), (11, "E")],
        id="votes among papers",
    ),
    pytest.param(
        f"Learning to Study Things\n\n{A}\nDrawing Graphs in Linear Time\n\n{B}\n"
        f"On the Dances of Bees\n\n{C}",
        [*TITLES, "On the Dances of Bees"],
        [(4, "W"), (7, "W")],
        id="no blank line above titles",
    ),
    pytest.param(
        f"Title: On Things\nAuthors: Ann Lee\nAbstract: {A}\n\nTitle: Graphs\nAbstract:\n{B}",
        ["On Things", "Graphs"],
        [(1, "W")],
        id="labels",
    ),
    pytest.param(f"Abstract: a Study\n\n{A}", ["Abstract: a Study"], [], id="titled Abstract"),
    pytest.param(f"#Graphs\n\n{A}", ["#Graphs"], [(1, "W")], id="mark without a space"),
    pytest.param(f"\uff03 Graphs\n\n{A}", ["\uff03 Graphs"], [(1, "W")], id="wide mark"),
    pytest.param(f"**Graphs**\n\n{A}", ["**Graphs**"], [(1, "W")], id="bold"),
    pytest.param(f"\u200b# Graphs\n\n{A}", ["Graphs"], [], id="mark below a sign unseen"),
    pytest.param(f"Graphs\nAu\u00adthors: A B\n\n{A}", ["Graphs"], [], id="hyphen in a key"),
    pytest.param(f"Mar 11\n\nNote: A Study\n\n{A}", ["Note: A Study"], [], id="date, then Note"),
    *(
        pytest.param(f"{day}\n\n{LIST}", TITLES, [(1, "E")], id=f"dated {day}")
        for day in ("3/11/2025", "2025/03/11", "Today", "12")
    ),
    pytest.param(f"Today\n\n{A}", ["Today"], [], id="titled Today"),
    pytest.param(
        f"On Things\n\nTags: on the web are noisy and we show that they are. {A}",
        ["On Things"],
        [(3, "W")],
        id="prose behind Tags",
    ),
    pytest.param(
        f"On Things\n\nWe train a model whose number\n# of parameters is 7B, which is good.\n{A}",
        ["On Things"],
        [(4, "W")],
        id="mark inside a sentence",
    ),
]


@pytest.mark.parametrize(("text", "expected", "problems"), CASES)
def test_reviewed_lists(text: str, expected: list[str], problems: list[tuple[int, str]]) -> None:
    digest = read(text)
    assert titles(digest) == expected
    assert found(digest) == problems
    assert all(problem.hint for problem in digest.problems)


def test_names_below_titles_are_left_out_and_the_hint_has_the_right_line() -> None:
    digest = read(f"Drawing Graphs in Linear Time\nAnn Lee, Bo Chen* and Cy van Dee2\n\n{B}")
    assert titles(digest) == ["Drawing Graphs in Linear Time"]
    assert left_out(digest) == [2]
    (problem,) = digest.problems
    assert "Authors: Ann Lee; Bo Chen; Cy van Dee" in problem.hint


def test_a_short_second_line_of_a_title_is_warned_of() -> None:
    digest = read(f"Drawing Graphs\nAnn Lee\n\n{B}")
    assert found(digest) == [(1, "W")]


def test_each_abstract_without_a_title_has_a_problem_of_its_own() -> None:
    digest = read(f"On Things\n\n{A}\n\n{B}\n\n{C}\n\nThe Height of Trees\n\n{A}")
    assert all(line in [number for number, _ in found(digest)] for line in (5, 7))


@pytest.mark.parametrize("unit", ["Ann Lee, ", "Authors: a;\nb\n", "T\nLink: https://x.org\n"])
def test_hostile_repetition_of_keys_and_names_is_survived(unit: str) -> None:
    text = f"T\n{unit * 5000}"
    assert "".join(text[line.start : line.end] for line in read(text).lines) == text


def test_a_list_of_titles_only_is_said_to_be_one() -> None:
    names = ("Drawing Graphs", "Studying Things", "Counting Bees", "Folding Proteins")
    digest = read("\n\n".join(f"{name} with Deep Neural Networks" for name in names))
    assert digest.problems[0].severity is Severity.ERROR
    lines = {line for line, _ in found(digest)}
    assert all({2 * k + 1, 2 * k + 3} & lines for k in range(0, 4, 2))
