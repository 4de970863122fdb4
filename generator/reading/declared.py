"""Read a digest that declares its form: its first line is `Format: broadsheet`.

That line says that nothing has to be guessed. Every title stands in one line that begins with
`# `; keys stand right below it, one a line; a blank line, then the abstract, in paragraphs with a
blank line between them. A paragraph that begins like a title or a key has a backslash before it,
which is no part of the text. `generator.canonical` writes this form, and whatever it writes comes
back as it was. A digest without the line is read by `pairing`, or by a dialect.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import msgspec

from generator.model import LineClass, StatedDay
from generator.reading import formproblems, keyproblems, paperproblems
from generator.reading.dates import date_line_of
from generator.reading.dialects.form import Sheet
from generator.reading.keys import KeyLine, is_slip, key_line_of, nearest_key
from generator.reading.keyvalues import Values
from generator.reading.lines import RawLine, prints_nothing

HEADER = "Format: broadsheet"
MARK = "#"
ESCAPE = "\\"
_VALUE = 60
"""Characters that the value of a key has at most if there is no such key."""


def is_declared(lines: Sequence[RawLine]) -> bool:
    """Whether the first line that is not blank declares the form."""
    first = next((line.text for line in lines if line.text), "")
    return first.casefold() == HEADER.casefold()


def escaped(paragraph: str) -> str:
    """Return a paragraph with folded white space as it has to be written to be read as text."""
    return ESCAPE + paragraph if _is_special(paragraph) else paragraph


def unescaped(text: str) -> str:
    """Return what `escaped` was given."""
    return text[1:] if text.startswith(ESCAPE) and _is_special(text) else text


def _is_special(text: str) -> bool:
    """Whether a text, but for backslashes before it, would not be read as the text that it is."""
    rest = text.lstrip(ESCAPE)
    return bool(rest) and (
        prints_nothing(rest) or _from_print(rest).startswith(MARK) or _is_key(key_line_of(rest))
    )


def _from_print(text: str) -> str:
    start = 0
    while text[start].isspace() or unicodedata.category(text[start]) == "Cf":
        start += 1
    return text[start:]


def _is_key(line: KeyLine | None) -> bool:
    return line is not None and line.key is not None


class _Paper(msgspec.Struct):
    """One paper while its lines come in."""

    number: int
    """Of the title's line."""
    title: str
    values: Values = msgspec.field(default_factory=Values)
    paragraphs: list[list[str]] = msgspec.field(default_factory=list)
    marks: list[tuple[int, LineClass]] = msgspec.field(default_factory=list)


def read_declared(sheet: Sheet) -> None:
    """Read the lines of a declared digest onto their sheet. Raises nothing."""
    _Reader(sheet).read()


class _Reader:
    """Goes down the lines of one digest, and knows the paper that it is in."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._paper: _Paper | None = None
        self._blank = False
        """Whether a blank line stands right above."""
        self._lost = False
        """Whether the line above belonged to no paper, and that was said."""
        self._top = True
        """Whether no title was seen yet."""

    def read(self) -> None:
        """Read all lines below the one that declares the form."""
        lines = iter(self._sheet.raw)
        header = next((line for line in lines if line.text), None)
        if header is not None:
            self._sheet.mark(header.number, LineClass.CHROME)
        for line in lines:
            if not line.text:
                self._blank, self._lost = True, False
                continue
            self._take(line.number, line.text)
            self._blank = False
        self._finish()

    def _take(self, number: int, text: str) -> None:
        if text == MARK or text.startswith(MARK + " "):
            self._finish()
            self._begin(number, text[2:])
        elif self._paper is None:
            self._outside(number, text)
        elif not self._paper.paragraphs and not self._blank:
            self._below_title(self._paper, number, text)
        else:
            self._in_abstract(self._paper, number, text)

    def _begin(self, number: int, title: str) -> None:
        self._top = self._lost = False
        if title:
            self._paper = _Paper(number, title, marks=[(number, LineClass.TITLE)])
        else:
            self._sheet.mark(number, LineClass.UNCLASSIFIED)
            self._sheet.problems.append(paperproblems.empty_mark(self._sheet.source(number)))

    def _outside(self, number: int, text: str) -> None:
        """Take a line that no paper has: above the first title, or below a mark without one."""
        day = date_line_of(text)
        source = self._sheet.source(number)
        if day is not None and self._top:
            self._sheet.days.append(StatedDay(source, day.month, day.day, day.year))
            self._sheet.mark(number, LineClass.DATE)
            return
        self._sheet.mark(number, LineClass.UNCLASSIFIED)
        if not self._lost:
            self._sheet.problems.append(paperproblems.lone_abstract(source, text, first=self._top))
        self._lost = True

    def _below_title(self, paper: _Paper, number: int, text: str) -> None:
        """Take a line right below the title or a key: a key, one that there is not, or text."""
        key = key_line_of(text)
        source = self._sheet.source(number)
        if key is not None and key.key is not None:
            self._sheet.problems += paper.values.take(key, source)
            paper.marks.append((number, LineClass.KEY))
        elif key is not None and _means_key(key):
            self._sheet.problems.append(keyproblems.wrong_key(source, key.word))
            paper.marks.append((number, LineClass.UNCLASSIFIED))
        else:
            self._sheet.problems.append(paperproblems.doubtful_line(source, text, "abstract"))
            self._in_abstract(paper, number, text)

    def _in_abstract(self, paper: _Paper, number: int, text: str) -> None:
        if self._blank or not paper.paragraphs:
            if not paper.paragraphs and _is_key(key_line_of(text)):
                source = self._sheet.source(number)
                self._sheet.problems.append(formproblems.key_in_text(source, text))
            paper.paragraphs.append([])
        paper.paragraphs[-1].append(unescaped(text))
        paper.marks.append((number, LineClass.ABSTRACT))

    def _finish(self) -> None:
        """Take in the paper that ends here, if it has an abstract."""
        paper, self._paper = self._paper, None
        if paper is None:
            return
        source = self._sheet.source(paper.number)
        if not paper.paragraphs:
            self._sheet.problems.append(paperproblems.lone_title(source, paper.title, marked=True))
            self._sheet.mark((number for number, _ in paper.marks), LineClass.UNCLASSIFIED)
            return
        abstract = "\n\n".join(" ".join(lines) for lines in paper.paragraphs)
        index = self._sheet.add(
            paper.values.record(title=paper.title, abstract=abstract, source=source)
        )
        for number, kind in paper.marks:
            self._sheet.mark(number, kind, None if kind is LineClass.UNCLASSIFIED else index)


def _means_key(key: KeyLine) -> bool:
    """Whether a word right below a title is meant for a key, and what follows for its value."""
    meant = is_slip(key.word) or nearest_key(key.word) is not None
    return meant or (key.word[0].isupper() and len(key.value) <= _VALUE)
