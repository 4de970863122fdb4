"""What is searched, as values: papers, tags, entries of the glossary, pages written by hand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from generator.model import Library, LinkKind, Paper
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
class WrittenPage:
    """A page that somebody wrote by hand, as whoever builds the site knows it."""

    address: str
    """From the site's root, with a slash at its end: `about/`."""
    title: str
    text: str
    """Plain text, without markup."""


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
    library = catalogue.library
    for paper in sorted(library.papers.values(), key=_by_subject(library)):
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
    kinds = {link.kind for link in paper.links}
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
        links=tuple(kind.value for kind in LinkKind if kind in kinds),
        issues=tuple(catalogue.place_of_issue(issue) for issue, _ in catalogue.places_of(paper)),
    )


def plain_slug(title: str) -> str:
    """Return the slug that most titles get, by a rule that `search.js` has as well."""
    slug = ""
    for word in _PLAIN.findall(_APOSTROPHES.sub("", fold(title))):
        if len(slug) + len(word) > _LONGEST_SLUG:
            break
        slug += f"-{word}" if slug else word
    return slug


def _by_subject(library: Library) -> Callable[[Paper], tuple[int, str, str]]:
    """Return a sort key that puts papers on like subjects close together.

    What is close on the map stands close in the index: gaps between numbers are small, and what
    a query finds lies in few files. Without a map the first tag has to do.
    """

    def key(paper: Paper) -> tuple[int, str, str]:
        place = library.positions.get(paper.slug)
        tag = paper.tags[0] if paper.tags else ""
        return (_along_the_curve(*place) if place else -1, tag, paper.slug)

    return key


def _along_the_curve(x: int, y: int) -> int:
    """Return how far along Hilbert's curve a place of the map lies."""
    far, side = 0, _SIDE // 2
    while side:
        right, up = int(bool(x & side)), int(bool(y & side))
        far += side * side * ((3 * right) ^ up)
        if not up:
            if right:
                x, y = _SIDE - 1 - x, _SIDE - 1 - y
            x, y = y, x
        side //= 2
    return far
