"""Which papers are probably one, and which are only alike."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from generator.enriching import nearly
from generator.enriching.nearly import near_repeat, nearly_one
from generator.enriching.repeats import find_repeats, fold
from generator.model import Record, Source

A = (
    "Graphs are hard to draw by hand. This paper presents a way of drawing them that needs linear "
    "time, and shows on eleven data sets that readers find their way in the pictures."
)
A2 = (
    "Graphs are hard to draw. We present a way of drawing them that needs linear time, and show on "
    "ten data sets that readers do find their way in the pictures that it makes."
)
B = (
    "Language models answer questions of law with great confidence. Asked for their sources, two "
    "of three name a case that does not exist; we measure this with four judges."
)


def record(line: int, title: str, abstract: str, arxiv: str | None = None) -> Record:
    return Record(title, abstract, Source("docs/digests/2025-03-11.txt", line), arxiv=arxiv)


def pairs(*records: Record) -> list[tuple[int, int]]:
    titles = [fold(each.title) for each in records]
    return nearly_one(records, titles, find_repeats(records, titles)[0])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(("Drawing Graphs Fast", A), ("Drawing Graphs Faster", A2), id="a word"),
        pytest.param(("Drawing Graphs", A), ("Drawing Graphs", B), id="equal titles"),
        pytest.param(("Drawing Graphs", A), ("DrawingGraphs", B), id="a lost space"),
        pytest.param(("$k$-Drawings", A), ("k Drawings", B), id="marks of TeX"),
        pytest.param(("Drawingz", A), ("Drawings", A2), id="one word, misspelt"),
        pytest.param(("图很难画的一种方法", A), ("图很难画的方法", A2), id="without spaces"),
    ],
)
def test_what_is_probably_one_paper_is_a_pair(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert pairs(record(1, *one), record(5, "In Between", B), record(9, *other)) == [(0, 2)]


@pytest.mark.parametrize(
    ("one", "other", "between"),
    [
        pytest.param(
            "A Way of Drawing Graphs",
            "The Way of Drawing Graphs",
            ["Birds", "Coffee", "Evenings", "Lines"],
            id="by a rare word",
        ),
        pytest.param(
            "一图很难画的方法",
            "图很难画的方法",
            ["中文", "人工", "力学", "北方"],
            id="by two signs of a script without spaces",
        ),
        pytest.param(
            "Deep Graph Drawing",
            "Deep Graph Drawings",
            [
                f"{words} {number}"
                for words in ("Deep Graph", "Deep Drawing", "Graph Drawing", "Deep Graph Drawing")
                for number in range(4 if words.count(" ") > 1 else 40)
            ],
            id="by two common words",
        ),
    ],
)
def test_a_pair_is_found_however_far_apart_in_the_alphabet(
    one: str, other: str, between: list[str]
) -> None:
    crowd = [record(at, title, f"{title} are {at}.") for at, title in enumerate(between, 2)]
    found = pairs(record(1, one, A), *crowd, record(999, other, A2))
    assert (0, len(crowd) + 1) in found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(("Qwen3-TTS Technical Report", A), ("Qwen3-ASR Technical Report", B), id="k"),
        pytest.param(("Learning to Draw", A), ("Learning to Drive", B), id="alike by chance"),
        pytest.param(("Of Graphs", A), ("Judges and Models", A2), id="other titles"),
        pytest.param(("Drawing Graphs", A), ("Drawing Graphs", A), id="surely one"),
    ],
)
def test_what_is_only_alike_or_surely_one_is_none(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    assert pairs(record(1, *one), record(9, *other)) == []


def test_identifiers_of_their_own_settle_it() -> None:
    one, other = ("Drawing Graphs Fast", A), ("Drawing Graphs Faster", A2)
    assert pairs(record(1, *one, "2503.00001"), record(9, *other, "2503.00002")) == []
    assert pairs(record(1, *one, "2503.00001"), record(9, *other)) == [(0, 1)]


def test_each_paper_is_told_of_once_and_of_the_likest() -> None:
    found = pairs(
        record(1, "Drawing Graphs Fast", A2),
        record(5, "Drawing Graphs Fast Again", A),
        record(9, "Drawing Graphs Fast Again!", A + " It is fun."),
    )
    assert found == [(0, 1)] or found == [(0, 1), (1, 2)]
    assert len({later for _, later in found}) == len(found)


def test_the_problem_names_both_places() -> None:
    problem = near_repeat(record(1, "Drawing Graphs", A), record(9, "Drawing Graphz", B))
    assert problem.source.line == 9
    assert "docs/digests/2025-03-11.txt:1" in problem.message
    assert '"Drawing Graphs"' in problem.message


def many(number: int) -> Iterator[Record]:
    """Papers with words in common: some common to all, some to a few, none to itself alone."""
    for index in range(number):
        words = f"Learning {index % 97} Things of {index % 89} and {index % 83} with Models"
        yield record(index + 1, words, f"{index} {B}"[:80])


def test_the_comparisons_grow_with_the_papers_and_not_with_their_square(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counted: list[int] = []
    for number in (1000, 2000, 4000):
        titles = [fold(each.title) for each in many(number)]
        plain = ["".join(title.split()) for title in titles]
        counted.append(len(nearly._candidates(titles, plain)))
    assert counted[2] < 3 * counted[1] < 9 * counted[0]
    assert counted[2] < 4000 * 250
