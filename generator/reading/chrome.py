"""Know the lines that a copied page leaves above its list: badges, slogans, buttons.

Only exact lines count, compared without case and white space. Whether such a line *is* chrome
depends on where it stands, and `pairing` decides that: a paper may be titled "New".
"""

from __future__ import annotations

import re
from enum import Enum

_SLOGANS = frozenset(
    f"{opening}{end}"
    for opening in ("get trending papers in your email inbox", "get trending papers in your inbox")
    for end in ("", " once a day")
) | frozenset(
    f"{opening}the {kind}research community"
    for opening in ("by ak and ", "ak and ", "and ")
    for kind in ("", "ai ")
)
_BADGES = """
    ak|by|community|daily|daily papers|datasets|docs|enterprise|hugging face|log in|models|monthly
    |new|papers|pricing|sign up|spaces|submit|subscribe|trending|trending papers|weekly
"""
_CARDS = "authors|comments|submitted by|upvote|upvoted by|upvotes|view arxiv page|view pdf"


class Chrome(Enum):
    """How sure it is that a line came from the page around the list."""

    NONE = 0
    BADGE = 1
    """Also a possible title: "New", "Subscribe"."""
    CARD = 3
    """What a page shows beside each paper: "Upvote", the number of votes, who sent it."""
    SLOGAN = 2
    """Never a title: "by AK and the research community"."""


def _key(text: str) -> str:
    return "".join(text.split()).casefold().rstrip("!.")


_SLOGAN_KEYS = frozenset(map(_key, _SLOGANS))
_BADGE_KEYS = frozenset(map(_key, _BADGES.split("|")))
_CARD_KEYS = frozenset(map(_key, _CARDS.split("|")))
_COUNT = re.compile(r"[+·•x×-]?[0-9]{1,5}(?:[.,][0-9]{1,3})?[kK+]?")
_LONGEST = max(map(len, _SLOGANS)) * 2


def chrome_of(text: str) -> Chrome:
    """Tell what a line with folded white space would be if chrome can stand there."""
    if len(text) > _LONGEST:
        return Chrome.NONE
    key = _key(text)
    if key in _SLOGAN_KEYS:
        return Chrome.SLOGAN
    if key in _CARD_KEYS:
        return Chrome.CARD
    return Chrome.BADGE if key in _BADGE_KEYS else Chrome.NONE


def is_count(text: str) -> bool:
    """Whether a line is no more than a number, like the votes beside a paper."""
    return len(text) < 12 and _COUNT.fullmatch(text) is not None


def is_card_value(text: str) -> bool:
    """Whether a line can be the value of the card's word above it: a number or one name."""
    return len(text) <= 40 and (is_count(text) or " " not in text)
