"""Tables of papers as CSV, with a row of names at the top: `Title,Description,PaperURL,Abstract`.

Names decide what a column is, not its place. A row that cannot be read costs itself only.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import islice

from generator.model import LineClass
from generator.reading.dialects import problems
from generator.reading.dialects.entries import Entry, day_of, settle
from generator.reading.dialects.form import Dialect, Sheet
from generator.reading.dialects.people import people_of
from generator.reading.dialects.pieces import shown, visible
from generator.reading.lines import RawLine, fold

_MEANT = {
    "title": "title papertitle",
    "abstract": "abstract abstractnote",
    "summary": "description summary tldr",
    "authors": "authors author creators",
    "published": "published publicationdate publisheddate",
    "link": "paperurl url link pdf pdfurl paperlink code codeurl github githuburl project"
    " projecturl arxiv arxivid arxivurl doi",
    "": "tweeturl tweet year date id key tags keywords category categories score votes venue"
    " journal",
}
_COLUMNS = {word: kind for kind, words in _MEANT.items() for word in words.split()}
_LONGEST, _MOST = 500, 0.6
"""Of the top row: characters, and the share of its names that must be known."""
_ABOVE = 30
"""Lines among which the row of names stands: a greeting may stand above it."""
_UNKNOWN = "?"
_NO_LETTER = re.compile(r"[^a-z]")
_OPEN = "its quotation marks do not close"
_RESTARTS = 20
"""How often reading begins anew below a quotation mark that nothing closes."""
_PARAGRAPH = re.compile(r"\n\s*\n")


def _signature(lines: Sequence[RawLine]) -> float:
    top, separator, kinds = _columns(lines)
    below = next((line.text for line in islice(lines, top + 1, None) if line.text), "")
    return 0.95 if kinds and separator in below else 0.0


def _columns(lines: Sequence[RawLine]) -> tuple[int, str, list[str]]:
    """Return the index of the row of names, the separator, and what the columns are.

    The row names a title, a text and something else, and hardly anything that is not known. A few
    lines may stand above it. Without such a row there are no columns.
    """
    filled = ((at, line.text) for at, line in enumerate(lines) if line.text)
    for at, top in islice(filled, _ABOVE):
        for separator in ",;" if len(top) <= _LONGEST else "":
            kinds = [_kind(name) for name in top.split(separator)]
            known = [kind for kind in kinds if kind != _UNKNOWN]
            text = "abstract" in kinds or "summary" in kinds
            if kinds.count("title") == 1 and text and 2 < len(known) > _MOST * len(kinds):
                return at, separator, kinds
    return 0, ",", []


def _kind(name: str) -> str:
    return _COLUMNS.get(_NO_LETTER.sub("", name[:_LONGEST].lower()), _UNKNOWN)


def _read(text: str, sheet: Sheet) -> None:
    top, separator, kinds = _columns(visible(text, sheet.raw))
    if not kinds:
        return
    sheet.mark(sheet.raw[top].number, LineClass.CHROME)
    source = [shown(text[line.start : line.end]).rstrip("\r\n") for line in sheet.raw]
    entries = []
    for first, last, cells in _rows(source, top + 1, separator):
        numbers = [line.number for line in sheet.raw[first:last] if line.text]
        if not numbers:
            continue
        if [_kind(cell) for cell in cells] == kinds:
            sheet.mark(numbers, LineClass.CHROME)
        elif len(cells) > kinds.index("title"):
            entries.append(_entry(kinds, cells, numbers, sheet))
        else:
            sheet.mark(numbers, LineClass.UNCLASSIFIED)
            why = f"it has {len(cells)} of {len(kinds)} columns" if cells else _OPEN
            sheet.problems.append(problems.broken(sheet.source(numbers[0]), "row", why))
    settle(sheet, entries)


def _rows(
    source: Sequence[str], at: int, separator: str
) -> Iterator[tuple[int, int, Sequence[str]]]:
    """Yield each row's first line, the one after its last, and its cells; none if it is broken.

    A quotation mark that nothing closes takes all rows below with it: reading begins anew below.
    """
    for _ in range(_RESTARTS):
        rows = csv.reader(
            (f"{line}\n" for line in source[at:]), delimiter=separator, skipinitialspace=True
        )
        while True:
            first = at + rows.line_num
            try:
                cells = next(rows, None)
            except csv.Error:
                break
            if cells is None:
                return
            last = at + rows.line_num
            if _runs_away(source[first:last], separator, len(cells)):
                break
            yield first, last, cells
        yield first, first + 1, ()
        at = first + 1
    yield at, len(source), ()


def _runs_away(lines: Sequence[str], separator: str, width: int) -> bool:
    """Whether a row has taken others in: a quotation mark stays open over lines like rows."""
    if len(lines) == 1 or sum(line.count('"') for line in lines) % 2 == 0:
        return False
    return any(line.count(separator) >= max(1, width - 1) for line in lines[1:])


def _entry(
    kinds: Sequence[str], cells: Sequence[str], numbers: Sequence[int], sheet: Sheet
) -> Entry:
    values = dict(zip(kinds, cells, strict=False))
    entry = Entry(numbers[0], fold(values["title"]), at=numbers[0])
    abstract = values.get("abstract", "").strip()
    text = abstract or values.get("summary", "")
    entry.abstract = "\n\n".join(filter(None, map(fold, _PARAGRAPH.split(text))))
    entry.summary = not abstract
    entry.authors = people_of(values.get("authors", ""))
    entry.published = day_of(values.get("published", "").strip()[:10])
    for kind, cell in zip(kinds, cells, strict=False):
        if kind == "link":
            entry.link(cell.strip(), sheet, numbers[0])
    entry.mark(numbers, LineClass.ABSTRACT)
    entry.mark(numbers[0], LineClass.TITLE)
    return entry


DIALECT = Dialect(
    "papers-csv",
    "a table of papers as CSV, with names of columns",
    _signature,
    _read,
    "Title,Abstract,URL\n"
    'Attention Is All You Need,"The dominant …",https://arxiv.org/abs/1706.03762',
)
