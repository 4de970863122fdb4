"""Know the lines that a copied page leaves above its list: badges, slogans, buttons.

Only exact lines count, compared without case and white space. Whether such a line *is* chrome
depends on where it stands, and `pairing` decides that: a paper may be titled "New".
"""

from __future__ import annotations

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


class Chrome(Enum):
    """How sure it is that a line came from the page around the list."""

    NONE = 0
    BADGE = 1
    """Also a possible title: "New", "Subscribe"."""
    SLOGAN = 2
    """Never a title: "by AK and the research community"."""


def _key(text: str) -> str:
    return "".join(text.split()).casefold().rstrip("!.")


_SLOGAN_KEYS = frozenset(map(_key, _SLOGANS))
_BADGE_KEYS = frozenset(map(_key, _BADGES.split("|")))
_LONGEST = max(map(len, _SLOGANS)) * 2


def chrome_of(text: str) -> Chrome:
    """Tell what a line with folded white space would be if chrome can stand there."""
    if len(text) > _LONGEST:
        return Chrome.NONE
    key = _key(text)
    if key in _SLOGAN_KEYS:
        return Chrome.SLOGAN
    return Chrome.BADGE if key in _BADGE_KEYS else Chrome.NONE
