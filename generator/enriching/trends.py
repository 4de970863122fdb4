"""Tags over time: each tag's share of the papers of a digest, and what rises or falls. Pure.

Whether a tag rises is tested as the slope of its shares over the days of the digests, each digest
with the weight of its papers: Cochran and Armitage's test for a trend in proportions (1954, 1955).
Lists picked by hand scatter more than chance alone, so the slope must also hold against the scatter
that the digests show (a quasi-binomial model, McCullagh and Nelder 1989; Student's t with two
degrees of freedom fewer than digests). The likelier of both chances counts. Among many tags some
seem to rise by luck: of all that are named together, one in ten is wrong on average at most
(Benjamini and Hochberg 1995).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from math import sqrt

import msgspec

from generator.enriching.chances import normal, student

FEWEST_DIGESTS = 6
"""Digests from which on a rise or fall is named: a line through fewer bends with each of them."""
FEWEST_PAPERS = 12
"""Papers that a tag has in all, and that the others have, for it to be tested."""
MOST_POINTS = 40
"""Points of a line at most; more digests are taken together by month, quarter or year."""
_WRONG = 0.1
"""Share of the tags named that may be so by luck."""


class Point(msgspec.Struct, frozen=True):
    """One digest, or several that are taken together."""

    first: date
    last: date
    digests: int
    papers: int
    tags: dict[str, int]
    """Papers with each tag, by slug."""

    def share(self, slug: str) -> float:
        """Return the share of the papers that have a tag, 0 to 1."""
        return self.tags.get(slug, 0) / self.papers if self.papers else 0.0


class Change(msgspec.Struct, frozen=True):
    """A tag that rises or falls."""

    slug: str
    before: float
    after: float
    """Shares at the first and the last digest, on the straight line that fits best."""

    @property
    def rises(self) -> bool:
        """Whether it rises; otherwise it falls."""
        return self.after > self.before


def pooled(points: Sequence[Point], most: int = MOST_POINTS) -> list[Point]:
    """Take digests together by day, month, quarter or year: the finest that is few enough.

    By day always: a line has one place for a day. Points come and go oldest first. Hundreds of
    years would be too many: then years stay.
    """
    found = [_together(list(run)) for _, run in groupby(points, _day)]
    for step in (_month, _quarter, _year):
        if len(found) <= most:
            break
        found = [_together(list(run)) for _, run in groupby(points, step)]
    return found


def changes(points: Sequence[Point]) -> list[Change]:
    """Return the tags that rise or fall over digests, oldest first; the largest change first.

    Nothing for fewer than six digests, or if all are of one day.
    """
    if len(points) < FEWEST_DIGESTS or points[0].first == points[-1].first:
        return []
    total = sum(point.papers for point in points)
    counts: Counter[str] = Counter()
    for point in points:
        counts.update(point.tags)
    tested = sorted(
        slug for slug, count in counts.items() if FEWEST_PAPERS <= count <= total - FEWEST_PAPERS
    )
    if not tested:
        return []
    days = _Days(points)
    judged = sorted((_chance(days, slug), slug) for slug in tested)
    passed = 0
    for rank, (chance, _) in enumerate(judged, 1):
        if chance <= _WRONG * rank / len(judged):
            passed = rank
    found = [_line(days, slug) for _, slug in judged[:passed]]
    return sorted(found, key=lambda change: (-abs(change.after - change.before), change.slug))


def _day(point: Point) -> tuple[int, ...]:
    return (point.first.toordinal(),)


def _month(point: Point) -> tuple[int, ...]:
    return (point.first.year, point.first.month)


def _quarter(point: Point) -> tuple[int, ...]:
    return (point.first.year, (point.first.month - 1) // 3)


def _year(point: Point) -> tuple[int, ...]:
    return (point.first.year,)


def _together(points: Sequence[Point]) -> Point:
    tags: dict[str, int] = {}
    for point in points:
        for slug, count in point.tags.items():
            tags[slug] = tags.get(slug, 0) + count
    return Point(
        points[0].first,
        points[-1].last,
        sum(point.digests for point in points),
        sum(point.papers for point in points),
        tags,
    )


class _Days:
    """Digests as places on a line, each with the weight of its papers."""

    def __init__(self, points: Sequence[Point]) -> None:
        self.tags = [point.tags for point in points]
        self.sizes = [point.papers for point in points]
        """How many papers each has."""
        self.papers = sum(self.sizes)
        days = [point.first.toordinal() for point in points]
        middle = sum(size * day for size, day in zip(self.sizes, days, strict=True)) / self.papers
        self.away = [day - middle for day in days]
        """Distances from their middle."""
        self.spread = sum(s * away**2 for s, away in zip(self.sizes, self.away, strict=True))


class _Fit(msgspec.Struct, frozen=True):
    mean: float
    slope: float
    shares: list[float]


def _fit(days: _Days, slug: str) -> _Fit:
    counts = [tags.get(slug, 0) for tags in days.tags]
    mean = sum(counts) / days.papers
    shares = [n / size if size else 0.0 for n, size in zip(counts, days.sizes, strict=True)]
    placed = zip(days.sizes, days.away, shares, strict=True)
    lean = sum([size * away * (share - mean) for size, away, share in placed])
    return _Fit(mean, lean / days.spread if days.spread else 0.0, shares)


def _chance(days: _Days, slug: str) -> float:
    """Return how likely a slope at least as steep is if the tag neither rises nor falls."""
    fit = _fit(days, slug)
    placed = zip(days.sizes, days.away, fit.shares, strict=True)
    scatter = sum([s * (share - fit.mean - fit.slope * away) ** 2 for s, away, share in placed])
    variance = fit.mean * (1 - fit.mean)
    steepness = abs(fit.slope) * sqrt(days.spread / variance)
    freedom = len(days.sizes) - 2
    widened = steepness / sqrt(scatter / variance / freedom) if scatter > 0 else steepness
    return max(normal(steepness), student(freedom, widened))


def _line(days: _Days, slug: str) -> Change:
    fit = _fit(days, slug)
    before, after = (
        min(1.0, max(0.0, fit.mean + fit.slope * away)) for away in (days.away[0], days.away[-1])
    )
    return Change(slug, before, after)
