"""The answer of the API for daily papers: JSON, as an array, one object, or objects line by line.

The outer `publishedAt` of an entry is the day on which the list has it, that of its `paper` the
day at arXiv. A list of one day is sorted by votes, and its entries may have come in on two days:
where days stand mixed, only the last of them is the list's.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from itertools import groupby, islice
from typing import Any

from generator.model import Given, LineClass, Record, Source, StatedDay
from generator.reading.dialects import problems
from generator.reading.dialects.form import Dialect, Sheet
from generator.reading.dialects.huggingface import visible
from generator.reading.dialects.jsonpieces import Piece, pieces_of
from generator.reading.keys import arxiv_of, in_one_piece
from generator.reading.lines import RawLine, fold

_KEYS = ('"paper"', '"summary"', '"publishedAt"', '"title"', '"numComments"', '"upvotes"')
_NEEDED = 3
_ENTRY = "entry of the API"
_ABOVE = 30
"""Lines among which JSON begins: a greeting, the head of a forwarded mail may stand above."""
_BEGINS = re.compile(r'\[?\s?\{\s?(?:"|$)|\[$')
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_PARAGRAPH = re.compile(r"\n[ \t\r]*\n")
_KINDS = {'"title"': LineClass.TITLE, '"summary"': LineClass.ABSTRACT}
_KEY_LINE = re.compile(r'("[A-Za-z_]{1,40}") ?:|[\[\]{}]')


def signature(lines: Sequence[RawLine]) -> float:
    """Count the API's keys in a text, from where it begins as JSON does."""
    first = _first(lines)
    if first is None:
        return 0.0
    missing = set(_KEYS)
    for line in islice(lines, first, None):
        missing -= {key for key in missing if key in line.text}
        if not missing:
            break
    found = len(_KEYS) - len(missing)
    return found / len(_KEYS) if found >= _NEEDED else 0.0


def _first(lines: Sequence[RawLine]) -> int | None:
    """Return the index of the line where JSON begins: the first, or one below a few words."""
    filled = ((at, visible(line.text)) for at, line in enumerate(lines) if line.text)
    for number, (at, text) in enumerate(islice(filled, _ABOVE)):
        if _BEGINS.match(text) or (not number and text.startswith(("[", "{"))):
            return at
    return None


