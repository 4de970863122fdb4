"""Short entries, of what it takes to cite a paper, for files that cite many.

Abstract, keywords, and in which digest it stood, are in the files beside the paper's own page.
Those of tags, which have each paper several times, name only addresses of the paper itself: where
nobody gave one, the key is the last part of its page's address.

A paper stands in the files of its digests, of many tags and of the library, and these change with
every digest, while most of their entries do not: those are remembered from one build to the next.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import msgspec
from msgspec.structs import replace

from generator.memory import Memory
from generator.model import Paper
from generator.writing.catalogue import Catalogue
from generator.writing.citations.entries import Entry, address_of, entry_of
from generator.writing.citations.files import FORMATS, Format
from generator.writing.site import Site

_NAME = "citations"

_COLUMNS = tuple((form, lean) for lean in (False, True) for form in FORMATS)
_NAMES = tuple(f"{form.ending} lean" if lean else form.ending for form, lean in _COLUMNS)
"""Of what is written of a paper: in each format, and without its page on this site."""


class _Kept(msgspec.Struct, frozen=True):
    site: str
    """The address that entries name."""
    keys: list[bytes]
    """Of papers: what all of their entries rest on."""
    texts: dict[str, list[bytes]]
    """Their entries by `_NAMES`; empty is one that is no other than the whole one."""


class Briefs:
    """The short entries of all papers of a library."""

    def __init__(self, catalogue: Catalogue, site: Site, memory: Memory) -> None:
        """Take the library and what remembers; nothing is written yet."""
        self._catalogue = catalogue
        self._site = site
        self._memory = memory

    def file(self, papers: Iterable[Paper], form: Format, lean: bool = False) -> bytes:
        """Return the file of some papers in a format; a lean one does not name their pages."""
        known = self._texts[_NAMES[_COLUMNS.index((form, lean))]]
        return form.join_bytes([known[paper.slug] for paper in papers])

    @cached_property
    def _texts(self) -> dict[str, dict[str, bytes]]:
        """All entries, by `_NAMES` and slug."""
        papers = list(self._catalogue.library.papers.values())
        keys = [self._catalogue.dated_stamps([paper]) for paper in papers]
        kept = self._recall()
        rows = [
            kept.get(key) or self._written(paper) for key, paper in zip(keys, papers, strict=True)
        ]
        texts = {name: [row[at] for row in rows] for at, name in enumerate(_NAMES)}
        if kept.keys() != set(keys):
            now = _Kept(self._site.url, keys, texts)
            self._memory.remember(_NAME, msgspec.msgpack.encode(now))
        slugs = [paper.slug for paper in papers]
        whole = [texts[form.ending] for form, _ in _COLUMNS]
        return {
            name: {
                slug: text or other
                for slug, text, other in zip(slugs, texts[name], others, strict=True)
            }
            for name, others in zip(_NAMES, whole, strict=True)
        }

    def _written(self, paper: Paper) -> tuple[bytes, ...]:
        entry = entry_in(self._catalogue, self._site, paper)
        entry = replace(entry, abstract="", keywords=(), digests="")
        address = address_of(paper)
        known = replace(entry, url=address) if address != entry.url else None
        entries = [(form, known if lean else entry) for form, lean in _COLUMNS]
        return tuple([form.write(each).encode() if each else b"" for form, each in entries])

    def _recall(self) -> dict[bytes, tuple[bytes, ...]]:
        """Return the entries that the build before had, by key."""
        content = self._memory.recall(_NAME)
        try:
            kept = msgspec.msgpack.decode(content, type=_Kept) if content else None
        except (msgspec.DecodeError, ValueError):
            kept = None
        if kept is None or kept.site != self._site.url or sorted(kept.texts) != sorted(_NAMES):
            return {}
        columns = [kept.texts[name] for name in _NAMES]
        if any(len(column) != len(kept.keys) for column in columns):
            return {}
        return dict(zip(kept.keys, zip(*columns, strict=True), strict=True))


def entry_in(catalogue: Catalogue, site: Site, paper: Paper) -> Entry:
    """Return what is known of a paper of a library, gathered once."""
    key = (f"citation {site.url}", paper.slug)
    if key not in catalogue.kept:
        catalogue.kept[key] = entry_of(paper, site, catalogue.issue_of, catalogue.library.tags)
    entry: Entry = catalogue.kept[key]
    return entry
