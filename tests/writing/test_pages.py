"""The pages as they are handed to a builder."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable

import lxml.etree
import lxml.html
import pytest
import yaml
from markdown import markdown as python_markdown

from generator.enriching import build_library
from generator.enriching.vocabulary import read_vocabulary
from generator.model import Library, Page, Paper, Tag
from generator.reading import read_text
from generator.writing import Site, markdown, write_files, write_pages
from generator.writing.catalogue import Catalogue

VOCABULARY = """\
- name: Information retrieval
  slug: information-retrieval
  description: Finding documents that answer a need.

- name: Dense retrieval
  slug: dense-retrieval
  description: Finding documents by vectors.
  broader: information-retrieval
  phrases: [vector search]
"""

OLDER = """\
# Dense Retrieval, *Quickly*
arXiv: 2503.04715
Authors: Ada Lovelace; Alan <b>Turing</b>
Link: https://huggingface.co/datasets/ada/quick
Tags: C++
Note: Shown at a workshop.

We make dense retrieval quick. Code: https://github.com/ada/quick.

A second paragraph, with {{ braces }} and a | bar.

# Birds

Songs of birds differ by valley & by year.
"""
NEWER = """\
# Dense Retrieval, *Quickly*

We make dense retrieval quick. Code: https://github.com/ada/quick.

A second paragraph, with {{ braces }} and a | bar.

# 2026-03-11

