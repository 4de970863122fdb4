"""Long lists cut into pages, so that no page grows without bound.

A digest is cut into sheets, from its first paper on. The list of a tag grows at its head with each
digest: it is cut into stretches from its oldest paper on, so that a page once full stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from generator.model import Paper

PAGE = 50
"""Papers on a page of a long list."""

WHOLE = 61
"""A list of up to so many papers stays on one page: a day's list is read in one go. More would be
more than 1,500 elements."""


class Sheet(msgspec.Struct, frozen=True):
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


class Stretch(msgspec.Struct, frozen=True):
    """One page of a list that grows at its head. Of the whole list it knows only its neighbours."""

    number: int
    """1 is the newest page; the others count from 2, the oldest page, on."""
    papers: Sequence[Paper]
    newer: int | None
    older: int | None
    """Numbers of the pages beside it."""

    @property
    def turns(self) -> list[int | None]:
        """Pages that it links to: the newest, itself, some older ones, the oldest; None is a gap.

        Not the number of all pages: it would be another one time and again.
        """
        last = self.number if self.number > 1 else self.older or 1
        near = [number for number in range(last, last - 3, -1) if number > 1]
        turns: list[int | None] = [1]
        if self.number > 1 and self.newer != 1:
            turns.append(None)
        turns += near
        if near and near[-1] > 3:
            turns.append(None)
        if near and near[-1] > 2:
            turns.append(2)
        return turns


def stretches(listed: Sequence[Paper | None]) -> Iterator[Stretch]:
    """Cut a list, newest first, into pages; the newest page comes first, then from the oldest on.

    `listed` has None where a newer digest lists the paper again: it stands there, and what is cut
    stays where it is. The oldest papers become a page when the newest page keeps as many: so it is
    never short, no paper stands twice, and no number goes once it was given.
    """
    older = max(len(listed) // PAGE - 1, 0)
    newest = len(listed) - PAGE * older
    yield Stretch(1, _papers(listed[:newest]), None, older + 1 if older else None)
    for at in range(1, older + 1):
        end = len(listed) - PAGE * (at - 1)
        yield Stretch(
            at + 1,
            _papers(listed[end - PAGE : end]),
            newer=at + 2 if at < older else 1,
            older=at if at > 1 else None,
        )


def _papers(listed: Sequence[Paper | None]) -> list[Paper]:
    return [paper for paper in listed if paper]
