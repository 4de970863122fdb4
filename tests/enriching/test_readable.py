"""The text of a record as a reader sees it: mended, with links and acronyms where they stand."""

from __future__ import annotations

import pytest

from generator.enriching import build_library
from generator.enriching.provenance import repairs_in
from generator.enriching.readable import readable
from generator.enriching.vocabulary import read_vocabulary
from generator.model import Record, Source
from generator.reading import read_text


def record(title: str, abstract: str) -> Record:
    return Record(title, abstract, Source("2025-03-11.txt", 1))


def test_links_stand_where_the_mended_text_has_them() -> None:
    shown = readable(
        record("T", "With $\\alpha$ at 384times384, see https://github.com/a/b_{1}. Also --- this.")
    )
    assert "α at 384 × 384" in shown.abstract
    (mention,) = shown.mentions
    assert shown.abstract[mention.start : mention.end] == mention.link.text
    (formula,) = shown.abstract_marks.formulas
    assert shown.abstract[formula.start : formula.end] == "α"


def test_an_address_given_twice_is_one_link() -> None:
    address = "https://github.com/a/b"
    shown = readable(record("T", f"See \\href{{{address}}}{{{address}}} for code."))
    assert shown.abstract == f"See {address} for code."
    assert len(shown.mentions) == 1


def test_later_uses_of_an_acronym_carry_what_it_stands_for() -> None:
    shown = readable(
        record("A Study", "We use a large language model (LLM). The LLM reads, at 3times3 pixels.")
    )
    assert [(a.short, a.long) for a in shown.acronyms] == [("LLM", "large language model")]
    (use,) = shown.abstract_marks.abbreviations
    assert shown.abstract[use.start : use.end] == "LLM"
    assert use.start > shown.abstract.index("(LLM)")


def test_an_acronym_that_is_emphasised_in_part_carries_nothing() -> None:
    shown = readable(
        record("T", r"A large language model (LLM). \textbf{L}LM, \emph{LLM}, {\bf an L}LM, LLM.")
    )
    assert shown.abstract == "A large language model (LLM). LLM, LLM, an LLM, LLM."
    uses = [(use.start, use.end) for use in shown.abstract_marks.abbreviations]
    assert uses == [(35, 38), (48, 51)]


@pytest.mark.parametrize("title", ["\\textbf{}", "{\\em }", "\\emph{ }"])
def test_a_title_that_says_nothing_stays_as_supplied(title: str) -> None:
    assert readable(record(title, "Words.")).title == title


def test_addresses_of_pages_come_from_the_text_as_supplied() -> None:
    text = "# Learning at 384times384\n\nAn abstract with $\\beta$.\n"
    library = build_library([read_text(text, "2025-03-11.txt")], read_vocabulary("", "v")[0])
    (paper,) = library.papers.values()
    assert paper.slug == "learning-at-384times384"
    assert paper.title == "Learning at 384 × 384"


def test_a_repair_names_its_line_even_where_the_text_is_wrapped() -> None:
    text = "# A title\n\nFirst line of it,\nwith 3times3 and\n5times5 at last.\n"
    text += "\n# B\n\nAt 7times7 it ends.\n"
    found = repairs_in(read_text(text, "2025-03-11.txt"), text)
    assert [(repair.source.line, repair.original) for repair in found] == [
        (4, "3times3"),
        (5, "5times5"),
        (9, "7times7"),
    ]
