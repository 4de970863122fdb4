"""axe-core finds nothing against WCAG 2.2 A and AA on any kind of page, light or dark."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from readers import DESK, PHONE, SCHEMES, THOROUGH, OpenReader, Reader, Scheme, Screen
from sitehost import KINDS, BuiltSite

_LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_OPTIONS = {
    "resultTypes": ["violations"],
    # Target size and a few more rules of 2.2 are off unless they are asked for.
    "runOnly": {"type": "tag", "values": _LEVELS},
    "rules": {"target-size": {"enabled": True}},
}


def assert_accessible(reader: Reader, part: str | None = None) -> None:
    """See that axe finds nothing on a page; `part`, a selector, is for what alone has changed."""
    if part is not None and not THOROUGH:
        expect(reader.page.locator(part).first).to_be_visible()
        found = Axe().run(reader.page, context=part, options=_OPTIONS)
    else:
        found = Axe().run(reader.page, options=_OPTIONS)
    assert found.violations_count == 0, found.generate_report()


def shorten(reader: Reader) -> None:
    """Leave a dozen of a page's papers and some lines: axe takes seconds for each hundred more."""
    if not THOROUGH:
        reader.page.evaluate(
            """() => document.querySelectorAll(
                "article article:nth-of-type(n + 13), li[id^=L]:nth-of-type(n + 41)"
            ).forEach((element) => element.remove())"""
        )


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("screen", [PHONE, DESK], ids=lambda screen: screen.name)
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_has_no_barrier(
    open_reader: OpenReader, site: BuiltSite, kind: str, screen: Screen, scheme: Scheme
) -> None:
    reader = open_reader(screen, scheme)
    reader.open(site.kinds()[kind], missing=kind == "404")
    expect(reader.heading).to_be_visible()
    shorten(reader)
    if screen is DESK:
        # Folded on the phone, unfolded at the desk: both are looked at.
        reader.page.evaluate(
            "() => document.querySelectorAll('details').forEach(d => d.open = true)"
        )
    assert_accessible(reader)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("screen", [PHONE, DESK], ids=lambda screen: screen.name)
def test_an_open_search_has_no_barrier(
    open_reader: OpenReader, screen: Screen, scheme: Scheme
) -> None:
    reader = open_reader(screen, scheme)
    reader.open()
    reader.search("learning", "mouse")
    expect(reader.results.first).to_be_visible()
    assert_accessible(reader, "dialog[open]")
