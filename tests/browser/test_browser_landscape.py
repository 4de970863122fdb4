"""The map, the trends and related papers, with real pointers and keys, at 390 and 1280 pixels."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, expect
from readers import DESK, PHONE, SCHEMES, OpenReader, Reader, Scheme, Screen
from sitehost import BuiltSite, build, copy_project, serve

SCREENS = pytest.mark.parametrize("screen", [PHONE, DESK], ids=lambda screen: screen.name)
_AXE = {
    "resultTypes": ["violations"],
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    },
    "rules": {"target-size": {"enabled": True}},
}
SUBJECTS = (
    ("Speech recognition", "speech recognition of a noisy voice with an acoustic model"),
    ("Robot grasping", "a robot arm learns grasping and manipulation of objects"),
    ("Image segmentation", "image segmentation with vision transformers"),
    ("Recommendation", "collaborative filtering for a recommender system"),
)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    """A site of 320 papers in eight digests; speech rises from one to eight in ten."""
    digests = {}
    for week in range(8):
        papers = []
        for at in range(40):
            turn = 0 if at < 4 * (week + 1) else 1 + at % 3
            name, words = SUBJECTS[turn]
            papers.append(
                f"# {name}, part {week}.{at}\n\nWe do {words}, case {at} of week {week}.\n"
            )
        digests[f"2025-0{week + 1}-06.txt"] = "\n".join(papers)
    project = copy_project(tmp_path_factory.mktemp("project") / "large", digests)
    folder = tmp_path_factory.mktemp("large")
    with serve(folder, build(project, folder, strict=False)) as served:
        yield served


def plate(reader: Reader) -> Locator:
    return reader.page.locator("a.bs-map__name")


def open_map(reader: Reader) -> None:
    reader.open("map/")
    expect(plate(reader)).to_be_visible()


def times(reader: Reader) -> float:
    """How many times as large as what is seen of it the map is."""
    large = reader.page.locator(".bs-map__stage").evaluate(
        "stage => stage.firstElementChild.clientWidth / stage.clientWidth"
    )
    return round(float(large), 1)


def place(reader: Reader, title: str) -> tuple[float, float]:
    """Where a paper's dot stands in the window, by the data that the map is drawn from."""
    x, y = reader.page.evaluate(
        """async (title) => {
            const { papers } = await (await fetch("map.json")).json();
            const [x, y] = papers.find((paper) => paper[5] === title);
            const sheet = document.querySelector(".bs-map__dots").getBoundingClientRect();
            const scale = sheet.width / 1000;
            return [sheet.left + x * scale, sheet.top + y * scale];
        }""",
        title,
    )
    return float(x), float(y)


def some_title(reader: Reader) -> str:
    """The title of a paper whose dot is then on the screen."""
    reader.page.locator(".bs-map__stage").scroll_into_view_if_needed()
    title = reader.page.evaluate(
        "async () => (await (await fetch('map.json')).json()).papers[7][5]"
    )
    return str(title)


def assert_accessible(reader: Reader) -> None:
    found = Axe().run(reader.page, options=_AXE)
    assert found.violations_count == 0, found.generate_report()


@SCREENS
def test_the_keyboard_walks_from_dot_to_dot_and_enter_opens(
    open_reader: OpenReader, screen: Screen
) -> None:
    reader = open_reader(screen)
    open_map(reader)
    reader.walk_to(plate(reader))
    first = plate(reader).locator("b").inner_text()
    seen = {first}
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        reader.page.keyboard.press(key)
        seen.add(plate(reader).locator("b").inner_text())
    assert len(seen) > 2
    expect(plate(reader)).to_have_css("opacity", "1")
    title = plate(reader).locator("b").inner_text()
    reader.page.keyboard.press("Enter")
    expect(reader.heading).to_have_text(title)
    assert reader.address.startswith("papers/")


def test_the_ring_stays_about_the_dot_where_a_step_scrolls_the_map(open_reader: OpenReader) -> None:
    reader = open_reader(DESK)
    open_map(reader)
    reader.walk_to(plate(reader))
    for key in ("ArrowRight", "ArrowRight", "ArrowRight", "+", "+", "ArrowDown"):
        reader.page.keyboard.press(key)
    ring = plate(reader).evaluate(
        """plate => {
            const { left } = getComputedStyle(plate, "::before");
            return plate.getBoundingClientRect().left + parseFloat(left);
        }"""
    )
    title = plate(reader).locator("b").inner_text()
    assert ring == pytest.approx(place(reader, title)[0], abs=3)


def test_pointing_at_a_dot_names_it_and_a_click_opens_it(open_reader: OpenReader) -> None:
    reader = open_reader(DESK)
    open_map(reader)
    title = some_title(reader)
    reader.page.mouse.move(*place(reader, title))
    expect(plate(reader)).to_have_css("opacity", "1")
    expect(plate(reader)).to_contain_text(title)
    expect(plate(reader)).to_contain_text(" · 11 March 2025")
    reader.heading.hover()
    expect(plate(reader)).to_have_css("opacity", "0")
    reader.page.mouse.click(*place(reader, title))
    expect(reader.heading).to_have_text(title)


