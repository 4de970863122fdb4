"""The site from a folder, on paper and in one file, and what it says of itself to programs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin

import feedparser
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Route, expect
from readers import DESK, PHONE, SCHEMES, THOROUGH, OpenReader, Scheme, Screen
from sitehost import KINDS, BuiltSite

SCREENS = pytest.mark.parametrize("screen", [PHONE, DESK], ids=lambda screen: screen.name)

_LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": _LEVELS},
    "rules": {"target-size": {"enabled": True}},
}


@dataclass
class Folder:
    """A window on files of this machine; nothing else can be reached from it."""

    page: Page
    requests: list[str] = field(default_factory=list)

    def open(self, file: Path) -> None:
        self.page.goto(file.as_uri())


@pytest.fixture
def folder(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Folder]:
    """Opens files as a double click does. Blocked modules complain there: that is expected."""
    screen, scheme = request.param
    context = browser.new_context(
        viewport={"width": screen.width, "height": screen.height},
        has_touch=screen.touch,
        is_mobile=screen.touch,
        color_scheme=scheme,
    )

    def refuse(route: Route) -> None:
        opened.requests.append(route.request.url)
        route.abort()

    context.route(re.compile("^(?!file:|data:|blob:|about:)"), refuse)
    opened = Folder(context.new_page())
    opened.page.on("request", lambda asked: opened.requests.append(asked.url))
    yield opened
    context.close()


FOLDERS = pytest.mark.parametrize(
    "folder", [(PHONE, "light"), (DESK, "light")], ids=["phone", "desk"], indirect=True
)


def digest_file(site: BuiltSite) -> Path:
    below = (site.folder / "digests").glob("*/*.html")
    (file,) = (path for path in below if path.name != "index.html")
    return file


# From a folder


@FOLDERS
def test_from_a_folder_one_walks_from_home_to_a_paper_and_back(
    folder: Folder, site: BuiltSite
) -> None:
    page = folder.page
    folder.open(site.folder / "index.html")
    expect(page.get_by_role("note")).to_contain_text("python -m http.server")
    chosen = page.locator("article article").first.get_by_role("heading").get_by_role("link")
    title = chosen.inner_text()
    chosen.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page).to_have_url(re.compile(r"^file:.*/papers/[^/]+/index\.html$"))
    expect(page.get_by_role("region", name="Abstract").locator("p").first).to_be_visible()

    page.get_by_role("link", name=re.compile("^Next paper")).click()
    expect(page).to_have_url(re.compile(r"^file:.*/papers/[^/]+/index\.html$"))
    expect(page.get_by_role("heading", level=1)).not_to_have_text(title)

    page.locator(".bs-kicker a").click()
    expect(page).to_have_url(re.compile(r"^file:.*/digests/[^/]+/index\.html#.+$"))
    page.get_by_role("link", name="All digests").click()
    expect(page).to_have_url(re.compile(r"^file:.*/digests/index\.html$"))
    page.get_by_role("link", name=re.compile("^About")).last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("About")
    assert not [url for url in folder.requests if not url.startswith("file:")]


@FOLDERS
def test_from_a_folder_the_dots_of_the_map_lead_to_papers(folder: Folder, site: BuiltSite) -> None:
    page = folder.page
    folder.open(site.folder / "map" / "index.html")
    expect(page.get_by_role("note")).to_contain_text("names on the map")
    page.get_by_role("radio", name="2×").check()
    dot = page.locator(".bs-map__links a").first
    title = dot.get_attribute("title") or ""
    dot.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


@SCREENS
def test_on_a_server_nothing_is_said_of_folders(open_reader: OpenReader, screen: Screen) -> None:
    reader = open_reader(screen)
    reader.open()
    expect(reader.heading).to_be_visible()
    expect(reader.page.locator(".bs-folder")).to_be_hidden()
    href = reader.title(reader.entries.first).get_attribute("href") or ""
    assert href.endswith("/")


# In one file


@SCREENS
def test_a_digest_downloads_as_one_file(
    open_reader: OpenReader, site: BuiltSite, screen: Screen
) -> None:
    reader = open_reader(screen)
    reader.open(site.kinds()["digest"])
    link = reader.page.get_by_role("link", name=re.compile(r"^one HTML file \([\d.]+ [KM]B\)$"))
    with reader.page.expect_download() as waiting:
        reader.follow(link, "mouse")
    download = waiting.value
    assert re.fullmatch(r"broadsheet-2025-03-11\.html", download.suggested_filename)
    assert download.path().read_bytes() == digest_file(site).read_bytes()


@pytest.mark.parametrize(
    "folder",
    [(screen, scheme) for screen in (PHONE, DESK) for scheme in SCHEMES],
    ids=lambda both: f"{both[0].name}-{both[1]}",
    indirect=True,
)
def test_the_file_needs_nothing_else_and_has_no_barrier(
    folder: Folder, site: BuiltSite, tmp_path: Path
) -> None:
    alone = tmp_path / "alone.html"
    alone.write_bytes(digest_file(site).read_bytes())
    page = folder.page
    folder.open(alone)
    titles = page.get_by_role("navigation", name="Contents").get_by_role("link")
    papers = page.get_by_role("article")
    assert titles.count() == papers.count() > 10
    last = titles.last.inner_text()
    titles.last.click()
    expect(page.get_by_role("heading", name=last, exact=True)).to_be_in_viewport()
    wide = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0
    assert folder.requests == [alone.as_uri()], "one file, and no other request"
    if not THOROUGH:  # All papers are of one form: a dozen show it.
        page.evaluate(
            """() => document.querySelectorAll("article:nth-of-type(n + 13)")
                .forEach((article) => article.remove())"""
        )
    # The file forbids scripts; axe comes by a way that a page cannot forbid.
    found = Axe().run(page, options=_OPTIONS)
    assert found.violations_count == 0, found.generate_report()


# On paper


@pytest.mark.parametrize("scheme", SCHEMES)
@SCREENS
def test_a_digest_prints_with_every_abstract_and_no_chrome(
    open_reader: OpenReader, site: BuiltSite, screen: Screen, scheme: Scheme
) -> None:
    reader = open_reader(screen, scheme)
    reader.open(site.kinds()["digest"])
    expect(reader.heading).to_be_visible()
    first = reader.abstract_of(reader.entries.first).first
    expect(reader.entries.locator("details[open]")).to_have_count(0)
    reader.page.emulate_media(media="print", color_scheme=scheme)
    for entry in (reader.entries.first, reader.entries.last):
        paragraph = reader.abstract_of(entry).first
        expect(paragraph).to_be_visible()
        assert paragraph.evaluate("p => p.getBoundingClientRect().height") > 40
    for chrome in (".bs-header", ".bs-side", ".bs-tools", ".bs-turn", ".bs-take", "summary"):
        expect(reader.page.locator(chrome).first).to_be_hidden()
    assert_black_on_white(reader.page, first)


@SCREENS
def test_a_list_of_titles_prints_its_abstracts_too(open_reader: OpenReader, screen: Screen) -> None:
    reader = open_reader(screen)
    reader.open()
    reader.page.get_by_text("Titles", exact=True).click()
    first = reader.entries.first
    expect(first.locator(".bs-teaser")).to_be_hidden()
    reader.page.emulate_media(media="print")
    expect(reader.abstract_of(first).first).to_be_visible()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "404"])
def test_any_page_prints_black_on_white_without_chrome(
    open_reader: OpenReader, site: BuiltSite, kind: str, scheme: Scheme
) -> None:
    reader = open_reader(DESK, scheme)
    reader.open(site.kinds()[kind])
    reader.page.emulate_media(media="print", color_scheme=scheme)
    expect(reader.heading).to_be_visible()
    expect(reader.page.locator(".bs-header")).to_be_hidden()
    assert_black_on_white(reader.page, reader.heading)
    assert reader.page.pdf()[:5] == b"%PDF-"


def test_a_dark_map_is_printed_in_the_colours_of_a_light_one(open_reader: OpenReader) -> None:
    reader = open_reader(DESK, "dark")
    reader.open("map/")
    reader.page.emulate_media(media="print", color_scheme="dark")
    expect(reader.page.locator("g.bs-hue0")).to_have_css("color", "rgb(27, 102, 168)")


def assert_black_on_white(page: Page, text: Locator) -> None:
    assert text.evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"
    ground = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(255, 255, 255)"


@SCREENS
def test_a_papers_links_print_with_their_addresses(
    open_reader: OpenReader, site: BuiltSite, screen: Screen
) -> None:
    reader = open_reader(screen)
    reader.open(paper_with_links(site))
    link = reader.page.locator(".bs-paper .bs-link").first
    href = link.get_attribute("href")
    reader.page.emulate_media(media="print")
    printed = link.evaluate("a => getComputedStyle(a, '::after').content")
    assert printed == f'"{href}"'


def paper_with_links(site: BuiltSite) -> str:
    for address in site.addresses("papers/"):
        if "bs-link " in (site.folder / address / "index.html").read_text(encoding="utf-8"):
            return address
    raise AssertionError("no paper of the seed has a link")


# For programs


@SCREENS
@pytest.mark.parametrize("kind", ["home", "paper", "tag"])
def test_feeds_cost_a_reader_no_request(
    open_reader: OpenReader, site: BuiltSite, screen: Screen, kind: str
) -> None:
    reader = open_reader(screen)
    asked: list[str] = []
    reader.context.on("request", lambda request: asked.append(request.url))
    reader.open(site.kinds()[kind])
    reader.settle()
    assert not [url for url in asked if "feed." in url or url.endswith("sitemap.xml")]


@SCREENS
@pytest.mark.parametrize("kind", KINDS)
def test_every_page_leads_to_feeds_that_can_be_read(
    open_reader: OpenReader, site: BuiltSite, screen: Screen, kind: str
) -> None:
    reader = open_reader(screen)
    reader.open(site.kinds()[kind], missing=kind == "404")
    feeds = reader.page.locator("head link[rel~=alternate]")
    expected = 2 if kind in ("home", "tag", "about", "data", "404") else 1
    expect(feeds).to_have_count(expected)
    for feed in feeds.all():
        url = urljoin(reader.page.url, feed.get_attribute("href") or "")
        answer = reader.page.request.get(url)
        assert answer.status == 200, url
        if feed.get_attribute("type") == "application/atom+xml":
            parsed = feedparser.parse(answer.body())
            assert not parsed.bozo
            assert parsed.entries
        else:
            assert answer.json()["version"] == "https://jsonfeed.org/version/1.1"
    served = site.folder / (site.kinds()[kind] + "index.html" if kind != "404" else "404.html")
    links = re.findall('<link rel="?alternate"? type=', served.read_text(encoding="utf-8"))
    assert len(links) == expected
    if kind == "tag":
        assert "tags/" in urljoin(reader.page.url, feeds.first.get_attribute("href") or "")


@pytest.mark.parametrize("scheme", SCHEMES)
@SCREENS
def test_the_page_about_data_has_no_barrier_and_its_links_lead(
    open_reader: OpenReader, screen: Screen, scheme: Scheme
) -> None:
    reader = open_reader(screen, scheme)
    reader.open("about/")
    reader.page.get_by_role("main").get_by_role("link", name="Data, feeds and citations").click()
    expect(reader.heading).to_have_text("Data, feeds and citations")
    for link in reader.page.locator("main a[href]").all():
        url = urljoin(reader.page.url, link.get_attribute("href") or "")
        assert reader.page.request.get(url).status == 200, url
    assert reader.wide() <= 0
    found = Axe().run(reader.page, options=_OPTIONS)
    assert found.violations_count == 0, found.generate_report()


@SCREENS
@pytest.mark.parametrize("kind", ["home", "tag", "about"])
def test_a_feed_is_one_visible_link_away(
    open_reader: OpenReader, site: BuiltSite, screen: Screen, kind: str
) -> None:
    reader = open_reader(screen)
    reader.open(site.kinds()[kind])
    link = reader.page.get_by_role("main").get_by_role(
        "link", name=re.compile("^feed$", re.IGNORECASE)
    )
    expect(link.first).to_be_visible()
    answer = reader.page.request.get(
        urljoin(reader.page.url, link.first.get_attribute("href") or "")
    )
    assert not feedparser.parse(answer.body()).bozo


@SCREENS
@pytest.mark.parametrize("kind", KINDS)
def test_every_page_shows_well_where_it_is_linked(
    open_reader: OpenReader, site: BuiltSite, screen: Screen, kind: str
) -> None:
    reader = open_reader(screen)
    reader.open(site.kinds()[kind], missing=kind == "404")

    def said(name: str) -> str | None:
        element = reader.page.locator(f"head [property='og:{name}']")
        return element.get_attribute("content") or element.get_attribute("href")

    heading = reader.heading.inner_text()
    assert said("site_name") == "Broadsheet"
    assert said("type") == ("article" if kind == "paper" else "website")
    if kind != "404":
        assert said("title") == heading
        address = site.kinds()[kind]
        assert said("url") == f"http://localhost/broadsheet/{address}"
    about = said("description") or ""
    assert 0 < len(about) <= 160
    plain = reader.page.locator("head meta[name=description]").get_attribute("content")
    assert about == plain
    expect(reader.page.locator("head meta[name^=citation_]")).to_have_count(0)


@SCREENS
@pytest.mark.parametrize(("kind", "type_"), [("paper", "Article"), ("digest", "CollectionPage")])
def test_linked_data_parses_and_speaks_of_this_page(
    open_reader: OpenReader, site: BuiltSite, screen: Screen, kind: str, type_: str
) -> None:
    reader = open_reader(screen)
    reader.open(site.kinds()[kind])
    data = json.loads(reader.page.locator("script[type='application/ld+json']").inner_text())
    assert data["@type"] == type_
    assert data["isPartOf"]["url"] == "http://localhost/broadsheet/"
    if kind == "paper":
        assert data["headline"] == reader.heading.inner_text()
