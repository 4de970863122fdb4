"""The index of authors with several papers, by the letter of the family name.

One page while it is short; else a page for each letter, and several for a letter that is long.
A library in which nobody wrote several papers has none, and no page leads to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby

import msgspec
from markupsafe import Markup

from generator.model import Draft, Page, PageDraft
from generator.writing import addresses, wording
from generator.writing.bylines import Author, bylines_of
from generator.writing.cards import Anchor, CardMaker
from generator.writing.catalogue import Catalogue
from generator.writing.citations.people import person_of
from generator.writing.drafts import key_of
from generator.writing.escaping import html
from generator.writing.meanings import OTHERS, slug_of
from generator.writing.names import folded
from generator.writing.rendering import render

_PAGE = 300
"""Authors on a page: some 1,000 elements."""

_MOST = 40
"""Authors with most papers that the first page names when each letter has a page of its own."""

_DESCRIPTION = "Authors of two papers or more, with the number of their papers here."


class _Row(msgspec.Struct, frozen=True):
    """An author as the index has them."""

    letter: str
    order: tuple[int, str, str, str]
    words: str
    """Family name first, where it is sure which one that is."""
    author: Author

    @property
    def values(self) -> tuple[str, str, int]:
        return (self.author.slug, self.words, self.author.papers)


Sheets = Mapping[str, Sequence[Sequence[_Row]]]


def authors_drafts(catalogue: Catalogue) -> Iterator[PageDraft]:
    """Tell the pages of the index; none if nobody has a page to lead to."""
    rows = sorted(map(_row, bylines_of(catalogue).authors.values()), key=lambda row: row.order)
    if not rows:
        return
    letters = {letter: list(run) for letter, run in groupby(rows, lambda row: row.letter)}
    path = addresses.document(addresses.AUTHORS)
    if len(rows) <= _PAGE:
        key = key_of("authors", [row.values for row in rows], catalogue.newest)
        yield Draft(path, key, partial(_whole, catalogue, letters))
        return
    sheets = {
        letter: [run[start : start + _PAGE] for start in range(0, len(run), _PAGE)]
        for letter, run in letters.items()
    }
    most = sorted(rows, key=lambda row: (-row.author.papers, row.order))[:_MOST]
    key = key_of("most", list(sheets), [row.values for row in most], len(rows), catalogue.newest)
    yield Draft(path, key, partial(_contents, catalogue, sheets, most, len(rows)))
    for letter, pages in sheets.items():
        turns = [(page[0].words, page[-1].words) for page in pages]
        number_of_all = sum(map(len, pages))
        for number, page in enumerate(pages, 1):
            here = addresses.authors(slug_of(letter), number)
            key = key_of("by-letter", list(sheets), turns, number_of_all, number)
            key = key_of(key, [row.values for row in page], catalogue.newest)
            make = partial(_letter_page, catalogue, sheets, letter, number)
            yield Draft(addresses.document(here), key, make)


def _row(author: Author) -> _Row:
    person = person_of(author.name)
    family, given = person.family or author.name, f"{person.given} {person.suffix}".strip()
    plain = folded(family)
    first = plain[:1].upper()
    letter = first if "A" <= first <= "Z" else OTHERS
    words = f"{family}, {given}" if person.family else author.name
    order = (letter == OTHERS, plain, folded(given), author.slug)
    return _Row(letter, order, words, author)


def _whole(catalogue: Catalogue, letters: Mapping[str, Sequence[_Row]]) -> Page:
    cards = CardMaker(catalogue, addresses.AUTHORS)
    return _page(
        catalogue,
        addresses.AUTHORS,
        "Authors",
        sum(map(len, letters.values())),
        letters=[_anchor(f"#letter-{slug_of(letter)}", letter) for letter in letters],
        groups=[
            (html(letter), f"letter-{slug_of(letter)}", _cards(cards, run))
            for letter, run in letters.items()
        ],
    )


def _contents(catalogue: Catalogue, sheets: Sheets, most: Sequence[_Row], number: int) -> Page:
    """Make the first page of an index in parts: the letters, and who wrote most."""
    cards = CardMaker(catalogue, addresses.AUTHORS)
    return _page(
        catalogue,
        addresses.AUTHORS,
        "Authors",
        number,
        letters=_letters(cards, sheets),
        groups=[("Most papers here", "most", _cards(cards, most))],
    )


def _letter_page(catalogue: Catalogue, sheets: Sheets, letter: str, number: int) -> Page:
    here = addresses.authors(slug_of(letter), number)
    cards = CardMaker(catalogue, here)
    pages = sheets[letter]
    turns = [
        _anchor(
            "" if at == number else cards.to(addresses.authors(slug_of(letter), at)),
            f"{wording.cut(page[0].words, 24)} – {wording.cut(page[-1].words, 24)}",
        )
        for at, page in enumerate(pages, 1)
    ]
    return _page(
        catalogue,
        here,
        f"Authors: {letter}" + (f", page {number}" if number > 1 else ""),
        sum(map(len, pages)),
        letters=_letters(cards, sheets, letter),
        groups=[("", "", _cards(cards, pages[number - 1]))],
        turns=turns if len(turns) > 1 else [],
        up=cards.to(addresses.AUTHORS),
    )


def _page(
    catalogue: Catalogue,
    here: str,
    title: str,
    number: int,
    *,
    letters: Sequence[Anchor],
    groups: Sequence[tuple[str, str, list[Anchor]]],
    turns: Sequence[Anchor] = (),
    up: Markup | str = "",
) -> Page:
    return render(
        here,
        "authors",
        title=title,
        description=_DESCRIPTION,
        updated=catalogue.newest,
        tally=wording.count(number, "author"),
        letters=letters,
        groups=groups,
        turns=turns,
        up=up,
    )


def _cards(cards: CardMaker, rows: Sequence[_Row]) -> list[Anchor]:
    return [
        Anchor(
            cards.to(addresses.author(row.author.slug)),
            html(row.words),
            "author",
            row.author.papers,
        )
        for row in rows
    ]


def _letters(cards: CardMaker, sheets: Sheets, here: str = "") -> list[Anchor]:
    return [
        _anchor("" if letter == here else cards.to(addresses.authors(slug_of(letter))), letter)
        for letter in sheets
    ]


def _anchor(href: str, text: str) -> Anchor:
    """Make a link; one without an address stands for the page that shows it."""
    return Anchor(href if isinstance(href, Markup) else html(href), html(text))
