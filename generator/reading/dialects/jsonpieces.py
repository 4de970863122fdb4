"""Take the objects out of a text in JSON, whatever is broken around them.

Arrays, single objects and objects one per line are all read alike: what stands between objects
does not matter. An object that is cut off or damaged is given back as what could not be read, up
to where the next one may begin. Takes linear time, since nothing is looked at more than a few
times.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec

_DECODER = json.JSONDecoder(strict=False, parse_int=str, parse_float=str)
"""Numbers stay texts: none is needed, and a very long one would take very long."""
_BETWEEN = re.compile(r"[\s,\[\]]*")
_NEXT = re.compile(r"\{\s*\"paper\"\s*:|(?<=[\n\r])\{\s*\"")
_BEGINS = ('{"paper"', '\n{"', '\r{"')
_ODD = "\u00a0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff"
_HAS_ODD = re.compile(f"[{_ODD}]")
_STRING_OR_ODD = re.compile(rf'"(?:[^"\\\n\r]|\\[^\n\r])*(?:"|\\?(?=[\n\r]|\Z))|[{_ODD}]+')
"""A string ends with its line at the latest: one that was cut off does not open all others."""


class Piece(msgspec.Struct, frozen=True):
    """An object, or a stretch of text that could not be read."""

    start: int
    end: int
    value: dict[str, Any] | None
    why: str = ""
    """What is wrong, if there is no value."""


def pieces_of(text: str, at: int = 0) -> Iterator[Piece]:
    """Return the objects of a text in order, and between them what could not be read.

    What stands before the offset `at` is not looked at.
    """
    text = _with_plain_spaces(text)
    end = len(text.rstrip())
    while True:
        between = _BETWEEN.match(text, at)
        start = between.end() if between is not None else at
        if start >= len(text):
            return
        try:
            value, at = _DECODER.raw_decode(text, start)
        except RecursionError:
            yield Piece(start, len(text), None, "too many brackets stand in each other")
            return
        except ValueError as error:
            why, reached = _reason(error, end)
            at = _next_start(text, start, max(reached, start + 1))
            yield Piece(start, at, None, why)
            continue
        if isinstance(value, dict):
            yield Piece(start, at, value)
        else:
            yield Piece(start, at, None, "it is no object")


def _with_plain_spaces(text: str) -> str:
    """Make odd spaces outside of strings plain ones; every offset stays as it is."""
    if _HAS_ODD.search(text) is None:
        return text
    return _STRING_OR_ODD.sub(
        lambda match: match[0] if match[0].startswith('"') else " " * len(match[0]), text
    )


def _reason(error: ValueError, end: int) -> tuple[str, int]:
    """Return what is wrong, and up to where the text was read."""
    if not isinstance(error, json.JSONDecodeError):
        return "it is no JSON", 0
    if error.pos >= end or error.msg.startswith("Unterminated string"):
        return "it is cut off", error.pos
    return f"{error.msg[:1].lower()}{error.msg[1:]}", error.pos


def _next_start(text: str, start: int, reached: int) -> int:
    """Return where the next object may begin: on the last line that was read, or below."""
    begins = (text.rfind(begin, start + 1, reached + len(begin)) for begin in _BEGINS)
    found = max(begins)
    if found >= 0:
        return text.index("{", found)
    match = _NEXT.search(text, reached)
    return match.start() if match is not None else len(text)
