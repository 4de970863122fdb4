"""The page of a paper."""

from __future__ import annotations

from functools import cache, partial

from markupsafe import Markup

from generator.enriching.findit import PLACES, query_of
from generator.model import Draft, Page, PageDraft, Paper
from generator.value import Value
from generator.writing import addresses, wording
from generator.writing.authors import byline
from generator.writing.bylines import bylines_of
from generator.writing.cards import Anchor, CardMaker, chips, text_of
from generator.writing.catalogue import Catalogue
from generator.writing.citations import cite_line, coins
from generator.writing.drafts import key_of
from generator.writing.escaping import html
from generator.writing.forms import SIGNS, Form
from generator.writing.head import paper_data
from generator.writing.listing import sheet_of
from generator.writing.lists import DESCRIPTION
from generator.writing.related import related_cards, related_items
from generator.writing.rendering import fill, render
from generator.writing.site import Site


class Place(Value, frozen=True):
    """Where a digest has the paper."""

    issue: Anchor
    list: Markup
    """The way to the page of the digest's list that has the paper."""
    position: int
    of: int
    previous: Anchor | None
    next: Anchor | None


def paper_draft(catalogue: Catalogue, site: Site, paper: Paper) -> PageDraft:
    """Tell the page of a paper."""
    path = addresses.document(addresses.paper(paper.slug))
    key = partial(_key, catalogue, site, paper)
    return Draft(path, key, partial(paper_page, catalogue, site, paper))


def _key(catalogue: Catalogue, site: Site, paper: Paper) -> bytes:
    places = [
        (issue.slug, issue.date, at, len(issue.papers), catalogue.stamps_around(issue, at))
        for issue, at in catalogue.places_of(paper)
    ]
    others = catalogue.dated_stamps_of([other.slug for other in paper.related])
    linked = bylines_of(catalogue).linked(paper)
    return key_of("paper", (site.name, site.url), places, paper.related, others, linked)


def paper_page(catalogue: Catalogue, site: Site, paper: Paper) -> Page:
    """Make the page of a paper: its abstract, and the ways on from it."""
    here = addresses.paper(paper.slug)
    cards = CardMaker(catalogue, here)
    text = text_of(catalogue, paper)
    places = []
    for issue, at in catalogue.places_of(paper):
        before, after = catalogue.beside(issue, at)
        places.append(
            Place(
                issue=cards.issue(issue),
                list=cards.to(addresses.digest(issue.slug, sheet_of(at, len(issue.papers)))),
                position=at + 1,
                of=len(issue.papers),
                previous=cards.title(before) if before else None,
                next=cards.title(after) if after else None,
            )
        )
    return render(
        here,
        "paper",
        title=paper.title,
        description=wording.cut(paper.abstract, DESCRIPTION),
        updated=catalogue.newest_issue(paper).date,
        tags=[catalogue.library.tags[slug].name for slug in paper.tags],
        heading=text.heading,
        head_values={"open_graph": "article"},
        linked_data=paper_data(site, paper),
        slug=paper.slug,
        text=text,
        byline=byline(catalogue, here, paper),
        published=wording.day(paper.published) if paper.published else "",
        places=places,
        chips=_chips(catalogue, cards, paper),
        searches=_searches().filled(html(query_of(paper.title))),
        related=related_items(related_cards(catalogue, cards, paper)),
        cite=cite_line(paper.slug),
        coins=coins(paper, site),
    )


def _chips(catalogue: Catalogue, cards: CardMaker, paper: Paper) -> Markup:
    """Return a paper's tags as items of a list: the same on every paper's page that has them."""
    items = []
    for slug in paper.tags:
        key = ("chip", slug)
        if key not in catalogue.kept:
            catalogue.kept[key] = chips([cards.tag(catalogue.library.tags[slug])])
        items.append(catalogue.kept[key])
    return Markup("".join(items))  # noqa: S704 - from a template


@cache
def _searches() -> Form:
    """Return links to other sites' searches, with a sign for what is asked."""
    sign = SIGNS[0]
    places = [(html(name), html(address) + sign) for name, address in PLACES]
    return Form(fill("searches.html", places=places))
