"""The page of one paper at Hugging Face, copied as text, with or without links in Markdown.

The paper ends where the page's buttons begin; below "Community" stand comments, some of them by
programs that list further titles, and none of that is read. Between "Abstract" and the abstract
the page puts a generated summary, without a break between the two; that is flagged.
"""

from __future__ import annotations

import re
from enum import Enum

from generator.model import LineClass
from generator.reading.dialects import problems
from generator.reading.dialects.form import Dialect, Sheet
from generator.reading.dialects.huggingface import day_of, is_dot, is_head, is_votes, visible
from generator.reading.dialects.huggingface_cards import Card, finish
from generator.reading.dialects.huggingface_links import addresses
from generator.reading.dialects.huggingface_signs import (
    PAPER_AUTHORS,
    PAPER_ID,
    PAPER_TOP,
    SUBMITTED,
    paper_page,
    shown,
)
from generator.reading.dialects.huggingface_texts import GLUE, is_summary, squeezed, title_start
from generator.reading.keys import arxiv_of
from generator.reading.lines import RawLine

_ASIDE = re.compile(
    r"#?[0-9]{1,3} paper of the (?:day|week|month)|on [a-z]{3,9}\.? [0-9]{1,2}(?:, [0-9]{4})?",
    re.IGNORECASE,
)
_BUTTONS = ("view arxiv page", "view pdf", "project page", "add to collection", "arxiv page")
_ENDS = re.compile(r"(?:community|(?:models|datasets|spaces|collections) (?:citing|including)\b.*)")
_LABEL = frozenset({"ai-generated summary", "ai summary"})


class _At(Enum):
    """Where in the page the walk is."""

    TOP = 0
    META = 1
    SENDER = 2
    AUTHORS = 3
    ABSTRACT = 4
    BUTTONS = 5
    COMMENTS = 6


