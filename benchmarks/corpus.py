"""A project with many papers to measure builds on: digests of sixty papers each.

    python benchmarks/corpus.py FOLDER --papers N [--digest DIGEST.txt] [--seed S]

FOLDER becomes a copy of this project whose digests are made: with `--digest` of the papers of that
file (titles and abstracts in turn, as they stand), in an order that the seed chooses; without, of
sentences put together from a small stock of words. The same arguments give the same bytes. The
first papers are the same whatever N is, so that a larger corpus is the smaller one with newer
digests on top.
"""

from __future__ import annotations

import argparse
import random
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
DIGEST = 60
"""Papers of a digest: what a list of a working day has."""
FIRST_DAY = date(2020, 1, 1)
_PARTS = ("docs", "overrides", "mkdocs.yml", "pyproject.toml", "README.md")
_SUBJECTS = (
    "language models", "image segmentation", "reinforcement learning", "speech recognition",
    "graph neural networks", "machine translation", "object detection", "question answering",
    "diffusion models", "recommender systems", "robot manipulation", "time series",
    "federated learning", "knowledge graphs", "point clouds", "code generation",
)  # fmt: skip
_WAYS = (
    "contrastive pretraining", "sparse attention", "low-rank adaptation", "curriculum sampling",
    "self-distillation", "retrieval", "prompt tuning", "test-time adaptation", "quantization",
    "synthetic data", "mixture of experts", "chain-of-thought reasoning", "token merging",
)  # fmt: skip
_WORK = ("improves", "scales", "stabilises", "explains", "replaces", "compresses", "regularises")

Pair = tuple[str, str]


def pairs_of(path: Path) -> list[Pair]:
    """Return titles and abstracts of a digest that has them in turn, a blank line between."""
    blocks = [block.strip() for block in path.read_text(encoding="utf-8").split("\n\n")]
    blocks = [" ".join(block.split("\n")) for block in blocks if block]
    # What stands above the papers ends with the day of the list, e.g. "Feb 29".
    day = next((at for at, block in enumerate(blocks[:12]) if _is_day(block)), -1)
    papers = blocks[day + 1 :]
    return list(zip(papers[::2], papers[1::2], strict=False))


def made_up(dice: random.Random) -> Iterator[Pair]:
    """Yield papers without end whose words are about something, for want of real ones."""
    number = 0
    while True:
        number += 1
        subject, way = dice.choice(_SUBJECTS), dice.choice(_WAYS)
        sentences = [
            f"We show that {dice.choice(_WAYS)} {dice.choice(_WORK)} {dice.choice(_SUBJECTS)} "
            f"by {dice.randint(2, 40)} points on {dice.randint(2, 90)} tasks of set {number}."
            for _ in range(8)
        ]
        yield f"{way.capitalize()} for {subject}, study {number}", " ".join(sentences)


def digests(papers: int, source: Path | None = None, seed: int = 5) -> Iterator[tuple[str, str]]:
    """Yield name and text of each digest, oldest first. Raises ValueError if the source is short."""
    dice = random.Random(seed)  # noqa: S311
    if source is None:
        chosen = list(islice(made_up(dice), papers))
    else:
        chosen = pairs_of(source)
        dice.shuffle(chosen)
        if len(chosen) < papers:
            raise ValueError(f"{source} has {len(chosen)} papers, {papers} were asked for")
    for number, start in enumerate(range(0, papers, DIGEST)):
        here = chosen[start : min(start + DIGEST, papers)]
        day = FIRST_DAY + timedelta(days=number)
        text = "\n\n".join(f"{title}\n\n{abstract}" for title, abstract in here)
        yield f"{day.isoformat()}.txt", f"{text}\n"


def make(folder: Path, papers: int, source: Path | None = None, seed: int = 5) -> Path:
    """Copy the project into a folder, which is emptied first, with digests of so many papers."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for part in _PARTS:
        whole = PROJECT / part
        if whole.is_dir():
            shutil.copytree(whole, folder / part)
        else:
            shutil.copy2(whole, folder / part)
    place = folder / "docs" / "digests"
    for old in place.glob("*.txt"):
        old.unlink()
    for name, text in digests(papers, source, seed):
        (place / name).write_text(text, encoding="utf-8", newline="")
    return folder


def _is_day(block: str) -> bool:
    words = block.split()
    return len(words) == 2 and words[0].isalpha() and len(words[0]) == 3 and words[1].isdigit()


def main() -> None:
    """Read the command line and make the corpus."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--papers", type=int, required=True)
    parser.add_argument("--digest", type=Path)
    parser.add_argument("--seed", type=int, default=5)
    options = parser.parse_args()
    make(options.folder, options.papers, options.digest, options.seed)


if __name__ == "__main__":
    main()
