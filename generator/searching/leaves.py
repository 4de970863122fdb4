"""What is searched, as values: papers, tags, entries of the glossary, pages written by hand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec
import numpy as np

from generator.model import Library, Paper
from generator.searching.byhand import WrittenPage
from generator.searching.packing import Numbers
from generator.searching.words import fold
from generator.writing import addresses
from generator.writing.catalogue import Catalogue
from generator.writing.drafts import key_of
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


class Leaf(msgspec.Struct, frozen=True):
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
    quoted: int | None = None
    """In how many of the texts a phrase can be found, from the first; None: in all."""


class Leaves(msgspec.Struct, frozen=True):
    """All leaves, by their numbers; most are known from an earlier build and need not be made."""

    keys: Sequence[bytes]
    """Of each a digest of its address, its words, and all that its line tells."""
    kinds: Sequence[str]
    """Papers come first, then the kinds in their order."""
    make: Callable[[int], Leaf]

    def count(self, kind: str) -> int:
        """Return how many are of a kind."""
        return sum(each == kind for each in self.kinds)


def made(leaves: Sequence[Leaf]) -> Leaves:
    """Take leaves that there are."""
    return Leaves(list(map(_key_of, leaves)), [leaf.kind for leaf in leaves], leaves.__getitem__)


def leaves_of(
    catalogue: Catalogue, papers: Sequence[Paper], pages: Iterable[WrittenPage]
) -> Leaves:
    """Tell all that is searched: papers in the order that they are given in, then the rest."""
    others = made(list(_others(catalogue, pages)))

    def make(number: int) -> Leaf:
        if number < len(papers):
            return _paper_leaf(catalogue, papers[number])
        return others.make(number - len(papers))

    # A paper's stamp tells all of it, and most pages have asked for it before.
    keys = [*map(catalogue.stamp, papers), *others.keys]
    return Leaves(keys, [PAPER] * len(papers) + list(others.kinds), make)


def _others(catalogue: Catalogue, pages: Iterable[WrittenPage]) -> Iterator[Leaf]:
    for tag in catalogue.used_tags():
        texts = (tag.description, *tag.phrases)
        yield Leaf(TAG, addresses.tag(tag.slug), tag.name, texts, tag.description, tag.slug)
    entries = entries_of(catalogue)
    places = entry_addresses(entries)
    for entry in entries:
        longs = tuple([expansion.long for expansion in entry.expansions])
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
    )


def _key_of(leaf: Leaf) -> bytes:
    texts, about = leaf.texts, leaf.about
    return key_of(leaf.kind, leaf.address, leaf.title, texts, about, leaf.slug, leaf.quoted)


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


def by_subject(library: Library) -> list[Paper]:
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
