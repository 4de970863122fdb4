"""What all papers together say of acronyms: each short form, its meanings, who says so."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator

import msgspec

from generator.enriching.acronymforms import singular
from generator.model import Paper
from generator.writing.catalogue import Catalogue

FIGURES = "0–9"
"""The letter of short forms that begin with a figure."""

OTHERS = "Others"
"""The letter of those that begin with neither a figure nor a letter from A to Z."""

_PAPERS = 8
"""Papers shown of each expansion; the newest ones. The others are counted."""

_PAPERS_OF_MANY = 2
"""The same for an acronym with more than `_PAPERS` expansions."""


class Expansion(msgspec.Struct, frozen=True):
    """One meaning of an acronym, however it is written, and the papers that give it."""

    long: str
    papers: tuple[Paper, ...]


class Entry(msgspec.Struct, frozen=True):
    """An acronym and all that it stands for."""

    short: str
    expansions: tuple[Expansion, ...]
    """The commonest first."""

    @property
    def papers(self) -> int:
        """How many definitions there are, over all meanings."""
        return sum(len(expansion.papers) for expansion in self.expansions)

    @property
    def shown(self) -> int:
        """Papers that are shown of each expansion."""
        return _PAPERS if len(self.expansions) <= _PAPERS else _PAPERS_OF_MANY

    @property
    def weight(self) -> int:
        """About how many bytes the entry takes on a page."""
        return 70 + sum(
            110 + len(expansion.long) + sum(map(_weight, expansion.papers[: self.shown]))
            for expansion in self.expansions
        )


def entries_of(catalogue: Catalogue) -> list[Entry]:
    """Return what all papers define, in the order of the glossary; gathered once."""
    key = ("meanings", "")
    if key not in catalogue.kept:
        catalogue.kept[key] = _gathered(catalogue)
    entries: list[Entry] = catalogue.kept[key]
    return entries


def _gathered(catalogue: Catalogue) -> list[Entry]:
    # short form → folded long form → the long form as each paper writes it, in reading order
    meanings: dict[str, dict[str, list[tuple[str, Paper]]]] = defaultdict(lambda: defaultdict(list))
    for paper in _in_reading_order(catalogue):
        for acronym in paper.acronyms:
            meanings[acronym.short][_folded(acronym.long)].append((acronym.long, paper))
    entries = []
    for short, folded in meanings.items():
        expansions = sorted(map(_expansion, folded.values()), key=_by_size)
        entries.append(Entry(short, tuple(expansions)))
    return sorted(entries, key=_in_glossary)


def _in_reading_order(catalogue: Catalogue) -> Iterator[Paper]:
    slugs = dict.fromkeys(slug for issue in catalogue.library.issues for slug in issue.papers)
    return (catalogue.library.papers[slug] for slug in slugs)


def _expansion(written: list[tuple[str, Paper]]) -> Expansion:
    """Join the ways in which one meaning is written; the commonest speaks for all."""
    if len(written) == 1:  # As most are.
        return Expansion(written[0][0], (written[0][1],))
    counts = Counter(long for long, _ in written)
    long = min(counts, key=lambda long: (-counts[long], _capitals(long), long))
    return Expansion(long, tuple({paper.slug: paper for _, paper in written}.values()))


def _folded(long: str) -> str:
    """Return the same for `Large Language Models` and `large-language model`."""
    return "".join(filter(str.isalnum, singular(long).casefold()))


def _capitals(text: str) -> int:
    return sum(mark.isupper() for mark in text)


def _by_size(expansion: Expansion) -> tuple[int, str]:
    """Most papers first, then by the alphabet."""
    return (-len(expansion.papers), expansion.long.casefold())


def _in_glossary(entry: Entry) -> tuple[int, str, str, str]:
    """By letter, figures first; then by the alphabet, whatever the case."""
    letter = letter_of(entry)
    order = 0 if letter == FIGURES else 2 if letter == OTHERS else 1
    return (order, letter, entry.short.casefold(), entry.short)


def letter_of(entry: Entry) -> str:
    """Return the letter of the glossary that a short form stands under."""
    first = unicodedata.normalize("NFKD", entry.short)[0].upper()
    if first.isdecimal():
        return FIGURES
    return first if "A" <= first <= "Z" else OTHERS


def slug_of(letter: str) -> str:
    """Return a letter as it stands in addresses and anchors: `a`, `0-9`, `others`."""
    return letter.lower().replace("–", "-")


def _weight(paper: Paper) -> int:
    formulas = sum(len(formula.mathml) for formula in paper.title_marks.formulas)
    return 60 + len(paper.slug) + len(paper.title.encode("utf-8", "replace")) + formulas
