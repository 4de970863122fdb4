"""Words as they are compared: what the quick ways skip would have changed nothing."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from Stemmer import Stemmer

from generator.enriching.words import _MAY_END, _WORD, Step, _shouts, steps

STEMMER = Stemmer("english")
SEED = sorted((Path(__file__).resolve().parents[1] / "data" / "seed").rglob("*.txt"))
SUFFIXES = ("", "i", "li", "bli", "ti", "um", "est", "ard", "en", "ough", "in", "ar", "et", "ol")


def unchanged(word: str) -> bool:
    return word.endswith(_MAY_END) or STEMMER.stemWord(word) == word


@given(st.text(string.ascii_lowercase, min_size=1, max_size=9), st.sampled_from(SUFFIXES))
def test_only_words_with_certain_ends_need_the_stemmer(start: str, suffix: str) -> None:
    assert unchanged(start + suffix)


def test_only_words_with_certain_ends_need_the_stemmer_in_real_texts() -> None:
    assert SEED
    for path in SEED:
        words = set(_WORD.findall(path.read_text(encoding="utf-8").lower()))
        assert [word for word in words if not unchanged(word)] == []


@given(st.text("aeinostbqzAEINOSTBQZ Éé", max_size=40))
def test_a_text_shouts_when_four_of_five_letters_are_capitals(text: str) -> None:
    small, large = sum(map(str.islower, text)), sum(map(str.isupper, text))
    assert _shouts(text) == (small * 4 < large and " " in text.strip())


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("a-b", [[("a", 1), ("ab", 2)], [("b", 1)]]),
        ("-a-b", [[("a", 1), ("ab", 2)], [("b", 1)]]),
        ("a - b", [[("a", 1)], [], [("b", 1)]]),
        ("a. b", [[("a", 1)], [], [("b", 1)]]),
        ("a's b", [[("a", 1)], [("b", 1)]]),
        (
            "p-q-r-t-u",
            [
                [("p", 1), ("pq", 2), ("pqr", 3), ("pqrt", 4)],
                [("q", 1), ("qr", 2), ("qrt", 3), ("qrtu", 4)],
                [("r", 1), ("rt", 2), ("rtu", 3)],
                [("t", 1), ("tu", 2)],
                [("u", 1)],
            ],
        ),
    ],
)
def test_hyphens_tie_words_and_other_signs_part_them(text: str, ways: list[list[Step]]) -> None:
    assert steps(text) == ways
