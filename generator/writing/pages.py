"""The pages of the site, one function for each kind.

Each function gathers finished values and hands them to a template of the same name; the
template decides nothing but layout.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from generator.model import Issue, Library, Page, Paper, Tag
from generator.writing import addresses, wording
from generator.writing.cards import CardMaker, searches
from generator.writing.catalogue import Catalogue
from generator.writing.escaping import html
from generator.writing.rendering import render

_DESCRIPTION = 155
"""Characters of a page's description: what search engines show of it."""

_FRONT = 100
"""Papers on the front page at most; the digest's own page has them all."""


@dataclass(frozen=True, slots=True)
class Site:
    """What the pages need to know of the site that they are for."""

    name: str
    description: str = ""


def write_pages(library: Library, site: Site) -> tuple[Page, ...]:
    """Make all pages of a library, in a stable order; each path stands once."""
    catalogue = Catalogue(library)
    return (
        _home(catalogue, site),
        _archive(catalogue),
        *(_digest(catalogue, issue) for issue in library.issues),
        *(_paper(catalogue, paper) for paper in library.papers.values()),
        _tags(catalogue),
        *(_tag(catalogue, tag) for tag in catalogue.used_tags()),
        _vocabulary(catalogue),
    )


def _home(catalogue: Catalogue, site: Site) -> Page:
    cards = CardMaker(catalogue, addresses.HOME)
    issues = catalogue.library.issues
    newest = issues[0] if issues else None
    papers = catalogue.papers_in(newest) if newest else []
    return render(
        addresses.HOME,
        "home",
        title=site.name,
        description=site.description,
        updated=catalogue.newest,
        searchable=False,
        issue=cards.issue(newest) if newest else None,
        weekday=wording.weekday(newest.date) if newest else "",
        about=cards.to(addresses.ABOUT),
        archive=cards.to(addresses.DIGESTS),
        all_tags=cards.to(addresses.TAGS),
        earlier=[cards.issue(issue) for issue in issues[1:8]],
        totals=_totals(catalogue),
        more=len(papers) > _FRONT,
        **_list(cards, catalogue, papers, most=_FRONT),
    )


def _archive(catalogue: Catalogue) -> Page:
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
        totals=_totals(catalogue),
    )


def _digest(catalogue: Catalogue, issue: Issue) -> Page:
    here = addresses.digest(issue.slug)
    cards = CardMaker(catalogue, here)
    papers = catalogue.papers_in(issue)
    issues = catalogue.library.issues
    place = issues.index(issue)
    words = wording.digest_words(issue.slug)
    title = f"Digest of {wording.day(issue.date)}" + (f", {words}" if words else "")
    return render(
        here,
        "digest",
        title=title,
        description=wording.cut(
            f"{wording.count(len(papers), 'paper')}: "
            + "; ".join(paper.title for paper in papers[:4]),
            _DESCRIPTION,
        ),
        updated=issue.date,
        weekday=wording.weekday(issue.date),
        older=cards.issue(issues[place + 1]) if place + 1 < len(issues) else None,
        newer=cards.issue(issues[place - 1]) if place else None,
        archive=cards.to(addresses.DIGESTS),
        source=cards.to(issue_source(issue)),
        **_list(cards, catalogue, papers),
    )


def _paper(catalogue: Catalogue, paper: Paper) -> Page:
    here = addresses.paper(paper.slug)
    cards = CardMaker(catalogue, here)
    places = []
    for issue, at in catalogue.places_of(paper):
        before, after = catalogue.beside(issue, at)
        places.append(
            {
                "issue": cards.issue(issue),
                "position": at + 1,
                "of": len(issue.papers),
                "previous": cards.title(before) if before else None,
                "next": cards.title(after) if after else None,
            }
        )
    return render(
        here,
        "paper",
        title=paper.title,
        description=wording.cut(paper.abstract, _DESCRIPTION),
        updated=catalogue.newest_issue(paper).date,
        tags=[catalogue.library.tags[slug].name for slug in paper.tags],
        paper=cards.paper(paper),
        places=places,
        searches=searches(paper.title),
    )


