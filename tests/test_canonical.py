"""The canonical form of a digest reads back to the same papers, whatever they say."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.canonical import canonical_text
from generator.model import Digest, Given, LineClass, Problem, Record, Source
from generator.reading import read_bytes, read_text
from generator.reading.declared import HEADER
from generator.reading.fitting import fitted

DATA = Path(__file__).parent / "data"
HERE = Source("2025-03-11.txt", 1)
SAMPLES = sorted(
    path
    for path in (*DATA.glob("dialects/*/*"), *DATA.glob("*/20*.txt"))
    if ".found" not in path.name
)
"""Lists in every form that there is."""

ODD = [
    *("# not a title", "#", "#hash", "\u200b# hidden", "## two", "\\# written so", "\\\\#", "\\"),
    *("\\emph{TeX} first", "Note: not a note", "au\u00adthors: A; B", "Venue: a hall", "//"),
    *("\u200b", "Mar 11", "2025-03-11", "Subscribe", "byAK and the research community", "new"),
    *("Title: T", "Abstract: A", HEADER, "@article{a,", "TY  - UNPB", "---", "| a | b |", "{", "…"),
    *("\u2066isolated\u2069", "\ufeffmarked", "a\x00b", "a\ud800b", "a; b", "a,b,c,d", "x\x1cy"),
    *("We study bees. They dance.", "A Title of Things", "图很难画。", "<b>bold</b>", "a\u2028b"),
    *("https://x.org/a", "Upvote", "23"),
]  # fmt: skip
WORDS = st.one_of(st.sampled_from(ODD), st.text(min_size=1, max_size=12))
LINES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
MANY = st.lists(WORDS, max_size=3).map(tuple)
GIVEN = MANY.map(lambda texts: tuple(Given(text, HERE) for text in texts))
RECORDS = st.builds(
    Record,
    title=LINES,
    abstract=st.lists(LINES, min_size=1, max_size=3).map("\n\n".join),
    source=st.just(HERE),
    authors=MANY,
    arxiv=st.sampled_from([None, "2503.04715", "cs/0112017", "math.GT/0309136", "nonsense"]),
    doi=st.sampled_from([None, "10.1000/182", "10.1000/ABC", "10.1/<a>", "10.1000/a\x00"]),
    links=GIVEN,
    tags=GIVEN,
    notes=MANY,
    published=st.one_of(st.none(), st.dates()),
)


def content(record: Record) -> Record:
    """Return a record without what depends on where it stands."""
    return replace(
        record,
        source=HERE,
        links=tuple(replace(link, source=HERE) for link in record.links),
        tags=tuple(replace(tag, source=HERE) for tag in record.tags),
    )


def kinds(problems: tuple[Problem, ...]) -> Counter[str]:
    return Counter(problem.code for problem in problems)


def check_back(digest: Digest) -> None:
    text = canonical_text(digest.records)
    back = read_bytes(text.encode(), "2025-03-11.txt")
    assert list(map(content, back.records)) == list(map(content, digest.records))
    if not digest.records:
        return  # A list of titles only.
    assert not kinds(back.problems) - kinds(digest.problems)
    assert canonical_text(back.records) == text
    assert all(line.kind is not LineClass.UNCLASSIFIED for line in back.lines)
    assert back.dialect == "text"


@given(st.lists(RECORDS, min_size=1, max_size=3))
@settings(max_examples=50)
@example([Record("# T", "\\\u200b", HERE, ("Smith, J., Doe, K., and X",))])
def test_whatever_papers_say_they_come_back(records: list[Record]) -> None:
    fit = [record for record in map(fitted, records) if record.title and record.abstract]
    text = canonical_text(fit)
    back = read_bytes(text.encode(), "2025-03-11.txt")
    assert list(map(content, back.records)) == list(map(content, fit))
    assert canonical_text(back.records) == text
    allowed = {"B005", "B006", "B107", "B108", "B109", "B110"}
    assert {problem.code for problem in back.problems} <= allowed


@given(RECORDS)
@settings(max_examples=50)
def test_to_fit_a_record_twice_is_to_fit_it_once(record: Record) -> None:
    assert fitted(fitted(record)) == fitted(record)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_sample_comes_back(path: Path) -> None:
    check_back(read_bytes(path.read_bytes(), "2025-03-11.txt"))


def test_the_canonical_form_is_one_that_a_person_would_write() -> None:
    record = Record(
        "Attention Is All You Need",
        "The dominant models are complex.\n\n# of parameters: many.",
        HERE,
        authors=("Ashish Vaswani", "Noam Shazeer"),
        arxiv="1706.03762",
        doi="10.48550/arxiv.1706.03762",
        links=(Given("https://github.com/tensorflow/tensor2tensor", HERE),),
        tags=(Given("transformers", HERE), Given("machine translation", HERE)),
        notes=("Presented at NIPS 2017",),
        published=date(2017, 6, 12),
    )
    assert canonical_text([record, replace(record, title="Another", authors=("A, B, C",))]) == (
        """\
