"""Each paper's closest others in a library that grows, without a look at every pair.

In two steps, as search engines do (Broder and others, "Efficient query evaluation using a
two-level retrieval process", 2003): an inverted index of all terms but the broadest, those of
more than a thousand papers, gives each paper's candidates with what these terms make of the
cosine; for candidates the broad terms are added. A term's papers are bounded, so that the cost of
a paper does not grow with the library. A candidate depends on two papers' rows alone and scores
are exact whole numbers, so that papers that come later only have to be merged in: which are the
closest does not depend on when each came.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from generator.enriching.rows import ONE, Fit, Rows, ranges

MOST = 32
"""Candidates of each paper. Of the ten closest at 10,000 papers 98 % are among them."""

BROAD = 1000
"""A term of more of the fitted papers finds nothing, it only counts."""

_BLOCK = 40
_SIEVE = 1 << 16
_PLACES = 20
"""Bits for a paper's place in the library, below its score: equals come in the order of papers."""
_LAST = (1 << _PLACES) - 1


class Index(msgspec.Struct, frozen=True):
    """Rows, taken apart for looking up."""

    narrow: Rows
    broad: Any
    """A row for each paper, a column for each broad term."""

    def __len__(self) -> int:
        """Count the papers."""
        return len(self.narrow)


class Closest(msgspec.Struct, frozen=True):
    """Up to `MOST` candidates of each paper, by what the narrow terms say; -1 where none is."""

    others: Any
    rough: Any
    """Scores by narrow terms."""
    scores: Any
    """Scores by all terms: cosines × `ONE` × `ONE`."""


def index(rows: Rows, fitted: Fit) -> Index:
    """Take the broad terms out of rows."""
    import numpy as np

    broad = fitted.terms[fitted.counts > BROAD]
    at = np.searchsorted(broad, rows.terms)
    is_broad = np.append(broad, 0).astype(np.uint64)[at] == rows.terms
    papers = np.repeat(np.arange(len(rows)), np.diff(rows.starts))
    table = np.zeros((len(rows), len(broad)), dtype=np.int64)
    table[papers[is_broad], at[is_broad]] = rows.weights[is_broad]
    sizes = np.bincount(papers[~is_broad], minlength=len(rows))
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    return Index(Rows(starts, rows.terms[~is_broad], rows.weights[~is_broad]), table)


def none(papers: int) -> Closest:
    """Return candidates of papers for which none are known."""
    import numpy as np

    shape = (papers, MOST)
    nothing = np.zeros(shape, dtype=np.int64)
    return Closest(np.full(shape, -1, dtype=np.int64), nothing, nothing.copy())


def closest(indexed: Index, known: Closest, fresh: Any) -> Closest:
    """Find the candidates of all papers.

    `known` are those of papers that are not `fresh`, among each other; `fresh` says for each
    paper whether it is to be looked up among all. The result is the same whatever is known.
    """
    import numpy as np

    asked = np.flatnonzero(fresh)
    papers, others, scores = [], [], []
    least = np.where(fresh, 1 << 62, _rank(known.rough[:, -1], known.others[:, -1]))
    for block, table in _looked_up(indexed, asked):
        table[np.arange(len(block)), block] = 0
        ranked = (table << _PLACES) + np.where(table > 0, _LAST - np.arange(len(indexed)), 0)
        most = min(MOST, len(indexed))
        best = np.argpartition(ranked, len(indexed) - most, axis=1)[:, len(indexed) - most :]
        papers.append(np.repeat(block, most))
        others.append(best.ravel())
        scores.append(np.take_along_axis(table, best, axis=1).ravel())
        if len(asked) < len(indexed):
            # The other way round: fresh papers that enter the lists of those that are known.
            enters = (table << _PLACES) + (_LAST - block)[:, None] > least
            at, to = np.nonzero(enters & (table > 0))
            papers.append(to)
            others.append(block[at])
            scores.append(table[at, to])
    if not papers:
        return known
    return _merged(indexed, known, fresh, *map(np.concatenate, (papers, others, scores)))


def _rank(scores: Any, others: Any) -> Any:
    """Make one number of a score and a place: higher is closer, then earlier in the library."""
    import numpy as np

    return np.where(scores > 0, (scores << _PLACES) + _LAST - others, 0)


