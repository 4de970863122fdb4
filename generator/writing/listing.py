"""Long lists cut into pages, so that no page grows without bound."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.model import Paper

PAGE = 50
"""Papers on a page of a long list."""

WHOLE = 75
"""A list of up to so many papers stays on one page: a day's list is read in one go."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a list."""

    number: int
    """Counted from 1."""
    of: int
    papers: Sequence[Paper]
    before: int
    """Papers on the pages before this one."""

    @property
    def range(self) -> str:
        """`51–100`, as readers count."""
        return f"{self.before + 1:,}–{self.before + len(self.papers):,}"


def sheets(papers: Sequence[Paper]) -> list[Sheet]:
    """Cut a list into pages; an empty list is one empty page."""
    size = PAGE if len(papers) > WHOLE else max(len(papers), 1)
    starts = range(0, max(len(papers), 1), size)
    return [
        Sheet(number, len(starts), papers[start : start + size], start)
        for number, start in enumerate(starts, 1)
    ]


def sheet_of(place: int, total: int) -> int:
    """Return the number of the page on which a list of `total` papers has its paper `place`.

    Places count from 0, pages from 1.
    """
    return 1 if total <= WHOLE else place // PAGE + 1


def numbers(sheet: Sheet) -> Iterator[int | None]:
    """Yield the pages that a page links to: first, last, those around it; None is a gap."""
    shown = sorted(
        {1, sheet.of, *range(sheet.number - 2, sheet.number + 3)} & {*range(1, sheet.of + 1)}
    )
    for before, number in zip([0, *shown], shown, strict=False):
        if number > before + 1:
            yield None
        yield number
