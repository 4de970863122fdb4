"""Postings → the files of words: each holds the words of one stretch of the alphabet.

A file has what a query with such a word needs: the forms of each stem, its postings, and the
lines to show for papers that have it in their titles, so that a first page of results rarely waits
for another file. Places of words, which only phrases need, stand in a file beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.searching.counting import Postings
from generator.searching.packing import Numbers, front_coded, gaps, pack, varint_bytes, varints

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

_LATE = re.compile("[\ue000-\uffff]")

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


def in_files(word: str) -> str:
    """Sort key: the order in which the browser compares, by halves of UTF-16."""
    return word if word.isascii() else _LATE.sub(lambda sign: chr(ord(sign[0]) + 0x100000), word)


def make_shards(postings: Postings, papers: int, lines: Sequence[str]) -> Iterator[Shard]:
    """Cut the words into files; `lines` are what shows each leaf, papers first."""
    maker = _Maker(postings, papers, lines)
    group: list[_Entry] = []
    last = ""
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
    alike: dict[tuple[int, str], list[str]] = {}
    found = postings.found()
    # To ask each word for a key takes longer than to ask all of them whether one needs any.
    needed = None if max(map(max, found), default="") < "\ue000" else in_files
    for form in sorted(found, key=needed):
        alike.setdefault((postings.forms[form], form[:_ALIKE]), []).append(form)
    return [_Entry(stem, tuple(forms)) for (stem, _), forms in alike.items()]


class _Maker:
    """Keeps what all shards are made from, and how large the next one has become."""

    def __init__(self, postings: Postings, papers: int, lines: Sequence[str]) -> None:
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
        self._all_starts = postings.starts
        self._starts: list[int] = postings.starts.tolist()
        self._best, self._best_starts = _shown(postings, papers)
        self._shown: set[int] = set()
        self.size = 0.0

    def add(self, entry: _Entry) -> None:
        """Count in an entry."""
        stem = entry.stem
        before = len(self._shown)
        self._shown.update(self._best[self._best_starts[stem] : self._best_starts[stem + 1]])
        lines = len(self._shown) - before
        count = self._starts[stem + 1] - self._starts[stem]
        self.size += count * _POSTING + lines * _LINE + len(entry.forms) * _FORM

    def shard(self, entries: list[_Entry]) -> Shard:
        """Make the file of these entries, which have been counted in."""
        stems = np.array([entry.stem for entry in entries])
        starts, ends = self._all_starts[stems], self._all_starts[stems + 1]
        # Most stems are numbered as they stand in the alphabet, so that few runs make a file.
        turns = np.flatnonzero(starts[1:] != ends[:-1])
        runs = list(
            zip(
                starts[np.append(0, turns + 1)].tolist(),
                ends[np.append(turns, -1)].tolist(),
                strict=True,
            )
        )

        def written(data: NDArray[np.uint8], at: Numbers) -> bytes:
            return b"".join(data[at[a] : at[b]].tobytes() for a, b in runs)

        def sizes(at: Numbers) -> Numbers:
            found: Numbers = at[ends] - at[starts]
            return found

        shown = sorted(self._shown)
        self._shown = set()
        self.size = 0.0
        columns: tuple[Numbers, ...] = (
            np.array([len(entry.forms) for entry in entries]),
            ends - starts,
            sizes(self._gap_starts),
            gaps(np.array(shown, np.int64), np.zeros(len(shown), np.bool_)),
        )
        head = [*front_coded(form for entry in entries for form in entry.forms)]
        return Shard(
            entries[0].forms[0],
            pack(
                "\n".join([*head, *(self._lines[leaf] for leaf in shown)]),
                varint_bytes([len(entries), len(shown)]),
                *(varints(column)[0].tobytes() for column in columns),
                written(self._gaps, self._gap_starts),
                b"".join(self._codes[a:b].tobytes() for a, b in runs),
            ),
            pack(
                "",
                varint_bytes(
                    [
                        len(entries),
                        *sizes(self._often_starts).tolist(),
                        *sizes(self._place_starts).tolist(),
                    ]
                ),
                written(self._often, self._often_starts),
                written(self._places, self._place_starts),
            ),
        )


def _shown(postings: Postings, papers: int) -> tuple[list[int], list[int]]:
    """Return the leaves whose lines stand in the file of each stem, and where each stem's start."""
    stems = len(postings.starts) - 1
    stem_of = np.repeat(np.arange(stems), np.diff(postings.starts))
    of_paper = postings.leaves < papers
    chosen = np.zeros(len(stem_of), np.bool_)
    for group, least, most in ((of_paper, RARE, SHOWN), (~of_paper, 1, SHOWN_OTHERS)):
        titled = group & postings.in_title
        held, named = (np.bincount(stem_of[some], minlength=stems) for some in (group, titled))
        fill = np.where(held >= np.where(named > 1, KNOWN, FREQUENT), FILL, 0)
        few = named < np.maximum(least, fill)
        those = np.flatnonzero(group & np.where(few[stem_of], fill[stem_of] > 0, titled))
        # Of a stem's papers the best ones, and of those that are as good the first.
        ranked = those[np.lexsort((those, -postings.weights[those], stem_of[those]))]
        of = stem_of[ranked]
        rank = np.arange(len(of)) - np.searchsorted(of, of)
        chosen[ranked[rank < np.where(few, fill, most)[of]]] = True
    chosen |= postings.naming & ~of_paper
    here = np.flatnonzero(chosen)
    starts = np.searchsorted(stem_of[here], np.arange(stems + 1))
    return postings.leaves[here].tolist(), starts.tolist()
