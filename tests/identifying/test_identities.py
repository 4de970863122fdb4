"""What builds take from identities, and what counts more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.identities import Identities, Identity, identified, read_identities, written
from generator.model import Record
from generator.reading import read_text

TEXT = "# A Study of Rivers\n\nWe look at rivers and find that they are wet.\n"
DAY = date(2025, 3, 12)
RIVERS = Identity(
    "A Study of Rivers",
    "We look at rivers and find that they are wet.",
    DAY,
    98.7,
    "2503.01234",
    "10.1000/182",
    ("Ana Müller", "Bo Li"),
    date(2025, 3, 9),
    "https://arxiv.org/abs/2503.01234",
)


def record(text: str, *identities: Identity) -> Record:
    digest = read_text(text, "docs/digests/2025-03-11.txt")
    return identified(digest, Identities(identities)).records[0]


def test_a_paper_gets_what_is_known_of_it() -> None:
    paper = record(TEXT, RIVERS)
    assert paper.authors == ("Ana Müller", "Bo Li")
    assert (paper.arxiv, paper.doi, paper.published) == (
        "2503.01234",
        "10.1000/182",
        date(2025, 3, 9),
    )


def test_what_the_digest_says_counts_more() -> None:
    text = TEXT.replace("Rivers\n", "Rivers\nAuthors: Cy Oh\nDOI: 10.1000/9\n", 1)
    paper = record(text, RIVERS)
    assert paper.authors == ("Cy Oh",)
    assert paper.doi == "10.1000/9"
    assert paper.arxiv == "2503.01234"


def test_another_identifier_in_the_digest_stops_all_of_it_with_a_word() -> None:
    text = TEXT.replace("Rivers\n", "Rivers\narXiv: 2503.00001\n", 1)
    digest = identified(read_text(text, "docs/digests/2025-03-11.txt"), Identities([RIVERS]))
    assert digest.records[0].authors == ()
    assert [(each.code, each.source.line) for each in digest.problems] == [("B502", 1)]


def test_another_paper_of_the_same_title_gets_nothing() -> None:
    text = (
        "# A Study of Rivers\n\nThis one is about the river gods of old, and who prayed to them.\n"
    )
    assert record(text, RIVERS).authors == ()


def test_a_slip_mended_in_the_abstract_changes_nothing() -> None:
    assert record(TEXT.replace("wet", "very wet"), RIVERS).arxiv == "2503.01234"


def test_what_was_not_found_claims_nothing() -> None:
    nothing = Identity(RIVERS.title, RIVERS.begins, DAY, 61.0)
    assert record(TEXT, nothing) == record(TEXT)


def test_the_later_of_two_entries_counts() -> None:
    later = replace(RIVERS, arxiv="2503.07777")
    assert record(TEXT, RIVERS, later).arxiv == "2503.07777"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("- a: [}", 1, "not YAML"),
        ("title: x", 1, "expected a list"),
        ("- title: A\n  score: 1\n  looked_up: '2025-03-12'\n- 7\n", 4, "expected a title"),
        ("- title: A\n  score: many\n  looked_up: '2025-03-12'\n", 1, "could not convert"),
        ("- title: A\n  score: 1\n", 1, "looked_up"),
        ("- title: A\n  score: 1\n  looked_up: '2025-03-12'\n  arxiv: x\n", 1, "arxiv is 'x'"),
        ("- title: A\n  score: 1\n  looked_up: '2025-03-12'\n  authors: Bo\n", 1, "list of names"),
        ("- !!python/object:os.system {}\n", 1, "left out"),
    ],
)
def test_what_is_wrong_is_named_and_the_rest_is_read(text: str, line: int, words: str) -> None:
    known, problems = read_identities(text, "docs/digests/identities.yml")
    assert [(each.code, each.source.line) for each in problems] == [("B501", line)]
    assert words in problems[0].message
    assert len(list(known)) == text.count("'2025-03-12'\n- 7")


names = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=20
)


@settings(max_examples=40)
@given(
    st.lists(
        st.builds(
            Identity,
            names.filter(str.strip),
            names,
            st.dates(),
            st.integers(0, 1000).map(lambda tenths: tenths / 10),
            st.sampled_from(["2503.01234", None]),
            st.none(),
            st.lists(names.map(lambda name: " ".join(name.split())).filter(bool), max_size=3).map(
                tuple
            ),
            st.one_of(st.none(), st.dates()),
        ),
        max_size=4,
    )
)
def test_what_is_written_reads_back(identities: list[Identity]) -> None:
    known = Identities(identities)
    read, problems = read_identities(written(known), "docs/digests/identities.yml")
    assert not problems
    assert list(read) == list(known)


def test_a_file_without_entries_is_one() -> None:
    assert list(read_identities(written(Identities()), "x")[0]) == []
    assert list(read_identities("", "x")[0]) == []
