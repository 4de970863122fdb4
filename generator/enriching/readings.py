"""What the texts of a library say: read once, remembered, and only if it is asked for."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import msgspec

from generator.enriching.remembering import decoded, encoded
from generator.enriching.saying import Said, Text, said_of
from generator.memory import Memory, at_hand, keep

_NAME = "compared-words"
_KIND = "H"
"""Of the spans that are kept: a text that needs another, of 60,000 characters, is read again."""


class _Kept(msgspec.Struct, frozen=True):
    keys: list[bytes]
    titles: list[int]
    """How many characters each title's line has."""
    glued: list[str]
    spans: list[bytes]


class _Known(msgspec.Struct, frozen=True):
    """The same by the texts' keys."""

    rows: dict[bytes, tuple[int, str, bytes]]

    def written(self) -> bytes:
        titles, glued, spans = zip(*self.rows.values(), strict=True) if self.rows else ((),) * 3
        return encoded(_Kept(list(self.rows), list(titles), list(glued), list(spans)))


class Texts:
    """The texts of a library, with what each says."""

    def __init__(self, texts: Sequence[Text], keys: Sequence[bytes], memory: Memory) -> None:
        """Take the texts, and a key for each."""
        self._texts = texts
        self._keys = keys
        self._memory = memory
        self._said: dict[bytes, Said] = {}
        self._kept: dict[bytes, tuple[int, str, bytes]] | None = None

    def __getitem__(self, at: int) -> Said:
        """Return what a paper says."""
        key = self._keys[at]
        if key not in self._said:
            self._said[key] = self._recalled(at) or said_of(self._texts[at])
        return self._said[key]

    def _recalled(self, at: int) -> Said | None:
        kept = self._recall().get(self._keys[at])
        if kept is None:
            return None
        size, glued, spans = kept
        places = array(_KIND)
        try:
            places.frombytes(spans)
        except ValueError:
            return None
        if len(places) != 2 * len(glued.split()):
            return None
        return Said(self._texts[at], glued[1 : size + 1], glued, places)

    def _recall(self) -> dict[bytes, tuple[int, str, bytes]]:
        if self._kept is None:
            if known := at_hand(self._memory, _NAME, _Known):
                self._kept = known.rows
            else:
                found = decoded(self._memory.recall(_NAME), _Kept)
                rows = zip(found.titles, found.glued, found.spans, strict=False) if found else ()
                self._kept = dict(zip(found.keys if found else (), rows, strict=False))
        return self._kept

    def remember(self) -> None:
        """Keep what all texts say for the next build."""
        known = self._recall()
        rows = {}
        for at, key in enumerate(self._keys):
            if key in known:
                rows[key] = known[key]
            elif (said := self[at]).spans.typecode == _KIND:
                rows[key] = (len(said.title), said.glued, said.spans.tobytes())
        kept = _Known(rows)
        keep(self._memory, _NAME, kept, kept.written)
