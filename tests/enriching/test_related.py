"""Which papers are close to each other, and by which words."""

from __future__ import annotations

import json
import random
import string
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator
from functools import cache
from math import dist
from pathlib import Path
from typing import Any

import msgspec
import pytest
from elsewhere import printed
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.caching import Held
from generator.enriching import relating
from generator.enriching.comparing import compare
from generator.enriching.related import MOST, Tried, explained, relate
from generator.enriching.remembering import Array, encoded
from generator.enriching.saying import BREAK, said_of
from generator.enriching.stopwords import STOP_WORDS
from generator.enriching.vectors import nearest, vectorise
from generator.model import Library, Paper, Tag
from generator.reading import read_bytes

SEED = Path(__file__).resolve().parents[1] / "data" / "seed" / "2025-03-11.txt"
FILLER = [
    ("Birds of the Alps", "Songs of birds differ by valley. Marmots whistle at dusk."),
    ("Glacier melting", "Glaciers in Norway retreat every summer; their tongues break off."),
    ("Cheese ripening", "Moulds ripen cheese in caves. Salt slows them."),
]
SPARSE = (
    "Sparse Attention for Long Documents",
    "We propose a novel sparse attention for the KV cache. Sparse attention of large language "
    "models needs the KV cache only where tokens matter.",
)
CACHE = (
    "Shrinking the KV Cache",
    "The KV cache grows with each token. Our sparse attention evicts tokens from the KV cache of "
    "large language models. We propose a novel eviction.",
)
Texts = list[tuple[str, str]]


@pytest.fixture(scope="module")
def seed() -> Texts:
    digest = read_bytes(SEED.read_bytes(), SEED.name)
    return [(record.title, record.abstract) for record in digest.records]


def test_a_close_pair_finds_each_other_and_says_why() -> None:
    found = relate([*FILLER, SPARSE, CACHE])

    assert [other for other, _ in found[3]] == [4]
    assert [other for other, _ in found[4]] == [3]
    assert set(found[3][0][1]) >= {"KV cache", "sparse attention"}
    assert 2 <= len(found[3][0][1]) <= 3


def test_a_paper_with_nothing_close_has_none() -> None:
    assert relate([*FILLER, SPARSE, CACHE])[:3] == [(), (), ()]


@pytest.mark.parametrize(
    "texts",
    [[], [SPARSE], [SPARSE, FILLER[0]], [("", ""), ("", "")], FILLER],
    ids=["none", "one", "two that share nothing", "empty", "three that share nothing"],
)
def test_where_nothing_is_shared_nothing_is_related(texts: Texts) -> None:
    assert relate(texts) == [()] * len(texts)


def test_terms_are_written_as_the_paper_writes_them() -> None:
    one = (
        "GANs",
        "StyleGAN2 makes faces. A Markov chain with BLEU for StyleGAN2 and a Markov chain.",
    )
    other = (
        "Chains",
        "markov chains beat StyleGAN2 in bleu and BLEU. markov chains with StyleGAN2.",
    )
    mine, theirs = relate([one, other, *FILLER])[:2]
    assert "Markov chain" in mine[0][1]
    assert "markov chains" in theirs[0][1]
    assert "StyleGAN2" in mine[0][1]


def test_of_two_spellings_the_one_with_fewest_capitals_is_shown() -> None:
    one = ("Speculative Decoding", "We study speculative decoding with trees of drafts.")
    other = (
        "Drafts",
        "Speculative decoding verifies drafts. Trees of drafts for speculative decoding.",
    )
    (relation, *_) = relate([one, other, *FILLER])[0]
    assert "speculative decoding" in relation[1]


def test_pairs_side_by_side_are_joined_only_if_both_texts_have_the_whole() -> None:
    one = ("A", "graph neural network pruning of graph neural network pruning, chess")
    other = ("B", "graph neural network of graph neural network, network pruning and chess")
    (relation, *_) = relate([one, other, *FILLER])[0]
    assert "graph neural network" in relation[1]
    assert not any("graph neural network pruning" in term for term in relation[1])


def shared(one: str, other: str, subjects: Collection[str] = ()) -> tuple[str, ...]:
    """Give the terms that a paper says it shares with another."""
    ((_, terms), *_) = relate([("", one), ("", other), *FILLER], subjects=subjects)[0]
    return terms


