"""Leaves → postings: how well each word speaks for each leaf, as one small number.

The rank of a leaf is the sum over the query's words of idf × weight. The weight is BM25 of all
its text, plus `TITLE` × BM25 of its title, made here and cut to sixteen steps, so that the browser
needs no lengths and no averages; it makes the idf of the number of postings. What the leaves of an
upper layer are weighed by are the counts of both layers.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress
from typing import Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

from generator.memory import FORGETFUL, Memory
from generator.searching.gathering import Gathered
from generator.searching.leaves import PAPER, TERM, Leaves
from generator.searching.packing import Numbers, running
from generator.searching.tokens import JOINED, LEAF, LEAVES, MARKS, NONE, TITLED, WORD
from generator.searching.words import STOP_WORDS

K1, B = 1.2, 0.75
TITLE = 0.65
"""What the title's own BM25 counts beside that of all text, the title's included."""

STEP, STEPS = 0.25, 16
"""A weight is kept as a whole number of steps, 1 to 16."""


class Counts(msgspec.Struct, frozen=True):
    """What is known of all leaves together; that of two layers can be added up."""

    hits: Numbers
    """In how many papers each stem stands; in how many titles of papers."""
    title_hits: Numbers
    papers: int
    lengths: tuple[tuple[int, int], ...]
    """How many words, of how many leaves: papers' texts, others' texts; papers' titles, others'."""


class Postings(msgspec.Struct, frozen=True):
    """Which stem stands in which leaf; sorted by stem, then by leaf."""

    forms: Sequence[str]
    """Every word that has postings, in the order of the alphabet."""
    stem_of: Numbers
    """The number of the stem of each. There are stems without any word."""
    stems: Sequence[str]
    """In the order of the alphabet."""
    starts: Numbers
    """Where the postings of each stem start; the end of all behind it."""
    leaves: Numbers
    weights: NDArray[np.float64]
    steps: NDArray[np.uint8]
    """Weights as steps, from 0."""
    in_title: NDArray[np.bool_]
    naming: NDArray[np.bool_]
    """Whether the word is the rarest by which a leaf that is no paper would be called."""
    title_places: Numbers
    """How many of the places of each posting stand in the title; they come first."""
    place_starts: Numbers
    """Where the places of each posting start; the end of all behind it."""
    places: Numbers
    counts: Counts
    """Of these leaves alone."""
    titles_below: Numbers
    """In how many titles of papers of a layer below each stem stands."""


class Below(Protocol):
    """What a layer below has counted."""

    def counts_of(self, stems: Sequence[str]) -> tuple[Counts, NDArray[np.bool_]]:
        """Return the counts for these stems, and which of them there are."""


class Nothing:
    """There is no layer below."""

    def counts_of(self, stems: Sequence[str]) -> tuple[Counts, NDArray[np.bool_]]:
        """Return zeros."""
        none = np.zeros(len(stems), np.int64)
        return Counts(none, none, 0, ((0, 0),) * 4), none > 0


_NOTHING = Nothing()


def count(
    leaves: Leaves, memory: Memory = FORGETFUL, name: str = "", below: Below = _NOTHING
) -> Postings:
    """Count the words of leaves, which are remembered by a name."""
    words = Gathered(leaves, memory, name)
    known, is_known = below.counts_of(words.stems)
    return _weigh(_worth(words.tokens(), is_known), leaves, words, known)


def _worth(tokens: Numbers, is_known: NDArray[np.bool_]) -> Numbers:
    """Leave out what hyphens join but once, and not in a title: its parts are found anyway."""
    stems = len(is_known)
    stem_of = tokens >> WORD
    starts = np.searchsorted(stem_of, np.arange(stems + 1))
    # Most words are not joined: only of those that are it is asked where they stand.
    joined = np.flatnonzero(tokens & (JOINED | TITLED) == JOINED)
    whole = np.bincount(stem_of[joined], minlength=stems) == np.diff(starts)
    some = np.flatnonzero(whole & (np.diff(starts) > 0))
    ends = tokens[starts[some]], tokens[starts[some + 1] - 1]
    once = np.zeros(stems, np.bool_)
    once[some[ends[0] >> LEAF == ends[1] >> LEAF]] = True
    once &= ~is_known
    keeps = np.ones(len(tokens), np.bool_)
    keeps[joined[once[stem_of[joined]]]] = False
    worth: Numbers = tokens[keeps]
    return worth


def _news(numbers: Numbers) -> Numbers:
    """Return the places of numbers that differ from the one before."""
    return np.flatnonzero(np.append(True, numbers[1:] != numbers[:-1])[: len(numbers)])


def _weigh(tokens: Numbers, leaves: Leaves, words: Gathered, below: Counts) -> Postings:
    papers = leaves.count(PAPER)
    terms = np.array([kind == TERM for kind in leaves.kinds], np.bool_)
    dull = np.zeros(len(words.stems), np.bool_)
    dull[words.places_of(STOP_WORDS)] = True
    pair = tokens >> LEAF
    first = _news(pair)
    stem_of, leaf_of = pair[first] >> LEAVES, pair[first] & ((1 << LEAVES) - 1)
    place = tokens >> MARKS & NONE
    is_placed = place != NONE
    titled = tokens & TITLED > 0
    often = np.diff(first, append=len(tokens))
    often_in_title = _sums(titled, first)
    has_title = np.flatnonzero(often_in_title)
    in_title = often_in_title > 0

    starts = np.searchsorted(stem_of, np.arange(len(dull) + 1))
    has_postings = (np.diff(starts) > 0)[words.stem_of]
    counted = ~dull[stem_of]
    of_paper = leaf_of < papers
    hits = np.bincount(stem_of[of_paper], minlength=len(dull))
    title_hits = np.bincount(stem_of[of_paper & in_title], minlength=len(dull))
    total = papers + below.papers
    share = TITLE * _idf(title_hits + below.title_hits, total) / _idf(hits + below.hits, total)
    kinds = np.arange(len(terms)) < papers
    norms, lengths = _norms(often, leaf_of, counted, kinds, below.lengths[:2])
    weights = _bm25(often, norms[leaf_of])
    norms, title_lengths = _norms(
        often_in_title, leaf_of, counted & in_title, kinds, below.lengths[2:]
    )
    worth = _bm25(often_in_title[has_title], norms[leaf_of[has_title]])
    weights[has_title] += share[stem_of[has_title]] * worth
    placed = _sums(is_placed, first)
    rare = np.diff(starts)
    called = np.flatnonzero(counted & ~of_paper & (placed > 0))
    # An acronym is called by what it stands for as well.
    naming = np.zeros(len(first), np.bool_)
    for some in (called[in_title[called]], called[~in_title[called] & terms[leaf_of[called]]]):
        naming[some] |= _rarest(rare[stem_of[some]], leaf_of[some], len(terms))
    return Postings(
        forms=list(compress(words.forms, has_postings.tolist())),
        stem_of=words.stem_of[has_postings],
        stems=words.stems,
        starts=starts,
        leaves=leaf_of,
        weights=weights,
        steps=np.clip(np.rint(weights / STEP), 1, STEPS).astype(np.uint8) - 1,
        in_title=in_title,
        naming=naming,
        title_places=_sums(titled & is_placed, first),
        place_starts=running(placed),
        places=place[is_placed],
        counts=Counts(hits, title_hits, papers, (*lengths, *title_lengths)),
        titles_below=below.title_hits,
    )


def _sums(numbers: NDArray[np.bool_], first: Numbers) -> Numbers:
    """Return how many hold from each first place up to the next."""
    if not len(first):
        return np.zeros(0, np.int64)
    sums: Numbers = np.add.reduceat(numbers, first, dtype=np.int64)
    return sums


def _rarest(rare: Numbers, leaf_of: Numbers, total: int) -> NDArray[np.bool_]:
    """Return which of some postings have the rarest stem that their leaf has among them."""
    least = np.full(total, np.iinfo(np.int64).max)
    np.minimum.at(least, leaf_of, rare)
    found: NDArray[np.bool_] = rare == least[leaf_of]
    return found


def _idf(hits: Numbers, papers: int) -> NDArray[np.float64]:
    return np.log1p((papers - hits + 0.5) / (hits + 0.5))


def _norms(
    often: Numbers,
    leaf_of: Numbers,
    counted: NDArray[np.bool_],
    papers: NDArray[np.bool_],
    below: Sequence[tuple[int, int]],
) -> tuple[NDArray[np.float64], list[tuple[int, int]]]:
    """Return how much each leaf's length counts against it, compared with its own kind only.

    And of each kind how many words there are, and in how many leaves.
    """
    found = []
    lengths = np.bincount(leaf_of, np.where(counted, often, 0), minlength=len(papers))
    holders = np.bincount(leaf_of, minlength=len(papers)) > 0
    norms = np.zeros(len(papers))
    for group, (words, leaves) in zip((papers, ~papers), below, strict=True):
        held = lengths[group & holders]
        found.append((int(held.sum()), len(held)))
        mean = (found[-1][0] + words) / max(len(held) + leaves, 1)
        norms[group] = K1 * (1 - B + B * lengths[group] / max(mean, 1.0))
    return norms, found


def _bm25(often: Numbers, norms: NDArray[np.float64]) -> NDArray[np.float64]:
    return often * (K1 + 1) / (often + norms)
