"""The files of the index: the same for the same library, small, and whole."""

from __future__ import annotations

import gzip
import json
import re
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.model import Library
from generator.searching import File, search_files
from generator.searching.counting import count
from generator.searching.leaves import PAPER, TERM, Leaf, made, plain_slug
from generator.searching.lines import codes_of, common_words, line_of, shorten
from generator.searching.packing import front_coded, gaps, pack, varints


def root_of(files: list[File]) -> dict[str, Any]:
    data = gzip.decompress(files[-1].content)
    size = int.from_bytes(data[:4], "little")
    root: dict[str, Any] = json.loads(data[4 : 4 + size])
    return root


def test_the_same_library_gives_the_same_bytes(small: list[File], again: list[File]) -> None:
    assert small == again
    assert len({file.path for file in small}) == len(small)


def test_the_root_names_all_other_files_by_their_content(small: list[File]) -> None:
    names = root_of(small)["names"]
    assert small[-1].path == "search/data/root.bin"
    for file in small[:-1]:
        found = re.fullmatch(r"search/data/([wpte])(\d+)\.(\w{8})\.bin", file.path)
        assert found, file.path
        at = 8 * int(found[2])
        assert names["w" if found[1] == "p" else found[1]][at : at + 8] == found[3]


def test_another_text_gives_other_names_to_what_changed(
    small: list[File], other: list[File]
) -> None:
    kept = {file.path: file.content for file in small}
    new = [file for file in other[:-1] if file.path not in kept]
    assert new
    assert len(new) < len(other) - 1
    # A browser keeps files by their names: no name stands for two contents.
    assert all(kept.get(file.path, file.content) == file.content for file in other[:-1])


def test_an_empty_library_has_an_index() -> None:
    root = root_of(list(search_files(Library())))
    assert root["firsts"] == []
    assert root["kinds"] == [[0, 0, 0, 0]]


@settings(deadline=None)
@given(st.lists(st.integers(0, 2**31)))
def test_numbers_are_written_and_read_back(numbers: list[int]) -> None:
    data, starts = varints(np.array(numbers, np.int64))
    read = []
    for start, end in pairwise(starts):
        read.append(sum((int(b) & 127) << 7 * at for at, b in enumerate(data[start:end])))
    assert read == numbers


def test_gaps_start_anew_where_told() -> None:
    first = np.array([True, False, True, False])
    assert gaps(np.array([3, 7, 2, 9]), first).tolist() == [3, 4, 2, 7]


@settings(deadline=None)
@given(st.lists(st.text()))
@example(["\U00020000\U00020001", "\U00020000\U00020002"])
def test_words_are_read_back_from_what_they_share(words: list[str]) -> None:
    read, last = [], ""
    text, starts = front_coded(words)
    for line in (text[start : end - 1] for start, end in pairwise(starts)):
        # The browser counts a sign beyond U+FFFF as two.
        kept = last.encode("utf-16-le", "surrogatepass")[: 2 * (ord(line[0]) - 48)]
        last = kept.decode("utf-16-le", "surrogatepass") + line[1:]
        read.append(last)
    assert read == words


def test_a_packed_file_is_the_same_whenever_it_is_made() -> None:
    assert pack("head", b"body") == pack("head", b"body")
    assert gzip.decompress(pack("é", b"x")) == b"\x02\0\0\0\xc3\xa9x"


def test_a_line_says_only_what_the_title_does_not() -> None:
    plain = Leaf(PAPER, "papers/seeing-birds/", "Seeing  Birds", slug="seeing-birds")
    assert line_of(plain) == "Seeing Birds"
    assert line_of(replace(plain, slug="seeing-birds-2")) == "Seeing Birds\tseeing-birds-2"
    term = Leaf(TERM, "glossary/#RAG", "RAG", about="retrieval-augmented generation")
    assert line_of(term) == "RAG\tglossary/#RAG\tretrieval-augmented generation"


def test_common_words_of_titles_become_one_sign() -> None:
    titles = ["Learning to Rank", "Deep Learning", "Rank: Learning."]
    codes = codes_of(common_words(titles))
    short = shorten([*titles, "Café", ""], codes)
    assert [len(line) for line in short] == [3, 2, 5, 5, 0]
    assert short[3] == "\x01Café"
    assert shorten([], codes) == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("Deep Learning", "01", id="words and nothing else"),
        pytest.param("Deep: Learning\tdeep", "0: 1\tdeep", id="before a mark"),
        pytest.param("Deep-Learning (Deep)", "0-1(0)", id="before a hyphen and a bracket"),
        pytest.param("Deep (Learning)", "0(1)", id="before an opening bracket"),
        pytest.param("Deep , Learning", "Deep , 1", id="a space before a mark"),
        pytest.param("Deep/Learning", "Deep/1", id="a mark that needs no space"),
        pytest.param("Deeper Learnings", "Deeper Learnings", id="a part of a word"),
    ],
)
def test_only_what_can_be_read_back_is_shortened(line: str, expected: str) -> None:
    assert shorten(["Deep", line, "Deep"], {"Deep": "0", "Learning": "1"}) == ["0", expected, "0"]


def test_a_plain_slug_is_cut_between_words() -> None:
    assert plain_slug("The Model’s “Café” (2.0)") == "the-models-cafe-2-0"
    assert len(plain_slug("word " * 100)) <= 80
    assert plain_slug("强化学习") == ""


@settings(deadline=None)
@given(st.lists(st.text(), max_size=5))
def test_no_text_breaks_the_counting(texts: list[str]) -> None:
    leaves = [Leaf(PAPER, "papers/x/", text, (text,), slug="x") for text in texts]
    postings = count(made(leaves))
    assert postings.starts[-1] == len(postings.leaves)
    assert postings.place_starts[-1] == len(postings.places)
    assert postings.steps.tolist() == [step for step in postings.steps.tolist() if 0 <= step < 16]
