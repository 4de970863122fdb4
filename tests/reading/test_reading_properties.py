"""What holds for every text whatever: nothing raises, and the lines give the text back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.model import Digest, LineClass, Severity
from generator.reading import read_bytes, read_text

SPACES = (
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    " ",
    "\u00a0",
    "\ufeff",
    "\x0b",
    "\x0c",
    "\x85",
    "\u2028",
    "\0",
)
TOPS = ("new", "Subscribe", "byAK and the research community", "Mar 11", "2025-03-11")
KEYS = (
    "Authors: A; B",
    "arXiv: 2503.04715",
    "DOI: 10.1/x",
    "Link: https://x.org",
    "Tags:",
    "Note: n",
)
WORDS = ("# ", "#", "## ", "Autors: A", "Venue: V", "A Title of Things", "…", "大模型。")
PIECES = (*SPACES, *TOPS, *KEYS, *WORDS, "We study things. They are good.")
TEXTS = st.one_of(
    st.text(),
    st.text(alphabet="aA .#:\n\r\t\u00a0"),
    st.lists(st.sampled_from(PIECES), max_size=30).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=30).map("\n".join),
    st.lists(st.sampled_from(PIECES), max_size=30).map("\n\n".join),
)


def check(digest: Digest, text: str) -> None:
    assert "".join(text[line.start : line.end] for line in digest.lines) == text
    assert [line.number for line in digest.lines] == list(range(1, len(digest.lines) + 1))
    assert list(digest.problems) == sorted(digest.problems, key=lambda problem: problem.source)
    assert all(1 <= problem.source.line <= max(1, len(digest.lines)) for problem in digest.problems)
    with_record = {LineClass.TITLE, LineClass.KEY, LineClass.ABSTRACT}
    for line in digest.lines:
        assert (line.record is not None) == (line.kind in with_record)
    kinds = {index: set[LineClass]() for index in range(len(digest.records))}
    for line in digest.lines:
        if line.record is not None:
            kinds[line.record].add(line.kind)
    assert all(found >= {LineClass.TITLE, LineClass.ABSTRACT} for found in kinds.values())
    assert all(record.title and record.abstract for record in digest.records)
    if any(line.kind is LineClass.UNCLASSIFIED for line in digest.lines):
        assert any(problem.severity is Severity.ERROR for problem in digest.problems)
    if not digest.records:
        assert digest.problems


@given(TEXTS)
def test_lines_give_every_text_back_and_records_have_title_and_abstract(text: str) -> None:
    check(read_text(text, "2025-03-11.txt"), text)


@given(st.text(), st.text())
def test_any_file_name_is_survived(text: str, path: str) -> None:
    read_text(text, path)


@given(st.binary())
def test_any_bytes_are_survived(data: bytes) -> None:
    digest = read_bytes(data, "2025-03-11.txt")
    assert digest.records == () or digest.lines


@given(TEXTS)
def test_words_of_records_stand_in_the_text_in_order(text: str) -> None:
    digest = read_text(text, "2025-03-11.txt")
    for index, record in enumerate(digest.records):
        for kind, value in ((LineClass.TITLE, record.title), (LineClass.ABSTRACT, record.abstract)):
            source = " ".join(
                text[line.start : line.end].removeprefix("\ufeff" if line.number == 1 else "")
                for line in digest.lines
                if line.record == index and line.kind is kind
            )
            words, there = (part.replace("\ufeff", "").split() for part in (value, source))
            assert there in (words, ["#", *words])


@given(TEXTS)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert read_text(text, "2025-03-11.txt") == read_text(text, "2025-03-11.txt")
