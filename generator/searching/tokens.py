"""Leaves → tokens: each word of each leaf, with its place, as one number.

Words are gathered by the text, not one by one: to cut ten thousand abstracts is most of what an
index costs, and what can be left to the regular expressions and to numpy is left to them.
"""

from __future__ import annotations

import hashlib
from array import array
from itertools import count

import msgspec
import numpy as np
from numpy.typing import NDArray

from generator.memory import Memory
from generator.searching.cutting import NO_WORD, cut_all
from generator.searching.leaves import Leaf
from generator.searching.packing import Numbers
from generator.searching.remembering import recalled, remember
from generator.searching.words import STOP_WORDS, stem

MARKS, PLACES, LEAVES = 2, 20, 20
"""Bits for marks, for a place in a leaf, and for a leaf; the rest of 63 is for the stem."""

TITLED, JOINED = 1, 2
NONE = (1 << PLACES) - 1
"""Stands for no place."""

_BETWEEN = 10
"""Places left free between two texts of a leaf, so that no phrase crosses."""


_AT_ONCE = 1_000_000
"""Characters that are cut into words at once: more would take memory and save no time."""

_NAME = "search-words"
_KEY = 16


class _Kept(msgspec.Struct, array_like=True, frozen=True):
    """What a build leaves to the next; arrays of 32 bits, as the machine has them."""

    forms: str = ""
    """In the order of the alphabet, as they are numbered."""
    stems: str = ""
    """In the order of the first forms."""
    stem_of: bytes = b""
    keys: bytes = b""
    texts: bytes = b""
    words: bytes = b""
    others: bytes = b""


class _Numbered(dict[str, int]):
    """Gives each word that it is asked for a number."""

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        return number


