"""The glossary: every acronym that a paper defines, what it stands for, and where.

One page while it is short; else a page for each letter, and several for a letter that is long.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import groupby
from typing import NamedTuple
from urllib.parse import quote

from markupsafe import Markup

from generator.model import Draft, Page, PageDraft
from generator.value import Value
from generator.writing import addresses, wording
from generator.writing.cards import Anchor, CardMaker
from generator.writing.catalogue import Catalogue
from generator.writing.drafts import key_of
from generator.writing.escaping import html
from generator.writing.meanings import Entry, Expansion, entries_of, letter_of, slug_of
from generator.writing.rendering import render

_WHOLE = 150
"""A glossary of up to so many acronyms stands on one page, if they are not heavy."""

_WEIGHT = 60_000
"""Bytes that the acronyms of one page may come to; the page around them comes on top. So many are
some 1,200 elements."""

_COMMONEST = 60
"""Acronyms that the first page names when the glossary has a page for each letter."""

_UNFOLDED = 2
"""Papers of a meaning that are seen at once; more are folded."""

_DESCRIPTION = "Acronyms in the papers, with what they stand for and the papers that say so."


class ExpansionCard(NamedTuple):
    """One meaning as the template prints it."""

    long: Markup
    papers: tuple[tuple[Markup, Markup], ...]
    """Way and title of each."""
    tally: str
    more: str
    """How many papers are not shown: `12 more`; empty if all are."""
    folded: bool
    """Whether the papers are unfolded only when they are asked for."""


class EntryCard(Value, frozen=True):
    """An acronym as the template prints it; its short form is its anchor."""

    short: Markup
    href: Markup
    """The way to the full entry, from a page that names the acronym only."""
    expansions: tuple[ExpansionCard, ...]
    others: int = 0
    """Meanings that are not shown."""


def glossary_drafts(catalogue: Catalogue) -> Iterator[PageDraft]:
    """Tell the pages of the glossary; one that says so if no paper defines an acronym."""
    entries = entries_of(catalogue)
    letters = [(letter, list(group)) for letter, group in groupby(entries, letter_of)]
    path = addresses.document(addresses.GLOSSARY)
    if _fits_one_page(entries):
        key = partial(_key, catalogue, entries, "glossary", catalogue.newest)
        yield Draft(path, key, partial(_whole, catalogue, letters))
        return
    sheets = _sheets_of(catalogue)
    of_all = (_tally(entries), catalogue.newest)
    known = [(letter, [page[0].short for page in pages]) for letter, pages in sheets.items()]
    key = partial(_key, catalogue, _commonest(entries), "contents", known, of_all)
    yield Draft(path, key, partial(_contents, catalogue, entries, sheets))
    for letter, pages in sheets.items():
        turns = [(page[0].short, page[-1].short) for page in pages]
        for number, page in enumerate(pages, 1):
            here = addresses.document(addresses.glossary(slug_of(letter), number))
            values = (list(sheets), letter, number, turns, _tally_of(pages))
            key = partial(_key, catalogue, page, "letter", values)
            yield Draft(here, key, partial(_letter_page, catalogue, letter, number, sheets))


def _key(catalogue: Catalogue, entries: Iterable[Entry], *values: object) -> bytes:
    """Return a digest of values, and of what a page tells of entries."""
    told = [
        (
            entry.short,
            [
                (
                    expansion.long,
                    len(expansion.papers),
                    catalogue.dated_stamps(expansion.papers[: entry.shown]),
                )
                for expansion in entry.expansions
            ],
        )
        for entry in entries
    ]
    return key_of(*values, told)


def entry_addresses(catalogue: Catalogue) -> dict[str, str]:
    """Return where each acronym's full entry stands, by short form, from the site's root."""
    entries = entries_of(catalogue)
    if _fits_one_page(entries):
        return {entry.short: _to(entry, addresses.GLOSSARY) for entry in entries}
    return {
        entry.short: _to(entry, addresses.glossary(slug_of(letter), number))
        for letter, pages in _sheets_of(catalogue).items()
        for number, page in enumerate(pages, 1)
        for entry in page
    }


def _fits_one_page(entries: Sequence[Entry]) -> bool:
    return len(entries) <= _WHOLE and sum(entry.weight for entry in entries) <= _WEIGHT


def _whole(catalogue: Catalogue, letters: Sequence[tuple[str, list[Entry]]]) -> Page:
    cards = CardMaker(catalogue, addresses.GLOSSARY)
    return _page(
        addresses.GLOSSARY,
        catalogue.newest,
        title="Glossary",
        letters=[
            _anchor(f"#letter-{slug_of(letter)}", letter, len(group)) for letter, group in letters
        ],
        groups=[
            (html(letter), f"letter-{slug_of(letter)}", [_card(cards, entry) for entry in group])
            for letter, group in letters
        ],
        tally=_tally([entry for _, group in letters for entry in group]),
    )


def _contents(
    catalogue: Catalogue,
    entries: Sequence[Entry],
    sheets: dict[str, list[list[Entry]]],
) -> Page:
    """Make the first page of a glossary in parts: the letters and the commonest acronyms."""
    cards = CardMaker(catalogue, addresses.GLOSSARY)
    place = {
        entry.short: addresses.glossary(slug_of(letter), number)
        for letter, pages in sheets.items()
        for number, page in enumerate(pages, 1)
        for entry in page
    }
    return _page(
        addresses.GLOSSARY,
        catalogue.newest,
        title="Glossary",
        letters=_letters(cards, sheets),
        commonest=[_short_card(cards, entry, place[entry.short]) for entry in _commonest(entries)],
        tally=_tally(entries),
    )


def _commonest(entries: Sequence[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (-entry.papers, entry.short))[:_COMMONEST]


def _letter_page(
    catalogue: Catalogue,
    letter: str,
    number: int,
    sheets: dict[str, list[list[Entry]]],
) -> Page:
    here = addresses.glossary(slug_of(letter), number)
    cards = CardMaker(catalogue, here)
    pages = sheets[letter]
    turns = [
        _anchor(
            "" if page == number else cards.to(addresses.glossary(slug_of(letter), page)), words
        )
        for page, words in enumerate((f"{page[0].short} – {page[-1].short}" for page in pages), 1)
    ]
    return _page(
        here,
        _newest(catalogue, pages[number - 1]),
        title=f"Glossary: {letter}" + (f", page {number}" if number > 1 else ""),
        letters=_letters(cards, sheets, letter),
        groups=[("", "", [_card(cards, entry) for entry in pages[number - 1]])],
        turns=turns if len(turns) > 1 else [],
        tally=_tally_of(pages),
        up=cards.to(addresses.GLOSSARY),
    )


def _newest(catalogue: Catalogue, entries: Iterable[Entry]) -> date:
    """Return the day of the newest digest whose papers entries name."""
    return max(
        catalogue.newest_issue(paper).date
        for entry in entries
        for expansion in entry.expansions
        for paper in expansion.papers[: entry.shown]
    )


def _page(here: str, updated: date | None, **values: object) -> Page:
    defaults: dict[str, object] = {"groups": [], "commonest": [], "turns": [], "up": ""}
    return render(
        here,
        "glossary",
        description=_DESCRIPTION,
        updated=updated,
        **{**defaults, **values},  # type: ignore[arg-type]
    )


def _sheets_of(catalogue: Catalogue) -> dict[str, list[list[Entry]]]:
    """Return the pages of each letter; cut once."""
    key = ("sheets", "")
    if key not in catalogue.kept:
        letters = groupby(entries_of(catalogue), letter_of)
        catalogue.kept[key] = {letter: _sheets(list(group)) for letter, group in letters}
    sheets: dict[str, list[list[Entry]]] = catalogue.kept[key]
    return sheets


def _sheets(entries: list[Entry]) -> list[list[Entry]]:
    """Cut a letter into pages, none too heavy."""
    pages: list[list[Entry]] = [[]]
    weight = 0
    for entry in entries:
        own = entry.weight
        if pages[-1] and weight + own > _WEIGHT:
            pages.append([])
            weight = 0
        pages[-1].append(entry)
        weight += own
    return pages


def _card(cards: CardMaker, entry: Entry) -> EntryCard:
    """Make the card of an acronym with its papers."""
    return EntryCard(
        short=html(entry.short),
        href=html(_to(entry)),
        expansions=tuple([_full_card(cards, entry, each) for each in entry.expansions]),
    )


def _full_card(cards: CardMaker, entry: Entry, expansion: Expansion) -> ExpansionCard:
    shown = expansion.papers[: entry.shown]
    rest = len(expansion.papers) - len(shown)
    return ExpansionCard(
        html(expansion.long),
        tuple([cards.way_and_title(paper) for paper in shown]),
        wording.count(len(expansion.papers), "paper"),
        f"{rest:,} more" if rest else "",
        len(shown) > _UNFOLDED or rest > 0,
    )


def _short_card(cards: CardMaker, entry: Entry, page: str) -> EntryCard:
    """Make the card of an acronym whose full entry stands on another page."""
    first, *further = entry.expansions
    shown = [first, *(meaning for meaning in further[:2] if len(meaning.papers) > 1)]
    return EntryCard(
        short=html(entry.short),
        href=html(_to(entry, cards.to(page))),
        expansions=tuple(
            ExpansionCard(
                html(meaning.long), (), wording.count(len(meaning.papers), "paper"), "", False
            )
            for meaning in shown
        ),
        others=len(entry.expansions) - len(shown),
    )


def _to(entry: Entry, page: str = "") -> str:
    return f"{page}#{quote(entry.short)}"


def _letters(
    cards: CardMaker, sheets: dict[str, list[list[Entry]]], here: str = ""
) -> list[Anchor]:
    return [
        _anchor(
            "" if letter == here else cards.to(addresses.glossary(slug_of(letter))),
            letter,
            sum(map(len, pages)),
        )
        for letter, pages in sheets.items()
    ]


def _anchor(href: str, text: str, count: int = 0) -> Anchor:
    """Make a link; one without an address stands for the page that shows it."""
    return Anchor(html(href) if not isinstance(href, Markup) else href, html(text), count=count)


def _tally_of(pages: Iterable[Sequence[Entry]]) -> str:
    return _tally([entry for page in pages for entry in page])


def _tally(entries: Sequence[Entry]) -> str:
    meanings = sum(len(entry.expansions) for entry in entries)
    return f"{wording.count(len(entries), 'acronym')}, {wording.count(meanings, 'meaning')}"
