"""The front page, and the pages of each digest."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.model import Draft, FileDraft, Issue, Page, PageDraft, Paper, Tag
from generator.writing import addresses, wording
from generator.writing.cards import Anchor, CardMaker, chips
from generator.writing.catalogue import Catalogue
from generator.writing.citations import Offer, offer
from generator.writing.drafts import key_of
from generator.writing.escaping import html
from generator.writing.feeds import ATOM
from generator.writing.head import digest_data
from generator.writing.listing import Sheet, sheets
from generator.writing.lists import DESCRIPTION, list_of, totals, with_number
from generator.writing.rendering import render
from generator.writing.site import Site
from generator.writing.takeaway import file_name, size, takeaway

_SUBJECTS = 14
"""Tags that stand beside a digest."""


def home_draft(catalogue: Catalogue, site: Site) -> PageDraft:
    """Tell the front page."""
    path, key = addresses.document(addresses.HOME), partial(_home_key, catalogue, site)
    return Draft(path, key, partial(home_page, catalogue, site))


def _home_key(catalogue: Catalogue, site: Site) -> bytes:
    issues = catalogue.library.issues
    shown = [(issue.slug, issue.date, len(issue.papers)) for issue in issues[:8]]
    papers = catalogue.papers_in(issues[0]) if issues else []
    of_site = (site.name, site.description, totals(catalogue))
    return key_of("home", of_site, shown, catalogue.stamps(papers))


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
        subjects=chips(
            [cards.tag(tag, n) for tag, n in catalogue.commonest_tags(papers, _SUBJECTS)]
        ),
        list=list_of(
            catalogue, addresses.HOME, sheet, f"digest:{newest.slug}" if newest else "", len(papers)
        ),
    )


def digest_drafts(
    catalogue: Catalogue, site: Site, issue: Issue, *, explained: bool = False
) -> Iterator[PageDraft]:
    """Tell the pages of a digest: one, or several for a long one.

    They link to the page on how it was read if there is one: `explained`.
    """
    for sheet in sheets(catalogue.papers_in(issue)):
        path = addresses.document(addresses.digest(issue.slug, sheet.number))
        key = partial(_key, catalogue, site, issue, sheet.number, explained)
        yield Draft(path, key, partial(_digest, catalogue, site, issue, sheet, explained))


def _key(catalogue: Catalogue, site: Site, issue: Issue, number: int, explained: bool) -> bytes:
    place = catalogue.place_of_issue(issue)
    issues = catalogue.library.issues[max(place - 1, 0) : place + 2]
    beside = [(other.slug, other.date) for other in issues]
    stamps = catalogue.stamps(catalogue.papers_in(issue))
    of_issue = (issue.slug, issue_source(issue), beside, stamps)
    return key_of("digest", number, (site.name, site.url), of_issue, explained)


def takeaway_draft(catalogue: Catalogue, site: Site, issue: Issue) -> FileDraft:
    """Tell the file of a digest to take along."""
    path = addresses.digest(issue.slug) + file_name(site, issue)
    stamps = catalogue.stamps(catalogue.papers_in(issue))
    key = key_of("takeaway", site.name, site.url, issue.slug, issue.date, stamps)
    return Draft(path, key, lambda: takeaway(catalogue, site, issue, digest_title(issue)).encode())


def digest_title(issue: Issue) -> str:
    """Return what a digest's page is called."""
    words = wording.digest_words(issue.slug)
    return f"Digest of {wording.day(issue.date)}" + (f", {words}" if words else "")


def _digest(
    catalogue: Catalogue,
    site: Site,
    issue: Issue,
    sheet: Sheet,
    explained: bool,
) -> Page:
    here = addresses.digest(issue.slug, sheet.number)
    cards = CardMaker(catalogue, here)
    issues = catalogue.library.issues
    place = catalogue.place_of_issue(issue)
    title = digest_title(issue)
    with_code, subjects, weight = _whole(catalogue, site, issue)
    tally = wording.count(len(issue.papers), "paper")
    return render(
        here,
        "digest",
        title=with_number(title, sheet),
        description=wording.cut(
            f"{tally}: " + "; ".join(paper.title for paper in sheet.papers[:4]),
            DESCRIPTION,
        ),
        linked_data=digest_data(site, issue, title),
        updated=issue.date,
        weekday=wording.weekday(issue.date),
        older=cards.issue(issues[place + 1]) if place + 1 < len(issues) else None,
        newer=cards.issue(issues[place - 1]) if place else None,
        archive=cards.to(addresses.DIGESTS),
        cite=_cite(here, issue),
        source=cards.to(issue_source(issue)),
        reading=cards.to(addresses.source(issue.slug)) if explained else "",
        takeaway=Anchor(
            cards.to(addresses.digest(issue.slug) + file_name(site, issue)),
            html("one HTML file"),
            detail=html(weight),
        ),
        tally=tally,
        with_code=with_code,
        subjects=chips([cards.tag(tag, number) for tag, number in subjects]),
        list=list_of(
            catalogue,
            here,
            sheet,
            f"digest:{issue.slug}",
            len(issue.papers),
            lambda number: addresses.digest(issue.slug, number),
        ),
    )


def _whole(
    catalogue: Catalogue, site: Site, issue: Issue
) -> tuple[str, list[tuple[Tag, int]], str]:
    """Return what is told of all papers of a digest on each of its pages: counted once."""
    key = (f"digest {site.name} {site.url}", issue.slug)
    if key not in catalogue.kept:
        papers = catalogue.papers_in(issue)
        catalogue.kept[key] = (
            _with_code(papers),
            catalogue.commonest_tags(papers, _SUBJECTS),
            size(takeaway(catalogue, site, issue, digest_title(issue))),
        )
    found: tuple[str, list[tuple[Tag, int]], str] = catalogue.kept[key]
    return found


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
