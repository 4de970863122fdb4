"""How likely chance alone goes so far: tails of two distributions, in standard Python.

SciPy has both, but importing it takes longer than all the sums of a site's trends.
"""

from __future__ import annotations

from math import erfc, exp, inf, lgamma, log, log1p, sqrt

_CLOSE = 1e-15
_STEPS = 1000
_TINY = 1e-300


def normal(distance: float) -> float:
    """Return the chance that a normal variable is at least so many deviations from its mean."""
    return erfc(abs(distance) / sqrt(2))


def student(freedom: int, distance: float) -> float:
    """Return the chance that Student's t with `freedom` degrees is at least so far from nought."""
    square = distance * distance
    if square == inf:
        return 0.0
    # The incomplete beta function's share, and which of its two sides is found in fewer steps.
    near, half = freedom / (freedom + square), freedom / 2
    if square * (half + 1) > freedom * 1.5:
        return _beta(half, 0.5, near, square / (freedom + square))
    return 1 - _beta(0.5, half, square / (freedom + square), near)


def _beta(a: float, b: float, x: float, rest: float) -> float:
    """Return the regularised incomplete beta function; `rest` is 1 - x, so that it stays exact.

    By its continued fraction (Press and others, Numerical Recipes, 6.4), which Lentz's way sums up.
    """
    if x <= 0:
        return 0.0
    scale = lgamma(a + b) - lgamma(a) - lgamma(b)
    front = exp(scale + a * log(x) + b * (log(rest) if rest < 0.5 else log1p(-x))) / a
    upper, lower = 1.0, 1 / _from_nought(1 - (a + b) * x / (a + 1))
    found = lower
    for m in range(1, _STEPS):
        for step in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            lower = 1 / _from_nought(1 + step * lower)
            upper = _from_nought(1 + step / upper)
            found *= lower * upper
        if abs(lower * upper - 1) < _CLOSE:
            break
    return front * found


def _from_nought(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
