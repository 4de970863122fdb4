"""Leaves → tokens: each word of each leaf, with its place, as one number.

Words are gathered by the text, not one by one: to cut ten thousand abstracts is most of what an
index costs, and what can be left to the regular expressions and to numpy is left to them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from generator.searching.cutting import NO_WORD, Words, cut_all
from generator.searching.leaves import Leaf, Leaves
from generator.searching.packing import Numbers
from generator.searching.words import STOP_WORDS

MARKS, PLACES, LEAVES = 2, 20, 20
"""Bits for marks, for a place in a leaf, and for a leaf; the rest of 63 is for the word."""

TITLED, JOINED = 1, 2
NONE = (1 << PLACES) - 1
"""Stands for no place."""

LEAF = PLACES + MARKS
WORD = LEAVES + LEAF
"""Bits behind a leaf, and behind a word."""
REST = (1 << WORD) - 1

_BETWEEN = 10
"""Places left free between two texts of a leaf, so that no phrase crosses."""


_AT_ONCE = 1_000_000
"""Characters that are cut into words at once: more would take memory and save no time."""


class Numbered(dict[str, int]):
    """Gives each word that it is asked for a number."""

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        return number


def tokens_of(leaves: Leaves, numbers: Sequence[int], numbered: Numbered) -> Iterator[Numbers]:
    """Cut leaves into words, some at a time."""
    some: list[tuple[int, Leaf]] = []
    length = 0
    for number in numbers:
        leaf = leaves.make(number)
        some.append((number, leaf))
        length += sum(map(len, leaf.texts))
        if length > _AT_ONCE:
            yield _cut(some, numbered)
            some, length = [], 0
    if some:
        yield _cut(some, numbered)


def _cut(leaves: Sequence[tuple[int, Leaf]], numbered: Numbered) -> Numbers:
    cut = cut_all([text for _, leaf in leaves for text in (leaf.title, *leaf.texts)])
    words = np.fromiter(map(numbered.__getitem__, cut.words), np.int64, len(cut.words))
    rests, starts, others = _texts(leaves, cut, numbered)
    counts = np.array(cut.counts, np.int64)
    dull = np.zeros(len(numbered), np.bool_)
    # Below a title, words that tell nothing would be a sixth of the index.
    dull[[numbered[word] for word in STOP_WORDS & numbered.keys()]] = True
    titled = rests & TITLED > 0
    of = np.repeat(np.arange(len(counts)), counts)
    counted = (~dull[words] | titled[of]) & (words != numbered.get(NO_WORD, -1))
    has_place = starts != NONE
    first = np.where(has_place, starts - np.cumsum(counts) + counts, NONE)
    place = np.minimum(np.arange(len(words)) + first[of], (NONE - has_place)[of])
    tokens = (words << WORD | rests[of] | place << MARKS)[counted]
    besides = np.array(others, np.int64)
    return np.concatenate([tokens, besides[~dull[besides >> WORD] | (besides & TITLED > 0)]])


def _texts(
    leaves: Sequence[tuple[int, Leaf]], cut: Words, numbered: Numbered
) -> tuple[Numbers, Numbers, list[int]]:
    """Return leaf and marks of each text, where its places start, and the tokens besides."""
    rests: list[int] = []
    starts: list[int] = []
    others: list[int] = []
    text = 0
    for number, leaf in leaves:
        base = 0
        most = len(leaf.texts) if leaf.quoted is None else leaf.quoted
        for field in range(1 + len(leaf.texts)):
            start = base if field <= most else NONE
            rest = number << LEAF | (0 if field else TITLED)
            rests.append(rest)
            starts.append(start)
            besides = cut.besides.get(text, ())
            for word, place in besides:
                where = min(start + place, NONE - (field <= most)) if place >= 0 else NONE
                joined = JOINED if place < 0 else 0
                others.append(numbered[word] << WORD | where << MARKS | rest | joined)
            base += cut.counts[text] + len(besides) + _BETWEEN
            text += 1
    return np.array(rests, np.int64), np.array(starts, np.int64), others
