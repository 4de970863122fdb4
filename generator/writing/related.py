"""The papers that a paper's page names as related: when they came, and what makes them so."""

from __future__ import annotations

import msgspec
from markupsafe import Markup

from generator.model import Issue, Paper
from generator.writing import addresses, wording
from generator.writing.cards import CardMaker
from generator.writing.catalogue import Catalogue
from generator.writing.escaping import html

_TITLE = 150
"""Characters of a title that the list shows."""
_TERM = 40


class RelatedCard(msgspec.Struct, frozen=True):
    """A related paper as the template prints it."""

    href: Markup
    title: Markup
    when: Markup
    """Its digest, as seen from the page's own paper."""
    terms: Markup
    """What both are about, as this paper writes it."""


def related_cards(catalogue: Catalogue, cards: CardMaker, paper: Paper) -> tuple[RelatedCard, ...]:
    """Make the cards of a paper's related papers, closest first; `cards` are those of its page."""
    found = []
    for related in paper.related:
        other = catalogue.library.papers[related.slug]
        found.append(
            RelatedCard(
                cards.to(addresses.paper(other.slug)),
                _title(catalogue, other),
                html(_when(catalogue, paper, other)),
                html(", ".join(wording.cut(term, _TERM) for term in related.terms)),
            )
        )
    return tuple(found)


def _title(catalogue: Catalogue, paper: Paper) -> Markup:
    key = ("related", paper.slug)
    if key not in catalogue.kept:
        catalogue.kept[key] = html(wording.cut(paper.title, _TITLE))
    title: Markup = catalogue.kept[key]
    return title


def _when(catalogue: Catalogue, paper: Paper, other: Paper) -> str:
    """Tell the same digest, an earlier one and a later one apart, the latter two with their day."""
    here = [issue for issue, _ in catalogue.places_of(paper)]
    there = [issue for issue, _ in catalogue.places_of(other)]
    if any(issue in there for issue in here):
        return "Same digest"
    nearest = there[0]
    if len(there) > 1:
        nearest = min(there, key=lambda issue: (_days(here[0], issue), issue.slug))
    day = wording.day(nearest.date)
    words = wording.digest_words(nearest.slug)
    if nearest.date == here[0].date:
        return f"Same day, {words or day}"
    return f"{'Earlier' if nearest.date < here[0].date else 'Later'}, {day}"


def _days(one: Issue, other: Issue) -> int:
    return abs((one.date - other.date).days)
