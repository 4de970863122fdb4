"""What was pasted is what is read: the project's first digest against the built HTML.

TeX and listed damage read as what they mean; formulas are looked at by other tests.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree, html
from sitehost import PROJECT, BuiltSite

from generator.enriching.mending import mend

SEED = PROJECT / "tests" / "data" / "seed" / "2025-03-11.txt"


def folded(text: str) -> str:
    return " ".join(text.split())


def seed_papers() -> list[tuple[str, str]]:
    """Titles and abstracts, told apart without the project's own reading.

    This one file has five lines of chrome and date, then a line for each title and each abstract.
    """
    lines = [folded(line) for line in SEED.read_text(encoding="utf-8").splitlines() if line.strip()]
    texts = list(map(without_formulas, lines[5:]))
    return list(zip(texts[::2], texts[1::2], strict=True))


def without_formulas(text: str) -> str:
    mended = mend(text)
    words = mended.text
    for formula in reversed(mended.marks.formulas):
        words = words[: formula.start] + words[formula.end :]
    return folded(words)


def select(element: etree._Element, path: str) -> list[etree._Element]:
    found = element.xpath(path)
    assert isinstance(found, list)
    return [each for each in found if isinstance(each, etree._Element)]


def text_of(element: etree._Element) -> str:
    parts = element.xpath(".//text()[not(ancestor::math)]")
    assert isinstance(parts, list)
    return folded("".join(map(str, parts)))


def texts_of(page: Path) -> tuple[str, str]:
    """The main heading and the text of the whole article, white space folded."""
    document = html.document_fromstring(page.read_bytes())
    (article,) = select(document, "//article")
    (heading,) = select(document, "//article//h1")
    return text_of(heading), text_of(article)


@pytest.fixture(scope="module")
def paper_pages(site: BuiltSite) -> list[tuple[str, str]]:
    return [texts_of(page) for page in sorted((site.folder / "papers").glob("*/index.html"))]


def test_the_seed_has_61_papers() -> None:
    assert len(seed_papers()) == 61


def test_each_title_and_abstract_of_the_seed_stands_on_one_page_exactly(
    paper_pages: list[tuple[str, str]],
) -> None:
    for title, abstract in seed_papers():
        with_title = [text for heading, text in paper_pages if heading == title]
        assert len(with_title) == 1, title
        with_abstract = [heading for heading, text in paper_pages if abstract in text]
        assert with_abstract == [title], abstract


def test_the_digest_s_page_has_all_of_the_seed_in_its_order(site: BuiltSite) -> None:
    page = site.folder / "digests" / SEED.stem / "index.html"
    document = html.document_fromstring(page.read_bytes())
    found = [text_of(entry) for entry in select(document, "//article//article[@id]")]
    papers = seed_papers()
    assert len(found) == len(papers)
    for text, (title, abstract) in zip(found, papers, strict=True):
        assert text.startswith(title)
        assert abstract in text


def test_a_strict_build_has_nothing_to_say(site: BuiltSite) -> None:
    assert "WARNING" not in site.log
    assert "ERROR" not in site.log


def test_nothing_of_the_stock_search_is_published(site: BuiltSite) -> None:
    names = [path.relative_to(site.folder).as_posix() for path in site.folder.rglob("*")]
    assert not [name for name in names if "lunr" in name or "search_index" in name]
    assert not [name for name in names if name.startswith("assets/javascripts/workers/search")]
