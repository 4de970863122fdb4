"""The page of daily papers, copied as text with the addresses of its links.

Each paper has: a link to log in (the button for votes), the title, the link to its page, the
abstract, the same link again, the number of authors or an organisation, a dot, the paper's day.
The two equal links around the abstract tell where texts begin and end, so that no length and no
wording needs to be weighed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import Enum

from generator.model import LineClass
from generator.reading.dialects.form import Dialect, Sheet
from generator.reading.dialects.huggingface import (
    day_before,
    day_of,
    is_authors,
    is_dot,
    is_head,
    is_login,
    is_own,
    is_votes,
    paper_of,
    visible,
)
from generator.reading.dialects.huggingface_cards import Card, finish, state_day
from generator.reading.lines import RawLine

_NEEDED = 3
"""Signs from which it is this page: a list written by hand may have one or two of them."""


def signature(lines: Sequence[RawLine]) -> float:
    """Count the kinds of lines that only this page has; none count without links to papers."""
    links: dict[str, int] = {}
    last = ""
    pair = login = authors = head = False
    for line in lines:
        if len(line.text) > 120:
            continue
        paper = paper_of(line.text)
        if paper is not None:
            pair = pair or paper == last
            last = paper
            links[paper] = 1
        login = login or is_login(line.text)
        authors = authors or is_authors(line.text) or is_dot(line.text)
        head = head or visible(line.text).casefold() in {"daily papers", "trending papers"}
    return min(1.0, (1 + pair + login + authors + head) / (2 * _NEEDED)) if links else 0.0


class _At(Enum):
    """Where in the page the walk is."""

    HEAD = 0
    TITLE = 1
    ABSTRACT = 2
    BELOW = 3
    """Below a paper's abstract, where its number of authors and its day stand."""


class _Walk:
    """Goes through the lines and makes cards of them."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.at = _At.HEAD
        self.card: Card | None = None
        self.waiting: list[RawLine] = []
        """Lines whose meaning the next lines tell."""
        self.before: date | None = None
        self.chrome_above = False

    def take(self, line: RawLine) -> None:
        """Take the next line that is not blank."""
        text = line.text
        paper = paper_of(text)
        if is_login(text):
            self._leave()
            self.at = _At.TITLE
            self._chrome(line)
        elif paper is not None:
            self._take_paper(line, paper)
        elif is_own(text):
            self.before = day_before(text) or self.before
            self._chrome(line)
        elif self.at in (_At.TITLE, _At.ABSTRACT) and not self._ends_abstract(text):
            self.waiting.append(line)
        else:
            self._take_around(line)

    def end(self) -> None:
        """Close what is open at the end of the text."""
        self._leave()

    def _take_paper(self, line: RawLine, paper: str) -> None:
        card = self.card
        if self.at is _At.ABSTRACT and card is not None and card.arxiv == paper:
            card.texts = [(line.number, line.text) for line in self.waiting]
            card.keys.append(line.number)
            card.closed = True
            self.waiting, self.at = [], _At.BELOW
        elif self.at is _At.BELOW and not self.waiting and card is not None and card.arxiv == paper:
            card.keys.append(line.number)
        else:
            own = -1 if self.at is _At.ABSTRACT else 0
            title, self.waiting = self.waiting[own:], self.waiting[: own or 0]
            self._leave()
            self.card = Card(
                title=[(line.number, line.text) for line in title],
                keys=[line.number],
                arxiv=paper,
                closed=False,
            )
            self.at = _At.ABSTRACT

    def _ends_abstract(self, text: str) -> bool:
        """Whether a line ends an abstract below which the second link is missing."""
        return self.at is _At.ABSTRACT and (is_authors(text) or is_dot(text))

    def _take_around(self, line: RawLine) -> None:
        """Take a line that stands neither in a title nor in an abstract."""
        if self.at is _At.ABSTRACT:
            self._leave_abstract()
        day = day_of(line.text)
        card = self.card
        if day is not None:
            self._drop(1 if self.chrome_above else 0)
            if card is not None and self.at is _At.BELOW and card.day is None:
                card.day = day
                card.keys.append(line.number)
            else:
                self._leave()
                state_day(self.sheet, line.number, day, self.before)
            self.chrome_above = True
        elif is_dot(line.text) or is_authors(line.text) or is_votes(line.text):
            self._drop(1 if is_dot(line.text) else 0)
            self._chrome(line)
        elif is_head(line.text):
            self._drop(1 if self.chrome_above and self.at is _At.HEAD else 0)
            self._chrome(line)
        else:
            self.waiting.append(line)

    def _chrome(self, line: RawLine) -> None:
        self.sheet.mark(line.number, LineClass.CHROME)
        self.chrome_above = True

    def _drop(self, number: int) -> None:
        """Take what waits for chrome if it is no more than a line: an organisation, a search."""
        if len(self.waiting) <= number:
            self.sheet.mark((line.number for line in self.waiting), LineClass.CHROME)
        self.waiting = []

    def _leave_abstract(self) -> None:
        if self.card is not None:
            self.card.texts = [(line.number, line.text) for line in self.waiting]
        self.waiting, self.at = [], _At.BELOW

    def _leave(self) -> None:
        """Finish the open card. What still waits has no place, and stays without a mark."""
        if self.at is _At.ABSTRACT:
            self._leave_abstract()
        finish(self.card, self.sheet)
        self.card, self.waiting, self.chrome_above = None, [], False
        self.at = _At.HEAD


def read(text: str, sheet: Sheet) -> None:
    """Read a copied page onto the sheet."""
    del text
    walk = _Walk(sheet)
    for line in sheet.raw:
        if line.text:
            walk.take(line)
    walk.end()


DIALECT = Dialect(
    "huggingface-page",
    "the page of daily papers at Hugging Face, copied as text",
    signature,
    read,
    """Daily Papers
https://huggingface.co/login?next=%2Fpapers%2F2503.04715
A Title
https://huggingface.co/papers/2503.04715
Its abstract, in one line.
https://huggingface.co/papers/2503.04715
2 authors
·
Mar 7, 2025""",
)
