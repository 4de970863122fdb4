"""What the texts of a library say: read once, remembered, and only if it is asked for."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import partial

from generator.enriching.saying import Said, Text, said_of
from generator.enriching.shelves import Shelf
from generator.memory import Memory

_NAME = "compared-words"
_KIND = "H"
"""Of the spans that are kept: a text that needs another, of 60,000 characters, is read again."""

_Row = tuple[int, str, bytes]
"""How many characters the title's line has, the glued line, the spans."""

_NO_ROW: _Row = (0, "", b"")


class Texts:
    """The texts of a library, with what each says."""

    def __init__(self, texts: Sequence[Text], keys: Sequence[bytes], memory: Memory) -> None:
        """Take the texts, and a key for each."""
        self._texts = texts
        self._keys = keys
        self._said: dict[bytes, Said] = {}
        self._rows = Shelf(memory, _NAME, dict[bytes, _Row])

    def __getitem__(self, at: int) -> Said:
        """Return what a paper says."""
        key = self._keys[at]
        if key not in self._said:
            row = self._rows.get(key, partial(self._read, at))
            if key not in self._said:
                self._said[key] = _opened(self._texts[at], row) or said_of(self._texts[at])
        return self._said[key]

    def remember(self) -> None:
        """Keep what all texts say for the next build. None can be asked for after that."""
        for at, key in enumerate(self._keys):
            self._rows.get(key, partial(self._read, at))
        self._rows.put_away()

    def _read(self, at: int) -> _Row:
        said = self._said[self._keys[at]] = said_of(self._texts[at])
        if said.spans.typecode != _KIND:
            return _NO_ROW
        return len(said.title), said.glued, said.spans.tobytes()


def _opened(text: Text, row: _Row) -> Said | None:
    """Return what was kept of a text; nothing if it does not fit together."""
    size, glued, spans = row
    places = array(_KIND)
    try:
        places.frombytes(spans)
    except ValueError:
        return None
    if not glued or len(places) != 2 * len(glued.split()):
        return None
    return Said(text, glued[1 : size + 1], glued, places)
