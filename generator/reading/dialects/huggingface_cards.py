"""A paper's card of a page of Hugging Face, while it is read, and the record that it becomes."""

from __future__ import annotations

from datetime import date

import msgspec

from generator.model import Given, LineClass, Record, StatedDay
from generator.reading.dates import DateLine
from generator.reading.dialects import problems
from generator.reading.dialects.form import Sheet
from generator.reading.dialects.huggingface import is_own, paper_of, trimmed, visible
from generator.reading.evidence import ends_sentence
from generator.reading.keys import arxiv_of
from generator.reading.lines import fold
from generator.reading.paperproblems import cut_abstract


class Card(msgspec.Struct):
    """One paper while its lines come in, each with its number."""

    title: list[tuple[int, str]] = msgspec.field(default_factory=list)
    texts: list[tuple[int, str]] = msgspec.field(default_factory=list)
    keys: list[int] = msgspec.field(default_factory=list)
    """Lines with values that were taken."""
    arxiv: str | None = None
    day: DateLine | None = None
    authors: tuple[str, ...] = ()
    links: dict[str, Given] = msgspec.field(default_factory=dict)
    notes: tuple[str, ...] = ()
    paragraphs: bool = True
    """Whether a line that is missing between two lines parts paragraphs."""
    copies: list[tuple[int, LineClass]] = msgspec.field(default_factory=list)
    """Lines that only repeat the card, and what they are."""
    closed: bool = True
    """Whether the page's own mark of the abstract's end was there."""

    def heading(self) -> str:
        """Return the title as one text."""
        return trimmed(fold(" ".join(trimmed(text) for _, text in self.title)))

    def abstract(self) -> str:
        """Return the text, its paragraphs joined by a blank line."""
        paragraphs: list[list[str]] = []
        last = -1
        for number, text in self.texts:
            if not text:
                continue
            if not paragraphs or (self.paragraphs and number > last + 1):
                paragraphs.append([])
            paragraphs[-1].append(trimmed(text))
            last = number
        return "\n\n".join(fold(" ".join(lines)) for lines in paragraphs)

    def take_copy(self, copy: Card) -> None:
        """Take in a card that repeats this one, perhaps with more values."""
        self.copies += [(number, LineClass.TITLE) for number, _ in copy.title]
        self.copies += [(number, LineClass.ABSTRACT) for number, _ in copy.texts]
        self.keys += copy.keys
        self.arxiv = self.arxiv or copy.arxiv
        self.day = self.day or copy.day
        for url, link in copy.links.items():
            self.links.setdefault(url, link)

    def take_link(self, url: str, sheet: Sheet, number: int) -> bool:
        """Take an identifier or a link from an address; return whether there was one."""
        plain = visible(url).strip("<>")
        arxiv = paper_of(plain) or (arxiv_of(plain) if "arxiv.org" in plain else None)
        if arxiv is not None:
            self.arxiv = self.arxiv or arxiv
        elif is_own(plain) or not plain.startswith(("https://", "http://")):
            return False
        else:
            self.links.setdefault(plain, Given(plain, sheet.source(number)))
        self.keys.append(number)
        return True


def finish(card: Card | None, sheet: Sheet) -> int | None:
    """Make a card's record; return its index, or None where a title or an abstract is missing."""
    if card is None or not (card.title or card.texts):
        return None
    title, abstract = card.heading(), card.abstract()
    first = (card.title or card.texts)[0][0]
    lines = [number for number, _ in [*card.title, *card.texts]]
    if not title or not abstract:
        problem = (
            problems.no_abstract(sheet.source(first), title)
            if title
            else problems.broken(sheet.source(first), "paper", "it has no title")
        )
        sheet.problems.append(problem)
        sheet.mark(card.keys, LineClass.CHROME)
        sheet.mark((number for number, _ in card.copies), LineClass.UNCLASSIFIED)
        sheet.mark(lines, LineClass.UNCLASSIFIED)
        return None
    index = sheet.add(
        Record(
            title,
            abstract,
            sheet.source(first),
            card.authors,
            card.arxiv,
            links=tuple(card.links.values()),
            notes=card.notes,
            published=published(card.day, card.arxiv),
        )
    )
    sheet.mark(card.keys, LineClass.KEY, index)
    for number, kind in card.copies:
        sheet.mark(number, kind, index)
    sheet.mark((number for number, _ in card.title), LineClass.TITLE, index)
    sheet.mark((number for number, _ in card.texts), LineClass.ABSTRACT, index)
    if not card.closed and not ends_sentence(abstract):
        sheet.problems.append(cut_abstract(sheet.source(card.texts[-1][0]), abstract))
    return index


def state_day(sheet: Sheet, number: int, line: DateLine, before: date | None = None) -> None:
    """Note the day of a list; the year comes from the day before, where the page leads to it."""
    sheet.mark(number, LineClass.DATE)
    year = line.year
    if year is None and before is not None:
        year = before.year + ((line.month, line.day) < (before.month, before.day))
    day = StatedDay(sheet.source(number), line.month, line.day, year, len(sheet.records))
    last = sheet.days[-1] if sheet.days else None
    if last is None or (last.month, last.day) != (day.month, day.day):
        sheet.days.append(day)


def published(line: DateLine | None, arxiv: str | None) -> date | None:
    """Return a paper's own day. A page leaves out the year that it is shown in: the id tells it.

    A paper is at arXiv in the month of its id, or shortly before at the turn of a year.
    """
    if line is None or (line.year is None and (arxiv is None or "/" in arxiv)):
        return None
    year = line.year
    if year is None and arxiv is not None:
        year = 2000 + int(arxiv[:2]) - (line.month > int(arxiv[2:4]))
    try:
        return date(year or 0, line.month, line.day)
    except ValueError:
        return None
