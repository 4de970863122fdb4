"""What a page weighs for whoever opens it first: all that it fetches, gzipped."""

from __future__ import annotations

import gzip

import pytest
from playwright.sync_api import Response
from readers import OpenReader
from sitehost import BuiltSite

_LAYOUT = 3584
"""Bytes of a page that are the same on all pages, not compressed."""


def _first_visit(open_reader: OpenReader, address: str) -> dict[str, int]:
    """Address of each file that a page fetches, and its size, gzipped."""
    reader = open_reader(fresh=True)
    answers: list[Response] = []
    reader.context.on("response", lambda answer: answers.append(answer))
    reader.open(address)
    reader.settle()
    return {one.url.removeprefix(reader.base): len(gzip.compress(one.body())) for one in answers}


def test_a_paper_is_light_on_a_first_visit(open_reader: OpenReader, site: BuiltSite) -> None:
    weights = _first_visit(open_reader, site.kinds()["paper"])
    ours = [size for name, size in weights.items() if name.endswith((".css", ".js"))]
    assert sum(weights.values()) <= 60_000
    assert sum(ours) <= 17_000
    # The icon among them.
    assert len(weights) <= 18


def test_home_fetches_what_it_uses_at_once(open_reader: OpenReader, site: BuiltSite) -> None:
    """Filters come when they are asked for."""
    weights = _first_visit(open_reader, site.kinds()["home"])
    ours = [size for name, size in weights.items() if name.endswith((".css", ".js"))]
    assert sum(ours) <= 20_000
    assert not [name for name in weights if "filters" in name or "panel" in name]


@pytest.mark.parametrize("kind", ["home", "digest", "tags", "glossary", "map", "saved", "search"])
def test_a_generated_page_fetches_nothing_of_the_theme(
    open_reader: OpenReader, site: BuiltSite, kind: str
) -> None:
    weights = _first_visit(open_reader, site.kinds()[kind])
    assert not [name for name in weights if ".min." in name]


@pytest.mark.parametrize("kind", ["paper", "digest", "map", "saved"])
def test_the_layout_around_a_page_is_short(site: BuiltSite, kind: str) -> None:
    page = (site.folder / site.kinds()[kind] / "index.html").read_text("utf-8")
    start = page.index('<article class="md-content__inner')
    end = page.rindex("</article>")
    assert len(page[:start] + page[end:]) <= _LAYOUT
