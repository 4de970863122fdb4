"""The lines of a digest's text as a page shows them, cut into pages that stay within bounds.

One element holds a run of lines of one class, another each line: the text stands a second time in
the site, so that markup is as short as it can be, and of a long line of an abstract, which the page
of its paper has, only the beginning is shown. What is pasted is shown as text, and what it may hide
(controls, marks that turn the direction of writing, letters without a shape) by its number.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

import msgspec
from markupsafe import Markup

from generator.enriching.provenance import Repaired
from generator.model import Digest, Line, LineClass, Problem
from generator.writing.escaping import html

NAMES = {
    LineClass.TITLE: ("Title", "what a paper is called; with it the paper begins"),
    LineClass.KEY: ("Key", "authors, identifier, link, tags or note of a paper"),
    LineClass.ABSTRACT: ("Abstract", "the text of a paper"),
    LineClass.DATE: ("Date", "the day of the list; it belongs to no paper"),
    LineClass.CHROME: ("Chrome", "left over from where the text was copied; it is left out"),
    LineClass.UNCLASSIFIED: ("Unclassified", "belongs to no paper; a problem says so"),
    LineClass.BLANK: ("Blank", "sets apart what stands around it"),
}
"""What a class of lines is called on the page, and what it means."""

_BYTES, _NODES = 140_000, 1_250
"""What the lines of one page may weigh. The layout and what stands above them come on top."""

_LINE = 6_000
_PIECE = 160
_MESSAGE = 400
"""Characters that are shown of a line, of a repair and of a problem."""

_BEGINNING, _SPARED = 160, 40
"""Characters that are shown of a line of an abstract; for fewer than these it is not cut."""

_REPAIRS, _PROBLEMS, _PAPERS = 20, 10, 40
"""Notes of each kind that one line may have: an answer of an API can be all in one line."""

_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)


class Reading(msgspec.Struct, frozen=True):
    """A digest with its lines, and the text that it was read from."""

    digest: Digest
    text: str
    form: str
    """What the form is that the text has, in words."""


class Notes(msgspec.Struct, frozen=True):
    """What is known of a digest besides its lines."""

    papers: Sequence[Markup]
    """A link to the paper of each record; a record without one has no place here."""
    repairs: Sequence[Repaired] = ()
    problems: Sequence[Problem] = ()
    code: Callable[[Problem], Markup] = msgspec.field(default=lambda problem: html(problem.code))
    """A problem's code, linked to where it is explained."""

    def paper(self, record: int | None) -> Markup | None:
        """Return the link to the paper of a record."""
        known = record is not None and record < len(self.papers)
        return self.papers[record] if known and record is not None else None


class Row(msgspec.Struct, frozen=True):
    """One line, or a run of blank ones."""

    first: int
    last: int
    kind: LineClass
    record: int | None
    body: Markup
    nodes: int
    """Elements in the body."""


class Leaf(msgspec.Struct, frozen=True):
    """The lines of one page."""

    first: int
    last: int
    body: Markup


def shown(text: str, most: int = _MESSAGE) -> Markup:
    """Escape text, what it hides made visible; of a long text only the beginning."""
    plain = _HIDDEN.sub(_number, text[:most])
    if len(text) > most or len(plain) > most:
        plain = f"{plain[:most]} … (cut here: {len(text):,} characters)"
    return html(plain)


def _number(found: re.Match[str]) -> str:
    return f"⟨U+{ord(found[0]):04X}⟩"


