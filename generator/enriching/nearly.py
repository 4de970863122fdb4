"""Find papers that are probably one, though not surely enough to be put together.

`repeats` joins what is equal, or nearly; here is what a person should look at: titles of a small
edit distance whose abstracts have much in common, and equal titles whatever the abstracts say.
Who gives two papers identifiers of their own has answered.

Each title is compared only with those that share some of its rarest words, or stand beside it in
the order of the alphabet, so that the time grows with the number of papers and not with its square.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from generator.enriching.repeats import SAME_ABSTRACT, fold, short
from generator.model import Problem, Record, Severity

ALIKE = 75.0
"""Similarity of titles (0 to 100, normalised InDel) from which their abstracts are compared."""
_COMPARED = 1000
"""Characters of titles and abstracts that are compared."""
_EQUAL = 200.0
_RAREST = 4
_LARGEST_BLOCK = 60
"""Titles that share a word, from which on the word tells nothing."""
_NEIGHBOURS = 3
"""How far apart in the order of the alphabet titles are compared."""

_WORD = re.compile(r"\w+")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def nearly_one(
    records: Sequence[Record], titles: Sequence[str], groups: Sequence[Sequence[int]]
) -> list[tuple[int, int]]:
    """Return pairs of records that may be one paper: indices, the smaller first.

    Takes all records, their titles folded, and the groups of those that are one paper for sure, of
    which only the first counts. Each record is in a pair with the one before it that is
    most like it, so that there are no more pairs than papers.
    """
    firsts = [group[0] for group in groups]
    plain = [_squeezed(titles[index]) for index in firsts]
    best: dict[int, tuple[float, int]] = {}
    for first, later in _candidates([titles[index] for index in firsts], plain):
        one, other = firsts[first], firsts[later]
        if plain[first] == plain[later]:
            likeness = _EQUAL
        else:
            likeness = _similarity(records[one], records[other], titles[one], titles[other])
        if likeness and not _told_apart(records[one], records[other]):
            best[other] = max(best.get(other, (0.0, 0)), (likeness, -one))
    return [(-one, other) for other, (_, one) in sorted(best.items())]


def near_repeat(first: Record, later: Record) -> Problem:
    """Say of a record that it is perhaps the same paper as another."""
    return Problem(
        later.source,
        Severity.WARNING,
        f'nearly the paper at {first.source}, "{short(first.title)}"; kept as two papers',
        "If they are one, give both the same `arXiv:` or `DOI:` line, or write both alike.\n"
        "If they are two, give each its own.",
        "B405",
    )


def _told_apart(one: Record, other: Record) -> bool:
    """Whether each has an identifier of its own: records with the same are in one group."""
    return bool((one.arxiv and other.arxiv) or (one.doi and other.doi))


def _similarity(one: Record, other: Record, title: str, other_title: str) -> float:
    """Return how much alike titles and abstracts are, 0 if there is no reason to look at them."""
    from rapidfuzz import fuzz

    titles = fuzz.ratio(title[:_COMPARED], other_title[:_COMPARED], score_cutoff=ALIKE)
    if not titles:
        return 0.0
    abstracts = fuzz.ratio(
        fold(one.abstract[:_COMPARED]), fold(other.abstract[:_COMPARED]), score_cutoff=SAME_ABSTRACT
    )
    return titles + abstracts if abstracts else 0.0


def _candidates(titles: Sequence[str], plain: Sequence[str]) -> set[tuple[int, int]]:
    """Return the pairs of titles that are worth a comparison, each in ascending order.

    `plain` are the titles squeezed.
    """
    words = [sorted(set(_words(title))) for title in titles]
    number = Counter(word for each in words for word in each)
    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, each in enumerate(words):
        rarest = sorted(each, key=lambda word: (number[word], word))[:_RAREST]
        for word in rarest:
            if number[word] <= _LARGEST_BLOCK:
                blocks[(word,)].append(index)
        for pair in combinations(rarest[:_NEIGHBOURS], 2):
            if number[pair[0]] > _LARGEST_BLOCK:  # Common words all: two of them tell more.
                blocks[pair].append(index)
    pairs = {
        pair
        for block in blocks.values()
        if len(block) <= _LARGEST_BLOCK
        for pair in combinations(block, 2)
    }
    in_order = sorted(range(len(titles)), key=lambda index: (plain[index], index))
    for distance in range(1, _NEIGHBOURS + 1):
        for one, other in zip(in_order, in_order[distance:], strict=False):
            pairs.add((min(one, other), max(one, other)))
    return pairs


def _words(title: str) -> Iterator[str]:
    """Yield words; of a script without spaces, every two signs."""
    for word in _WORD.findall(title):
        if _UNSPACED.search(word):
            yield from (word[at : at + 2] for at in range(len(word) - 1))
        yield word


def _squeezed(title: str) -> str:
    """Return letters and digits alone: what a lost space or TeX around it leaves as it is."""
    return "".join(_WORD.findall(title)) or title
