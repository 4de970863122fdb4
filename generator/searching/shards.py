"""Postings → the files of words: each holds the words of one stretch of the alphabet.

A file has what a query with such a word needs: the forms of each stem, its postings, and the
lines to show for papers that have it in their titles, so that a first page of results rarely waits
for another file. Places of words, which only phrases need, stand in a file beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from generator.searching.counting import Postings
from generator.searching.packing import front_coded, gaps, pack, varint_bytes, varints

SHOWN = 120
"""Papers with a word in their titles whose lines stand beside its postings: the best of them."""

RARE = 2
"""A word in fewer titles does without: what it finds stands in one or two files of lines."""

KNOWN = 25
FREQUENT, FILL = 50, 10
"""A word in so many papers shows the best so many of them, whether in titles or not."""

SHOWN_OTHERS = 3
"""The same for tags, entries of the glossary and pages, besides those that the word names."""

SIZE = 8_000
"""Bytes, compressed, that a file aims at. A word that every paper has may come to more."""

IN_TITLE = 16
"""What a posting's byte has on top of its weight if the word stands in the title."""

_POSTING, _LINE, _FORM = 1.0, 27, 4
"""About how many bytes these take when compressed."""

_ALIKE = 3
"""Letters that all forms of a stem share; those that do not get a copy of its postings."""


@dataclass(frozen=True, slots=True)
class Shard:
    """A file of words."""

    first: str
    """The first of its words; those of the file before come earlier in the alphabet."""
    content: bytes
    places: bytes


@dataclass(frozen=True, slots=True)
class _Entry:
    """A stem and forms of it that begin alike, in order."""

    stem: int
    forms: tuple[str, ...]


def in_files(word: str) -> bytes:
    """Sort key: the order in which the browser compares."""
    return word.encode("utf-16-be", "surrogatepass")


def make_shards(postings: Postings, papers: int, lines: Sequence[str]) -> Iterator[Shard]:
    """Cut the words into files; `lines` are what shows each leaf, papers first."""
    maker = _Maker(postings, papers, lines)
    group: list[_Entry] = []
    last = b""
    for entry in _entries(postings):
        if maker.size >= SIZE and last < in_files(entry.forms[0]):
            yield maker.shard(group)
            group = []
        group.append(entry)
        maker.add(entry)
        last = max(last, in_files(entry.forms[-1]))
    if group:
        yield maker.shard(group)


def _entries(postings: Postings) -> list[_Entry]:
    forms: list[list[str]] = [[] for _ in postings.starts[:-1]]
    for form in sorted(postings.found(), key=in_files):
        forms[postings.forms[form]].append(form)
    entries = [
        _Entry(stem, tuple(alike))
        for stem, of_stem in enumerate(forms)
        for _, alike in groupby(of_stem, lambda form: form[:_ALIKE])
    ]
    return sorted(entries, key=lambda entry: in_files(entry.forms[0]))


class _Maker:
    """Keeps what all shards are made from, and how large the next one has become."""

    def __init__(self, postings: Postings, papers: int, lines: Sequence[str]) -> None:
        self._postings = postings
        self._papers = papers
        self._lines = lines
        firsts = np.zeros(len(postings.leaves), np.bool_)
        firsts[postings.starts[:-1][np.diff(postings.starts) > 0]] = True
        self._gaps, self._gap_starts = varints(gaps(postings.leaves, firsts))
        self._codes = (postings.steps + IN_TITLE * postings.in_title).astype(np.uint8)
        often = np.diff(postings.place_starts)
        firsts = np.zeros(len(postings.places), np.bool_)
        firsts[postings.place_starts[:-1][often > 0]] = True
        # Where a word stands in the title, how often it does so comes before how often in all.
        ends = np.cumsum(1 + postings.in_title)
        counts = np.zeros(int(ends[-1]) if len(ends) else 0, np.int64)
        counts[ends[postings.in_title] - 2] = postings.title_places[postings.in_title]
        counts[ends - 1] = often
        self._often, starts = varints(counts)
        self._often_starts = starts[np.concatenate([np.zeros(1, np.int64), ends])]
        self._places, starts = varints(gaps(postings.places, firsts))
        self._place_starts = starts[postings.place_starts]
        self._shown: set[int] = set()
        self.size = 0.0

    def add(self, entry: _Entry) -> None:
        """Count in an entry."""
        start, end = self._postings.starts[entry.stem : entry.stem + 2]
        before = len(self._shown)
        self._shown.update(self._best(start, end))
        lines = len(self._shown) - before
        self.size += (end - start) * _POSTING + lines * _LINE + len(entry.forms) * _FORM

    def shard(self, entries: list[_Entry]) -> Shard:
        """Make the file of these entries, which have been counted in."""
        starts = self._postings.starts
        spans = [(int(starts[entry.stem]), int(starts[entry.stem + 1])) for entry in entries]
        gap_spans = [(self._gap_starts[a], self._gap_starts[b]) for a, b in spans]
        often_spans = [(self._often_starts[a], self._often_starts[b]) for a, b in spans]
        place_spans = [(self._place_starts[a], self._place_starts[b]) for a, b in spans]
        shown = sorted(self._shown)
        self._shown = set()
        self.size = 0.0
        columns = (
            [len(entry.forms) for entry in entries],
            [b - a for a, b in spans],
            [b - a for a, b in gap_spans],
            np.diff(np.array(shown, np.int64), prepend=0).tolist(),
        )
        head = [*front_coded(form for entry in entries for form in entry.forms)]
        return Shard(
            entries[0].forms[0],
            pack(
                "\n".join([*head, *(self._lines[leaf] for leaf in shown)]),
                varint_bytes([len(entries), len(shown)]),
                *map(varint_bytes, columns),
                b"".join(self._gaps[a:b].tobytes() for a, b in gap_spans),
                b"".join(self._codes[a:b].tobytes() for a, b in spans),
            ),
            pack(
                "",
                varint_bytes(
                    [len(entries), *(b - a for some in (often_spans, place_spans) for a, b in some)]
                ),
                b"".join(self._often[a:b].tobytes() for a, b in often_spans),
                b"".join(self._places[a:b].tobytes() for a, b in place_spans),
            ),
        )

    def _best(self, start: int, end: int) -> list[int]:
        """Return the leaves of a stem whose lines stand in its file."""
        postings = self._postings
        papers = start + int(np.searchsorted(postings.leaves[start:end], self._papers))
        found: list[int] = []
        for a, b, least, most in ((start, papers, RARE, SHOWN), (papers, end, 1, SHOWN_OTHERS)):
            here = a + np.flatnonzero(postings.in_title[a:b])
            fill = FILL if b - a >= (KNOWN if len(here) > 1 else FREQUENT) else 0
            if len(here) < max(least, fill):
                here = np.arange(a, b) if fill else here[:0]
                most = fill
            if len(here) > most:
                here = here[np.argsort(-postings.weights[here], kind="stable")[:most]]
            found += postings.leaves[here].tolist()
        called = papers + np.flatnonzero(postings.naming[papers:end])
        found += postings.leaves[called].tolist()
        return found
