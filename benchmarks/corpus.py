"""A project with many papers to measure builds on: digests of sixty papers each.

    python benchmarks/corpus.py FOLDER --papers N [--digest DIGEST.txt] [--seed S]

FOLDER becomes a copy of this project whose digests are made: with `--digest` of the papers of that
file (titles and abstracts in turn, as they stand), in an order that the seed chooses; made up once
they run out, or without that file. The same arguments give the same bytes. The first papers are the
same whatever N is, so that a larger corpus is the smaller one with newer digests on top.

Papers that are made up have the length of real ones (150 words, nine in ten more than 79), speak of
subjects that the vocabulary knows, and their words are as unevenly common: more than half of them
come once, and new ones keep coming, 22,000 in 1,000 papers, 52,000 in 5,000 and 80,000 in 10,000.
Real papers had 18,000, 51,000 and 80,000.
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
_COMMON = (
    "the", "of", "and", "to", "a", "in", "that", "for", "with", "is", "we", "on", "as", "by", "are",
    "this", "which", "from", "an", "our", "can", "be", "it", "their", "these", "models", "show",
    "such", "or", "method", "at", "but", "both", "using", "between", "results", "across", "have",
    "data", "into", "its", "than", "approach", "training", "propose", "while", "more", "not",
)  # fmt: skip
_SYLLABLES = (
    "ra", "ti", "con", "men", "lo", "de", "ver", "si", "na", "pre", "mo", "cal", "in", "te", "gra",
    "fu", "lin", "or", "sta", "per", "bi", "que", "tran", "xo", "mul", "he", "di", "sen", "ark",
    "vo",
)  # fmt: skip
_SOME_COMMON = 0.42
"""Share of words that are among the common ones."""
_FIELDS, _FIELD_WORDS = 300, 60
"""Narrow fields that papers belong to, and the words that each has of its own."""
_SPREAD, _TAIL = 300, 2.0
"""How unevenly common all other words are."""

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
    """Yield papers without end, for want of real ones."""
    while True:
        field = dice.randrange(_FIELDS)
        subject, way = dice.choice(_SUBJECTS), dice.choice(_WAYS)
        own = " ".join(_words(dice, field, dice.randint(2, 5)))
        title = f"{own.capitalize()}: {way} for {subject}"
        left = min(max(round(dice.gauss(150, 55)), 40), 280)
        sentences = []
        while left > 0:
            length = min(dice.randint(12, 30), left)
            left -= length
            words = _words(dice, field, length)
            if dice.random() < 0.4:
                words[length // 2 : length // 2 + 2] = [dice.choice((subject, way))]
            sentence = " ".join(words)
            sentences.append(f"{sentence[0].upper()}{sentence[1:]}.")
        yield title, " ".join(sentences)


def _words(dice: random.Random, field: int, count: int) -> list[str]:
    """Return words of a paper: common ones, those of its field, and any others."""
    words = []
    for _ in range(count):
        if dice.random() < _SOME_COMMON:
            words.append(_COMMON[int(len(_COMMON) * dice.random() ** 2)])
        elif dice.random() < 0.3:
            words.append(_word(field * _FIELD_WORDS + int(_FIELD_WORDS * dice.random() ** 2)))
        else:
            # Without bound: however much was said, the next word may be new.
            words.append(_word(int(_SPREAD * ((1 - dice.random()) ** -_TAIL - 1))))
    return words


def _word(rank: int) -> str:
    """Return the word of a rank, always the same one."""
    parts = []
    rank += len(_SYLLABLES)
    while rank:
        rank, at = divmod(rank, len(_SYLLABLES))
        parts.append(_SYLLABLES[at])
    return "".join(parts)


def digests(papers: int, source: Path | None = None, seed: int = 5) -> Iterator[tuple[str, str]]:
    """Yield name and text of each digest, oldest first."""
    chosen = list(islice(_papers(source, seed), papers))
    for number, start in enumerate(range(0, papers, DIGEST)):
        yield _digest(number, chosen[start : start + DIGEST])


def newest(papers: int, source: Path | None = None, seed: int = 5) -> tuple[str, str]:
    """Return name and text of the digest that comes after those of so many papers."""
    following = list(islice(_papers(source, seed), papers, papers + DIGEST))
    return _digest(-(-papers // DIGEST), following)


def _papers(source: Path | None, seed: int) -> Iterator[Pair]:
    dice = random.Random(seed)  # noqa: S311
    if source is not None:
        real = pairs_of(source)
        dice.shuffle(real)
        yield from real
    yield from made_up(dice)


def _digest(number: int, papers: list[Pair]) -> tuple[str, str]:
    day = FIRST_DAY + timedelta(days=number)
    text = "\n\n".join(f"{title}\n\n{abstract}" for title, abstract in papers)
    return f"{day.isoformat()}.txt", f"{text}\n"


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
    # These papers were never published, and ours need no page here.
    (folder / "docs" / "permalinks.txt").unlink(missing_ok=True)
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
