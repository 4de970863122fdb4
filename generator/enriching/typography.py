"""Quotation marks, dashes and ties as TeX writes them: whether some signs are one of these.

An option such as `--help`, code in backticks and "about 30" (`~30`) look alike and stay.
"""

from __future__ import annotations

import re

_NAME_BEFORE = re.compile(r"[A-Za-z]{2}\.?\Z")
_NUMBERED = re.compile(
    r"\b(?:Figs?|Figure|Tab|Table|Sec|Section|Eqs?|Equation|Chapter|Theorem|Appendix|et)\.?\Z"
)
_SINGLE = re.compile(r"(?<![\w`\\])`([^`'\"\n]{1,80})'(?![\w'])")
_DOUBLE = re.compile(r"``((?:[^`'\"\n]|'(?!')){1,400})(?:''|\")")
_ENDS = frozenset(")]}\"'”’%.$")
_BEGINS = frozenset("([{\"'“‘\\$")


def quotation(text: str, opening: re.Match[str], end: int) -> tuple[int, int, int] | None:
    """Say from where to where the words stand that backticks open, and what is behind the marks."""
    pattern = {1: _SINGLE, 2: _DOUBLE}.get(len(opening[0]))
    match = pattern.match(text, opening.start(), end) if pattern else None
    if not match or not match[1].strip():
        return None
    return match.start(1), match.end(1), match.end()


def dash(text: str, start: int, end: int) -> str | None:
    """Give the dash that hyphens from `start` to `end` are, between words or numbers."""
    before = text[start - 1 : start] if start else ""
    after = text[end : end + 1]
    spaced = (
        bool(text[end : end + 2].strip())
        and after == " "
        and (before == " " or before.isalnum() or before in _ENDS)
    )
    tight = (before.isalnum() or before in _ENDS) and (after.isalnum() or after in _BEGINS)
    if end - start > 3 or not before or not after or not (spaced or tight):
        return None
    return "–" if end - start == 2 else "—"


def tie(text: str, at: int) -> str | None:
    """Give a space where `~` is one: before a bracket, a command, the number of a figure."""
    before, after = text[max(0, at - 12) : at], text[at + 1 : at + 2]
    bracket = after in ("(", "\\", "$", "[") and _NAME_BEFORE.search(before)
    numbered = after.isalnum() and _NUMBERED.search(before)
    return " " if bracket or numbered else None
