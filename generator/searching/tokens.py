"""Leaves → tokens: each word of each leaf, with its place, as one number.

Words are gathered by the text, not one by one: to cut ten thousand abstracts is most of what an
index costs, and what can be left to the regular expressions and to numpy is left to them.
"""

from __future__ import annotations

from array import array

import numpy as np
from numpy.typing import NDArray

from generator.searching.leaves import Leaf
from generator.searching.packing import Numbers
from generator.searching.words import STOP_WORDS, cut, cut_plainly

MARKS, PLACES, LEAVES = 2, 20, 20
"""Bits for marks, for a place in a leaf, and for a leaf; the rest of 63 is for the stem."""

TITLED, JOINED = 1, 2
NONE = (1 << PLACES) - 1
"""Stands for no place."""

_BETWEEN = 10
"""Places left free between two texts of a leaf, so that no phrase crosses."""


class _Numbered(dict[str, int]):
    """Gives each word that it is asked for a number."""

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        return number


class Gathered:
    """The words of leaves."""

    def __init__(self) -> None:
        self.forms = _Numbered()
        """Every word that was seen, and its number."""
        self._texts = array("q")
        """Of each text: its leaf, whether it is a title, where its places start, how many words."""
        self._words = array("i")
        """The words of all texts, in order: their places need not be told."""
        self._others = array("q")
        """Of each word besides: its number, leaf, place and marks."""

    def add(self, number: int, leaf: Leaf) -> None:
        """Take in the words of a leaf."""
        forms = self.forms
        base = 0
        most = len(leaf.texts) if leaf.quoted is None else leaf.quoted
        for field, text in enumerate((leaf.title, *leaf.texts)):
            start = base if field <= most else NONE
            mark = 0 if field else TITLED
            plain = cut_plainly(text)
            if plain is None:
                words = list(cut(text))
                for word, place in words:
                    where = min(start + place, NONE - (field <= most)) if place >= 0 else NONE
                    joined = JOINED if place < 0 else 0
                    self._others.extend((forms[word], number, where, mark + joined))
                base += len(words)
            else:
                self._texts.extend((number, mark, start, len(plain[0])))
                self._words.extend(map(forms.__getitem__, plain[0]))
                for word in plain[1]:
                    self._others.extend((forms[word], number, NONE, mark + JOINED))
                base += len(plain[0]) + len(plain[1])
            base += _BETWEEN

    def tokens(self, stem_of: Numbers) -> tuple[Numbers, NDArray[np.bool_]]:
        """Return all words as numbers, sorted by stem, leaf and place; and which forms have one."""
        leaves, marks, starts, counts = np.array(self._texts, np.int64).reshape(-1, 4).T
        form = np.array(self._words, np.int32)
        # Below a title, words that tell nothing would be a sixth of the index.
        dull = np.fromiter((word in STOP_WORDS for word in self.forms), np.bool_, len(self.forms))
        kept = np.flatnonzero(~dull[form] | np.repeat(marks > 0, counts))
        text = np.repeat(np.arange(len(counts), dtype=np.int32), counts)[kept]
        form = form[kept]
        place = kept + (starts - (np.cumsum(counts) - counts))[text]
        places = np.where(starts[text] == NONE, NONE, np.minimum(place, NONE - 1))
        others = np.array(self._others, np.int64).reshape(-1, 4)
        others = others[~dull[others[:, 0]] | (others[:, 3] & TITLED > 0)]
        found = np.concatenate(
            [
                _packed(stem_of[form], leaves[text], places, marks[text]),
                _packed(stem_of[others[:, 0]], *others[:, 1:].T),
            ]
        )
        found.sort()
        seen = np.zeros(len(self.forms), np.bool_)
        seen[form] = True
        seen[others[:, 0]] = True
        return found, seen


def _packed(stem: Numbers, leaf: Numbers, place: Numbers, marks: Numbers) -> Numbers:
    packed: Numbers = (((((stem << LEAVES) + leaf) << PLACES) + place) << MARKS) + marks
    return packed
