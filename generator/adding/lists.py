"""Part what was pasted into lists, each of one day, and see what is known of each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from msgspec.structs import replace

from generator.adding.days import day_of, newest_of
from generator.enriching import build_library
from generator.enriching.addresses import complete
from generator.enriching.repeats import group_repeats
from generator.enriching.vocabulary import Vocabulary
from generator.model import Digest, Problem, Record, Source, StatedDay
from generator.writing import wording

ASKED = frozenset({"B001", "B015"})
"""Problems that there are no more once each list has its own file."""


@dataclass(frozen=True, slots=True)
class DayList:
    """The papers of one day."""

    records: tuple[Record, ...]
    line: int
    """Of the paste, where the list begins."""
    day: date | None = None
    why: str = ""
    """Where the day is known from, in words."""
    sure: bool = False
    """Whether nobody has to be asked."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the papers of a list."""

    links: int
    """How many papers have one."""
    tags: int
    repeats: Mapping[int, Source] = field(default_factory=dict)
    """By the place in the list: where the library has the paper already."""
    problems: tuple[Problem, ...] = ()
    """What shows only when papers are made of the records."""


def lists_of(digest: Digest, today: date, given: date | None = None) -> list[DayList]:
    """Return the lists that a text holds, in its order; none of them is empty.

    A day that is `given` counts for all, and then there is one list; so does that of a file's name.
    """
    records = digest.records
    first = digest.lines[0].number if digest.lines else 1
    if given is not None or (digest.date is not None and len(_parts(digest)) < 2):
        why = "as you say" if given is not None else "as the file is named"
        return [DayList(records, first, given or digest.date, why, sure=True)] if records else []
    return [
        _dated(records[start:stop], stated, first if stated is None else stated.source.line, today)
        for start, stop, stated in _parts(digest)
    ]


def _parts(digest: Digest) -> list[tuple[int, int, StatedDay | None]]:
    """Return where lists begin and end among the records, each with its day."""
    days: list[StatedDay] = []
    for stated in sorted(digest.days, key=lambda stated: stated.first):
        if not days or (stated.month, stated.day) != (days[-1].month, days[-1].day):
            days.append(stated)
    starts: list[tuple[int, StatedDay | None]] = [(stated.first, stated) for stated in days]
    if not starts or starts[0][0] > 0:
        starts.insert(0, (0, None))
    stops = [*(first for first, _ in starts[1:]), len(digest.records)]
    found = zip(starts, stops, strict=True)
    return [(start, stop, stated) for (start, stated), stop in found if start < stop]


def _dated(
    records: tuple[Record, ...], stated: StatedDay | None, line: int, today: date
) -> DayList:
    newest = newest_of(records)
    if stated is None:
        return DayList(records, line)
    day = day_of(stated, newest[0] if newest else None, today)
    if day is None:
        return DayList(records, line)
    if stated.year is not None:
        return DayList(records, line, day, "as the text says", sure=True)
    known = newest is not None and newest[0] <= day
    year = f"after {newest[1]}" if newest is not None and known else "the latest there was"
    return DayList(
        records, line, day, f"{day.day} {wording.MONTHS[day.month - 1]} in the text, {year}"
    )


def facts_of(part: DayList, name: str, library: Sequence[Record], vocabulary: Vocabulary) -> Facts:
    """Find out what the papers of a list have, beside a library of records."""
    digest = Digest(name, name, part.day or date.min, part.records)
    own = build_library([digest], vocabulary)
    papers = own.papers.values()
    return Facts(
        links=sum(bool(paper.links) for paper in papers),
        tags=sum(bool(paper.tags) for paper in papers),
        repeats=repeats_in(part.records, library),
        problems=own.problems,
    )


def usable(record: Record) -> Record:
    """Return the record without links that lead nowhere: facts have a problem for each of them."""
    links = tuple(link for link in record.links if complete(link.text.rstrip(".,;")) is not None)
    return record if len(links) == len(record.links) else replace(record, links=links)


def repeats_in(records: Sequence[Record], library: Sequence[Record]) -> dict[int, Source]:
    """Return which records a library has already, by their index, each with where it has it."""
    groups, _ = group_repeats([*library, *records])
    size = len(library)
    found = {
        index - size: library[group[0]].source
        for group in groups
        for index in group
        if index >= size and group[0] < size
    }
    return dict(sorted(found.items()))


def file_stem(day: date, words: str) -> str:
    """Return the name of a digest's file without its ending: `2025-03-11-evening-list`."""
    return "-".join([day.isoformat(), *words_of(words)])


def words_of(text: str) -> list[str]:
    """Return the words of a text that a file's name can have."""
    return re.findall(r"[a-z0-9]+", text.lower())
