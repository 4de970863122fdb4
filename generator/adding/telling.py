"""Tell what was understood of a paste: a table of its lists, and the first titles of each."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from generator.adding.lists import DayList, Facts
from generator.checking.excerpt import excerpt_of
from generator.writing import wording

_HEADS = ("list", "papers", "with links", "with tags", "repeats", "problems")
_TITLES = 5
"""Titles of a list that are shown."""
_NARROWEST = 20

Row = tuple[str, int, int, int, int, int]


def row_of(part: DayList, facts: Facts, problems: int) -> Row:
    """Return what the table says of a list."""
    name = wording.day(part.day) if part.day else "(no day)"
    repeats = len(facts.repeats)
    return name, len(part.records), facts.links, facts.tags, repeats, problems


def table(rows: Sequence[Row], width: int) -> list[str]:
    """Return the lines of a table, none wider than `width`; upright where there is no room."""
    cells = [_HEADS, *(tuple(map(str, row)) for row in rows)]
    sizes = [max(len(row[at]) for row in cells) for at in range(len(_HEADS))]
    if sum(sizes) + 2 * (len(sizes) - 1) <= width:
        return [
            "  ".join(
                cell.ljust(size) if at == 0 else cell.rjust(size)
                for at, (cell, size) in enumerate(zip(row, sizes, strict=True))
            ).rstrip()
            for row in cells
        ]
    return [
        excerpt_of(f"{head}: {cell}", width=width).text
        for row in cells[1:]
        for head, cell in zip(_HEADS, row, strict=True)
    ]


def titles(part: DayList, facts: Facts, width: int) -> list[str]:
    """Return the first titles of a list, each on a line, and the first that are repeats."""
    width = max(width, _NARROWEST)
    found = [
        excerpt_of(f"  {at + 1}. {record.title}", width=width).text
        for at, record in enumerate(part.records[:_TITLES])
    ]
    more = len(part.records) - _TITLES
    if more > 0:
        found.append(f"  … and {more} more")
    if facts.repeats:
        found.append(excerpt_of("  In the library already:", width=width).text)
    for at, source in islice(facts.repeats.items(), _TITLES):
        place = source.path.rpartition("/")[2].removesuffix(".txt")
        text = f"  {at + 1}. in {place}: {part.records[at].title}"
        found.append(excerpt_of(text, width=width).text)
    more = len(facts.repeats) - _TITLES
    if more > 0:
        found.append(f"  … and {more} more")
    return found
