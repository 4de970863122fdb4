"""Words → entries, in the order of the files: a stem, and forms of it that begin alike.

An entry is what a file of words has one of: forms of other beginnings stand elsewhere in the
alphabet, with a copy of the postings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from generator.searching.counting import Postings
from generator.searching.packing import Numbers, running

ALIKE = 3
"""Letters that all forms of an entry share."""

_LATE = re.compile("[\ue000-\uffff]")


class Entries(msgspec.Struct, frozen=True):
    """All entries, by their first forms."""

    forms: Sequence[str]
    starts: Numbers
    """Where the forms of each entry start; the end of all behind it."""
    stems: Numbers
    may_start: NDArray[np.bool_]
    """Whether a file can start with the entry: all words before it come earlier in the alphabet."""


def in_files(word: str) -> str:
    """Sort key: the order in which the browser compares, by halves of UTF-16."""
    return word if word.isascii() else _LATE.sub(lambda sign: chr(ord(sign[0]) + 0x100000), word)


def entries_of(postings: Postings) -> Entries:
    """Gather the words that have postings."""
    forms, stems = postings.forms, postings.stem_of
    if _LATE.search("".join(forms)):
        order = sorted(range(len(forms)), key=[in_files(form) for form in forms].__getitem__)
        forms, stems = [forms[at] for at in order], stems[order]
    heads = np.array(forms, f"U{ALIKE}").view(np.uint32).reshape(len(forms), ALIKE)
    new = (heads[1:] != heads[:-1]).any(axis=1)
    alike = stems * len(forms) + running(new)[: len(forms)]
    _, first, group = np.unique(alike, return_index=True, return_inverse=True)
    in_order = np.argsort(first)
    place = np.empty_like(in_order)
    place[in_order] = np.arange(len(in_order))
    entry_of = place[group]
    by_entry = np.argsort(entry_of, kind="stable")
    starts = running(np.bincount(entry_of, minlength=len(first)))
    first, last = first[in_order], by_entry[starts[1:] - 1]
    before = np.concatenate([[-1], np.maximum.accumulate(last)[:-1]])
    return Entries(
        forms=[forms[at] for at in by_entry.tolist()],
        starts=starts,
        stems=stems[first],
        may_start=before[: len(first)] < first,
    )
