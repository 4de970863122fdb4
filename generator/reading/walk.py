"""Find the cheapest reading of a digest's pieces, given the prices of what is unusual.

Plain alternation of title and abstract costs nothing. Whatever leaves it (a paper without an
abstract, an abstract without a title, a further paragraph, a lost blank line) has a price, and
every piece costs the more the less it looks like what it is taken for. The reading with the
lowest sum is found in one walk over the pieces (Viterbi's algorithm), so that one odd text
cannot shift the papers after it. Where the prices come from is for `pairing` to say.

All prices are in the unit of `evidence`: natural log-odds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from math import exp, log1p
from typing import TYPE_CHECKING

from generator.reading.chrome import Chrome, is_count
from generator.reading.keys import KeyLine, is_prose, is_slip, nearest_key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from generator.reading.atoms import Atom


class Role(Enum):
    """What an atom is in the reading."""

    CHROME = auto()
    DATE = auto()
    TITLE = auto()
    TITLE_MORE = auto()
    KEY = auto()
    WRONG_KEY = auto()
    ABSTRACT = auto()
    ABSTRACT_MORE = auto()
    PARAGRAPH = auto()
    LONE_TITLE = auto()
    LONE_TITLE_MORE = auto()
    LONE_ABSTRACT = auto()
    LONE_ABSTRACT_MORE = auto()
    STRAY = auto()
    """Chrome or a date among the papers."""
    LATE_KEY = auto()
    """A key line below an abstract, or above a title."""
    BYLINE = auto()
    """Names below a title, without a key."""
    WRONG_DATE = auto()
    """A date in a form that is not read, where a date can stand."""


class _State(Enum):
    TOP = auto()
    DATED = auto()
    TITLE = auto()
    KEYS = auto()
    ABSTRACT = auto()
    LONE_TITLE = auto()
    LONE_ABSTRACT = auto()
    STRAY = auto()


LONE = 6.0
"""Price of a title or an abstract that stands alone."""
_TOPS = frozenset({_State.TOP, _State.DATED})
_FREE = _TOPS | {_State.STRAY}
"""After these a title needs no blank line above it."""
_INSIDE = frozenset({_State.TITLE, _State.KEYS, _State.ABSTRACT})
"""Where a card's words leave the paper as it is."""
_RESTS = _FREE | {_State.ABSTRACT, _State.LONE_TITLE, _State.LONE_ABSTRACT}
"""Where a digest can end."""
_REFUND = -2.5
"""The most that a piece's looks are forgiven when they are right for the whole."""
_STRONG = 2.5
"""Price of a missing mark where the evidence for a title is overwhelming."""
_EMPTY = 12.0
"""Price of an abstract that is a number, and of one with a key right below its only line."""
_BEAM = 60.0
"""A reading that costs this much more than the best one so far will not win."""


@dataclass(frozen=True, slots=True)
class Prices:
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


def walk(
    atoms: Sequence[Atom],
    kin: Sequence[float],
    prices: Prices,
    strong: Collection[int] = frozenset(),
) -> tuple[Role, ...]:
    """Return the roles of the cheapest reading.

    `kin` says how each atom goes with those above; `strong` has the indices of titles that need
    no mark in a list that marks its titles.
    """
    marked_list = replace(prices, unmarked=min(prices.unmarked, _STRONG))
    costs: dict[_State, float] = {_State.TOP: 0.0}
    trail: list[dict[_State, tuple[_State, Role]]] = []
    for index, atom in enumerate(atoms):
        best: dict[_State, tuple[float, _State, Role]] = {}
        limit = min(costs.values()) + _BEAM
        for state, cost in costs.items():
            if cost > limit:
                continue
            own = marked_list if index in strong else prices
            for role, following, step in _steps(state, atom, kin[index], own):
                total = cost + step
                if following not in best or total < best[following][0]:
                    best[following] = (total, state, role)
        costs = {state: entry[0] for state, entry in best.items()}
        trail.append({state: entry[1:] for state, entry in best.items()})
    state = min((s for s in costs if s in _RESTS), key=costs.__getitem__, default=_State.TOP)
    roles: list[Role] = []
    for step_back in reversed(trail):
        state, role = step_back[state]
        roles.append(role)
    return tuple(reversed(roles))


