"""What a dialect is, and the sheet on which its grammar notes what it made of a text.

A dialect is a form in which lists of papers come: a copied page, an e-mail, a file of another
program. Each has a module of its own beside this one, with its signature lines and its grammar.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from generator.model import Line, LineClass, Problem, Record, Source, StatedDay
from generator.reading import fileproblems
from generator.reading.lines import RawLine


class Dialect(msgspec.Struct, frozen=True):
    """One form of lists."""

    name: str
    """What messages and commands call it: `arxiv-mail`."""
    title: str
    """What it is, for people: "an e-mail of arXiv with new submissions"."""
    signature: Callable[[Sequence[RawLine]], float]
    """How sure it is that lines are of this form: from 0 (not at all) to 1 (nothing else has this).

    A text is read by the surest dialect that is at least half sure; below that, as plain text.
    It looks for lines that the form always has, never for lengths, and takes linear time.
    """
    read: Callable[[str, Sheet], None]
    """Read a text onto a sheet. Raises nothing, whatever the text is."""
    looks: str = ""
    """A few lines of an example, which the list of known forms shows."""


class Sheet(msgspec.Struct):
    """What a grammar finds in a text: records, what each line is, problems, days.

    A line that is not blank and that nobody marks ends as unclassified, with a problem: nothing
    is dropped in silence.
    """

    path: str
    raw: Sequence[RawLine]
    """The lines of the text; blank ones have an empty `text`."""
    records: list[Record] = msgspec.field(default_factory=list)
    problems: list[Problem] = msgspec.field(default_factory=list)
    days: list[StatedDay] = msgspec.field(default_factory=list)
    _marks: dict[int, tuple[LineClass, int | None]] = msgspec.field(default_factory=dict)

    def source(self, number: int) -> Source:
        """Return where the line with this number (from 1) stands."""
        return Source(self.path, number)

    def add(self, record: Record) -> int:
        """Take in a record; return its index, which `mark` wants for the record's lines."""
        self.records.append(record)
        return len(self.records) - 1

    def mark(
        self, numbers: int | Iterable[int], kind: LineClass, record: int | None = None
    ) -> None:
        """Say what lines are, by their numbers from 1. The last word on a line counts."""
        for number in (numbers,) if isinstance(numbers, int) else numbers:
            self._marks[number] = (kind, record)

    def lines(self) -> tuple[Line, ...]:
        """Return every line with its class."""
        blank = (LineClass.BLANK, None)
        nowhere = (LineClass.UNCLASSIFIED, None)
        return tuple(
            Line(
                line.number,
                line.start,
                line.end,
                *self._marks.get(line.number, nowhere if line.text else blank),
            )
            for line in self.raw
        )

    def unread(self) -> list[Problem]:
        """Return a problem for each run of lines that nobody marked.

        A grammar that marks lines as unclassified itself has reported why.
        """
        found: list[tuple[int, int, str]] = []
        for line in self.raw:
            if line.text and line.number not in self._marks:
                if found and found[-1][1] == line.number - 1:
                    found[-1] = (found[-1][0], line.number, found[-1][2])
                else:
                    found.append((line.number, line.number, line.text))
        return [
            fileproblems.unread(self.source(first), text, last - first + 1)
            for first, last, text in found
        ]
