r"""E-mails of arXiv with new submissions: the most regular form there is.

An entry begins with `arXiv:2602.12181`, has header lines down to a line `\\`, then its abstract
down to `\\ ( https://arxiv.org/abs/… )`. Replacements come last and have no abstract.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.model import LineClass
from generator.reading.dialects.entries import Entry, day_of, settle, state
from generator.reading.dialects.form import Dialect, Sheet
from generator.reading.dialects.people import people_of
from generator.reading.dialects.pieces import opening, paragraphs, visible
from generator.reading.lines import RawLine

_HEAD = re.compile(
    r"arXiv: ?([a-z.-]*/?[0-9.]{7,10})(?:v[0-9]+)?(?: ?\(\*?.{1,40}?\*?\))?", re.IGNORECASE
)
_KEY = re.compile(
    r"(Title|Authors?|Categories|Comments|Journal-ref|Report-no|DOI|License|Proxy"
    r"|ACM-class|MSC-class|Subj-class|Date(?: \([^()]{1,30}\))?): ?(.*)"
)
_REPLACED = re.compile(r"replaced with (?:revised )?version .*", re.IGNORECASE)
_END = re.compile(r"\\\\ ?\( ?https?://.*")
_RULE = re.compile(r"[-=_]{10,}|%%[%-]{8,}")
_STAMP = re.compile(r"((?:[A-Z][a-z]{2},? )?[0-9]{1,2} [A-Z][a-z]{2} [0-9]{2,4})\b")
_RECEIVED = re.compile(r"received from (.{10,40}?) to (.{10,40})", re.IGNORECASE)
_AROUND = re.compile(
    r"Send any comments regarding submissions directly to submitter\.?|Archives at https?://\S+"
    r"|To unsubscribe, e-mail To: .*|Submissions to:|Subject: (?:cs|math|stat|[a-z-]+) daily .*"
    r"|For subscribe options .*|For help on viewing .*|e-?mail To: .*"
    r"|-- ?|(?:From|To|Date|Reply-To|Sent): .*|(?:end|continued) ?\(?.{0,20}\)?|\\+",
    re.IGNORECASE,
)
_NOTES = ("Comments", "Journal-ref")


def _signature(lines: Sequence[RawLine]) -> float:
    text = opening(lines)
    if "\\\\" not in text:
        return 0.0
    heads = len(re.findall(rf"^{_HEAD.pattern}$", text, re.MULTILINE | re.IGNORECASE))
    bars = len(re.findall(r"^\\\\$|^\\\\ ?\( ?https?://", text, re.MULTILINE))
    labels = re.search(r"^Title: ?", text, re.MULTILINE)
    dated = re.search(r"^(?:Date.{0,30}: ?|replaced with )", text, re.MULTILINE)
    return 0.97 if heads and bars and labels and dated else 0.0


def _read(text: str, sheet: Sheet) -> None:
    lines = visible(text, sheet.raw)
    entries: list[Entry] = []
    start: int | None = None
    topics = False
    for index, line in enumerate(lines):
        head = _HEAD.fullmatch(line.text)
        rule = _RULE.fullmatch(line.text)
        end = _END.fullmatch(line.text) is not None
        if start is not None and (head or rule or end):
            entries.append(_entry(lines[start : index + end]))
            start = None
            if end:
                continue
        if head:
            start = index
        elif start is None and line.text:
            topics = line.text.startswith("Submissions to") or (topics and not rule)
            _around(line, sheet, len(entries), topics=topics)
    if start is not None:
        entries.append(_entry(lines[start:]))
    settle(sheet, entries, together=True)


def _around(line: RawLine, sheet: Sheet, first: int, *, topics: bool) -> None:
    """Read a line that stands between entries; `topics` go on to the next rule."""
    received = _RECEIVED.fullmatch(line.text)
    if received is not None:
        stamp = _STAMP.match(received[2])
        state(sheet, line.number, stamp[1] if stamp else "", first)
    elif (
        _RULE.fullmatch(line.text)
        or _AROUND.fullmatch(line.text)
        or _END.fullmatch(line.text)
        or topics
    ):
        sheet.mark(line.number, LineClass.CHROME)


def _entry(lines: Sequence[RawLine]) -> Entry:
    """Read the lines of one paper, from its identifier to the rule below it."""
    entry = Entry(lines[0].number)
    head = _HEAD.fullmatch(lines[0].text)
    entry.identify(head[1] if head else "")
    entry.mark(lines[0].number, LineClass.KEY)
    header, body = _halves(lines[1:], entry)
    values: dict[str, list[str]] = {}
    key = ""
    for line in header:
        match = _KEY.fullmatch(line.text)
        if _REPLACED.fullmatch(line.text):
            key, entry.excused = "", True
            entry.mark(line.number, LineClass.KEY)
            continue
        if match:
            key = match[1].split()[0]
            if key == "Title":
                entry.line = line.number
        if key:
            values.setdefault(key, []).append(match[2] if match else line.text)
            entry.mark(line.number, _CLASSES.get(key, LineClass.CHROME))
    _fill(entry, {key: " ".join(parts).strip() for key, parts in values.items()})
    entry.abstract = paragraphs(body, indents=True)
    entry.at = next((line.number for line in body if line.text), 0)
    entry.mark((line.number for line in body if line.text), LineClass.ABSTRACT)
    return entry


_CLASSES = {
    "Title": LineClass.TITLE,
    **dict.fromkeys(("Author", "Authors", "Date", "DOI", *_NOTES), LineClass.KEY),
}


def _halves(lines: Sequence[RawLine], entry: Entry) -> tuple[list[RawLine], list[RawLine]]:
    r"""Divide an entry at its bars `\\`, however many stand there."""
    header: list[RawLine] = []
    body: list[RawLine] = []
    half = header
    for line in lines:
        if line.text == "\\\\":
            entry.mark(line.number, LineClass.CHROME)
            half = body if header else half
        elif _END.fullmatch(line.text):
            entry.mark(line.number, LineClass.CHROME)
        elif line.text or half is body:
            half.append(line)
    return header, body


def _fill(entry: Entry, values: dict[str, str]) -> None:
    entry.title = values.get("Title", "")
    entry.authors = people_of(values.get("Authors") or values.get("Author", ""))
    stamp = _STAMP.match(values.get("Date", ""))
    entry.published = day_of(stamp[1]) if stamp and not entry.excused else None
    entry.identify(values.get("DOI", ""))
    for key in _NOTES:
        entry.note(values.get(key, ""))


DIALECT = Dialect(
    "arxiv-mail",
    "an e-mail of arXiv with new submissions",
    _signature,
    _read,
    "\\\\\narXiv:2602.12181\nDate: Thu, 12 Feb 2026 17:11:20 GMT   (56kb)\n\nTitle: …\n"
    "Authors: …\nCategories: cs.LG\n\\\\\n  The abstract …",
)
