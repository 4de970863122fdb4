"""A library read with what an earlier build remembers is the library read without it."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import generator.project
from generator.caching import Held, Store
from generator.enriching.shelves import Shelf
from generator.memory import FORGETFUL, Memory
from generator.model import Library
from generator.project import read_library

PAPERS = (
    "Plain Words\n\nWe retrieve documents for a question. Nothing more is said here.",
    "Maths: $O(n^2)$ and More\n\nA bound of $\\alpha \\leq 3$ holds for 384times384 images.",
    "Short Forms\n\nLarge language models (LLMs) are many. LLMs read. See https://github.com/a/b.",
    "Twice\narXiv: 2503.04715\n\nThis one stands in several digests, with its identifier.",
    "Twice\narXiv: 2503.04715\nLink: localhost\nLink: https://a.org/x\n\nIt stands there too.",
    "Named\nTags: Retrieval; Retreival; Bird Song\nNote: read it\n\nAn abstract about reading.",
    "Also Named\nTags: bird song; retrieval\n\nAnother abstract about reading, and a second.",
    "Plain Words\n\nThe same title stands over another text, which is about \\'etudes of {\\o}re.",
    "No abstract at all",
)
VOCABULARIES = (
    "",
    "- {name: Retrieval, slug: retrieval, description: d, phrases: [retrieve documents]}",
    "- {name: Birds, slug: birds, description: d, phrases: [bird song, reading]}\n- {name: x}",
)
NAMES = ("2025-03-10", "2025-03-11", "2025-03-11-more", "2025-03-12", "undated", "2025-02-30")
TEXT = st.lists(st.sampled_from(PAPERS), max_size=4).map("\n\n".join)
DIGESTS = st.dictionaries(st.sampled_from(NAMES), TEXT, max_size=4)
STATES = st.tuples(DIGESTS, st.sampled_from(VOCABULARIES))


class Kept(dict[str, bytes]):
    """A memory that is only there for one test."""

    def recall(self, name: str) -> bytes | None:
        return self.get(name)

    def remember(self, name: str, content: bytes) -> None:
        self[name] = content


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Compare no papers: what that remembers has tests of its own."""
    monkeypatch.setattr(generator.project, "compare", lambda library, *_: library)
    monkeypatch.chdir(tmp_path)


def read(digests: dict[str, str], vocabulary: str, memory: Memory = FORGETFUL) -> Library:
    folder = Path("digests")
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        path.unlink()
    for name, text in digests.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    tags = Path("vocabulary.yml")
    tags.write_text(vocabulary, encoding="utf-8")
    return read_library(folder, tags, memory)


def same(one: Library, other: Library) -> bool:
    # In a dict the order counts too, for pages are made in it.
    return repr(one) == repr(other)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STATES, min_size=2, max_size=4))
def test_any_edit_gives_what_a_first_build_gives(states: list[tuple[dict[str, str], str]]) -> None:
    memory, hand = Kept(), Held()
    for digests, vocabulary in states:
        library = read(digests, vocabulary)
        assert same(read(digests, vocabulary, memory), library)
        assert same(read(digests, vocabulary, hand), library)


def test_what_was_at_hand_is_what_the_next_process_finds() -> None:
    memory, hand, store = Kept(), Held(), Store(Path("cache"), b"code")
    for size in (2, 4, 3, 3):
        digests = dict([*FULL.items()][:size])
        read(digests, VOCABULARIES[1], memory)
        read(digests, VOCABULARIES[1], hand.over(store))
    hand.settle()
    assert {name: store.recall(name) for name in memory} == memory


FULL = {name: "\n\n".join(PAPERS[at : at + 5]) for at, name in enumerate(NAMES)}


def cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def flipped(content: bytes) -> bytes:
    # A letter of a word: it decodes as well as before.
    return content.replace(b"reading", b"heading").replace(b"e", b"f")


def noise(content: bytes) -> bytes:
    return random.Random(1).randbytes(len(content))  # noqa: S311


@pytest.mark.parametrize("spoil", [cut, flipped, noise, lambda _: b"", lambda _: b"\x80"])
def test_what_is_spoilt_is_as_good_as_nothing(spoil: Callable[[bytes], bytes]) -> None:
    memory = Store(Path("cache"), b"code")
    library = read(FULL, VOCABULARIES[1], memory)
    files = [*memory.folder.glob("*.bin")]
    assert len(files) > 4
    for path in files:
        path.write_bytes(spoil(path.read_bytes()))
    assert same(read(FULL, VOCABULARIES[1], memory), library)


@pytest.mark.parametrize("spoil", [cut, noise, lambda _: b"", lambda _: b"\x80"])
def test_what_does_not_decode_is_as_good_as_nothing(spoil: Callable[[bytes], bytes]) -> None:
    memory = Kept()
    library = read(FULL, VOCABULARIES[1], memory)
    for name, content in memory.items():
        memory[name] = content[:16] + spoil(content[16:])
    assert same(read(FULL, VOCABULARIES[1], memory), library)


