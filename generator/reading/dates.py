"""Read the digest's day from its file name and from its date line, and compare the two.

The file name decides; a date line can only agree or disagree. English names of months only:
that is what the copied pages have.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Sequence

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FILE_NAME = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})((?:-[A-Za-z0-9]+)*)\.txt")
_LONGEST = 40
_WEEKDAY = r"(?:(?P<weekday>[a-z]{3,9})\.?,?\s+)?"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_MONTH = r"(?P<month>[a-z]{3,9})\.?"
_YEAR = r"(?:,?\s+(?P<year>[0-9]{4}))?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_WEEKDAY}{_MONTH}\s+{_DAY}{_YEAR}",
        rf"{_WEEKDAY}{_DAY}\s+{_MONTH}{_YEAR}",
        r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})",
    )
)


_OTHER_FORMS = re.compile(
    r"[0-9]{1,4}([/.-])[0-9]{1,2}\1[0-9]{1,4}|[0-9]{1,2}[/.][0-9]{1,2}\.?|[0-9]{1,2}|[0-9]{8}"
    r"|(?:today|yesterday|tomorrow)(?:'s papers)?"
)
FORMS = "Mar 11, March 11, 2025, 11 Mar or 2025-03-11"


class DateLine(msgspec.Struct, frozen=True):
    """A line that has the form of a date; the day need not exist."""

    day: int
    month: int
    year: int | None = None
    weekday: int | None = None
    """0 is Monday."""

    def agrees_with(self, day: date) -> bool:
        """Whether all that the line says is true of the day."""
        return (
            (self.day, self.month) == (day.day, day.month)
            and self.year in (None, day.year)
            and self.weekday in (None, day.weekday())
        )


def file_name(path: str) -> str:
    """Return the last part of a path, with either kind of slash."""
    return re.split(r"[/\\]", path)[-1]


def slug_of(path: str) -> str:
    """Return the file's name without extension, in lower case."""
    name = file_name(path)
    stem, dot, _ = name.rpartition(".")
    return (stem if dot and stem else name).lower()


def date_of(path: str) -> date | None:
    """Return the day in a file name of the form `2025-03-11[-words].txt`; None for any other."""
    match = _FILE_NAME.fullmatch(file_name(path))
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def date_line_of(text: str) -> DateLine | None:
    """Read `Mar 11`, `11 March`, `March 11, 2025`, `2025-03-11`, `Tue, 11 Mar 2025`, or None."""
    if len(text) > _LONGEST:
        return None
    for form in _FORMS:
        match = form.fullmatch(text.lower())
        if match is not None:
            return _from(match.groupdict())
    return None


def day_in(text: str) -> date | None:
    """Return the day that a text names with its year, in any form that date lines can have."""
    line = date_line_of(text.strip())
    if line is None or line.year is None:
        return None
    try:
        day = date(line.year, line.month, line.day)
    except ValueError:
        return None
    return day if line.agrees_with(day) else None


def is_other_date(text: str) -> bool:
    """Whether a line has the form of a date that is not read: `3/11/2025`, `Today`, `12`."""
    if len(text) > _LONGEST or date_line_of(text) is not None:
        return False
    plain = text.lower().rstrip(".,")
    return _OTHER_FORMS.fullmatch(plain) is not None or plain in _DAYS


def _from(parts: dict[str, str | None]) -> DateLine | None:
    month = _month(parts["month"] or "")
    weekday = parts.get("weekday")
    weekday_number = None if weekday is None else _named(weekday, _DAYS)
    if month is None or (weekday is not None and weekday_number is None):
        return None
    year = parts.get("year")
    return DateLine(int(parts["day"] or 0), month, int(year) if year else None, weekday_number)


def _month(text: str) -> int | None:
    if text.isdecimal():
        return int(text)
    index = _named(text, _MONTHS)
    return None if index is None else index + 1


def _named(text: str, names: Sequence[str]) -> int | None:
    """Return the index of the name that the text is or abbreviates (`Sept` too)."""
    return next((index for index, name in enumerate(names) if name.startswith(text)), None)
