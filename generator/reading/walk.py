"""Find the cheapest reading of a digest's pieces, given the prices of what is unusual.

Plain alternation of title and abstract costs nothing. Whatever leaves it (a paper without an
abstract, an abstract without a title, a further paragraph, a lost blank line) has a price, and
every piece costs the more the less it looks like what it is taken for. The reading with the
lowest sum is found in one walk over the pieces (Viterbi's algorithm), so that one odd text
cannot shift the papers after it.

What can follow what is for `steps` to say, what a piece's looks cost for `prices`, and what is
unusual in this list for `pairing`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from generator.reading.roles import RESTS, Role, State
from generator.reading.steps import looks_of, steps

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from generator.reading.atoms import Atom
    from generator.reading.prices import Prices

_STRONG = 2.5
"""Price of a missing mark where the evidence for a title is overwhelming."""
_BEAM = 60.0
"""A reading that costs this much more than the best one so far will not win."""


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
    costs: dict[State, float] = {State.TOP: 0.0}
    trail: list[dict[State, tuple[State, Role]]] = []
    for index, atom in enumerate(atoms):
        best: dict[State, tuple[float, State, Role]] = {}
        looks = looks_of(atom)
        own = marked_list if index in strong else prices
        limit = min(costs.values()) + _BEAM
        for state, cost in costs.items():
            if cost > limit:
                continue
            for role, following, step in steps(state, atom, kin[index], own, looks):
                total = cost + step
                if following not in best or total < best[following][0]:
                    best[following] = (total, state, role)
        costs = {state: entry[0] for state, entry in best.items()}
        trail.append({state: entry[1:] for state, entry in best.items()})
    state = min((s for s in costs if s in RESTS), key=costs.__getitem__, default=State.TOP)
    roles: list[Role] = []
    for step_back in reversed(trail):
        state, role = step_back[state]
        roles.append(role)
    return tuple(reversed(roles))
