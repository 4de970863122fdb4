"""Words for dates and numbers, the same on every machine, whatever its locale."""

from __future__ import annotations

from datetime import date

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_TEASER = 240


def day(when: date) -> str:
    """`11 March 2025`."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def weekday(when: date) -> str:
    """`Tuesday`."""
    return _DAYS[when.weekday()]


def month(when: date) -> str:
    """`March 2025`."""
    return f"{MONTHS[when.month - 1]} {when.year}"


def count(number: int, one: str, many: str = "") -> str:
    """`1 paper`, `61 papers`, `1,384 papers`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def digest_words(slug: str) -> str:
    """Return what a digest's file name says besides the date: `evening list`, mostly empty."""
    return slug[11:].replace("-", " ").strip()


def cut(text: str, length: int) -> str:
    """Return the text if it is short enough, else its beginning, cut between words, with `…`."""
    if len(text) <= length and text.isprintable() and "  " not in text and text.strip() == text:
        return text  # As most are that are short: there is nothing to fold.
    line = " ".join(text[: 2 * length].split())
    if len(line) <= length:
        line = " ".join(text.split())  # It is not long, or most of it is white space.
    if len(line) <= length:
        return line
    head = line[: length - 1]
    # Chinese or Japanese has no spaces to cut at; one long word has none either.
    space = head.rfind(" ", length // 2)
    return f"{head[:space] if space > 0 else head}".rstrip(" ,;:.-–—") + "…"


def teaser(abstract: str) -> str:
    """Return the beginning of an abstract, for lists."""
    return cut(abstract, _TEASER)