def _steps(
    state: _State, atom: Atom, kin: float, prices: Prices
) -> Iterator[tuple[Role, _State, float]]:
    """Yield each role that an atom can have in a state, the state after it, and the price."""
    as_title, as_abstract = _as_title(atom), _as_abstract(atom)
    if state in _TOPS:
        yield from _top_steps(state, atom)
    if _on_card(atom):
        after = state if state in _INSIDE or state in _TOPS else _State.STRAY
        yield Role.STRAY, after, 0.5 if atom.card else 1.0
    if state in (_State.TITLE, _State.KEYS):
        if not atom.marked:
            yield from _below_title(state, atom, as_abstract, prices)
        return
    yield from _as_titles(state, atom, as_title, prices)
    if atom.marked:
        return
    yield from _late_keys(state, atom)
    if state is _State.ABSTRACT:
        if atom.opens:
            against = -0.5 * atom.leaning if atom.leaning < 0 else 0.0
            yield Role.PARAGRAPH, state, max(0.5, prices.paragraph - kin) + as_abstract + against
        elif not atom.late:
            yield Role.ABSTRACT_MORE, state, _joined_abstract(atom)
    elif state is _State.LONE_ABSTRACT:
        yield (
            Role.LONE_ABSTRACT_MORE,
            state,
            _joined_abstract(atom) + (max(0.5, prices.paragraph - 1.5) if atom.opens else 0.0),
        )
    elif state is _State.LONE_TITLE:
        if not atom.opens:
            yield Role.LONE_TITLE_MORE, state, _joined_title(atom)
        if atom.key is not None and atom.key.key is not None:
            yield Role.KEY, state, 0.0
    if _top_like(atom):
        after = state if state in _TOPS else _State.STRAY
        yield Role.STRAY, after, 1.0 if atom.chrome is Chrome.SLOGAN else 3.0
    if atom.opens or state in _FREE:
        alone = LONE + prices.unmarked
        yield Role.LONE_ABSTRACT, _State.LONE_ABSTRACT, alone + as_abstract


def _as_titles(
    state: _State, atom: Atom, as_title: float, prices: Prices
) -> Iterator[tuple[Role, _State, float]]:
    """Yield a title, with its paper below or alone, where no other title stands right above."""
    price = as_title + _no_title(atom) + (0.0 if atom.marked else prices.unmarked)
    if not atom.opens and not atom.marked and state not in _FREE:
        price += prices.glued_title
        price += (0.0 if atom.firm else 2.0) + (0.0 if atom.after_end else 2.0)
    if atom.text:
        yield Role.TITLE, _State.TITLE, price
    yield Role.LONE_TITLE, _State.LONE_TITLE, LONE + price


def _late_keys(state: _State, atom: Atom) -> Iterator[tuple[Role, _State, float]]:
    """Yield a key line that stands below an abstract, or above a title."""
    if atom.key is None or atom.key.key is None:
        return
    if state is _State.ABSTRACT:
        if atom.opens and (atom.late or not is_prose(atom.key)):
            yield Role.LATE_KEY, state, 1.0
        elif atom.late:
            # Right below a line like a title it is that title's key, and no abstract is there.
            head = atom.above < 0 and not atom.after_end and not atom.below_key
            yield Role.LATE_KEY, state, _EMPTY if head else 0.0
    elif atom.late and (state in _FREE or state is _State.LONE_ABSTRACT):
        yield Role.LATE_KEY, _State.STRAY if state in _FREE else state, 1.0


def _top_steps(state: _State, atom: Atom) -> Iterator[tuple[Role, _State, float]]:
    """Yield chrome and the date, where they can stand."""
    if not atom.head:
        return
    if atom.date is not None and state is _State.TOP:
        yield Role.DATE, _State.DATED, 0.0
    if atom.other_date and state is _State.TOP:
        yield Role.WRONG_DATE, _State.DATED, 1.0
    if atom.chrome is Chrome.SLOGAN:
        yield Role.CHROME, state, 0.0
    elif atom.chrome is Chrome.BADGE:
        late = 2.5 if state is _State.DATED else 0.0
        yield Role.CHROME, state, late + (3.0 if atom.glued else 0.0)


