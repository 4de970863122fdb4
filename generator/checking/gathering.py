"""All that is wrong with digests, each by itself and among the others of their library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from generator.enriching import build_library
from generator.enriching.library import in_order
from generator.enriching.nearly import near_repeat, nearly_one
from generator.enriching.oddlinks import odd_links
from generator.enriching.repeats import Doubt, find_repeats, fold
from generator.enriching.vocabulary import Vocabulary
from generator.model import Digest, Library, Problem, Record

_AMONG_OTHERS = frozenset({"B401", "B402", "B403", "B408", "B503"})
"""Problems that depend on which other digests there are."""


def gather(
    digests: Sequence[Digest],
    around: Sequence[Digest],
    vocabulary: Vocabulary,
    texts: Mapping[str, str],
) -> tuple[list[Problem], Library]:
    """Return the problems of digests, and the library that they make by themselves.

    `around` are the library's other digests, whose own problems are nobody's question now; `texts`
    has the decoded text of each digest that could be read, by its path.
    """
    library = build_library(digests, vocabulary)
    problems = [problem for problem in library.problems if problem.code not in _AMONG_OTHERS]
    problems += among_others(digests, around)
    papers = {paper.appearances[0].source: paper for paper in library.papers.values()}
    for digest in digests:
        if digest.path in texts:
            problems += odd_links(digest, texts[digest.path], papers)
    return problems, library


def among_others(digests: Sequence[Digest], around: Sequence[Digest]) -> list[Problem]:
    """Return what shows only when digests stand beside the others of their library.

    Each problem is on a line of one of the digests, wherever the other place is.
    """
    asked = {digest.path for digest in digests}
    dated, misplaced = in_order([*digests, *around])
    records = [record for digest in dated for record in digest.records]
    titles = [fold(record.title) for record in records]
    groups, doubts = find_repeats(records, titles)
    near = (Doubt(one, other, near_repeat) for one, other in nearly_one(records, titles, groups))
    told = (_told(doubt, records, asked) for doubt in (*doubts, *near))
    return [
        *(problem for problem in misplaced if problem.source.path in asked),
        *(problem for problem in told if problem is not None),
    ]


def _told(doubt: Doubt, records: Sequence[Record], asked: set[str]) -> Problem | None:
    """Word a doubt at the later of the two places, or at the one that was asked about."""
    one, other = records[doubt.one], records[doubt.other]
    if other.source.path in asked:
        return doubt.tell(one, other)
    return doubt.tell(other, one) if one.source.path in asked else None


def rules(library: Library) -> list[str]:
    """Return the rule of each repair of damaged text in a library's papers."""
    found: Counter[str] = Counter()
    for paper in library.papers.values():
        for marks in (paper.title_marks, paper.abstract_marks):
            found.update(repair.rule for repair in marks.repairs)
    return list(found.elements())
