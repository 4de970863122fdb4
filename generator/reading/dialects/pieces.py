"""What grammars share in reading lines: text without invisible characters, and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from msgspec.structs import replace

from generator.reading.lines import RawLine, fold

_SIGNS = "\u00ad\u200b\u2060\ufeff"
_INVISIBLE = re.compile(f"[{_SIGNS}]")
"""Prints nothing and means nothing; joiners, which shape some scripts, are not among them."""
_OPENING = 400
"""Lines that show what form a text has."""


def opening(lines: Sequence[RawLine]) -> str:
    """Return the first lines that are not blank, for a signature to search with `^` and `$`."""
    text = "\n".join(islice((line.text for line in lines if line.text), _OPENING))
    return shown(text)


def shown(text: str) -> str:
    """Return the text without what prints nothing."""
    if not any(sign in text for sign in _SIGNS):
        return text  # So it is in nearly all, and to look for four signs is quick.
    return _INVISIBLE.sub("", text)


def visible(text: str, lines: Sequence[RawLine]) -> list[RawLine]:
    """Return the lines without what prints nothing, which would hide a line's first sign."""
    return [line if line.text.isascii() else _visible(text, line) for line in lines]


def _visible(text: str, line: RawLine) -> RawLine:
    content = shown(text[line.start : line.end])
    indent = len(content) - len(content.lstrip())
    return replace(line, text=fold(content), indent=indent)


def paragraphs(lines: Iterable[RawLine], *, indents: bool = False) -> str:
    """Join lines into paragraphs, which a blank line divides; with `indents`, white space too.

    Where all lines are indented, the indent divides nothing.
    """
    found: list[list[str]] = [[]]
    filled = list(lines)
    least = min((line.indent for line in filled if line.text), default=0)
    for line in filled:
        if found[-1] and (not line.text or (indents and line.indent > least + 1)):
            found.append([])
        if line.text:
            found[-1].append(line.text)
    return "\n\n".join(" ".join(part) for part in found if part)