@pytest.mark.parametrize("name", ["vocabulary", "digests", "signs", "drafts", "tags", "phrases"])
def test_no_byte_of_the_ground_is_trusted(name: str) -> None:
    digests = {"2025-03-11": PAPERS[2]}
    memory = Kept()
    library = read(digests, VOCABULARIES[1], memory)
    whole = memory[name]
    for at in range(16):
        memory[name] = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
        assert same(read(digests, VOCABULARIES[1], memory), library)


def test_what_one_thing_is_remembered_under_serves_no_other() -> None:
    memory = Kept()
    library = read(FULL, VOCABULARIES[1], memory)
    names = sorted(memory)
    turned = dict(zip(names, [memory[name] for name in [*names[1:], names[0]]], strict=True))
    memory.update(turned)
    assert same(read(FULL, VOCABULARIES[1], memory), library)


def test_another_librarys_memory_does_no_harm() -> None:
    memory = Kept()
    read({"2025-03-11": PAPERS[2], "2025-03-12": PAPERS[0]}, VOCABULARIES[2], memory)
    assert same(read(FULL, VOCABULARIES[1], memory), read(FULL, VOCABULARIES[1]))


def test_nothing_is_worked_out_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = Kept()
    library = read(FULL, VOCABULARIES[1], memory)
    for heavy in ("generator.reading.read_bytes", "generator.enriching.drafting.draft"):
        monkeypatch.setattr(heavy, None)
    monkeypatch.setattr("generator.enriching.tagging.Tagger", None)
    monkeypatch.setattr("generator.enriching.vocabularytext.read", None)
    assert same(read(FULL, VOCABULARIES[1], memory), library)


def test_a_new_digest_leaves_the_papers_of_others_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    from generator.enriching import drafting

    memory, drafted = Kept(), []
    read({"2025-03-11": PAPERS[0], "2025-03-12": PAPERS[1]}, "", memory)
    whole = drafting.draft

    def noted(records: object) -> object:
        drafted.append(records)
        return whole(records)  # type: ignore[arg-type]

    monkeypatch.setattr(drafting, "draft", noted)
    read({"2025-03-11": PAPERS[0], "2025-03-12": PAPERS[1], "2025-03-13": PAPERS[2]}, "", memory)
    assert len(drafted) == 1


def test_only_what_the_library_has_is_kept() -> None:
    memory = Kept()
    read(FULL, VOCABULARIES[1], memory)
    read({"2025-03-11": PAPERS[0]}, VOCABULARIES[1], memory)
    fresh = Kept()
    read({"2025-03-11": PAPERS[0]}, VOCABULARIES[1], fresh)
    assert dict(memory) == {**memory, **fresh}
    assert sum(map(len, memory.values())) <= sum(map(len, fresh.values())) + 100


def opened(memory: Memory, marks: range, made: list[int]) -> dict[int, str]:
    """Ask a shelf for the words of numbers, as a build does; note what it had made."""
    shelf = Shelf(memory, "words", dict[bytes, str])

    def word(number: int) -> str:
        made.append(number)
        return f"word {number}"

    found = {number: shelf.get(bytes([number]) * 16, partial(word, number)) for number in marks}
    shelf.put_away()
    return found


@pytest.mark.parametrize("step", [1, 2, 9, 40])
def test_a_shelf_that_grows_and_shrinks_has_what_the_build_before_asked_for(step: int) -> None:
    memory = Kept()
    has = range(100)
    opened(memory, has, [])
    for begin, end in ((0, 100 + step), (step, 100 + 2 * step), (step, 100 + 2 * step), (0, 90)):
        made: list[int] = []
        wants = range(begin, end)
        assert opened(memory, wants, made) == {number: f"word {number}" for number in wants}
        assert {*made} <= {*wants} - {*has}
        has = wants


def test_a_few_new_things_are_put_beside_the_others() -> None:
    memory = Kept()
    opened(memory, range(100), [])
    whole = memory["words"]
    opened(memory, range(102), [])
    assert memory["words"] is whole
    assert sum(map(len, memory.values())) < len(whole) + 100
    opened(memory, range(150), [])
    fresh = Kept()
    opened(fresh, range(150), [])
    assert memory["words"] == fresh["words"]
    assert sum(map(len, memory.values())) < len(fresh["words"]) + 100


@pytest.mark.parametrize("name", ["words", "words-added"])
@pytest.mark.parametrize("spoil", [cut, noise, lambda _: b"", lambda content: b"x" + content])
def test_either_half_of_a_shelf_may_be_spoilt(name: str, spoil: Callable[[bytes], bytes]) -> None:
    memory = Kept()
    opened(memory, range(100), [])
    opened(memory, range(103), [])
    memory[name] = spoil(memory[name])
    for _ in range(2):
        made: list[int] = []
        found = opened(memory, range(103), made)
        assert found == {number: f"word {number}" for number in range(103)}
    assert made == []