def _looked_up(indexed: Index, asked: Any) -> Iterator[tuple[Any, Any]]:
    """Yield papers that are asked for, in blocks, with their scores for each paper."""
    import numpy as np

    rows = indexed.narrow
    count = len(rows)
    order = _sieved(rows, asked)
    order = order[np.argsort(rows.terms[order])]  # In which order equals come does not matter.
    # Where the papers of each entry's term stand in that order, and how many they are.
    new = np.append(True, np.diff(rows.terms[order]) != 0)[: len(order)]
    begins = np.append(np.flatnonzero(new), len(order))
    term = np.empty(len(rows.terms), dtype=np.int64)
    term[order] = np.cumsum(new) - 1
    owners = np.repeat(np.arange(count), np.diff(rows.starts))[order]
    weights = rows.weights[order].astype(np.float64)
    for at in range(0, len(asked), _BLOCK):
        block = asked[at : at + _BLOCK]
        sizes = rows.starts[block + 1] - rows.starts[block]
        entries = ranges(rows.starts[block], sizes)
        low = begins[term[entries]]
        many = begins[term[entries] + 1] - low
        found = ranges(low, many)
        keys = np.repeat(np.repeat(np.arange(len(block)), sizes) * count, many) + owners[found]
        products = np.repeat(rows.weights[entries], many) * weights[found]
        table = np.bincount(keys, weights=products, minlength=len(block) * count)
        yield block, table.reshape(len(block), count).astype(np.int64)


def _sieved(rows: Rows, asked: Any) -> Any:
    """Return the entries of all terms that some papers have, and of few others.

    A few new papers have a fraction of all terms, and to sort the others would be half the work.
    """
    import numpy as np

    # Terms are hashes: any bits of them will do, the lowest only tells words from pairs.
    low = (rows.terms >> np.uint64(1)) & np.uint64(_SIEVE - 1)
    has = np.zeros(_SIEVE, dtype=bool)
    has[low[ranges(rows.starts[asked], rows.starts[asked + 1] - rows.starts[asked])]] = True
    return np.flatnonzero(has[low])


def _merged(
    indexed: Index, known: Closest, fresh: Any, papers: Any, others: Any, rough: Any
) -> Closest:
    """Put new candidates into the lists and keep the best of each."""
    import numpy as np

    real = rough > 0
    papers, others, rough = papers[real], others[real], rough[real]
    touched = np.zeros(len(indexed), dtype=bool)
    touched[papers] = True
    keeps = np.flatnonzero(touched & ~fresh)
    old = known.others[keeps].ravel()
    has = old >= 0
    scores = np.concatenate(
        [known.scores[keeps].ravel()[has], _scores(indexed, papers, others, rough)]
    )
    papers = np.concatenate([np.repeat(keeps, MOST)[has], papers])
    others = np.concatenate([old[has], others])
    rough = np.concatenate([known.rough[keeps].ravel()[has], rough])
    order = np.lexsort((-_rank(rough, others), papers))
    # Who is looked up anew, having lost a candidate, stands in the lists of some already.
    pairs = np.stack([papers[order], others[order]])
    order = order[np.append(True, (pairs[:, 1:] != pairs[:, :-1]).any(axis=0))[: len(order)]]
    papers, others, rough, scores = papers[order], others[order], rough[order], scores[order]
    sizes = np.bincount(papers, minlength=len(indexed))
    at = np.arange(len(papers)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    best = at < MOST
    cells = papers[best], at[best]
    merged = Closest(known.others.copy(), known.rough.copy(), known.scores.copy())
    again = np.flatnonzero(touched | fresh)
    for to, values, nothing in (
        (merged.others, others, -1),
        (merged.rough, rough, 0),
        (merged.scores, scores, 0),
    ):
        to[again] = nothing
        to[cells] = values[best]
    return merged


def _scores(indexed: Index, papers: Any, others: Any, rough: Any) -> Any:
    import numpy as np

    scores = rough.copy()
    for at in range(0, len(papers), 1 << 15):
        span = slice(at, at + (1 << 15))
        scores[span] += np.einsum(
            "ij,ij->i", indexed.broad[papers[span]], indexed.broad[others[span]]
        )
    return scores


def in_order(found: Closest) -> tuple[Any, Any]:
    """Return others and cosines of each paper, closest first; -1 and 0 where there is none."""
    import numpy as np

    ranks = _rank(found.scores, found.others)
    order = np.argsort(-ranks, axis=1, kind="stable")
    others = np.take_along_axis(found.others, order, axis=1)
    return others, np.take_along_axis(found.scores, order, axis=1) / (ONE * ONE)
