"""Texts → rows of whole numbers: how much each word and pair of words weighs in each paper.

For libraries that grow. `vectors` weighs all papers by all papers, so that one more paper changes
every weight; here weights are learned from the oldest papers (a `Fit`) and hold for all that
come after, so that a paper's row depends on its own text and the fit alone. What is said, the
weights and the length are those of `vectors`, of all terms, also of those of one paper.

Terms are known by a hash of their words, and weights are whole numbers: sums of their products
are exact, whatever the order of adding, so that it does not matter in which build, or from which
of two papers, a score was worked out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import blake2b
from itertools import pairwise
from math import log
from typing import Any

import msgspec

from generator.enriching.memo import Memo
from generator.enriching.saying import BREAK, GLUE, Said
from generator.enriching.vectors import PAIR_WEIGHT, TITLE_COUNTS

ONE = 1 << 20
"""The length of a row: products of two weights, and their sums, are exact in a float as well."""

_ROWS = 500
_MOST_WORDS = 1 << 17
"""Keys whose numbers are known at a time."""
_MIX = 0x9E3779B97F4A7C15
"""Makes one number of a pair's two: odd, the golden ratio in 64 bits, after Knuth."""
_ALL = (1 << 64) - 1


class Rows(msgspec.Struct, frozen=True):
    """The terms of papers, each paper's in the order of their numbers."""

    starts: Any
    """Where each paper's terms begin, and at last where all end."""
    terms: Any
    """Unsigned, of 64 bits."""
    weights: Any
    """Of a row of length `ONE`; for counted rows the number of uses."""

    def __len__(self) -> int:
        """Count the papers."""
        return len(self.starts) - 1


class Fit(msgspec.Struct, frozen=True):
    """How often terms are used, learned from the oldest papers of a library."""

    papers: int
    terms: Any
    """Those of two papers or more, sorted. All others count as those of one paper."""
    counts: Any
    """In how many papers."""


def count(texts: Sequence[Said]) -> Rows:
    """Count the uses of each term in each text, a title's twice."""
    import numpy as np

    parts = [_count(texts[at : at + _ROWS]) for at in range(0, len(texts), _ROWS)]
    if not parts:
        nothing = np.zeros(0, dtype=np.uint64)
        return Rows(np.zeros(1, dtype=np.int64), nothing, nothing.astype(np.int64))
    sizes = np.concatenate([np.diff(part.starts) for part in parts])
    return Rows(
        np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        np.concatenate([part.terms for part in parts]),
        np.concatenate([part.weights for part in parts]),
    )


def fit(counted: Rows) -> Fit:
    """Learn from papers in how many of them each term is used."""
    import numpy as np

    terms, counts = np.unique(counted.terms, return_counts=True)
    several = counts > 1
    return Fit(len(counted), terms[several], counts[several].astype(np.int64))


def weigh(counted: Rows, fitted: Fit) -> Rows:
    """Turn counts into weights: 1 + log of uses, × rarity, pairs at half, to one length.

    Sums run from left to right, logarithms come one by one: no last bit depends on a machine's
    way to take several numbers at once.
    """
    import numpy as np

    papers = np.repeat(np.arange(len(counted)), np.diff(counted.starts))
    rarity = _table(
        log((1 + fitted.papers) / (1 + max(n, 1))) + 1 for n in range(fitted.papers + 1)
    )
    most = int(counted.weights.max(initial=0))
    uses = _table(1 + log(max(n, 1)) for n in range(most + 1))
    weights = uses[counted.weights] * rarity[frequency(counted.terms, fitted)]
    weights *= np.where(counted.terms & np.uint64(1), PAIR_WEIGHT, 1.0)
    squares = np.bincount(papers, weights=weights * weights, minlength=len(counted))
    scaled = weights / np.sqrt(squares.clip(1e-12))[papers] * ONE
    return Rows(counted.starts, counted.terms, np.rint(scaled).astype(np.int64))


def frequency(terms: Any, fitted: Fit) -> Any:
    """Return in how many of the fitted papers terms are used: 1 for all that few have."""
    import numpy as np

    if not len(fitted.terms):
        return np.ones(len(terms), dtype=np.int64)
    at = np.searchsorted(fitted.terms, terms).clip(max=len(fitted.terms) - 1)
    return np.where(fitted.terms[at] == terms, fitted.counts[at], 1)


