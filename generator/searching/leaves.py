"""What is searched, as values: papers, tags, entries of the glossary, pages written by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

from generator.model import Library, LinkKind, Paper
from generator.searching.byhand import WrittenPage
from generator.searching.packing import Numbers
from generator.searching.words import fold
from generator.writing import addresses
from generator.writing.catalogue import Catalogue
from generator.writing.glossary import entry_addresses
from generator.writing.meanings import entries_of

PAPER, TAG, TERM, PAGE = "paper", "tag", "term", "page"
KINDS = (PAPER, TAG, TERM, PAGE)

_PLAIN = re.compile(r"[a-z0-9]+")
_APOSTROPHES = re.compile("['\u2019]")
_LONGEST_SLUG = 79

_SIDE = 1 << 14
_MEANINGS = 5
"""Meanings of an acronym that search shows; all are found."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One thing that can be found."""

    kind: str
    address: str
    """From the site's root."""
    title: str
    texts: tuple[str, ...] = ()
    """Whatever else its words may be found in. No phrase runs from one text into the next."""
    about: str = ""
    """What stands below the title in a result; a paper has its abstract instead."""
    slug: str = ""
    tags: tuple[str, ...] = ()
    """Slugs."""
    links: tuple[str, ...] = ()
    """The kinds of links it has, in the order of `LinkKind`."""
    issues: tuple[int, ...] = ()
    """Places of the digests that list it, the newest first; the newest digest has 0."""
    quoted: int | None = None
    """In how many of the texts a phrase can be found, from the first; None: in all."""


def leaves_of(catalogue: Catalogue, pages: Iterable[WrittenPage]) -> Iterator[Leaf]:
    """Yield all that is searched: papers first, by subject, then the kinds in their order."""
    for paper in _by_subject(catalogue.library):
        yield _paper_leaf(catalogue, paper)
    for tag in catalogue.used_tags():
        texts = (tag.description, *tag.phrases)
        yield Leaf(TAG, addresses.tag(tag.slug), tag.name, texts, tag.description, tag.slug)
    entries = entries_of(catalogue)
    places = entry_addresses(entries)
    for entry in entries:
        longs = tuple(expansion.long for expansion in entry.expansions)
        about = "; ".join(longs[:_MEANINGS])
        yield Leaf(TERM, places[entry.short], entry.short, longs, about)
    for page in pages:
        yield Leaf(PAGE, page.address, page.title, (page.text,), page.text)


def _paper_leaf(catalogue: Catalogue, paper: Paper) -> Leaf:
    tags = catalogue.library.tags
    return Leaf(
        kind=PAPER,
        address=addresses.paper(paper.slug),
        title=paper.title,
        texts=(
            paper.abstract,
            *paper.authors,
            *(tags[slug].name for slug in paper.tags),
            *(acronym.long for acronym in paper.acronyms if acronym.long not in paper.abstract),
        ),
        quoted=1 + len(paper.authors),
        slug=paper.slug,
        tags=paper.tags,
        links=_names(tuple([link.kind for link in paper.links])),
        issues=tuple(catalogue.place_of_issue(issue) for issue, _ in catalogue.places_of(paper)),
    )


@cache
def _names(kinds: tuple[LinkKind, ...]) -> tuple[str, ...]:
    return tuple(kind.value for kind in LinkKind if kind in kinds)


def plain_slug(title: str) -> str:
    """Return the slug that most titles get, by a rule that `search.js` has as well."""
    words = _PLAIN.findall(_APOSTROPHES.sub("", fold(title)))
    slug = "-".join(words)
    if len(slug) <= _LONGEST_SLUG:
        return slug
    slug = ""
    for word in words:
        if len(slug) + len(word) > _LONGEST_SLUG:
            break
        slug += f"-{word}" if slug else word
    return slug


def _by_subject(library: Library) -> list[Paper]:
    """Return papers in an order that puts those on like subjects close together.

    What is close on the map stands close in the index: gaps between numbers are small, and what
    a query finds lies in few files. Without a map the first tag has to do.
    """
    papers = list(library.papers.values())
    places = [library.positions.get(paper.slug) for paper in papers]
    far = _along_the_curve(np.array([place or (0, 0) for place in places]).reshape(-1, 2))
    keys = [
        (along if place else -1, paper.tags[0] if paper.tags else "", paper.slug)
        for paper, place, along in zip(papers, places, far.tolist(), strict=True)
    ]
    return [papers[at] for at in sorted(range(len(papers)), key=keys.__getitem__)]


def _along_the_curve(places: Numbers) -> Numbers:
    """Return how far along Hilbert's curve places of the map lie, each from 0 to `_SIDE`."""
    x, y = places.astype(np.int64).T
    far, side = np.zeros(len(places), np.int64), _SIDE // 2
    while side:
        right, up = x & side > 0, y & side > 0
        far += side * side * (3 * right ^ up)
        x, y = (
            np.where(up, x, np.where(right, _SIDE - 1 - y, y)),
            np.where(up, y, np.where(right, _SIDE - 1 - x, x)),
        )
        side //= 2
    return far
