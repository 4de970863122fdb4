"""What all tests share: where the shared data is, and goldens that one command renews."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

PROJECT = Path(__file__).resolve().parents[1]
RENEW = os.environ.get("RENEW_GOLDENS") == "1"

# How long an example takes is for benchmarks: on a busy machine it says nothing.
# Half the usual number of examples is what a change is judged by; THOROUGH=1 tries all.
settings.register_profile(
    "untimed", deadline=None, max_examples=100 if os.environ.get("THOROUGH") == "1" else 50
)
settings.load_profile("untimed")

Golden = Callable[[str, str], None]


@pytest.fixture
def golden() -> Golden:
    """Compare a text with a file below tests/data; `RENEW_GOLDENS=1 pytest` writes it anew."""

    def compare(name: str, text: str) -> None:
        path = PROJECT / "tests" / "data" / name
        if RENEW:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        expected = path.read_bytes().decode("utf-8") if path.exists() else ""
        assert text == expected, f"{name} differs; if it should, renew: RENEW_GOLDENS=1 pytest"

    return compare


@pytest.fixture
def shared() -> Path:
    """The folder of shared data beside the project; tests that need it are skipped without."""
    folder = PROJECT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("no shared data beside the project")
    return folder
