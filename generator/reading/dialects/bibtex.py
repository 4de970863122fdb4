"""Files of BibTeX, as reference managers export them: one entry for each paper.

The library `bibtexparser` takes the file apart, and says of an entry that is broken where it
stands and why. Keywords are left out: they are the words of catalogues, not of the vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from generator.model import LineClass
from generator.reading.dialects import problems
from generator.reading.dialects.catalogue import Fields, catalogued_entry
from generator.reading.dialects.entries import Entry, settle
from generator.reading.dialects.form import Dialect, Sheet
from generator.reading.dialects.people import catalogued
from generator.reading.dialects.pieces import opening, visible
from generator.reading.dialects.texnames import untexed
from generator.reading.lines import RawLine, fold

_HEAD = r"^@[A-Za-z]{3,20} ?[{(] ?[^\s,{}()=]{0,200} ?,"
_FIELD = r"(?:^|[,{] ?)(?:title|author|abstract) ?= ?[{\"]"
_KEPT = """
    arxivid author booktitle date day doi eprint howpublished journal journaltitle month note url
    year
"""
_CLASSES = {
    **dict.fromkeys(_KEPT.split(), LineClass.KEY),
    "title": LineClass.TITLE,
    "abstract": LineClass.ABSTRACT,
}
_ORDER = (LineClass.CHROME, LineClass.KEY, LineClass.ABSTRACT, LineClass.TITLE)
_URL = re.compile(r"\\url ?\{([^{}]*)\}")
_PARAGRAPH = re.compile(r"\n\s*\n")


def _signature(lines: Sequence[RawLine]) -> float:
    text = opening(lines)
    if not text.startswith("@") and "\n@" not in text:
        return 0.0
    head = re.search(_HEAD, text, re.MULTILINE)
    return 0.95 if head and re.search(_FIELD, text, re.MULTILINE | re.IGNORECASE) else 0.0


def _read(text: str, sheet: Sheet) -> None:
    lines = visible(text, sheet.raw)
    entries: list[Entry] = []
    failed = False
    for block, first in _blocks("\n".join(line.text for line in lines)):
        own = [line for line in lines[first : first + block.raw.count("\n") + 1] if line.text]
        if not own:
            continue
        kind = type(block).__name__
        inner = getattr(block, "ignore_error_block", None)
        entry = block if kind == "Entry" else inner
        if entry is not None and type(entry).__name__ == "Entry":
            entries.append(_entry(entry, own, sheet, raw=inner is not None))
            failed = False
        elif kind == "ImplicitComment":
            _between(own, sheet, failed=failed)
            failed = False
        elif inner is None and hasattr(block, "error"):
            sheet.mark((line.number for line in own), LineClass.UNCLASSIFIED)
            why = fold(str(getattr(block.error, "abort_reason", ""))).rstrip(" .")
            source = sheet.source(own[0].number)
            sheet.problems.append(problems.broken(source, "entry", _said(why)))
            failed = True
        else:
            sheet.mark((line.number for line in own), LineClass.CHROME)
    settle(sheet, entries)


def _blocks(text: str) -> Iterator[tuple[Any, int]]:
    """Take a file apart: yield each piece, and the index of the line where it begins.

    Below a broken entry the library's own numbers of lines can be wrong: the text is found again.
    It is loaded here because few texts need it.
    """
    from bibtexparser import splitter
    from bibtexparser.entrypoint import parse_string

    # What it would print of broken entries is reported with their lines.
    splitter.logger.disabled = True
    at, line = 0, 0
    for block in parse_string(text).blocks:
        raw = block.raw or ""
        start = text.find(raw, at)
        if start < 0:
            continue
        line += text.count("\n", at, start)
        yield block, line
        at = start + len(raw)
        line += raw.count("\n")


def _said(why: str) -> str:
    """Return the library's reason in the words of this project."""
    if not why or "end of file" in why:
        return "it does not end"
    if "block start" in why:
        return "a brace or a quotation mark is not closed, and the next entry begins"
    return why[0].lower() + why[1:]


