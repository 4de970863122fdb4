"""The words of all leaves, in order: of those that an earlier build had they are recalled."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import compress

import msgspec
import numpy as np
from numpy.typing import NDArray

from generator.memory import Memory
from generator.searching.leaves import Leaves
from generator.searching.packing import Numbers
from generator.searching.remembering import recalled, remember
from generator.searching.tokens import LEAF, LEAVES, REST, WORD, Numbered, tokens_of
from generator.searching.words import stem

_KEY = 16
_LEAVES = (1 << LEAVES) - 1


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


class Gathered:
    """The words of leaves, those of earlier builds among them."""

    forms: list[str]
    """Every word, in the order of the alphabet."""
    stem_of: Numbers
    """The number of the stem of each."""
    stems: list[str]
    """In the order of the alphabet."""

    def __init__(self, leaves: Leaves, memory: Memory, name: str) -> None:
        """Recall the words of leaves, cut those of the others, and remember all by a name."""
        kept = recalled(memory, name, _Kept) or _Kept()
        slots = {kept.keys[at : at + _KEY]: at // _KEY for at in range(0, len(kept.keys), _KEY)}
        numbers = np.full(len(kept.keys) // _KEY, -1)
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
            if (numbers < 0).any():
                self._let_go(self._tokens[leaf >= 0])
            self._take(leaves, new)
            kept = _Kept(
                "\n".join(self.forms),
                "\n".join(self.stems),
                self.stem_of.astype(np.int32).tobytes(),
                b"".join(leaves.keys),
                self._tokens.tobytes(),
            )
            remember(memory, name, kept)
        else:
            self._tokens = tokens

    def tokens(self) -> Numbers:
        """Return all words as numbers, sorted by stem, leaf and place."""
        found: Numbers = self.stem_of[self._tokens >> WORD] << WORD | self._tokens & REST
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
        numbered = Numbered()
        found = [np.zeros(0, np.int64), *tokens_of(leaves, numbers, numbered)]
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
    renumbered: Numbers = numbers[tokens >> WORD] << WORD | tokens & REST
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
