"""A paper's own day: from the line of a digest to its page, its citations and its data."""

from __future__ import annotations

import json
from datetime import date

import pytest

from generator.enriching import build_library
from generator.enriching.vocabulary import read_vocabulary
from generator.model import Library, Paper
from generator.reading import read_text
from generator.writing import Site
from generator.writing.catalogue import Catalogue
from generator.writing.citations import FORMATS, cite, coins
from generator.writing.data import data_drafts
from generator.writing.head import paper_data
from generator.writing.papers import paper_page

SITE = Site("The List", url="https://example.org/list/")
TEXT = "# Bees Dance\n{}\nWe film four hives and decode the dances.\n"
WITH = TEXT.format("arXiv: 2502.04715\nPublished: 2025-03-09\n")
WITHOUT = TEXT.format("arXiv: 2502.04715\n")


def library(*days_and_texts: tuple[str, str]) -> Library:
    digests = [read_text(text, f"{day}.txt") for day, text in days_and_texts]
    assert not any(digest.problems for digest in digests)
    return build_library(digests, read_vocabulary("", "vocabulary.yml")[0])


def only(found: Library) -> Paper:
    (paper,) = found.papers.values()
    return paper


def citations(found: Library) -> list[str]:
    return [cite([only(found)], Catalogue(found), SITE, form) for form in FORMATS]


def test_the_earliest_digest_that_tells_the_day_decides() -> None:
    later = WITH.replace("03-09", "03-10")
    found = library(("2025-03-11", WITHOUT), ("2025-03-12", WITH), ("2025-03-13", later))
    assert only(found).published == date(2025, 3, 9)
    assert only(library(("2025-03-11", WITHOUT))).published is None


def test_the_page_of_a_paper_says_when_it_was_published() -> None:
    found = library(("2025-03-11", WITH))
    body = paper_page(Catalogue(found), SITE, only(found)).body
    assert "<p class=bs-kicker>Published 9 March 2025<" in body
    assert '"datePublished":"2025-03-09"' in paper_data(SITE, only(found))
    without = library(("2025-03-11", WITHOUT))
    body = paper_page(Catalogue(without), SITE, only(without)).body
    assert "ublished" not in body
    assert "datePublished" not in paper_data(SITE, only(without))


def test_citations_have_the_day_itself_and_not_the_month_of_the_identifier() -> None:
    found = library(("2025-03-11", WITH))
    bib, ris, csl = citations(found)
    assert "  year = {2025},\n  month = mar,\n  day = {9},\n" in bib
    assert "PY  - 2025\nDA  - 2025/03/09/\n" in ris
    assert json.loads(csl)[0]["issued"] == {"date-parts": [[2025, 3, 9]]}
    assert 'rft.date=2025-03-09"' in coins(only(found), SITE)


def test_without_the_day_citations_have_the_month_of_the_identifier() -> None:
    found = library(("2025-03-11", WITHOUT))
    bib, ris, csl = citations(found)
    assert "  year = {2025},\n  month = feb,\n  eprint" in bib
    assert "DA  - 2025/02//\n" in ris
    assert json.loads(csl)[0]["issued"] == {"date-parts": [[2025, 2]]}
    assert 'rft.date=2025-02"' in coins(only(found), SITE)


@pytest.mark.parametrize(("text", "known"), [(WITH, "2025-03-09"), (WITHOUT, None)])
def test_the_data_has_the_day_where_it_is_known(text: str, known: str | None) -> None:
    drafts = {
        draft.path: draft for draft in data_drafts(Catalogue(library(("2025-03-11", text))), SITE)
    }
    (paper,) = json.loads(drafts["papers.json"].make())["papers"]
    assert paper.get("published") == known
    assert ("published" in paper) == (known is not None)


def test_a_page_is_made_anew_when_only_the_day_has_changed() -> None:
    from generator.writing.papers import paper_draft

    keys = set()
    for text in (WITH, WITHOUT, WITH.replace("03-09", "03-10")):
        found = library(("2025-03-11", text))
        keys.add(paper_draft(Catalogue(found), SITE, only(found)).key)
    assert len(keys) == 3
