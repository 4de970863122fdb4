"""Samples of the forms that lists of Hugging Face have, with the full list of what is found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.reading import read_bytes

FOLDER = Path(__file__).resolve().parents[2] / "data" / "dialects"
SAMPLES = sorted(
    path for path in FOLDER.glob("huggingface-*/*.txt") if not path.name.endswith(".found.txt")
)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_everything_in_a_sample_is_found(path: Path, golden: Callable[[str, str], None]) -> None:
    data = path.read_bytes()
    digest = read_bytes(data, path.name)
    text = data.decode("utf-8")
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
        parts.append(f"{problem.code} {problem.source} {problem.severity}: {problem.message}")
        parts += [f"    {line}" for line in problem.hint.split("\n")]
    name = f"dialects/{path.parent.name}/{path.stem}.found.txt"
    golden(name, "\n".join(parts) + "\n")


def test_every_form_of_hugging_face_has_a_sample() -> None:
    assert {path.parent.name for path in SAMPLES} == {
        "huggingface-api",
        "huggingface-mail",
        "huggingface-markdown",
        "huggingface-page",
        "huggingface-paper",
        "huggingface-trending",
    }
