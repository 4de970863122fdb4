"""Samples of e-mails, listings, lists and catalogues, with the full list of what is found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.reading import read_bytes

FOLDER = Path(__file__).resolve().parents[2] / "data" / "dialects"
NAMES = (
    "arxiv-mail",
    "arxiv-listing",
    "markdown-list",
    "paper-table",
    "papers-csv",
    "key-value",
    "scholar-alert",
    "bibtex",
    "ris",
)
SAMPLES = sorted(
    path
    for name in NAMES
    for path in (FOLDER / name).glob("*.txt")
    if not path.name.endswith(".found.txt")
)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_everything_in_a_sample_is_found(path: Path, golden: Callable[[str, str], None]) -> None:
    data = path.read_bytes()
    digest = read_bytes(data, path.name)
    text = data.decode("utf-8").removeprefix("\ufeff")
    parts = [f"DIALECT {digest.dialect}", "\nLINES"]
    for line in digest.lines:
        record = "" if line.record is None else str(line.record)
        parts.append(f"{line.number:4} {line.kind:12} {record:>2} {text[line.start : line.end]!r}")
    parts.append("\nDAYS")
    parts += [repr(day) for day in digest.days]
    parts.append("\nRECORDS")
    parts += [repr(record) for record in digest.records]
    parts.append("\nPROBLEMS")
    for problem in digest.problems:
        parts += [str(problem), *(f"    {line}" for line in problem.hint.split("\n"))]
    assert digest.dialect == path.parent.name
    golden(f"dialects/{path.parent.name}/{path.stem}.found.txt", "\n".join(parts) + "\n")
