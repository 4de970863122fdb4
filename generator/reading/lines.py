"""Cut a text into lines and give each its class. What a line means is decided elsewhere.

Only LF, CRLF and CR end a line. `str.splitlines` is not used: it also cuts at form feeds and
at U+2028, which occur inside pasted abstracts.
"""

from __future__ import annotations

import re
import unicodedata

import msgspec

_LINE_END = re.compile(r"\r\n|\r|\n")
_UNSEEN = frozenset("\u115f\u1160\u2800\u3164")
"""Fillers that Unicode counts as letters or symbols and that print nothing."""


class RawLine(msgspec.Struct, frozen=True):
    """One line as it stands in the file."""

    number: int
    """Counted from 1."""
    start: int
    end: int
    """Offsets in the text, the line's end included."""
    text: str
    """White space folded, marks of byte order dropped; empty for a blank line."""
    indent: int = 0
    """Characters of white space before the text."""
    begins: bool = False
    """Whether a label says that an abstract begins here."""
    label: bool = False
    """Whether the label itself stood here."""


def fold(text: str) -> str:
    """Return the text with every run of white space as one space, and none at its ends."""
    return " ".join(text.split())


def split_lines(text: str) -> list[RawLine]:
    """Return the lines of a text; their spans give it back exactly."""
    lines: list[RawLine] = []
    start = 0
    for match in _LINE_END.finditer(text):
        lines.append(_line(text, len(lines) + 1, start, match.start(), match.end()))
        start = match.end()
    if start < len(text):
        lines.append(_line(text, len(lines) + 1, start, len(text), len(text)))
    return lines


def _line(text: str, number: int, start: int, stop: int, end: int) -> RawLine:
    content = text[start:stop]
    if start == 0:
        content = content.removeprefix("\ufeff")
    folded = fold(content)
    if prints_nothing(folded):
        return RawLine(number, start, end, "")
    indent = len(content) - len(content.lstrip())
    return RawLine(number, start, end, _from_print(folded), indent)


def _from_print(text: str) -> str:
    """Drop characters without width before a line's mark, which they would hide."""
    start = 0
    while text[start].isspace() or unicodedata.category(text[start]) == "Cf":
        start += 1
    return text[start:] if text.startswith("#", start) else text


def prints_nothing(text: str) -> bool:
    """Whether a text has only spaces, controls and characters without width."""
    return all(
        char in _UNSEEN or char.isspace() or unicodedata.category(char) in {"Cc", "Cf"}
        for char in text
    )
