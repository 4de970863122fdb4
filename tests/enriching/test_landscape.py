"""Places on the map: near what a paper resembles, apart from each other, the same every time."""

from __future__ import annotations

from pathlib import Path

import pytest
from elsewhere import printed

from generator.enriching.landscape import FEWEST, SIDE, place
from generator.enriching.vectors import nearest, vectorise
from generator.reading import read_bytes

SEED = Path(__file__).resolve().parents[1] / "data" / "seed" / "2025-03-11.txt"
Texts = list[tuple[str, str]]
WORDS = ["attention cache token", "robot arm grasp", "speech audio voice", "protein fold gene"]


@pytest.fixture(scope="module")
def seed() -> Texts:
    digest = read_bytes(SEED.read_bytes(), SEED.name)
    return [(record.title, record.abstract) for record in digest.records]


def invented(count: int) -> Texts:
    return [
        (f"{WORDS[at % 4]} {at}", f"{WORDS[at % 4]} w{at % 7} v{at % 11}") for at in range(count)
    ]


@pytest.mark.parametrize("count", [0, 1, 3, FEWEST - 1])
def test_few_papers_have_no_map(count: int) -> None:
    assert place(invented(count)) == []


@pytest.mark.parametrize("count", [FEWEST, 9, 25, 130])
def test_every_paper_has_a_place_of_its_own_on_the_map(count: int) -> None:
    places = place(invented(count))
    assert len(places) == count
    assert len(set(places)) == count
    assert all(0 <= way <= SIDE for place in places for way in place)


@pytest.mark.parametrize(
    "texts",
    [[("", "")] * 12, [("Same title", "same words")] * 12, [(f"t{n}", f"a{n}") for n in range(12)]],
    ids=["empty", "all the same", "nothing shared"],
)
def test_papers_without_any_difference_are_spread_all_the_same(texts: Texts) -> None:
    assert len(set(place(texts))) == 12


def test_neighbours_stay_neighbours(seed: Texts) -> None:
    near = nearest(vectorise(seed), 10).others.tolist()
    places = place(seed)

    def closest(at: int) -> list[int]:
        x, y = places[at]
        order = sorted(
            range(len(places)), key=lambda i: (places[i][0] - x) ** 2 + (places[i][1] - y) ** 2
        )
        return [other for other in order if other != at][:10]

    kept = sum(len(set(near[at]) & set(closest(at))) for at in range(len(seed)))
    assert kept / (10 * len(seed)) > 0.35  # By chance 0.17.


def test_the_same_texts_give_the_same_places_with_one_thread_and_with_two(seed: Texts) -> None:
    script = (
        "import json, sys; from generator.enriching.landscape import place;"
        "print(place([tuple(text) for text in json.load(sys.stdin)]))"
    )
    said = {printed(script, seed, threads=threads) for threads in (1, 2)}
    assert said == {f"{place(seed)}\n"}
