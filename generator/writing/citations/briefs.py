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

from msgspec.structs import replace

from generator.memory import Memory
from generator.model import Paper
from generator.writing.catalogue import Catalogue
from generator.writing.citations.entries import Entry, address_of, entry_of
from generator.writing.citations.files import FORMATS, Format
from generator.writing.drafts import key_of
from generator.writing.remembered import Row, rows_of
from generator.writing.site import Site

_NAME = "citations"

_COLUMNS = tuple((form, lean) for lean in (False, True) for form in FORMATS)
"""What is written of a paper: in each format, and without its page on this site."""


class Briefs:
    """The short entries of all papers of a library."""

    def __init__(self, catalogue: Catalogue, site: Site, memory: Memory) -> None:
        """Take the library and what remembers; nothing is written yet."""
        self._catalogue = catalogue
        self._site = site
        self._memory = memory
        self._grounds = key_of(site.url, [(form.ending, lean) for form, lean in _COLUMNS])

    def file(self, papers: Iterable[Paper], form: Format, lean: bool = False) -> bytes:
        """Return the file of some papers in a format; a lean one does not name their pages."""
        known = self._texts[_COLUMNS.index((form, lean))]
        return form.join_bytes([known[paper.slug] for paper in papers])

    @cached_property
    def _texts(self) -> list[dict[str, bytes]]:
        """All entries, by slug, for each of `_COLUMNS`."""
        papers = list(self._catalogue.library.papers.values())
        keys = [self._catalogue.dated_stamps([paper]) for paper in papers]
        rows = rows_of(
            self._memory, _NAME, self._grounds, keys, lambda at: self._written(papers[at])
        )
        of = dict(zip(self._catalogue.library.papers, rows, strict=True))
        wholes = [_COLUMNS.index((form, False)) for form, _ in _COLUMNS]
        return [
            {slug: row[at] or row[whole] for slug, row in of.items()}
            for at, whole in enumerate(wholes)
        ]

    def _written(self, paper: Paper) -> Row:
        """Write the entries of a paper; a lean one that would be the whole one is left empty."""
        entry = entry_in(self._catalogue, self._site, paper)
        entry = replace(entry, abstract="", keywords=(), digests="")
        address = address_of(paper)
        known = replace(entry, url=address) if address != entry.url else None
        entries = [(form, known if lean else entry) for form, lean in _COLUMNS]
        return tuple([form.write(each).encode() if each else b"" for form, each in entries])


def entry_in(catalogue: Catalogue, site: Site, paper: Paper) -> Entry:
    """Return what is known of a paper of a library, gathered once."""
    key = (f"citation {site.url}", paper.slug)
    if key not in catalogue.kept:
        catalogue.kept[key] = entry_of(paper, site, catalogue.issue_of, catalogue.library.tags)
    entry: Entry = catalogue.kept[key]
    return entry
