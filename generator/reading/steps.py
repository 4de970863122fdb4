"""Say which roles a piece can have after what stands above it, and what each of them costs.

This is the grammar of a digest, without a memory but the `State`. The price of how a piece
looks comes from `prices`; choosing among all readings is for `walk`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.reading.chrome import Chrome
from generator.reading.keys import KeyLine, is_prose, is_slip, nearest_key
from generator.reading.prices import (
    EMPTY,
    LONE,
    Prices,
    abstract_price,
    joined_abstract,
    joined_title,
    no_title,
    on_card,
    title_price,
    too_little,
)
from generator.reading.roles import FREE, INSIDE, TOPS, Role, State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.reading.atoms import Atom


def steps(
    state: State, atom: Atom, kin: float, prices: Prices, looks: tuple[float, float]
) -> Iterator[tuple[Role, State, float]]:
    """Yield each role that an atom can have in a state, the state after it, and the price.

    `looks` are those of `looks_of`, which are the same in all states.
    """
    as_title, as_abstract = looks
    if state in TOPS:
        yield from _top_steps(state, atom)
    if on_card(atom):
        after = state if state in INSIDE or state in TOPS else State.STRAY
        yield Role.STRAY, after, 0.5 if atom.card else 1.0
    if state in (State.TITLE, State.KEYS):
        if not atom.marked:
            yield from _below_title(state, atom, as_abstract, prices)
        return
    yield from _as_titles(state, atom, as_title, prices)
    if atom.marked:
        return
    yield from _late_keys(state, atom)
    if state is State.ABSTRACT:
        if atom.opens:
            against = -0.5 * atom.leaning if atom.leaning < 0 else 0.0
            # A day in a line of its own is no paragraph: it begins another list.
            against += 4.0 if atom.date is not None else 0.0
            yield Role.PARAGRAPH, state, max(0.5, prices.paragraph - kin) + as_abstract + against
        elif not atom.late:
            yield Role.ABSTRACT_MORE, state, joined_abstract(atom)
    elif state is State.LONE_ABSTRACT:
        yield (
            Role.LONE_ABSTRACT_MORE,
            state,
            joined_abstract(atom) + (max(0.5, prices.paragraph - 1.5) if atom.opens else 0.0),
        )
    elif state is State.LONE_TITLE:
        if not atom.opens:
            yield Role.LONE_TITLE_MORE, state, joined_title(atom)
        if atom.key is not None and atom.key.key is not None:
            yield Role.KEY, state, 0.0
    if _top_like(atom):
        after = state if state in TOPS else State.STRAY
        yield Role.STRAY, after, 1.0 if atom.chrome is Chrome.SLOGAN else 3.0
    if atom.opens or state in FREE:
        alone = LONE + prices.unmarked
        yield Role.LONE_ABSTRACT, State.LONE_ABSTRACT, alone + as_abstract


def looks_of(atom: Atom) -> tuple[float, float]:
    """Return what it costs to take an atom for a title, and for an abstract, by its looks."""
    return title_price(atom.leaning), abstract_price(atom)


def _as_titles(
    state: State, atom: Atom, as_title: float, prices: Prices
) -> Iterator[tuple[Role, State, float]]:
    """Yield a title, with its paper below or alone, where no other title stands right above."""
    price = as_title + no_title(atom) + (0.0 if atom.marked else prices.unmarked)
    if not atom.opens and not atom.marked and state not in FREE:
        price += prices.glued_title
        price += (0.0 if atom.firm else 2.0) + (0.0 if atom.after_end else 2.0)
    if atom.text:
        yield Role.TITLE, State.TITLE, price
    yield Role.LONE_TITLE, State.LONE_TITLE, LONE + price


def _late_keys(state: State, atom: Atom) -> Iterator[tuple[Role, State, float]]:
    """Yield a key line that stands below an abstract, or above a title."""
    if atom.key is None or atom.key.key is None:
        return
    if state is State.ABSTRACT:
        if atom.opens and (atom.late or not is_prose(atom.key)):
            yield Role.LATE_KEY, state, 1.0
        elif atom.late:
            # Right below a line like a title it is that title's key, and no abstract is there.
            head = atom.above < 0 and not atom.after_end and not atom.below_key
            yield Role.LATE_KEY, state, EMPTY if head else 0.0
    elif atom.late and (state in FREE or state is State.LONE_ABSTRACT):
        yield Role.LATE_KEY, State.STRAY if state in FREE else state, 1.0


def _top_steps(state: State, atom: Atom) -> Iterator[tuple[Role, State, float]]:
    """Yield chrome and the date, where they can stand."""
    if not atom.head:
        return
    if atom.date is not None and state is State.TOP:
        yield Role.DATE, State.DATED, 0.0
    if atom.other_date and state is State.TOP:
        yield Role.WRONG_DATE, State.DATED, 1.0
    if atom.chrome is Chrome.SLOGAN:
        yield Role.CHROME, state, 0.0
    elif atom.chrome is Chrome.BADGE:
        late = 2.5 if state is State.DATED else 0.0
        yield Role.CHROME, state, late + (3.0 if atom.glued else 0.0)


def _below_title(
    state: State, atom: Atom, as_abstract: float, prices: Prices
) -> Iterator[tuple[Role, State, float]]:
    """Yield what can follow a title: more of it, its keys, or its abstract."""
    if atom.begins:
        yield Role.ABSTRACT, State.ABSTRACT, 0.0
        return
    if atom.names:
        yield Role.BYLINE, State.KEYS, -2.0 if state is State.TITLE else 0.5
    if atom.key is not None and atom.key.key is not None:
        yield Role.KEY, State.KEYS, 0.0
        if atom.opens and is_prose(atom.key) and atom.leaning > 2.0:
            yield Role.ABSTRACT, State.ABSTRACT, 2.0
        return
    if atom.key is not None and _value_like(atom):
        yield from _wrong_key(atom, atom.key)
    if state is State.TITLE and not atom.opens:
        yield Role.TITLE_MORE, state, joined_title(atom)
    glue = prices.open_abstract if state is State.TITLE and atom.opens else 0.0
    if state is State.TITLE and not atom.opens and not atom.head:
        glue = prices.glued_abstract * (1.0 if atom.firm else 2.0)
    yield Role.ABSTRACT, State.ABSTRACT, glue + as_abstract + too_little(atom)


def _wrong_key(atom: Atom, key: KeyLine) -> Iterator[tuple[Role, State, float]]:
    """Yield the reading of a line as a key that there is not, the surer the nearer to one."""
    if atom.within or is_slip(key.word):
        yield Role.WRONG_KEY, State.KEYS, 0.3
    elif nearest_key(key.word) is not None:
        whole = atom.opens and key.value.startswith("http")
        yield Role.WRONG_KEY, State.KEYS, 4.5 if whole else 1.5 if atom.opens else 0.8
    elif not atom.opens:
        yield Role.WRONG_KEY, State.KEYS, 4.5


def _value_like(atom: Atom) -> bool:
    """Whether the text after `Word:` is no more than a value: no prose, not all of a paper."""
    return atom.key is not None and (not atom.key.value or (atom.words < 30 and atom.leaning < 3.5))


def _top_like(atom: Atom) -> bool:
    return atom.chrome is not Chrome.NONE or atom.date is not None
