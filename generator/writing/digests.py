"""The front page, the archive of digests, and the pages of each digest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any

from generator.model import File, Issue, Page, Paper, Tag
from generator.writing import addresses, wording
from generator.writing.cards import Anchor, CardMaker
from generator.writing.catalogue import Catalogue
from generator.writing.citations import Offer, offer
from generator.writing.escaping import html
from generator.writing.feeds import ATOM
from generator.writing.head import digest_data
from generator.writing.listing import Sheet, sheets
from generator.writing.lists import DESCRIPTION, list_of, totals, with_number
from generator.writing.rendering import render
from generator.writing.site import Site
from generator.writing.takeaway import size, takeaway

_SUBJECTS = 14
"""Tags that stand beside a digest."""


def home_page(catalogue: Catalogue, site: Site) -> Page:
    """Make the front page: the newest digest, or its beginning, and ways to everything else."""
    cards = CardMaker(catalogue, addresses.HOME)
    issues = catalogue.library.issues
    newest = issues[0] if issues else None
    papers = catalogue.papers_in(newest) if newest else []
    sheet = sheets(papers)[0]
    return render(
        addresses.HOME,
        "home",
        title=site.name,
        description=site.description,
        updated=catalogue.newest,
        issue=cards.issue(newest) if newest else None,
        weekday=wording.weekday(newest.date) if newest else "",
        about=cards.to(addresses.ABOUT),
        feed=cards.to(ATOM),
        cite=_cite(addresses.HOME, newest) if newest else None,
        archive=cards.to(addresses.DIGESTS),
        all_tags=cards.to(addresses.TAGS),
        earlier=[cards.issue(issue) for issue in issues[1:8]],
        totals=totals(catalogue),
        with_code=_with_code(papers),
        tally=wording.count(len(papers), "paper"),
        subjects=[cards.tag(tag, n) for tag, n in catalogue.commonest_tags(papers, _SUBJECTS)],
        list=list_of(cards, sheet, f"digest:{newest.slug}" if newest else "", len(papers)),
    )


def archive_page(catalogue: Catalogue) -> Page:
    """Make the list of all digests by year and month."""
    cards = CardMaker(catalogue, addresses.DIGESTS)
    years = [
        (
            year,
            [
                (wording.month(of_month[0].date), _tally(of_month), _rows(catalogue, of_month))
                for of_month in _runs(of_year, lambda issue: issue.date.month)
            ],
            _tally(of_year),
        )
        for of_year in _runs(catalogue.library.issues, lambda issue: issue.date.year)
        for year in (of_year[0].date.year,)
    ]
    return render(
        addresses.DIGESTS,
        "digests",
        title="Digests",
        description="All digests by year and month, with the number of papers in each.",
        updated=catalogue.newest,
        years=years,
        about=cards.to(addresses.ABOUT),
        totals=totals(catalogue),
    )


def digest_pages(catalogue: Catalogue, site: Site, issue: Issue) -> Iterator[Page]:
    """Make the pages of a digest: one, or several for a long one."""
    papers = catalogue.papers_in(issue)
    title = digest_title(issue)
    file = takeaway(catalogue, site, issue, title)
    weight = size(file)
    # Of all papers, so the same on every page: counted once.
    counted = (_with_code(papers), catalogue.commonest_tags(papers, _SUBJECTS))
    for sheet in sheets(papers):
        yield _digest(catalogue, site, issue, counted, sheet, title, (file.path, weight))


def digest_files(catalogue: Catalogue, site: Site, issue: Issue) -> Iterator[File]:
    """Make the file of a digest to take along."""
    yield takeaway(catalogue, site, issue, digest_title(issue))


def digest_title(issue: Issue) -> str:
    """Return what a digest's page is called."""
    words = wording.digest_words(issue.slug)
    return f"Digest of {wording.day(issue.date)}" + (f", {words}" if words else "")


def _digest(
    catalogue: Catalogue,
    site: Site,
    issue: Issue,
    counted: tuple[str, list[tuple[Tag, int]]],
    sheet: Sheet,
    title: str,
    file: tuple[str, str],
) -> Page:
    here = addresses.digest(issue.slug, sheet.number)
    cards = CardMaker(catalogue, here)
    issues = catalogue.library.issues
    place = catalogue.place_of_issue(issue)
    with_code, subjects = counted
    tally = wording.count(len(issue.papers), "paper")
    return render(
        here,
        "digest",
        title=with_number(title, sheet),
        description=wording.cut(
            f"{tally}: " + "; ".join(paper.title for paper in sheet.papers[:4]),
            DESCRIPTION,
        ),
        linked_data=digest_data(site, issue, here, title),
        updated=issue.date,
        weekday=wording.weekday(issue.date),
        older=cards.issue(issues[place + 1]) if place + 1 < len(issues) else None,
        newer=cards.issue(issues[place - 1]) if place else None,
        archive=cards.to(addresses.DIGESTS),
        cite=_cite(here, issue),
        source=cards.to(issue_source(issue)),
        takeaway=Anchor(cards.to(file[0]), html("one HTML file"), detail=html(file[1])),
        tally=tally,
        with_code=with_code,
        subjects=[cards.tag(tag, number) for tag, number in subjects],
        list=list_of(
            cards,
            sheet,
            f"digest:{issue.slug}",
            len(issue.papers),
            lambda number: addresses.digest(issue.slug, number),
        ),
    )


def _with_code(papers: list[Paper]) -> str:
    number = sum(any(link.kind == "code" for link in paper.links) for paper in papers)
    return f"{number} with code" if number else ""


def _cite(here: str, issue: Issue) -> Offer:
    what = f"the digest of {wording.day(issue.date)}"
    return offer(here, addresses.digest(issue.slug), what, f"digest-{issue.slug}")


def issue_source(issue: Issue) -> str:
    """Return the address of a digest's text file, which the site serves as it is."""
    name = issue.path.replace("\\", "/").rpartition("/")[2]
    return f"{addresses.DIGESTS}{name}"


def _rows(catalogue: Catalogue, issues: Iterable[Issue]) -> list[dict[str, Any]]:
    cards = CardMaker(catalogue, addresses.DIGESTS)
    return [
        {
            "issue": cards.issue(issue),
            "weekday": wording.weekday(issue.date),
            "tally": wording.count(len(issue.papers), "paper"),
            "subjects": [
                cards.tag(tag, n)
                for tag, n in catalogue.commonest_tags(catalogue.papers_in(issue), 5)
            ],
        }
        for issue in issues
    ]


def _tally(issues: list[Issue]) -> str:
    digests = wording.count(len(issues), "digest")
    return f"{digests}, {wording.count(sum(len(issue.papers) for issue in issues), 'paper')}"


def _runs(issues: Iterable[Issue], key: Callable[[Issue], int]) -> Iterator[list[Issue]]:
    return (list(run) for _, run in groupby(issues, key))
