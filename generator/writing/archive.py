"""The archive: the latest digests with what they are about, and a page for each year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Any

from generator.model import Draft, Issue, Page, PageDraft, Tag
from generator.writing import addresses, wording
from generator.writing.bylines import has_authors
from generator.writing.cards import CardMaker, chips
from generator.writing.catalogue import Catalogue
from generator.writing.drafts import key_of
from generator.writing.lists import totals
from generator.writing.rendering import render

LATEST = 60
"""Digests that the archive's first page tells with their tags; those of earlier years have pages
of their own as soon as there are more."""

_OF_A_YEAR = 400
"""Digests on a page of a year: more than one a day."""


def archive_drafts(catalogue: Catalogue) -> Iterator[PageDraft]:
    """Tell the list of all digests: one page, and one for each year if there are many."""
    issues = catalogue.library.issues
    values = [_values(catalogue, issue) for issue in issues[:LATEST]]
    key = key_of("archive", values, totals(catalogue), has_authors(catalogue))
    years = _years(issues) if len(issues) > LATEST else []
    tallies = [(year, number, _tally(of_year)) for year, number, of_year in years]
    make = partial(archive_page, catalogue, tallies)
    yield Draft(addresses.document(addresses.DIGESTS), key_of(key, tallies), make)
    for year, number, of_year in years:
        here = addresses.year(year, number)
        known = [(issue.slug, issue.date, len(issue.papers)) for issue in of_year]
        make = partial(_year_page, catalogue, here, year, of_year)
        yield Draft(addresses.document(here), key_of("year", here, known), make)


def archive_page(catalogue: Catalogue, tallies: Sequence[tuple[int, int, str]] = ()) -> Page:
    """Make the list of the latest digests by year and month, and the ways to those of each year."""
    cards = CardMaker(catalogue, addresses.DIGESTS)
    latest = catalogue.library.issues[:LATEST]
    return render(
        addresses.DIGESTS,
        "digests",
        title="Digests",
        description="All digests by year and month, with the number of papers in each.",
        updated=catalogue.newest,
        years=_by_month(catalogue, cards, latest, whole=not tallies),
        earlier=[
            (cards.to(addresses.year(year, number)), _year_title(year, number), tally)
            for year, number, tally in tallies
        ],
        about=cards.to(addresses.ABOUT),
        authors=cards.to(addresses.AUTHORS) if has_authors(catalogue) else "",
        totals=totals(catalogue),
        up="",
    )


def _year_page(catalogue: Catalogue, here: str, year: int, issues: Sequence[Issue]) -> Page:
    cards = CardMaker(catalogue, here)
    return render(
        here,
        "digests",
        title=f"Digests of {year}",
        description=f"The digests of {year} by month, with the number of papers in each.",
        updated=issues[0].date,
        years=_by_month(catalogue, cards, issues, subjects=False),
        earlier=[],
        about="",
        authors="",
        totals=_tally(issues),
        up=cards.to(addresses.DIGESTS),
    )


def _by_month(
    catalogue: Catalogue,
    cards: CardMaker,
    issues: Sequence[Issue],
    *,
    subjects: bool = True,
    whole: bool = True,
) -> list[tuple[int, str, list[tuple[str, str, list[dict[str, Any]]]]]]:
    """Group digests; where not all of them are there, nothing is summed up."""
    return [
        (
            of_year[0].date.year,
            _tally(of_year) if whole else "",
            [
                (
                    wording.month(of_month[0].date),
                    _tally(of_month) if whole else "",
                    [_row(catalogue, cards, issue, subjects) for issue in of_month],
                )
                for of_month in _runs(of_year, lambda issue: issue.date.month)
            ],
        )
        for of_year in _runs(issues, lambda issue: issue.date.year)
    ]


def _row(catalogue: Catalogue, cards: CardMaker, issue: Issue, subjects: bool) -> dict[str, Any]:
    return {
        "issue": cards.issue(issue),
        "weekday": wording.weekday(issue.date),
        "tally": wording.count(len(issue.papers), "paper"),
        "subjects": chips([cards.tag(tag, number) for tag, number in _subjects(catalogue, issue)])
        if subjects
        else "",
    }


def _subjects(catalogue: Catalogue, issue: Issue) -> list[tuple[Tag, int]]:
    key = ("subjects", issue.slug)
    if key not in catalogue.kept:
        catalogue.kept[key] = catalogue.commonest_tags(catalogue.papers_in(issue), 5)
    found: list[tuple[Tag, int]] = catalogue.kept[key]
    return found


def _values(catalogue: Catalogue, issue: Issue) -> object:
    subjects = [(tag.slug, tag.name, number) for tag, number in _subjects(catalogue, issue)]
    return (issue.slug, issue.date, len(issue.papers), subjects)


def _years(issues: Sequence[Issue]) -> list[tuple[int, int, list[Issue]]]:
    """Cut digests into years, newest first, and a year with very many into numbered parts."""
    return [
        (of_year[0].date.year, at // _OF_A_YEAR + 1, of_year[at : at + _OF_A_YEAR])
        for of_year in _runs(issues, lambda issue: issue.date.year)
        for at in range(0, len(of_year), _OF_A_YEAR)
    ]


def _year_title(year: int, number: int) -> str:
    return str(year) if number == 1 else f"{year}, page {number}"


def _tally(issues: Sequence[Issue]) -> str:
    digests = wording.count(len(issues), "digest")
    return f"{digests}, {wording.count(sum(len(issue.papers) for issue in issues), 'paper')}"


def _runs(issues: Iterable[Issue], key: Callable[[Issue], int]) -> Iterator[list[Issue]]:
    return (list(run) for _, run in groupby(issues, key))
