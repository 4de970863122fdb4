"""Damage lists in the ways that copying by hand does, and count what is still read exactly."""

from __future__ import annotations

import json
import random
import re
import textwrap
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import pytest

from generator.model import Digest
from generator.reading import read_bytes, read_text

OWN = Path(__file__).resolve().parents[1] / "data" / "reading" / "2025-06-02-own.txt"
TOP = "\n\n".join(
    [
        "new",
        "Get trending papers in your email inbox!",
        "Subscribe",
        "byAK and the research community",
    ]
)
KEYS = ("Authors: Ada Lovelace; Charles Babbage", "Link: https://example.org/a", "Note: read me")


@dataclass(frozen=True)
class Item:
    """A paper as it will be written, perhaps damaged."""

    title: str
    paragraphs: tuple[str, ...]
    keys: tuple[str, ...] = ()
    mark: bool = False
    glued: bool = False
    damaged: bool = False


@dataclass(frozen=True)
class Layout:
    """How a list is written."""

    gap: str = "\n\n"
    width: int = 0
    title_width: int = 0
    indent: str = ""
    end: str = "\n"
    start: str = ""


Listing = tuple[list[Item], Layout]
Mutation = Callable[[list[Item], random.Random], Listing]


def fold(text: str) -> str:
    return " ".join(text.split())


def wrapped(text: str, width: int) -> str:
    if not width:
        return text
    return "\n".join(textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False))


def write(items: list[Item], layout: Layout) -> tuple[str, list[tuple[int, int]]]:
    """Return the list as text and the first and last line of each item."""
    text, spans = TOP, []
    for item in items:
        text += layout.gap
        first = text.count("\n") + 1
        title = wrapped(("# " if item.mark else "") + item.title, layout.title_width)
        head = "\n".join(part for part in (title if item.title else "", *item.keys) if part)
        body = layout.gap.join(wrapped(part, layout.width) for part in item.paragraphs)
        glue = "\n" if item.glued else layout.gap
        text += glue.join(part for part in (head, body) if part)
        spans.append((first, text.count("\n") + 1))
    if layout.indent:
        text = re.sub(r"(?m)^(?=.*\S)", layout.indent, text)
    return layout.start + text.replace("\n", layout.end), spans


