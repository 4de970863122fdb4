"""Short entries, of what it takes to cite a paper, for files that cite many.

Abstract, keywords, and in which digest it stood, are in the files beside the paper's own page.

A paper stands in the files of its digests, of many tags and of the library, and these change with
every digest, while most of their entries do not: those are remembered from one build to the next.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

import msgspec

from generator.memory import Memory
from generator.model import Paper
from generator.writing.catalogue import Catalogue
from generator.writing.citations.entries import Entry, entry_of
from generator.writing.citations.files import FORMATS, Format
from generator.writing.site import Site

_NAME = "citations"


class _Kept(msgspec.Struct, frozen=True):
    site: str
    """The address that entries name."""
    keys: list[bytes]
    """Of papers: what all of their entries rest on."""
    texts: dict[str, list[bytes]]
    """Their entries by the format's ending."""


class Briefs:
    """The short entries of all papers of a library."""

    def __init__(self, catalogue: Catalogue, site: Site, memory: Memory) -> None:
        """Take the library and what remembers; nothing is written yet."""
        self._catalogue = catalogue
        self._site = site
        self._memory = memory

    def file(self, papers: Iterable[Paper], form: Format) -> bytes:
        """Return the file of some papers in a format."""
        known = self._texts[form.ending]
        return form.join_bytes([known[paper.slug] for paper in papers])

    @cached_property
    def _texts(self) -> dict[str, dict[str, bytes]]:
        """All entries, by the format's ending and slug."""
        papers = list(self._catalogue.library.papers.values())
        keys = [self._catalogue.dated_stamps([paper]) for paper in papers]
        kept = self._recall()
        rows = [
            kept.get(key) or self._written(paper) for key, paper in zip(keys, papers, strict=True)
        ]
        texts = {form.ending: [row[at] for row in rows] for at, form in enumerate(FORMATS)}
        if kept.keys() != set(keys):
            whole = _Kept(self._site.url, keys, texts)
            self._memory.remember(_NAME, msgspec.msgpack.encode(whole))
        return {
            ending: {paper.slug: text for paper, text in zip(papers, column, strict=True)}
            for ending, column in texts.items()
        }

    def _written(self, paper: Paper) -> tuple[bytes, ...]:
        entry = entry_in(self._catalogue, self._site, paper)
        entry = replace(entry, abstract="", keywords=(), digests="")
        return tuple([form.write(entry).encode() for form in FORMATS])

    def _recall(self) -> dict[bytes, tuple[bytes, ...]]:
        """Return the entries that the build before had, by key."""
        content = self._memory.recall(_NAME)
        try:
            kept = msgspec.msgpack.decode(content, type=_Kept) if content else None
        except (msgspec.DecodeError, ValueError):
            kept = None
        endings = [form.ending for form in FORMATS]
        if kept is None or kept.site != self._site.url or sorted(kept.texts) != sorted(endings):
            return {}
        columns = [kept.texts[ending] for ending in endings]
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
