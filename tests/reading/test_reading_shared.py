"""The real lists: the seed, 500 papers with their truth, 10,000 papers."""

from __future__ import annotations

import json
from pathlib import Path

from generator.model import Digest, Severity
from generator.reading import read_bytes


def read(shared: Path, name: str) -> Digest:
    return read_bytes((shared / "digests" / name).read_bytes(), name)


def alternating(shared: Path, name: str) -> list[tuple[str, str]]:
    """Return what plain alternation finds: these files have every text on a line of its own."""
    text = (shared / "digests" / name).read_bytes().decode("utf-8")
    lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()][5:]
    return list(zip(lines[::2], lines[1::2], strict=True))


def papers(digest: Digest) -> list[tuple[str, str]]:
    return [(record.title, record.abstract) for record in digest.records]


def test_the_seed_is_exact_and_without_problems(shared: Path) -> None:
    digest = read(shared, "2025-03-11.txt")
    assert papers(digest) == alternating(shared, "2025-03-11.txt")
    assert len(digest.records) == 61
    assert digest.problems == ()


def test_500_real_papers_are_exact_and_few_are_warned_of(shared: Path) -> None:
    truth = json.loads(
        (shared / "digests" / "2025-12-31-real-500.truth.json").read_text(encoding="utf-8")
    )
    digest = read(shared, "2025-12-31-real-500.txt")
    assert papers(digest) == [
        (" ".join(paper["title"].split()), " ".join(paper["abstract"].split()))
        for paper in truth["papers"]
    ]
    assert [(problem.source.line, problem.severity) for problem in digest.problems] == [
        (89, Severity.WARNING),
        (443, Severity.WARNING),
        (529, Severity.WARNING),
        (1773, Severity.WARNING),
    ]


def test_10000_real_papers_are_exact_and_few_are_warned_of(shared: Path) -> None:
    digest = read(shared, "2024-02-29-real-10000.txt")
    assert papers(digest) == alternating(shared, "2024-02-29-real-10000.txt")
    assert {problem.severity for problem in digest.problems} == {Severity.WARNING}
    assert len(digest.problems) < 150
