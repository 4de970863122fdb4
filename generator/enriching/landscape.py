"""A map of a library: a place for every paper, near what it resembles. Pure, from `Vectors`.

t-SNE (scikit-learn) over each paper's nearest by TF-IDF, from a start that two directions of
the whole library give. Distances between far clusters mean nothing; that neighbours are near
does. How well that holds is measured by `benchmarks/related.py`.

The same texts give the same places on one machine, whatever the number of its threads: all work
is done in one thread and in a fixed order. Another processor or version of scikit-learn may
round otherwise, and then the whole map looks different while neighbours stay neighbours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import cos, floor, hypot, sin
from typing import Any

from generator.enriching.rows import Rows
from generator.enriching.saying import Text
from generator.enriching.vectors import Near, Vectors, nearest, vectorise

FEWEST = 8
"""Papers below which there is no map: it would show nothing that a list does not."""

SIDE = 9999
"""Places are whole numbers from 0 to this, from left to right and from top to bottom."""

_STEPS = 500
_ANGLE = 0.7
"""How coarsely far papers are taken together: at 10,000 a third of the time of 0.5."""
_GAP = 0.45
"""How far papers are kept apart, as a share of the room that each has."""
_CLOSE_GAP, _LATER_GAP = 0.35, 0.25
"""The same in libraries that grow, and for papers that come later."""
_PUSHES = 30
_TURN = 2.399963
"""The golden angle: places on a spiral with it are spread evenly."""
_BESIDE = 10
"""By how many of the fitted a later paper is placed."""
_SOUGHT = 2000


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


def arranged(rows: Rows, others: Any) -> Any:
    """Return x and y for each of many papers; `others` are their closest, closest first."""
    import numpy as np

    from generator.enriching.layout import layout, start

    return np.rint(_apart(_fitted(layout(others, start(rows))), _CLOSE_GAP)).astype(np.int64)


def beside(fixed: Any, others: Any, cosines: Any) -> list[tuple[int, int]]:
    """Return the places of papers that have theirs, `fixed`, and of later ones beside them.

    Those stand where most of their closest are, and step aside, each in its turn, to where no
    paper before it would be hidden. A paper that resembles none starts from the middle.
    """
    done = list(map(tuple, fixed.tolist()))
    if not len(others):
        return done
    gap = _LATER_GAP * SIDE / len(done) ** 0.5
    taken: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for place, cell in zip(done, (fixed // gap).astype(int).tolist(), strict=True):
        taken[tuple(cell)].append(place)
    for middle in _amid(fixed, others, cosines).tolist():
        place = next(
            spot for spot, room in _around(middle, gap) if _is_free(spot, room, gap, taken)
        )
        taken[floor(place[0] / gap), floor(place[1] / gap)].append(place)
        done.append(place)
    return done


def _amid(fixed: Any, others: Any, cosines: Any) -> Any:
    """Return for each later paper the place where most of its closest are that have theirs.

    A mean of all would lie between two clusters. So that of the closest is taken that has most of
    the others around it, and of these the mean.
    """
    import numpy as np

    is_fixed = (others >= 0) & (others < len(fixed))
    order = np.argsort(~is_fixed, axis=1, kind="stable")[:, :_BESIDE]
    shares = np.take_along_axis(np.where(is_fixed, cosines, 0.0), order, axis=1)
    places = fixed[np.take_along_axis(np.where(is_fixed, others, 0), order, axis=1)]
    reach = SIDE / len(fixed) ** 0.5
    apart = ((places[:, :, None] - places[:, None]) / reach) ** 2
    around = shares[:, None] / (1 + apart.sum(axis=-1))
    # Rounded, so that no last bit tells which is the best.
    best = around.sum(axis=2).round(9).argmax(axis=1)
    around = np.take_along_axis(around, best[:, None, None], axis=1)[:, 0]
    whole = around.sum(axis=1, keepdims=True)
    means = (around[:, :, None] * places).sum(axis=1) / np.where(whole > 0, whole, 1.0)
    return np.where(whole > 0, means, SIDE / 2)


def _around(middle: tuple[float, float], gap: float) -> Iterator[tuple[tuple[int, int], float]]:
    """Yield places around one, further and further away, and the room that each must have.

    Where there is none left, at last any place will do.
    """
    for room in (gap, gap / 4, 1.0, 0.0):
        for step in range(_SOUGHT):
            far = max(gap * room, 1.0) ** 0.5 / 2 * step**0.5
            x, y = middle[0] + far * cos(step * _TURN), middle[1] + far * sin(step * _TURN)
            if 0 <= x <= SIDE and 0 <= y <= SIDE:
                yield (round(x), round(y)), room


def _is_free(
    spot: tuple[int, int],
    room: float,
    gap: float,
    taken: dict[tuple[int, int], list[tuple[int, int]]],
) -> bool:
    column, row = floor(spot[0] / gap), floor(spot[1] / gap)
    return all(
        hypot(x - spot[0], y - spot[1]) >= room
        for across in (column - 1, column, column + 1)
        for along in (row - 1, row, row + 1)
        for x, y in taken.get((across, along), ())
    )


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
    turns = np.arange(count) * _TURN
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


def _apart(points: Any, share: float = _GAP) -> Any:
    """Push papers apart that stand so close that one would hide the other."""
    import numpy as np
    from scipy.spatial import cKDTree

    gap = share * SIDE / len(points) ** 0.5
    for step in range(_PUSHES):
        pairs = cKDTree(points).query_pairs(gap, output_type="ndarray")
        if not len(pairs):
            break
        pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
        way = points[pairs[:, 0]] - points[pairs[:, 1]]
        length = np.hypot(way[:, 0], way[:, 1])
        same = length < 1e-9
        turns = pairs[same, 0] * _TURN + pairs[same, 1] + step
        way[same] = np.stack([np.cos(turns), np.sin(turns)], axis=1)
        length[same] = 1
        push = way * ((gap - np.where(same, 0, length)) / length / 2)[:, None]
        np.add.at(points, pairs[:, 0], push)
        np.add.at(points, pairs[:, 1], -push)
        points = points.clip(0, SIDE)
    return points