def _tags(catalogue: Catalogue) -> Page:
    cards = CardMaker(catalogue, addresses.TAGS)
    used = catalogue.used_tags()
    groups = []
    broad_tags = [tag for tag in used if tag.broader is None and tag.listed]
    for broad in sorted(broad_tags, key=lambda tag: _by_size(catalogue, tag)):
        narrower = [tag for tag in catalogue.narrower[broad.slug] if catalogue.papers_with(tag)]
        narrower.sort(key=lambda tag: _by_size(catalogue, tag))
        groups.append(
            (cards.shelf(broad), html(broad.description), [cards.shelf(tag) for tag in narrower])
        )
    others = [cards.shelf(tag) for tag in used if not tag.listed]
    return render(
        addresses.TAGS,
        "tags",
        title="Tags",
        description="What the papers are about: broad subjects, and finer ones below them.",
        updated=catalogue.newest,
        groups=groups,
        others=others,
        vocabulary=cards.to(addresses.VOCABULARY),
        totals=_totals(catalogue),
    )


def _tag(catalogue: Catalogue, tag: Tag) -> Page:
    here = addresses.tag(tag.slug)
    cards = CardMaker(catalogue, here)
    papers = catalogue.papers_with(tag)
    broader = catalogue.library.tags.get(tag.broader) if tag.broader else None
    narrower = [narrow for narrow in catalogue.narrower[tag.slug] if catalogue.papers_with(narrow)]
    narrower.sort(key=lambda narrow: _by_size(catalogue, narrow))
    tally = wording.count(len(papers), "paper")
    return render(
        here,
        "tag",
        title=tag.name,
        description=wording.cut(f"{tally}. {tag.description}".strip(), _DESCRIPTION),
        updated=catalogue.newest_issue(papers[0]).date,
        about=html(tag.description),
        tally=tally,
        broader=cards.shelf(broader) if broader else None,
        narrower=[cards.shelf(narrow) for narrow in narrower],
        neighbours=[cards.tag(other, number) for other, number in catalogue.neighbours(tag)],
        all_tags=cards.to(addresses.TAGS),
        issues=[
            (cards.issue(issue), [cards.short(paper, without=tag.slug) for paper in group])
            for issue, group in catalogue.by_issue(papers)
        ],
    )


def _vocabulary(catalogue: Catalogue) -> Page:
    cards = CardMaker(catalogue, addresses.VOCABULARY)
    listed = [tag for tag in catalogue.library.tags.values() if tag.listed]
    rows = []
    for broad in (tag for tag in listed if tag.broader is None):
        for tag in (broad, *catalogue.narrower[broad.slug]):
            number = len(catalogue.papers_with(tag))
            link = cards.shelf(tag) if number else None
            about = html(tag.description)
            rows.append((html(tag.name), link, number, about, tag.broader is None))
    return render(
        addresses.VOCABULARY,
        "vocabulary",
        title="Vocabulary",
        description="All tags that papers can get, with the number of papers that each has.",
        updated=catalogue.newest,
        searchable=False,
        rows=rows,
        broad=sum(tag.broader is None for tag in listed),
        narrow=sum(tag.broader is not None for tag in listed),
        all_tags=cards.to(addresses.TAGS),
    )


def issue_source(issue: Issue) -> str:
    """Return the address of a digest's text file, which the site serves as it is."""
    name = issue.path.replace("\\", "/").rpartition("/")[2]
    return f"{addresses.DIGESTS}{name}"


def _list(
    cards: CardMaker, catalogue: Catalogue, papers: list[Paper], most: int | None = None
) -> dict[str, Any]:
    """Gather what the list of a digest's papers needs."""
    with_code = sum(any(link.kind == "code" for link in paper.links) for paper in papers)
    return {
        "papers": [cards.paper(paper) for paper in papers[:most]],
        "subjects": [cards.tag(tag, n) for tag, n in catalogue.commonest_tags(papers, 14)],
        "tally": wording.count(len(papers), "paper"),
        "with_code": f"{with_code} with code" if with_code else "",
    }


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


def _totals(catalogue: Catalogue) -> str:
    library = catalogue.library
    return (
        f"{wording.count(len(library.papers), 'paper')} in "
        f"{wording.count(len(library.issues), 'digest')}"
    )


def _runs(issues: Iterable[Issue], key: Callable[[Issue], int]) -> Iterator[list[Issue]]:
    return (list(run) for _, run in groupby(issues, key))


def _by_size(catalogue: Catalogue, tag: Tag) -> tuple[int, str]:
    """Most papers first, then by slug."""
    return (-len(catalogue.papers_with(tag)), tag.slug)
