"""Postings → the files of words: each holds the words of one stretch of the alphabet.

A file has what a query with such a word needs: the forms of each stem, its postings, and the
lines to show for papers that have it in their titles, so that a first page of results rarely waits
for another file. Places of words, which only phrases need, stand in a file beside it.

What the upper layer has for a file stands behind what the lower one has: entries that begin with
the number of the lower entry that each is one with.

How long each entry's numbers are, a browser sees from how many there are.

Everything is written for all files at once, in arrays, and then cut into files.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec
import numpy as np

from generator.searching.counting import Postings
from generator.searching.entries import Entries
from generator.searching.joining import Joined
from generator.searching.packing import (
    Bytes,
    Numbers,
    front_coded,
    gaps,
    gathered,
    running,
    varints,
)

SHOWN = 120
"""Papers with a word in their titles whose lines stand beside its postings: the best of them."""

SHOWN_OF_UPPER = 12
"""The same of the upper layer, which has a fifth of all papers at most, and mostly a tenth."""

RARE = 2
"""A word in fewer titles does without: what it finds stands in one or two files of lines."""

KNOWN = 25
FREQUENT, FILL = 50, 10
"""A word in so many papers shows the best so many of them, whether in titles or not."""

SHOWN_OTHERS = 3
"""The same for tags, entries of the glossary and pages, besides those that the word names."""

SIZE = 7_500
"""Bytes, compressed, that a file aims at. A word that every paper has may come to more."""

IN_TITLE = 16
"""What a posting's byte has on top of its weight if the word stands in the title."""

_POSTING, _LINE, _FORM = 1, 27, 4
"""About how many bytes these take when compressed."""


class Shard(msgspec.Struct, frozen=True):
    """What a file of words has of one layer: heads and columns, not packed yet."""

    start: int
    """Its first entry."""
    head: str
    words: tuple[bytes, ...]
    places: tuple[bytes, ...]


class _Column(msgspec.Struct, frozen=True):
    """What a file has of each entry, one after the other."""

    content: Bytes
    starts: Numbers
    """Where that of each entry starts; the end of all behind it."""

    def of(self, start: int, end: int) -> bytes:
        return self.content[self.starts[start] : self.starts[end]].tobytes()


def make_shards(
    postings: Postings,
    entries: Entries,
    papers: int,
    lines: Sequence[str],
    joined: Joined | None = None,
) -> Iterator[Shard]:
    """Cut the words into files; `lines` are what shows each leaf, papers first.

    Those of an upper layer are cut as they are `joined` to the lower one.
    """
    if not len(entries.stems):
        return
    counts = np.diff(postings.starts)[entries.stems]
    best, best_starts = _shown(postings, papers, SHOWN_OF_UPPER if joined else SHOWN)
    shown_counts = np.diff(best_starts)[entries.stems]
    shown = best[gathered(best_starts[entries.stems], shown_counts)]
    entry_of = np.repeat(np.arange(len(entries.stems)), shown_counts)
    before = _before(shown, entry_of)
    sizes = running(counts * _POSTING + np.diff(entries.starts) * _FORM)
    cuts = joined.cuts if joined else _cuts(entries, sizes, running(shown_counts), before)

    # A leaf's line stands in a file once.
    file_of = np.searchsorted(cuts, entry_of, "right") - 1
    once = before < cuts[file_of]
    shown, file_of = shown[once], file_of[once]
    by_file = np.lexsort((shown, file_of))
    shown, file_of = shown[by_file], file_of[by_file]
    at = np.arange(len(cuts) + 1)
    line_gaps, line_starts = varints(gaps(shown, np.diff(file_of, prepend=-1) > 0))
    line_ends = np.searchsorted(file_of, at)
    shown_lines = [lines[leaf] for leaf in shown.tolist()]

    ends = np.append(cuts, len(entries.stems))
    firsts = [start for start in entries.starts[cuts].tolist() if start < len(entries.forms)]
    forms, form_starts = front_coded(entries.forms, firsts)
    heads = form_starts[entries.starts[ends]].tolist()
    words, places = _postings(postings, entries, counts)
    columns = [np.diff(entries.starts), counts]
    if joined:
        columns.insert(0, gaps(joined.at, entries.may_start))
    told = [_Column(*varints(column)) for column in columns]
    held = _by_two(np.diff(ends), np.diff(line_ends))
    for number, (start, end) in enumerate(pairwise(ends.tolist())):
        a, b = line_ends[number], line_ends[number + 1]
        head = forms[heads[number] : heads[number + 1]] + "\n".join(shown_lines[a:b])
        yield Shard(
            start,
            head if a < b else head[:-1],
            (
                held.of(number, number + 1),
                *(column.of(start, end) for column in told),
                line_gaps[line_starts[a] : line_starts[b]].tobytes(),
                *(column.of(start, end) for column in words),
            ),
            tuple([column.of(start, end) for column in places]),
        )


