"""Comparing in a library that grows: what one more digest changes is all that is worked out.

What is to be learned from a library as a whole, how rare each term is and how the map is laid
out, is learned from its oldest papers: from so many as the largest step of a fixed series that
the library has reached. All later papers are weighed and placed by that. So a build that starts
from nothing and one that goes on from an earlier one do the same, and until the next step, a
quarter more papers, a new digest costs what one digest costs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from generator.enriching.landscape import arranged, beside
from generator.enriching.neighbours import MOST, Closest, closest, in_order, index, none
from generator.enriching.readings import Texts
from generator.enriching.remembering import Array, digest, pack, unpack
from generator.enriching.rows import Fit, Rows, count, fit, gathered, joined, weigh
from generator.enriching.saying import Said
from generator.growth import learned_from


class Kept(msgspec.Struct, frozen=True):
    """What the next build needs to go on."""

    texts: list[bytes]
    """The keys of the papers."""
    fitted: bytes
    """Names the papers that were learned from."""
    papers: int
    """How many these are."""
    terms: Array
    counts: Array
    places: Array
    starts: Array
    row_terms: Array
    row_weights: Array
    others: Array
    rough: Array
    scores: Array


class Grown(msgspec.Struct, frozen=True):
    """Papers as they were compared."""

    fitted: bytes
    fit: Fit
    places: Any
    """Of the fitted papers."""
    rows: Rows
    closest: Closest


def grow(
    said: Texts, keys: Sequence[bytes], before: Sequence[bytes] = (), known: Grown | None = None
) -> Grown:
    """Compare papers, each with a key, going on from what is known of those that were `before`."""
    most = learned_from(len(keys))
    fitted = digest([b"".join(keys[:most])])
    if known is None or known.fitted != fitted:
        return _extended(
            _started([said[at] for at in range(most)], fitted), keys[:most], keys, said
        )
    return _extended(known, before, keys, said)


def _started(said: Sequence[Said], fitted: bytes) -> Grown:
    """Learn from papers, and compare them with each other."""
    import numpy as np

    counted = count(said)
    learned = fit(counted)
    rows = weigh(counted, learned)
    found = closest(index(rows, learned), none(len(said)), np.ones(len(said), dtype=bool))
    return Grown(fitted, learned, arranged(rows, in_order(found)[0]), rows, found)


def _extended(known: Grown, before: Sequence[bytes], keys: Sequence[bytes], said: Texts) -> Grown:
    """Bring papers in that are new, and leave those out that are gone."""
    import numpy as np

    if list(before) == list(keys):
        return known
    came_from = origins(before, keys)
    new = np.flatnonzero(came_from < 0)
    stays = np.flatnonzero(came_from >= 0)
    if (np.diff(came_from[stays]) < 0).any():
        # Equals come in the order of papers, which is another one now.
        found = none(len(keys))
        fresh = np.ones(len(keys), dtype=bool)
    else:
        found, fresh = _moved(known.closest, came_from, len(before))
    rows = joined(known.rows, weigh(count([said[at] for at in new.tolist()]), known.fit))
    source = came_from.copy()
    source[new] = len(before) + np.arange(len(new))
    if len(source) != len(rows) or (np.diff(source) != 1).any():
        rows = gathered(rows, source)  # Else the new ones are the last: so it is nearly always.
    found = closest(index(rows, known.fit), found, fresh)
    return Grown(known.fitted, known.fit, known.places, rows, found)


def _moved(found: Closest, came_from: Any, before: int) -> tuple[Closest, Any]:
    """Return what is known under the papers' new places, and who is to be looked up."""
    import numpy as np

    stays = np.flatnonzero(came_from >= 0)
    went_to = np.full(before + 1, -1, dtype=np.int64)
    went_to[came_from[stays]] = stays
    fresh = came_from < 0
    moved = none(len(came_from))
    mine = found.others[came_from[stays]]
    theirs = went_to[mine]
    # Whoever loses a candidate may have had another one behind it.
    fresh[stays] = ((mine >= 0) & (theirs < 0)).any(axis=1)
    moved.others[stays] = theirs
    moved.rough[stays] = found.rough[came_from[stays]]
    moved.scores[stays] = found.scores[came_from[stays]]
    return moved, fresh


def origins(before: Sequence[bytes], keys: Sequence[bytes]) -> Any:
    """Return where each of some papers stood before, all named by their texts' keys; else -1."""
    import numpy as np

    old = {name: at for at, name in enumerate(_named(before))}
    return np.array([old.get(name, -1) for name in _named(keys)], dtype=np.int64)


def _named(keys: Sequence[bytes]) -> Sequence[bytes | tuple[bytes, int]]:
    """Tell papers apart that have the same text."""
    names: list[bytes | tuple[bytes, int]] = list(keys)
    seen: dict[bytes, int] = {}
    for at, key in enumerate(keys):
        if number := seen.get(key, 0):
            names[at] = (key, number)
        seen[key] = number + 1
    return names


def places(grown: Grown) -> list[tuple[int, int]]:
    """Return the place of each paper: later ones stand beside those that they resemble."""
    others, cosines = in_order(grown.closest)
    most = len(grown.places)
    return beside(grown.places, others[most:], cosines[most:])


def keep(grown: Grown, keys: Sequence[bytes]) -> Kept:
    """Write down what the next build needs."""
    rows, found = grown.rows, grown.closest
    return Kept(
        list(keys),
        grown.fitted,
        grown.fit.papers,
        pack(grown.fit.terms, "<u8"),
        pack(grown.fit.counts, "<i4"),
        pack(grown.places, "<i4"),
        pack(rows.starts, "<i8"),
        pack(rows.terms, "<u8"),
        pack(rows.weights, "<i4"),
        pack(found.others, "<i4"),
        pack(found.rough, "<i8"),
        pack(found.scores, "<i8"),
    )


def opened(kept: Kept) -> Grown | None:
    """Read what was kept; nothing if it does not fit."""
    import numpy as np

    count = len(kept.texts)
    try:
        starts = unpack(kept.starts, "<i8", count + 1)
        entries = int(starts[-1])
        terms = unpack(kept.terms, "<u8", -1)
        others = unpack(kept.others, "<i4", count, MOST).astype(np.int64)
        grown = Grown(
            kept.fitted,
            Fit(kept.papers, terms, unpack(kept.counts, "<i4", len(terms)).astype(np.int64)),
            unpack(kept.places, "<i4", kept.papers, 2),
            Rows(
                starts,
                unpack(kept.row_terms, "<u8", entries),
                unpack(kept.row_weights, "<i4", entries).astype(np.int64),
            ),
            Closest(
                others,
                unpack(kept.rough, "<i8", count, MOST),
                unpack(kept.scores, "<i8", count, MOST),
            ),
        )
    except ValueError:
        return None
    in_range = count == 0 or (others.min() >= -1 and others.max() < count)
    counts = grown.fit.counts
    fits = starts[0] == 0 and (np.diff(starts) >= 0).all() and in_range
    fits = fits and (len(counts) == 0 or (counts.min() > 0 and counts.max() <= kept.papers))
    return grown if fits else None
