"""The pages of tags: all in use, each one, and the whole vocabulary."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import msgspec

from generator.model import Draft, Page, PageDraft, Tag
from generator.writing import addresses, wording
from generator.writing.bylines import has_authors
from generator.writing.cards import CardMaker, chips
from generator.writing.catalogue import Catalogue
from generator.writing.citations import offer
from generator.writing.drafts import key_of
from generator.writing.entries import brief_entries
from generator.writing.escaping import html
from generator.writing.feeds import ATOM
from generator.writing.head import tag_head
from generator.writing.listing import Stretch, stretches
from generator.writing.lists import DESCRIPTION, grown_list, span, totals
from generator.writing.rendering import render
from generator.writing.site import Site


def tags_drafts(catalogue: Catalogue) -> Iterator[PageDraft]:
    """Tell the page of all tags in use, and that of the whole vocabulary."""
    shelves = [
        (tag.slug, tag.name, tag.description, tag.broader, tag.listed, number)
        for tag in catalogue.library.tags.values()
        for number in (len(catalogue.papers_with(tag)),)
    ]
    key = key_of("tags", shelves, totals(catalogue), catalogue.newest, has_authors(catalogue))
    yield Draft(addresses.document(addresses.TAGS), key, partial(tags_page, catalogue))
    make = partial(vocabulary_page, catalogue)
    yield Draft(addresses.document(addresses.VOCABULARY), key, make)


def tags_page(catalogue: Catalogue) -> Page:
    """Make the page of all tags in use, by broad subject."""
    cards = CardMaker(catalogue, addresses.TAGS)
    used = catalogue.used_tags()
    groups = []
    broad_tags = [tag for tag in used if tag.broader is None and tag.listed]
    for broad in sorted(broad_tags, key=lambda tag: _by_size(catalogue, tag)):
        narrower = [tag for tag in catalogue.narrower[broad.slug] if catalogue.papers_with(tag)]
        narrower.sort(key=lambda tag: _by_size(catalogue, tag))
        groups.append(
            (cards.shelf(broad), html(broad.description), chips(map(cards.shelf, narrower)))
        )
    others = chips([cards.shelf(tag) for tag in used if not tag.listed])
    return render(
        addresses.TAGS,
        "tags",
        title="Tags",
        description="What the papers are about: broad subjects, and finer ones below them.",
        updated=catalogue.newest,
        groups=groups,
        others=others,
        vocabulary=cards.to(addresses.VOCABULARY),
        authors=cards.to(addresses.AUTHORS) if has_authors(catalogue) else "",
        totals=totals(catalogue),
    )


def tag_drafts(catalogue: Catalogue, site: Site, tag: Tag) -> Iterator[PageDraft]:
    """Tell the pages of a tag: one, or several for a long list.

    The first one tells how many papers there are and what is near the tag; the others hold only
    what stays the same when a digest comes.
    """
    broader = catalogue.library.tags.get(tag.broader) if tag.broader else None
    named = (site.name, tag.slug, tag.name, broader and (broader.slug, broader.name))
    for stretch in stretches(catalogue.listed_with(tag)):
        here = addresses.tag(tag.slug, stretch.number)
        key = partial(_key, catalogue, tag, named, stretch)
        make = partial(_tag, catalogue, site, tag, broader, stretch)
        yield Draft(addresses.document(here), key, make)


def _key(catalogue: Catalogue, tag: Tag, named: object, stretch: Stretch) -> bytes:
    listed = (
        *(stretch.number, stretch.newer, stretch.older),
        catalogue.dated_stamps(stretch.papers),
    )
    first = None
    if stretch.number == 1:
        narrower = [(narrow.slug, narrow.name, number) for narrow, number in _below(catalogue, tag)]
        # How many papers there are, and what else these are about, they tell themselves: to count
        # the latter takes longer than all other keys of tags.
        first = (tag.description, narrower, catalogue.stamps(catalogue.papers_with(tag)))
    return key_of("tag", named, listed, first)


class _Near(msgspec.Struct, frozen=True):
    """What a tag's first page tells besides its papers."""

    papers: int
    narrower: list[tuple[Tag, int]]
    neighbours: list[tuple[Tag, int]]


def _near(catalogue: Catalogue, tag: Tag) -> _Near:
    papers = len(catalogue.papers_with(tag))
    return _Near(papers, _below(catalogue, tag), catalogue.neighbours(tag))


def _below(catalogue: Catalogue, tag: Tag) -> list[tuple[Tag, int]]:
    """Return the narrower tags that have papers, and how many; the largest first."""
    narrower = [narrow for narrow in catalogue.narrower[tag.slug] if catalogue.papers_with(narrow)]
    narrower.sort(key=lambda narrow: _by_size(catalogue, narrow))
    return [(narrow, len(catalogue.papers_with(narrow))) for narrow in narrower]


def _tag(
    catalogue: Catalogue,
    site: Site,
    tag: Tag,
    broader: Tag | None,
    stretch: Stretch,
) -> Page:
    near = _near(catalogue, tag) if stretch.number == 1 else None
    here = addresses.tag(tag.slug, stretch.number)
    home = addresses.tag(tag.slug)
    cards = CardMaker(catalogue, here)
    days = [catalogue.newest_issue(paper) for paper in stretch.papers]
    when = span(days)
    tally = wording.count(near.papers, "paper") if near else when
    about = f"{tally}. {tag.description}".strip() if near else f"Papers of {when}."
    return render(
        here,
        "tag",
        title=tag.name if near else f"{tag.name}, page {stretch.number}",
        description=wording.cut(about, DESCRIPTION),
        head_values=tag_head(site, tag),
        updated=max((issue.date for issue in days), default=None),
        about=html(tag.description) if near else "",
        tally=tally,
        here=when if near and stretch.older else "",
        first=None if near else cards.tag(tag),
        broader=cards.tag(broader) if broader else None,
        narrower=chips([cards.tag(*shelf) for shelf in near.narrower]) if near else "",
        neighbours=chips([cards.tag(*shelf) for shelf in near.neighbours]) if near else "",
        feed=cards.to(home + ATOM),
        all_tags=cards.to(addresses.TAGS),
        cite=offer(here, home, f"all papers of {tag.name}", f"tag-{tag.slug}") if near else None,
        entries=brief_entries(catalogue, stretch.papers, here),
        list=grown_list(
            here,
            stretch,
            f"tag:{tag.slug}",
            near.papers if near else 0,
            partial(addresses.tag, tag.slug),
        ),
    )


def vocabulary_page(catalogue: Catalogue) -> Page:
    """Make the page of the whole vocabulary, tags without papers included."""
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
        rows=rows,
        broad=sum(tag.broader is None for tag in listed),
        narrow=sum(tag.broader is not None for tag in listed),
        all_tags=cards.to(addresses.TAGS),
    )


def _by_size(catalogue: Catalogue, tag: Tag) -> tuple[int, str]:
    """Most papers first, then by slug."""
    return (-len(catalogue.papers_with(tag)), tag.slug)