def some(items: list[Item], rng: random.Random) -> list[int]:
    """Choose about one item in twenty, no two of them neighbours."""
    chosen: list[int] = []
    for index in sorted(rng.sample(range(len(items)), max(1, len(items) // 20))):
        if not chosen or index > chosen[-1] + 1:
            chosen.append(index)
    return chosen


def in_paragraphs(item: Item, rng: random.Random) -> Item:
    """Split an abstract at sentence ends into two to four paragraphs."""
    sentences = re.split(r"(?<=[a-z)]\.) (?=[A-Z])", item.paragraphs[0])
    count = min(len(sentences), rng.randint(2, 4))
    cuts = sorted(rng.sample(range(1, len(sentences)), count - 1)) if count > 1 else []
    bounds = [0, *cuts, len(sentences)]
    parts = [" ".join(sentences[a:b]) for a, b in pairwise(bounds)]
    return replace(item, paragraphs=tuple(parts))


def layout(**options: object) -> Mutation:
    return lambda items, _: (items, Layout(**options))  # type: ignore[arg-type]


def each(change: Callable[[Item, random.Random], Item], **options: object) -> Mutation:
    return lambda items, rng: ([change(i, rng) for i in items], Layout(**options))  # type: ignore[arg-type]


def few(change: Callable[[Item, random.Random], Item], **options: object) -> Mutation:
    def mutate(items: list[Item], rng: random.Random) -> Listing:
        for index in some(items, rng):
            items[index] = change(items[index], rng)
        return items, Layout(**options)  # type: ignore[arg-type]

    return mutate


def title_lost(item: Item, _: random.Random) -> Item:
    return replace(item, title="", damaged=True)


def abstract_lost(item: Item, _: random.Random) -> Item:
    return replace(item, paragraphs=(), damaged=True)


def glued(item: Item, _: random.Random) -> Item:
    return replace(item, glued=True)


def marked(item: Item, _: random.Random) -> Item:
    return replace(item, mark=True)


def perhaps_marked(item: Item, rng: random.Random) -> Item:
    return replace(item, mark=rng.random() < 0.3)


def with_keys(item: Item, rng: random.Random) -> Item:
    return replace(item, keys=KEYS[: rng.randint(0, 3)], glued=rng.random() < 0.3)


def marked_paragraphs(item: Item, rng: random.Random) -> Item:
    return replace(in_paragraphs(item, rng), mark=True)


def extra_titles(items: list[Item], rng: random.Random) -> Listing:
    result = list(items)
    for index in reversed(some(items, rng)):
        result.insert(index, Item(f"{rng.choice(items).title} Revisited", (), damaged=True))
    return result, Layout()


WHOLE: dict[str, Mutation] = {
    "as it is": layout(),
    **{f"wrapped at {width}": layout(width=width) for width in (1, 20, 40, 72, 100)},
    **{
        f"titles and abstracts wrapped at {width}": layout(width=width, title_width=width)
        for width in (1, 20, 40, 72, 100)
    },
    "CRLF": layout(end="\r\n"),
    "CR": layout(end="\r"),
    "byte order mark": layout(start="\ufeff"),
    "blank lines of odd spaces": layout(gap="\n\u00a0\u2003\t \u200b\n"),
    "indented": layout(indent="  \t"),
    "doubled blank lines": layout(gap="\n\n\n\n"),
    "all marked": each(marked),
    "all marked and wrapped": each(marked, width=72, title_width=72),
    "some marked": each(perhaps_marked),
    "some with keys": each(with_keys),
    "a few blank lines lost": few(glued),
    "a few blank lines lost, wrapped": few(glued, width=80, title_width=80),
}
"""Nothing is lost: every paper must be read exactly."""
GLUED: dict[str, Mutation] = {
    "no blank line below any title": each(glued),
    "no blank line at all": layout(gap="\n"),
    "no blank line below titles, wrapped": each(glued, width=72, title_width=72),
    "abstracts in paragraphs": each(in_paragraphs),
    "a few abstracts in paragraphs": few(in_paragraphs),
    "paragraphs and marks": each(marked_paragraphs),
}
"""Nothing is lost either, but the list has an unusual form throughout."""
DAMAGED: dict[str, Mutation] = {
    "titles lost": few(title_lost),
    "titles lost, wrapped": few(title_lost, width=72, title_width=72),
    "abstracts lost": few(abstract_lost),
    "two titles in a row": extra_titles,
}


@dataclass
class Score:
    """How a list was read."""

    right: int
    wrong: list[str]
    silent: list[str]
    """Damaged or misread papers without a problem at them or next to them."""


def run(mutation: Mutation, items: list[Item], seed: int) -> Score:
    mutated, form = mutation(list(items), random.Random(seed))  # noqa: S311
    text, spans = write(mutated, form)
    digest = read_text(text, "2025-06-02.txt")
    assert "".join(text[line.start : line.end] for line in digest.lines) == text
    return score(mutated, spans, digest)


def score(items: list[Item], spans: list[tuple[int, int]], digest: Digest) -> Score:
    got = Counter((record.title, record.abstract) for record in digest.records)
    lines = [problem.source.line for problem in digest.problems]
    result = Score(0, [], [])
    for index, item in enumerate(items):
        first, last = spans[max(0, index - 1)][0], spans[min(len(spans) - 1, index + 1)][1]
        reported = any(first <= line <= last for line in lines)
        name = item.title or item.paragraphs[0][:60]
        paper = (item.title, "\n\n".join(item.paragraphs))
        if not item.damaged and got[paper]:
            got[paper] -= 1
            result.right += 1
            continue
        if not item.damaged:
            result.wrong.append(name)
        if not reported:
            result.silent.append(name)
    return result


@pytest.fixture(scope="module")
def own() -> list[Item]:
    records = read_bytes(OWN.read_bytes(), OWN.name).records
    return [Item(record.title, (record.abstract,)) for record in records]


@pytest.fixture
def real(shared: Path) -> list[Item]:
    truth = shared / "digests" / "2025-12-31-real-500.truth.json"
    papers = json.loads(truth.read_text(encoding="utf-8"))["papers"]
    return [Item(fold(paper["title"]), (fold(paper["abstract"]),)) for paper in papers]


def windows(items: list[Item], size: int) -> list[list[Item]]:
    """Cut a list into short ones: that is what a person contributes."""
    return [items[start : start + size] for start in range(0, len(items) - size + 1, size)]


@pytest.mark.parametrize("name", [*WHOLE, *GLUED])
def test_own_papers_are_exact_in_every_form(name: str, own: list[Item]) -> None:
    assert run({**WHOLE, **GLUED}[name], own, seed=1) == Score(len(own), [], [])


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("name", DAMAGED)
def test_damage_to_own_papers_is_reported_and_stays_local(
    name: str, seed: int, own: list[Item]
) -> None:
    result = run(DAMAGED[name], own, seed)
    assert result.silent == []
    assert len(result.wrong) <= 1


@pytest.mark.parametrize("name", WHOLE)
def test_real_papers_are_exact_in_every_usual_form(name: str, real: list[Item]) -> None:
    result = run(WHOLE[name], real, seed=1)
    assert result.right >= 0.995 * len(real), result.wrong
    assert result.silent == []


@pytest.mark.parametrize("name", GLUED)
def test_real_papers_survive_unusual_forms(name: str, real: list[Item]) -> None:
    assert run(GLUED[name], real, seed=1).right >= 0.98 * len(real)


@pytest.mark.parametrize("name", DAMAGED)
def test_damage_to_real_papers_is_reported_and_stays_local(name: str, real: list[Item]) -> None:
    result = run(DAMAGED[name], real, seed=0)
    assert result.silent == []
    assert len(result.wrong) <= 0.015 * len(real)


@pytest.mark.parametrize("name", [*WHOLE, "a few abstracts in paragraphs"])
def test_short_lists_are_read_like_long_ones(name: str, real: list[Item]) -> None:
    results = [
        run({**WHOLE, **GLUED}[name], items, seed) for seed, items in enumerate(windows(real, 5))
    ]
    assert sum(result.right for result in results) >= 0.985 * len(real)


@pytest.mark.parametrize("name", DAMAGED)
def test_damage_to_short_lists_is_reported(name: str, real: list[Item]) -> None:
    results = [run(DAMAGED[name], items, seed) for seed, items in enumerate(windows(real, 5))]
    assert sum(len(result.silent) for result in results) <= 2
