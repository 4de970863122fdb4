"""From a pasted text to a `Digest`: the first room of the generator.

The way of a text through this room:

1. `decoding` turns bytes into text, or says which byte is not UTF-8. `declared` reads a text that
   says itself what each line is; `dialects` finds whether it has another form: then that form's
   grammar reads it, `fitting` makes its records such as a digest can hold, and what follows is
   not asked.
2. `lines` cuts the text into lines, `atoms` puts lines together that read as one piece;
   `labels` takes `Title:` and `Abstract:` off before, `keyblocks` finds where keys begin and
   end, `cuts` where a blank line was lost; `chrome`, `dates`, `keys` and `names` know the forms
   a line can have, `evidence` what titles and abstracts look like.
3. `pairing` decides what all pieces are: which are titles, keys, abstracts, and which belong to
   no paper. `walk` finds the cheapest reading for it: `roles` names what a piece can be, `steps`
   says what can follow what, `prices` what it costs. `kinship` helps to tell a further paragraph
   from an abstract whose title was lost.
4. `records` makes records, lines and problems of it; `keyvalues` reads the keys' values.
   `abstracts` sees what is odd about one. `fileproblems`, `formproblems`, `paperproblems` and
   `keyproblems` hold the problems' words, `wording` what these share. `unknown` refuses a
   text in no form that is known.

Nothing here looks at a disk, a clock or a network, and no input raises. Links, tags and
repeats are left to `enriching`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from generator.model import Digest, Line, LineClass, Problem, Record, Source
from generator.reading import fileproblems, formproblems
from generator.reading.abstracts import doubt_of
from generator.reading.atoms import atoms_of
from generator.reading.dates import DateLine, date_of, file_name, slug_of
from generator.reading.declared import is_declared, read_declared
from generator.reading.decoding import decode
from generator.reading.dialects import Sheet, dialect_of
from generator.reading.dialects.problems import summed
from generator.reading.fitting import fitted
from generator.reading.labels import unlabelled
from generator.reading.lines import fold, split_lines
from generator.reading.pairing import read
from generator.reading.records import Assembly
from generator.reading.unknown import after_reading, at_sight

__all__ = ["OWN", "read_bytes", "read_text"]

OWN = "text"
"""The dialect of the project's own format, and of plain pastes."""

_LOST = re.compile("\ufffd|â€[™œ¦˜\x9d\x80-\x9f]|Ã[©¨¼¶¤±³¡­]")


def read_bytes(data: bytes, path: str) -> Digest:
    """Return the digest in a file's bytes; `path` names the file in problems and gives its day.

    Bytes that are not UTF-8 give a digest without records or lines, and an error that names the
    byte and its line.
    """
    if len(data) > fileproblems.LARGEST:
        text: str | Problem = fileproblems.too_large(Source(path, 1), f"{len(data):,} bytes")
    else:
        text = decode(data, path)
    if isinstance(text, Problem):
        return Digest(path, slug_of(path), date_of(path), problems=(*_name_problems(path), text))
    return read_text(text, path)


def read_text(text: str, path: str) -> Digest:
    """Return the digest in a text; of `path` only the file's name is used, for day and slug.

    The spans of the digest's lines give the text back. Whatever is doubtful, or went into no
    record, has a problem; problems come in the order of lines.
    """
    day = date_of(path)
    if large := _too_large(text):
        problem = fileproblems.too_large(Source(path, 1), large)
        return Digest(path, slug_of(path), day, problems=(*_name_problems(path), problem))
    plain = split_lines(text)
    sheet = Sheet(path, plain)
    if is_declared(plain):
        read_declared(sheet)
        return _from_sheet(sheet, OWN, text)
    dialect = dialect_of(plain)
    if dialect is not None:
        dialect.read(text, sheet)
        return _from_sheet(sheet, dialect.name, text)
    unknown = at_sight(path, plain)
    if unknown is not None:
        return _refused(sheet, unknown)
    raw, label = unlabelled(plain)
    atoms = atoms_of(raw)
    assembly = Assembly(path, day, read(atoms), atoms)
    lines = assembly.lines(raw)
    records = assembly.records()
    unknown = after_reading(path, plain, records, lines)
    if unknown is not None:
        return _refused(sheet, unknown)
    found = [*_name_problems(path), *_losses(text, path), *assembly.problems]
    if label is not None:
        found.append(fileproblems.labels(Source(path, label)))
    if not records and not any(line.kind is LineClass.UNCLASSIFIED for line in lines):
        found.append(fileproblems.no_papers(Source(path, 1)))
    found.sort()
    days = tuple(assembly.days)
    return Digest(path, slug_of(path), day, records, lines, tuple(found), OWN, days)


