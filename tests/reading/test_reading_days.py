"""The days that a text states, and what is said where it states several."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.reading import read_text

A = "We study things. They are good. It is what we do, and we show that it works."
ONE, TWO = f"# On Things\n\n{A}\n\n", f"# On Graphs\n\n{A}\n\n"
SEED = Path(__file__).parents[1] / "data" / "seed" / "2025-03-11.txt"


@pytest.mark.parametrize(
    ("text", "days", "codes"),
    [
        pytest.param(ONE, [], [], id="none"),
        pytest.param(f"Mar 11\n\n{ONE}{TWO}", [(3, 11, None, 0)], [], id="one"),
        pytest.param(f"11 March 2025\n\n{ONE}", [(3, 11, 2025, 0)], [], id="with its year"),
        pytest.param(f"Mar 12\n\n{ONE}", [(3, 12, None, 0)], ["B009"], id="not the file's"),
        pytest.param(
            f"Mar 11\n\n{ONE}Mar 12\n\n{TWO}",
            [(3, 11, None, 0), (3, 12, None, 1)],
            ["B015"],
            id="two",
        ),
        pytest.param(f"{ONE}Mar 12\n\n{TWO}", [(3, 12, None, 1)], ["B015"], id="late"),
        pytest.param(f"Mar 11\n\n{ONE}Mar 11\n\n{TWO}", [(3, 11, None, 0)], ["B011"], id="again"),
    ],
)
def test_days_are_told_with_the_papers_below_them(
    text: str, days: list[tuple[int, int, int | None, int]], codes: list[str]
) -> None:
    digest = read_text(text, "2025-03-11.txt")
    assert [(d.month, d.day, d.year, d.first) for d in digest.days] == days
    assert [problem.code for problem in digest.problems] == codes


def test_the_seed_states_its_day() -> None:
    digest = read_text(SEED.read_text(encoding="utf-8"), "2025-03-11.txt")
    (day,) = digest.days
    assert (day.month, day.day, day.year, day.first, day.source.line) == (3, 11, None, 0, 9)


def test_several_lists_in_one_text_lead_to_the_command_that_parts_them() -> None:
    text = f"Mar 11\n\n{ONE}Mar 12\n\n{TWO}"
    (problem,) = read_text(text, "2025-03-11.txt").problems
    assert problem.source.line == 7
    assert '"Mar 12" begins the list of another day' in problem.message
    assert "`broadsheet add`" in problem.hint