def test_pieces_of_words_with_hyphens_are_no_reason() -> None:
    one = "A prompt for Zero/Few-Shot Learning, with a prompt for teachers and pupils."
    other = "Our prompt for zero-shot learning: a prompt for pupils, not for teachers."
    assert set(shared(one, other)) == {"prompt", "teachers", "pupils"}
    assert set(shared(other, one)) == {"prompt", "teachers", "pupils"}


def test_a_whole_word_with_hyphens_is_a_reason() -> None:
    one = "Re-ranking of passages. We show re-ranking, and passages to re-evaluate."
    other = "Passages for re-ranking, and re-ranking of passages."
    assert set(shared(one, other)) == {"passages", "re-ranking"}


def test_a_word_whose_middle_says_nothing_is_shown_whole_before_a_piece_of_it() -> None:
    one = "Painters love text-to-image generation; text-to-image generation of apes."
    other = "Text-to-image generation is dear: text-to-image generation for banks."
    assert shared(one, other) == ("text-to-image generation",)


def test_rather_than_a_piece_one_term_stands_alone() -> None:
    one = "Distillation in cross-lingual banks: distillation of cross-lingual apes."
    other = "Distillation of lingual tongues; lingual distillation."
    assert shared(one, other) == ("distillation",)


def test_a_word_that_tells_little_alone_is_named_only_where_there_is_nothing_else() -> None:
    one = "Online online bandits balance a regret and minimize a regret. Bandits."
    other = "Bandits minimize a regret. Balance: regret: online, online, balance bandits."
    assert set(shared(one, other)) == {"bandits", "regret"}
    assert set(shared("Online, we balance apes.", "Balance is online.")) == {"Online", "balance"}


def test_phrases_and_what_tags_are_called_come_before_other_words() -> None:
    one = "Quantization of giraffes and zebras by tensor cores; tensor cores, ostriches."
    other = "Ostriches, zebras, giraffes: tensor cores for quantization of tensor cores."
    assert shared(one, other) == ("tensor cores", "giraffes", "ostriches")
    assert shared(one, other, ["Quantization"])[:2] == ("tensor cores", "Quantization")
    assert shared(one, other, ["A quantization method"]) == shared(one, other)


def test_equal_ones_come_in_the_order_of_the_input() -> None:
    texts = [*FILLER, *[SPARSE] * 8]
    found = relate(texts)
    assert [other for other, _ in found[3]] == [4, 5, 6, 7, 8, 9]
    assert [other for other, _ in found[10]] == [3, 4, 5, 6, 7, 8]


def test_the_seed_s_relations_hold_what_is_promised(seed: Texts) -> None:
    found = relate(seed)

    assert found == relate(seed)
    assert sum(bool(relations) for relations in found) > 40
    for at, relations in enumerate(found):
        text = " ".join(" ".join(seed[at]).split())
        assert len(relations) <= MOST
        assert at not in [other for other, _ in relations]
        for _, terms in relations:
            assert 2 <= len(terms) <= 3
            for term in terms:
                assert term in text
                assert term.casefold() not in STOP_WORDS
                others = [t.casefold() for t in terms if t != term]
                assert not any(term.casefold() in other for other in others)


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("RASD: Retrieval-Augmented Speculative Decoding", "speculative decoding"),
        ("A Survey on Mixture of Experts", "experts"),
        ("CorpusBrain", "generative retrieval"),
    ],
)
def test_papers_that_readers_would_expect_are_related(seed: Texts, title: str, reason: str) -> None:
    at = next(i for i, (known, _) in enumerate(seed) if known.startswith(title))
    terms = [term.casefold() for _, shown in relate(seed)[at] for term in shown]
    assert reason in terms


def test_comparing_fills_a_library() -> None:
    papers = {
        f"p{at}": Paper(f"p{at}", title, abstract)
        for at, (title, abstract) in enumerate([*FILLER, SPARSE, CACHE])
    }
    library = compare(Library(papers=papers))
    assert [related.slug for related in library.papers["p3"].related] == ["p4"]
    assert library.positions == {}
    assert compare(Library()) == Library()


def test_the_closest_are_found_whatever_the_size_of_blocks(
    seed: Texts, monkeypatch: pytest.MonkeyPatch
) -> None:
    vectors = vectorise(seed)
    whole = nearest(vectors, 7)
    monkeypatch.setattr("generator.enriching.vectors._ROWS", 5)
    parts = nearest(vectors, 7)
    assert (whole.others == parts.others).all()
    assert (whole.cosines == parts.cosines).all()


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("We propose a novel state-of-the-art method", []),
        ("GPT-4 and Qwen2.5-VL", ["gpt-4", "=QWEN2.5", "=VL"]),
        ("see https://github.com/a/attention now", []),
        ("in 2024, 37 of 100", []),
        ("x" * 41, []),
        ("ATTENTION IS HERE", ["attention"]),
        ("quantized, quantization", ["quantiz", "quantiz"]),
    ],
)
def test_words_that_tell_nothing_are_passed_over(text: str, keys: list[str]) -> None:
    said = said_of(("", text)).line.split()
    assert [key for key in said if key != BREAK] == keys


