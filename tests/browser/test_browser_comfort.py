"""Small things that decide whether reading here is a pleasure: focus, coming back, paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from readers import DESK, PHONE, OpenReader, Screen

DIGEST = "digests/2025-03-11/"
SMALL = Screen("small window", 970, 700)


def test_focus_never_hides_below_the_header(open_reader: OpenReader) -> None:
    reader = open_reader(SMALL)
    reader.open(DIGEST)
    reader.page.evaluate("() => scrollTo(0, 5000)")
    hidden = []
    for _ in range(40):
        reader.page.keyboard.press("Shift+Tab")
        place = reader.page.evaluate(
            """() => {
                const focused = document.activeElement;
                if (focused.closest("header.bs-header")) return 1;
                const header = document.querySelector(".bs-header").getBoundingClientRect();
                return focused.getBoundingClientRect().top - header.bottom;
            }"""
        )
        hidden += [place] if place < -1 else []
    assert hidden == []


def test_every_tab_stop_on_a_phone_is_on_the_screen(open_reader: OpenReader) -> None:
    reader = open_reader(PHONE)
    reader.open()
    lost = []
    for _ in range(16):
        reader.page.keyboard.press("Tab")
        seen = reader.page.evaluate(
            """async () => {
                await Promise.all(document.getAnimations().map((a) => a.finished));
                const focused = document.activeElement;
                const box = focused.getBoundingClientRect();
                return [focused.outerHTML.slice(0, 80), box.right > 0 && box.left < innerWidth];
            }"""
        )
        lost += [] if seen[1] else [seen[0]]
    assert lost == []


def test_the_strip_of_tabs_on_a_phone_shows_where_one_is(open_reader: OpenReader) -> None:
    reader = open_reader(PHONE)
    for address, name in (("saved/", "Saved"), ("about/", "About")):
        reader.open(address)
        current = reader.page.locator(".bs-tabs [aria-current]")
        expect(current).to_have_text(name)
        expect(current).to_be_in_viewport(ratio=1)
    assert reader.wide() <= 0


@pytest.mark.parametrize("page", ["about/", "tags/"], ids=["by hand", "generated"])
def test_the_way_past_the_navigation_leads_into_the_text(
    open_reader: OpenReader, page: str
) -> None:
    reader = open_reader(DESK)
    reader.open(page)
    reader.page.keyboard.press("Tab")
    skip = reader.page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    reader.page.keyboard.press("Enter")
    reader.page.keyboard.press("Tab")
    focused = reader.page.locator("main :focus")
    expect(focused).to_have_count(1)


def test_the_chosen_colours_hold_on_every_page_and_from_the_start(open_reader: OpenReader) -> None:
    reader = open_reader(DESK)
    reader.open()
    paper, night = "rgb(255, 253, 248)", "rgb(23, 22, 20)"
    body = reader.page.locator("body")
    colours = reader.page.get_by_role("banner").get_by_role("button")
    for name, seen in (("as your system", paper), ("light", paper), ("dark", night)):
        expect(colours).to_have_accessible_name(re.compile(f"^Colours: {name}\\."))
        expect(body).to_have_css("background-color", seen)
        colours.click()
    reader.page.emulate_media(color_scheme="dark")
    expect(body).to_have_css("background-color", night)
    colours.click()
    expect(body).to_have_css("background-color", paper)
    for address in ("about/", "tags/"):
        # Without its modules a page has the chosen colours already.
        reader.context.route("**/page.js", lambda route: route.abort())
        reader.open(address)
        expect(body).to_have_css("background-color", paper)
        reader.complaints.clear()
        reader.context.unroute("**/page.js")
        reader.open(address)
        expect(colours).to_have_accessible_name(re.compile("^Colours: light"))


def test_closing_the_search_gives_the_focus_back(open_reader: OpenReader) -> None:
    reader = open_reader(DESK)
    reader.open()
    reader.walk_to(reader.unfold_all)
    reader.page.keyboard.press("/")
    expect(reader.query).to_be_focused()
    reader.page.keyboard.press("Escape")
    expect(reader.unfold_all).to_be_focused()


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=lambda screen: screen.name)
def test_a_list_is_as_it_was_left_when_the_reader_comes_back(
    open_reader: OpenReader, screen: Screen
) -> None:
    reader = open_reader(screen)
    reader.open(DIGEST)
    reader.unfold_all.click()
    expect(reader.abstract_of(reader.entries.nth(3)).first).to_be_visible()
    entry = reader.entries.nth(20)
    reader.title(entry).click()
    expect(reader.next_paper).to_be_visible()
    reader.page.go_back()
    expect(reader.abstract_of(reader.entries.nth(3)).first).to_be_visible()
    expect(reader.title(entry)).to_be_in_viewport()


def test_a_link_to_a_paper_in_a_digest_shows_it_below_the_header(open_reader: OpenReader) -> None:
    reader = open_reader(DESK)
    reader.open("papers/codegen2-lessons-for-training-llms-on-programming-and-natural-languages/")
    reader.page.get_by_role("link", name="11 March 2025").first.click()
    target = reader.page.locator(":target")
    expect(target).to_be_in_viewport()
    below = target.evaluate(
        """(entry) => entry.getBoundingClientRect().top
            - document.querySelector(".bs-header").getBoundingClientRect().bottom"""
    )
    assert below >= 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_printed_digest_is_black_on_white_with_whole_abstracts(
    open_reader: OpenReader, scheme: str
) -> None:
    reader = open_reader(DESK, "dark" if scheme == "dark" else "light")
    reader.open(DIGEST)
    reader.page.emulate_media(media="print")
    paragraph = reader.abstract_of(reader.entries.first).first
    expect(paragraph).to_be_visible()
    expect(paragraph).to_have_css("color", "rgb(0, 0, 0)")
    expect(reader.page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(reader.title(reader.entries.first)).to_have_css("color", "rgb(0, 0, 0)")
    expect(reader.page.locator(".bs-header")).to_be_hidden()


def test_nothing_moves_while_a_page_loads(open_reader: OpenReader) -> None:
    reader = open_reader(PHONE, fresh=True)
    reader.open()
    reader.settle()
    assert reader.moved() < 0.01


def test_the_navigation_shows_where_one_is(open_reader: OpenReader) -> None:
    reader = open_reader(DESK)
    for address, name in (("", "Newest"), (DIGEST, "Digests"), ("tags/", "Tags")):
        reader.open(address)
        current = reader.page.locator(".bs-tabs [aria-current]")
        expect(current).to_have_text(name)
