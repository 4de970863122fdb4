"""Lists as the reader wants them: three densities, unfolding, the place kept on the way back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Route, expect
from readers import DESK, PHONE, OpenReader, Reader, Screen

DIGEST = "digests/2025-03-11/"
SCREENS = pytest.mark.parametrize("screen", [PHONE, DESK], ids=lambda screen: screen.name)

_BLOCKED = """
for (const name of ["localStorage", "sessionStorage"]) {
    Object.defineProperty(window, name, { get() { throw new DOMException("blocked") } });
}"""


def density(reader: Reader, name: str) -> Locator:
    """One of the three choices that say how much of each paper is shown."""
    shown = reader.page.get_by_role("group", name="Show", exact=True)
    return shown.get_by_role("radio", name=name, exact=True)


def top(entry: Locator) -> float:
    """Where a paper begins in the window, once the window is at rest."""
    place = entry.evaluate(
        """async (entry) => {
            for (const _ of "123") await new Promise(requestAnimationFrame);
            return entry.getBoundingClientRect().top;
        }"""
    )
    return float(place)


def hit(reader: Reader, control: Locator) -> None:
    """Click where a control is; `Locator.click` would scroll the page first."""
    box = control.bounding_box()
    assert box is not None
    reader.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


@SCREENS
def test_a_list_shows_titles_or_two_lines_or_all(open_reader: OpenReader, screen: Screen) -> None:
    reader = open_reader(screen)
    reader.open(DIGEST)
    entry = reader.entries.nth(1)
    teaser = entry.locator("summary > span").first
    expect(density(reader, "Two lines")).to_be_checked()
    expect(teaser).to_be_visible()
    lines = "e => e.getBoundingClientRect().height / parseFloat(getComputedStyle(e).lineHeight)"
    assert round(teaser.evaluate(lines)) == 2

    density(reader, "Titles").click()
    expect(density(reader, "Titles")).to_be_checked()
    expect(density(reader, "Two lines")).not_to_be_checked()
    expect(reader.title(entry)).to_be_visible()
    expect(teaser).to_be_hidden()
    expect(reader.tags(entry).first).to_be_hidden()
    assert reader.wide() == 0

    density(reader, "Full").click()
    for paper in (entry, reader.entries.last):
        expect(reader.abstract_of(paper).first).to_be_visible()


@SCREENS
def test_densities_need_no_scripts(open_reader: OpenReader, screen: Screen) -> None:
    reader = open_reader(screen, scripts=False)
    reader.open(DIGEST)
    entry = reader.entries.nth(1)
    expect(reader.unfold_all).to_be_hidden()
    expect(reader.page.get_by_role("button", name="Keys")).to_be_hidden()
    density(reader, "Full").click()
    expect(reader.abstract_of(entry).first).to_be_visible()
    density(reader, "Titles").click()
    expect(reader.abstract_of(entry).first).to_be_hidden()
    expect(entry.locator("summary > span").first).to_be_hidden()


def test_without_scripts_a_paper_of_a_tag_has_nothing_to_unfold(open_reader: OpenReader) -> None:
    reader = open_reader(PHONE, scripts=False)
    reader.open("tags/information-retrieval/")
    entry = reader.entries.first
    expect(entry.locator("summary")).to_have_count(0)
    expect(entry.get_by_role("paragraph")).to_be_visible()
    density(reader, "Titles").click()
    expect(entry.get_by_role("paragraph")).to_be_hidden()


@SCREENS
def test_the_density_holds_for_every_list_and_for_the_next_visit(
    open_reader: OpenReader, screen: Screen
) -> None:
    reader = open_reader(screen)
    reader.open(DIGEST)
    density(reader, "Titles").click()
    for address in ("", "tags/robotics/", DIGEST):
        reader.open(address)
        expect(density(reader, "Titles")).to_be_checked()
        expect(reader.entries.first.locator("summary")).to_be_hidden()
    density(reader, "Full").click()
    reader.page.reload()
    expect(reader.abstract_of(reader.entries.nth(3)).first).to_be_visible()


def test_what_is_kept_and_cannot_be_understood_counts_as_nothing(open_reader: OpenReader) -> None:
    reader = open_reader(PHONE)
    reader.open(DIGEST)
    density(reader, "Full").click()
    reader.page.evaluate(
        """() => {
            for (const store of [localStorage, sessionStorage]) {
                for (const key of Object.keys(store)) {
                    if (!key.endsWith("__palette")) store.setItem(key, "{constructor");
                }
            }
        }"""
    )
    reader.open(DIGEST)
    expect(density(reader, "Two lines")).to_be_checked()


@SCREENS
def test_without_storage_densities_work_for_the_page(
    open_reader: OpenReader, screen: Screen
) -> None:
    reader = open_reader(screen)
    # The theme itself asks for its storage and says so when it may not.
    reader.context.add_init_script(_BLOCKED)
    reader.page.goto(reader.base + DIGEST)
    density(reader, "Full").click()
    expect(reader.abstract_of(reader.entries.nth(3)).first).to_be_visible()
    reader.complaints[:] = [found for found in reader.complaints if "blocked" not in found]


def test_a_browser_that_does_not_tell_the_kind_of_visit_still_unfolds_a_list(
    open_reader: OpenReader,
) -> None:
    reader = open_reader(DESK)
    reader.context.add_init_script("performance.getEntriesByType = () => []")
    reader.open(DIGEST)
    reader.unfold_all.click()
    expect(reader.abstract_of(reader.entries.nth(1)).first).to_be_visible()


@SCREENS
@pytest.mark.parametrize("name", ["Titles", "Full"])
def test_another_density_leaves_the_paper_at_the_top_of_the_window_in_place(
    open_reader: OpenReader, screen: Screen, name: str
) -> None:
    reader = open_reader(screen)
    reader.open(DIGEST)
    paper = reader.entries.nth(20)
    paper.evaluate("entry => entry.scrollIntoView()")
    before = top(paper)
    fold = reader.page.get_by_role("button", name="old all")
    for control in (density(reader, name), *([fold] if name == "Titles" else [])):
        if screen is DESK:
            hit(reader, control)
        else:
            # Above the window on a phone; assistive technology reaches it all the same.
            control.dispatch_event("click")
        assert abs(top(paper) - before) <= 2
    expect(density(reader, name)).to_be_checked()


@SCREENS
@pytest.mark.parametrize("way", ["back", "reload"])
def test_place_unfolded_abstracts_and_filters_are_found_again(
    open_reader: OpenReader, screen: Screen, way: str
) -> None:
    reader = open_reader(screen)
    reader.open(DIGEST + "?not=robotics")
    status = reader.page.get_by_role("status").filter(has_text=" of 61 papers")
    expect(status).to_be_visible()
    seen = reader.entries.filter(visible=True)
    unfolded = seen.nth(19)
    unfolded.locator("summary").click()
    expect(reader.abstract_of(unfolded).first).to_be_visible()
    paper = seen.nth(21)
    paper.evaluate("entry => entry.scrollIntoView()")
    before = top(paper)

    if way == "reload":
        reader.page.reload()
    else:
        reader.title(paper).focus()
        reader.page.keyboard.press("Enter")
        expect(reader.next_paper).to_be_visible()
        reader.page.go_back()
    expect(status).to_be_visible()
    expect(reader.abstract_of(unfolded).first).to_be_visible()
    expect(reader.page.locator("[aria-busy]")).to_have_count(0)
    expect(reader.title(paper)).to_be_in_viewport()
    assert abs(top(paper) - before) <= 4
    expect(reader.page).to_have_url(re.compile(r"\?not=robotics$"))


@SCREENS
@pytest.mark.parametrize("address", [DIGEST, f"{DIGEST}?with=has.code", "saved/"])
def test_the_way_back_leads_to_the_paper_that_had_the_focus(
    open_reader: OpenReader, screen: Screen, address: str
) -> None:
    reader = open_reader(screen)
    if address == "saved/":
        reader.open(DIGEST)
        for at in range(6):
            reader.entries.nth(at).locator("[data-act=save]").click()
    reader.open(address)
    expect(reader.unfold_all).to_be_visible()
    expect(reader.page.locator("[aria-busy]")).to_have_count(0)
    expect(reader.title(reader.entries.nth(5))).to_be_attached()
    for _ in range(5):
        reader.page.keyboard.press("j")
    fifth = reader.title(reader.entries.nth(4))
    expect(fifth).to_be_focused()
    reader.page.keyboard.press("Enter")
    expect(reader.page.locator(".bs-paper")).to_be_visible()
    reader.page.go_back()
    expect(fifth).to_be_focused()
    expect(fifth).to_be_in_viewport()
    reader.page.keyboard.press("j")
    expect(reader.title(reader.entries.nth(5))).to_be_focused()


def test_filters_that_come_late_leave_the_focus_where_it_is(open_reader: OpenReader) -> None:
    reader = open_reader(DESK)
    late: list[Route] = []
    reader.context.route("**/filters.js", lambda route: late.append(route))
    with reader.page.expect_request("**/filters.js"):
        reader.open(f"{DIGEST}?not=robotics")
    busy = reader.page.locator("[aria-busy]")
    expect(busy).to_have_count(1)
    for _ in range(2):
        reader.page.keyboard.press("j")
    expect(reader.title(reader.entries.nth(1))).to_be_focused()
    assert len(late) == 1
    late.pop().continue_()
    expect(busy).to_have_count(0)
    # The filter leaves the first of the list out.
    expect(reader.title(reader.entries.first)).to_be_focused()
    reader.page.keyboard.press("j")
    expect(reader.title(reader.entries.nth(1))).to_be_focused()


def test_a_list_whose_filters_never_come_is_not_busy_for_ever(open_reader: OpenReader) -> None:
    reader = open_reader(DESK)
    broken = {"body": "(", "content_type": "text/javascript"}
    reader.context.route("**/filters.js", lambda route: route.fulfill(**broken))
    reader.open(f"{DIGEST}?with=has.code")
    expect(reader.page.locator("[aria-busy]")).to_have_count(0)


@SCREENS
@pytest.mark.parametrize("kept", ["Two lines", "Titles", "Full"])
def test_a_link_to_a_paper_leads_to_it_in_every_density(
    open_reader: OpenReader, screen: Screen, kept: str
) -> None:
    reader = open_reader(screen)
    reader.open(DIGEST)
    density(reader, kept).click()
    slug = reader.entries.nth(30).get_attribute("id")
    reader.open(f"about/#{slug}")
    reader.open(f"{DIGEST}#{slug}")
    paper = reader.entries.nth(30)
    expect(reader.title(paper)).to_be_in_viewport()
    place = paper.evaluate(
        """entry => [entry.getBoundingClientRect().top, Math.max(0,
            ...[".bs-header", "[data-tools]"]
            .map((part) => document.querySelector(part))
            .filter((part) => getComputedStyle(part).position === "sticky")
            .map((part) => part.getBoundingClientRect().bottom))]"""
    )
    assert place[1] - 1 <= place[0] < 250


@SCREENS
def test_nothing_moves_while_a_digest_loads(open_reader: OpenReader, screen: Screen) -> None:
    reader = open_reader(screen, fresh=True)
    reader.open(DIGEST)
    reader.settle()
    moved = reader.page.evaluate(
        """() => new Promise((done) => {
            new PerformanceObserver((list) => {
                done(list.getEntries().reduce((sum, shift) => sum + shift.value, 0));
            }).observe({ type: "layout-shift", buffered: true });
            requestAnimationFrame(() => requestAnimationFrame(() => done(0)));
        })"""
    )
    assert moved < 0.01