def leaves(reading: Reading, notes: Notes, taken: tuple[int, int] = (0, 0)) -> list[Leaf]:
    """Lay the lines out on pages; on the first one `taken` bytes and elements stand already."""
    found: list[list[Row]] = [[]]
    size, nodes = taken
    for _, group in groupby(_grouped(_rows(reading, notes)), lambda pair: pair[0]):
        rows = [row for _, row in group]
        weights = list(_weights(rows, notes))
        for at, row in enumerate(rows):
            # A paper is not torn apart if it would fit on the rest of the page, or on one alone.
            ahead = weights if not at else weights[at : at + 1]
            heavy, many = (sum(each) for each in zip(*ahead, strict=True))
            over = size + heavy > _BYTES or nodes + many > _NODES
            if over and found[-1] and (at or size > _BYTES // 2 or nodes > _NODES // 2):
                found.append([])
                size = nodes = 0
            found[-1].append(row)
            size, nodes = size + weights[at][0], nodes + weights[at][1]
    return [
        Leaf(rows[0].first if rows else 0, rows[-1].last if rows else 0, _drawn(rows, notes))
        for rows in found
    ]


def _weights(rows: Sequence[Row], notes: Notes) -> Iterator[tuple[int, int]]:
    """Yield the bytes and elements of each row, with those of what begins with it."""
    before = None
    for row in rows:
        size, nodes = len(row.body.encode("utf-8", "replace")) + 24, 1 + row.nodes
        if row.kind is not before and row.kind is not LineClass.BLANK:
            size, nodes = size + 60, nodes + 1
        if before is None:
            size += 40 + len((notes.paper(row.record) or "").encode())
            nodes += 3
        before = row.kind
        yield size, nodes


def _grouped(rows: Sequence[Row]) -> Iterator[tuple[object, Row]]:
    """Pair rows with what keeps them together: those of a paper, and those between two papers."""
    last: dict[int, int] = {row.record: at for at, row in enumerate(rows) if row.record is not None}
    inside: int | None = None
    number = 0
    for at, row in enumerate(rows):
        if row.record is not None:
            number += row.record != inside
            inside = row.record
        elif inside is not None and last[inside] < at and row.kind is not LineClass.BLANK:
            number, inside = number + 1, None
        yield number, row


def _rows(reading: Reading, notes: Notes) -> list[Row]:
    repairs, problems, begins = defaultdict(list), defaultdict(list), defaultdict(list)
    for repair in notes.repairs:
        repairs[repair.source.line].append(repair)
    for problem in notes.problems:
        problems[problem.source.line].append(problem)
    for number, record in enumerate(reading.digest.records):
        begins[record.source.line].append(number)
    rows = []
    for run in _runs(reading.digest.lines, problems):
        line, last = run[0], run[-1].number
        text = _text(reading.text[line.start : line.end].rstrip("\r\n"), line.kind)
        others = [number for number in begins[line.number] if number != line.record]
        added = [
            *_some(_PAPERS, [_went_to(paper) for n in others if (paper := notes.paper(n))]),
            *_some(_REPAIRS, [_mended(each) for each in repairs[line.number]]),
            *_some(_PROBLEMS, [_told(each, notes.code) for each in problems[line.number]]),
        ]
        body = Markup("".join([text, *added])) if added else text  # noqa: S704 - all escaped
        nodes = sum(each.count("<") - each.count("</") for each in added)
        rows.append(Row(line.number, last, line.kind, line.record, body, nodes))
    return rows


def _text(text: str, kind: LineClass) -> Markup:
    if kind is LineClass.BLANK:
        return Markup("")
    if kind is not LineClass.ABSTRACT or len(text) <= _BEGINNING + _SPARED:
        return shown(text, _LINE)
    space = text.rfind(" ", _BEGINNING // 2, _BEGINNING)
    return shown(text, space if space > 0 else _BEGINNING)


def _runs(lines: Sequence[Line], problems: Mapping[int, object]) -> Iterator[list[Line]]:
    """Yield lines one by one, but blank ones of which nothing is said together."""
    blank: list[Line] = []
    for line in lines:
        if line.kind is LineClass.BLANK and line.number not in problems:
            blank.append(line)
            continue
        if blank:
            yield blank
            blank = []
        yield [line]
    if blank:
        yield blank


def _some(most: int, notes: list[Markup]) -> list[Markup]:
    if len(notes) <= most:
        return notes
    return [*notes[:most], Markup("<p>and {:,} more").format(len(notes) - most)]


def _went_to(paper: Markup) -> Markup:
    return Markup("<p>Paper: {}").format(paper)


def _mended(repair: Repaired) -> Markup:
    before, after = shown(repair.original, _PIECE), shown(repair.mended, _PIECE)
    return Markup("<p>Mended: <del>{}</del> → <ins>{}</ins>").format(before, after)


def _told(problem: Problem, code: Callable[[Problem], Markup]) -> Markup:
    return Markup("<p class=bad><b>{} {}</b> {}").format(
        problem.severity.capitalize(), code(problem), shown(problem.message)
    )


def _drawn(rows: Sequence[Row], notes: Notes) -> Markup:
    parts: list[str] = []
    for _, group in groupby(_grouped(rows), lambda pair: pair[0]):
        of_group = [row for _, row in group]
        record = next((row.record for row in of_group if row.record is not None), None)
        paper = notes.paper(record)
        parts.append(f"<section>\n<h3>{paper}</h3>\n" if paper else "<div>\n")
        for kind, run in groupby(
            zip(_kinds(of_group), of_group, strict=True), lambda each: each[0]
        ):
            parts += _run(kind, [row for _, row in run])
        parts.append("</section>\n" if paper else "</div>\n")
    return Markup("".join(parts))  # noqa: S704 - made of what is escaped


def _kinds(rows: Sequence[Row]) -> Iterator[LineClass]:
    """Yield the class of the run that each row stands in: one blank line or more breaks none."""
    for at, row in enumerate(rows):
        inside = row.kind is LineClass.BLANK and 0 < at < len(rows) - 1
        around = {each.kind for each in rows[at - 1 : at + 2 : 2]} if inside else {row.kind}
        yield around.pop() if len(around) == 1 else row.kind


def _run(kind: LineClass, rows: Sequence[Row]) -> Iterator[str]:
    if kind is LineClass.BLANK:
        for row in rows:
            lines = f"{row.first}" if row.first == row.last else f"{row.first}–{row.last}"
            yield f"<p id=L{row.first}>{lines} blank{row.body}</p>\n"
        return
    yield f"<ol class={kind} aria-label={NAMES[kind][0]} start={rows[0].first}>"
    value = ""
    for row in rows:
        if row.kind is LineClass.BLANK:
            last = f" to {row.last}" if row.first != row.last else ""
            yield f"<li id=L{row.first}{value} class=blank>blank{last}{row.body}"
        else:
            yield f"<li id=L{row.first}{value}>{row.body}"
        value = f" value={row.last + 1}" if row.first != row.last else ""
    yield "</ol>\n"


def tally(lines: Sequence[Line]) -> list[tuple[str, str, str]]:
    """Say how many lines there are of each class, with its name and what it means."""
    return [
        (name, f"{number:,}", meaning)
        for kind, (name, meaning) in NAMES.items()
        if (number := sum(line.kind is kind for line in lines))
    ]
