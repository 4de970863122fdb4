"""One form for characters that mean the same (Unicode's NFKC), in time linear in the text."""

from __future__ import annotations

import unicodedata

_PIECE = 1000


def nfkc(text: str) -> str:
    """Return the text in compatibility form, made piece by piece.

    Putting a flood of accents in order takes quadratic time; in pieces it cannot grow. Where a
    piece ends between a letter and its accent, the two stay apart.
    """
    if text.isascii():
        return text
    pieces = (text[at : at + _PIECE] for at in range(0, len(text), _PIECE))
    return "".join(unicodedata.normalize("NFKC", piece) for piece in pieces)
