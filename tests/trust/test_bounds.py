"""However large or odd a text is, the work on it grows with its length and no faster.

What is counted is work, not time, so that a busy machine cannot make a test fail. With THOROUGH=1
time is measured too: of texts of a million letters, and of what 50 MB do to memory.
"""

from __future__ import annotations

import numpy as np
import pytest

from generator.enriching.layout import Grid


@pytest.mark.parametrize("side", [1.0, 60.0, 61.0, 181.0, 1e3, 1e6, 1e9])
@pytest.mark.parametrize("papers", [2, 20_000])
def test_the_grid_of_the_map_is_bounded_however_far_papers_flee(papers: int, side: float) -> None:
    places = np.zeros((papers, 2))
    places[0] = side
    grid = Grid()
    push = grid.push(places)
    assert grid.knots <= 3 * max(120, 2 * papers**0.5 + 8)
    assert grid.step * grid.knots >= side
    assert np.isfinite(push).all()
