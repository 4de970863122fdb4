"""Digests brought together: each paper once, with all that its digests say of it."""

from __future__ import annotations

import pytest
from msgspec import structs

from generator.enriching import build_library
from generator.enriching.vocabulary import Vocabulary, read_vocabulary
from generator.model import Digest, Library, Paper
from generator.reading import read_text

EMPTY: Vocabulary = read_vocabulary("", "vocabulary.yml")[0]

ONE = """# Reading at Scale
arXiv: 2503.04715
Tags: Reading; Skimming

We read many papers. Our code is at https://github.com/reader/scale.
"""
TWO = """# Reading at Scale
Authors: Ada Lovelace; Alan Turing
Link: https://www.github.com/reader/scale/
Link: https://huggingface.co/datasets/reader/scale

We read many papers. Our code is at https://github.com/reader/scale.

# Something Else

Another paper altogether, about birds.
"""


def library(**files: str) -> Library:
    digests = (read_text(text, f"{name.replace('_', '-')[1:]}.txt") for name, text in files.items())
    return build_library(digests, EMPTY)


def test_a_repeated_paper_is_one_paper_that_names_all_its_digests() -> None:
    papers = library(_2025_03_12=TWO, _2025_03_11=ONE).papers
    assert list(papers) == ["reading-at-scale", "something-else"]
    appearances = papers["reading-at-scale"].appearances
    assert [appearance.digest for appearance in appearances] == ["2025-03-11", "2025-03-12"]


def test_what_any_digest_knows_of_a_paper_is_kept() -> None:
    paper = library(_2025_03_11=ONE, _2025_03_12=TWO).papers["reading-at-scale"]
    assert paper.arxiv == "2503.04715"
    assert paper.authors == ("Ada Lovelace", "Alan Turing")


def test_an_address_that_is_named_twice_is_one_link() -> None:
    paper = library(_2025_03_11=ONE, _2025_03_12=TWO).papers["reading-at-scale"]
    assert [(link.kind.value, link.url) for link in paper.links] == [
        ("paper", "https://arxiv.org/abs/2503.04715"),
        ("code", "https://www.github.com/reader/scale/"),
        ("data", "https://huggingface.co/datasets/reader/scale"),
    ]


def test_a_link_in_the_abstract_is_clickable_where_it_stands() -> None:
    paper = library(_2025_03_11=ONE).papers["reading-at-scale"]
    texts = [paper.abstract[mention.start : mention.end] for mention in paper.mentions]
    assert texts == ["https://github.com/reader/scale"]


def test_the_order_of_files_changes_nothing() -> None:
    one = library(_2025_03_11=ONE, _2025_03_12=TWO)
    other = library(_2025_03_12=TWO, _2025_03_11=ONE)
    assert (one.papers, one.issues, list(one.tags)) == (
        other.papers,
        other.issues,
        list(other.tags),
    )


def test_a_paper_listed_twice_in_a_digest_is_shown_once_and_reported() -> None:
    result = library(_2025_03_11=ONE + "\n" + ONE)
    assert result.issues[0].papers == ("reading-at-scale",)
    assert [(p.source.line, "already, at line 1" in p.message) for p in result.problems] == [
        (7, True)
    ]


def test_two_files_with_one_address_are_reported_and_the_first_is_kept() -> None:
    digests = [read_text(ONE, "a/2025-03-11.txt"), read_text(TWO, "b/2025-03-11.txt")]
    result = build_library(digests, EMPTY)
    assert [issue.path for issue in result.issues] == ["a/2025-03-11.txt"]
    assert [(p.source.path, p.severity.value) for p in result.problems] == [
        ("b/2025-03-11.txt", "error")
    ]


def test_tags_that_differ_only_in_marks_are_different_tags() -> None:
    text = "# Compilers\nTags: C; C++; C#\n\nWe compile many programs into others.\n"
    result = library(_2025_03_11=text)
    tags = [result.tags[slug].name for slug in result.papers["compilers"].tags]
    assert tags == ["C", "C++", "C#"]
    assert len(set(result.papers["compilers"].tags)) == 3


def test_a_digest_without_a_date_is_left_out_and_its_problem_kept() -> None:
    digests: list[Digest] = [read_text(ONE, "monday.txt"), read_text(TWO, "2025-03-12.txt")]
    result = build_library(digests, EMPTY)
    assert [issue.slug for issue in result.issues] == ["2025-03-12"]
    assert [problem.source.path for problem in result.problems] == ["monday.txt"]


@pytest.mark.parametrize(
    ("link", "why"),
    [
        ("javascript:alert(1)", "begins with javascript:"),
        ("https://localhost/x", "host"),
        ("https://example.com/x", "placeholder"),
        ("https://user:word@site.org/", "host"),
    ],
)
def test_a_link_that_nobody_can_follow_is_reported_where_it_stands(link: str, why: str) -> None:
    text = f"# Paper\nLink: https://a.org/1\nLink: {link}\n\nIts abstract is here.\n"
    result = library(_2025_03_11=text)
    assert [(p.source.line, p.severity.value) for p in result.problems] == [(3, "error")]
    assert why in result.problems[0].message or "name" in result.problems[0].message
    assert [each.url for each in result.papers["paper"].links] == ["https://a.org/1"]


def test_a_full_stop_behind_an_address_is_no_part_of_it() -> None:
    text = "# Paper\nLink: https://github.com/a/b.\n\nSee https://github.com/a/b for more.\n"
    assert len(library(_2025_03_11=text).papers["paper"].links) == 1


def test_a_doi_leads_to_its_paper_whatever_signs_it_has() -> None:
    [paper] = library(_2025_03_11="# Odd\nDOI: 10.1000/b;2-#?\n\nSome words.").papers.values()
    assert [link.url for link in paper.links] == ["https://doi.org/10.1000/b;2-%23%3F"]


def test_a_digest_without_papers_is_no_issue() -> None:
    result = library(_2025_03_11=ONE, _2025_03_12="")
    assert [issue.slug for issue in result.issues] == ["2025-03-11"]
    assert [problem.severity.value for problem in result.problems] == ["error"]


SAID = "Rust\narXiv: 2503.04715\nAuthors: Ann Lee\nLink: https://a.org/x\nNote: late\n\nOf bees."
TAGGED = SAID.replace("Note", "Tags: Birds\nNote")
SAYS_ANOTHER = {
    "title": SAID.replace("Rust", "Rusts"),
    "abstract": SAID.replace("bees", "wasps"),
    "formula": SAID.replace("bees", "$x^2$"),
    "authors": SAID.replace("Ann", "Eve"),
    "arxiv": SAID.replace("04715", "04716"),
    "doi": SAID.replace("Note", "DOI: 10.1000/182\nNote"),
    "link": SAID.replace("a.org", "b.org"),
    "note": SAID.replace("late", "soon"),
    "published": SAID.replace("Note", "Published: 2025-03-09\nNote"),
}


@pytest.mark.parametrize("text", SAYS_ANOTHER.values(), ids=SAYS_ANOTHER.keys())
def test_a_paper_that_says_something_else_has_another_mark(text: str) -> None:
    def only(text: str, day: str = "2025-03-11") -> Paper:
        digest = read_text(text, f"{day}.txt")
        (paper,) = build_library([digest], EMPTY).papers.values()
        return paper

    assert structs.replace(only(text), mark=b"") != structs.replace(only(SAID), mark=b"")
    assert only(text).mark != only(SAID).mark
    assert only(SAID, "2025-03-12").mark == only(TAGGED).mark == only(SAID).mark