Format: broadsheet

# Attention Is All You Need
Authors: Ashish Vaswani; Noam Shazeer
arXiv: 1706.03762
DOI: 10.48550/arxiv.1706.03762
Published: 2017-06-12
Link: https://github.com/tensorflow/tensor2tensor
Tags: transformers, machine translation
Note: Presented at NIPS 2017

The dominant models are complex.

\\# of parameters: many.

# Another
Authors: A, B, C;
arXiv: 1706.03762
DOI: 10.48550/arxiv.1706.03762
Published: 2017-06-12
Link: https://github.com/tensorflow/tensor2tensor
Tags: transformers, machine translation
Note: Presented at NIPS 2017

The dominant models are complex.

\\# of parameters: many.
"""
    )


A = "We study things. They are good."


@pytest.mark.parametrize(
    ("body", "titles", "found"),
    [
        pytest.param(f"# T One\n{A}\n", ["T One"], [(4, "B116")], id="no blank line"),
        pytest.param(f"# T One\nAutors: A\n\n{A}", ["T One"], [(4, "B201")], id="wrong key"),
        pytest.param(f"# T One\n\nNote: n\n\n{A}", ["T One"], [(5, "B212")], id="key as text"),
        pytest.param(f"# T One\n\n\\Note: n\n\n{A}", ["T One"], [], id="text like a key"),
        pytest.param("# T One\narXiv: 2503.04715\n", [], [(1, "B006"), (3, "B101")], id="no text"),
        pytest.param(f"{A}\n\n# T One\n\n{A}", ["T One"], [(3, "B103")], id="text above"),
        pytest.param(f"#\n\n{A}\n\n# T\n\n{A}", ["T"], [(3, "B102"), (5, "B103")], id="no title"),
        pytest.param(f"# T One\n\n{A}\n# T Two\n\n{A}", ["T One", "T Two"], [], id="no gap"),
        pytest.param(f"Mar 11\n\n# T One\n\n{A}", ["T One"], [], id="its day"),
        pytest.param(f"Mar 12\n\n# T One\n\n{A}", ["T One"], [(3, "B009")], id="another day"),
        pytest.param(f"# T One\n\n{A}\n\nSubscribe\n\nMar 12", ["T One"], [], id="chrome is text"),
    ],
)  # fmt: skip
def test_a_declared_digest_that_was_changed_by_hand(
    body: str, titles: list[str], found: list[tuple[int, str]]
) -> None:
    digest = read_text(f"{HEADER}\n\n{body}", "2025-03-11.txt")
    assert [record.title for record in digest.records] == titles
    assert [(problem.source.line, problem.code) for problem in digest.problems] == found


@pytest.mark.parametrize("text", [HEADER, f"\n\n{HEADER}\n", f"{HEADER}\n\n\n"])
def test_a_declared_digest_without_papers_says_so(text: str) -> None:
    (problem,) = read_text(text, "2025-03-11.txt").problems
    assert problem.code == "B006"


def test_a_line_that_only_looks_like_the_header_declares_nothing() -> None:
    text = f"Format: broadside\n\n{A}\n"
    assert read_text(text, "2025-03-11.txt").records[0].title == "Format: broadside"
