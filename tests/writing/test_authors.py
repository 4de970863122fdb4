"""Authors: whose names are one, who has a page, what is on it, and the index of all."""

from __future__ import annotations

import random
from datetime import date, timedelta

import lxml.html
import pytest
from msgspec.structs import replace

from generator.enriching import build_library
from generator.enriching.vocabulary import Vocabulary
from generator.identities import Identities, Identity, identified
from generator.model import Issue, Library, Page, Paper, Tag
from generator.reading import read_text
from generator.writing import (
    Site,
    authorindex,
    html,
    listing,
    page_drafts,
    write_files,
    write_pages,
)
from generator.writing.names import author_slug, displayed, folded

SITE = Site("Broadsheet", url="https://x.example/")
TAGS = {"a": Tag("a", "Agents", "What acts."), "b": Tag("b", "Birds")}


def library(*bylines: str, tags: tuple[str, ...] = ("a",), per_digest: int = 1) -> Library:
    """A library of papers p0, p1, … with these authors, oldest first; a digest for each few."""
    papers = {
        f"p{at}": Paper(
            f"p{at}",
            f"Paper {at}",
            "Text.",
            tags=tags,
            authors=tuple(name for name in byline.split("; ") if name),
        )
        for at, byline in enumerate(bylines)
    }
    slugs = list(papers)
    issues = []
    for start in range(0, len(slugs), per_digest):
        day = date(2025, 1, 1) + timedelta(start)
        some = tuple(slugs[start : start + per_digest])
        issues.append(Issue(f"{day}", day, f"{day}.txt", some))
    return Library(tuple(reversed(issues)), papers, TAGS)


def pages(*bylines: str, per_digest: int = 1) -> dict[str, Page]:
    return {page.path: page for page in write_pages(library(*bylines, per_digest=per_digest), SITE)}


def authors(made: dict[str, Page]) -> list[str]:
    return sorted(path for path in made if path.startswith("authors/"))


def read(page: Page) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(html(page))


def text(page: Page) -> str:
    return " ".join(str(read(page).text_content()).split())


def slug(name: str) -> str:
    return author_slug(same) if (same := folded(displayed(name))) else ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Lovelace", "ADA  LOVELACE"),
        ("Ada Lovelace", "Ａｄａ　Ｌｏｖｅｌａｃｅ"),
        ("J. R. Smith", "J R Smith"),
        ("J.R. Smith", "J. R. Smith"),
        ("J.-P. Sartre", "J-P Sartre"),
        ("José García", "Jose\u0301 Garci\u0301a"),
        ("José García", "Jose Garcia"),
        ("Stanisław Ulam", "Stanislaw Ulam"),
        ("Pat O’Brien", "Pat O'Brien"),
        ("Ada Lovelace", "Lovelace, Ada"),
        ("Ludwig van Beethoven", "van Beethoven, Ludwig"),
        ("李伟", "李伟 "),
        ("ИВАН ПЕТРОВ", "Иван Петров"),
    ],
)
def test_ways_to_write_a_name_are_one_author(one: str, other: str) -> None:
    assert slug(one) == slug(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("J. Smith", "John Smith"),
        ("J. Smith", "J. R. Smith"),
        ("JR Smith", "J. R. Smith"),
        ("李伟", "李薇"),
        ("Ada Lovelace", "Lovelace Ada"),
        ("!!!", "???"),
        ("x" * 70 + "a", "x" * 70 + "b"),
    ],
)
def test_different_names_are_different_authors(one: str, other: str) -> None:
    assert slug(one) != slug(other)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ada Lovelace", "ada-lovelace"),
        ("Øyvind Ås", "oyvind-as"),
        ("李伟", "li-wei-5ed4d58e"),
        ("Иван Петров", "ivan-petrov-6f4fffe6"),
        ("!!!", "author-e84c538e"),
        ("By Letter", "by-letter-3caa760e"),
        ("con", "con-1143da2b"),
        ("../../index", "index-1bc04b52"),
        ("et al.", ""),
        ("Anonymous Authors", ""),
        ("", ""),
        ("\u200b\x07", ""),
        ("a name " * 40, ""),
    ],
)
def test_slugs_are_for_ever(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_an_author_has_a_page_from_two_papers_on() -> None:
    made = pages("Ada Lovelace; Bo Bix", "Cy Cox", "ADA LOVELACE; Ada Lovelace; Cy Ox")
    assert authors(made) == ["authors/ada-lovelace.md", "authors/index.md"]
    page = made["authors/ada-lovelace.md"]
    assert page.heading == "Ada Lovelace"
    assert [a.text for a in read(page).xpath("//h3/a")] == ["Paper 2", "Paper 0"]
    assert read(page).xpath("//h3/a/@href") == ["../../papers/p2/", "../../papers/p0/"]
    assert "2 papers" in text(page)
    assert "People of one name share a page." in text(page)


def test_names_on_a_papers_page_lead_to_those_who_have_a_page() -> None:
    made = pages("Ada Lovelace; Bo Bix", "A. Lovelace", "ada lovelace")
    byline = read(made["papers/p0.md"]).xpath("//p[@class='bs-authors']")[0]
    assert byline.text_content() == "Ada Lovelace, Bo Bix"
    assert byline.xpath(".//a/@href") == ["../../authors/ada-lovelace/"]
    # Its own way to write the name stays.
    assert read(made["papers/p2.md"]).xpath("//p[@class='bs-authors']/a/text()") == ["ada lovelace"]
    assert not read(made["papers/p1.md"]).xpath("//p[@class='bs-authors']/a")


def test_a_page_tells_coauthors_subjects_and_other_ways_to_write_the_name() -> None:
    made = pages("José García; Bo Bix", "José García; Bo Bix", "Jose Garcia; Cy Cox", "Cy Cox", "")
    page = read(made["authors/jose-garcia.md"])
    assert page.xpath("//ul[@aria-label='Co-authors']//a/@href") == ["../bo-bix/", "../cy-cox/"]
    assert page.xpath("//ul[@aria-label='Co-authors']//span/text()") == ["2", "1"]
    assert page.xpath("//ul[@aria-label='Tags']//a/@href") == ["../../tags/a/"]
    assert made["authors/jose-garcia.md"].heading == "José García"
    assert "Also written Jose Garcia." in text(made["authors/jose-garcia.md"])


def keys(*bylines: str) -> dict[str, bytes]:
    return {draft.path: draft.key for draft in page_drafts(library(*bylines), SITE)}


def test_pages_are_made_anew_when_one_of_their_authors_gets_a_page_or_another_name() -> None:
    before = keys("Ada Lovelace; Bo Bix; Cy Cox", "Ada Lovelace", "Di Dax", "Cy Cox", "Cy Cox")
    after = keys("Ada Lovelace; Bo Bix; Cy Cox", "Ada Lovelace", "Bo Bix", "Cy Cox", "Cy Cox")
    changed = {path for path, key in after.items() if before.get(path, key) != key}
    assert changed >= {"papers/p0.md", "authors/ada-lovelace.md", "authors/cy-cox.md"}
    assert "papers/p4.md" not in changed
    other = keys("Ada Lovelace; Bo Bix; Cy Cox", "Ada Lovelace", "Bo Bix", *["Cý Cox"] * 2)
    assert other["authors/ada-lovelace.md"] != after["authors/ada-lovelace.md"]
    assert other["authors/index.md"] != after["authors/index.md"]


def test_without_repeated_authors_there_is_neither_page_nor_way_to_one() -> None:
    made = pages("Ada Lovelace", "Bo Bix", "", "et al.", "et al.")
    assert authors(made) == []
    assert not [path for path, page in made.items() if "authors/" in page.body]


def test_the_index_is_reached_from_tags_and_digests() -> None:
    made = pages("Ada Lovelace", "Ada Lovelace")
    for path in ("tags/index.md", "digests/index.md"):
        assert "../authors/" in read(made[path]).xpath("//a/@href")


def test_the_index_is_by_family_name() -> None:
    names = [
        "Ludwig van Beethoven",
        "Ada Lovelace",
        "李伟",
        "Émile Zola",
        "Bo Aaa",
        "Cy Aaa",
        "Plato",
    ]
    made = pages("; ".join(names), "; ".join(names), "Ada Lovelace")
    page = read(made["authors/index.md"])
    assert page.xpath("//nav[@aria-label='Letters']//a/text()") == [
        "A", "L", "P", "V", "Z", "Others",
    ]  # fmt: skip
    assert page.xpath("//ul[@class='bs-people']//a/text()") == [
        "Aaa, Bo",
        "Aaa, Cy",
        "Lovelace, Ada",
        "Plato",
        "van Beethoven, Ludwig",
        "Zola, Émile",
        "李伟",
    ]
    assert page.xpath("//ul[@class='bs-people']//span/text()")[2] == "3"
    anchors = set(page.xpath("//h2/@id"))
    assert {href[1:] for href in page.xpath("//nav//a/@href")} == anchors


def test_a_long_index_has_pages_for_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authorindex, "_PAGE", 2)
    names = "Ada Aaa; Bo Aab; Cy Aac; Di Bab; A"
    made = pages(names, names, "Cy Aac")
    assert [path for path in authors(made) if "letter" in path or "index" in path] == [
        *("authors/by-letter/a.md", "authors/by-letter/a/2.md"),
        *("authors/by-letter/b.md", "authors/index.md"),
    ]
    # One who is called like a letter stands elsewhere.
    assert "authors/a.md" in made
    contents = read(made["authors/index.md"])
    assert contents.xpath("//nav//a/@href") == ["by-letter/a/", "by-letter/b/"]
    assert contents.xpath("//ul[@class='bs-people']//a/text()")[0] == "Aac, Cy"
    second = read(made["authors/by-letter/a/2.md"])
    assert second.xpath("//ul[@class='bs-people']//a/@href") == [
        "../../../bo-aab/",
        "../../../cy-aac/",
    ]
    assert second.xpath("//nav[@aria-label='Pages of this letter']//a/@href") == ["../"]


def test_a_long_list_has_further_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "PAGE", 3)
    made = pages(*["Ada Lovelace; Bo Bix"] * 7)
    own = [path for path in authors(made) if "ada" in path]
    assert own == ["authors/ada-lovelace.md", "authors/ada-lovelace/2.md"]
    titles = [read(made[path]).xpath("//h3/a/text()") for path in own]
    assert titles == [
        ["Paper 6", "Paper 5", "Paper 4", "Paper 3"],
        ["Paper 2", "Paper 1", "Paper 0"],
    ]
    assert "Wrote with" not in text(made[own[1]])
    assert read(made[own[1]]).xpath("//p[@class='bs-kicker']/a/@href") == ["../../", "../"]


def test_the_order_of_digests_and_papers_moves_no_page() -> None:
    names = ["José García; A. Ax", "Jose Garcia", "李伟; !!!", "李薇; 李伟", "!!!", "A Ax; 李薇"]
    expected = authors(pages(*names))
    for seed in range(5):
        mixed = random.Random(seed).sample(names, len(names))  # noqa: S311 - for a test
        assert authors(pages(*mixed)) == expected


def test_hostile_names_are_text() -> None:
    evil = "<img src=x onerror=alert(1)> {{ 7*7 }} *b* [x](javascript:alert(1)) \"'>"
    made = pages(evil, evil, "Ada Lovelace")
    (own,) = [path for path in authors(made) if "index" not in path]
    for path in (own, "authors/index.md", "papers/p0.md"):
        page = read(made[path])
        assert (
            "<img src=x onerror=alert(1)>"
            in f"{page.text_content()} {made[path].heading}".replace("&#60;", "<")
            .replace("&#62;", ">")
            .replace("&#61;", "=")
            .replace("&#40;", "(")
            .replace("&#41;", ")")
        )
        assert not page.xpath("//img")
        assert not page.xpath("//@onerror")
        assert not [href for href in page.xpath("//@href") if "javascript:" in href]


def test_a_collaboration_of_thousands_fits_on_pages() -> None:
    letters = "abcdefghij"
    words = [f"{a}{b}{c}" for a in letters for b in letters for c in letters]
    names = "; ".join(f"{given} L{word}" for word in words for given in ("Ada", "Bo"))
    made = pages(names, names)
    assert len(authors(made)) > 2000
    for path in ("papers/p0.md", "authors/ada-labc.md", "authors/by-letter/l.md"):
        assert len(html(made[path]).encode()) < 200_000
        assert len(read(made[path]).xpath("//*")) < 1500


def test_authors_found_elsewhere_are_on_pages_in_citations_feeds_and_data() -> None:
    """What `identities.yml` tells counts as if the digest had told it."""
    texts = {
        "2025-03-11": ("Wombats", "All of what is known of wombats, and of their burrows."),
        "2025-03-12": ("Bandicoots", "All of what is known of bandicoots, and of their nests."),
    }
    known = Identities(
        Identity(
            *(title, abstract, date(2025, 5, 1), 100.0, f"2503.0000{at}"),
            authors=("Ada Lovelace", f"Bo Bix{at}"),
        )
        for at, (title, abstract) in enumerate(texts.values(), 1)
    )
    digests = [
        identified(read_text(f"# {title}\n\n{abstract}\n", f"{day}.txt"), known)
        for day, (title, abstract) in texts.items()
    ]
    library = build_library(digests, Vocabulary())
    made = {page.path: page for page in write_pages(library, SITE)}
    files = {path: data.decode() for path, data in write_files(library, SITE)}
    assert authors(made) == ["authors/ada-lovelace.md", "authors/index.md"]
    paper = made["papers/wombats.md"].body
    assert '<a href="../../authors/ada-lovelace/">Ada Lovelace</a>, Bo Bix1' in paper
    assert "rft.au=Lovelace,+Ada" in paper
    assert "Lovelace, Ada" in files["papers/wombats/papers.bib"]
    assert "Lovelace, Ada" in files["papers/wombats/papers.ris"]
    assert '"family":"Lovelace"' in files["papers/wombats/papers.csl.json"]
    assert "<name>Ada Lovelace</name>" in files["feed.xml"]
    assert "Ada Lovelace" in files["feed.json"]


def test_a_paper_that_several_digests_list_counts_once() -> None:
    made = library("Ada Lovelace", "Ada Lovelace", "Bo Bix")
    again = replace(made.issues[0], papers=("p0", "p2"))
    repeated = replace(made, issues=(again, *made.issues[1:]))
    own = {page.path: page for page in write_pages(repeated, SITE)}["authors/ada-lovelace.md"]
    assert read(own).xpath("//h3/a/text()") == ["Paper 0", "Paper 1"]
    assert "2 papers" in text(own)