A title that YAML would take for a date.
"""
SITE = Site("Broadsheet", "Papers & more")


@pytest.fixture(scope="module")
def library() -> Library:
    vocabulary, problems = read_vocabulary(VOCABULARY, "vocabulary.yml")
    assert not problems
    digests = [read_text(OLDER, "2025-03-11.txt"), read_text(NEWER, "2025-03-12-late.txt")]
    return build_library(digests, vocabulary)


@pytest.fixture(scope="module")
def pages(library: Library) -> dict[str, str]:
    return {page.path: markdown(page) for page in write_pages(library, SITE)}


PATHS = [
    "index.md",
    "digests/index.md",
    "digests/2025-03-12-late.md",
    "digests/2025-03-11.md",
    "papers/dense-retrieval-quickly.md",
    "papers/birds.md",
    "papers/2026-03-11.md",
    "tags/index.md",
    "about/vocabulary.md",
    "tags/information-retrieval.md",
    "tags/dense-retrieval.md",
    "tags/c-plus-plus.md",
    "glossary/index.md",
    "map.md",
    "trends.md",
    "saved.md",
    "read.md",
    "new.md",
    "search.md",
]


def test_each_kind_of_page_is_written_and_each_path_once(library: Library) -> None:
    paths = [page.path for page in write_pages(library, SITE)]
    paths += [path for path, _ in write_files(library, SITE)]
    assert len(paths) == len(set(paths))
    assert [path for path in paths if path.endswith(".md")] == PATHS


@pytest.mark.parametrize("path", PATHS)
def test_page_is_as_it_was(
    path: str, pages: dict[str, str], golden: Callable[[str, str], None]
) -> None:
    golden(f"pages/{path}", pages[path])


def rendered(content: str) -> lxml.html.HtmlElement:
    body = content.split("---\n", 2)[2]
    html = python_markdown(body, extensions=["tables", "toc"])
    page = lxml.html.fromstring(f"<div>{html}</div>")
    # What scripts copy is no part of the page.
    lxml.etree.strip_elements(page, "template", with_tail=False)
    return page


@pytest.mark.parametrize("path", PATHS)
def test_every_link_between_pages_leads_to_a_page(
    path: str, library: Library, pages: dict[str, str]
) -> None:
    def address(document: str) -> str:
        return re.sub(r"(^|/)index\.md$", r"\1", document).replace(".md", "/")

    known = {address(page) for page in pages} | {"about/"}
    known |= {path for path, _ in write_files(library, SITE)}
    known |= {"digests/2025-03-11.txt", "digests/2025-03-12-late.txt"}
    here = address(path)
    ways = [a.get("href") or "" for a in rendered(pages[path]).iter("a")]
    inside = [way for way in ways if not way.startswith("https://")]
    assert inside or path == "glossary/index.md"
    for way in inside:
        target = posixpath.normpath(posixpath.join("/", here, way.partition("#")[0]))[1:]
        assert (f"{target}/" if way.partition("#")[0].endswith("/") and target else target) in known


@pytest.mark.parametrize("path", PATHS)
def test_identifiers_stand_once_in_a_page(path: str, pages: dict[str, str]) -> None:
    ids = [str(element.get("id")) for element in rendered(pages[path]).iter() if element.get("id")]
    assert len(ids) == len(set(ids))


def test_front_matter_is_escaped_text(pages: dict[str, str]) -> None:
    head = yaml.safe_load(pages["papers/2026-03-11.md"].split("---\n", 2)[1])
    assert head["title"] == "2026-03-11"
    head = yaml.safe_load(pages["papers/dense-retrieval-quickly.md"].split("---\n", 2)[1])
    assert head["title"] == "Dense Retrieval, &#42;Quickly&#42;"
    assert head["tags"] == ["C++", "Dense retrieval"]


def test_a_papers_page_has_all_that_is_known(pages: dict[str, str]) -> None:
    page = rendered(pages["papers/dense-retrieval-quickly.md"])
    text = " ".join(page.text_content().split())
    assert "In the digest of 12 March 2025, late (1 of 2), and the digest of 11 March 2025" in text
    assert "Ada Lovelace, Alan <b>Turing</b>" in text
    assert "Note. Shown at a workshop." in text
    given = page.xpath("//ul[@class='bs-links']//a/@href")
    assert given == [
        "https://arxiv.org/abs/2503.04715",
        "https://huggingface.co/datasets/ada/quick",
        "https://github.com/ada/quick",
    ]
    assert page.xpath("//section[@class='bs-text']//a/@href") == ["https://github.com/ada/quick"]
    searches = page.xpath("//section[@class='bs-searches']//a")
    assert [a.text for a in searches] == [
        "arXiv",
        "Hugging Face",
        "Semantic Scholar",
        "Google Scholar",
    ]
    paragraphs = page.xpath("//section[@class='bs-text']/p")
    assert [p.text_content() for p in paragraphs] == [
        "We make dense retrieval quick. Code: https://github.com/ada/quick.",
        "A second paragraph, with {{ braces }} and a | bar.",
    ]


def test_next_and_previous_follow_each_digest_that_lists_the_paper(pages: dict[str, str]) -> None:
    page = rendered(pages["papers/dense-retrieval-quickly.md"])
    assert page.xpath("//nav//a[@rel='next']/@href") == ["../2026-03-11/", "../birds/"]
    assert page.xpath("//nav//a[@rel='prev']") == []


def test_a_broad_tag_lists_the_papers_of_its_finer_tags(pages: dict[str, str]) -> None:
    page = rendered(pages["tags/information-retrieval.md"])
    titles = page.xpath("//*[contains(@class, 'bs-brief')]//h3")
    assert [title.text_content() for title in titles] == ["Dense Retrieval, *Quickly*"]


def test_an_empty_library_still_has_a_front_page() -> None:
    written: list[Page] = list(write_pages(Library(), SITE))
    assert "There is no digest yet" in written[0].body


def test_a_long_digest_has_several_pages_and_each_paper_leads_to_its_own() -> None:
    text = "".join(f"# Title number {n}\n\nAbstract number {n}.\n\n" for n in range(120))
    library = build_library([read_text(text, "2025-03-11.txt")], read_vocabulary("", "v")[0])
    pages = {page.path: markdown(page) for page in write_pages(library, SITE)}
    addresses = ["digests/2025-03-11.md", "digests/2025-03-11/2.md", "digests/2025-03-11/3.md"]
    assert [path for path in pages if path.startswith("digests/2025")][:3] == addresses
    second = rendered(pages["digests/2025-03-11/2.md"])
    assert second.xpath("//nav[@class='bs-pager']/a/@href") == ["../", "../3/"]
    assert len(second.xpath("//article")) == 50
    assert second.xpath("//section/@data-total") == ["120"]
    for number, way in ((0, ""), (49, ""), (50, "2/"), (119, "3/")):
        paper = rendered(pages[f"papers/title-number-{number}.md"])
        slug = f"title-number-{number}"
        assert f"../../digests/2025-03-11/{way}#{slug}" in paper.xpath("//p/a/@href")
        assert second.xpath(f"//article[@id='{slug}']") if way == "2/" else True


def test_a_long_list_s_tags_are_counted_once_whatever_its_pages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "\n\n".join(f"# Paper {at}\nTags: Own\n\nIt says {at}." for at in range(600))
    vocabulary, _ = read_vocabulary("", "vocabulary.yml")
    long = build_library([read_text(text, "2025-03-11.txt")], vocabulary)
    counted: list[int] = []
    count = Catalogue.commonest_tags

    def counting(self: Catalogue, papers: list[Paper], most: int) -> list[tuple[Tag, int]]:
        counted.append(len(papers))
        return count(self, papers, most)

    monkeypatch.setattr(Catalogue, "commonest_tags", counting)
    paths = {page.path for page in write_pages(long, SITE)}
    assert {"digests/2025-03-11/12.md", "tags/own/12.md"} <= paths
    # The front page, the archive, the digest, the tag.
    assert counted == [600] * 4
