"""A reader's way through the site, by hand and by keyboard, on a phone and at a desk."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from readers import DESK, PHONE, Hand, OpenReader, Reader, Screen
from sitehost import KINDS, BuiltSite

SCREENS = pytest.mark.parametrize("screen", [PHONE, DESK], ids=lambda screen: screen.name)
HANDS = pytest.mark.parametrize("hand", ["mouse", "keyboard"])


@SCREENS
@HANDS
def test_from_home_to_a_tag_a_paper_the_next_one_and_back_by_search(
    open_reader: OpenReader, screen: Screen, hand: Hand
) -> None:
    reader = open_reader(screen)
    reader.open()

    tag = reader.tags(reader.entries.first).first
    name = tag.inner_text()
    reader.follow(tag, hand)
    expect(reader.heading).to_have_text(name)
    assert reader.address.startswith("tags/")

    chosen = reader.title(reader.entries.first)
    title = chosen.inner_text()
    reader.follow(chosen, hand)
    expect(reader.heading).to_have_text(title)
    assert reader.address.startswith("papers/")
    paper = reader.address

    following = reader.next_paper
    next_title = following.inner_text().splitlines()[-1].removeprefix("Next paper").strip()
    reader.follow(following, hand)
    expect(reader.heading).to_have_text(next_title)
    expect(reader.previous_paper).to_contain_text(title)

    reader.search(title, hand)
    expect(reader.results.first).to_contain_text(title)
    if hand == "keyboard":
        reader.page.keyboard.press("ArrowDown")
        reader.page.keyboard.press("Enter")
    else:
        reader.follow(reader.results.first, hand)
    expect(reader.page).to_have_url(re.compile(re.escape(paper)))
    expect(reader.heading).to_have_text(title)


@SCREENS
@HANDS
def test_abstracts_unfold_one_by_one_and_all_at_once(
    open_reader: OpenReader, screen: Screen, hand: Hand
) -> None:
    reader = open_reader(screen)
    reader.open()
    second = reader.entries.nth(1)
    expect(reader.abstract_of(second).first).to_be_hidden()

    reader.follow(second.locator("summary"), hand)
    expect(reader.abstract_of(second).first).to_be_visible()
    expect(reader.abstract_of(reader.entries.last).first).to_be_hidden()

    reader.open()
    reader.follow(reader.unfold_all, hand)
    expect(reader.abstract_of(reader.entries.first).first).to_be_visible()
    expect(reader.abstract_of(reader.entries.last).first).to_be_visible()


def test_without_scripts_pages_read_links_lead_and_abstracts_unfold(
    open_reader: OpenReader,
) -> None:
    reader = open_reader(PHONE, scripts=False)
    reader.open()
    first = reader.entries.first
    first.locator("summary").tap()
    expect(reader.abstract_of(first).first).to_be_visible()
    expect(reader.unfold_all).to_be_hidden()

    title = reader.title(first).inner_text()
    reader.title(first).tap()
    expect(reader.heading).to_have_text(title)
    expect(reader.abstract.first).to_be_visible()
    reader.next_paper.tap()
    expect(reader.previous_paper).to_contain_text(title)


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_is_wider_than_a_phone(open_reader: OpenReader, site: BuiltSite, kind: str) -> None:
    reader = open_reader(PHONE)
    reader.open(site.kinds()[kind], missing=kind == "404")
    expect(reader.heading).to_be_visible()
    reader.page.evaluate("() => document.querySelectorAll('details').forEach(d => d.open = true)")
    for width in (390, 320):
        reader.page.set_viewport_size({"width": width, "height": 844})
        reader.settle()
        assert reader.page.evaluate("() => window.innerWidth") == width
        assert reader.wide() == 0


def test_a_paper_s_page_is_light(site: BuiltSite) -> None:
    pages = [site.folder / address / "index.html" for address in site.addresses("papers/")]
    assert max(page.stat().st_size for page in pages) <= 30 * 1024


def test_a_page_that_is_not_there_helps_on(open_reader: OpenReader) -> None:
    reader = open_reader()
    reader.open("papers/no-such-paper/", missing=True)
    reader.page.get_by_role("main").get_by_role("link", name="The newest digest").click()
    expect(reader.entries.first).to_be_visible()
    assert reader.address.count("no-such-paper") == 0


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("papers/speculative-decoding.html", "speculative decoding"),
        ("tags/h%C3%A9llo%E0%A4-world/", "héllo world"),
        ("papers/a" + "%F0%9D%90%80" * 90, "a" + "𝐀" * 79),
    ],
    ids=["plain", "broken escape sequence", "not cut within a letter"],
)
def test_an_address_that_leads_nowhere_offers_a_search_for_its_words(
    open_reader: OpenReader, address: str, words: str
) -> None:
    reader = open_reader()
    reader.open(address, missing=True)
    reader.page.get_by_role("link", name=f"Search for “{words}”").click()
    expect(reader.heading).to_have_text("Search")
    expect(reader.page.get_by_role("searchbox", name="Search for")).to_have_value(words)


def test_the_site_follows_the_reader_s_colour_scheme(open_reader: OpenReader) -> None:
    def brightness(reader: Reader) -> float:
        reader.open()
        colour = reader.page.evaluate("() => getComputedStyle(document.body).backgroundColor")
        red, green, blue = (float(part) for part in re.findall(r"[\d.]+", colour)[:3])
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    assert brightness(open_reader(scheme="light")) > 200
    assert brightness(open_reader(scheme="dark")) < 60
