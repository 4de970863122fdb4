"""The order in which papers stand in the index: those on like subjects close together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from generator.model import Paper
from generator.searching.packing import Numbers

_SIDE = 1 << 14


def by_subject(papers: Sequence[Paper], positions: Mapping[str, tuple[int, int]]) -> list[int]:
    """Return places of papers in an order that puts those on like subjects close together.

    What is close on the map stands close in the index: gaps between numbers are small, and what
    a query finds lies in few files. Without a map the first tag has to do.
    """
    places = [positions.get(paper.slug) for paper in papers]
    far = _along_the_curve(np.array([place or (0, 0) for place in places]).reshape(-1, 2))
    keys = [
        (along if place else -1, paper.tags[0] if paper.tags else "", paper.slug)
        for paper, place, along in zip(papers, places, far.tolist(), strict=True)
    ]
    return sorted(range(len(papers)), key=keys.__getitem__)


def _along_the_curve(places: Numbers) -> Numbers:
    """Return how far along Hilbert's curve places of the map lie, each from 0 to `_SIDE`."""
    x, y = places.astype(np.int64).T
    far, side = np.zeros(len(places), np.int64), _SIDE // 2
    while side:
        right, up = x & side > 0, y & side > 0
        far += side * side * (3 * right ^ up)
        x, y = (
            np.where(up, x, np.where(right, _SIDE - 1 - y, y)),
            np.where(up, y, np.where(right, _SIDE - 1 - x, x)),
        )
        side //= 2
    return far
