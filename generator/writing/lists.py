"""What pages with a list of papers share."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
from markupsafe import Markup

from generator.model import Issue
from generator.writing import addresses, wording
from generator.writing.catalogue import Catalogue
from generator.writing.entries import entry
from generator.writing.escaping import html
from generator.writing.listing import Sheet, Stretch, numbers

DESCRIPTION = 155
"""Characters of a page's description: what search engines show of it."""


class Turn(msgspec.Struct, frozen=True):
    """A link to another page of the same list; without `href` it is this page or a gap."""

    text: str
    href: Markup | None = None


class PaperList(msgspec.Struct, frozen=True):
    """A page of a list of papers as templates and scripts know it."""

    name: Markup
    """`digest:2025-03-11` or `tag:agents`: which list this is."""
    total: str
    """Papers of the whole list; empty if a script has to count them."""
    papers: tuple[Markup, ...]
    """Finished entries."""
    range: str
    """`51–100`; empty if the list is one page."""
    turns: tuple[Turn, ...]
    previous: Markup | None = None
    next: Markup | None = None


def list_of(
    catalogue: Catalogue,
    here: str,
    sheet: Sheet,
    name: str,
    total: int,
    address: Callable[[int], str] | None = None,
) -> PaperList:
    """Gather a page of a list; without `address` it has no ways to its other pages."""

    def to(number: int) -> Markup | None:
        there = address and 1 <= number <= sheet.of and number != sheet.number
        return html(addresses.relative(here, address(number))) if address and there else None

    turns = [
        Turn("…") if number is None else Turn(str(number), to(number)) for number in numbers(sheet)
    ]
    return PaperList(
        name=html(name),
        total=str(total),
        papers=tuple(entry(catalogue, paper, here) for paper in sheet.papers),
        range=sheet.range if sheet.of > 1 else "",
        turns=tuple(turns) if address and sheet.of > 1 else (),
        previous=to(sheet.number - 1),
        next=to(sheet.number + 1),
    )


def grown_list(
    here: str, stretch: Stretch, name: str, total: int, address: Callable[[int], str]
) -> PaperList:
    """Gather a page of a list that grows at its head, but for its papers.

    Its first page alone knows the number of all papers.
    """

    def to(number: int | None) -> Markup | None:
        return html(addresses.relative(here, address(number))) if number else None

    turns = []
    for number in stretch.turns:
        if number is None:
            turns.append(Turn("…"))
        else:
            words = "Newest" if number == 1 else str(number)
            turns.append(Turn(words, None if number == stretch.number else to(number)))
    return PaperList(
        name=html(name),
        total=str(total) if stretch.number == 1 else "",
        papers=(),
        range="",
        turns=tuple(turns) if len(turns) > 1 else (),
        previous=to(stretch.newer),
        next=to(stretch.older),
    )


def span(issues: Sequence[Issue]) -> str:
    """Say of which digests papers are: `3 March 2025 to 9 March 2025`."""
    days = sorted({issue.date for issue in issues})
    return " to ".join(dict.fromkeys(map(wording.day, (days[0], days[-1])))) if days else "no day"


def with_number(title: str, sheet: Sheet) -> str:
    """Return the title of a page of a list: the first one has no number."""
    return title if sheet.number == 1 else f"{title}, page {sheet.number} of {sheet.of}"


def totals(catalogue: Catalogue) -> str:
    """Say how much the library holds: `61 papers in 1 digest`."""
    library = catalogue.library
    return (
        f"{wording.count(len(library.papers), 'paper')} in "
        f"{wording.count(len(library.issues), 'digest')}"
    )
