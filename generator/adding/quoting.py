"""Take the marks off that a mail program puts before each line of a mail that it quotes."""

from __future__ import annotations

import re

_MARK = re.compile(rb"^[ \t]{0,8}>(?:[ \t]|\xc2\xa0)?", re.MULTILINE)
_FILLED = re.compile(rb"^[^\S\n]*\S", re.MULTILINE)
_SHARE = 0.8
"""Share of the lines that have the mark where all of a mail is quoted; its head may have none."""
_FEWEST = 3
"""Lines from which that is sure."""
_DEEPEST = 9
"""How often a mail was quoted at most."""


def unquoted(content: bytes) -> bytes:
    """Return a text without `> ` before its lines, if nearly all of them have it.

    Each line stays where it is, so its number does too. Other texts come back as they are: a
    single quotation in a list is part of it.
    """
    for _ in range(_DEEPEST):
        marked = len(_MARK.findall(content))
        if marked < _FEWEST or marked < _SHARE * len(_FILLED.findall(content)):
            break
        content = _MARK.sub(b"", content)
    return content
