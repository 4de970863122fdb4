"""Find the day of a list, of which copied pages tell the month and the day but not the year."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from generator.model import Record, StatedDay

_ARXIV = re.compile(
    r"(?:[a-z.-]+/)?([0-9]{2})(0[1-9]|1[0-2])(?:\.[0-9]{4,5}|[0-9]{3})", re.IGNORECASE
)
_FIRST_YEAR = 91
"""arXiv began in 1991: a two-digit year from here on belongs to the last century."""
_LEAPS = 8
"""Years within which every day of the calendar comes at least once."""


def day_of(stated: StatedDay, newest: date | None, today: date) -> date | None:
    """Return the day that a text means; None if there is no such day.

    A year that is stated counts. Else the list is not older than the newest of its papers, so it
    is the first such day from there on; where none is known, or that day is still to come, the
    latest that has been.
    """
    if stated.year is not None:
        return _day(stated.year, stated)
    if newest is not None:
        after = [
            day
            for year in range(newest.year, min(newest.year + _LEAPS, today.year) + 1)
            if (day := _day(year, stated)) is not None and newest <= day <= today
        ]
        if after:
            return after[0]
    before = [
        day
        for year in range(today.year, max(today.year - _LEAPS, 1) - 1, -1)
        if (day := _day(year, stated)) is not None and day <= today
    ]
    return before[0] if before else None


def newest_of(records: Iterable[Record]) -> tuple[date, str] | None:
    """Return a day before which a list cannot have been, and the identifier or line that says so.

    An arXiv identifier tells the month, a paper's own day the day.
    """
    known: list[tuple[date, str]] = []
    for record in records:
        if record.published is not None:
            known.append((record.published, f"a paper of {record.published.isoformat()}"))
        if record.arxiv is not None and (month := _month(record.arxiv)) is not None:
            known.append((month, f"arXiv:{record.arxiv}"))
    return max(known, default=None)


def _month(identifier: str) -> date | None:
    found = _ARXIV.fullmatch(identifier)
    if found is None:
        return None
    year = int(found[1])
    return date((1900 if year >= _FIRST_YEAR else 2000) + year, int(found[2]), 1)


def _day(year: int, stated: StatedDay) -> date | None:
    try:
        return date(year, stated.month, stated.day)
    except ValueError:
        return None
