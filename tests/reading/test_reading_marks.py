"""A `# ` mark ends all doubt: what follows without a mark belongs to the paper above it."""

from __future__ import annotations

import pytest

from generator.reading import read_text

FIRST = "We revisit retrieval for long documents. Our model improves answers by 12 points."
STRANGE = "Songs of birds differ by valley, with reinforcement learning and human feedback."
SHORT = "Code: https://github.com/a/b"


@pytest.mark.parametrize("papers", [1, 2, 5])
@pytest.mark.parametrize("second", [STRANGE, SHORT, "它很好。", FIRST])
def test_every_paragraph_below_a_marked_title_is_its_abstract(papers: int, second: str) -> None:
    text = "\n\n".join(f"# Paper Number {n}\n\n{FIRST}\n\n{second}" for n in range(papers))
    digest = read_text(text, "2025-03-11.txt")
    assert [record.abstract for record in digest.records] == [f"{FIRST}\n\n{second}"] * papers
    assert digest.problems == ()


@pytest.mark.parametrize("papers", [1, 2, 5])
def test_what_could_be_a_forgotten_title_is_kept_with_a_warning(papers: int) -> None:
    text = "\n\n".join(
        f"# Paper Number {n}\n\n{FIRST}\n\nIn Short: It Works" for n in range(papers)
    )
    digest = read_text(text, "2025-03-11.txt")
    assert [record.abstract for record in digest.records] == [
        f"{FIRST}\n\nIn Short: It Works"
    ] * papers
    assert [problem.severity.value for problem in digest.problems] == ["warning"] * papers


def test_a_mark_on_one_doubtful_title_leaves_the_others_as_they_are() -> None:
    text = (
        f"A Study of Things\n\n{FIRST}\n\n# This title ends in a stop.\n\n{STRANGE}\n\n"
        f"Another Study: Of More Things\n\n{FIRST}\n\nA Last Look at Things\n\n{STRANGE}\n"
    )
    digest = read_text(text, "2025-03-11.txt")
    assert [record.title for record in digest.records] == [
        "A Study of Things",
        "This title ends in a stop.",
        "Another Study: Of More Things",
        "A Last Look at Things",
    ]
    assert digest.problems == ()
