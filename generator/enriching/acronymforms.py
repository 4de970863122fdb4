"""Short forms: what looks like one, and singular and plural of a short form and a long one.

English only, and only what acronyms need: a long form is a few words with its noun at the end, or
before the first preposition (`mixture of experts`).
"""

from __future__ import annotations

import re

_SHORT = re.compile(r"[^\W_](?:[^\W_]|[-‐‑–&^](?=[^\W_])){1,11}")
"""2 to 12 characters without spaces; letters and figures of any script."""

_VERSION_OR_SIZE = re.compile(r"[A-Za-z]?\d+|\d+(?:\.\d+)?[BbGKkMTx]|[Vv]\d+")
"""`Q1`, `2023`, `7B`, `10x`: not the initials of anything."""

_NOT_SHORT = frozenset({"US", "UK", "EU", "OK", "CPU", "GPU", "Eq", "Fig", "Tab", "Sec"})

_PREPOSITION = re.compile(
    r"\s(?:of|for|to|with|in|on|from|by|via|as|at|under|over|through|and)\s", re.IGNORECASE
)

_MAY_BE_PLURAL = re.compile(r"s(?:\s|\Z)", re.IGNORECASE)

_SAME_BOTH = ("ss", "us", "is", "ics", "series", "species")
"""Words that end so are singular, or the same in both numbers."""


def is_short(word: str) -> bool:
    """Whether a word looks like an acronym: two capitals, or one beside a figure and a letter."""
    if not _SHORT.fullmatch(word) or _VERSION_OR_SIZE.fullmatch(word) or word in _NOT_SHORT:
        return False
    letters = [mark for mark in word if mark.isalpha()]
    capitals = sum(mark.isupper() for mark in letters)
    figures = any(mark.isdecimal() for mark in word)
    return capitals >= 2 or (capitals == 1 and figures)


def stem(short: str) -> str:
    """Return a short form without its plural `s`: `LLM` for `LLMs`; `PaLM` stays."""
    if len(short) > 2 and short[-1] == "s" and (short[-2].isupper() or short[-2].isdecimal()):
        return short[:-1]
    return short


def singular(long: str) -> str:
    """Return a long form in the singular: `large language model` for `large language models`."""
    if not _MAY_BE_PLURAL.search(long):
        return long
    start, end = _noun(long)
    noun = long[start:end]
    low = noun.lower()
    if len(noun) < 4 or not low.endswith("s") or low.endswith(_SAME_BOTH):
        return long
    if low.endswith("ies"):
        noun = noun[:-3] + "y"
    elif low.endswith(("sses", "shes", "ches", "xes")):
        noun = noun[:-2]
    else:
        noun = noun[:-1]
    return long[:start] + noun + long[end:]


def plural(long: str) -> str:
    """Return a long form in the plural: `mixtures of experts` for `mixture of experts`."""
    start, end = _noun(long)
    noun = long[start:end]
    low = noun.lower()
    if not noun or not low[-1].isalpha() or (low.endswith("s") and not low.endswith(_SAME_BOTH)):
        return long
    if low.endswith(("ics", "series", "species")):
        return long
    if low.endswith("is"):
        noun = noun[:-2] + "es"
    elif low.endswith("y") and low[-2:-1] not in {*"aeiou"}:
        noun = noun[:-1] + "ies"
    elif low.endswith(("s", "x", "ch", "sh")):
        noun += "es"
    else:
        noun += "s"
    return long[:start] + noun + long[end:]


def _noun(long: str) -> tuple[int, int]:
    """Return where the noun stands that takes the plural: before a preposition, or at the end."""
    preposition = _PREPOSITION.search(long)
    end = preposition.start() if preposition else len(long)
    start = max(long.rfind(mark, 0, end) for mark in " -‐‑–/") + 1
    return start, end