def test_on_a_touch_screen_the_first_tap_names_and_the_second_opens(
    open_reader: OpenReader,
) -> None:
    reader = open_reader(PHONE)
    open_map(reader)
    title = some_title(reader)
    reader.page.touchscreen.tap(*place(reader, title))
    expect(plate(reader)).to_contain_text(title)
    expect(reader.heading).to_have_text("Map")
    reader.page.touchscreen.tap(*place(reader, title))
    expect(reader.heading).to_have_text(title)


@SCREENS
def test_the_map_is_zoomed_by_choice_and_by_keys(open_reader: OpenReader, screen: Screen) -> None:
    reader = open_reader(screen)
    open_map(reader)
    assert times(reader) == 1
    level = reader.page.get_by_role("radio", name="4×")
    level.check()
    assert times(reader) == 4
    title = plate(reader).locator("b")
    plate(reader).focus()
    before = place(reader, title.inner_text())
    reader.page.keyboard.press("-")
    assert times(reader) == 2
    reader.page.keyboard.press("+")
    assert times(reader) == 4
    expect(level).to_be_checked()
    assert place(reader, title.inner_text()) == pytest.approx(before, abs=3)
    reader.page.keyboard.press("0")
    assert times(reader) == 1


def test_an_enlarged_map_is_moved_by_the_wheel_and_by_dragging(open_reader: OpenReader) -> None:
    reader = open_reader(DESK)
    open_map(reader)
    stage = reader.page.locator(".bs-map__stage")
    reader.page.get_by_role("radio", name="8×").check()
    box = stage.bounding_box()
    assert box
    left, top = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    reader.page.mouse.move(left, top)
    at = "stage => [stage.scrollLeft, stage.scrollTop]"
    x, y = stage.evaluate(at)
    reader.page.mouse.wheel(120, 240)
    # A function: the policy of pages lets no text be run as an expression.
    reader.page.wait_for_function(
        "y => document.querySelector('.bs-map__stage').scrollTop > y", arg=y
    )
    x, y = stage.evaluate(at)
    reader.page.mouse.down()
    reader.page.mouse.move(left - 60, top - 90, steps=5)
    reader.page.mouse.up()
    assert stage.evaluate(at) == [x + 60, y + 90]
    expect(reader.heading).to_have_text("Map")


def test_the_wheel_with_ctrl_zooms_where_it_points_and_alone_it_scrolls_the_page(
    open_reader: OpenReader,
) -> None:
    reader = open_reader(DESK)
    open_map(reader)
    title = some_title(reader)
    before = place(reader, title)
    reader.page.mouse.move(*before)
    reader.page.keyboard.down("Control")
    reader.page.mouse.wheel(0, -200)
    reader.page.wait_for_function(
        "() => document.querySelector('.bs-map__stage').scrollWidth > innerWidth"
    )
    assert times(reader) == 2.7
    assert place(reader, title) == pytest.approx(before, abs=3)
    reader.page.mouse.wheel(0, 400)
    expect(reader.page.get_by_role("radio", name="1×", exact=True)).to_be_checked()
    reader.page.keyboard.up("Control")
    reader.page.evaluate("() => scrollTo(0, 0)")
    reader.page.mouse.wheel(0, 300)
    reader.page.wait_for_function("() => scrollY > 0")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_one_subject_steps_forward_with_and_without_scripts(
    open_reader: OpenReader, scripts: bool
) -> None:
    reader = open_reader(DESK, scripts=scripts)
    reader.open("map/")
    reader.page.get_by_role("radio", name="Information retrieval").check()
    expect(reader.page.locator("g.bs-hue1")).to_have_css("stroke-opacity", "1")
    expect(reader.page.locator("g.bs-hue0")).to_have_css("stroke-opacity", "0.12")


def test_the_subject_that_is_shown_is_the_one_that_is_named(open_reader: OpenReader) -> None:
    reader = open_reader(DESK)
    open_map(reader)
    reader.page.get_by_role("radio", name="Information retrieval").check()
    plate(reader).focus()
    for key in ("ArrowUp", "ArrowLeft", "ArrowRight"):
        expect(plate(reader)).to_contain_text("Information retrieval · ")
        reader.page.keyboard.press(key)


def test_without_scripts_every_dot_is_a_link_with_a_name(open_reader: OpenReader) -> None:
    reader = open_reader(DESK, scripts=False)
    reader.open("map/")
    dots = reader.page.locator(".bs-map__links a")
    expect(dots).to_have_count(61)
    title = dots.nth(3).get_attribute("title") or ""
    expect(plate(reader)).to_be_hidden()
    reader.walk_to(dots.nth(3))
    dots.nth(3).click()
    expect(reader.heading).to_have_text(title)


