"""Leaves → postings: how well each word speaks for each leaf, as one small number.

The rank of a leaf is the sum over the query's words of idf × weight. The weight is BM25 of all
its text, plus `TITLE` × BM25 of its title, made here and cut to sixteen steps, so that the browser
needs no lengths and no averages; it makes the idf of the number of postings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from generator.memory import FORGETFUL, Memory
from generator.searching.leaves import PAPER, TERM, Leaves
from generator.searching.packing import Numbers, running
from generator.searching.tokens import JOINED, LEAVES, MARKS, NONE, PLACES, TITLED, Gathered
from generator.searching.words import STOP_WORDS

K1, B = 1.2, 0.75
TITLE = 0.65
"""What the title's own BM25 counts beside that of all text, the title's included."""

STEP, STEPS = 0.25, 16
"""A weight is kept as a whole number of steps, 1 to 16."""


@dataclass(frozen=True, slots=True)
class Postings:
    """Which stem stands in which leaf; sorted by stem, then by leaf."""

    forms: Sequence[str]
    """Every word that was seen, in the order of the alphabet."""
    stem_of: Numbers
    """The number of the stem of each. A stem can be without postings."""
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
        return list(compress(self.forms, self.has_postings().tolist()))

    def has_postings(self) -> NDArray[np.bool_]:
        """Return of each word whether its stem has postings."""
        return (np.diff(self.starts) > 0)[self.stem_of]


def count(leaves: Leaves, memory: Memory = FORGETFUL) -> Postings:
    """Count the words of all leaves."""
    words = Gathered(leaves, memory)
    found = words.tokens()
    papers = leaves.count(PAPER)
    terms = np.array([kind == TERM for kind in leaves.kinds], np.bool_)
    dull = np.array([name in STOP_WORDS for name in words.stems], np.bool_)
    return _weigh(_worth(found, len(dull)), papers, terms, dull, words.forms, words.stem_of)


def _worth(tokens: Numbers, stems: int) -> Numbers:
    """Leave out what hyphens join but once, and not in a title: its parts are found anyway."""
    pairs = tokens >> (PLACES + MARKS)
    stem_of = pairs >> LEAVES
    leaves = np.bincount(stem_of[_news(pairs)], minlength=stems)
    keeps = (tokens & JOINED == 0) | (tokens & TITLED > 0)
    kept = np.bincount(stem_of[keeps], minlength=stems)
    worth: Numbers = tokens[(leaves[stem_of] > 1) | (kept[stem_of] > 0)]
    return worth


def _news(numbers: Numbers) -> Numbers:
    """Return the places of numbers that differ from the one before."""
    return np.flatnonzero(np.append(True, numbers[1:] != numbers[:-1])[: len(numbers)])


def _weigh(
    tokens: Numbers,
    papers: int,
    terms: NDArray[np.bool_],
    dull: NDArray[np.bool_],
    forms: Sequence[str],
    form_stems: Numbers,
) -> Postings:
    pair = tokens >> (PLACES + MARKS)
    first = _news(pair)
    stem_of, leaf_of = pair[first] >> LEAVES, pair[first] & ((1 << LEAVES) - 1)
    ends = np.append(first[1:], len(tokens))
    place = tokens >> MARKS & NONE
    placed = running(place != NONE)
    titles = running(tokens & TITLED)
    often, often_in_title = ends - first, titles[ends] - titles[first]
    place_starts = placed[np.append(first, len(tokens))]
    titles_placed = running((tokens & TITLED > 0) & (place != NONE))

    total = len(terms)
    starts = np.searchsorted(stem_of, np.arange(len(dull) + 1))
    counted = ~dull[stem_of]
    of_paper = leaf_of < papers
    in_title = often_in_title > 0
    weights = np.zeros(len(first))
    idf = _idf(np.bincount(stem_of[of_paper], minlength=len(dull)), papers)
    title_hits = np.bincount(stem_of[of_paper & in_title], minlength=len(dull))
    share = TITLE * (_idf(title_hits, papers) / idf)
    for group in (of_paper, ~of_paper):
        within, titled = group & counted, group & in_title
        norms = _norms(often, leaf_of, group, within, total)
        weights[group] = _bm25(often[group], norms[leaf_of[group]])
        norms = _norms(often_in_title, leaf_of, group, within & in_title, total)
        worth = _bm25(often_in_title[titled], norms[leaf_of[titled]])
        weights[titled] += share[stem_of[titled]] * worth
    rare = np.diff(starts)[stem_of]
    called = counted & ~of_paper & (np.diff(place_starts) > 0)
    naming = _rarest(called & in_title, rare, leaf_of, total)
    # An acronym is called by what it stands for as well.
    naming |= _rarest(called & ~in_title & terms[leaf_of], rare, leaf_of, total)
    return Postings(
        forms=forms,
        stem_of=form_stems,
        starts=starts,
        leaves=leaf_of,
        weights=weights,
        steps=np.clip(np.rint(weights / STEP), 1, STEPS).astype(np.int64) - 1,
        in_title=in_title,
        naming=naming,
        title_places=titles_placed[ends] - titles_placed[first],
        place_starts=place_starts,
        places=place[place != NONE],
    )


def _rarest(
    group: NDArray[np.bool_], rare: Numbers, leaf_of: Numbers, total: int
) -> NDArray[np.bool_]:
    """Return which postings of a group have the rarest stem that their leaf has in it."""
    least = np.full(total, np.iinfo(np.int64).max)
    np.minimum.at(least, leaf_of[group], rare[group])
    found: NDArray[np.bool_] = group & (rare == least[leaf_of])
    return found


def _idf(hits: Numbers, papers: int) -> NDArray[np.float64]:
    return np.log1p((papers - hits + 0.5) / (hits + 0.5))


def _norms(
    often: Numbers,
    leaf_of: Numbers,
    group: NDArray[np.bool_],
    counted: NDArray[np.bool_],
    total: int,
) -> NDArray[np.float64]:
    """Return how much each leaf's length counts against it, compared with its own kind only."""
    lengths = np.bincount(leaf_of[counted], often[counted], minlength=total)
    holders = np.bincount(leaf_of[group], minlength=total) > 0
    mean = lengths[holders].mean() if holders.any() else 1.0
    return K1 * (1 - B + B * lengths / max(mean, 1.0))


def _bm25(often: Numbers, norms: NDArray[np.float64]) -> NDArray[np.float64]:
    return often * (K1 + 1) / (often + norms)