class _Reader:
    """Makes records of objects."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.starts = [line.start for line in sheet.raw]
        self.days: list[tuple[date, int, int]] = []
        """Of each record the list's day, with the record's index and its line."""
        self.last = 0
        """Number of the last line of the object before."""

    def take(self, piece: Piece) -> None:
        """Take the next object, or what could not be read."""
        lines = self.sheet.raw[self._index(piece.start) : self._index(piece.end - 1) + 1]
        entry = piece.value
        if entry is None:
            self._leave_out(lines, piece.why)
            return
        inner = entry.get("paper")
        paper = inner if isinstance(inner, dict) else entry
        title = fold(_text(paper, "title") or _text(entry, "title"))
        if not title:
            self._leave_out(lines, "it has no title")
            return
        abstract = _paragraphs(_text(paper, "summary") or _text(entry, "summary"))
        summary = "" if abstract else _paragraphs(_text(paper, "ai_summary"))
        if not abstract and not summary:
            self.sheet.problems.append(problems.no_abstract(self._source(lines, '"title"'), title))
            self._mark(lines, None)
            return
        if summary:
            source = self._source(lines, '"ai_summary"')
            self.sheet.problems.append(problems.summary(source, title))
        index = self.sheet.add(
            Record(
                title,
                abstract or summary,
                self._source(lines, '"title"'),
                _authors(paper),
                arxiv_of(_text(paper, "id")),
                links=self._links(paper, lines),
                notes=(problems.SUMMARY_NOTE,) if summary else (),
                published=_day(paper, "publishedAt"),
            )
        )
        self._mark(lines, index)
        day = _day(entry, "publishedAt") if paper is not entry else None
        day = day or _day(paper, "submittedOnDailyAt")
        if day is not None:
            self.days.append((day, index, lines[0].number))

    def end(self) -> None:
        """Say the list's days."""
        runs = [next(run) for _, run in groupby(self.days, key=lambda entry: entry[0])]
        if len({day for day, _, _ in runs}) < len(runs):
            last = max(runs, key=lambda entry: entry[0])
            runs = [(last[0], 0, last[2])]
        for day, index, number in runs:
            source = self.sheet.source(number)
            self.sheet.days.append(StatedDay(source, day.month, day.day, day.year, index))

    def _index(self, offset: int) -> int:
        return bisect_right(self.starts, offset) - 1

    def _source(self, lines: Sequence[RawLine], key: str) -> Source:
        if len(lines) == 1:
            return self.sheet.source(lines[0].number)
        line = next((line for line in lines if key in line.text), lines[0])
        return self.sheet.source(line.number)

    def _links(self, paper: dict[str, Any], lines: Sequence[RawLine]) -> tuple[Given, ...]:
        values = {key: _text(paper, key).strip() for key in ("githubRepo", "projectPage")}
        return tuple(
            Given(value, self._source(lines, f'"{key}"'))
            for key, value in values.items()
            if value.startswith(("https://", "http://")) and in_one_piece(value)
        )

    def _leave_out(self, lines: Sequence[RawLine], why: str) -> None:
        source = self.sheet.source(lines[0].number)
        self.sheet.problems.append(problems.broken(source, _ENTRY, why))
        self._mark(lines, None)

    def _mark(self, lines: Sequence[RawLine], record: int | None) -> None:
        """Mark an object's lines; a line that several objects share is of none of them."""
        kind = LineClass.KEY
        for line in lines:
            if line.number == self.last:
                # An answer in one line has all its objects there: it is not looked at for each.
                self.sheet.mark(line.number, LineClass.KEY)
                continue
            text = visible(line.text)
            if key := _KEY_LINE.match(text):
                kind = _KINDS.get(key[1], LineClass.KEY)
            if not text:
                continue
            if record is None:
                self.sheet.mark(line.number, LineClass.UNCLASSIFIED)
            else:
                self.sheet.mark(line.number, kind, record)
        self.last = lines[-1].number


def _text(value: dict[str, Any], key: str) -> str:
    """Return a text without what no text can hold, empty if there is none."""
    found = value.get(key)
    if not isinstance(found, str):
        return ""
    return _CONTROL.sub("", found.encode("utf-8", "replace").decode("utf-8"))


def _paragraphs(text: str) -> str:
    return "\n\n".join(filter(None, map(fold, _PARAGRAPH.split(text))))


def _authors(paper: dict[str, Any]) -> tuple[str, ...]:
    found = paper.get("authors")
    entries = found if isinstance(found, list) else []
    names = [_text(entry, "name") for entry in entries if isinstance(entry, dict)]
    return tuple(dict.fromkeys(filter(None, map(fold, names))))


def _day(value: dict[str, Any], key: str) -> date | None:
    try:
        return date.fromisoformat(_text(value, key)[:10])
    except ValueError:
        return None


def read(text: str, sheet: Sheet) -> None:
    """Read an answer onto the sheet."""
    first = _first(sheet.raw) or 0
    below = sheet.raw[first:]
    between = (line.number for line in below if not visible(line.text).strip("[], "))
    sheet.mark((number for number in between if sheet.raw[number - 1].text), LineClass.CHROME)
    reader = _Reader(sheet)
    for piece in pieces_of(text, below[0].start if below else 0):
        reader.take(piece)
    reader.end()


DIALECT = Dialect(
    "huggingface-api",
    "the answer of the API for daily papers at Hugging Face, as JSON",
    signature,
    read,
    '[{"paper": {"id": "2503.04715", "title": "A Title", "summary": "Its abstract.", …}, …}, …]',
)