@SCREENS
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_large_map_is_drawn_and_zoomed_with_and_without_scripts(
    open_reader: OpenReader, large: BuiltSite, screen: Screen, scripts: bool
) -> None:
    reader = open_reader(screen, base=large.url, scripts=scripts)
    reader.open("map/")
    dots = reader.page.locator(".bs-map__dots path")
    assert 4 <= dots.count() < 350
    reader.page.get_by_role("radio", name="8×").check()
    expect(reader.page.locator(".bs-map__sheet")).to_have_css("--k", "8")
    assert reader.wide() == 0
    reader.page.get_by_role("list", name="Broad tags").get_by_role("link").first.click()
    expect(reader.page).to_have_url(re.compile("/tags/."))


@SCREENS
def test_a_large_map_is_walked_and_opened(
    open_reader: OpenReader, large: BuiltSite, screen: Screen
) -> None:
    reader = open_reader(screen, base=large.url)
    open_map(reader)
    reader.walk_to(plate(reader))
    reader.page.keyboard.press("+")
    reader.page.keyboard.press("+")
    assert times(reader) == 4
    for _ in range(12):
        reader.page.keyboard.press("ArrowLeft")
        expect(plate(reader)).to_be_in_viewport(ratio=0.99)
    title = plate(reader).locator("b").inner_text()
    reader.page.keyboard.press("Enter")
    expect(reader.heading).to_have_text(title)


@SCREENS
def test_one_digest_shows_shares_with_a_table_beside_them(
    open_reader: OpenReader, screen: Screen
) -> None:
    reader = open_reader(screen)
    reader.open("trends/")
    expect(reader.page.get_by_text("named from 6 digests on")).to_be_visible()
    chart = reader.page.get_by_role("list", name="Broad subjects, as a chart")
    table = reader.page.get_by_role("region", name="Broad subjects, as a table")
    bar = chart.get_by_role("listitem").first
    name = bar.get_by_role("link").inner_text()
    share = bar.locator("span").inner_text()
    if screen is PHONE:  # There it would stand below and say the same again.
        expect(table).to_be_hidden()
        reader.page.locator("summary").filter(has_text="As a table").first.click()
    expect(table).to_be_visible()
    # Every row is whole, and none is hidden in a box that scrolls down.
    assert table.evaluate("box => box.scrollHeight <= box.clientHeight")
    row = table.get_by_role("row").filter(has=reader.page.get_by_role("rowheader", name=name))
    expect(row.first).to_contain_text(share)
    assert reader.wide() == 0
    if screen is DESK:
        one, other = chart.bounding_box(), table.bounding_box()
        assert one
        assert other
        assert one["x"] + one["width"] <= other["x"]


@SCREENS
def test_several_digests_show_lines_and_name_what_rises(
    open_reader: OpenReader, large: BuiltSite, screen: Screen
) -> None:
    reader = open_reader(screen, base=large.url)
    reader.open("trends/")
    moves = reader.page.get_by_role("region", name="What rises and falls")
    expect(moves.get_by_role("link", name="Speech and audio")).to_be_visible()
    chart = reader.page.get_by_role("list", name="Broad subjects, as a chart")
    expect(chart.locator("polyline").first).to_be_visible()
    assert reader.wide() == 0


@SCREENS
def test_a_paper_names_related_ones_with_the_reason(
    open_reader: OpenReader, site: BuiltSite, screen: Screen
) -> None:
    reader = open_reader(screen)
    address = next(
        address for address in site.addresses("papers/") if "speculative-decoding" in address
    )
    reader.open(address)
    related = reader.page.get_by_role("region", name="Related papers")
    first = related.get_by_role("listitem").first
    expect(first).to_contain_text("Same digest")
    expect(first).to_contain_text(re.compile("both on.*speculative decoding", re.IGNORECASE))
    link = first.get_by_role("link")
    title = link.inner_text()
    reader.follow(link, "mouse")
    expect(reader.heading).to_have_text(title)


@SCREENS
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("address", ["map/", "trends/"])
def test_the_pages_have_no_barrier(
    open_reader: OpenReader, screen: Screen, scheme: Scheme, address: str
) -> None:
    reader = open_reader(screen, scheme)
    reader.open(address)
    if address == "map/":
        expect(plate(reader)).to_be_visible()
        plate(reader).focus()
        expect(plate(reader)).to_have_css("opacity", "1")
    assert_accessible(reader)
    assert reader.wide() == 0


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("address", ["map/", "trends/"])
def test_the_large_pages_have_no_barrier(
    open_reader: OpenReader, large: BuiltSite, scheme: Scheme, address: str
) -> None:
    reader = open_reader(PHONE, scheme, base=large.url)
    reader.open(address)
    if address == "map/":
        expect(plate(reader)).to_be_visible()
        plate(reader).focus()
        reader.page.keyboard.press("+")
        expect(plate(reader)).to_have_css("opacity", "1")
    assert_accessible(reader)
