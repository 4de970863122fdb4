"""The words of the lower layer, and where those of the upper one belong among them.

Each entry of the upper layer belongs to a file of the lower one, behind which it is written. If
that has an entry of the same stem, it is told by its place there, and the browser makes one entry
of both; of its forms only those are told that are new. So each form of a stem finds the papers of
both layers. A new form stands in the file of its stem, even if the alphabet has it elsewhere: such
ones are `moved`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from itertools import chain, compress

import msgspec
import numpy as np
from numpy.typing import NDArray

from generator.searching.counting import Counts, Postings
from generator.searching.entries import ALIKE, Entries, in_files
from generator.searching.packing import Numbers, gathered, running


class Vocabulary(msgspec.Struct, array_like=True, frozen=True):
    """What is to be known of the words of the lower layer; arrays as the machine has them."""

    firsts: list[str]
    """The first word of each file."""
    cuts: bytes
    """The first entry of each file."""
    forms: str
    stems: str
    stem_of: bytes
    """The number of the stem of each entry."""
    hits: bytes
    title_hits: bytes
    papers: int
    lengths: tuple[tuple[int, int], ...]


class Joined(msgspec.Struct, frozen=True):
    """Entries of the upper layer, in the order of the files that they belong to."""

    entries: Entries
    files: Sequence[int]
    """Those of the lower layer that any belong to."""
    cuts: Numbers
    """The first entry of each of these files."""
    at: Numbers
    """The entry there that it is one with, counted from 1; 0: there is none."""
    moved: list[tuple[str, int]]
    """Forms that belong to another file than the alphabet has them in."""


def vocabulary_of(postings: Postings, entries: Entries, cuts: Sequence[int]) -> Vocabulary:
    """Note down the words of the lower layer; `cuts` are the first entries of its files."""
    counts = postings.counts
    used = np.diff(postings.starts) > 0
    return Vocabulary(
        firsts=[entries.forms[entries.starts[cut]] for cut in cuts],
        cuts=_packed(cuts),
        forms="\n".join(postings.forms),
        stems="\n".join(compress(postings.stems, used.tolist())),
        stem_of=_packed((np.cumsum(used) - 1)[entries.stems]),
        hits=_packed(counts.hits[used]),
        title_hits=_packed(counts.title_hits[used]),
        papers=counts.papers,
        lengths=counts.lengths,
    )


class Known:
    """The words of the lower layer, to look others up in."""

    def __init__(self, noted: Vocabulary) -> None:
        """Open what was noted down."""
        self._noted = noted
        self._forms = frozenset(noted.forms.split("\n"))
        stems = noted.stems.split("\n") if noted.stems else []
        self._stems = {stem: number for number, stem in enumerate(stems)}
        stem_of = _opened(noted.stem_of)
        self._by_stem = np.argsort(stem_of, kind="stable")
        # No stem stands behind all others: that of a word that is not known.
        self._starts = np.searchsorted(stem_of[self._by_stem], np.arange(len(stems) + 2))
        self._cuts = _opened(noted.cuts)
        self._firsts = [in_files(first) for first in noted.firsts]

    def counts_of(self, stems: Sequence[str]) -> tuple[Counts, NDArray[np.bool_]]:
        """Return the counts for these stems, and which of them there are."""
        here = self._places_of(stems)
        noted = self._noted
        hits, title_hits = (
            np.append(_opened(each), 0)[here] for each in (noted.hits, noted.title_hits)
        )
        return Counts(hits, title_hits, noted.papers, noted.lengths), here < len(self._stems)

    def join(self, postings: Postings) -> Joined:
        """Tell where the words of postings belong."""
        here = self._places_of(postings.stems)
        number = np.where(np.diff(postings.starts) > 0, np.diff(self._starts)[here], 0)
        theirs = self._by_stem[gathered(self._starts[here], number)]
        stems = np.repeat(np.arange(len(here)), number)
        firsts = running(number).tolist()
        forms: list[list[str]] = [[] for _ in stems]
        more: dict[tuple[int, str], list[str]] = defaultdict(list)
        for form, stem in zip(postings.forms, postings.stem_of.tolist(), strict=True):
            if firsts[stem] == firsts[stem + 1]:
                more[stem, form[:ALIKE]].append(form)
            elif form not in self._forms:
                forms[firsts[stem]].append(form)
        files = np.searchsorted(self._cuts, theirs, "right") - 1
        at = theirs - self._cuts[files] + 1
        files = np.append(files, [self._file_of(some[0]) for some in more.values()])
        at = np.append(at, np.zeros(len(more), np.int64))
        stems = np.append(stems, [stem for stem, _ in more])
        forms += more.values()
        # Equals stay as they are: new words in the order of the alphabet.
        order = np.lexsort((at, files)).tolist()
        files, forms = files.astype(np.int64)[order], [forms[number] for number in order]
        cuts = np.flatnonzero(np.diff(files, prepend=-1))
        entries = Entries(
            forms=list(chain.from_iterable(forms)),
            starts=running(np.array(list(map(len, forms)), np.int64)),
            stems=stems.astype(np.int64)[order],
            may_start=np.diff(files, prepend=-1) > 0,
        )
        owners = np.repeat(files, np.diff(entries.starts)).tolist()
        moved = [
            (form, file)
            for form, file in zip(entries.forms, owners, strict=True)
            if self._file_of(form) != file
        ]
        return Joined(entries, files[cuts].tolist(), cuts, at[order], moved)

    def _places_of(self, stems: Sequence[str]) -> Numbers:
        get, none = self._stems.get, len(self._stems)
        return np.array([get(stem, none) for stem in stems], np.int64)

    def _file_of(self, form: str) -> int:
        """Return in which file the browser looks for a word."""
        return max(bisect_right(self._firsts, in_files(form)) - 1, 0)


def _packed(numbers: Sequence[int] | Numbers) -> bytes:
    return np.asarray(numbers, np.int64).astype(np.int32).tobytes()


def _opened(kept: bytes) -> Numbers:
    return np.frombuffer(kept, np.int32).astype(np.int64)
