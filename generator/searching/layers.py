"""What stands in which layer of the index, so that one more digest costs what one digest costs.

A new paper has words in all files of words, each of which holds a stretch of the alphabet. So
there are two layers. The lower one is the index of the oldest papers, of so many as `growth` has
it, with their tags and acronyms: it rests on them alone, and is made once till the library is a
quarter larger. The upper one has all that came since: newer papers, pages by hand, and those tags
and entries of the glossary that are not as the lower layer has them. There they count as gone.

What the upper layer has of a stretch of the alphabet is written behind what the lower one has, in
the same file: in files of its own, a first query would need twice as many. Lines and word ends,
which few queries need, have such files, and those of the lower layer stay as they are.

A library that has no newer papers has one layer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import blake2b

import msgspec

from generator.growth import learned_from
from generator.model import Issue, Library, Paper, Tag
from generator.searching.byhand import WrittenPage
from generator.searching.leaves import Leaves, leaves_of, others_of
from generator.writing.catalogue import Catalogue, catalogue_of

_SIZE = 16


class Layers:
    """A library and pages by hand, divided."""

    key: bytes
    """Tells apart all that the index rests on; what it leaves out of a library does no harm."""
    lower_key: bytes
    """The same for the lower layer."""

    def __init__(self, library: Library, pages: Sequence[WrittenPage]) -> None:
        """Divide a library."""
        papers = list(library.papers.values())
        most = learned_from(len(papers))
        self.catalogue = catalogue_of(library)
        self.oldest: Sequence[Paper] = papers[:most]
        self.newer: Sequence[Paper] = papers[most:]
        self.positions = library.positions
        self._pages = pages
        positions = [library.positions.get(paper.slug) for paper in papers]
        self._tags = _tags_of(self.oldest, library.tags)
        below = self._key_of(self.oldest, positions[:most], list(self._tags.values()))
        self.key = self._key_of(
            self.newer, positions[most:], list(library.tags.values()), library.issues, pages, below
        )
        # A single layer has all that there is.
        self.lower_key = below if self.newer else self.key

    def _key_of(self, papers: Sequence[Paper], *what: object) -> bytes:
        return _key((self.catalogue.stamps(papers), *what))

    def lower(self, order: Sequence[int]) -> Leaves:
        """Return what stands in the lower layer, the oldest papers in this order."""
        papers = [self.oldest[at] for at in order]
        if not self.newer:
            return leaves_of(self.catalogue, papers, others_of(self.catalogue, self._pages))
        return leaves_of(self.catalogue, papers, others_of(self._catalogue_of_oldest()))

    def upper(self, papers: Sequence[Paper], below: Sequence[bytes]) -> tuple[Leaves, list[int]]:
        """Return what stands in the upper layer, and which others of the lower one are gone.

        `papers` are the newer ones in the order of their leaves, `below` the keys of the others.
        """
        others = others_of(self.catalogue, self._pages)
        known, now = frozenset(below), frozenset(others.keys)
        new = others.only([at for at, key in enumerate(others.keys) if key not in known])
        gone = [at for at, key in enumerate(below, len(self.oldest)) if key not in now]
        return leaves_of(self.catalogue, papers, new), gone

    def _catalogue_of_oldest(self) -> Catalogue:
        """Return the oldest papers as if they were all, and in one digest."""
        papers = {paper.slug: paper for paper in self.oldest}
        issue = Issue("oldest", date.min, "", tuple(papers))
        return Catalogue(Library((issue,), papers, self._tags))


def _tags_of(papers: Sequence[Paper], tags: Mapping[str, Tag]) -> dict[str, Tag]:
    """Return the tags that papers have, and the broader ones, in their order."""
    own = {slug for paper in papers for slug in paper.tags}
    used = own | {tags[slug].broader for slug in own}
    return {slug: tag for slug, tag in tags.items() if slug in used}


def _key(what: object) -> bytes:
    try:
        return digest(msgspec.msgpack.encode(what))
    except UnicodeEncodeError:
        # Half of a character, which no file can have, but a caller may make.
        return digest(repr(what).encode("utf-8", "surrogatepass"))


def digest(content: bytes) -> bytes:
    """Return what tells contents apart."""
    return blake2b(content, digest_size=_SIZE).digest()
