"""Long lists are cut into pages, and every paper stands on exactly one of them."""

from __future__ import annotations

import pytest

from generator.model import Paper
from generator.writing.listing import PAGE, WHOLE, numbers, sheet_of, sheets, stretches


def papers(number: int) -> list[Paper]:
    return [Paper(f"p{at}", f"Paper {at}", "") for at in range(number)]


@pytest.mark.parametrize("number", [0, 1, 61, WHOLE])
def test_a_days_list_stays_whole(number: int) -> None:
    (sheet,) = sheets(papers(number))
    assert list(sheet.papers) == papers(number)


@pytest.mark.parametrize("number", [WHOLE + 1, 100, 101, 10_000])
def test_a_long_list_is_cut_without_loss(number: int) -> None:
    cut = sheets(papers(number))
    assert len(cut) > 1
    assert [paper for sheet in cut for paper in sheet.papers] == papers(number)
    for sheet in cut:
        for offset in range(len(sheet.papers)):
            assert sheet_of(sheet.before + offset, number) == sheet.number


def test_a_page_says_which_papers_it_has() -> None:
    assert [sheet.range for sheet in sheets(papers(120))] == ["1–50", "51–100", "101–120"]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (1, [1, 2, 3, None, 200]),
        (3, [1, 2, 3, 4, 5, None, 200]),
        (100, [1, None, 98, 99, 100, 101, 102, None, 200]),
        (200, [1, None, 198, 199, 200]),
    ],
)
def test_ways_to_other_pages_stay_few(page: int, expected: list[int | None]) -> None:
    assert list(numbers(sheets(papers(10_000))[page - 1])) == expected


@pytest.mark.parametrize("number", [0, 1, 62, 99, 100, 149, 150, 151, 1234])
def test_a_growing_list_has_every_paper_once_and_pages_that_lead_to_each_other(number: int) -> None:
    newest, *older = stretches(papers(number))
    in_order = [newest, *reversed(older)]
    assert [paper for page in in_order for paper in page.papers] == papers(number)
    assert min(number, PAGE) <= len(newest.papers) < 2 * PAGE
    numbers = [page.number for page in in_order]
    assert [page.older for page in in_order] == [*numbers[1:], None]
    assert [page.newer for page in in_order] == [None, *numbers[:-1]]
    assert all(page.number in page.turns for page in in_order)


def test_a_page_of_a_growing_list_stays_once_it_is_full() -> None:
    everything = papers(400)
    known: dict[int, list[Paper]] = {}
    for number in range(1, 400):
        pages = {page.number: list(page.papers) for page in stretches(everything[-number:])}
        assert all(pages[page] == held for page, held in known.items())
        known = {page: held for page, held in pages.items() if page > 1}
    assert len(known) == 6
