"""The day of a list: the year that is not stated, and lists of several days."""

from __future__ import annotations

from datetime import date

import pytest

from generator.adding.days import day_of, newest_of
from generator.adding.lists import file_stem, lists_of
from generator.model import Record, Source, StatedDay
from generator.reading import read_text

HERE = Source("paste", 1)
A = "We study things. They are good. It is what we do, and we show that it works."


def stated(month: int, day: int, year: int | None = None) -> StatedDay:
    return StatedDay(HERE, month, day, year)


@pytest.mark.parametrize(
    ("said", "newest", "today", "day"),
    [
        pytest.param(stated(3, 11, 2024), "2025-03-01", "2026-06-01", "2024-03-11", id="explicit"),
        pytest.param(stated(3, 11), "2025-03-01", "2026-06-01", "2025-03-11", id="by the newest"),
        pytest.param(stated(3, 11), None, "2026-06-01", "2026-03-11", id="by the clock"),
        pytest.param(stated(3, 11), None, "2026-03-11", "2026-03-11", id="today"),
        pytest.param(stated(3, 11), None, "2026-03-10", "2025-03-11", id="not tomorrow"),
        pytest.param(stated(12, 31), None, "2026-01-02", "2025-12-31", id="over the new year"),
        pytest.param(stated(1, 2), "2025-12-01", "2026-06-01", "2026-01-02", id="Jan of Dec ids"),
        pytest.param(stated(12, 31), "2026-01-01", "2026-01-02", "2025-12-31", id="Dec of Jan ids"),
        pytest.param(stated(2, 29), None, "2026-06-01", "2024-02-29", id="a leap day"),
        pytest.param(stated(2, 29), "2021-05-01", "2026-06-01", "2024-02-29", id="next leap day"),
        pytest.param(stated(2, 29), None, "1903-06-01", "1896-02-29", id="no leap day in 1900"),
        pytest.param(stated(2, 29, 2025), None, "2026-06-01", None, id="no leap year"),
        pytest.param(stated(2, 30), "2025-01-01", "2026-06-01", None, id="no such day"),
        pytest.param(stated(3, 11), "2099-01-01", "2026-06-01", "2026-03-11", id="future ids"),
        pytest.param(stated(3, 11), None, "0001-01-01", None, id="the first year"),
    ],
)  # fmt: skip
def test_a_day_gets_its_year(
    said: StatedDay, newest: str | None, today: str, day: str | None
) -> None:
    known = date.fromisoformat(newest) if newest else None
    found = day_of(said, known, date.fromisoformat(today))
    assert (found.isoformat() if found else None) == day


@pytest.mark.parametrize(
    ("records", "found"),
    [
        ([], None),
        ([{}], None),
        ([{"arxiv": "2503.04715"}, {"arxiv": "2410.1"}], (date(2025, 3, 1), "arXiv:2503.04715")),
        ([{"arxiv": "cs/9912001"}], (date(1999, 12, 1), "arXiv:cs/9912001")),
        ([{"arxiv": "math.GT/0309136"}], (date(2003, 9, 1), "arXiv:math.GT/0309136")),
        (
            [{"arxiv": "2503.04715"}, {"published": date(2025, 3, 9)}],
            (date(2025, 3, 9), "a paper of 2025-03-09"),
        ),
    ],
)  # fmt: skip
def test_the_newest_paper_is_told(
    records: list[dict[str, object]], found: tuple[date, str] | None
) -> None:
    assert newest_of(Record("T", "A", HERE, **fields) for fields in records) == found  # type: ignore[arg-type]


def test_a_text_of_two_days_is_two_lists() -> None:
    text = f"Dec 31\n\nOn Things\n\n{A}\n\nJan 1\n\nOn Graphs\n\n{A}\n"
    parts = lists_of(read_text(text, "paste"), date(2026, 6, 1))
    assert [(part.day, part.line) for part in parts] == [
        (date(2025, 12, 31), 1),
        (date(2026, 1, 1), 7),
    ]
    assert [[record.title for record in part.records] for part in parts] == [
        ["On Things"],
        ["On Graphs"],
    ]


def test_papers_above_the_first_day_are_a_list_whose_day_nobody_knows() -> None:
    text = f"On Things\n\n{A}\n\nJan 1\n\nOn Graphs\n\n{A}\n"
    parts = lists_of(read_text(text, "paste"), date(2026, 6, 1))
    assert [part.day for part in parts] == [None, date(2026, 1, 1)]


def test_a_given_day_counts_for_all() -> None:
    text = f"Dec 31\n\nOn Things\n\n{A}\n\nJan 1\n\nOn Graphs\n\n{A}\n"
    (part,) = lists_of(read_text(text, "paste"), date(2026, 6, 1), date(2025, 5, 5))
    assert (part.day, part.sure, len(part.records)) == (date(2025, 5, 5), True, 2)


@pytest.mark.parametrize(
    ("words", "stem"),
    [
        ("", "2025-03-11"),
        ("Evening list", "2025-03-11-evening-list"),
        ("../x", "2025-03-11-x"),
        ("a_b--c", "2025-03-11-a-b-c"),
    ],
)
def test_a_file_is_named_after_its_day_and_words(words: str, stem: str) -> None:
    assert file_stem(date(2025, 3, 11), words) == stem