def _between(lines: Sequence[RawLine], sheet: Sheet, *, failed: bool) -> None:
    """Read what stands between entries: comments, or the rest of an entry that is broken."""
    for line in lines:
        if failed:
            sheet.mark(line.number, LineClass.UNCLASSIFIED)
        elif line.text.startswith("%") or line.text in {"}", "{", ",", ")", "},"}:
            sheet.mark(line.number, LineClass.CHROME)


def _entry(block: Any, own: Sequence[RawLine], sheet: Sheet, *, raw: bool) -> Entry:
    """Read one entry; of a field that stands twice the first counts."""
    values: dict[str, str] = {}
    lines: dict[str, int] = {}
    top = own[0].number
    fields = list(block.fields)
    starts = [min(field.start_line - block.start_line + top, own[-1].number) for field in fields]
    places: dict[int, LineClass] = {line.number: LineClass.CHROME for line in own}
    stops = [*(start - 1 for start in starts[1:]), own[-1].number]
    for field, start, stop in zip(fields, starts, stops, strict=False):
        key = field.key.lower()
        kind = _CLASSES.get(key, LineClass.CHROME) if key not in values else LineClass.CHROME
        values.setdefault(key, _bare(str(field.value)) if raw else str(field.value))
        lines.setdefault(key, start)
        for number in range(start, max(stop, start) + 1):
            if number in places and _ORDER.index(kind) > _ORDER.index(places[number]):
                places[number] = kind
    for line in own:
        if line.text in {"}", "},", ")"}:
            places[line.number] = LineClass.CHROME
    entry = catalogued_entry(_fields(values), lines, top, sheet)
    for number, kind in places.items():
        entry.mark(number, kind)
    return entry


def _bare(value: str) -> str:
    """Take off the signs that enclose a value; the library leaves them where a field is twice."""
    text = value.strip()
    if text[:1] + text[-1:] == '""' and len(text) > 1:
        return text[1:-1]
    depth = 0
    for at, sign in enumerate(text):
        depth += (sign == "{") - (sign == "}")
        if depth == 0:
            return text[1:-1] if at and at == len(text) - 1 else text
    return text


def _fields(values: dict[str, str]) -> Fields:
    """Return what a paper's fields say, without TeX."""
    year, month, day = (values.get(key, "").strip() for key in ("year", "month", "day"))
    eprint = values.get("eprint", "")
    archive = values.get("archiveprefix", values.get("eprinttype", "arxiv")).lower()
    where = (values.get(key, "") for key in ("journal", "journaltitle", "booktitle"))
    parts = _PARAGRAPH.split(values.get("abstract", ""))
    return Fields(
        title=fold(untexed(values.get("title", ""))),
        abstract="\n\n".join(filter(None, (fold(untexed(part)) for part in parts))),
        authors=catalogued(fold(values.get("author", ""))),
        names=(
            values.get("doi", ""),
            values.get("arxivid", ""),
            eprint if archive == "arxiv" else "",
        ),
        links=tuple(
            untexed(url) for key in ("url", "howpublished") for url in _urls(values.get(key, ""))
        ),
        day=values.get("date", "") or (f"{day} {month} {year}" if day else ""),
        venue=fold(untexed(next(filter(None, where), ""))),
        year=year or values.get("date", "")[:4],
        notes=(fold(untexed(_URL.sub("", values.get("note", "")))),),
    )


def _urls(value: str) -> list[str]:
    return _URL.findall(value) or value.split()


DIALECT = Dialect(
    "bibtex",
    "a file of BibTeX",
    _signature,
    _read,
    "@article{vaswani2017,\n  title = {Attention Is All You Need},\n  author = {Vaswani, Ashish},\n"
    "  abstract = {The dominant …},\n}",
)
