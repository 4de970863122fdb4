"""Dates, numbers and cut texts."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.writing import wording


def test_dates_are_written_out_whatever_the_locale() -> None:
    assert wording.day(date(2025, 3, 11)) == "11 March 2025"
    assert wording.weekday(date(2025, 3, 11)) == "Tuesday"
    assert wording.month(date(2025, 12, 1)) == "December 2025"


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "0 papers"), (1, "1 paper"), (61, "61 papers"), (1384, "1,384 papers")],
)
def test_counts(number: int, words: str) -> None:
    assert wording.count(number, "paper") == words


@pytest.mark.parametrize(
    ("text", "length", "result"),
    [
        ("short", 10, "short"),
        ("one two three four", 12, "one two…"),
        ("one two, three", 10, "one two…"),
        ("abcdefghijkl", 8, "abcdefg…"),
        ("第一第二第三第四", 5, "第一第二…"),
        ("a\n\nb", 5, "a b"),
    ],
)
def test_long_texts_are_cut_between_words(text: str, length: int, result: str) -> None:
    assert wording.cut(text, length) == result


@given(st.text(), st.integers(2, 40))
def test_a_cut_text_is_never_longer_than_asked(text: str, length: int) -> None:
    assert len(wording.cut(text, length)) <= length


@pytest.mark.parametrize(
    ("slug", "words"), [("2025-03-11", ""), ("2025-03-11-evening-list", "evening list")]
)
def test_words_of_a_digests_file_name(slug: str, words: str) -> None:
    assert wording.digest_words(slug) == words
