"""What the fields of a reference manager's export say of a paper: for BibTeX and RIS alike."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from generator.reading.dialects.entries import Entry, day_of
from generator.reading.dialects.form import Sheet

_ARXIV = re.compile(
    r"arxiv(?: preprint)?(?: arxiv)?:? ?([0-9]{4}\.[0-9]{4,5}|[a-z-]{2,10}/[0-9]{7})", re.IGNORECASE
)
_NAMED = re.compile(
    rf"{_ARXIV.pattern}(?:v[0-9]{{1,2}})?(?: ?\[[\w., -]{{1,40}}\])?[ .;,]*", re.IGNORECASE
)
_PREPRINT = re.compile(r"arxiv|corr\b|preprint|biorxiv|ssrn", re.IGNORECASE)
_COMMENT = re.compile(r"comments?: ", re.IGNORECASE)
_DATE = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})(?:[T/ ].*)?", re.DOTALL)


class Fields(msgspec.Struct, frozen=True):
    """The fields of one paper, as text without marks."""

    title: str
    abstract: str
    authors: tuple[str, ...]
    names: tuple[str, ...]
    """Values that should be identifiers; those that are none mean nothing."""
    links: tuple[str, ...]
    day: str
    """When it was published, if a day is given: `2025-03-11`, `11 mar 2025`, `2025/03/11/`."""
    venue: str
    year: str
    notes: tuple[str, ...]


def catalogued_entry(fields: Fields, lines: Mapping[str, int], number: int, sheet: Sheet) -> Entry:
    """Return the paper; `lines` has the lines of `title`, `abstract` and links, if known."""
    entry = Entry(lines.get("title", number), fields.title, fields.abstract)
    entry.at = lines.get("abstract", 0)
    entry.authors = fields.authors
    for name in fields.names:
        entry.identify(name.strip())
    for url in fields.links:
        entry.link(url.strip(), sheet, lines.get("url", lines.get("howpublished", number)))
    match = _DATE.fullmatch(fields.day.strip())
    iso = "-".join(part.zfill(2) for part in match.groups()) if match else fields.day
    entry.published = day_of(iso)
    for text in (fields.venue, *fields.notes):
        named = _ARXIV.search(text)
        if named is not None:
            entry.identify(named[1])
    if fields.venue and not _PREPRINT.search(fields.venue):
        year = f", {fields.year}" if fields.year and fields.year not in fields.venue else ""
        entry.note(f"{fields.venue}{year}")
    for text in fields.notes:
        entry.note(_COMMENT.sub("", _NAMED.sub("", text, count=1), count=1))
    return entry