def _by_two(one: Numbers, other: Numbers) -> _Column:
    """Write two numbers for each file."""
    content, starts = varints(np.stack([one, other], axis=1).ravel())
    return _Column(content, starts[::2])


def _before(shown: Numbers, entry_of: Numbers) -> Numbers:
    """Return the last entry before each that shows the same leaf; -1: there is none."""
    by_leaf = np.argsort(shown, kind="stable")
    same = np.diff(shown[by_leaf]) == 0
    before = np.full(len(shown), -1)
    before[by_leaf[1:][same]] = entry_of[by_leaf[:-1][same]]
    return before


def _cuts(entries: Entries, sizes: Numbers, shown_starts: Numbers, before: Numbers) -> Numbers:
    """Return the first entry of each file: a file is full when it has `SIZE` bytes."""
    can = np.append(np.flatnonzero(entries.may_start), len(entries.stems))
    cuts = [0]
    while True:
        start = cuts[-1]
        full = min(int(np.searchsorted(sizes, sizes[start] + SIZE)), len(entries.stems))
        stretch = shown_starts[start : full + 1]
        lines = running(before[stretch[0] : stretch[-1]] < start)[stretch - stretch[0]]
        size = sizes[start : full + 1] - sizes[start] + lines * _LINE
        end = start + int(np.searchsorted(size, SIZE))
        cut = int(can[np.searchsorted(can, min(end, len(entries.stems)))])
        if cut == len(entries.stems):
            return np.array(cuts)
        cuts.append(cut)


def _postings(
    postings: Postings, entries: Entries, counts: Numbers
) -> tuple[list[_Column], list[_Column]]:
    """Write the postings of all entries, and apart from them their places."""
    starts = running(counts)
    at = gathered(postings.starts[entries.stems], counts)
    first = np.zeros(len(at), np.bool_)
    first[starts[:-1]] = True
    leaves, leaf_starts = varints(gaps(postings.leaves[at], first))
    in_title = postings.in_title[at]
    codes = (postings.steps[at] + IN_TITLE * in_title).astype(np.uint8)

    # Where a word stands in the title, how often it does so comes before how often in all.
    often = np.diff(postings.place_starts)[at]
    ends = np.cumsum(1 + in_title)
    told = np.zeros(int(ends[-1]), np.int64)
    told[ends[in_title] - 2] = postings.title_places[at][in_title]
    told[ends - 1] = often
    often_bytes, often_starts = varints(told)
    place_ends = running(often)
    first = np.zeros(int(place_ends[-1]), np.bool_)
    first[place_ends[:-1][often > 0]] = True
    places = postings.places[gathered(postings.place_starts[at], often)]
    place_bytes, place_starts = varints(gaps(places, first))
    return (
        [_Column(leaves, leaf_starts[starts]), _Column(codes, starts)],
        [
            _Column(often_bytes, often_starts[np.append(0, ends)[starts]]),
            _Column(place_bytes, place_starts[place_ends[starts]]),
        ],
    )


def _shown(postings: Postings, papers: int, shown: int) -> tuple[Numbers, Numbers]:
    """Return the leaves whose lines stand in the file of each stem, and where each stem's start."""
    stems = len(postings.starts) - 1
    stem_of = np.repeat(np.arange(stems), np.diff(postings.starts))
    of_paper = postings.leaves < papers
    chosen = np.zeros(len(stem_of), np.bool_)
    for group, before, least, most in (
        (of_paper, postings.titles_below, RARE, shown),
        (~of_paper, 0, 1, SHOWN_OTHERS),
    ):
        titled = group & postings.in_title
        held, named = (np.bincount(stem_of[some], minlength=stems) for some in (group, titled))
        fill = np.where(held >= np.where(named > 1, KNOWN, FREQUENT), FILL, 0)
        few = named + before < np.maximum(least, fill)
        those = np.flatnonzero(group & np.where(few[stem_of], fill[stem_of] > 0, titled))
        # Of a stem's papers the best ones, and of those that are as good the first.
        ranked = those[np.lexsort((-postings.weights[those], stem_of[those]))]
        of = stem_of[ranked]
        rank = np.arange(len(of)) - np.searchsorted(of, of)
        chosen[ranked[rank < np.where(few, fill, most)[of]]] = True
    chosen |= postings.naming & ~of_paper
    here = np.flatnonzero(chosen)
    starts = np.searchsorted(stem_of[here], np.arange(stems + 1))
    return postings.leaves[here], starts
