r"""The page of daily papers, made into Markdown by a converter.

Each paper has: a link to log in with its votes, a heading that leads to its page, the abstract as
the text of the same link, the number of authors likewise, a dot, the paper's day. Converters
break a link's lines by backslashes (`[The abstract\\`), or number all links and list them at the
end (`### [A title][32]`). Searched terms have lost the space beside them; that is reported where
it is plain, and never mended by guessing.
"""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import parse_qs, urlsplit

from generator.model import LineClass
from generator.reading.dates import DateLine
from generator.reading.dialects import problems
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
from generator.reading.dialects.huggingface_links import (
    Item,
    addresses,
    is_only_links,
    items_of,
    references,
    unlinked,
)
from generator.reading.dialects.huggingface_signs import markdown

_NOTED = re.compile(r"(?:Title|URL Source|Published Time|Markdown Content|Warning): ?(.*)")
_LISTED = frozenset({"references", "visible links", "hidden links", "visible links:", "links:"})
_NUMBER = re.compile(r"\[[0-9]{1,6}\](?=\w)")
"""A link's number as the browser lynx writes it, before the link's text."""
_SEARCH = 2
"""Terms from which a search can be seen glued together."""


class _Walk:
    """Goes through links and lines and makes cards of them."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.card: Card | None = None
        self.before: date | None = None
        self.terms: tuple[str, ...] = ()
        self.waiting: Item | None = None
        """A line in the page's head that is a search, if the head goes on below it."""

    def take(self, item: Item) -> None:
        """Take the next link or line."""
        waiting, self.waiting = self.waiting, None
        if item.heading and item.link and self._is_title(item):
            self.end()
            self.card = Card(
                title=item.lines,
                arxiv=paper_of(item.url),
                paragraphs=False,
                closed=False,
            )
        elif item.link and self._is_abstract(item):
            card = self.card or Card()
            card.texts, card.closed = item.lines, item.whole
        elif item.link:
            self._take_link(item)
        else:
            self._take_line(item, waiting)

    def end(self) -> None:
        """Finish the open card, and look for lost spaces in it."""
        card, self.card = self.card, None
        index = finish(card, self.sheet)
        if card is not None and index is not None and len(self.terms) >= _SEARCH:
            self._look_for_glue(card)

    def _is_title(self, item: Item) -> bool:
        """Whether a heading's link leads to a paper's page, or its number's address is lost."""
        if paper_of(item.url) is not None:
            return True
        return bool(item.texts) and not is_head(item.text) and (not item.url or is_own(item.url))

    def _is_abstract(self, item: Item) -> bool:
        card = self.card
        return (
            card is not None
            and not card.texts
            and bool(item.texts)
            and (paper_of(item.url) == card.arxiv or not item.whole)
            and not is_authors(item.text)
            and not is_votes(item.text)
        )

    def _take_link(self, item: Item) -> None:
        """Take a link that is neither title nor abstract: a button, a count, an organisation."""
        day = day_of(item.text)
        if day is not None and not is_votes(item.text):
            self._take_day(item, day)
            return
        self._note(item.url)
        known = is_own(item.url) or is_votes(item.text) or is_authors(item.text)
        if known or is_head(item.text) or not item.texts or (self._has_text() and not item.url):
            self._chrome(item)

    def _take_line(self, item: Item, waiting: Item | None) -> None:
        text = item.text
        noted = _NOTED.fullmatch(visible(text)) if len(text) < 400 else None
        day = day_of(text)
        plain = _NUMBER.sub("", visible(unlinked(text)).lstrip("-*> "))
        urls = addresses(text)
        if day is not None:
            self._settle(waiting)
            self._take_day(item, day)
        elif noted is not None and self.card is None:
            self._note(noted[1])
            self._chrome(item)
        elif (
            not item.texts
            or is_dot(text)
            or is_authors(plain)
            or is_votes(plain)
            or is_login(plain)
            or is_head(plain)
            or plain.casefold() in _LISTED
            or (is_only_links(text) and all(map(is_own, urls)))
        ):
            if is_head(plain):
                self._settle(waiting)
            for url in urls:
                self._note(url)
            self._chrome(item)
        elif self.card is not None and self._belongs(item):
            self.card.texts += item.texts
            self.card.closed = True
        elif self.card is None and not self.sheet.records and not item.heading:
            self.waiting = item

    def _belongs(self, item: Item) -> bool:
        """Whether a line is text of the open card: a converter left out the abstract's link."""
        card = self.card
        if card is None or item.heading or card.day is not None:
            return False
        return not card.texts or card.texts[-1][0] == item.numbers[0] - 1

    def _has_text(self) -> bool:
        return self.card is not None and bool(self.card.texts)

    def _take_day(self, item: Item, day: DateLine) -> None:
        if self.card is not None and self.card.day is None:
            self.card.day = day
            self.card.keys += item.numbers
            return
        self.end()
        state_day(self.sheet, item.numbers[0], day, self.before)

    def _settle(self, waiting: Item | None) -> None:
        if waiting is not None:
            self.terms = tuple(visible(waiting.text).casefold().split())
            self._chrome(waiting)

    def _chrome(self, item: Item) -> None:
        self.sheet.mark(item.numbers, LineClass.CHROME)

    def _note(self, url: str) -> None:
        """Take from an address the terms that were searched for, or the day before the page's."""
        self.before = day_before(url) or self.before
        if "/papers?" in url and is_own(url):
            terms = parse_qs(urlsplit(url.strip("<>")).query).get("q", [""])[0]
            self.terms = tuple(terms.casefold().split()) or self.terms

    def _look_for_glue(self, card: Card) -> None:
        glued = "".join(self.terms)
        for number, text in [*card.title, *card.texts]:
            word = next((word for word in text.split() if glued in word.casefold()), None)
            if word is not None:
                source = self.sheet.source(number)
                self.sheet.problems.append(problems.lost_space(source, word, self.terms[0]))
                return


def read(text: str, sheet: Sheet) -> None:
    """Read a converted page onto the sheet."""
    del text
    walk = _Walk(sheet)
    for item in items_of(sheet.raw, references(sheet.raw)):
        walk.take(item)
    walk.end()


DIALECT = Dialect(
    "huggingface-markdown",
    "the page of daily papers at Hugging Face, made into Markdown by a converter",
    markdown,
    read,
    """[101](https://huggingface.co/login?next=%2Fpapers%2F2503.04715)
### [A Title](https://huggingface.co/papers/2503.04715)
[Its abstract.](https://huggingface.co/papers/2503.04715)
[- 2 authors](https://huggingface.co/papers/2503.04715)
·
Mar 7, 2025""",
)
