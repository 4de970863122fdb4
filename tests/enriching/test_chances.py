"""Tails of distributions: held against SciPy's."""

from __future__ import annotations

from math import inf

import pytest
from scipy.special import ndtr, stdtr

from generator.enriching.chances import normal, student

FAR = [0.0, 1e-9, 0.01, 0.3, 1.0, 1.7, 1.96, 2.5, 4.0, 7.5, 12.0, 33.0]


@pytest.mark.parametrize("distance", FAR)
def test_the_tails_of_the_normal_distribution(distance: float) -> None:
    assert normal(distance) == pytest.approx(2 * ndtr(-distance), rel=1e-12)
    assert normal(-distance) == normal(distance)


@pytest.mark.parametrize("freedom", [1, 2, 3, 4, 5, 8, 13, 40, 83, 400, 5000])
def test_the_tails_of_students_t(freedom: int) -> None:
    for distance in FAR:
        expected = 2 * stdtr(freedom, -distance)
        assert student(freedom, distance) == pytest.approx(expected, rel=1e-9, abs=1e-280)


def test_nothing_goes_farther_than_for_ever() -> None:
    assert student(4, inf) == student(4, 1e200) == 0.0
