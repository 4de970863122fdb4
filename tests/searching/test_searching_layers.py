"""A library in two layers is searched as one: what is new stands behind what stays as it is."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from msgspec.structs import replace

from generator.model import Acronym, Library, Paper
from generator.searching import File, layers, search_drafts, search_files
from generator.searching import index as making
from tests.searching.conftest import PAGE, PAPERS, RAG, library_of, paper
from tests.searching.test_searching_files import root_of
from tests.searching.test_searching_memory import Kept, edited

STEMS = ["bird", "graph", "compute", "transform", "quantize", "neural", "retrieval", "attention"]
ENDINGS = ["", "s", "d", "r", "rs", "ing", "ation", "ations"]
WORDS = [
    *(f"{stem}{ending}" for stem in STEMS for ending in ENDINGS),
    *("of", "the", "is", "all", "you", "need", "pre-training", "top-k", "few-shot", "Llama 3.1"),
    *("lm", "lms", "llm", "LLMs", "强化学习", "强化", "C++", "\ue000zeta", "𝒜lpha", "__proto__"),
]
"""Forms of one stem, of which some will be in one layer only."""


@contextmanager
def lowest(papers: int) -> Iterator[None]:
    """Let the lower layer have so many papers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(layers, "learned_from", lambda count: min(papers, count))
        yield


def indexed_in(papers: int, library: Library, memory: Any = None) -> list[File]:
    with lowest(papers):
        return list(search_files(library, [PAGE], *([memory] if memory else [])))


def made_up(dice: random.Random, number: int) -> Paper:
    title, abstract = (" ".join(dice.choices(WORDS, k=k)) for k in (5, 25))
    more: dict[str, Any] = {"tags": (dice.choice(["rag", "vision", "language-models"]),)}
    if dice.random() < 0.3:
        long = " ".join(dice.choices(STEMS, k=2))
        more["acronyms"] = (dice.choice([RAG, Acronym("LLM", long), Acronym("BIRD", long)]),)
    return paper(f"paper-{number}", title, abstract, f"2025-03-{1 + number // 10:02}", **more)


@pytest.fixture(scope="module")
def crowd() -> Library:
    dice = random.Random(11)  # noqa: S311
    return library_of(made_up(dice, number) for number in range(120))


def queries() -> list[Any]:
    dice = random.Random(12)  # noqa: S311
    asked: list[Any] = []
    for _ in range(20):
        one, other = dice.choice(WORDS), dice.choice(WORDS)
        asked += [
            one,
            f"{one} {other}",
            f'"{one} {other}"',
            f"title:{one}",
            f"{one} -{other}",
            (f"{other} {one[:4]}", {"prefix": True}),
            one[:2] + one[3:],
            f"{one} tag:vision",
            (one, {"pairs": [["with", "kind.term"]]}),
            (f"{one} -title:{other}", {"pairs": [["not", "rag"]]}),
        ]
    return [
        (query, {"size": 500}) if isinstance(query, str) else (query[0], {**query[1], "size": 500})
        for query in asked
    ]


def whole(answer: dict[str, Any]) -> tuple[Any, ...]:
    """What of an answer rests on which leaves were found."""
    found = sorted((hit["kind"], hit["address"], hit["title"]) for hit in answer["results"])
    told = [answer[key] for key in ("total", "papers", "counts", "corrected", "loose", "dull")]
    return found, *told, sorted(answer["tags"])


@pytest.fixture(scope="module")
def answers_of_one(ask: Any, crowd: Library) -> list[dict[str, Any]]:
    return list(ask(indexed_in(120, crowd), queries()))


@pytest.mark.parametrize("papers", [30, 90, 119])
def test_two_layers_find_what_one_finds(
    ask: Any, crowd: Library, answers_of_one: list[dict[str, Any]], papers: int
) -> None:
    asked = queries()
    two = ask(indexed_in(papers, crowd), asked)
    for query, expected, answer in zip(asked, answers_of_one, two, strict=True):
        assert whole(answer) == whole(expected), query


def test_two_layers_rank_by_the_words_of_both(ask: Any, crowd: Library) -> None:
    asked = [f"{one} {other}" for one in STEMS for other in STEMS if one != other]
    best = [
        [hit["slug"] for hit in answer["results"][:1]]
        for answer in ask(indexed_in(120, crowd), asked)
    ]
    again = [
        [hit["slug"] for hit in answer["results"][:5]]
        for answer in ask(indexed_in(60, crowd), asked)
    ]
    found = sum(one[0] in five for one, five in zip(best, again, strict=True) if one)
    assert found >= 0.9 * sum(map(len, best))