def _below_title(
    state: _State, atom: Atom, as_abstract: float, prices: Prices
) -> Iterator[tuple[Role, _State, float]]:
    """Yield what can follow a title: more of it, its keys, or its abstract."""
    if atom.begins:
        yield Role.ABSTRACT, _State.ABSTRACT, 0.0
        return
    if atom.names:
        yield Role.BYLINE, _State.KEYS, -2.0 if state is _State.TITLE else 0.5
    if atom.key is not None and atom.key.key is not None:
        yield Role.KEY, _State.KEYS, 0.0
        if atom.opens and is_prose(atom.key) and atom.leaning > 2.0:
            yield Role.ABSTRACT, _State.ABSTRACT, 2.0
        return
    if atom.key is not None and _value_like(atom):
        yield from _wrong_key(atom, atom.key)
    if state is _State.TITLE and not atom.opens:
        yield Role.TITLE_MORE, state, _joined_title(atom)
    glue = prices.open_abstract if state is _State.TITLE and atom.opens else 0.0
    if state is _State.TITLE and not atom.opens and not atom.head:
        glue = prices.glued_abstract * (1.0 if atom.firm else 2.0)
    yield Role.ABSTRACT, _State.ABSTRACT, glue + as_abstract + _too_little(atom)


def _wrong_key(atom: Atom, key: KeyLine) -> Iterator[tuple[Role, _State, float]]:
    """Yield the reading of a line as a key that there is not, the surer the nearer to one."""
    if atom.within or is_slip(key.word):
        yield Role.WRONG_KEY, _State.KEYS, 0.3
    elif nearest_key(key.word) is not None:
        whole = atom.opens and key.value.startswith("http")
        yield Role.WRONG_KEY, _State.KEYS, 4.5 if whole else 1.5 if atom.opens else 0.8
    elif not atom.opens:
        yield Role.WRONG_KEY, _State.KEYS, 4.5


def _value_like(atom: Atom) -> bool:
    """Whether the text after `Word:` is no more than a value: no prose, not all of a paper."""
    return atom.key is not None and (not atom.key.value or (atom.words < 30 and atom.leaning < 3.5))


def _too_little(atom: Atom) -> float:
    """Return what it costs to take a text for a whole abstract though it says nothing."""
    return _EMPTY if is_count(atom.text) else 0.0


def _on_card(atom: Atom) -> bool:
    return atom.chrome is Chrome.CARD or atom.card


def _top_like(atom: Atom) -> bool:
    return atom.chrome is not Chrome.NONE or atom.date is not None


def _no_title(atom: Atom) -> float:
    """Return what it costs to take chrome, a date or a key line for a title."""
    if atom.chrome is Chrome.SLOGAN or (atom.key is not None and atom.key.key is not None):
        return 5.0 if atom.key is not None and atom.key.key == "Note" else 8.0
    if atom.date is not None:
        return 12.0 if atom.head else 8.0
    return 2.0 if _on_card(atom) else 1.5 if atom.head else 0.0


def _as_title(atom: Atom) -> float:
    return _title_price(atom.leaning)


def _title_price(leaning: float) -> float:
    """Return what it costs to call a text a title; dearer than the odds say.

    Abstracts can be anything, one word or a title's copy; titles are never paragraphs of prose.
    """
    return _softplus(leaning) + 2.0 * max(0.0, leaning)


def _as_abstract(atom: Atom) -> float:
    return _softplus(-atom.leaning) + (
        8.0 if atom.chrome is Chrome.SLOGAN else 4.0 if _on_card(atom) else 0.0
    )


def _joined_title(atom: Atom) -> float:
    """Return the price of a title that goes on; both pieces of a full line cost what one does."""
    if atom.firm:
        return _as_title(atom) + 1.0
    return max(_REFUND, _title_price(atom.joined) - _title_price(atom.above))


def _joined_abstract(atom: Atom) -> float:
    if atom.opens:
        return _as_abstract(atom)
    if atom.firm:
        return _as_abstract(atom) + (1.5 if atom.after_end and atom.leaning < 0 else 0.5)
    return max(_REFUND, _softplus(-atom.joined) - _softplus(-atom.above))


def _softplus(value: float) -> float:
    """Return -log(1 - p) for the log-odds of p."""
    return log1p(exp(value)) if value < 30 else value
