"""Who is related to whom in a library that grows: nobody is asked twice for reasons.

Of most papers a new digest changes neither the closest nor their order. What was found of these
stays as it is, and they are told from the others all at once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import msgspec

from generator.enriching.growing import Grown, origins
from generator.enriching.neighbours import in_order
from generator.enriching.related import CLOSE, MOST, TRIED, explained
from generator.enriching.remembering import Array, pack, unpack
from generator.enriching.saying import Said
from generator.enriching.spelling import Key
from generator.model import Related

_GONE = -2
"""In the place of a paper that is no more; -1 is none."""


class Relations(msgspec.Struct, frozen=True, array_like=True):
    """What papers were asked for reasons, and those that had some."""

    texts: list[bytes]
    """The key of each paper's text."""
    slugs: list[str]
    asked: Array
    """The papers that each was held against, closest first; -1 where there is none."""
    related: list[tuple[Related, ...]]
    """Of those that were asked, those that are shown."""

    def fits(self) -> bool:
        """Tell whether it is of one library; whom it asked is looked at when that is needed."""
        others = {related.slug for found in self.related for related in found}
        counts = {len(self.texts), len(self.slugs), len(self.related)}
        return len(counts) == 1 and others <= set(self.slugs)


_NOBODY = Relations([], [], Array("<i4", (0, TRIED), b""), [])


def relations(
    grown: Grown,
    texts: list[bytes],
    slugs: list[str],
    said: Callable[[int], Said],
    subjects: Collection[Key],
    known: Relations | None,
) -> Relations:
    """Relate papers, each with the key of its text and its slug, going on from what is `known`."""
    near = _near(grown)
    before = _Before(_sound(known) or _NOBODY, texts, slugs)
    asked, related, is_open = before.kept(near)
    for at in is_open:
        others = [other for other in near[at].tolist() if other >= 0]
        tried = explained(grown.rows, at, others, said, subjects, before.reasons(at))
        asked[at] = -1
        asked[at, : len(tried)] = [other for other, _ in tried]
        related[at] = tuple(Related(slugs[other], terms) for other, terms in tried if terms)
    return Relations(texts, slugs, pack(asked, "<i4"), related)


def _sound(known: Relations | None) -> Relations | None:
    """Take what asked papers that are not there as nothing."""
    count = len(known.texts) if known else 0
    try:
        asked = unpack(known.asked, "<i4", count, TRIED) if known else None
    except ValueError:
        return None
    is_sound = asked is not None and count and asked.min() >= -1 and asked.max() < count
    return known if is_sound else None


def _near(grown: Grown) -> Any:
    """Return of each paper those that can be related, closest first, and -1 behind them."""
    import numpy as np

    others, cosines = (part[:, :TRIED] for part in in_order(grown.closest))
    is_far = np.logical_or.accumulate((others < 0) | (cosines < CLOSE), axis=1)
    near = np.full((len(others), TRIED), -1, dtype=np.int32)
    near[:, : others.shape[1]] = np.where(is_far, -1, others)
    return near


class _Before:
    """What is known from before, as papers stand now."""

    def __init__(self, known: Relations, texts: Sequence[bytes], slugs: Sequence[str]) -> None:
        import numpy as np

        count = len(known.texts)
        self._known = known
        self._came_from = origins(known.texts, texts)
        stays = np.flatnonzero(self._came_from >= 0)
        # Of these, and of those named anew, the last stands for -1: nobody stays nobody.
        self._went_to = np.full(count + 1, _GONE, dtype=np.int32)
        self._went_to[self._came_from[stays]] = stays
        self._went_to[-1] = -1
        self._asked = unpack(known.asked, "<i4", count, TRIED)
        self._named_anew = np.zeros(count + 1, dtype=bool)
        self._named_anew[self._came_from[stays]] = [
            slugs[now] != known.slugs[old]
            for now, old in zip(stays.tolist(), self._came_from[stays].tolist(), strict=True)
        ]

    def kept(self, near: Any) -> tuple[Any, list[tuple[Related, ...]], list[int]]:
        """Return whom papers asked and what they found, and those of which that is not known."""
        import numpy as np

        asked = np.full(near.shape, -1, dtype=np.int32)
        there = np.flatnonzero(self._came_from >= 0)
        old = self._came_from[there]
        before = self._asked[old]
        asked[there] = self._went_to[before]
        shown = np.fromiter(map(len, self._known.related), dtype=np.int64)[old]
        # Whoever has found as many as are shown asks nobody who is further away.
        asks = (asked[there] != -1) | (shown < MOST)[:, None]
        same = (np.where(asks, near[there], -1) == asked[there]).all(axis=1)
        same &= ~self._named_anew[before].any(axis=1)
        is_open = np.ones(len(near), dtype=bool)
        is_open[there[same]] = False
        related: list[tuple[Related, ...]] = [()] * len(near)
        for at, was in zip(there[same].tolist(), old[same].tolist(), strict=True):
            related[at] = self._known.related[was]
        return asked, related, np.flatnonzero(is_open).tolist()

    def reasons(self, at: int) -> Mapping[int, tuple[str, ...]]:
        """Return the reasons that are known of a paper, by the other one."""
        was = int(self._came_from[at])
        if was < 0:
            return {}
        found = {related.slug: related.terms for related in self._known.related[was]}
        slugs = self._known.slugs
        asked = self._asked[was].tolist()
        return {
            int(self._went_to[other]): found.get(slugs[other], ()) for other in asked if other >= 0
        }
