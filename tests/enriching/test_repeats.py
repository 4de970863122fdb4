"""Which records are one paper, and which only look so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.enriching.repeats import fold, group_repeats
from generator.model import Record, Source

ABSTRACT = (
    "We study how agents that read papers keep up with the literature, and we measure how much "
    "of it they can recall a week later. The answer is sobering: very little of it remains."
)


def record(title: str = "A Title", abstract: str = ABSTRACT, line: int = 1, **keys: str) -> Record:
    return Record(title, abstract, Source("2025-03-11.txt", line), **keys)  # type: ignore[arg-type]


SAME = [
    pytest.param(record(), record(), id="equal"),
    pytest.param(record("A  title"), record("A Title"), id="case and white space"),
    pytest.param(
        record("Graph\u2013Based \u201cLearning\u201d"),
        record('Graph-Based "learning"'),
        id="dashes and quotes",
    ),
    pytest.param(record("Ｆｕｌｌ width"), record("Full width"), id="compatibility forms"),
    pytest.param(record(), record(abstract=ABSTRACT + " Indeed."), id="nearly the same abstract"),
    pytest.param(
        record("A Title", arxiv="2503.04715"),
        record("A Title", "Quite another text of the same work.", arxiv="2503.04715"),
        id="same arXiv identifier, abstract rewritten",
    ),
    pytest.param(record(doi="10.1/x"), record(doi="10.1/x"), id="same DOI"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_records_of_one_paper_are_joined(one: Record, other: Record) -> None:
    assert group_repeats([one, other]) == ([[0, 1]], [])


DIFFERENT = [
    pytest.param(record("One"), record("Other"), id="other title, same abstract"),
    pytest.param(
        record("Editorial"),
        record("Editorial", "An entirely different text about the weather in the north."),
        id="same title, other abstract",
    ),
]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_papers_stay_apart(one: Record, other: Record) -> None:
    assert group_repeats([one, other]) == ([[0], [1]], [])


def test_one_identifier_on_two_unlike_papers_is_reported_and_joins_nothing() -> None:
    one = record("Reading papers quickly", arxiv="2503.04715")
    other = record("Zebra finches", "Songs of birds differ by valley.", line=9, arxiv="2503.04715")
    groups, problems = group_repeats([one, other])
    assert groups == [[0], [1]]
    assert [(p.source.line, "2503.04715" in p.message) for p in problems] == [(9, True)]


def test_same_text_with_two_identifiers_is_reported_and_joins_nothing() -> None:
    groups, problems = group_repeats(
        [record(arxiv="2503.04715"), record(line=9, arxiv="2503.04716")]
    )
    assert groups == [[0], [1]]
    assert [p.source.line for p in problems] == [9]


def test_a_retitled_paper_with_its_identifier_is_joined_with_a_word() -> None:
    one = record("Reading Papers", arxiv="2503.04715")
    other = record("How to Keep Up", line=9, arxiv="2503.04715")
    groups, problems = group_repeats([one, other])
    assert groups == [[0, 1]]
    assert [(p.source.line, "another title" in p.message) for p in problems] == [(9, True)]


def test_unrelated_abstracts_that_share_their_common_words_are_not_joined_by_a_slip() -> None:
    one = record("Weakly Supervised Pose", arxiv="2503.04715")
    other = record(
        "Efficient Evaluation of Text",
        "Recent studies emphasise that automatic metrics cannot replace people in the evaluation "
        "of generated text. We introduce a framework that finds the best of several systems with "
        "few pairwise judgements, and we show on 13 data sets that it saves most of the cost.",
        arxiv="2503.04715",
    )
    groups, problems = group_repeats([one, other])
    assert groups == [[0], [1]]
    assert len(problems) == 1


def test_no_paper_gets_two_identifiers_of_one_kind_through_a_third_record() -> None:
    records = [record(), record(arxiv="2503.04715"), record(line=9, arxiv="2503.04716")]
    groups, problems = group_repeats(records)
    assert groups == [[0, 1], [2]]
    assert [p.source.line for p in problems] == [9]


def test_after_a_slip_the_true_copies_are_still_joined() -> None:
    slip = record("Zebra finches", "Songs of birds differ by valley.", arxiv="2503.04715")
    groups, _ = group_repeats([slip, record(arxiv="2503.04715"), record(arxiv="2503.04715")])
    assert groups == [[0], [1, 2]]


def test_a_chain_of_repeats_is_one_paper() -> None:
    records = [
        record("Alpha beta gamma", arxiv="2503.04715"),
        record("Alpha beta gamma", arxiv="2503.04715", doi="10.1/x"),
        record("Alpha beta gamma", doi="10.1/x"),
    ]
    assert group_repeats(records) == ([[0, 1, 2]], [])


@given(st.lists(st.builds(record, st.sampled_from("abc"), st.sampled_from(["x", "y z", ABSTRACT]))))
def test_every_record_is_in_exactly_one_group(records: list[Record]) -> None:
    groups, _ = group_repeats(records)
    assert sorted(index for group in groups for index in group) == list(range(len(records)))


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
