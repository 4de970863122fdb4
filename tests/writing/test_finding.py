"""The page of results, and what lets a browser add the site to its search engines."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from generator.enriching import build_library
from generator.enriching.vocabulary import Vocabulary
from generator.reading import read_text
from generator.writing import Site, write_files, write_pages

NAMES = {"os": "http://a9.com/-/spec/opensearch/1.1/"}
TEXT = "# A Paper\n\nAbout it.\n"
LIBRARY = build_library([read_text(TEXT, "2025-03-11.txt")], Vocabulary())


def described(site: Site) -> ElementTree.Element:
    return ElementTree.fromstring(dict(write_files(LIBRARY, site))["opensearch.xml"])  # noqa: S314


def test_a_browser_learns_where_to_ask() -> None:
    root = described(Site("Papers", "", "https://p.example/sub/"))
    addresses = {url.get("type"): url.get("template") for url in root.findall("os:Url", NAMES)}
    assert addresses["text/html"] == "https://p.example/sub/search/?q={searchTerms}"
    assert root.findtext("os:ShortName", None, NAMES) == "Papers"
    assert root.findtext("os:InputEncoding", None, NAMES) == "UTF-8"


@pytest.mark.parametrize(
    "name",
    ["Sixteen letters.", "A name that is much too long", "R&D <b>\"'", "Ü" * 20],
)
def test_the_name_is_one_that_opensearch_allows(name: str) -> None:
    short = described(Site(name, "", "https://p.example/")).findtext("os:ShortName", None, NAMES)
    assert short
    assert len(short) <= 16
    assert short == name or (short.endswith("…") and name.startswith(short[:-1]))


def test_without_an_address_of_its_own_a_site_describes_no_search() -> None:
    assert "opensearch.xml" not in dict(write_files(LIBRARY, Site("P", "")))


def test_the_page_of_results_leads_on_without_scripts() -> None:
    [page] = [page for page in write_pages(LIBRARY, Site("P", "")) if page.path == "search.md"]
    for address in ("tags/", "glossary/", "digests/"):
        assert f'href="../{address}"' in page.body
    assert '<form class="bs-ask" role="search" action="./">' in page.body
