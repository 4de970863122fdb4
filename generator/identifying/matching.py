"""Decide whether an answer is the paper that was asked for.

A title alone can be another paper's, so the abstract has a say wherever the title leaves a doubt.
Similarities are rapidfuzz's, of 100. Below the threshold nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from rapidfuzz import fuzz

from generator.enriching.repeats import fold
from generator.identifying.answers import Answer
from generator.model import Record

THRESHOLD = 90.0
"""Score from which an answer is the paper."""

_TELLING = 4
"""Words of a title that is hardly given twice."""
_ABSTRACT = 1500
_OTHERS = 58.0
"""Above all that 3,000 pairs of different real papers reached: they share the words of a field."""
_LATE = timedelta(days=2)
"""How long after the day of its list a paper can be published: clocks and time zones differ."""


@dataclass(frozen=True, slots=True)
class Match:
    """The best answer and how alike it is; no answer if none comes near."""

    answer: Answer | None
    score: float


def best(record: Record, day: date | None, answers: Iterable[Answer]) -> Match:
    """Return the answer that is the paper of a digest of that day, or how near the best came."""
    scored = sorted(
        ((score(record, answer), answer) for answer in answers if _in_time(answer, day)),
        key=lambda pair: (-pair[0], pair[1].arxiv),
    )
    if not scored:
        return Match(None, 0.0)
    first, answer = scored[0]
    if first < THRESHOLD:
        return Match(None, first)
    return Match(answer, first)


def score(record: Record, answer: Answer) -> float:
    """Tell how alike a paper and an answer are, from 0 to 100.

    The same title of four words or more counts 100 unless the abstracts have nothing in common; a
    shorter or a changed title needs the abstract to agree.
    """
    mine, theirs = fold(record.title), fold(answer.title)
    title = fuzz.ratio(mine, theirs)
    abstract = fuzz.token_sort_ratio(
        fold(record.abstract)[:_ABSTRACT], fold(answer.abstract)[:_ABSTRACT]
    )
    if mine == theirs and len(mine.split()) >= _TELLING:
        return 100.0 if abstract >= _OTHERS else (100 + abstract) / 2
    return 0.6 * title + 0.4 * abstract


def _in_time(answer: Answer, day: date | None) -> bool:
    return day is None or answer.published <= day + _LATE