def _too_large(text: str) -> str:
    """Say how large a text is that is larger than a digest can be; "" for any other."""
    if len(text) > fileproblems.LARGEST:
        return f"{len(text):,} letters"
    lines = text.count("\n") + text.count("\r") - text.count("\r\n")
    return f"{lines:,} lines" if lines > fileproblems.MOST_LINES else ""


def _refused(sheet: Sheet, problem: Problem) -> Digest:
    """Make a digest of a text whose form nobody knows: one problem, and nothing that was read."""
    path = sheet.path
    sheet.mark((line.number for line in sheet.raw if line.text), LineClass.UNCLASSIFIED)
    found = tuple(sorted([*_name_problems(path), problem]))
    return Digest(path, slug_of(path), date_of(path), lines=sheet.lines(), problems=found)


def _from_sheet(sheet: Sheet, name: str, text: str) -> Digest:
    """Make a digest of what a grammar found."""
    path = sheet.path
    records = tuple(map(fitted, sheet.records))
    lines = sheet.lines()
    found = [
        *_name_problems(path),
        *_losses(text, path),
        *summed(sheet.problems, len(records)),
        *sheet.unread(),
    ]
    found += _doubts(records, lines, sheet) + _day_problems(sheet, date_of(path))
    if not records and not any(problem.code == "B301" for problem in found):
        found.append(fileproblems.no_papers(Source(path, 1)))
    found.sort()
    days = tuple(sheet.days)
    return Digest(path, slug_of(path), date_of(path), records, lines, tuple(found), name, days)


def _doubts(records: Sequence[Record], lines: Sequence[Line], sheet: Sheet) -> list[Problem]:
    """Return what is odd about abstracts and was not reported yet."""
    begins: dict[int, int] = {}
    for line in lines:
        if line.kind is LineClass.ABSTRACT and line.record is not None:
            begins.setdefault(line.record, line.number)
    said = {(problem.code, problem.message) for problem in sheet.problems}
    doubts = (
        doubt_of(record.title, record.abstract, sheet.source(begins.get(at, record.source.line)))
        for at, record in enumerate(records)
    )
    return [doubt for doubt in doubts if doubt and (doubt.code, doubt.message) not in said]


def _day_problems(sheet: Sheet, day: date | None) -> list[Problem]:
    """Compare the days that a text says with each other and with the one of its file's name."""
    found = []
    for at, stated in enumerate(sheet.days):
        text = next((line.text for line in sheet.raw[stated.source.line - 1 :]), "")
        line = DateLine(stated.day, stated.month, stated.year)
        first = sheet.days[0]
        if at and (stated.month, stated.day) != (first.month, first.day):
            found.append(formproblems.another_day(stated.source, text))
        elif not at and day is not None and not line.agrees_with(day):
            found.append(fileproblems.date_disagrees(stated.source, text, day))
    return found


def _name_problems(path: str) -> list[Problem]:
    if date_of(path) is not None:
        return []
    return [fileproblems.bad_file_name(Source(path, 1), file_name(path))]


def _losses(text: str, path: str) -> list[Problem]:
    """Report the first sign that the text went through a wrong encoding."""
    match = _LOST.search(text)
    if match is None:
        return []
    line = 1 + len(re.findall(r"\r\n|\r|\n", text[: match.start()]))
    around = text[max(0, match.start() - 20) : match.end() + 20]
    begin = max(text.rfind(end, 0, match.start()) for end in "\r\n") + 1
    problem = fileproblems.lost_characters(Source(path, line), fold(around))
    return [replace(problem, column=match.start() - begin + 1)]
