"""The glossary: which acronyms stand together, where, and how it is cut into pages."""

from __future__ import annotations

import re
from datetime import date

import lxml.html
import pytest

from generator.model import Acronym, Appearance, Issue, Library, Page, Paper, Source
from generator.writing import html
from generator.writing.catalogue import Catalogue
from generator.writing.glossary import glossary_drafts


def library(*papers: tuple[str, list[tuple[str, str]]]) -> Library:
    """A library of papers, each with a title and its acronyms; the slug is its number."""
    place = Appearance("2025-03-11", Source("docs/digests/2025-03-11.txt", 1))
    made = {
        f"p{number}": Paper(
            f"p{number}",
            title,
            "Abstract.",
            acronyms=tuple(Acronym(short, long) for short, long in acronyms),
            appearances=(place,),
        )
        for number, (title, acronyms) in enumerate(papers)
    }
    issue = Issue("2025-03-11", date(2025, 3, 11), place.source.path, tuple(made))
    return Library((issue,), made)


def pages(*papers: tuple[str, list[tuple[str, str]]]) -> dict[str, Page]:
    return {draft.path: draft.make() for draft in glossary_drafts(Catalogue(library(*papers)))}


def read(page: Page) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(html(page))


def meanings(page: Page, short: str) -> list[str]:
    return [
        str(long.text_content())
        for long in read(page).xpath(f"//*[@id='{short}']//*[@class='bs-term__long']")
    ]


def many(number: int, words: str = "") -> list[tuple[str, list[tuple[str, str]]]]:
    """Papers with an acronym each, all of the letter A."""
    return [(f"Paper {n} {words}", [(f"A{n:04}B", f"a{n} b {words}")]) for n in range(number)]


def test_one_meaning_is_one_however_it_is_written() -> None:
    page = pages(
        ("One", [("LLM", "Large Language Models")]),
        ("Two", [("LLM", "large language model")]),
        ("Three", [("LLM", "large-language model")]),
        ("Four", [("LLM", "large language model")]),
        ("Five", [("LLM", "lifelong learning machine")]),
    )["glossary/index.md"]
    assert meanings(page, "LLM") == ["large language model", "lifelong learning machine"]
    links = read(page).xpath("//*[@id='LLM']//a/@href")
    assert links == [f"../papers/p{n}/" for n in range(5)]


def test_short_forms_that_differ_in_case_stand_apart() -> None:
    page = pages(("One", [("ReID", "re-identification"), ("REID", "re-identification")]))
    assert read(page["glossary/index.md"]).xpath("//*[@class='bs-term']/@id") == ["REID", "ReID"]


def test_letters_come_in_order_figures_first_others_last() -> None:
    page = pages(("One", [("β-VAE", "b"), ("ViT", "v"), ("3DGS", "g"), ("ÉT", "e"), ("AD", "a")]))[
        "glossary/index.md"
    ]
    assert read(page).xpath("//nav[@aria-label='Letters']//a/text()") == [
        "0–9", "A", "E", "V", "Others",
    ]  # fmt: skip
    anchors = set(read(page).xpath("//h2/@id"))
    assert {href[1:] for href in read(page).xpath("//nav//a/@href")} == anchors


def test_of_many_papers_eight_are_linked_and_the_rest_is_counted() -> None:
    page = pages(*((f"Paper {n}", [("AD", "a d")]) for n in range(1, 21)))["glossary/index.md"]
    entry = read(page).get_element_by_id("AD")
    assert entry.xpath(".//summary/text()") == ["20 papers"]
    assert len(entry.xpath(".//a")) == 8
    assert "and 12 more" in entry.text_content()


def test_up_to_150_acronyms_are_one_page_and_more_are_a_page_for_each_letter() -> None:
    assert list(pages(*many(150))) == ["glossary/index.md"]
    made = pages(*many(150), ("Other", [("ZZ", "z z")]))
    assert list(made) == ["glossary/index.md", "glossary/a.md", "glossary/z.md"]
    assert meanings(made["glossary/z.md"], "ZZ") == ["z z"]
    named = read(made["glossary/index.md"]).xpath("//dt/a/@href")
    assert "z/#ZZ" in named or len(named) == 60


def test_a_long_letter_has_several_pages_none_heavy_and_each_acronym_once() -> None:
    made = pages(*many(1500, "with a title of many words" * 3))
    letters = [path for path in made if path.startswith("glossary/a")]
    assert letters[:2] == ["glossary/a.md", "glossary/a/2.md"]
    assert max(len(page.body.encode()) for page in made.values()) < 180_000
    shown = [i for path in letters for i in read(made[path]).xpath("//*[@class='bs-term']/@id")]
    assert shown == [f"A{n:04}B" for n in range(1500)]


def test_every_link_within_the_glossary_leads_somewhere() -> None:
    made = pages(*many(1500, "with a title of many words" * 3), ("Other", [("ZZ", "z z")]))
    for path, page in made.items():
        here = path.removesuffix("index.md").removesuffix(".md").rstrip("/")
        for href in read(page).xpath("//a/@href"):
            address, _, anchor = href.partition("#")
            parts = here.split("/")
            for part in address.rstrip("/").split("/"):
                if part == "..":
                    parts.pop()
                elif part:
                    parts.append(part)
            target = "/".join(parts)
            if target.startswith("papers/"):
                continue
            document = "glossary/index.md" if target == "glossary" else f"{target}.md"
            assert document in made, (path, href)
            if anchor:
                assert read(made[document]).xpath(f"//*[@id='{anchor}']"), (path, href)


def test_hostile_words_stay_words() -> None:
    page = pages(("<img src=x>{{ a }}", [("A&B", '"><script>alert(1)</script> *b* | {%')]))
    content = page["glossary/index.md"].body
    assert "<script" not in content
    assert "<img" not in content
    assert not re.search(r"\{[{%]", content)
    assert read(page["glossary/index.md"]).xpath("//*[@class='bs-term']/@id") == ["A&B"]


@pytest.mark.parametrize("papers", [[], [("One", [])]], ids=["no paper", "no acronym"])
def test_without_acronyms_the_page_says_so(papers: list[tuple[str, list[tuple[str, str]]]]) -> None:
    page = pages(*papers)["glossary/index.md"]
    assert "No paper defines an acronym yet." in page.body
