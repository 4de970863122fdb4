"""How a digest was read: a page that shows every line of its text and what became of it.

Whoever builds the site has the text; it comes in by a `Supply`, and is asked for only when a page
has to be made. How many pages there are is remembered, since it takes the text to tell.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from typing import Protocol

import msgspec
from markupsafe import Markup

from generator.enriching.kept import Readable
from generator.enriching.provenance import Repaired, repairs_in
from generator.enriching.readable import readable
from generator.enriching.shelves import Shelf
from generator.memory import Memory
from generator.model import (
    Appearance,
    Digest,
    Draft,
    Issue,
    LineClass,
    Page,
    PageDraft,
    Paper,
    Problem,
)
from generator.writing import addresses, wording
from generator.writing.catalogue import Catalogue
from generator.writing.digests import digest_title, issue_source
from generator.writing.drafts import key_of
from generator.writing.escaping import html
from generator.writing.listing import Sheet, numbers
from generator.writing.lists import Turn
from generator.writing.rendering import render
from generator.writing.sourcelines import Leaf, Notes, Reading, leaves, shown, tally

_PROBLEMS = 50
"""Problems that the first page lists on top; all of them stand at their lines."""
_OPEN = 8
"""So many of them are unfolded."""
_TOP = (600, 5)
"""Bytes and elements of each, besides its message."""

_TITLE = 300
"""Characters of a paper's title."""

_LEFT_OUT = (LineClass.CHROME, LineClass.UNCLASSIFIED)

_UP = Markup("\0")
"""Stands for the way to the site's root until it is known which page it is: no text has it."""


class Supply(Protocol):
    """Gives the texts of digests; the disk is its business."""

    def mark(self, issue: Issue) -> bytes:
        """Return a digest of a file's content: equal ones, equal text."""

    def read(self, issue: Issue) -> Reading:
        """Return a file's text, and how it was read."""

    def explained(self, code: str) -> str:
        """Return the address, from the site's root, where a code is explained; "" if nowhere."""


class _Known(msgspec.Struct, frozen=True):
    """What the pages of one digest rest on."""

    catalogue: Catalogue
    supply: Supply
    issue: Issue
    problems: tuple[Problem, ...]
    """Those of its file, in the order of lines."""


class _Report(msgspec.Struct, frozen=True):
    """How one digest was read."""

    reading: Reading
    repairs: tuple[Repaired, ...]
    leaves: tuple[Leaf, ...]

    def page_of(self, line: int) -> int | None:
        """Return the number of the page that has a line; None if there is no such line."""
        number = bisect_right(self.leaves, line, key=lambda leaf: leaf.first)
        return number if number and line <= self.leaves[number - 1].last else None


def source_drafts(catalogue: Catalogue, supply: Supply, memory: Memory) -> Iterator[PageDraft]:
    """Tell the pages on how digests were read: one for each, or several for a long text."""
    shelf = Shelf(memory, "sources", dict[bytes, int])
    of_file: dict[str, list[Problem]] = defaultdict(list)
    for problem in catalogue.library.problems:
        of_file[problem.source.path].append(problem)
    for issue in catalogue.library.issues:
        problems = tuple(sorted(of_file[issue.path]))
        known = _Known(catalogue, supply, issue, problems)
        key = key_of(
            "source",
            supply.mark(issue),
            (issue.slug, issue.date, issue.path),
            [(slug, catalogue.library.papers[slug].title) for slug in issue.records],
            [(problem, supply.explained(problem.code)) for problem in problems],
        )
        pages = shelf.get(key, partial(_number_of_pages, known))
        for number in range(1, pages + 1):
            path = addresses.document(addresses.source(issue.slug, number))
            yield Draft(path, key_of(key, number), partial(_page, known, number))
    shelf.put_away()


def _number_of_pages(known: _Known) -> int:
    return len(_report(known).leaves)


def _report(known: _Known) -> _Report:
    """Return how a digest was read; of the last one that was asked for it is known."""
    kept, place = known.catalogue.kept, ("source", "")
    if place not in kept or kept[place][0] != known.issue.slug:
        kept[place] = (known.issue.slug, _new_report(known))
    report: _Report = kept[place][1]
    return report


def _new_report(known: _Known) -> _Report:
    reading = known.supply.read(known.issue)
    digest = reading.digest
    repairs = tuple(repairs_in(digest, reading.text, partial(_shown_of, known, digest)))
    papers = [_link(known.catalogue.library.papers[slug]) for slug in known.issue.records]
    notes = Notes(papers, repairs, known.problems, partial(_code, known.supply))
    top = known.problems[:_PROBLEMS]
    taken = (
        sum(_TOP[0] + len(problem.message) for problem in top),
        _TOP[1] * len(top),
    )
    return _Report(reading, repairs, tuple(leaves(reading, notes, taken)))


