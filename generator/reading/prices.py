"""What it costs to take a piece for something: by what its list is like, and by how it looks.

All prices are in the unit of `evidence`: natural log-odds. A list's `Prices` are learnt in
`pairing`; where a piece can stand, and what its place costs, is for `steps` to say.
"""

from __future__ import annotations

from math import exp, log1p
from typing import TYPE_CHECKING

import msgspec

from generator.reading.chrome import Chrome, is_count

if TYPE_CHECKING:
    from generator.reading.atoms import Atom

LONE = 6.0
"""Price of a title or an abstract that stands alone."""
EMPTY = 12.0
"""Price of an abstract that is a number, and of one with a key right below its only line."""
_REFUND = -2.5
"""The most that a piece's looks are forgiven when they are right for the whole."""


class Prices(msgspec.Struct, frozen=True):
    """What it costs to leave plain alternation."""

    paragraph: float = 4.0
    glued_abstract: float = 1.5
    """No blank line between title and abstract."""
    open_abstract: float = 0.0
    """A blank line between them, in a list that has none."""
    glued_title: float = 2.0
    """No blank line above a title."""
    unmarked: float = 0.0
    """A title without `# `, or an abstract without a title, in a list that marks its titles."""


def title_price(leaning: float) -> float:
    """Return what it costs to call a text a title; dearer than the odds say.

    Abstracts can be anything, one word or a title's copy; titles are never paragraphs of prose.
    """
    return _softplus(leaning) + 2.0 * max(0.0, leaning)


def abstract_price(atom: Atom) -> float:
    """Return what it costs to call a piece an abstract, or a part of one."""
    return _softplus(-atom.leaning) + (
        8.0 if atom.chrome is Chrome.SLOGAN else 4.0 if on_card(atom) else 0.0
    )


def joined_title(atom: Atom) -> float:
    """Return the price of a title that goes on; both pieces of a full line cost what one does."""
    if atom.firm:
        return title_price(atom.leaning) + 1.0
    return max(_REFUND, title_price(atom.joined) - title_price(atom.above))


def joined_abstract(atom: Atom) -> float:
    """Return the price of an abstract that goes on, with or without a blank line above."""
    if atom.opens:
        return abstract_price(atom)
    if atom.firm:
        return abstract_price(atom) + (1.5 if atom.after_end and atom.leaning < 0 else 0.5)
    return max(_REFUND, _softplus(-atom.joined) - _softplus(-atom.above))


def no_title(atom: Atom) -> float:
    """Return what it costs to take chrome, a date or a key line for a title."""
    if atom.chrome is Chrome.SLOGAN or (atom.key is not None and atom.key.key is not None):
        return 5.0 if atom.key is not None and atom.key.key == "Note" else 8.0
    if atom.date is not None:
        return 12.0 if atom.head else 8.0
    return 2.0 if on_card(atom) else 1.5 if atom.head else 0.0


def too_little(atom: Atom) -> float:
    """Return what it costs to take a text for a whole abstract though it says nothing."""
    return EMPTY if is_count(atom.text) else 0.0


def on_card(atom: Atom) -> bool:
    """Whether a piece is one of a card's words, or the value below one."""
    return atom.chrome is Chrome.CARD or atom.card


def _softplus(value: float) -> float:
    """Return -log(1 - p) for the log-odds of p."""
    return log1p(exp(value)) if value < 30 else value
