"""Sections in the navigation: all their pages are reached from the strip of tabs of any page."""

from __future__ import annotations

from types import SimpleNamespace

import jinja2
import pytest
from playwright.sync_api import Browser, Page, expect
from readers import DESK, PHONE, Screen
from sitehost import PROJECT

OVERRIDES = PROJECT / "overrides"
LINKS = [("Map", "map/"), ("Trends", "trends/"), ("Elsewhere", "https://example.org/")]


def strip(browser: Browser, screen: Screen, here: str) -> Page:
    """The head of the page at an address, of a site whose navigation has a section in a section."""
    links = [SimpleNamespace(title=title, url=url, children=None) for title, url in LINKS]
    inner = SimpleNamespace(title="More", children=links[1:])
    outer = SimpleNamespace(title="Overview", children=[links[0], inner])
    tags = SimpleNamespace(title="Tags", url="tags/", children=None)
    loader = jinja2.FileSystemLoader(OVERRIDES)
    env = jinja2.Environment(loader=loader, trim_blocks=True, lstrip_blocks=True)  # noqa: S701
    head = env.get_template("partials/header.html").render(
        nav=SimpleNamespace(items=[tags, outer]),
        page=SimpleNamespace(url=here),
        base_url=".",
        config=SimpleNamespace(site_name="Papers", theme=SimpleNamespace(logo=None)),
    )
    size = {"width": screen.width, "height": screen.height}
    page = browser.new_page(viewport=size, java_script_enabled=False, has_touch=screen.touch)  # type: ignore[arg-type]
    sheets = [(OVERRIDES / f"assets/stylesheets/{name}.css") for name in ("look", "broadsheet")]
    styles = "".join(sheet.read_text("utf-8") for sheet in sheets)
    page.set_content(f'<style>{styles}</style><body data-md-color-scheme="default">{head}')
    return page


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=lambda screen: screen.name)
def test_every_page_of_a_section_is_reached_without_scripts(
    browser: Browser, screen: Screen
) -> None:
    page = strip(browser, screen, "tags/")
    tabs = page.get_by_role("navigation", name="Tabs")
    expect(tabs.get_by_role("link")).to_have_count(1)
    for section in ("Overview", "More"):
        unfold = page.locator("summary", has_text=section)
        for _ in range(9):
            page.keyboard.press("Tab")
            if unfold.and_(page.locator(":focus")).count():
                break
        page.keyboard.press("Enter")
    for title, url in LINKS:
        link = tabs.get_by_role("link", name=title)
        expect(link).to_have_attribute("href", url if "//" in url else f"./{url}")
        link.click(trial=True)
    rows = {
        round(place["y"]) for at in tabs.get_by_role("link").all() if (place := at.bounding_box())
    }
    assert len(rows) == 1
    page.close()


def test_the_section_of_the_page_is_unfolded(browser: Browser) -> None:
    page = strip(browser, DESK, "trends/")
    expect(page.get_by_role("link", name="Trends")).to_be_visible()
    expect(page.get_by_role("link", name="Trends")).to_have_attribute("aria-current", "page")
    page.close()