def _shown_of(known: _Known, digest: Digest, number: int) -> Readable | Paper:
    """Return a record as it is shown. A paper shows the oldest one; others are read once more."""
    record, slugs = digest.records[number], known.issue.records
    if number < len(slugs):
        paper = known.catalogue.library.papers[slugs[number]]
        if paper.appearances[0] == Appearance(digest.slug, record.source):
            return paper
    return readable(record)


def _link(paper: Paper) -> Markup:
    title = shown(wording.cut(paper.title, _TITLE)) or html(paper.slug)
    pieces = ('<a href="', _UP, html(addresses.paper(paper.slug)), '">', title, "</a>")
    return Markup("".join(pieces))  # noqa: S704 - each of them is escaped


def _code(supply: Supply, problem: Problem) -> Markup:
    there = supply.explained(problem.code)
    if not there:
        return html(problem.code)
    return Markup('<a href="{}{}">{}</a>').format(_UP, html(there), html(problem.code))


def _page(known: _Known, number: int) -> Page:
    report = _report(known)
    issue, digest = known.issue, report.reading.digest
    here = addresses.source(issue.slug, number)
    leaf = report.leaves[number - 1] if number <= len(report.leaves) else Leaf(0, 0, Markup(""))
    sheet = Sheet(number, len(report.leaves), (), 0)
    title = f"{digest_title(issue)}: how it was read"

    def to(address: str) -> Markup:
        return html(addresses.relative(here, address))

    def turn(number: int | None) -> Turn:
        if number is None or number == sheet.number:
            return Turn("…" if number is None else str(number))
        return Turn(str(number), to(addresses.source(issue.slug, number)))

    def beside(number: int) -> Markup | None:
        return turn(number).href if 1 <= number <= sheet.of else None

    left_out = sum(line.kind in _LEFT_OUT for line in digest.lines)
    problems = known.problems
    told = [_told(known, report, here, problem) for problem in problems[:_PROBLEMS]]
    return render(
        here,
        "source",
        title=title if number == 1 else f"{title}, page {number} of {sheet.of}",
        description=f"Every line of the text that this digest was made of, and what became of it: "
        f"{wording.count(len(digest.lines), 'line')}, {wording.count(len(issue.papers), 'paper')}.",
        updated=issue.date,
        head_values={"search": {"exclude": True}},
        digest=to(addresses.digest(issue.slug)),
        first=number == 1,
        whole=to(addresses.source(issue.slug)),
        raw=to(issue_source(issue)),
        form=html(report.reading.form),
        dialect=html(digest.dialect),
        totals=[
            _total(len(digest.lines), "line"),
            _total(len(issue.papers), "paper"),
            _total(left_out, "line left out", "lines left out"),
            _total(len(report.repairs), "repair"),
            _total(len(problems), "problem"),
        ],
        tally=tally(digest.lines),
        problems=told[:_OPEN],
        folded=told[_OPEN:],
        more=f"{len(problems) - _PROBLEMS:,}" if len(problems) > _PROBLEMS else "",
        range=f"{leaf.first:,}–{leaf.last:,}" if sheet.of > 1 else "",
        lines=Markup(leaf.body.replace(_UP, addresses.up(here))),  # noqa: S704 - as it was
        list={
            "turns": [turn(each) for each in numbers(sheet)] if sheet.of > 1 else [],
            "previous": beside(number - 1),
            "next": beside(number + 1),
        },
    )


def _total(number: int, one: str, many: str = "") -> list[str]:
    """Return a number and what it counts."""
    return wording.count(number, one, many).split(" ", 1)


def _told(known: _Known, report: _Report, here: str, problem: Problem) -> Markup:
    """Tell a problem for the list on top, with the way to its line."""
    line, page = problem.source.line, report.page_of(problem.source.line)
    words: Markup | str = f"Line {line:,}"
    if page is not None:
        there = addresses.relative(here, addresses.source(known.issue.slug, page))
        href = html("" if there == "./" else there)
        words = Markup('<a href="{}#L{}">{}</a>').format(href, line, words)
    code = Markup(_code(known.supply, problem).replace(_UP, addresses.up(here)))  # noqa: S704
    return Markup("{}: {} {} {}").format(words, problem.severity, code, shown(problem.message))
