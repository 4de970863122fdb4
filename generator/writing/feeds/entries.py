"""Entries of Atom feeds: written once for all the feeds that have them, and remembered."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from generator.memory import Memory
from generator.model import Paper
from generator.writing.catalogue import Catalogue
from generator.writing.drafts import key_of
from generator.writing.feeds.atom import atom_entry
from generator.writing.feeds.values import Feed, entry_of
from generator.writing.remembered import rows_of
from generator.writing.site import Site

_NAME = "feeds"


class AtomEntries:
    """The entries of feeds from which the ways into the site are the same."""

    def __init__(
        self, catalogue: Catalogue, site: Site, feeds: Sequence[Feed], memory: Memory
    ) -> None:
        """Take the feeds, and what remembers; nothing is written yet."""
        self._catalogue = catalogue
        self._site = site
        self._memory = memory
        self._root = feeds[-1].root(site)
        self._feeds = [feed for feed in feeds if feed.root(site) == self._root]

    def of(self, feed: Feed) -> list[bytes]:
        """Return the entries of a feed, in order."""
        if feed.root(self._site) != self._root:
            return [self._write(feed, paper) for paper in feed.papers]
        return [self._known[paper.slug] for paper in feed.papers]

    @cached_property
    def _known(self) -> dict[str, bytes]:
        papers = {paper.slug: paper for feed in self._feeds for paper in feed.papers}
        keys = [self._catalogue.dated_stamps_of((slug,)) for slug in papers]
        listed = list(papers.values())
        grounds = key_of(self._site.name, self._site.url, self._root)
        rows = rows_of(
            self._memory,
            _NAME,
            grounds,
            keys,
            lambda at: (self._write(self._feeds[0], listed[at]),),
        )
        return {slug: text for slug, (text,) in zip(papers, rows, strict=True)}

    def _write(self, feed: Feed, paper: Paper) -> bytes:
        return atom_entry(self._site, feed, entry_of(self._catalogue, self._site, paper))
