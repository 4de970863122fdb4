"""Leaves → postings: how well each word speaks for each leaf, as one small number.

The rank of a leaf is the sum over the query's words of idf × weight. The weight is BM25 of all
its text, plus `TITLE` × BM25 of its title, made here and cut to sixteen steps, so that the browser
needs no lengths and no averages; it makes the idf of the number of postings.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.searching.leaves import PAPER, TERM, Leaf
from generator.searching.packing import Numbers
from generator.searching.words import STOP_WORDS, cut, stem

K1, B = 1.2, 0.75
TITLE = 0.65
"""What the title's own BM25 counts beside that of all text, the title's included."""

STEP, STEPS = 0.25, 16
"""A weight is kept as a whole number of steps, 1 to 16."""

_BETWEEN = 10
"""Places left free between two texts of a leaf, so that no phrase crosses."""

_MARKS, _PLACES, _LEAVES = 2, 20, 20
"""Bits for marks, for a place in a leaf, and for a leaf; the rest of 63 is for the stem."""

_TITLE, _JOINED = 1, 2
_NONE = (1 << _PLACES) - 1
"""Stands for no place."""


@dataclass(frozen=True, slots=True)
class Postings:
    """Which stem stands in which leaf; sorted by stem, then by leaf."""

    forms: dict[str, int]
    """Every word that was seen, and the number of its stem. A stem can be without postings."""
    starts: Numbers
    """Where the postings of each stem start; the end of all behind it."""
    leaves: Numbers
    weights: NDArray[np.float64]
    steps: Numbers
    """Weights as steps, from 0."""
    in_title: NDArray[np.bool_]
    naming: NDArray[np.bool_]
    """Whether the word is the rarest by which a leaf that is no paper would be called."""
    title_places: Numbers
    """How many of the places of each posting stand in the title; they come first."""
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
    tokens = array("q")
    for number, leaf in enumerate(leaves):
        base = 0
        most = len(leaf.texts) if leaf.quoted is None else leaf.quoted
        for field, text in enumerate((leaf.title, *leaf.texts)):
            words = list(cut(text))
            place = 0
            for word, place in words:
                # Below a title they would be a sixth of the index.
                if field and word in STOP_WORDS:
                    continue
                known = forms.get(word)
                if known is None:
                    known = stems.setdefault(stem(word), len(stems))
                    forms[word] = known
                where = min(base + place, _NONE - 1) if place >= 0 and field <= most else _NONE
                mark = (_TITLE if not field else 0) + (_JOINED if place < 0 else 0)
                pair = (known << _LEAVES) + number
                tokens.append((((pair << _PLACES) + where) << _MARKS) + mark)
            base += len(words) + _BETWEEN
    papers = sum(leaf.kind == PAPER for leaf in leaves)
    terms = np.array([leaf.kind == TERM for leaf in leaves], np.bool_)
    dull = np.array([name in STOP_WORDS for name in stems], np.bool_)
    found = np.array(tokens, np.int64)
    found.sort()
    return _weigh(_worth(found, len(stems)), papers, terms, dull, forms)


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
    terms: NDArray[np.bool_],
    dull: NDArray[np.bool_],
    forms: dict[str, int],
) -> Postings:
    pair = tokens >> (_PLACES + _MARKS)
    first = np.flatnonzero(np.diff(pair, prepend=-1))
    stem_of, leaf_of = pair[first] >> _LEAVES, pair[first] & ((1 << _LEAVES) - 1)
    ends = np.append(first[1:], len(tokens))
    place = tokens >> _MARKS & _NONE
    placed = _running(place != _NONE)
    titles = _running(tokens & _TITLE)
    often, often_in_title = ends - first, titles[ends] - titles[first]
    place_starts = placed[np.append(first, len(tokens))]
    titles_placed = _running((tokens & _TITLE > 0) & (place != _NONE))

    total = len(terms)
    starts = np.searchsorted(stem_of, np.arange(len(dull) + 1))
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
    rare = np.diff(starts)[stem_of]
    called = counted & ~of_paper & (np.diff(place_starts) > 0)
    naming = _rarest(called & (often_in_title > 0), rare, leaf_of, total)
    # An acronym is called by what it stands for as well.
    naming |= _rarest(called & (often_in_title == 0) & terms[leaf_of], rare, leaf_of, total)
    return Postings(
        forms=forms,
        starts=starts,
        leaves=leaf_of,
        weights=weights,
        steps=np.clip(np.rint(weights / STEP), 1, STEPS).astype(np.int64) - 1,
        in_title=often_in_title > 0,
        naming=naming,
        title_places=titles_placed[ends] - titles_placed[first],
        place_starts=place_starts,
        places=place[place != _NONE],
    )


def _rarest(
    group: NDArray[np.bool_], rare: Numbers, leaf_of: Numbers, total: int
) -> NDArray[np.bool_]:
    """Return which postings of a group have the rarest stem that their leaf has in it."""
    least = np.full(total, np.iinfo(np.int64).max)
    np.minimum.at(least, leaf_of[group], rare[group])
    found: NDArray[np.bool_] = group & (rare == least[leaf_of])
    return found


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