class _Walk:
    """Goes through the lines and makes a card of each page."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.at = _At.TOP
        self.card = Card()
        self.named: tuple[int, str] | None = None
        """The title as the page's name says it."""
        self.waiting: list[RawLine] = []
        """Lines above the day, of which the last are the title."""
        self.tops: set[int] = set()
        """Numbers of the lines with the page's name."""
        self.label: int | None = None
        """Number of the line that says what the summary is."""

    def take(self, line: RawLine) -> None:
        """Take the next line that is not blank."""
        text = shown(line).lstrip("#·• ") or shown(line)
        low = text.casefold()
        top = PAPER_TOP.fullmatch(text)
        arxiv = PAPER_ID.fullmatch(text)
        if top is not None:
            if not self._is_again(top[1]):
                self.end()
            self.named = (line.number, top[1])
            self.tops.add(line.number)
            self._chrome(line)
        elif arxiv is not None and self.at in (_At.TOP, _At.COMMENTS):
            if self.at is _At.COMMENTS:
                self.end()
            self.card.arxiv = arxiv_of(arxiv[1])
            self.card.keys.append(line.number)
        elif self.at is _At.COMMENTS:
            self._chrome(line)
        elif self.at is _At.SENDER:
            self.at = _At.META
            self._chrome(line)
        elif low == "abstract" and self.at is not _At.ABSTRACT:
            self._take_title()
            self.at = _At.ABSTRACT
            self._chrome(line)
        elif _is_button(low) or (self.at is _At.BUTTONS and not _ENDS.fullmatch(low)):
            self._take_button(line)
        elif _ENDS.fullmatch(low) and self.at is not _At.TOP:
            self.at = _At.COMMENTS
            self._chrome(line)
        elif self.at is _At.ABSTRACT:
            self._take_text(line, low)
        elif self.at is _At.AUTHORS or PAPER_AUTHORS.fullmatch(text):
            self._take_authors(line, text)
        else:
            self._take_meta(line, text)

    def end(self) -> None:
        """Finish the page that is open."""
        self._take_title()
        card = self.card
        if card.texts:
            self._flag()
        if card.title:
            finish(card, self.sheet)
        self.card, self.named, self.waiting, self.label = Card(), None, [], None
        self.at = _At.TOP

    def _is_again(self, name: str) -> bool:
        """Whether a page's name only repeats the one above it."""
        named = squeezed(self.named[1]) if self.named is not None else None
        return not self.card.texts and named == squeezed(name)

    def _take_meta(self, line: RawLine, text: str) -> None:
        """Take a line above the authors: a head, the title, the day, who submitted, votes."""
        day = day_of(text)
        submitted = SUBMITTED.fullmatch(text)
        if day is not None or text.casefold().startswith("published on"):
            self._take_title()
            self.card.day = self.card.day or day
            self.card.keys.append(line.number)
            self.at = _At.META
        elif submitted is not None:
            self._take_title()
            self.at = _At.META if submitted[1] else _At.SENDER
            self._chrome(line)
        elif (
            is_dot(text)
            or _ASIDE.fullmatch(text) is not None
            or (self.at is _At.META and (is_votes(text) or is_head(text)))
        ):
            self._chrome(line)
        elif self.at is _At.TOP:
            self.waiting.append(line)

    def _take_title(self) -> None:
        """Find the title among the lines that wait; what is left of them is the page's head."""
        if self.card.title or not (self.waiting or self.named):
            return
        waiting, self.waiting = self.waiting, []
        start = title_start(waiting, self.named[1] if self.named else None)
        title = [(line.number, shown(line).lstrip("# ")) for line in waiting[start:]]
        self.card.title = title or [self.named or (0, "")]
        whole = squeezed(self.card.title[-1][1])
        for line in waiting[:start]:
            wrapped = line.number - 1 in self.tops and squeezed(line.text) in whole
            if wrapped or is_head(shown(line)):
                self._chrome(line)

    def _take_authors(self, line: RawLine, text: str) -> None:
        match = PAPER_AUTHORS.fullmatch(text)
        names = [visible(name) for name in (match[1] if match else text).split(",")]
        self._take_title()
        self.at = _At.AUTHORS
        found = [name for name in map(str.strip, names) if name and not is_votes(name)]
        self.card.authors += tuple(name for name in found if name not in self.card.authors)
        if found:
            self.card.keys.append(line.number)
        else:
            self._chrome(line)

    def _take_text(self, line: RawLine, low: str) -> None:
        if low in _LABEL:
            self.label = line.number
            self._chrome(line)
        elif is_votes(low):
            self._take_button(line)
        else:
            self.card.texts.append((line.number, shown(line)))

    def _take_button(self, line: RawLine) -> None:
        self.at = _At.BUTTONS
        taken = [self.card.take_link(url, self.sheet, line.number) for url in addresses(line.text)]
        if not any(taken):
            self._chrome(line)

    def _flag(self) -> None:
        """Leave out a summary that is labelled, and flag one that runs into the abstract."""
        card = self.card
        above = [entry for entry in card.texts if entry[0] < (self.label or 0)]
        below = card.texts[len(above) :]
        if self.label is not None and above and below:
            self.sheet.mark((number for number, _ in above), LineClass.CHROME)
            card.texts = below
        text, title = card.abstract(), card.heading()
        source = self.sheet.source(card.texts[0][0])
        glue = GLUE.search(text, 0, len(text) // 2)
        if is_summary(text) and glue is None:
            card.notes = (problems.SUMMARY_NOTE,)
            self.sheet.problems.append(problems.summary(source, title))
        elif glue is not None and (self.label is None or not above):
            card.notes = (problems.JOINED_NOTE,)
            self.sheet.problems.append(problems.joined_summary(source, title, text[: glue.start()]))

    def _chrome(self, line: RawLine) -> None:
        self.sheet.mark(line.number, LineClass.CHROME)


def _is_button(low: str) -> bool:
    """Whether a line is one of the page's buttons, or has several of them."""
    return low.startswith(_BUTTONS) and (low in _BUTTONS or "pdf" in low or "github" in low)


def read(text: str, sheet: Sheet) -> None:
    """Read one copied page, or several, onto the sheet."""
    del text
    walk = _Walk(sheet)
    for line in sheet.raw:
        if line.text:
            walk.take(line)
    walk.end()


DIALECT = Dialect(
    "huggingface-paper",
    "the page of one paper at Hugging Face, copied as text",
    paper_page,
    read,
    """Paper page - A Title
Published on Mar 7, 2025
Authors:
Ada Lovelace
,
Charles Babbage
Abstract
Its abstract.
View arXiv page""",
)
