"""Alerts that Google Scholar sends by e-mail.

They have titles, cut lines of names and venues, and pieces of text around the words that were
searched for, with `…` between them. These are no abstracts: a paper is read only where somebody
put its abstract in their place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from generator.model import LineClass
from generator.reading.dialects.entries import Entry, settle
from generator.reading.dialects.form import Dialect, Sheet
from generator.reading.dialects.people import people_of
from generator.reading.dialects.pieces import opening, paragraphs, visible
from generator.reading.lines import RawLine

_BYLINE = re.compile(r".{3,300}? [-–] .{0,200}?\b(?:19|20)[0-9]{2}")
_CUT = re.compile(r"…|\.\.\.")
_ARXIV = re.compile(r"arXiv:[0-9]{4}\.[0-9]{4,5}")
_FORMAT = re.compile(r"\[(?:PDF|HTML|BOOK|B|CITATION|DOC)\] ?", re.IGNORECASE)
_SENT = re.compile(r"This message was sent by Google Scholar because .*", re.IGNORECASE)
_FOOT = re.compile(
    r"cancel alert|list alerts?|unsubscribe|create alert|see all recommendations|google scholar"
    r"|\W{0,3}google scholar alert\W{0,3}|save(?:[ |]+(?:twitter|linkedin|facebook|x))*|twitter"
    r"|linkedin|facebook|\[?[^\[\]]{1,80}\]? - new (?:articles|results|citations|related research)"
    r"|.{1,80} - (?:new articles|new results|new citations|new related research)"
    r"|recommended articles|from: .*|to: .*|subject: .*|date: .*|sent: .*"
    r"|following new articles written by.*",
    re.IGNORECASE,
)


def _signature(lines: Sequence[RawLine]) -> float:
    text = opening(lines)
    if "google scholar" not in text.lower():
        return 0.0
    sent = re.search(rf"^{_SENT.pattern}", text, re.MULTILINE | re.IGNORECASE)
    if sent is None:
        return 0.0
    others = (
        r"^(?:cancel alert|list alerts?|create alert)$",
        r"^\[(?:PDF|HTML|BOOK|CITATION)\] ?\S",
        r" - .{0,100}\b(?:19|20)[0-9]{2}$",
        r" - new (?:articles|results|citations|related research)$",
    )
    found = sum(bool(re.search(sign, text, re.MULTILINE | re.IGNORECASE)) for sign in others)
    return 0.95 if found >= 2 else 0.0


def _read(text: str, sheet: Sheet) -> None:
    filled = [line for line in visible(text, sheet.raw) if line.text]
    starts: list[int] = []
    for at, (line, below) in enumerate(pairwise(filled)):
        taken = bool(starts) and starts[-1] == at - 1
        if not taken and _is_byline(below.text) and not _is_around(line.text):
            starts.append(at)
    for line in filled:
        if _is_around(line.text):
            sheet.mark(line.number, LineClass.CHROME)
    entries = []
    for start, stop in pairwise([*starts, len(filled)]):
        lines = [line for line in filled[start:stop] if not _is_around(line.text)]
        entries.append(_entry(lines[0], lines[1], lines[2:]))
    settle(sheet, entries, together=True)


def _is_byline(text: str) -> bool:
    return _BYLINE.fullmatch(text) is not None and not _is_around(text)


def _is_around(text: str) -> bool:
    return _FOOT.fullmatch(text) is not None or _SENT.fullmatch(text) is not None


def _entry(title: RawLine, byline: RawLine, body: Sequence[RawLine]) -> Entry:
    """Read one paper; its text counts if no ellipsis is in it: then somebody put it there."""
    entry = Entry(title.number, _FORMAT.sub("", title.text, count=1))
    entry.mark(title.number, LineClass.TITLE)
    entry.mark(byline.number, LineClass.KEY)
    entry.mark((line.number for line in body), LineClass.ABSTRACT)
    names, _, venue = byline.text.partition(" - ")
    if not _CUT.search(names):
        entry.authors = people_of(names)
    if (arxiv := _ARXIV.search(venue)) is not None:
        entry.identify(arxiv[0])
    if body and not any(_CUT.search(line.text) for line in body):
        entry.abstract = paragraphs(body)
        entry.at = body[0].number
    return entry


DIALECT = Dialect(
    "scholar-alert",
    "an alert that Google Scholar sent",
    _signature,
    _read,
    "[PDF] Attention Is All You Need\nA Vaswani, N Shazeer… - Advances in …, 2017\n… snippets …",
)
