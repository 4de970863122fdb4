"""What is searched, as values: papers, tags, entries of the glossary, pages written by hand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from generator.model import Paper
from generator.searching.byhand import WrittenPage
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

    def only(self, numbers: Sequence[int]) -> Leaves:
        """Return some of them, in order."""
        return Leaves(
            [self.keys[at] for at in numbers],
            [self.kinds[at] for at in numbers],
            lambda number: self.make(numbers[number]),
        )


def made(leaves: Sequence[Leaf]) -> Leaves:
    """Take leaves that there are."""
    return Leaves(list(map(_key_of, leaves)), [leaf.kind for leaf in leaves], leaves.__getitem__)


def leaves_of(catalogue: Catalogue, papers: Sequence[Paper], others: Leaves) -> Leaves:
    """Tell what is searched: papers in the order that they are given in, then the rest."""

    def make(number: int) -> Leaf:
        if number < len(papers):
            return _paper_leaf(catalogue, papers[number])
        return others.make(number - len(papers))

    # A paper's stamp tells all of it, and most pages have asked for it before.
    keys = [*map(catalogue.stamp, papers), *others.keys]
    return Leaves(keys, [PAPER] * len(papers) + list(others.kinds), make)


def others_of(catalogue: Catalogue, pages: Iterable[WrittenPage] = ()) -> Leaves:
    """Tell what is searched besides papers: tags that some have, the glossary, pages by hand."""
    return made(list(_others(catalogue, pages)))


def _others(catalogue: Catalogue, pages: Iterable[WrittenPage]) -> Iterator[Leaf]:
    for tag in catalogue.used_tags():
        texts = (tag.description, *tag.phrases)
        yield Leaf(TAG, addresses.tag(tag.slug), tag.name, texts, tag.description, tag.slug)
    entries = entries_of(catalogue)
    places = entry_addresses(catalogue)
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
