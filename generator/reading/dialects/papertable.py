"""Weekly lists in Markdown tables: a column of papers, each with some words, and one of links.

`| 1) **Title** - what it is about | [Paper](…), [Code](…) |`. The words are the lister's. Until
2024 the heading of a week has no year.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.model import LineClass, StatedDay
from generator.reading.dates import date_line_of
from generator.reading.dialects.entries import Entry, settle
from generator.reading.dialects.form import Dialect, Sheet
from generator.reading.dialects.markdownmarks import is_only_marks, links_of, plain, unbulleted
from generator.reading.dialects.pieces import opening, shown, visible
from generator.reading.lines import RawLine, fold

_ROW = re.compile(r"\| ?[0-9]{1,5}[.)] ?(?P<paper>.+)", re.DOTALL)
_CELL = re.compile(r"(?<!\\)\|")
_TOP = re.compile(r"\| ?\**Papers?\** ?\| ?\**Links?\** ?\|?", re.IGNORECASE)
_RULE = re.compile(r"\|[-: |]{3,200}")
_STRONG = re.compile(r"\*\*(?P<title>.{1,500}?)\*\* ?(?:[-–—:]\s)?(?P<text>.*)", re.DOTALL)
_PLAIN = re.compile(r"(?P<title>.{1,300}?)(?:\s[-–—]\s|\s{2,}|(?=\s?<br))(?P<text>.*)", re.DOTALL)
_SPACE = re.compile(r"[^\S\n]")
_BREAK = re.compile(r"\s?<br ?/?>\s?", re.IGNORECASE)
_WEEK = re.compile(
    r"#{1,4} .{0,60}?\((?P<from>[A-Z][a-z]{2,8})\.? [0-9]{1,2} ?[-–—] ?"
    r"(?:(?P<to>[A-Z][a-z]{2,8})\.? )?(?P<day>[0-9]{1,2})(?:, (?P<inner>[0-9]{4}))?\)"
    r"(?: ?[-–—] ?(?P<year>[0-9]{4}))?"
)
_ELSE = re.compile(
    r"#{1,6} .*|[-*] \[.{1,80}\]\(#?[^()]{0,80}\).{0,40}|\[[^\[\]]{1,80}\]\(#.{0,80}\)"
)
_LISTER = frozenset(("tweet", "thread", "x"))
"""Words of links that lead to the lister, not to the paper."""


def _signature(lines: Sequence[RawLine]) -> float:
    text = opening(lines)
    if "|" not in text or "](http" not in text:
        return 0.0
    rows = re.search(r"^\| ?[0-9]{1,5}[.)] ?\S", text, re.MULTILINE)
    tops = re.search(rf"^(?:{_TOP.pattern})$", text, re.MULTILINE | re.IGNORECASE)
    rules = re.search(rf"^(?:{_RULE.pattern})$", text, re.MULTILINE)
    return 0.95 if rows and (tops or rules) else 0.0


def _read(text: str, sheet: Sheet) -> None:
    entries: list[Entry] = []
    for line in visible(text, sheet.raw):
        if _ROW.match(line.text):
            entries.append(_row(shown(text[line.start : line.end]), line, sheet))
        elif week := _WEEK.fullmatch(line.text):
            _state(week, line, sheet, len(entries))
        elif line.text and (
            is_only_marks(line.text)
            or any(form.fullmatch(line.text) for form in (_TOP, _RULE, _ELSE))
        ):
            sheet.mark(line.number, LineClass.CHROME)
    settle(sheet, entries)


def _state(week: re.Match[str], line: RawLine, sheet: Sheet, first: int) -> None:
    """Note the last day of a week, on which its list comes."""
    last = date_line_of(f"{week['to'] or week['from']} {week['day']}")
    if last is None or not 1 <= last.day <= 31:
        return
    year = week["year"] or week["inner"]
    day = StatedDay(
        sheet.source(line.number), last.month, last.day, int(year) if year else None, first
    )
    sheet.days.append(day)
    sheet.mark(line.number, LineClass.DATE)


def _row(raw: str, line: RawLine, sheet: Sheet) -> Entry:
    """Read one row. White space counts in it: two spaces may be all that ends the title."""
    entry = Entry(line.number, at=line.number, summary=True)
    entry.mark(line.number, LineClass.TITLE)
    row = _ROW.search(_SPACE.sub(" ", raw))
    cells = _CELL.split(row["paper"]) if row else []
    paper = cells[0].strip() if cells else ""
    match = (_STRONG if paper.startswith("**") else _PLAIN).match(paper)
    entry.title = plain(match["title"] if match else paper)
    entry.abstract = _text(match["text"]) if match else ""
    for words, url in links_of(fold("|".join(cells[1:]))):
        if words.lower() not in _LISTER:
            entry.link(url, sheet, line.number)
    return entry


def _text(cell: str) -> str:
    """Return the words of a cell, in paragraphs."""
    parts = (plain(part.replace("\\|", "|")) for part in _BREAK.split(cell))
    return "\n\n".join(filter(None, (unbulleted(part) or part for part in parts)))


DIALECT = Dialect(
    "paper-table",
    "a weekly list in a table of Markdown",
    _signature,
    _read,
    "| **Paper** | **Links** |\n| --- | --- |\n"
    "| 1) **Attention Is All You Need** - proposes … | [Paper](https://arxiv.org/abs/1706.03762) |",
)
