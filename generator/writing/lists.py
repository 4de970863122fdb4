"""What pages with a list of papers share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from generator.writing import addresses, wording
from generator.writing.catalogue import Catalogue
from generator.writing.entries import entry
from generator.writing.escaping import html
from generator.writing.listing import Sheet, numbers

DESCRIPTION = 155
"""Characters of a page's description: what search engines show of it."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A link to another page of the same list; without `href` it is this page or a gap."""

    text: str
    href: Markup | None = None


@dataclass(frozen=True, slots=True)
class PaperList:
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