_ODD = st.text(alphabet=string.printable + "éßΩ\u0130\ufb01 你好한국\u200d\x00", max_size=80)


@settings(max_examples=40)
@given(st.lists(st.tuples(_ODD, _ODD), max_size=6))
def test_nothing_raises_on_any_text(texts: Texts) -> None:
    found = relate([*texts, *texts])
    assert len(found) == 2 * len(texts)


class Remembers:
    """A memory in a dictionary."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def recall(self, name: str) -> bytes | None:
        return self.kept.get(name)

    def remember(self, name: str, content: bytes) -> None:
        self.kept[name] = content


def library(texts: Texts, phrases: tuple[str, ...] = ()) -> Library:
    papers = {f"p{at}": Paper(f"p{at}", *text) for at, text in enumerate(texts)}
    return Library(papers=papers, tags={"t": Tag("t", "Attention", phrases=phrases)})


def edits(seed: Texts) -> Iterator[tuple[str, Texts, tuple[str, ...]]]:
    """Yield what happens to a library, one thing after the other."""
    fixed = random.Random(5)  # noqa: S311
    texts = seed[:30]
    yield "begin", texts, ()
    for size in (31, 32, 50):
        texts = seed[:size]
        yield f"grow to {size}", texts, ()
    yield "again", texts, ()
    yield "other phrases", texts, ("sparse attention", "large language models")
    texts = [*texts[:45], ("Something new", seed[3][1]), *texts[45:]]
    yield "in the middle", texts, ()
    texts = [*texts[:47], *texts[48:]]
    yield "one less", texts, ()
    texts = [*texts, texts[-1], texts[5], ("", "")]
    yield "twice the same, and an empty one", texts, ()
    texts = [*texts[:42], (texts[42][0], seed[55][1]), *texts[43:]]
    yield "one changed", texts, ()
    texts = [*texts[:-4], *reversed(texts[-4:])]
    yield "the newest the other way round", texts, ()
    texts = [texts[1], texts[0], *texts[2:]]
    yield "the oldest the other way round", texts, ()
    for _ in range(5):
        texts = list(texts)
        for _ in range(fixed.randrange(4)):
            del texts[fixed.randrange(35, len(texts))]
        for _ in range(fixed.randrange(5)):
            texts.insert(fixed.randrange(35, len(texts)), fixed.choice(seed))
        yield "at random", texts, ()
    yield "small again", texts[:10], ("sparse attention",)
    yield "grown with the same phrases", texts, ("sparse attention",)
    yield "one more, with the same phrases", [*texts, seed[2]], ("sparse attention",)


@pytest.fixture
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.growth.FIRST", 25)
    monkeypatch.setattr("generator.enriching.comparing.FIRST", 25)
    monkeypatch.setattr("generator.enriching.neighbours.BROAD", 6)
    monkeypatch.setattr("generator.enriching.neighbours.MOST", 14)
    monkeypatch.setattr("generator.enriching.growing.MOST", 14)
    monkeypatch.setattr("generator.enriching.layout._STEPS", 3)
    monkeypatch.setattr("generator.enriching.layout._FEWEST", 4)


@pytest.mark.usefixtures("small_steps")
def test_with_a_memory_a_library_compares_as_without_one(seed: Texts) -> None:
    memory, hand = Remembers(), Held()
    for edit, texts, phrases in edits(seed):
        anew = compare(library(texts, phrases))
        assert compare(library(texts, phrases), memory) == anew, edit
        assert compare(library(texts, phrases), hand) == anew, edit
        assert len(set(anew.positions.values())) == len(texts), edit


@pytest.mark.usefixtures("small_steps")
def test_no_paper_is_found_twice_when_one_of_those_beside_it_changed(
    seed: Texts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of few candidates most stay, and whoever loses one is looked up among all again."""
    monkeypatch.setattr("generator.enriching.neighbours.MOST", 4)
    monkeypatch.setattr("generator.enriching.growing.MOST", 4)
    memory = Remembers()
    texts = list(seed[:60])
    compare(library(texts), memory)
    for at in range(49, 60):  # Learned is from 49.
        texts[at] = (texts[at][0], f"{texts[at][1]} Quite unexpectedly.")
        found = compare(library(texts), memory)
        assert found == compare(library(texts)), at
        for paper in found.papers.values():
            others = [related.slug for related in paper.related]
            assert len(others) == len(set(others)), at


