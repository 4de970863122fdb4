"""The line that a problem is on, cut to the width of a terminal, with what is meant marked.

Everything is made harmless: control characters, marks that turn the direction of writing around,
and what prints nothing are shown as escapes, tabs as spaces.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from generator.model import Problem

WIDTH = 88
"""Columns that an excerpt takes where nobody says how wide the terminal is."""
_TAB = "    "
_ENDS = {mark: re.compile(rf"{mark}(?=[\s;:,.)]|$)") for mark in '"`'}
"""What ends a quotation, by what begins it: the vocabulary's messages quote between backticks."""
_LONGEST = 400
"""Characters of a message in which quotations are looked for."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A line, or a piece of it, as it can be shown."""

    text: str
    before: int = 0
    """Columns of a terminal from the text's start to what is meant."""
    meant: int = 0
    """Columns that what is meant takes; 0 where it is the whole line."""

    @property
    def caret(self) -> str:
        """The line to stand below the text; empty where the whole line is meant."""
        return f"{' ' * self.before}{'^' * self.meant}" if self.meant else ""


def harmless(text: str) -> str:
    """Return a text that no terminal does anything with but show it, in one line."""
    return "".join(map(_shown, text)) if not text.isprintable() else text


def spot_of(problem: Problem, line: str) -> tuple[int, int]:
    """Return the column (from 1) and the number of characters of what is meant on a line.

    Messages quote what they mean, so it stands where the quotation does. (0, 0): the whole line.
    """
    if problem.column:
        return problem.column, len(_word(line, problem.column - 1))
    for quotation in _quotations(problem.message[:_LONGEST]):
        found = _found(quotation, line)
        if found:
            whole = found.start() == len(line) - len(line.lstrip()) and not line[found.end() :]
            return (0, 0) if whole else (found.start() + 1, len(found[0]))
    return 0, 0


def excerpt_of(line: str, column: int = 0, length: int = 0, width: int = WIDTH) -> Excerpt:
    """Return a line without its end as it can be shown; what is meant is in it.

    The column is counted from 1; 0 where the whole line is meant.
    """
    at = max(0, min(column - 1, len(line)))
    fits = len(line) <= width and sum(map(_width, map(_shown, line))) <= width
    start = 0 if fits or not column else _start(line, at, width // 3)
    begin = "…" if line[:start].strip() else ""
    pieces, taken, before, meant = [begin], len(begin), len(begin), 0
    end = min(len(line), start + 4 * width)
    for index in range(start, end):
        piece = _shown(line[index])
        size = _width(piece)
        if taken + size > width - 1 and (index < len(line) - 1 or taken + size > width):
            pieces.append("…")
            break
        pieces.append(piece)
        taken += size
        if column and index < at:
            before = taken
        elif column and index < at + max(1, length):
            meant += size
    # Behind the line's end, something is missing there.
    return Excerpt("".join(pieces).rstrip(), before, max(1, meant) if column else 0)


def _quotations(message: str) -> list[str]:
    """Return what may be quoted first: what is quoted may have quotation marks itself."""
    mark = '"' if '"' in message else "`"
    start = message.find(mark) + 1
    ends = [end.start() for end in _ENDS[mark].finditer(message, start)] if start else []
    return [message[start:end].strip("…") for end in reversed(ends[:8])]


def _found(quotation: str, line: str) -> re.Match[str] | None:
    """Find a quotation on a line, whatever white space is between; or its beginning, at the end."""
    words = [re.escape(word).replace("\ufffd", ".") for word in quotation.split()]
    for number in range(len(words), 0, -1):
        end = "" if number == len(words) else r"\s*\Z"
        found = re.search(r"\s+".join(words[:number]) + end, line)
        if found:
            return found
    return None


def _word(line: str, at: int) -> str:
    found = re.compile(r"\S{1,200}").match(line, at)
    return found[0] if found else ""


def _start(line: str, at: int, room: int) -> int:
    """Return where to begin, so that what is left of a place takes no more than the room."""
    start = at
    while start and room > 0:
        start -= 1
        room -= _width(_shown(line[start]))
    return start


@lru_cache(4096)
def _shown(char: str) -> str:
    if char.isprintable():
        return char
    if char == "\t":
        return _TAB
    return f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"


@lru_cache(4096)
def _width(piece: str) -> int:
    """Return how many columns of a terminal what is shown of one character takes."""
    if len(piece) > 1:
        return len(piece)
    if unicodedata.category(piece) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(piece) in "WF" else 1
