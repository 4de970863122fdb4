"""One paper while its lines come in, and what becomes of it: a record, or a problem.

Every grammar that goes through a list paper by paper fills `Entry` values and hands them to
`settle` at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

import msgspec
from msgspec.structs import replace

from generator.model import Given, LineClass, Record, StatedDay
from generator.reading.dates import date_line_of
from generator.reading.dialects import problems
from generator.reading.dialects.form import Sheet
from generator.reading.keys import arxiv_of, doi_of

_PAGE = re.compile(
    r"https?://(?:www\.)?(?:huggingface\.co/papers|hf\.co/papers|alphaxiv\.org/abs)/", re.IGNORECASE
)
_SHORT_YEAR = re.compile(r"(?<=[a-z])\.? ([0-9]{2})$")
_ARXIV_DOI = "10.48550/arxiv."
_ADDRESS = re.compile(r"https?://[^\s<>]+", re.IGNORECASE)


class Entry(msgspec.Struct):
    """One paper."""

    line: int
    """Number of the line where its title stands."""
    title: str = ""
    abstract: str = ""
    at: int = 0
    """Number of the line where its abstract begins."""
    authors: tuple[str, ...] = ()
    arxiv: str | None = None
    doi: str | None = None
    links: dict[str, Given] = msgspec.field(default_factory=dict)
    notes: list[str] = msgspec.field(default_factory=list)
    published: date | None = None
    summary: bool = False
    """Whether its text is somebody's summary, not the abstract."""
    excused: bool = False
    """Whether the list has a reason to leave its abstract out: it was replaced."""
    places: dict[int, LineClass] = msgspec.field(default_factory=dict)
    """What its lines are, by their numbers."""

    def mark(self, numbers: int | Iterable[int], kind: LineClass) -> None:
        """Say what lines of this paper are."""
        for number in (numbers,) if isinstance(numbers, int) else numbers:
            self.places[number] = kind

    def identify(self, value: str) -> bool:
        """Take in an identifier or an address that says one; whether it does."""
        name = _PAGE.sub("", value.strip(), count=1)
        if (arxiv := arxiv_of(name)) is not None:
            self.arxiv = self.arxiv or arxiv
            return True
        if (doi := doi_of(name)) is not None:
            self.doi = self.doi or doi
            if doi.startswith(_ARXIV_DOI):
                self.identify(doi.removeprefix(_ARXIV_DOI))
            return True
        return False

    def link(self, value: str, sheet: Sheet, number: int) -> bool:
        """Take in an address as identifier or link; whether it was one."""
        if self.identify(value):
            return True
        if _ADDRESS.fullmatch(value) is None:
            return False
        self.links.setdefault(value, Given(value, sheet.source(number)))
        return True

    def note(self, text: str) -> None:
        """Take in a note, once."""
        if text and text not in self.notes:
            self.notes.append(text)


def day_of(text: str) -> date | None:
    """Read a whole day: `2026-02-12`, `12 Feb 2026`, `Thu, 12 Feb 26`; None for any other."""
    found = date_line_of(_SHORT_YEAR.sub(r" 20\1", text.strip()))
    if found is None or found.year is None:
        return None
    try:
        return date(found.year, found.month, found.day)
    except ValueError:
        return None


def state(sheet: Sheet, number: int, text: str, first: int) -> bool:
    """Note the day that a line says the list is of; whether it says one.

    `first` is the index of the entry that comes next: `settle` makes a record's index of it.
    """
    day = day_of(text)
    if day is not None:
        source = sheet.source(number)
        sheet.days.append(StatedDay(source, day.month, day.day, day.year, first))
        sheet.mark(number, LineClass.DATE)
    return day is not None


def settle(sheet: Sheet, entries: Sequence[Entry], *, together: bool = False) -> None:
    """Put papers on the sheet in order; report those that lack something, and leave them out.

    With `together`, all that lack an abstract have one problem: the list has none. Days on the
    sheet, which a grammar gives with indices of entries, get those of records.
    """
    bare: list[Entry] = []
    replaced: list[Entry] = []
    starts: list[int] = []
    for entry in entries:
        starts.append(len(sheet.records))
        if entry.title and entry.abstract:
            _add(sheet, entry)
            continue
        _leave_out(sheet, entry)
        if entry.excused:
            replaced.append(entry)
        elif not entry.title:
            sheet.problems.append(
                problems.broken(sheet.source(entry.line), "entry", "it has no title")
            )
        elif together:
            bare.append(entry)
        else:
            source = sheet.source(entry.line)
            sheet.problems.append(problems.no_abstract(source, entry.title))
    _date(sheet, [*starts, len(sheet.records)])
    if bare:
        source = sheet.source(bare[0].line)
        sheet.problems.append(problems.no_abstracts(source, bare[0].title, len(bare)))
    if replaced:
        source = sheet.source(min(replaced[0].places, default=replaced[0].line))
        sheet.problems.append(problems.replacements(source, len(replaced)))


def _date(sheet: Sheet, starts: Sequence[int]) -> None:
    """Let days begin with records, and each day once in a row: parts of a list repeat it."""
    days: list[StatedDay] = []
    for day in sheet.days:
        if not days or (days[-1].month, days[-1].day) != (day.month, day.day):
            days.append(replace(day, first=starts[day.first]))
    sheet.days[:] = days


def _leave_out(sheet: Sheet, entry: Entry) -> None:
    for number, kind in entry.places.items():
        chrome = kind is LineClass.CHROME
        sheet.mark(number, LineClass.CHROME if chrome else LineClass.UNCLASSIFIED)


def _add(sheet: Sheet, entry: Entry) -> None:
    if entry.summary:
        entry.note(problems.SUMMARY_NOTE)
        sheet.problems.append(problems.summary(sheet.source(entry.at or entry.line), entry.title))
    record = Record(
        title=entry.title,
        abstract=entry.abstract,
        source=sheet.source(entry.line),
        authors=entry.authors,
        arxiv=entry.arxiv,
        doi=entry.doi,
        links=tuple(entry.links.values()),
        notes=tuple(entry.notes),
        published=entry.published,
    )
    index = sheet.add(record)
    for number, kind in entry.places.items():
        sheet.mark(number, kind, None if kind is LineClass.CHROME else index)
