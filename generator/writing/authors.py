"""The page of an author who wrote several papers: the papers, who else wrote them, their subjects.

The names of a paper's authors lead here from the paper's page. Citations of all papers of an author
have no files: with five authors to a paper they would be most of the files of a site.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

from markupsafe import Markup

from generator.model import Draft, Page, PageDraft, Paper
from generator.writing import addresses, wording
from generator.writing.bylines import Author, bylines_of
from generator.writing.cards import Anchor, CardMaker, chips
from generator.writing.catalogue import Catalogue
from generator.writing.drafts import key_of
from generator.writing.entries import brief_entries
from generator.writing.escaping import html
from generator.writing.listing import Stretch, stretches
from generator.writing.lists import DESCRIPTION, grown_list, span
from generator.writing.rendering import render

_NEAR = 8
"""Co-authors, and tags, that a page names."""

_TOOLS = 6
"""Papers on a page from which a reader may want to fold and skim them: below, the tools would be
half of it."""


def author_drafts(catalogue: Catalogue) -> Iterator[PageDraft]:
    """Tell the pages of all authors with several papers: one each, or more for a long list."""
    bylines = bylines_of(catalogue)
    for author in bylines.authors.values():
        for stretch in stretches(author.listed):
            values = (
                *(author.slug, author.name, stretch.number, stretch.newer, stretch.older),
                catalogue.dated_stamps(stretch.papers),
            )
            # All that the first page tells besides comes from all of the papers.
            near = (author.also, catalogue.stamps(author.listed), _near_stamps(catalogue, author))
            key = key_of("author", values, near if stretch.number == 1 else ())
            path = addresses.document(addresses.author(author.slug, stretch.number))
            yield Draft(path, key, partial(_page, catalogue, author, stretch))


def _near_stamps(catalogue: Catalogue, author: Author) -> bytes:
    """Return digests of who else has a page of those who wrote an author's papers."""
    bylines = bylines_of(catalogue)
    return b"".join([bylines.stamp(paper) for paper in author.listed if paper])


def _page(catalogue: Catalogue, author: Author, stretch: Stretch) -> Page:
    here = addresses.author(author.slug, stretch.number)
    cards = CardMaker(catalogue, here)
    first = stretch.number == 1
    papers = [paper for paper in author.listed if paper]
    tags = catalogue.commonest_tags(papers, _NEAR) if first else []
    days = [catalogue.newest_issue(paper) for paper in stretch.papers]
    tally = wording.count(author.papers, "paper") if first else span(days)
    on = ", ".join(tag.name for tag, _ in tags[:3])
    about = f"{tally} by {author.name}{on and f', on {on}'}." if first else f"Papers of {tally}."
    return render(
        here,
        "author",
        title=author.name if first else f"{author.name}, page {stretch.number}",
        description=wording.cut(about, DESCRIPTION),
        updated=max((issue.date for issue in days), default=None),
        tally=tally,
        here=span(days) if first and stretch.older else "",
        also=[html(name) for name in author.also] if first else [],
        first=None if first else _anchor(cards, author),
        all_authors=cards.to(addresses.AUTHORS),
        with_others=chips(_with_others(catalogue, cards, author, papers)) if first else "",
        subjects=chips([cards.tag(*shelf) for shelf in tags]),
        has_tools=len(stretch.papers) >= _TOOLS,
        entries=brief_entries(catalogue, stretch.papers, here),
        list=grown_list(
            here,
            stretch,
            f"author:{author.slug}",
            author.papers,
            partial(addresses.author, author.slug),
        ),
    )


def _with_others(
    catalogue: Catalogue, cards: CardMaker, author: Author, papers: Sequence[Paper]
) -> list[Anchor]:
    """Make links to those who wrote most of the same papers and have pages."""
    bylines = bylines_of(catalogue)
    numbers = Counter(other.slug for paper in papers for other in bylines.near(paper))
    del numbers[author.slug]
    ranked = sorted(numbers, key=lambda slug: (-numbers[slug], slug))[:_NEAR]
    return [_anchor(cards, bylines.authors[slug], numbers[slug]) for slug in ranked]


def byline(catalogue: Catalogue, here: str, paper: Paper) -> Markup:
    """Return the names of a paper's authors, as it has them; those who have pages are links."""
    slugs = bylines_of(catalogue).linked(paper)
    if not any(slugs):
        return html(", ".join(paper.authors))
    names = list(map(html, paper.authors))
    for at, slug in enumerate(slugs):
        if slug:
            href = html(addresses.relative(here, addresses.author(slug)))
            names[at] = Markup('<a href="{}">{}</a>').format(href, names[at])
    return Markup(", ").join(names)


def _anchor(cards: CardMaker, author: Author, count: int = 0) -> Anchor:
    there = addresses.author(author.slug)
    return Anchor(cards.to(there), html(author.name), "author", count)