FORMS = {
    "both know the stem": ("Computing", "Computations", ["computing", "computations"]),
    "a plural of two letters": ("An LM", "Two LMs", ["lm", "lms"]),
    "British and American": ("Quantize it", "Quantised", ["quantize", "quantised"]),
}


@pytest.mark.parametrize(("old", "new", "forms"), FORMS.values(), ids=FORMS)
def test_a_new_form_and_an_old_one_find_the_papers_of_both(
    ask: Any, old: str, new: str, forms: list[str]
) -> None:
    library = library_of([paper("old", old, "Old.", "2025-01-01"), paper("new", new, "New.")])
    for answer in ask(indexed_in(1, library), forms):
        assert {hit["slug"] for hit in answer["results"]} == {"old", "new"}


def test_a_new_form_that_belongs_to_a_file_before_is_found(
    ask: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.searching.shards.SIZE", 1)
    old = paper("old", "Computer", "Computer computes compute computex.", "2025-01-01")
    library = library_of([old, paper("new", "Computing", "New.")])
    files = indexed_in(1, library)
    assert root_of(files)["moved"]
    for answer in ask(files, ["computing", "computer", ("computin", {"prefix": True})]):
        assert {hit["slug"] for hit in answer["results"]} == {"old", "new"}


def drafts_of(library: Library, memory: Kept) -> dict[str, Callable[[], bytes]]:
    return {draft.path: draft.make for draft in search_drafts(library, [PAGE], memory)}


def test_of_one_digest_more_the_lower_layer_is_not_made(
    monkeypatch: pytest.MonkeyPatch, crowd: Library
) -> None:
    memory = Kept()
    papers = list(crowd.papers.values())
    with lowest(80):
        before = drafts_of(library_of(papers[:100]), memory)
        monkeypatch.setattr(making, "make_lower", None)
        after = drafts_of(crowd, memory)
        again = drafts_of(library_of(papers[:100]), memory)
    assert again.keys() == before.keys()
    lines = [path for path in before if re.search(r"/[te]0\.", path)]
    assert len(lines) == 2
    assert set(lines) <= after.keys()
    assert after.keys() != before.keys()


def test_what_is_gone_of_the_lower_layer_is_made_all_the_same(crowd: Library) -> None:
    memory = Kept()
    papers = list(crowd.papers.values())
    indexed_in(80, library_of(papers[:100]), memory)
    first = {file.path: file.content for file in indexed_in(80, crowd)}
    with lowest(80):
        made = {path: make() for path, make in drafts_of(crowd, memory).items()}
    assert made == first


def test_a_library_that_shrinks_below_its_lower_layer_is_indexed_anew(crowd: Library) -> None:
    memory = Kept()
    papers = list(crowd.papers.values())
    for count in (100, 120, 90, 80, 79, 10, 120):
        library = library_of(papers[:count])
        assert indexed_in(80, library, memory) == indexed_in(80, library), count


def test_after_any_edits_two_layers_are_those_of_a_first_build() -> None:
    dice, memory, papers = random.Random(7), Kept(), list(PAPERS)  # noqa: S311
    for turn in range(20):
        papers = edited(dice, papers, 100 * turn) or list(PAPERS)
        library = library_of(papers)
        assert indexed_in(5, library, memory) == indexed_in(5, library), turn


def test_without_newer_papers_there_is_one_layer(small: list[File]) -> None:
    root = root_of(small)
    assert len(root["kinds"]) == len(root["ends"]) == 1
    assert root["gone"] == root["moved"] == []
    assert indexed_in(len(PAPERS), library_of(PAPERS)) == small


def test_an_acronym_with_a_new_meaning_is_found_once_and_as_it_is_now(ask: Any) -> None:
    old = paper("old", "Old", "Old.", "2025-01-01", acronyms=(RAG,), tags=("rag",))
    new = paper("new", "New", "New.", acronyms=(Acronym("RAG", "random amber gem"),))
    pairs = {"pairs": [["with", "kind.term"]]}
    files = indexed_in(1, library_of([old, new]))
    assert len(root_of(files)["gone"]) == 1
    for answer in ask(files, [("rag", pairs), ("amber", pairs), ("augmented", pairs)]):
        assert [hit["title"] for hit in answer["results"]] == ["RAG"]
        assert "random amber gem" in answer["results"][0]["about"]


def test_a_tag_that_papers_name_themselves_leaves_the_lower_layer_as_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    memory = Kept()
    papers = [replace(one, tags=()) for one in PAPERS]
    indexed_in(4, library_of(papers), memory)
    monkeypatch.setattr(making, "make_lower", None)
    newer = replace(papers[-1], tags=("vision",))
    with lowest(4):
        assert drafts_of(library_of([*papers[:-1], newer]), memory)
