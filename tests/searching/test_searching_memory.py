"""What is remembered makes an index quicker and never another one."""

from __future__ import annotations

import random
import subprocess
import sys
from unittest.mock import Mock, call

import pytest
from msgspec.structs import replace

from generator.model import Library, Paper
from generator.searching import File, search_drafts, search_files, tokens
from generator.searching import index as making
from generator.searching.cutting import cut_all
from tests.searching.conftest import PAGE, PAPERS, RAG, library_of, paper

WORDS = [
    "deep",
    "graph",
    "networks",
    "of",
    "pre-training",
    "top-k",
    "Llama",
    "3.1",
    "birds",
    "强化学习",
    "model's",
    "C++",
    "tuning",
]


class Kept:
    """A memory in which a test can look."""

    def __init__(self) -> None:
        self.contents: dict[str, bytes] = {}

    def recall(self, name: str) -> bytes | None:
        return self.contents.get(name)

    def remember(self, name: str, content: bytes) -> None:
        self.contents[name] = content


def index_of(library: Library, memory: Kept) -> list[File]:
    return list(search_files(library, [PAGE], memory))


def some(dice: random.Random, number: int) -> Paper:
    title, abstract = (" ".join(dice.choices(WORDS, k=k)) for k in (4, 20))
    more = {"tags": ("rag",), "acronyms": (RAG,)} if dice.random() < 0.3 else {}
    return paper(f"paper-{number}", title, abstract, f"2025-03-{1 + number % 5:02}", **more)


def edited(dice: random.Random, papers: list[Paper], number: int) -> list[Paper]:
    papers = list(papers)
    match dice.randrange(4):
        case 0:
            papers += [some(dice, number + more) for more in range(dice.randrange(1, 5))]
        case 1:
            papers.pop(dice.randrange(len(papers)))
        case 2:
            at = dice.randrange(len(papers))
            papers[at] = replace(papers[at], abstract=papers[at].abstract + f" New{number}.")
        case _:
            dice.shuffle(papers)
    return papers


def test_after_any_edits_the_index_is_that_of_a_first_build() -> None:
    dice, memory, papers = random.Random(5), Kept(), list(PAPERS)  # noqa: S311
    for turn in range(25):
        papers = edited(dice, papers, 100 * turn) or list(PAPERS)
        library = library_of(papers)
        assert index_of(library, memory) == list(search_files(library, [PAGE])), turn


def test_two_papers_of_the_same_words_are_remembered_as_two() -> None:
    memory = Kept()
    twins = [PAPERS[3], replace(PAPERS[3], slug="seeing-birds-2")]
    for papers in ([PAPERS[3]], twins, twins, [twins[1]]):
        library = library_of(papers)
        assert index_of(library, memory) == list(search_files(library, [PAGE]))


def test_a_page_that_is_there_twice_is_remembered_as_two() -> None:
    memory = Kept()
    for papers, pages in ((PAPERS[1:], [PAGE, PAGE]), (PAPERS, [PAGE, PAGE]), (PAPERS, [PAGE])):
        library = library_of(papers)
        first = list(search_files(library, pages))
        assert list(search_files(library, pages, memory)) == first


def test_an_unchanged_library_has_no_file_made(monkeypatch: pytest.MonkeyPatch) -> None:
    memory, library = Kept(), library_of(PAPERS)
    first = list(search_drafts(library, [PAGE], memory))
    made = [draft.make() for draft in first]
    make = Mock(side_effect=making.make_index)
    monkeypatch.setattr(making, "make_index", make)
    again = list(search_drafts(library, [PAGE], memory))
    assert [(draft.path, draft.key) for draft in again] == [(d.path, d.key) for d in first]
    make.assert_not_called()
    # What somebody took away from the site can be made all the same.
    assert [draft.make() for draft in again] == made
    make.assert_called_once()


def test_words_are_cut_once(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = Kept()
    index_of(library_of(PAPERS[:-1]), memory)
    cut = Mock(side_effect=cut_all)
    monkeypatch.setattr(tokens, "cut_all", cut)
    index_of(library_of(PAPERS), memory)
    assert cut.call_args_list == [call([PAPERS[-1].title, PAPERS[-1].abstract])]


@pytest.mark.parametrize("name", ["search-words-lower", "search-lower", "search-files"])
@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[: len(content) // 2],
        lambda content: content[:-1] + bytes([content[-1] ^ 1]),
        lambda content: bytes(len(content)),
        lambda content: content + b"x",
    ],
    ids=["empty", "half", "a bit", "zeros", "more"],
)
def test_what_was_damaged_is_nothing(name: str, damage, small: list[File]) -> None:  # type: ignore[no-untyped-def]
    memory = Kept()
    index_of(library_of(PAPERS[1:]), memory)
    memory.contents[name] = damage(memory.contents[name])
    assert index_of(library_of(PAPERS), memory) == small
    memory.contents[name] = damage(memory.contents[name])
    assert index_of(library_of(PAPERS), memory) == small


def test_memory_does_not_keep_the_words_of_papers_that_went() -> None:
    memory = Kept()
    crowd = [paper(f"p{n}", f"Word{n}", f"Gone{n} and lost{n}.") for n in range(50)]
    index_of(library_of([*PAPERS, *crowd]), memory)
    for _ in range(2):
        index_of(library_of(PAPERS), memory)
    index_of(library_of(PAPERS[1:]), memory)
    assert not any(b"gone7" in content for content in memory.contents.values())


def test_to_import_the_search_takes_no_numpy() -> None:
    program = "import sys, generator.searching; print('numpy' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, encoding="utf-8"
    )
    assert done.stdout.strip() == "False"