@pytest.mark.usefixtures("small_steps")
def test_papers_whose_closest_stay_are_not_asked_again(
    seed: Texts, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def noted(*given: Any) -> Tried:
        asked.append(given[1])
        return explained(*given)

    monkeypatch.setattr(relating, "explained", noted)
    memory = Remembers()
    compare(library(seed[:55]), memory)
    assert asked == [*range(55)]
    asked.clear()
    before = compare(library(seed[:55]), memory).papers
    after = compare(library(seed[:56]), memory).papers
    assert 55 in asked
    assert len(asked) < 30
    told = [at for at in range(55) if after[f"p{at}"].related != before[f"p{at}"].related]
    assert {*told} <= {*asked}


@pytest.mark.usefixtures("small_steps")
def test_what_is_remembered_does_not_depend_on_the_way_to_it(seed: Texts) -> None:
    long, short = Remembers(), Remembers()
    for _, texts, phrases in edits(seed):
        compare(library(texts, phrases), long)
    for memory in (long, short):
        compare(library(seed[:45]), memory)
    added = long.kept.pop("compared-words-added")
    assert long.kept == short.kept
    assert len(added) < 20, "nothing is beside what was put away as a whole"


@pytest.mark.usefixtures("small_steps")
@pytest.mark.parametrize(
    "harm",
    [
        lambda content: b"",
        lambda content: content[:-1],
        lambda content: content[:40],
        lambda content: b"\x00" * len(content),
        lambda content: encoded([1, 2]),
        lambda content: encoded({"subjects": b"", "relations": [[b"xy"]], "places": []}),
        lambda content: changed(content, texts=[]),
        lambda content: changed(content, fitted=b""),
        lambda content: with_rows(content, lambda size, glued, spans: (size, "x", spans)),
        lambda content: with_rows(content, lambda size, glued, spans: (size, glued, b"x")),
        lambda content: with_rows(content, lambda size, glued, spans: (size, "", b"")),
        lambda content: with_rows(content, lambda *_: ("x",)),
        lambda content: with_relations(content, at=3, value=[]),
        lambda content: with_relations(content, at=3, value=[[("p99", ("x",))]] * 45),
        lambda content: with_relations(content, at=2, value=Array("<i4", (45, 12), b"\x7f" * 2160)),
        lambda content: with_relations(content, at=2, value=Array("<i4", (2, 12), b"\x00" * 96)),
        lambda content: with_relations(content, at=1, value=["p1"]),
        lambda content: changed(content, places=[(1, 1)]),
        lambda content: changed(content, others=Array("<i4", (45, 14), b"\x7f" * 45 * 14 * 4)),
        lambda content: changed(content, others=Array("<i4", (2, 14), b"\x00" * 2 * 14 * 4)),
        lambda content: changed(content, starts=Array("<i8", (46,), b"\x00" * 7)),
        lambda content: changed(content, terms=Array("<f8", (-1,), b"")),
        lambda content: changed(content, places=[], rough=Array("O", (45, 14), b"")),
    ],
)
@pytest.mark.parametrize("size", [45, 47])
def test_a_memory_that_is_harmed_changes_nothing(
    seed: Texts, harm: Callable[[bytes], bytes], size: int
) -> None:
    memory = Remembers()
    memory.kept = {name: harm(content) for name, content in compared(tuple(seed[:45]))[1].items()}
    assert compare(library(seed[:size]), memory) == compared(tuple(seed[:size]))[0]


@cache
def compared(texts: tuple[tuple[str, str], ...]) -> tuple[Library, dict[str, bytes]]:
    """A library that was compared, in small steps, and what is remembered of it."""
    memory = Remembers()
    return compare(library(list(texts)), memory), memory.kept


def changed(content: bytes, **fields: object) -> bytes:
    """Write a memory down anew with other values, as other code might have done."""
    try:
        value = msgspec.msgpack.decode(content)
    except msgspec.DecodeError:
        return content  # A shelf.
    return encoded(value | {name: new for name, new in fields.items() if name in value})


def with_relations(content: bytes, at: int, value: object) -> bytes:
    """Write a memory down with another value in the place of one part of the relations."""
    try:
        parts = list(msgspec.msgpack.decode(content).get("relations", ()))
    except msgspec.DecodeError:
        return content
    return changed(content, relations=[*parts[:at], value, *parts[at + 1 :]])


def with_rows(content: bytes, change: Callable[..., tuple[object, ...]]) -> bytes:
    """Write the shelf of what texts say down with other values."""
    try:
        rows = msgspec.msgpack.decode(content[16:], type=dict[bytes, tuple[int, str, bytes]])
    except msgspec.MsgspecError:
        return content
    return content[:16] + encoded({key: change(*row) for key, row in rows.items()})


@pytest.mark.usefixtures("small_steps")
def test_reasons_of_a_grown_library_are_good_as_those_of_a_small_one(seed: Texts) -> None:
    whole = relate(seed, subjects=["Attention"])
    papers = list(compare(library(seed)).papers.values())
    same = sum(
        len({f"p{other}" for other, _ in found} & {one.slug for one in paper.related})
        for found, paper in zip(whole, papers, strict=True)
    )
    assert same > 0.85 * sum(map(len, whole))


@pytest.mark.usefixtures("small_steps")
def test_papers_that_came_later_stand_near_their_closest(
    seed: Texts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.enriching.layout._STEPS", 200)
    monkeypatch.setattr("generator.growth.GROWTH", 2.0)
    places = list(compare(library(seed[:48])).positions.values())
    near = nearest(vectorise(seed[:48]), 1).others[:, 0].tolist()

    def apart(one: int, other: int) -> float:
        return dist(places[one], places[other])

    later = range(25, 48)
    to_closest = sum(apart(at, near[at]) for at in later if near[at] < 25)
    to_any = sum(apart(at, other) for at in later if near[at] < 25 for other in range(25)) / 25
    assert to_closest < 0.5 * to_any


def test_a_grown_library_is_the_same_in_every_process(seed: Texts) -> None:
    """With one thread and with two, and whatever the seed of hashes."""
    script = (
        "import json, sys\n"
        "from generator import growth\n"
        "from generator.enriching import comparing, layout\n"
        "from generator.model import Library, Paper\n"
        "growth.FIRST = comparing.FIRST = 25\n"
        "layout._STEPS = 40\n"
        "class Memory(dict):\n"
        "    recall = dict.get\n"
        "    remember = dict.__setitem__\n"
        "papers = {f'p{n}': Paper(f'p{n}', *text) for n, text in enumerate(json.load(sys.stdin))}\n"
        "memory = Memory()\n"
        "library = comparing.compare(Library(papers=papers), memory)\n"
        "print({name: p.related for name, p in library.papers.items()}, library.positions)\n"
        "print({name: content.hex() for name, content in memory.items()})\n"
    )
    said = {printed(script, seed, threads=count, seed=count) for count in (1, 2)}
    assert len(said) == 1


def test_adding_papers_loads_no_heavy_library(seed: Texts) -> None:
    """In a process of its own, as a build is."""
    script = (
        "import json, sys, base64\n"
        "from generator import growth\n"
        "from generator.enriching import comparing, layout\n"
        "from generator.model import Library, Paper\n"
        "growth.FIRST = comparing.FIRST = 25\n"
        "layout._STEPS = 3\n"
        "class Memory(dict):\n"
        "    recall = dict.get\n"
        "    remember = dict.__setitem__\n"
        "texts, kept = json.load(sys.stdin)\n"
        "def compare(count, memory):\n"
        "    papers = {f'p{n}': Paper(f'p{n}', *text) for n, text in enumerate(texts[:count])}\n"
        "    return comparing.compare(Library(papers=papers), memory)\n"
        "if kept:\n"
        "    memory = Memory((name, bytes.fromhex(content)) for name, content in kept.items())\n"
        "    before = compare(45, memory)\n"
        "    assert 'numpy' not in sys.modules\n"
        "    compare(47, memory)\n"
        "    assert not {'scipy', 'sklearn'} & set(sys.modules)\n"
        "else:\n"
        "    memory = Memory()\n"
        "    compare(45, memory)\n"
        "    print(json.dumps({name: content.hex() for name, content in memory.items()}))\n"
    )
    kept = "null"
    for _ in range(2):
        kept = subprocess.run(
            [sys.executable, "-c", script],
            input=f"[{json.dumps(seed)}, {kept}]",
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout
