"""A digest as one file: whole, harmless, and in need of nothing else."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import (
    Appearance,
    Issue,
    Library,
    Link,
    LinkKind,
    Mention,
    Paper,
    Source,
    Tag,
)
from generator.project import read_library
from generator.textmarks import Emphasis, Formula, Marks
from generator.writing import Site, write_files, write_pages
from generator.writing.catalogue import Catalogue
from generator.writing.takeaway import file_name, size, takeaway

SITE = Site("Broadsheet", url="https://ada.example/papers/")
ISSUE = Issue("2025-03-11", date(2025, 3, 11), "x.txt", ("a", "b"))
PLACE = (Appearance("2025-03-11", Source("x.txt", 1)),)
CODE = Link("https://github.com/ada/quick", LinkKind.CODE, "github.com/ada/quick")
MATHML = "<math><mi>ε</mi></math>"
PAPERS = {
    "a": Paper(
        "a",
        "An ε of a Title",
        "Code: github.com/ada/quick.\n\nAn ε.",
        title_marks=Marks(formulas=(Formula(3, 4, r"\epsilon", MATHML),)),
        abstract_marks=Marks(
            formulas=(Formula(32, 33, r"\epsilon", MATHML),), emphases=(Emphasis(29, 33, "em"),)
        ),
        mentions=(Mention(6, 26, CODE),),
        authors=("Ada Lovelace",),
        links=(CODE,),
        tags=("t",),
        notes=("Shown at a workshop.",),
        appearances=PLACE,
    ),
    "b": Paper("b", "Birds", "", appearances=PLACE),
}


def made(papers: dict[str, Paper], site: Site = SITE, issue: Issue = ISSUE) -> str:
    catalogue = Catalogue(Library((issue,), papers, {"t": Tag("t", "Dense retrieval")}))
    return takeaway(catalogue, site, issue, "Digest of 11 March 2025")


def tree(page: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(page.encode("utf-8"))


def assert_needs_nothing(page: str) -> None:
    """Nothing in it makes a browser ask for another file, or run anything."""
    root = tree(page)
    allowed = "html head meta title link style body header p a h1 h2 nav ol ul li main article b"
    elements = {str(element.tag) for element in root.iter()}
    assert elements <= {*allowed.split(), "math", "mi", "em"}
    attributes = {name for element in root.iter() for name in element.attrib}
    assert not {name for name in attributes if name.startswith("on")} | (
        attributes & {"src", "srcset", "style", "action", "formaction"}
    )
    assert {link.get("rel") for link in root.iter("link")} <= {"canonical"}
    style = "".join(each.text or "" for each in root.iter("style"))
    assert not re.search(r"url\(|@import", style)
    assert all(re.match(r"#|https?://", a.get("href") or "") for a in root.iter("a"))


def test_it_has_every_paper_whole_and_a_table_of_contents() -> None:
    root = tree(made(PAPERS))
    contents = root.xpath("//nav//a/@href")
    assert contents == ["#1", "#2"]
    assert root.xpath("//article/@id") == ["1", "2"]
    assert [h.text_content() for h in root.xpath("//article/h2")] == ["An ε of a Title", "Birds"]
    first = root.xpath("//article")[0]
    assert [p.text_content() for p in first.findall("p")] == [
        "Ada Lovelace",
        "Code: github.com/ada/quick.",
        "An ε.",
        "Note. Shown at a workshop.",
    ]
    assert len(first.findall(".//math")) == 2
    assert [em.text_content() for em in first.findall(".//em")] == ["An ε"]
    assert first.xpath("./p/a/@href") == ["https://github.com/ada/quick"]
    assert first.xpath("./ul[@aria-label='Tags']/li/text()") == ["Dense retrieval"]
    assert_needs_nothing(made(PAPERS))


@pytest.mark.parametrize(
    ("url", "ways"),
    [
        (
            "https://ada.example/papers/",
            {
                "https://ada.example/papers/",
                "https://ada.example/papers/digests/2025-03-11/",
                "https://ada.example/papers/papers/a/",
                "https://ada.example/papers/papers/b/",
            },
        ),
        ("", set()),
    ],
    ids=["known", "not known"],
)
def test_ways_to_the_site_are_absolute_or_left_out(url: str, ways: set[str]) -> None:
    page = made(PAPERS, Site("Broadsheet", url=url))
    hrefs = {str(href) for href in tree(page).xpath("//a/@href")}
    outside = {href for href in hrefs if not href.startswith("#")}
    assert outside - {CODE.url} == ways


@pytest.mark.parametrize(
    ("name", "slug", "file"),
    [
        ("Broadsheet", "2025-03-11", "broadsheet-2025-03-11.html"),
        ("Ada's Papers!", "2025-03-11-late", "ada-s-papers-2025-03-11-late.html"),
        ("論文", "2025-03-11", "lun-wen-2025-03-11.html"),
        ("!!!", "2025-03-11", "digest-2025-03-11.html"),
    ],
)
def test_its_name_says_what_it_is(name: str, slug: str, file: str) -> None:
    issue = Issue(slug, date(2025, 3, 11), "x.txt", ())
    assert file_name(Site(name), issue) == file
    paths = dict(write_files(Library((issue,)), Site(name)))
    assert f"digests/{slug}/{file}" in paths


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (0, "1 KB"),
        (1499, "1 KB"),
        (180_200, "180 KB"),
        (999_999, "1.0 MB"),
        (12_345_678, "12.3 MB"),
    ],
)
def test_its_size_is_told_in_words(length: int, words: str) -> None:
    assert size("x" * length) == words


def test_the_digests_page_links_to_it_and_says_its_size() -> None:
    library = Library((ISSUE,), PAPERS, {"t": Tag("t", "T")})
    pages = {page.path: page.body for page in write_pages(library, SITE)}
    path = "digests/2025-03-11/broadsheet-2025-03-11.html"
    file = dict(write_files(library, SITE))[path].decode()
    link = f'<a href="broadsheet-2025-03-11.html" download>one HTML file ({size(file)})</a>'
    assert link in pages["digests/2025-03-11.md"]


@given(st.text(max_size=60), st.text(st.sampled_from("<>&\"'/!-x= \n{}%\x00\ud800"), max_size=60))
def test_hostile_text_is_text(text: str, other: str) -> None:
    link = Link("https://x.example/?a=%22%3E&b='<>\"", LinkKind.CODE, text)
    paper = Paper(
        "a",
        text,
        other,
        authors=(text, other),
        links=(link,),
        tags=("t",),
        notes=(other,),
        appearances=PLACE,
    )
    issue = Issue("2025-03-11", date(2025, 3, 11), "x.txt", ("a",))
    catalogue = Catalogue(Library((issue,), {"a": paper}, {"t": Tag("t", other)}))
    page = takeaway(catalogue, Site(text, url="https://x.example/"), issue, other)
    page.encode("utf-8")
    assert_needs_nothing(page)


def test_the_real_papers_of_a_large_digest_fit(shared: Path, tmp_path: Path) -> None:
    real = shared / "digests" / "2025-12-31-real-500.txt"
    (tmp_path / real.name).write_bytes(real.read_bytes())
    library = read_library(tmp_path, tmp_path / "none.yml")
    page = takeaway(Catalogue(library), SITE, library.issues[0], "Digest")
    assert len(tree(page).xpath("//article")) == len(library.issues[0].papers) > 400
