"""Texts → what they are about, as numbers: one row of TF-IDF weights for each paper.

Words, and pairs of words that stand side by side, of the title (twice) and the abstract.
Measured on judged collections (`benchmarks/related.py`): the logarithm of the number of uses,
pairs at half the weight and a title that counts twice find related papers best. What is made of
the rows is the business of `related` (neighbours) and `landscape` (a map).

scikit-learn is imported only where it is needed: it takes longer to load than a digest to check.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from math import log, sqrt
from typing import Any

import msgspec

from generator.enriching.saying import BREAK, GLUE, Said, Text, said_of

NEAREST = 46
"""Neighbours of each paper that are found: t-SNE takes three times its perplexity, here 15."""

PAIR_WEIGHT = 0.5
TITLE_COUNTS = 2
_ROWS = 500
_DIGITS = 9


class Vectors(msgspec.Struct, frozen=True):
    """What all papers are about."""

    matrix: Any
    """Sparse, in rows (CSR): a row for each paper, of length 1, or 0 where nothing is shared."""
    terms: tuple[str, ...]
    """What each column stands for: a key, or two with a space between. Sorted."""
    said: tuple[Said, ...]
    parts: tuple[float, ...]
    """How much of each paper's whole length, 0 to 1, its row is: the rest is said by it alone."""


def vectorise(texts: Sequence[Text]) -> Vectors:
    """Weigh words and pairs of words of titles and abstracts; terms of one paper are left out."""
    from scipy.sparse import csr_matrix, diags
    from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

    papers = tuple(map(said_of, texts))
    said = [
        f"{paper.line}{f' {BREAK} {paper.title}'.replace(GLUE, '') * (TITLE_COUNTS - 1)}"
        for paper in papers
    ]
    columns = _shared(said)
    if not columns:  # The vectoriser would raise.
        return Vectors(csr_matrix((len(texts), 0)), (), papers, (0.0,) * len(texts))
    counts = CountVectorizer(analyzer=_grams, vocabulary=columns).transform(said)
    weights = TfidfTransformer(sublinear_tf=True, norm=None).fit_transform(counts)
    weights = weights @ diags([_weight(term) for term in columns])
    shared = [float(square) for square in weights.multiply(weights).sum(axis=1).A1]
    matrix = (diags([1 / sqrt(square) if square else 0.0 for square in shared]) @ weights).tocsr()
    matrix.sort_indices()
    rare = log((1 + len(texts)) / 2) + 1
    own = [rare * rare * _own(line, columns) for line in said]
    parts = (sqrt(a / (a + b)) if a else 0.0 for a, b in zip(shared, own, strict=True))
    return Vectors(matrix, tuple(columns), papers, tuple(parts))


class Near(msgspec.Struct, frozen=True):
    """The closest others of every paper, closest first; equal ones in the order of papers."""

    others: Any
    """Indexes, a row for each paper."""
    cosines: Any
    """Of the rows of `Vectors.matrix`, 0 to 1, rounded so that noise decides no order."""


def nearest(vectors: Vectors, most: int = NEAREST) -> Near:
    """Find the closest others of every paper, as many as asked for or as there are.

    Papers are compared in blocks of rows: at 10,000 papers with about 40 MB at a time.
    """
    import numpy as np

    count = len(vectors.said)
    most = max(min(most, count - 1), 0)
    columns = vectors.matrix.T.tocsr()
    others = np.zeros((count, most), dtype=np.int64)
    cosines = np.zeros((count, most))
    for start in range(0, count, _ROWS):
        stop = min(start + _ROWS, count)
        if not most:
            break
        block = (vectors.matrix[start:stop] @ columns).toarray().round(_DIGITS)
        block[np.arange(stop - start), np.arange(start, stop)] = -1
        # The least that is among the closest; ties at it are settled by the order of papers.
        least = np.partition(block, count - most, axis=1)[:, count - most]
        for row in range(stop - start):
            found = np.flatnonzero(block[row] >= least[row])
            found = found[np.argsort(-block[row, found], kind="stable")][:most]
            others[start + row], cosines[start + row] = found, block[row, found]
    return Near(others, cosines)


def _weight(term: str) -> float:
    return PAIR_WEIGHT if " " in term else 1.0


def _own(line: str, columns: dict[str, int]) -> float:
    """Return what the paper's own terms would add to the square of its row's length."""
    counts = Counter(term for term in _grams(line) if term not in columns)
    return sum(((1 + log(uses)) * _weight(term)) ** 2 for term, uses in counts.items())


def _grams(line: str) -> Iterator[str]:
    before = BREAK
    for word in line.split():
        if word != BREAK:
            yield word
            if before != BREAK:
                yield f"{before} {word}"
        before = word


def _shared(lines: Sequence[str]) -> dict[str, int]:
    """Return the terms that two papers or more have, sorted, each with its column."""
    once: set[str] = set()
    shared: set[str] = set()
    for line in lines:
        grams = set(_grams(line))
        shared |= grams & once
        once |= grams
    return {term: column for column, term in enumerate(sorted(shared))}
