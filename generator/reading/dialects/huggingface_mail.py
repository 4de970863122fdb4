"""The e-mail with the daily papers: titles and votes, and no abstract.

A paper is read where somebody has pasted its abstract below the title; of the others one problem
tells what to do. A message that was saved as a file may be in the encoding of e-mail
(`=E2=96=B2`, lines that end in `=`), with a part in HTML, which says the same once more.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator, Sequence

from generator.model import LineClass
from generator.reading.chrome import Chrome, chrome_of
from generator.reading.dates import date_line_of
from generator.reading.dialects import problems
from generator.reading.dialects.form import Dialect, Sheet
from generator.reading.dialects.huggingface import is_head, trimmed, visible
from generator.reading.dialects.huggingface_cards import Card, finish, state_day
from generator.reading.evidence import ends_sentence
from generator.reading.lines import RawLine, fold

_TITLE = re.compile(r"(?:[-*•] )?(.*\S) ?\((?:[0-9]{1,5}|-) ?[▲△⬆↑]\)")
_COUNT = re.compile(r"\((?:[0-9]{1,5}|-) ?[▲△⬆↑]\)")
_TODAY = re.compile(
    r"here is the selection of papers for today\s*(?:\((.{1,20})\))?:?", re.IGNORECASE
)
_HEADER = re.compile(r"[A-Z][A-Za-z-]{1,40}: .*|--[\w=.+-]{4,80}(?:--)?")
_HTML = re.compile(r"content-type: text/html\b.*|<!doctype html.*|<html\b.*", re.IGNORECASE)
_ENDS = ("to view more check", "onwards and upwards", "new - ", "new – ", "unsubscribe")
_ENCODED = "=E2=96=B2"


def signature(lines: Sequence[RawLine]) -> float:
    """Count the lines that this e-mail has; none count without a title with its votes."""
    signs: set[str] = set()
    for line in lines:
        if len(line.text) > 400:
            continue
        text = visible(line.text)
        low = text.casefold()
        if "▲" in text or _ENCODED in text:
            signs.add("title")
        elif low.startswith("here is the selection of papers"):
            signs.add("today")
        elif low.startswith(_ENDS[:2]):
            signs.add(low[:6])
        elif low == "daily papers" or chrome_of(text) is Chrome.SLOGAN:
            signs.add("head")
    return min(1.0, len(signs) / 5 + 0.1) if "title" in signs and len(signs) > 1 else 0.0


def _lines(raw: Sequence[RawLine]) -> Iterator[tuple[tuple[int, ...], str]]:
    """Return lines that are not blank, out of the encoding of e-mail, with their numbers."""
    encoded = any(_ENCODED in line.text for line in raw)
    numbers: tuple[int, ...] = ()
    open_ = ""
    for line in raw:
        text = trimmed(line.text)
        if not text and not numbers:
            continue
        numbers, open_ = (*numbers, line.number), open_ + text
        if encoded and text.endswith("="):
            open_ = open_[:-1]
            continue
        if encoded:
            data = binascii.a2b_qp(open_.encode("utf-8"))
            open_ = fold(data.decode("utf-8", "replace"))
        yield numbers, open_
        numbers, open_ = (), ""
    if numbers:
        yield numbers, open_


class _Walk:
    """Goes through the lines and makes cards of titles that have an abstract."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.card: Card | None = None
        self.bare: list[Card] = []
        self.waiting: list[tuple[int, str]] = []
        """Lines above a title's votes: the title's first lines, or an abstract."""
        self.ended = False
        """Whether what follows is the message once more, in HTML."""

    def take(self, numbers: tuple[int, ...], text: str) -> None:
        """Take the next line that is not blank."""
        plain = visible(text)
        low = plain.casefold()
        today = _TODAY.fullmatch(plain) if len(plain) < 100 else None
        title = _TITLE.fullmatch(plain) if len(plain) < 1000 else None
        self.ended = (self.ended or _HTML.fullmatch(low) is not None) and today is None
        if self.ended or low.startswith(_ENDS):
            self._leave()
            self._chrome(numbers)
        elif today is not None:
            self._leave()
            self._chrome(numbers)
            day = date_line_of(today[1] or "")
            if day is not None:
                state_day(self.sheet, numbers[0], day)
        elif title is not None or _COUNT.fullmatch(plain):
            self._open(numbers, title[1] if title is not None else "")
        elif is_head(plain) or (self.card is None and _HEADER.fullmatch(plain)):
            self._leave()
            self._chrome(numbers)
        else:
            self.waiting += [(number, "") for number in numbers[1:]]
            self.waiting.append((numbers[0], text))

    def end(self) -> None:
        """Finish what is open, and say which papers have no abstract."""
        self._leave()
        if self.bare:
            first = self.bare[0]
            source = self.sheet.source(first.title[0][0])
            found = problems.no_abstracts(source, first.heading(), len(self.bare))
            self.sheet.problems.append(found)

    def _open(self, numbers: tuple[int, ...], text: str) -> None:
        """Begin a card; its title begins on the lines right above that end no sentence."""
        start = len(self.waiting)
        below = numbers[0]
        while start and self.waiting[start - 1][0] == below - 1 and len(self.waiting) - start < 3:
            if ends_sentence(visible(self.waiting[start - 1][1])):
                break
            start -= 1
            below = self.waiting[start][0]
        above, self.waiting = self.waiting[start:], self.waiting[:start]
        self._leave()
        more = [(number, "") for number in numbers[1:]]
        self.card = Card(title=[*above, (numbers[0], text), *more])

    def _leave(self) -> None:
        """Finish the open card: what waits is its abstract if a sentence ends there."""
        card, self.card = self.card, None
        waiting, self.waiting = self.waiting, []
        if card is None:
            return
        if waiting and ends_sentence(visible(waiting[-1][1])):
            card.texts = waiting
            finish(card, self.sheet)
            return
        self.bare.append(card)
        self.sheet.mark((number for number, _ in card.title), LineClass.UNCLASSIFIED)

    def _chrome(self, numbers: tuple[int, ...]) -> None:
        self.sheet.mark(numbers, LineClass.CHROME)


def read(text: str, sheet: Sheet) -> None:
    """Read a message onto the sheet."""
    del text
    walk = _Walk(sheet)
    for numbers, line in _lines(sheet.raw):
        walk.take(numbers, line)
    walk.end()


DIALECT = Dialect(
    "huggingface-mail",
    "the e-mail with the daily papers of Hugging Face",
    signature,
    read,
    """Here is the selection of papers for today (6 Jul):
A Title (140 ▲)
To view more checkout today's Daily Paper page.""",
)
