"""The papers that a paper's page names as related: when they came, and what makes them so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from markupsafe import Markup

from generator.model import Issue, Paper
from generator.value import Value
from generator.writing import addresses, wording
from generator.writing.cards import CardMaker
from generator.writing.catalogue import Catalogue
from generator.writing.escaping import html
from generator.writing.forms import SIGNS, Form
from generator.writing.rendering import fill

_TITLE = 150
"""Characters of a title that the list shows."""
_TERM = 40
_SAME = Markup("Same digest")


class RelatedCard(Value, frozen=True):
    """A related paper as the template prints it."""

    href: Markup
    title: Markup
    when: Markup
    """Its digest, as seen from the page's own paper."""
    terms: Markup
    """What both are about, as this paper writes it."""


def related_cards(catalogue: Catalogue, cards: CardMaker, paper: Paper) -> tuple[RelatedCard, ...]:
    """Make the cards of a paper's related papers, closest first; `cards` are those of its page."""
    here = [issue for issue, _ in catalogue.places_of(paper)]
    found = []
    for related in paper.related:
        other = catalogue.library.papers[related.slug]
        found.append(
            RelatedCard(
                cards.to(addresses.paper(other.slug)),
                _title(catalogue, other),
                _when(catalogue, here, other),
                html(", ".join([wording.cut(term, _TERM) for term in related.terms])),
            )
        )
    return tuple(found)


def related_items(cards: Iterable[RelatedCard]) -> Markup:
    """Return the items of a list of related papers."""
    form = _item()
    items = [form.filled(card.href, card.title, card.when, card.terms) for card in cards]
    return Markup("".join(items))  # noqa: S704 - filled with what is escaped


@cache
def _item() -> Form:
    href, title, when, terms = SIGNS
    return Form(fill("related.html", href=href, title=title, when=when, terms=terms))


def _title(catalogue: Catalogue, paper: Paper) -> Markup:
    key = ("related", paper.slug)
    if key not in catalogue.kept:
        catalogue.kept[key] = html(wording.cut(paper.title, _TITLE))
    title: Markup = catalogue.kept[key]
    return title


def _when(catalogue: Catalogue, here: Sequence[Issue], other: Paper) -> Markup:
    """Tell the same digest, an earlier one and a later one apart, the latter two with their day."""
    there = [issue for issue, _ in catalogue.places_of(other)]
    if any(issue in there for issue in here):
        return _SAME
    nearest = there[0]
    if len(there) > 1:
        nearest = min(there, key=lambda issue: (_days(here[0], issue), issue.slug))
    if nearest.date == here[0].date:
        return html(f"Same day, {wording.digest_words(nearest.slug) or wording.day(nearest.date)}")
    word = "Earlier" if nearest.date < here[0].date else "Later"
    key = (word, nearest.slug)
    if key not in catalogue.kept:
        catalogue.kept[key] = html(f"{word}, {wording.day(nearest.date)}")
    when: Markup = catalogue.kept[key]
    return when


def _days(one: Issue, other: Issue) -> int:
    return abs((one.date - other.date).days)
