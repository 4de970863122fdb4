"""Decide whether an answer is the paper that was asked for.

A title alone can be another paper's, so the abstract has a say wherever the title leaves a doubt.
Similarities are rapidfuzz's, of 100. Below the threshold nothing is claimed.
"""

from __future__ import annotations

import re
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
_OTHERS = 70.0
"""Well above the 58 that 3,000 pairs of different real papers reached at most: they share the
words of a field, and papers of one title share more of them."""
_BEGINNING = 60
"""Characters of an abstract that was cut off that still tell."""
_NUMBER = re.compile(r"[b-z]|\d+|[ivx]+")
_ALIKE = 90.0
"""Above that, abstracts differ by what a copy or a second version changes."""
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

    The same title of four words or more is enough unless the abstracts have nothing in common, and
    counts 100 where they are alike; a shorter or a changed title needs the abstract to agree.
    """
    mine, theirs = fold(record.title), fold(answer.title)
    title = fuzz.ratio(mine, theirs)
    abstract = _abstracts(fold(record.abstract), fold(answer.abstract))
    if mine == theirs and len(mine.split()) >= _TELLING:
        if abstract < _OTHERS:
            return (100 + abstract) / 2
        # A person looks at what has less than 100: the less alike, the lower.
        return min(100.0, THRESHOLD + (abstract - _OTHERS) / (_ALIKE - _OTHERS) * (100 - THRESHOLD))
    likeness = 0.6 * title + 0.4 * abstract
    return likeness if _numbers(mine) == _numbers(theirs) else min(likeness, THRESHOLD - 1)


def has_title(record: Record, answer: Answer) -> bool:
    """Whether an answer has the title of a paper, whatever their abstracts."""
    return fold(record.title) == fold(answer.title)


def _abstracts(mine: str, theirs: str) -> float:
    if not mine or not theirs:
        return 0.0
    mine, theirs = mine[:_ABSTRACT], theirs[:_ABSTRACT]
    likeness = fuzz.token_sort_ratio(mine, theirs)
    if _BEGINNING <= len(mine) < len(theirs):
        # Many lists cut abstracts off.
        likeness = max(likeness, fuzz.ratio(mine, theirs[: len(mine)]))
    return likeness


def _numbers(title: str) -> list[str]:
    """Return what tells the parts of a work apart: "Part II", "Track B", "the 2024 challenge"."""
    return sorted(word for word in re.findall(r"\w+", title) if _NUMBER.fullmatch(word))


def _in_time(answer: Answer, day: date | None) -> bool:
    return day is None or answer.published - day <= _LATE