def _table(values: Any) -> Any:
    import numpy as np

    return np.fromiter(values, dtype=np.float64)


def _count(texts: Sequence[Said]) -> Rows:
    import numpy as np

    said: list[int] = []
    sizes: list[int] = []
    for text in texts:
        before = len(said)
        head = [*map(_WORDS.__getitem__, text.title.replace(GLUE, "").split()), 0]
        said += head * (TITLE_COUNTS - 1)
        said += map(_WORDS.__getitem__, text.line.split())
        said.append(0)
        sizes.append(len(said) - before)
    words = np.array(said, dtype=np.uint64)
    papers = np.repeat(np.arange(len(texts)), sizes)
    pairs = _paired(words)
    single, paired = words != 0, pairs != 0
    terms = np.concatenate([words[single], pairs[paired]])
    papers = np.concatenate([papers[single], papers[paired]])
    order = np.lexsort((terms, papers))
    terms, papers = terms[order], papers[order]
    new = np.ones(len(terms), dtype=bool)
    new[1:] = (terms[1:] != terms[:-1]) | (papers[1:] != papers[:-1])
    begins = np.flatnonzero(new)
    uses = np.diff(np.append(begins, len(terms)))
    sizes_of = np.bincount(papers[begins], minlength=len(texts))
    return Rows(np.concatenate([[0], np.cumsum(sizes_of)]), terms[begins], uses)


def _word(key: str) -> int:
    """Return the number of a key: even, and 0 only for `BREAK`; those of pairs are odd."""
    if key == BREAK:
        return 0
    digest = blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little") & ~1 or 2


_WORDS = Memo(_word, _MOST_WORDS)


def _paired(words: Any) -> Any:
    """Return for each word the number of the pair that it makes with the next, or 0."""
    import numpy as np

    pairs = np.zeros_like(words)
    first, second = words[:-1], words[1:]
    both = (first * np.uint64(_MIX) ^ (second >> np.uint64(1))) | np.uint64(1)
    pairs[:-1] = np.where((first != 0) & (second != 0), both, 0)
    return pairs


def shared_with(rows: Rows, at: int, keys: Sequence[str]) -> Callable[[int, str], dict[str, int]]:
    """Return what says of another paper the terms it shares with this one, and what they weigh.

    Terms are words, and pairs of words with a space between. `keys` are those of this paper's line,
    and that of the other one is to be given. A weight is the product of both weights: of whole
    numbers, so that their sums are exact.
    """
    own = set(keys) - {BREAK}
    mine = _weights(rows, at)

    def shared(other: int, line: str) -> dict[str, int]:
        theirs = _weights(rows, other)
        both = own.intersection(line.split())
        number = {key: _WORDS[key] for key in both}
        found = {key: mine[at] * theirs[at] for key, at in number.items()}
        pairs = {(key, after) for key, after in pairwise(keys) if key in both and after in both}
        for key, after in pairs:
            pair = (number[key] * _MIX & _ALL ^ number[after] >> 1) | 1  # As `_paired` has it.
            if pair in theirs:
                found[f"{key} {after}"] = mine[pair] * theirs[pair]
        return found

    return shared


def _weights(rows: Rows, at: int) -> dict[int, int]:
    span = slice(rows.starts[at], rows.starts[at + 1])
    return dict(zip(rows.terms[span].tolist(), rows.weights[span].tolist(), strict=True))


def gathered(rows: Rows, papers: Any) -> Rows:
    """Return rows of the papers asked for, in their order."""
    import numpy as np

    sizes = rows.starts[papers + 1] - rows.starts[papers]
    at = ranges(rows.starts[papers], sizes)
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    return Rows(starts, rows.terms[at], rows.weights[at])


def joined(one: Rows, other: Rows) -> Rows:
    """Return rows of two, one after the other."""
    import numpy as np

    return Rows(
        np.concatenate([one.starts, other.starts[1:] + one.starts[-1]]),
        np.concatenate([one.terms, other.terms]),
        np.concatenate([one.weights, other.weights]),
    )


def ranges(starts: Any, sizes: Any) -> Any:
    """Return the numbers from each start, as many as its size, one after the other."""
    import numpy as np

    ends = np.cumsum(sizes)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - (ends - sizes), sizes)
