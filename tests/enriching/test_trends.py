"""Tags over time: what is taken together, and what is said to rise or fall."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from generator.enriching.trends import FEWEST_DIGESTS, Point, changes, pooled


def points(counts: Sequence[int], papers: int = 60, step: int = 7, slug: str = "t") -> list[Point]:
    days = [date(2025, 1, 6) + timedelta(days=step * n) for n in range(len(counts))]
    return [
        Point(day, day, 1, papers, {slug: n} if n else {})
        for day, n in zip(days, counts, strict=True)
    ]


def test_a_steady_rise_is_named_with_where_it_comes_from_and_goes() -> None:
    (change,) = changes(points([6, 9, 11, 14, 18, 20, 24, 26]))
    assert (change.slug, change.rises) == ("t", True)
    assert change.before == pytest.approx(0.1, abs=0.02)
    assert change.after == pytest.approx(0.44, abs=0.02)


def test_a_steady_fall_is_named() -> None:
    (change,) = changes(points([26, 24, 20, 18, 14, 11, 9, 6]))
    assert not change.rises


@pytest.mark.parametrize(
    "counts",
    [
        [6, 12, 18, 24, 30],
        [10, 10, 10, 10, 10, 10, 10, 10],
        [12, 9, 11, 8, 13, 10, 9, 12],
        [0, 0, 0, 0, 0, 0, 1, 5],
        [2, 30, 3, 28, 1, 35, 2, 40],
        [60] * 8,
        [],
    ],
    ids=["too few digests", "flat", "noise", "too few papers", "see-saw", "all of them", "none"],
)
def test_nothing_is_named_where_nothing_is_known(counts: list[int]) -> None:
    assert changes(points(counts)) == []


def test_digests_of_one_day_have_no_direction() -> None:
    assert changes(points([6, 9, 11, 14, 18, 20, 24, 26], step=0)) == []


def test_chance_is_seldom_taken_for_a_trend() -> None:
    chance = random.Random(7)  # noqa: S311 - no secret
    false = 0
    for _ in range(150):
        days = points([0] * 10)
        for slug in range(30):
            for point in days:
                point.tags[f"t{slug}"] = sum(chance.random() < 0.12 for _ in range(60))
        false += bool(changes(days))
    assert false / 150 < 0.15


def test_a_real_rise_among_thirty_flat_tags_is_found() -> None:
    chance = random.Random(8)  # noqa: S311 - no secret
    found = 0
    for _ in range(60):
        days = points([0] * 12)
        for slug in range(30):
            for at, point in enumerate(days):
                share = 0.1 + 0.025 * at if slug == 0 else 0.12
                point.tags[f"t{slug}"] = sum(chance.random() < share for _ in range(60))
        found += "t0" in [change.slug for change in changes(days)]
    assert found / 60 > 0.9


@pytest.mark.parametrize(
    ("digests", "step", "left"),
    [(1, 1, 1), (40, 1, 40), (41, 7, 10), (200, 7, 16), (2500, 7, 48)],
    ids=["one", "just few enough", "by month", "by quarter", "by year"],
)
def test_many_digests_are_taken_together(digests: int, step: int, left: int) -> None:
    days = points([3] * digests, step=step)
    found = pooled(days)
    assert len(found) == left
    assert sum(point.papers for point in found) == 60 * digests
    assert sum(point.digests for point in found) == digests
    assert found[0].share("t") == pytest.approx(0.05)
    assert (found[0].first, found[-1].last) == (days[0].first, days[-1].last)


def test_digests_of_one_day_are_one_point() -> None:
    found = pooled([*points([3]), *points([9]), *points([4, 5])[1:]])
    assert [(point.digests, point.papers, point.tags["t"]) for point in found] == [
        (2, 120, 12),
        (1, 60, 5),
    ]


def test_six_digests_are_enough() -> None:
    assert len(changes(points([4, 9, 14, 20, 26, 31][:FEWEST_DIGESTS]))) == 1


def test_digests_without_papers_tell_nothing() -> None:
    assert changes(points([0] * 8, papers=0)) == []
