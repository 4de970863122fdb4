"""A map of a library: a place for every paper, near what it resembles. Pure, from `Vectors`.

t-SNE (scikit-learn) over each paper's nearest by TF-IDF, from a start that two directions of
the whole library give. Distances between far clusters mean nothing; that neighbours are near
does. How well that holds is measured by `benchmarks/related.py`.

The same texts give the same places on one machine, whatever the number of its threads: all work
is done in one thread and in a fixed order. Another processor or version of scikit-learn may
round otherwise, and then the whole map looks different while neighbours stay neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from generator.enriching.vectors import Near, Text, Vectors, nearest, vectorise

FEWEST = 8
"""Papers below which there is no map: it would show nothing that a list does not."""

SIDE = 9999
"""Places are whole numbers from 0 to this, from left to right and from top to bottom."""

_STEPS = 500
_ANGLE = 0.7
"""How coarsely far papers are taken together: at 10,000 a third of the time of 0.5."""
_GAP = 0.45
"""How far papers are kept apart, as a share of the room that each has."""
_PUSHES = 30


def place(
    texts: Sequence[Text], vectors: Vectors | None = None, near: Near | None = None
) -> list[tuple[int, int]]:
    """Return x and y for each paper, or nothing for fewer than eight.

    `vectors` and `near` are those of the same texts, if they are made already. Takes about 20
    seconds of one processor at 10,000 papers.
    """
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    if len(texts) < FEWEST:
        return []
    vectors = vectors or vectorise(texts)
    with threadpool_limits(1):
        points = _apart(_fitted(_placed(vectors.matrix, near or nearest(vectors))))
    return [(int(x), int(y)) for x, y in points.round().tolist()]


def _placed(matrix: Any, near: Near) -> Any:
    import numpy as np
    from scipy.sparse import csr_matrix
    from sklearn.manifold import TSNE

    count = matrix.shape[0]
    perplexity = min(near.others.shape[1] // 3, max(count // 8, 2))
    # Each paper is its own first neighbour here; the graph must say so.
    others = np.hstack([np.arange(count)[:, None], near.others])
    apart = np.hstack([np.zeros((count, 1)), np.clip(1 - near.cosines, 0, 1)])
    starts = np.arange(0, others.size + 1, others.shape[1])
    graph = csr_matrix((apart.ravel(), others.ravel(), starts), shape=(count, count))
    tsne = TSNE(
        perplexity=perplexity,
        metric="precomputed",
        init=_start(matrix),
        learning_rate=max(count / 48, 10.0),
        max_iter=_STEPS,
        angle=_ANGLE,
        random_state=0,
        n_jobs=1,
    )
    return tsne.fit_transform(graph)


def _start(matrix: Any) -> Any:
    """Return the two directions in which the library's papers differ most, small and centred."""
    import numpy as np
    from sklearn.decomposition import TruncatedSVD

    count = matrix.shape[0]
    # A little of a spiral keeps apart papers that share nothing with any other.
    turns = np.arange(count) * 2.399963
    start = np.sqrt(np.arange(count) / count)[:, None] * np.stack(
        [np.cos(turns), np.sin(turns)], axis=1
    )
    if matrix.shape[1] > 3:
        found = TruncatedSVD(3, n_iter=7, random_state=0).fit_transform(matrix)[:, 1:]
        found -= found.mean(axis=0)
        start = 0.01 * start + found / max(float(found.std()), 1e-12)
    return (start * 1e-4).astype(np.float32)


def _fitted(points: Any) -> Any:
    """Stretch to the map's whole side, in both directions."""
    low, high = points.min(axis=0), points.max(axis=0)
    return (points - low).astype(float) / (high - low).clip(1e-12) * SIDE


def _apart(points: Any) -> Any:
    """Push papers apart that stand so close that one would hide the other."""
    import numpy as np
    from scipy.spatial import cKDTree

    gap = _GAP * SIDE / len(points) ** 0.5
    for step in range(_PUSHES):
        pairs = cKDTree(points).query_pairs(gap, output_type="ndarray")
        if not len(pairs):
            break
        pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
        way = points[pairs[:, 0]] - points[pairs[:, 1]]
        length = np.hypot(way[:, 0], way[:, 1])
        same = length < 1e-9
        turns = pairs[same, 0] * 2.399963 + pairs[same, 1] + step
        way[same] = np.stack([np.cos(turns), np.sin(turns)], axis=1)
        length[same] = 1
        push = way * ((gap - np.where(same, 0, length)) / length / 2)[:, None]
        np.add.at(points, pairs[:, 0], push)
        np.add.at(points, pairs[:, 1], -push)
        points = points.clip(0, SIDE)
    return points
