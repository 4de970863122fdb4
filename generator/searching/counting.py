"""Leaves → postings: how well each word speaks for each leaf, as one small number.

The rank of a leaf is the sum over the query's words of idf × weight. The weight is BM25 of all
its text, plus `TITLE` × BM25 of its title, made here and cut to sixteen steps, so that the browser
needs no lengths and no averages; it makes the idf of the number of postings.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.searching.leaves import PAPER, Leaf
from generator.searching.packing import Numbers
from generator.searching.words import STOP_WORDS, cut, stem

K1, B = 1.2, 0.75
TITLE = 0.6
"""What the title's own BM25 counts beside that of all text, the title's included."""

STEP, STEPS = 0.25, 16
"""A weight is kept as a whole number of steps, 1 to 16."""

_BETWEEN = 10
"""Places left free between two texts of a leaf, so that no phrase crosses."""

_MARKS, _PLACES, _LEAVES = 2, 16, 22
"""Bits for marks, for a place in a leaf, and for a leaf; the rest of 63 is for the stem."""

_TITLE, _JOINED = 1, 2
_NONE = (1 << _PLACES) - 1
"""Stands for no place."""


@dataclass(frozen=True, slots=True)
class Postings:
    """Which stem stands in which leaf; sorted by stem, then by leaf."""

    forms: dict[str, int]
    """Every word that was seen, and the number of its stem. A stem can be without postings."""
    counts: Counter[str]
    """In how many places each word stands."""
    starts: Numbers
    """Where the postings of each stem start; the end of all behind it."""
    leaves: Numbers
    weights: NDArray[np.float64]
    steps: Numbers
    """Weights as steps, from 0."""
    in_title: NDArray[np.bool_]
    place_starts: Numbers
    """Where the places of each posting start; the end of all behind it."""
    places: Numbers

    def found(self) -> list[str]:
        """Return the words that have postings."""
        full = (np.diff(self.starts) > 0).tolist()
        return [form for form, stem_number in self.forms.items() if full[stem_number]]


def count(leaves: Sequence[Leaf]) -> Postings:
    """Count the words of all leaves; papers come first among them."""
    forms: dict[str, int] = {}
    stems: dict[str, int] = {}
    counts: Counter[str] = Counter()
    tokens = array("q")
    for number, leaf in enumerate(leaves):
        base = 0
        for field, text in enumerate((leaf.title, *leaf.texts)):
            words = list(cut(text))
            if field:
                words = [token for token in words if token[0] not in STOP_WORDS]
            counts.update([word for word, _ in words])
            place = 0
            for word, place in words:
                known = forms.get(word)
                if known is None:
                    known = stems.setdefault(stem(word), len(stems))
                    forms[word] = known
                # The title and the text below it have places, the rest has none.
                where = min(base + place, _NONE - 1) if place >= 0 and field < 2 else _NONE
                mark = (_TITLE if not field else 0) + (_JOINED if place < 0 else 0)
                pair = (known << _LEAVES) + number
                tokens.append((((pair << _PLACES) + where) << _MARKS) + mark)
            base += len(words) + _BETWEEN
    papers = sum(leaf.kind == PAPER for leaf in leaves)
    dull = np.array([name in STOP_WORDS for name in stems], np.bool_)
    found = np.array(tokens, np.int64)
    found.sort()
    return _weigh(_worth(found, len(stems)), papers, len(leaves), dull, forms, counts)


def _worth(tokens: Numbers, stems: int) -> Numbers:
    """Leave out what hyphens join but once, and not in a title: its parts are found anyway."""
    pairs = tokens >> (_PLACES + _MARKS)
    stem_of = pairs >> _LEAVES
    leaves = np.bincount(stem_of[np.diff(pairs, prepend=-1) > 0], minlength=stems)
    keeps = (tokens & _JOINED == 0) | (tokens & _TITLE > 0)
    kept = np.bincount(stem_of[keeps], minlength=stems)
    worth: Numbers = tokens[(leaves[stem_of] > 1) | (kept[stem_of] > 0)]
    return worth


def _weigh(
    tokens: Numbers,
    papers: int,
    total: int,
    dull: NDArray[np.bool_],
    forms: dict[str, int],
    counts: Counter[str],
) -> Postings:
    pair = tokens >> (_PLACES + _MARKS)
    first = np.flatnonzero(np.diff(pair, prepend=-1))
    stem_of, leaf_of = pair[first] >> _LEAVES, pair[first] & ((1 << _LEAVES) - 1)
    ends = np.append(first[1:], len(tokens))
    place = tokens >> _MARKS & _NONE
    placed = _running(place != _NONE)
    titles = _running(tokens & _TITLE)
    often, often_in_title = ends - first, titles[ends] - titles[first]

    counted = ~dull[stem_of]
    of_paper = leaf_of < papers
    weights = np.zeros(len(first))
    idf = _idf(np.bincount(stem_of[of_paper], minlength=len(dull)), papers)
    title_hits = of_paper & (often_in_title > 0)
    title_idf = _idf(np.bincount(stem_of[title_hits], minlength=len(dull)), papers)
    for group in (of_paper, ~of_paper):
        within = group & counted
        weights[group] += _bm25(often, leaf_of, group, within, total)
        share = (title_idf / idf)[stem_of[group]]
        weights[group] += TITLE * share * _bm25(often_in_title, leaf_of, group, within, total)
    return Postings(
        forms=forms,
        counts=counts,
        starts=np.searchsorted(stem_of, np.arange(len(dull) + 1)),
        leaves=leaf_of,
        weights=weights,
        steps=np.clip(np.rint(weights / STEP), 1, STEPS).astype(np.int64) - 1,
        in_title=often_in_title > 0,
        place_starts=placed[np.append(first, len(tokens))],
        places=place[place != _NONE],
    )


def _running(numbers: NDArray[Any]) -> Numbers:
    """Return the sums of all numbers before each place, and of all."""
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(numbers, dtype=np.int64)])


def _idf(hits: Numbers, papers: int) -> NDArray[np.float64]:
    return np.log1p((papers - hits + 0.5) / (hits + 0.5))


def _bm25(
    often: Numbers,
    leaf_of: Numbers,
    group: NDArray[np.bool_],
    counted: NDArray[np.bool_],
    total: int,
) -> NDArray[np.float64]:
    """Return the weights of one group of leaves, which are compared with their own kind only."""
    lengths = np.bincount(leaf_of[counted], often[counted], minlength=total)
    holders = np.unique(leaf_of[group])
    mean = lengths[holders].mean() if len(holders) else 1.0
    norm = K1 * (1 - B + B * lengths / max(mean, 1.0))
    n = often[group]
    return n * (K1 + 1) / (n + norm[leaf_of[group]])