class Gathered:
    """The words of leaves, those of earlier builds among them."""

    def __init__(self, memory: Memory) -> None:
        kept = recalled(memory, _NAME, _Kept) or _Kept()
        self._numbered = _Numbered(zip(kept.forms.split("\n"), count()) if kept.forms else ())
        self._kept = kept
        self._slots = {
            kept.keys[at : at + _KEY]: at // _KEY for at in range(0, len(kept.keys), _KEY)
        }
        self._next = len(kept.keys) // _KEY
        self._numbers = [-1] * self._next
        """The numbers that leaves have in this build, by their slots; -1: it is gone."""
        self._keys: list[bytes] = []
        self._waiting: list[Leaf] = []
        self._length = 0
        self._texts = array("i")
        """Of each text: its slot, whether it is a title, where its places start, how many words."""
        self._words = array("i")
        """The words of all texts, in order: their places need not be told."""
        self._others = array("i")
        """Of each word besides: its number, slot, place and marks."""

    def add(self, leaf: Leaf) -> None:
        """Take in the words of the next leaf."""
        number = len(self._keys)
        key = _key_of(leaf)
        self._keys.append(key)
        # Two leaves with one key have the same words, but need a slot each.
        slot = self._slots.pop(key, None)
        if slot is None:
            self._numbers.append(number)
            self._waiting.append(leaf)
            self._length += sum(map(len, leaf.texts))
            if self._length > _AT_ONCE:
                self._cut()
        else:
            self._numbers[slot] = number

    def _cut(self) -> None:
        leaves, self._waiting, self._length = self._waiting, [], 0
        cut = cut_all([text for leaf in leaves for text in (leaf.title, *leaf.texts)])
        self._words.extend(map(self._numbered.__getitem__, cut.words))
        number = 0
        for leaf in leaves:
            base = 0
            most = len(leaf.texts) if leaf.quoted is None else leaf.quoted
            for field in range(1 + len(leaf.texts)):
                start = base if field <= most else NONE
                mark = 0 if field else TITLED
                self._texts.extend((self._next, mark, start, cut.counts[number]))
                besides = cut.besides.get(number, ())
                for word, place in besides:
                    where = min(start + place, NONE - (field <= most)) if place >= 0 else NONE
                    joined = JOINED if place < 0 else 0
                    self._others.extend((self._numbered[word], self._next, where, mark + joined))
                base += cut.counts[number] + len(besides) + _BETWEEN
                number += 1
            self._next += 1

    def settle(self, memory: Memory) -> None:
        """Let go of what no leaf has any more, put words in order, and remember all of it."""
        self._cut()
        kept = self._kept
        is_same = self._numbers == list(range(len(kept.keys) // _KEY))
        numbers = np.array(self._numbers, np.int32)
        texts = _joined(kept.texts, self._texts).reshape(-1, 4)
        others = _joined(kept.others, self._others).reshape(-1, 4)
        words = _joined(kept.words, self._words)
        if not is_same:
            texts[:, 0] = numbers[texts[:, 0]]
            others[:, 1] = numbers[others[:, 1]]
            words = words[np.repeat(texts[:, 0] >= 0, texts[:, 3])]
            texts, others = texts[texts[:, 0] >= 0], others[others[:, 1] >= 0]
        self._settle_forms(words, others)
        self.texts, self.words, self.others = texts, self._place[words], others
        others[:, 0] = self._place[others[:, 0]]
        self._kept = _Kept()
        if not is_same:
            kept = _Kept(
                "\n".join(self.forms),
                "\n".join(self.stems),
                self.stem_of.astype(np.int32).tobytes(),
                b"".join(self._keys),
                texts.tobytes(),
                self.words.tobytes(),
                others.tobytes(),
            )
            remember(memory, _NAME, kept)

    def _settle_forms(self, words: NDArray[np.int32], others: NDArray[np.int32]) -> None:
        """Give the words that are in use, and their stems, numbers in the order of the alphabet."""
        forms = list(self._numbered)
        stems = _Numbered(zip(self._kept.stems.split("\n"), count()) if self._kept.stems else ())
        known = np.frombuffer(self._kept.stem_of, np.int32)
        new = np.array([stems[stem(form)] for form in forms[len(known) :]], np.int32)
        used = np.zeros(len(forms), np.bool_)
        used[words] = used[others[:, 0]] = True
        order = sorted(np.flatnonzero(used).tolist(), key=forms.__getitem__)
        self._place = np.zeros(len(forms), np.int32)
        self._place[order] = np.arange(len(order), dtype=np.int32)
        self.forms = [forms[at] for at in order]
        stem_of = np.concatenate([known, new])[order]
        those, first, group = np.unique(stem_of, return_index=True, return_inverse=True)
        in_order = np.argsort(first)
        place = np.empty_like(in_order)
        place[in_order] = np.arange(len(in_order))
        self.stem_of = place[group]
        names = list(stems)
        self.stems = [names[at] for at in those[in_order].tolist()]

    def tokens(self) -> tuple[Numbers, NDArray[np.bool_]]:
        """Return all words as numbers, sorted by stem, leaf and place; and which forms have one."""
        leaves, marks, starts, counts = self.texts.T.astype(np.int64)
        # Below a title, words that tell nothing would be a sixth of the index.
        dull = np.array([form in STOP_WORDS for form in self.forms], np.bool_)
        free = self.forms.index(NO_WORD) if NO_WORD in self.forms else -1
        counted = ~dull[self.words] | np.repeat(marks > 0, counts)
        kept = np.flatnonzero(counted & (self.words != free))
        form = self.words[kept]
        text = np.repeat(np.arange(len(counts), dtype=np.int32), counts)[kept]
        place = kept + (starts - (np.cumsum(counts) - counts))[text]
        np.minimum(place, NONE - 1, out=place)
        place[starts[text] == NONE] = NONE
        others = self.others.astype(np.int64)
        others = others[~dull[others[:, 0]] | (others[:, 3] & TITLED > 0)]
        found = np.concatenate(
            [
                _packed(self.stem_of[form], leaves[text], place, marks[text]),
                _packed(self.stem_of[others[:, 0]], *others[:, 1:].T),
            ]
        )
        found.sort()
        seen = np.zeros(len(self.forms), np.bool_)
        seen[form] = True
        seen[others[:, 0]] = True
        return found, seen


def _key_of(leaf: Leaf) -> bytes:
    """Tell a leaf by all that its words rest on, and by its address."""
    what = (leaf.address, leaf.title, leaf.texts, leaf.quoted)
    try:
        content = msgspec.msgpack.encode(what)
    except UnicodeEncodeError:
        # Half of a character, which no file can have, but a caller may make.
        content = repr(what).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(content, digest_size=_KEY).digest()


def _joined(kept: bytes, new: array[int]) -> NDArray[np.int32]:
    return np.concatenate([np.frombuffer(kept, np.int32), np.array(new, np.int32)])


def _packed(stem: Numbers, leaf: Numbers, place: Numbers, marks: Numbers) -> Numbers:
    packed: Numbers = (((((stem << LEAVES) + leaf) << PLACES) + place) << MARKS) + marks
    return packed
