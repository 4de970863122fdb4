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


def whole(reader: Reader) -> bool:
    return bool(
        reader.page.locator(".bs-map__stage").evaluate(
            "stage => stage.style.getPropertyValue('--k') === '1'"
        )
    )


def assert_accessible(reader: Reader) -> None:
    found = Axe().run(reader.page, options=_AXE)
    assert found.violations_count == 0, found.generate_report()


@SCREENS
def test_the_keyboard_walks_from_dot_to_dot_and_enter_opens(
    open_reader: OpenReader, screen: Screen
) -> None:
    reader = open_reader(screen)
    reader.open("map/")
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


def test_pointing_at_a_dot_names_it_and_a_click_opens_it(open_reader: OpenReader) -> None:
    reader = open_reader(DESK)
    reader.open("map/")
    dot = reader.page.locator(".bs-map__links a").nth(7)
    title = dot.get_attribute("aria-label") or ""
    dot.hover()
    expect(plate(reader)).to_have_css("opacity", "1")
    expect(plate(reader)).to_contain_text(title)
    reader.heading.hover()
    expect(plate(reader)).to_have_css("opacity", "0")
    dot.click()
    expect(reader.heading).to_have_text(title)


def test_on_a_touch_screen_the_first_tap_names_and_the_second_opens(
    open_reader: OpenReader,
) -> None:
    reader = open_reader(PHONE)
    reader.open("map/")
    dot = reader.page.locator(".bs-map__links a").nth(7)
    title = dot.get_attribute("aria-label") or ""
    dot.tap(force=True)
    expect(plate(reader)).to_contain_text(title)
    expect(reader.heading).to_have_text("Map")
    plate(reader).tap()
    expect(reader.heading).to_have_text(title)


@SCREENS
def test_the_map_is_zoomed_by_buttons_and_by_keys(open_reader: OpenReader, screen: Screen) -> None:
    reader = open_reader(screen)
    reader.open("map/")
    dots = reader.page.locator(".bs-map__links")
    expect(dots).to_have_attribute("viewBox", "0 0 1000 1000")
    reader.follow(reader.page.get_by_role("button", name="Zoom in"), "mouse")
    expect(dots).to_have_attribute("viewBox", re.compile(r" 625 625$"))
    reader.follow(reader.page.get_by_role("button", name="Zoom out"), "mouse")
    expect(dots).to_have_attribute("viewBox", "0 0 1000 1000")
    plate(reader).focus()
    reader.page.keyboard.press("+")
    reader.page.keyboard.press("+")
    expect(dots).to_have_attribute("viewBox", re.compile(r" 390\.62\d* 390\.62\d*$"))
    reader.page.keyboard.press("0")
    expect(dots).to_have_attribute("viewBox", "0 0 1000 1000")


def test_the_wheel_zooms_where_it_points_and_lets_the_page_scroll_at_the_end(
    open_reader: OpenReader,
) -> None:
    reader = open_reader(DESK)
    reader.open("map/")
    reader.page.locator(".bs-map__stage").hover()
    reader.page.mouse.wheel(0, -200)
    expect(reader.page.locator(".bs-map__links")).not_to_have_attribute("viewBox", "0 0 1000 1000")
    reader.page.mouse.wheel(0, 400)
    expect(reader.page.locator(".bs-map__links")).to_have_attribute("viewBox", "0 0 1000 1000")
    reader.page.mouse.wheel(0, 300)
    reader.page.wait_for_function("() => scrollY > 0")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_one_subject_steps_forward_with_and_without_scripts(
    open_reader: OpenReader, scripts: bool
) -> None:
    reader = open_reader(DESK, scripts=scripts)
    reader.open("map/")
    reader.page.get_by_role("radio", name="Information retrieval").check()
    own = reader.page.locator(".bs-map__links a[data-hue='1']").first
    other = reader.page.locator(".bs-map__links a[data-hue='0']").first
    expect(own).to_have_css("opacity", "1")
    expect(other).to_have_css("opacity", "0.12")


def test_without_scripts_every_dot_is_a_link_with_a_name(open_reader: OpenReader) -> None:
    reader = open_reader(DESK, scripts=False)
    reader.open("map/")
    dots = reader.page.locator(".bs-map__links a")
    expect(dots).to_have_count(61)
    title = dots.nth(3).locator("title").text_content() or ""
    expect(reader.page.get_by_role("button", name="Zoom in")).to_be_hidden()
    dots.nth(3).click()
    expect(reader.heading).to_have_text(title)


@SCREENS
def test_a_large_map_is_drawn_walked_and_opened(
    open_reader: OpenReader, large: BuiltSite, screen: Screen
) -> None:
    reader = open_reader(screen, base=large.url)
    reader.open("map/")
    canvas = reader.page.locator("canvas.bs-map__dots")
    expect(canvas).to_be_visible()
    assert reader.page.evaluate("() => document.querySelectorAll('*').length") < 1500
    painted = """canvas => {
        const {data} = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        return data.filter((value, at) => at % 4 === 3 && value > 200).length > 500;
    }"""
    reader.page.wait_for_function(painted, arg=canvas.element_handle())
    reader.walk_to(plate(reader))
    reader.page.keyboard.press("ArrowLeft")
    title = plate(reader).locator("b").inner_text()
    assert title
    reader.page.keyboard.press("+")
    assert not whole(reader)
    reader.page.keyboard.press("Enter")
    expect(reader.heading).to_have_text(title)


def test_without_scripts_a_large_map_is_a_picture_and_lists(
    open_reader: OpenReader, large: BuiltSite
) -> None:
    reader = open_reader(PHONE, base=large.url, scripts=False)
    reader.open("map/")
    picture = reader.page.locator("img.bs-map__picture")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.naturalWidth") > 0
    reader.page.get_by_role("list", name="Broad tags").get_by_role("link").first.tap()
    expect(reader.page).to_have_url(re.compile("/tags/."))


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
        expect(reader.page.locator("canvas.bs-map__dots")).to_be_visible()
    assert_accessible(reader)
