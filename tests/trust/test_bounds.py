"""However large or odd a text is, the work on it grows with its length and no faster.

What is counted is work, not time, so that a busy machine cannot make a test fail. With THOROUGH=1
time is measured too: of texts of a million letters, and of what 50 MB do to memory.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from generator.enriching import build_library
from generator.enriching.layout import Grid
from generator.enriching.vocabulary import Vocabulary
from generator.reading import read_text
from generator.writing.pages import page_drafts
from generator.writing.site import Site

from .corpus import huge

PROJECT = Path(__file__).resolve().parents[2]


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


@pytest.mark.skipif(sys.platform != "linux", reason="no such limit there")
def test_fifty_megabytes_are_refused_in_less_than_a_gigabyte(tmp_path: Path) -> None:
    path = tmp_path / "2025-03-11.txt"
    path.write_bytes(b"We study things at hand, and it turns out good.\n" * 1_041_667)
    script = (
        "import resource, sys\n"
        "resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))\n"
        "from pathlib import Path\n"
        "from generator.project import read_digest\n"
        "print([problem.code for problem in read_digest(Path(sys.argv[1])).problems])\n"
    )
    command = [sys.executable, "-c", script, str(path)]
    result = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert (result.stdout, result.stderr) == ("['B017']\n", "")


@pytest.mark.skipif(os.environ.get("THOROUGH") != "1", reason="takes minutes")
@pytest.mark.parametrize("place", ["title", "abstract"])
@pytest.mark.parametrize("name", huge(1000))
def test_four_times_the_text_takes_about_four_times_the_work(name: str, place: str) -> None:
    def work(letters: int) -> float:
        text = huge(letters)[name]
        title, abstract = (text, "Words.") if place == "title" else ("On Things", text)
        begin = time.process_time()
        digest = read_text(f"Format: broadsheet\n\n# {title}\n\n{abstract}\n", "2025-03-11.txt")
        library = build_library([digest], Vocabulary())
        for draft in page_drafts(library, Site("Papers", "", "")):
            draft.make()
        return time.process_time() - begin

    work(1000)  # What is loaded on the way.
    few, many = work(250_000), work(1_000_000)
    assert many < 10 * few + 2.0
