"""What pages of Hugging Face leave in a copied text, whatever form the copy has.

Here are the lines that a page shows around its papers: buttons, votes, counts, links to log in.
What a paper's lines become is for `huggingface_cards`; in which order lines come, for each dialect.
"""

from __future__ import annotations

import re
from datetime import date

from generator.reading.chrome import Chrome, chrome_of, is_count
from generator.reading.dates import DateLine, date_line_of

UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""Characters that print nothing."""
_UNSEEN_TABLE = dict.fromkeys(map(ord, UNSEEN))
_HOST = r"<?https?://(?:www\.)?(?:huggingface\.co|hf\.co)"
_LOGIN = re.compile(rf"{_HOST}/(?:login|join)\b\S*", re.IGNORECASE)
_ID = r"(?:(?:0[7-9]|1[0-4])[0-9]{2}\.[0-9]{4}|[0-9]{4}\.[0-9]{5})"
"""Four digits behind the dot up to 2014, then five: one that was cut off is none."""
_PAPER = re.compile(rf"{_HOST}/papers/({_ID})(?:v[0-9]+)?/?([?#][^\s>]*)?>?", re.IGNORECASE)
_DAY_BEFORE = re.compile(rf"{_HOST}/papers/date/([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})>?")
_OWN = re.compile(rf"{_HOST}(?:/\S*)?", re.IGNORECASE)
_GITHUB = re.compile(r"GitHub(?: [0-9.,]+[kKmM]?)?", re.IGNORECASE)
_AUTHORS = re.compile(r"(?:[-–·•*] ?)?[0-9]{1,5} authors?(?:\]\(.*)?", re.IGNORECASE)
_VOTES = re.compile(r"(?:\[[-x ]?\] ?)?(?:[0-9]{1,5}|-+|–)?")
_LEAD = re.compile(r"(?:[·•*-] ?)*(?:published (?:on )?)?", re.IGNORECASE)
_HEAD_WORDS = """
    ai apps|about|back to articles|buckets|careers|company|enterprise|hugging face|join|logo|next
    |hugging face's logo|huggingface's logo|learn|papers|papers with code|previous|privacy|search
    |search models, datasets, users...|system theme|tos|website|daily papers - hugging face
    |trending papers - hugging face|inference endpoints|huggingchat|tasks|solutions|more|collections
    |organizations|blog posts|by ak and the|get trending papers in your email inbox once a day
"""
_HEAD = frozenset("".join(word.split()) for word in _HEAD_WORDS.split("|"))


def visible(text: str) -> str:
    """Return a text without characters of no width, to compare it with what a page shows."""
    return text if text.isascii() else text.translate(_UNSEEN_TABLE).strip()


def trimmed(text: str) -> str:
    """Return a text without characters of no width at its ends; within it they may matter."""
    return text.strip(f" {UNSEEN}")


def paper_of(text: str) -> str | None:
    """Return the identifier in the address of a paper's page; None for all else."""
    match = _PAPER.fullmatch(visible(text))
    return None if match is None or match[2] else match[1]


def is_login(text: str) -> bool:
    """Whether a text is the address that a button for votes leads to."""
    return _LOGIN.fullmatch(visible(text)) is not None


def is_own(text: str) -> bool:
    """Whether a text is no more than an address at Hugging Face."""
    return _OWN.fullmatch(visible(text)) is not None


def is_votes(text: str) -> bool:
    """Whether a line is what stands at a paper for its votes: `101`, `-`, `[-] 1`, `GitHub 2k`."""
    plain = visible(text)
    return (
        is_count(plain)
        or _GITHUB.fullmatch(plain) is not None
        or (len(plain) < 12 and _VOTES.fullmatch(plain) is not None)
    )


def is_authors(text: str) -> bool:
    """Whether a line counts authors: `2 authors`, `- 61 authors`."""
    return _AUTHORS.fullmatch(visible(text)) is not None


def is_dot(text: str) -> bool:
    """Whether a line is the dot between authors and date."""
    return visible(text) in {"·", "•", "&middot;"}


def is_head(text: str) -> bool:
    """Whether a line is one of those around a list: `Daily Papers`, `Log In`, a slogan."""
    plain = visible(text).lstrip("#*-=• ").rstrip("*= ")
    if len(plain) > 80:
        return False
    key = "".join(plain.split()).casefold()
    return not plain or chrome_of(plain) is not Chrome.NONE or key.rstrip("!.") in _HEAD


def day_of(text: str) -> DateLine | None:
    """Read a date with or without the page's words before it: `· Published on Oct 4, 2026`."""
    plain = visible(text)
    return date_line_of(plain[_LEAD.match(plain).end() :]) if len(plain) <= 60 else None  # type: ignore[union-attr]


def day_before(text: str) -> date | None:
    """Return the day to which a page's button for the day before leads."""
    match = _DAY_BEFORE.fullmatch(visible(text))
    try:
        return None if match is None else date.fromisoformat(match[1])
    except ValueError:
        return None
