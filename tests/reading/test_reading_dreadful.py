"""One deliberately dreadful digest, with the full ordered list of what is found in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from generator.reading import read_bytes

NAME = "2025-01-07-dreadful.txt"
FOLDER = Path(__file__).resolve().parents[1] / "data" / "dreadful"


def test_everything_dreadful_is_found_in_order(golden: Callable[[str, str], None]) -> None:
    data = (FOLDER / NAME).read_bytes()
    digest = read_bytes(data, NAME)
    text = data.decode("utf-8").removeprefix("\ufeff")
    parts = ["LINES"]
    for line in digest.lines:
        record = "" if line.record is None else str(line.record)
        parts.append(f"{line.number:4} {line.kind:12} {record:>2} {text[line.start : line.end]!r}")
    parts.append("\nRECORDS")
    parts += [repr(record) for record in digest.records]
    parts.append("\nPROBLEMS")
    for problem in digest.problems:
        parts += [str(problem), *(f"    {line}" for line in problem.hint.split("\n"))]
    golden("dreadful/2025-01-07-dreadful.found.txt", "\n".join(parts) + "\n")
