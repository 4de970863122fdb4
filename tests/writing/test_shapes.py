"""A page says the same as Markdown, which any builder reads, and as HTML, which the site takes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import markdown as python_markdown

from generator.enriching import build_library
from generator.enriching.vocabulary import read_vocabulary
from generator.model import Library, Page
from generator.reading import read_text
from generator.writing import Site, anchor, html, markdown, write_pages

DATA = Path(__file__).parents[1] / "data"
VOCABULARY, _ = read_vocabulary(
    (Path(__file__).parents[2] / "docs" / "vocabulary.yml").read_text("utf-8"), "vocabulary.yml"
)
SITE = Site("A <site> & more", "About *it*", "https://x.example/")
HOSTILE = "<>&\"'/!-#=_*`[](){}|\\: \n\x02\x03\x00\ud800$^~aé1"


def by_markdown(page: Page) -> str:
    text = markdown(page).split("---\n", 2)[2]
    made = python_markdown(
        text, extensions=["tables", "toc"], extension_configs={"toc": {"slugify": anchor}}
    )
    # The heading's place is the top of the page; the site does without its name.
    return spaced(re.sub(r'^<h1 id="[^"]*">', "<h1>", made))


def spaced(made: str) -> str:
    """Take white space between blocks for what it is: nothing."""
    return re.sub(r"\s*\n\s*", "\n", made).strip()


def library_of(*paths: Path) -> Library:
    digests = [read_text(path.read_bytes().decode("utf-8", "replace"), path.name) for path in paths]
    return build_library(digests, VOCABULARY)


@pytest.mark.parametrize("folder", ["seed", "dreadful"])
def test_both_shapes_of_every_page_are_the_same(folder: str) -> None:
    pages = write_pages(library_of(*sorted((DATA / folder).glob("*-*.txt"))), SITE)
    assert len(pages) > 20
    for page in pages:
        assert by_markdown(page) == spaced(html(page)), page.path


@settings(max_examples=25)
@given(st.text(st.sampled_from(HOSTILE), max_size=60), st.text(st.sampled_from(HOSTILE)))
def test_both_shapes_are_the_same_whatever_a_digest_says(title: str, abstract: str) -> None:
    text = f"# A{title}\nTags: {title}\n\nB {abstract}\n\n# Other\n\nText of {abstract} (ABC).\n"
    library = build_library([read_text(text, "2025-03-11.txt")], VOCABULARY)
    for page in write_pages(library, SITE):
        assert by_markdown(page) == spaced(html(page)), page.path


@pytest.mark.parametrize(
    ("heading", "place"),
    [
        ("Dense Retrieval, Quickly", "dense-retrieval-quickly"),
        ("__config", "h-__config"),
        ("BS keys", "h-bs-keys"),
        ("Über E < mc", "uber-e-mc"),
        ("检索", ""),
    ],
)
def test_a_heading_has_its_place(heading: str, place: str) -> None:
    assert anchor(heading, "-") == place


def test_a_page_begins_with_its_heading() -> None:
    assert (
        html(Page("x.md", {}, "Über <em>E</em> ", "<p>…</p>"))
        == "<h1>Über <em>E</em></h1>\n<p>…</p>"
    )
