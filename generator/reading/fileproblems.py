"""The words of the problems of a file: its name, its bytes, its date, and what it is at all.

What can be wrong with one paper's title and abstract is for `paperproblems`, with its keys for
`keyproblems`. When something is a problem is for the callers to find.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.reading.dates import FORMS
from generator.reading.wording import error, mark, quoted, warning

if TYPE_CHECKING:
    from datetime import date

    from generator.model import Problem, Source

LARGEST, MOST_LINES = 20_000_000, 100_000
"""Of a digest's text: a list of ten thousand papers has twelve million letters, 40,000 lines."""


def bad_file_name(source: Source, name: str) -> Problem:
    """Report a file name without the digest's day."""
    return error(
        source,
        f"the file is named {quoted(name)}; expected a day of the calendar and, after hyphens,"
        " words of letters and digits",
        "name it 2025-03-11.txt or 2025-03-11-reading-group.txt",
        "B001",
    )


def not_utf8(source: Source, byte: int, offset: int, guess: str) -> Problem:
    """Report the first byte that is no UTF-8; the offset is counted from 0."""
    return error(
        source,
        f"byte 0x{byte:02x} at offset {offset} is not UTF-8; the file looks like {guess};"
        " nothing was read",
        "open it in its own encoding and save it as UTF-8",
        "B002",
    )


def binary(source: Source, offset: int, guess: str) -> Problem:
    """Report a NUL, which no text has."""
    return error(
        source,
        f"byte 0x00 at offset {offset} does not belong in text; the file looks like {guess};"
        " nothing was read",
        "save the list as plain text in UTF-8",
        "B003",
    )


def too_large(source: Source, found: str) -> Problem:
    """Report a file that is larger than any list of one day; `found` says by what measure."""
    return error(
        source,
        f"the file has {found}; at most {LARGEST:,} bytes in {MOST_LINES:,} lines are read,"
        " and nothing was",
        "a digest is the list of one day: put the list of each day into a file of its own",
        "B017",
    )


def lost_characters(source: Source, sample: str) -> Problem:
    """Report characters that were lost before the text came here."""
    return warning(
        source,
        f"characters were lost in a change of encoding, before this was saved: {quoted(sample)}",
        "copy the text again from where it came from",
        "B005",
    )


def no_papers(source: Source) -> Problem:
    """Report a digest that lists nothing."""
    return error(
        source,
        "no papers in this file; expected a title, a blank line and an abstract for each",
        "# Attention Is All You Need\n\nThe dominant sequence transduction models are based on …",
        "B006",
    )


def only_titles(source: Source) -> Problem:
    """Report a list whose abstracts look like titles."""
    return error(
        source,
        "this looks like a list of titles only; each needs an abstract",
        "# Attention Is All You Need\n\nThe dominant sequence transduction models are based on …",
        "B007",
    )


def labels(source: Source) -> Problem:
    """Report that labels were taken off."""
    return warning(
        source,
        'read "Title:" and "Abstract:" as labels, and took them off',
        "leave them out: a title, a blank line and its abstract are enough",
        "B008",
    )


def date_disagrees(source: Source, text: str, day: date) -> Problem:
    """Report a date line that says another day than the file name."""
    return error(
        source,
        f"the date line {quoted(text)} is not the day in the file name, {day.isoformat()}",
        f"write {day.isoformat()}, or leave the line out, or rename the file",
        "B009",
    )


def wrong_date(source: Source, text: str, day: date | None) -> Problem:
    """Report a date in a form that is not read."""
    return error(
        source,
        f"{quoted(text)} stands where the date can stand; expected {FORMS}",
        f"write {day.isoformat() if day else '2025-03-11'}, or leave the line out"
        f"; if it is a title, add its abstract and {mark(text)}",
        "B010",
    )


def stray(source: Source, text: str) -> Problem:
    """Report chrome or a date that stands among the papers."""
    return error(
        source,
        f"{quoted(text)} belongs to a page's top, not among papers; it was left out",
        "delete the line; a second list goes into a file of its own, named by its day",
        "B011",
    )


def unread(source: Source, text: str, number: int) -> Problem:
    """Report lines that have no place in the form that the file has."""
    more = f" and {number - 1} more below it" if number > 1 else ""
    return warning(
        source,
        f"{quoted(text)}{more}: not part of any paper, and nothing that this form has; left out",
        "delete what does not belong to the list; if it does, write the paper by hand:\n"
        "# Attention Is All You Need\n\nThe dominant sequence transduction models are based on …",
        "B012",
    )
