"""The page of trending papers, copied as text, with or without links in Markdown.

Each paper stands twice in a row, for wide screens and for narrow ones, and becomes one record.
What stands below a title is often a summary in one sentence, not the abstract; that is flagged.
The page says nothing of its own day.
"""

from __future__ import annotations

import re

from generator.model import LineClass
from generator.reading.chrome import Chrome, chrome_of
from generator.reading.dialects import problems
from generator.reading.dialects.form import Dialect, Sheet
from generator.reading.dialects.huggingface import (
    day_of,
    is_authors,
    is_dot,
    is_head,
    is_own,
    is_votes,
    trimmed,
)
from generator.reading.dialects.huggingface_cards import Card, finish, state_day
from generator.reading.dialects.huggingface_links import addresses, unlinked
from generator.reading.dialects.huggingface_signs import SUBMITTED, shown, trending
from generator.reading.dialects.huggingface_texts import (
    is_organisation,
    is_summary,
    link_end,
    title_lines,
)
from generator.reading.lines import RawLine, fold
from generator.reading.paperproblems import short_title_line

_HEADING = re.compile(r"#{1,6} ")
_PAGE_WORDS = frozenset({"upvote", "arxiv page", "project page", "hugging face"})


class _Walk:
    """Goes through the lines and makes cards of them; the last card waits for its copy."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.last: Card | None = None
        self.card: Card | None = None
        self.body: list[RawLine] | None = None
        """Title and text of the open card; None below them."""
        self.sender = False
        """Whether the next line names who submitted the paper."""

    def take(self, line: RawLine) -> None:
        """Take the next line that is not blank."""
        text = shown(line)
        submitted = SUBMITTED.fullmatch(text) if len(text) < 60 else None
        heading = _HEADING.match(text) is not None and not is_head(text)
        if self.sender and not heading:
            self.sender = False
            self._chrome(line)
        elif self.body is not None and _is_top(text):
            self._leave_top()
            self._chrome(line)
        elif submitted is not None and (self.body is None or self.body):
            self._open()
            self.sender = not submitted[1]
            self._chrome(line)
        elif heading and (self.body is None or self.body):
            self._open()
            self._add(line)
        elif self.body is None or (self.body and self._is_below(text)):
            self._close_body(text)
            self._take_below(line, text)
        else:
            self._add(line)

    def end(self) -> None:
        """Finish all cards that are open."""
        self._open()
        self._finish_last()

    def _add(self, line: RawLine) -> None:
        self.sender = False
        if self.body is not None:
            self.body.append(line)

    def _open(self) -> None:
        """Begin a card; the one before becomes the last, or is a copy of it."""
        if self.body:
            self._close_body("")
        if self.card is not None and (self.card.title or self.card.keys):
            if self.last is not None and _is_copy(self.card, self.last):
                self.last.take_copy(self.card)
            else:
                self._finish_last()
                self.last = self.card
        self.card, self.body = Card(), []

    def _leave_top(self) -> None:
        """Take what was collected for the top of a page, as another top begins below."""
        self.sheet.mark(
            (line.number for line in self.body or () if is_head(line.text)), LineClass.CHROME
        )
        self.card, self.body = None, None

    def _is_below(self, text: str) -> bool:
        day = day_of(text) is not None and (text[:1] in "·•-" or "ublished" in text)
        plain = text.casefold()
        return day or is_authors(text) or is_dot(text) or is_votes(text) or plain in _PAGE_WORDS

    def _take_below(self, line: RawLine, text: str) -> None:
        """Take a line that stands below a paper's text, or above all papers."""
        day = day_of(text)
        urls = addresses(line.text) or ([text] if text.startswith(("https://", "http://")) else [])
        taken = False
        if self.card is not None:
            taken = sum(self.card.take_link(url, self.sheet, line.number) for url in urls) > 0
        if day is not None and self.card is None:
            state_day(self.sheet, line.number, day)
        elif day is not None and self.card is not None:
            self.card.day = self.card.day or day
            self.card.keys.append(line.number)
        elif not taken and (
            self._is_below(text) or is_head(text) or is_own(text) or text.startswith("- ")
        ):
            self._chrome(line)

    def _close_body(self, below: str) -> None:
        """Part the open card's lines into title and text; `below` is what ended them."""
        body, self.body = self.body, None
        if not body or self.card is None:
            return
        if len(body) > 1 and not is_authors(below) and is_organisation(body):
            self._chrome(body.pop())
        cut = title_lines(body)
        for line in body[:cut]:
            text = _HEADING.sub("", trimmed(line.text), count=1)
            link = link_end(text)
            if link is not None:
                text, address = link
                self.card.take_link(address, self.sheet, line.number)
            self.card.title.append((line.number, unlinked(text.removeprefix("["))))
        self.card.texts = [(line.number, line.text) for line in body[cut:]]

    def _finish_last(self) -> None:
        card, self.last = self.last, None
        if card is None:
            return
        abstract = card.abstract()
        summary = bool(abstract) and is_summary(abstract)
        card.notes = (problems.SUMMARY_NOTE,) if summary else ()
        if finish(card, self.sheet) is None:
            return
        source = self.sheet.source(card.texts[0][0])
        if summary:
            self.sheet.problems.append(problems.summary(source, card.heading()))
        if len(card.title) > 1 and card.texts[0][0] == card.title[-1][0] + 1:
            title = self.sheet.source(card.title[0][0])
            self.sheet.problems.append(short_title_line(title, card.heading()))

    def _chrome(self, line: RawLine) -> None:
        self.sheet.mark(line.number, LineClass.CHROME)


def _is_top(text: str) -> bool:
    """Whether a line stands at the top of a page and is no paper's title."""
    return text.casefold() == "trending papers" or chrome_of(text) is Chrome.SLOGAN


def _is_copy(card: Card, other: Card) -> bool:
    """Whether a card repeats another: the same title, and no more text."""
    same = fold(card.heading()).casefold() == fold(other.heading()).casefold()
    return same and (not card.texts or other.abstract().startswith(card.abstract()))


def read(text: str, sheet: Sheet) -> None:
    """Read a copied page onto the sheet."""
    del text
    walk = _Walk(sheet)
    for line in sheet.raw:
        if line.text:
            walk.take(line)
    walk.end()


DIALECT = Dialect(
    "huggingface-trending",
    "the page of trending papers at Hugging Face, copied as text",
    trending,
    read,
    """Submitted by
someone
### A Title
A summary in one sentence.
- 61 authors
· Published on Sep 26, 2025
Upvote
180
arXiv Page""",
)
