"""What pages say of themselves to programs: descriptions, linked data, feeds."""

from __future__ import annotations

import html
import json
import re
from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import markdown as python_markdown

from generator.model import Appearance, Issue, Library, Paper, Source, Tag
from generator.writing import Site, markdown, write_pages
from generator.writing.head import LINKED_DATA, digest_data, paper_data, script_text, tag_head

SITE = Site("Broadsheet", "Papers & more", "https://ada.example/papers/")
NOWHERE = Site("Broadsheet")
TAGS = {"t": Tag("t", "Dense retrieval"), "u": Tag("u", 'C++ "<b>"')}
PAPER = Paper(
    "a-paper",
    "A Paper",
    "It says much.",
    authors=("Ada Lovelace", "Alan Turing"),
    arxiv="2503.04715",
    doi="10.1000/182",
    tags=("t", "u"),
    appearances=(Appearance("2025-03-11", Source("x.txt", 1)),),
)
ISSUE = Issue("2025-03-11", date(2025, 3, 11), "x.txt", ("a-paper",))


def front_matter(paper: Paper, site: Site = SITE) -> dict[str, dict[str, Any]]:
    library = Library((ISSUE,), {paper.slug: paper}, TAGS)
    return {
        page.path: yaml.safe_load(markdown(page).split("---\n")[1])
        for page in write_pages(library, site)
    }


def test_a_papers_page_is_an_article_about_a_scholarly_article() -> None:
    assert json.loads(paper_data(SITE, PAPER)) == {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": "A Paper",
        "isPartOf": {
            "@type": "WebSite",
            "name": "Broadsheet",
            "url": "https://ada.example/papers/",
        },
        "about": {
            "@type": "ScholarlyArticle",
            "name": "A Paper",
            "author": [
                {"@type": "Person", "name": "Ada Lovelace"},
                {"@type": "Person", "name": "Alan Turing"},
            ],
            "identifier": ["arXiv:2503.04715", "doi:10.1000/182"],
            "sameAs": ["https://arxiv.org/abs/2503.04715", "https://doi.org/10.1000/182"],
        },
    }


def test_nothing_is_said_that_is_not_known() -> None:
    bare = Paper("bare", "Bare", "It says little.", appearances=PAPER.appearances)
    assert json.loads(paper_data(NOWHERE, bare)) == {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": "Bare",
        "isPartOf": {"@type": "WebSite", "name": "Broadsheet"},
    }


def test_a_digest_is_a_collection_of_so_many_papers() -> None:
    data = json.loads(digest_data(SITE, ISSUE, "Digest of 11 March 2025"))
    assert data["@type"] == "CollectionPage"
    assert data["name"] == "Digest of 11 March 2025"
    assert data["mainEntity"] == {"@type": "ItemList", "numberOfItems": 1}


def test_a_tag_has_a_feed_of_its_own() -> None:
    assert tag_head(SITE, Tag("u", 'C++ "<b>"')) == {
        "feed": {
            "title": "Broadsheet: C++ &#34;&#60;b&#62;&#34;",
            "atom": "tags/u/feed.xml",
        }
    }


@pytest.mark.parametrize(
    "paper",
    [
        Paper("x", "T " * 3000, "A " * 3000, authors=tuple(f"Author {n}" for n in range(2000))),
        Paper("x", "<" * 3000, "A", authors=("<" * 3000,)),
        Paper("x", "T", "A", doi="10.1000/" + "x" * 5000),
    ],
    ids=["endless", "all escapes", "endless DOI"],
)
def test_linked_data_stays_small_and_whole(paper: Paper) -> None:
    text = paper_data(SITE, paper)
    assert len(text.encode()) <= LINKED_DATA
    assert not text or json.loads(text)["@type"] == "Article"


def test_a_doi_is_escaped_in_its_address() -> None:
    data = json.loads(paper_data(SITE, Paper("x", "T", "A", doi="10.1000/2-#")))
    assert data["about"]["sameAs"] == ["https://doi.org/10.1000/2-%23"]


def test_of_very_many_authors_the_first_are_named() -> None:
    authors = tuple(f"Author Number {n}" for n in range(200))
    paper = Paper("x", "T", "A", authors=authors, arxiv="2503.04715")
    about = json.loads(paper_data(SITE, paper))["about"]
    assert [author["name"] for author in about["author"]] == list(authors[:8])
    assert about["identifier"] == ["arXiv:2503.04715"]


@given(st.text() | st.text(st.sampled_from("<>&/!-\u2028\u2029script\"'\\")))
def test_no_text_can_end_the_script_that_it_stands_in(text: str) -> None:
    written = script_text({"name": text})
    assert not re.search("[<>&\u2028\u2029]", written)
    cleaned = json.loads(written)["name"]
    assert len(cleaned) <= len(text)
    if text.isascii() and text.isprintable():
        assert cleaned == text


@settings(max_examples=40)
@given(st.text(max_size=400))
def test_descriptions_are_short_and_escaped_on_every_page(text: str) -> None:
    paper = Paper("a-paper", text, f"{text} {text}", appearances=PAPER.appearances)
    for path, matter in front_matter(paper, Site("B", text * 3)).items():
        description = matter.get("description", "")
        assert not re.search("[<>\"']", description), path
        assert len(html.unescape(description)) <= 160, path


def test_pages_have_what_belongs_to_them() -> None:
    library = Library((ISSUE,), {PAPER.slug: PAPER}, TAGS)
    pages = {page.path: markdown(page) for page in write_pages(library, SITE)}
    matter = front_matter(PAPER)
    assert matter["papers/a-paper.md"]["open_graph"] == "article"
    assert matter["tags/t.md"]["feed"]["atom"] == "tags/t/feed.xml"
    for path in ("papers/a-paper.md", "digests/2025-03-11.md"):
        assert pages[path].count('<script type="application/ld+json">{') == 1
    assert not any("citation_" in content for content in pages.values())


@settings(max_examples=60)
@given(st.text(st.sampled_from("</script>!-&[]`*_\\{}#\n \x02\x03a"), max_size=60))
def test_linked_data_comes_through_markdown_as_it_is(text: str) -> None:
    paper = Paper("a-paper", text, "It says much.", appearances=PAPER.appearances)
    library = Library((ISSUE,), {paper.slug: paper}, {})
    (page,) = (p for p in write_pages(library, SITE) if p.path == "papers/a-paper.md")
    body = python_markdown(markdown(page).split("---\n", 2)[2], extensions=["tables", "toc"])
    written = body.split('<script type="application/ld+json">')[1].split("</script>")[0]
    assert written == paper_data(SITE, paper)
    json.loads(written)
