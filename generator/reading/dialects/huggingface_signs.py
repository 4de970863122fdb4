"""How sure it is that lines are one of the pages of Hugging Face that have no plain list.

Several kinds of lines must be there that only such a page has: a list written by hand, or an
abstract that mentions the site, has one of them or two.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.reading.dialects.huggingface import day_of, is_authors, is_dot, is_votes, visible
from generator.reading.dialects.huggingface_links import unlinked
from generator.reading.lines import RawLine

_SURE = 0.5
_NEEDED = 3
"""Signs from which it is such a page; "Upvote" and "Submitted by" stand on others too."""
SUBMITTED = re.compile(r"submitted by\b ?(.*)", re.IGNORECASE)
PAPER_TOP = re.compile(r"(?:title: ?)?paper page [-–—] (.+)", re.IGNORECASE)
PAPER_ID = re.compile(r"arxiv: ?([0-9]{4}\.[0-9]{4,5})", re.IGNORECASE)
PAPER_AUTHORS = re.compile(r"authors ?: ?(.*)", re.IGNORECASE)
_OTHER_PAGE = frozenset({"view arxiv page", "authors:", "add to collection"})
_TITLE = re.compile(
    r"#{2,6} \[.+\]\(<?https?://(?:www\.)?(?:huggingface|hf)\.co/papers/[0-9.]+>?\)$"
)
_TITLE_END = re.compile(r"\]\(<?https?://(?:www\.)?(?:huggingface|hf)\.co/papers/[0-9.]+>?\)$")
_NUMBERED = re.compile(r"#{2,6} \[.+\]\[[0-9]{1,6}\]$")
_LOGIN = re.compile(r"\[[^\[\]]{0,20}\]\(<?https?://huggingface\.co/(?:login|join)\b")
_AUTHORS = re.compile(r"\[(?:[-–·•] ?)?[0-9]{1,5} authors?\](?:\(|\[[0-9])", re.IGNORECASE)


def shown(line: RawLine) -> str:
    """Return a line as the page shows it."""
    return visible(unlinked(line.text))


def markdown(lines: Sequence[RawLine]) -> float:
    """Count the kinds of lines that only this page has as Markdown."""
    signs: set[str] = set()
    numbered = False
    for line in lines:
        text = line.text
        if text[:1] not in "#[·•" and not text.endswith(")"):
            if len(text) < 40 and visible(text).casefold() in {"daily papers", "references"}:
                signs.add("head")
            continue
        text = visible(text)
        if _TITLE.match(text):
            signs.add("title")
        elif _NUMBERED.match(text):
            numbered = True
        elif _LOGIN.match(text):
            signs.add("login")
        elif _AUTHORS.match(text):
            signs.add("authors")
        elif _TITLE_END.search(text[-200:]):
            signs.add("abstract")
        elif is_dot(text):
            signs.add("dot")
        elif len(text) < 60 and "daily papers" in text.casefold():
            signs.add("head")
    if not numbered and not signs & {"title", "abstract"}:
        return 0.0
    if not signs & {"login", "authors", "dot"} or trending(lines) >= _SURE:
        return 0.0
    return min(1.0, (len(signs) + numbered) / 6)


def trending(lines: Sequence[RawLine]) -> float:
    """Count the kinds of lines that only this page has; none count where nobody submitted."""
    signs: set[str] = set()
    for line in lines:
        if len(line.text) > 200:
            continue
        text = shown(line)
        low = text.casefold()
        if SUBMITTED.match(low) and len(low) < 60:
            signs.add("submitted")
        elif low in {"upvote", "arxiv page", "trending papers"}:
            signs.add(low)
        elif low.startswith("github "):
            signs.add("github" if is_votes(text) else "")
        elif "published on" in low:
            signs.add("published" if day_of(text) is not None else "")
        elif is_authors(text):
            signs.add("authors")
        elif low in _OTHER_PAGE:
            return 0.0
    signs.discard("")
    return min(1.0, len(signs) / (2 * _NEEDED)) if "submitted" in signs else 0.0


def paper_page(lines: Sequence[RawLine]) -> float:
    """Count the kinds of lines that this page has, of which one must be a button or its name."""
    signs: set[str] = set()
    for line in lines:
        if len(line.text) > 300:
            continue
        text = shown(line).lstrip("# ").casefold()
        if text in {"abstract", "upvote", "view pdf", "view arxiv page", "add to collection"}:
            signs.add(text)
        elif PAPER_TOP.fullmatch(text):
            signs.add("top")
        elif PAPER_AUTHORS.fullmatch(text):
            signs.add("authors")
        elif PAPER_ID.fullmatch(text):
            signs.add("arxiv")
        elif SUBMITTED.fullmatch(text):
            signs.add("submitted")
        elif text.startswith("published on"):
            signs.add("published")
    if "abstract" not in signs or not signs & {"top", "view arxiv page", "add to collection"}:
        return 0.0
    return min(1.0, len(signs) / 8)
