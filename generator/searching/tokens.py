"""Leaves → tokens: each word of each leaf, with its place, as one number.

Words are gathered by the text, not one by one: to cut ten thousand abstracts is most of what an
index costs, and what can be left to the regular expressions and to numpy is left to them. The
tokens of leaves that an earlier build has cut are recalled.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress

import msgspec
import numpy as np
from numpy.typing import NDArray

from generator.memory import Memory
from generator.searching.cutting import NO_WORD, Words, cut_all
from generator.searching.leaves import Leaf, Leaves
from generator.searching.packing import Numbers
from generator.searching.remembering import recalled, remember
from generator.searching.words import STOP_WORDS, stem

MARKS, PLACES, LEAVES = 2, 20, 20
"""Bits for marks, for a place in a leaf, and for a leaf; the rest of 63 is for the word."""

TITLED, JOINED = 1, 2
NONE = (1 << PLACES) - 1
"""Stands for no place."""

LEAF = PLACES + MARKS
WORD = LEAVES + LEAF
"""Bits behind a leaf, and behind a word."""
_REST = (1 << WORD) - 1
_LEAVES = (1 << LEAVES) - 1

_BETWEEN = 10
"""Places left free between two texts of a leaf, so that no phrase crosses."""


_AT_ONCE = 1_000_000
"""Characters that are cut into words at once: more would take memory and save no time."""

_NAME = "search-words"
_KEY = 16


class _Kept(msgspec.Struct, array_like=True, frozen=True):
    """What a build leaves to the next; arrays as the machine has them."""

    forms: str = ""
    """In the order of the alphabet, as they are numbered; the stems as well."""
    stems: str = ""
    stem_of: bytes = b""
    keys: bytes = b""
    """Of the leaves, by their numbers."""
    tokens: bytes = b""
    """Those of the forms, in any order."""


class _Numbered(dict[str, int]):
    """Gives each word that it is asked for a number."""

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        return number


class Gathered:
    """The words of leaves, those of earlier builds among them."""

    forms: list[str]
    """Every word, in the order of the alphabet."""
    stem_of: Numbers
    """The number of the stem of each."""
    stems: list[str]
    """In the order of the alphabet."""

    def __init__(self, leaves: Leaves, memory: Memory) -> None:
        """Recall the words of leaves, cut those of the others, and remember all of them."""
        kept = recalled(memory, _NAME, _Kept) or _Kept()
        slots = {kept.keys[at : at + _KEY]: at // _KEY for at in range(0, len(kept.keys), _KEY)}
        numbers = np.full(len(slots), -1)
        new = []
        for number, key in enumerate(leaves.keys):
            # Two leaves with one key have the same words, but need a slot each.
            slot = slots.pop(key, None)
            if slot is None:
                new.append(number)
            else:
                numbers[slot] = number
        self.forms = kept.forms.split("\n") if kept.forms else []
        self.stems = kept.stems.split("\n") if kept.stems else []
        self.stem_of = np.frombuffer(kept.stem_of, np.int32).astype(np.int64)
        tokens = np.frombuffer(kept.tokens, np.int64)
        is_same = not new and bool((numbers == np.arange(len(numbers))).all())
        if not is_same:
            leaf = numbers[tokens >> LEAF & _LEAVES]
            self._tokens = tokens & ~(_LEAVES << LEAF) | leaf << LEAF
            if slots:
                self._let_go(self._tokens[leaf >= 0])
            self._take(leaves, new)
            kept = _Kept(
                "\n".join(self.forms),
                "\n".join(self.stems),
                self.stem_of.astype(np.int32).tobytes(),
                b"".join(leaves.keys),
                self._tokens.tobytes(),
            )
            remember(memory, _NAME, kept)
        else:
            self._tokens = tokens

    def tokens(self) -> Numbers:
        """Return all words as numbers, sorted by stem, leaf and place."""
        found: Numbers = self.stem_of[self._tokens >> WORD] << WORD | self._tokens & _REST
        found.sort()
        return found

    def places_of(self, stems: Iterable[str]) -> list[int]:
        """Return the numbers of those of some stems that there are."""
        return [
            at
            for name in stems
            if self.stems[(at := bisect_left(self.stems, name)) : at + 1] == [name]
        ]

    def _let_go(self, tokens: Numbers) -> None:
        """Leave out what these do not have: the words of leaves that are gone."""
        used = np.bincount(tokens >> WORD, minlength=len(self.forms)) > 0
        self._tokens = tokens
        if used.all():
            return
        self.forms = list(compress(self.forms, used.tolist()))
        self._tokens = _renumbered(tokens, np.cumsum(used) - 1)
        stem_of = self.stem_of[used]
        has_form = np.bincount(stem_of, minlength=len(self.stems)) > 0
        self.stems = list(compress(self.stems, has_form.tolist()))
        self.stem_of = (np.cumsum(has_form) - 1)[stem_of]

    def _take(self, leaves: Leaves, numbers: Sequence[int]) -> None:
        """Take in the words of new leaves."""
        numbered = _Numbered()
        found = [np.zeros(0, np.int64), *_tokens_of(leaves, numbers, numbered)]
        tokens = np.concatenate(found)
        used = np.bincount(tokens >> WORD, minlength=len(numbered)) > 0
        names = list(numbered)
        order = np.array(sorted(np.flatnonzero(used).tolist(), key=names.__getitem__), np.int64)
        words = [names[at] for at in order.tolist()]
        forms, before, those, is_new = _merged(self.forms, words)
        stems = [stem(word) for word in compress(words, is_new.tolist())]
        in_order = sorted(set(stems))
        names, stems_before, stems_those, _ = _merged(self.stems, in_order)
        stem_of = np.zeros(len(forms), np.int64)
        stem_of[before] = stems_before[self.stem_of]
        stem_place = dict(zip(in_order, stems_those.tolist(), strict=True))
        stem_of[those[is_new]] = [stem_place[name] for name in stems]
        place = np.zeros(len(numbered), np.int64)
        place[order] = those
        self.forms, self.stems, self.stem_of = forms, names, stem_of
        self._tokens = np.concatenate(
            [_renumbered(self._tokens, before), _renumbered(tokens, place)]
        )


def _renumbered(tokens: Numbers, numbers: Numbers) -> Numbers:
    renumbered: Numbers = numbers[tokens >> WORD] << WORD | tokens & _REST
    return renumbered


def _merged(
    old: Sequence[str], new: Sequence[str]
) -> tuple[list[str], Numbers, Numbers, NDArray[np.bool_]]:
    """Join words to others, both in order.

    Returns all of them, where the old ones and the new ones are among them, and which of the new
    ones were not there before.
    """
    at = [bisect_left(old, word) for word in new]
    places = np.array(at, np.int64)
    is_new = np.array(
        [n == len(old) or old[n] != word for n, word in zip(at, new, strict=True)], np.bool_
    )
    all_of_them = [*old, *compress(new, is_new.tolist())]
    # Two runs that are in order each: to sort them is to lay one into the other.
    all_of_them.sort()
    more = np.searchsorted(places[is_new], np.arange(len(old)), "right")
    return all_of_them, np.arange(len(old)) + more, places + np.cumsum(is_new) - is_new, is_new


def _tokens_of(leaves: Leaves, numbers: Sequence[int], numbered: _Numbered) -> Iterator[Numbers]:
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


def _cut(leaves: Sequence[tuple[int, Leaf]], numbered: _Numbered) -> Numbers:
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
    leaves: Sequence[tuple[int, Leaf]], cut: Words, numbered: _Numbered
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
