"""The page of results: its address holds all of it; what hostile addresses and files do to it."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import pytest
from lxml import etree
from playwright.sync_api import Browser, Locator, Route, expect
from readers import DESK, PHONE, SCHEMES, OpenReader, Reader, Scheme, Screen
from sitehost import BuiltSite
from test_browser_accessibility import assert_accessible
from test_browser_search import (
    PAPER,
    SCREENS,
    ask,
    finder,
    has_code,
    library,
    number_of,
    tags_of,
    told,
)

from generator.model import Library

__all__ = ["library"]

DATA = "**/search/data/**"


@pytest.fixture(params=[PHONE, DESK], ids=lambda screen: screen.name)
def reader(request: pytest.FixtureRequest, open_reader: OpenReader) -> Reader:
    screen: Screen = request.param
    return open_reader(screen)


def field(reader: Reader) -> Locator:
    return reader.page.get_by_role("searchbox", name="Search for")


def results(reader: Reader) -> Locator:
    return reader.page.get_by_role("region", name="Results")


def status(reader: Reader) -> Locator:
    return results(reader).get_by_role("status").first


def is_told(reader: Reader, words: str | re.Pattern[str]) -> None:
    """Wait until the page tells this, and shows what it tells of."""
    expect(status(reader)).to_have_text(words)
    expect(reader.page.locator("[aria-busy]")).to_have_count(0)


def titles(reader: Reader) -> list[str]:
    return results(reader).locator("article h2").all_inner_texts()


def choice(reader: Reader, name: str) -> Locator:
    """A filter by its name, in the form, which stands open where there is room."""
    toggle = reader.page.get_by_role("button", name="Filter", exact=True)
    if reader.screen is PHONE and toggle.get_attribute("aria-expanded") == "false":
        reader.follow(toggle, "mouse")
    words = re.compile(rf"^(not )?{re.escape(name)}[ ,\d]*$", re.IGNORECASE)
    return reader.page.get_by_role("form", name="Filters").get_by_role("checkbox", name=words)


def query(reader: Reader) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(reader.page.url).query)


def coded_with(library: Library, tag: str, *, code: bool = True) -> list[str]:
    return sorted(
        paper.title
        for paper in library.papers.values()
        if tag in tags_of(library, paper) and has_code(paper) is code
    )


# What the address holds


def test_results_come_as_one_types_and_the_address_keeps_step(
    reader: Reader, library: Library
) -> None:
    reader.open("search/")
    is_told(reader, re.compile(r"^61 papers, titles and abstracts, \d+ tags"))
    reader.page.wait_for_load_state()
    # The way in the header leads to where one is.
    reader.follow(reader.find, "mouse")
    expect(field(reader)).to_be_focused()
    reader.page.keyboard.type("/hyperatt")
    is_told(reader, "1 result")
    assert query(reader) == [("q", "/hyperatt")]
    expect(reader.page).to_have_title("/hyperatt - Search - Broadsheet")
    entry = reader.entries.first
    paper = library.papers[PAPER]
    assert titles(reader) == [paper.title]
    expect(entry.locator("h2 mark")).to_have_text("HyperAttention")
    expect(reader.tags(entry)).to_have_count(len(paper.tags))
    expect(entry.get_by_role("link", name="11 March 2025")).to_be_visible()
    expect(entry.locator("summary mark").first).to_be_visible()
    # All of its abstract is there as in a list.
    reader.follow(entry.locator("summary"), "mouse")
    expect(reader.abstract_of(entry).first).to_be_visible()
    reader.follow(reader.title(entry), "mouse")
    expect(reader.heading).to_have_text(paper.title)
    reader.page.go_back()
    is_told(reader, "1 result")
    expect(field(reader)).to_have_value("/hyperatt")


def test_keys_of_lists_work_on_results(open_reader: OpenReader) -> None:
    reader = open_reader()
    reader.open("search/?q=title:attention")
    is_told(reader, "4 results")
    reader.page.wait_for_load_state()
    reader.page.keyboard.press("/")
    expect(field(reader)).to_be_focused()
    # The tag among the results has no marks and is no step.
    results(reader).get_by_role("heading").first.get_by_role("link").focus()
    reader.page.keyboard.press("j")
    first = reader.page.locator(".bs-entry").first
    expect(reader.title(first)).to_be_focused()
    reader.page.keyboard.press("s")
    expect(first.locator("[data-act=save]")).to_have_attribute("aria-pressed", "true")
    reader.page.reload()
    is_told(reader, "4 results")
    expect(first.locator("[data-act=save]")).to_have_attribute("aria-pressed", "true")


def test_an_address_shows_the_same_again_and_to_somebody_else(
    reader: Reader, open_reader: OpenReader, library: Library
) -> None:
    expected = coded_with(library, "information-retrieval")
    assert 1 < len(expected) <= 10
    reader.open("search/?q=retrieval")
    everything = number_of(status(reader))
    reader.follow(choice(reader, "code"), "mouse")
    expect(status(reader)).not_to_have_text(f"{everything} results")
    reader.follow(choice(reader, "Information retrieval"), "mouse")
    expect(choice(reader, "Information retrieval")).to_be_checked()
    expect(reader.page).to_have_url(re.compile("with=has.code&with=information-retrieval$"))
    assert query(reader)[0] == ("q", "retrieval")
    found = number_of(status(reader))
    expect(results(reader).locator("article")).to_have_count(found)
    shown = titles(reader)
    assert set(shown) <= set(expected)

    reader.page.reload()
    is_told(reader, f"{found} results")
    assert titles(reader) == shown
    expect(choice(reader, "code")).to_be_checked()
    other = open_reader(reader.screen)
    other.page.goto(reader.page.url)
    is_told(other, f"{found} results")
    assert titles(other) == shown
    expect(field(other)).to_have_value("retrieval")


@pytest.mark.parametrize("begun", ["atten", "few-sh", "multi", '"dense ret', "model"])
def test_who_gets_the_address_sees_what_was_seen_while_typing(
    open_reader: OpenReader, begun: str
) -> None:
    reader = open_reader()
    reader.open()
    reader.search(begun, "keyboard")
    many = number_of(told(reader))
    reader.open("search/")
    reader.page.wait_for_load_state()
    field(reader).focus()
    reader.page.keyboard.type(begun)
    is_told(reader, re.compile(rf"^{many} result"))
    seen = titles(reader)
    other = open_reader()
    other.page.goto(reader.page.url)
    is_told(other, re.compile(rf"^{many} result"))
    assert titles(other) == seen


def test_what_the_address_asks_for_in_vain_is_named_and_asks_for_nothing(reader: Reader) -> None:
    reader.open("search/?q=attention")
    is_told(reader, re.compile("result"))
    many = number_of(status(reader))
    reader.open("search/?q=attention&with=no-such-tag&not=is.saved")
    is_told(reader, re.compile(rf"^{many} result"))
    unknown = results(reader).get_by_text("The address asks for more, unknown here")
    expect(unknown).to_contain_text("no-such-tag, is.saved")
    choice(reader, "Code").check()
    expect(unknown).to_be_hidden()


def test_a_tag_that_few_results_have_is_found_by_typing(reader: Reader) -> None:
    reader.open("search/?not=has.code")
    is_told(reader, re.compile("result"))
    expect(choice(reader, "Biology")).to_be_hidden()
    reader.page.get_by_role("searchbox", name="Find a tag").fill("biolog")
    expect(choice(reader, "Biology")).to_be_visible()


def test_filters_tell_numbers_and_go_from_with_to_without(reader: Reader, library: Library) -> None:
    reader.open("search/?with=information-retrieval")
    coded, other = (
        coded_with(library, "information-retrieval", code=is_so) for is_so in (True, False)
    )
    is_told(reader, f"{len(coded) + len(other)} results")
    expect(choice(reader, "code").locator("..")).to_have_text(re.compile(rf"^code\s*{len(coded)}$"))
    reader.follow(choice(reader, "code"), "mouse")
    is_told(reader, f"{len(coded)} results")
    assert sorted(titles(reader)) == coded
    reader.follow(choice(reader, "code"), "mouse")
    is_told(reader, f"{len(other)} results")
    assert set(titles(reader)) <= set(other)
    assert query(reader) == [("not", "has.code"), ("with", "information-retrieval")]
    reader.page.get_by_role("button", name="Clear all").first.click()
    is_told(reader, re.compile("^61 papers"))


def test_lists_and_search_have_the_same_words_for_filters(
    open_reader: OpenReader, library: Library
) -> None:
    words = "?with=has.code&with=information-retrieval&not=legal-nlp"
    reader = open_reader()
    reader.open(f"digests/2025-03-11/{words}")
    expect(
        results_of_list := reader.page.get_by_text(re.compile(r"^\d+ of 61 papers$"))
    ).to_be_visible()
    listed = reader.entries.filter(visible=True).locator("h2, h3").all_inner_texts()
    assert results_of_list.inner_text() == f"{len(listed)} of 61 papers"
    reader.open(f"search/{words}")
    is_told(reader, f"{len(listed)} results")
    assert sorted(titles(reader)) == sorted(listed)


def test_back_takes_words_and_filters_back_step_by_step(reader: Reader) -> None:
    reader.open("search/")
    is_told(reader, re.compile("^61 papers"))
    field(reader).press_sequentially("attention")
    field(reader).press("Enter")
    is_told(reader, re.compile(r"^\d+ results$"))
    everything = number_of(status(reader))
    reader.follow(choice(reader, "code"), "mouse")
    expect(status(reader)).not_to_have_text(f"{everything} results")
    coded = number_of(status(reader))
    field(reader).fill("")
    field(reader).press_sequentially("xyzzyplugh")
    is_told(reader, "0 results")
    # What was typed is one step, sent off or not.
    field(reader).press("Enter")
    reader.page.go_back()
    is_told(reader, f"{coded} results")
    expect(field(reader)).to_have_value("attention")
    expect(choice(reader, "code")).to_be_checked()
    reader.page.go_back()
    is_told(reader, f"{everything} results")
    expect(choice(reader, "code")).not_to_be_checked()
    reader.page.go_forward()
    is_told(reader, f"{coded} results")


def test_results_are_paged_and_pages_have_addresses(reader: Reader, library: Library) -> None:
    papers = sum(has_code(paper) for paper in library.papers.values())
    assert 10 < papers < 20
    reader.open("search/?with=has.code")
    is_told(reader, f"{papers} results")
    expect(reader.entries).to_have_count(10)
    first = titles(reader)
    ways = reader.page.get_by_role("navigation", name="Pages of this list")
    expect(ways).to_contain_text("Page 1 of 2")
    expect(ways.get_by_role("button", name="Previous")).to_be_disabled()
    reader.follow(ways.get_by_role("button", name="Next"), "mouse")
    expect(ways).to_contain_text("Page 2 of 2")
    expect(reader.entries).to_have_count(papers - 10)
    expect(reader.title(reader.entries.first)).to_be_focused()
    assert not set(titles(reader)) & set(first)
    assert query(reader) == [("with", "has.code"), ("page", "2")]
    second = titles(reader)
    reader.page.reload()
    expect(reader.entries).to_have_count(papers - 10)
    assert titles(reader) == second
    reader.page.go_back()
    expect(reader.entries).to_have_count(10)
    assert titles(reader) == first
    reader.open("search/?with=has.code&page=99")
    expect(reader.entries).to_have_count(papers - 10)
    assert titles(reader) == second


def test_searches_are_offered_again_until_they_are_forgotten(reader: Reader) -> None:
    reader.open("search/")
    is_told(reader, re.compile("^61 papers"))
    expect(reader.page.get_by_text("You searched for")).to_have_count(0)
    field(reader).fill("<b>attention</b>")
    field(reader).press("Enter")
    expect(reader.entries.first).to_be_visible()
    reader.open("search/")
    reader.page.get_by_role("link", name="<b>attention</b>").click()
    expect(field(reader)).to_have_value("<b>attention</b>")
    reader.open("search/")
    reader.follow(reader.page.get_by_role("button", name="Forget these"), "mouse")
    expect(reader.page.get_by_text("You searched for")).to_have_count(0)
    reader.page.reload()
    is_told(reader, re.compile("^61 papers"))
    expect(reader.page.get_by_text("You searched for")).to_have_count(0)
    reader.open()
    reader.search("", "mouse")
    expect(told(reader)).to_contain_text("61 papers")
    expect(reader.results).to_have_count(0)


def test_a_typo_and_words_that_nobody_wrote_are_told(reader: Reader) -> None:
    reader.open("search/?q=trasformer")
    is_told(reader, re.compile(r"^\d+ results for “transformer”$"))
    expect(results(reader).locator("h2 mark", has_text="Transformer").first).to_be_visible()
    reader.open("search/?q=xyzzyplugh")
    is_told(reader, "0 results")
    expect(results(reader)).to_contain_text("“xyzzyplugh” stands in no paper. Fewer or other words")
    reader.open("search/?q=attention&with=robotics&with=genomics")
    is_told(reader, "0 results")
    expect(results(reader)).to_contain_text("Fewer filters may find something")
    reader.page.get_by_role("button", name="Clear all").first.click()
    is_told(reader, re.compile(r"^\d\d results$"))
    assert query(reader) == [("q", "attention")]


# What is hostile


@pytest.mark.parametrize(
    "words",
    [
        "<img src=x onerror=alert(1)>",
        '"><script>alert(1)</script>',
        "javascript:alert(1)",
        "__proto__ constructor",
        "'; DROP TABLE papers; -- \\ ${1} {{ 7*7 }}",
        "\u202egnitfihs\u202c \u2066\u0000\ufeff\U0001f600",
        '""" -- - : title: tag: has: before: -"',
        "attention " * 1000,
        "(" * 10_000,
    ],
    ids=["image", "script", "address", "prototype", "quotes", "bidi", "bare", "words", "signs"],
)
def test_hostile_words_are_shown_as_text(open_reader: OpenReader, words: str) -> None:
    reader = open_reader()
    reader.open(f"search/?{urlencode({'q': words})}")
    is_told(reader, re.compile(r"^\d+ results?"))
    expect(field(reader)).to_have_value(words)
    assert results(reader).locator("img, script, iframe").count() == 0


def test_hostile_words_are_text_in_the_search_over_a_page_too(open_reader: OpenReader) -> None:
    reader = open_reader()
    reader.open()
    for words in ("<img src=x onerror=alert(1)>", '"><script>alert(1)</script>', "\u202egnitfihs"):
        reader.search(words, "keyboard")
        expect(told(reader)).to_have_text(re.compile("result|something"))
        reader.page.keyboard.press("Enter")
        expect(field(reader)).to_have_value(words)
        reader.open()
        reader.search("", "keyboard")
        expect(reader.results.first).to_have_text(words)
        assert finder(reader).locator("img, script, iframe").count() == 0
        reader.page.keyboard.press("Escape")


@pytest.mark.parametrize(
    "address",
    [
        "?q=%&with=%E0%A4%A",
        "?q=attention&with=<img src=x onerror=alert(1)>&not=javascript:alert(1)",
        "?q=attention&with=__proto__&not=constructor&with=kind.toString",
        "?q=attention&page=-3",
        "?q=attention&page=99999999999999999999999",
        "?q=attention&page=<b>&page=__proto__&q=second",
        f"?q=attention&not={',' * 5000}",
        "?=&&q&with&page#__proto__",
    ],
    ids=["escapes", "markup", "prototype", "before", "behind", "no number", "long", "bare"],
)
def test_a_hostile_address_breaks_nothing(open_reader: OpenReader, address: str) -> None:
    reader = open_reader()
    reader.open("search/" + quote(address, safe="?=&%#:.,_-"))
    is_told(reader, re.compile(r"^\d+ (results?|papers)"))
    assert results(reader).locator("img, script, iframe").count() == 0
    # The reader goes on from there.
    field(reader).fill("hyperattention")
    is_told(reader, "1 result")


# Files that are missing, broken, or not for search


def fails(status: int) -> Callable[[Route], None]:
    return lambda route: route.fulfill(status=status, body="no")


def is_garbage(route: Route) -> None:
    route.fulfill(body="<h1>Welcome to the hotel’s network</h1>")


def has_lost_words(route: Route) -> None:
    if route.request.url.endswith("/root.bin"):
        route.continue_()
    else:
        route.fulfill(status=404, body="no")


@pytest.mark.parametrize(
    "damage",
    [fails(404), fails(500), is_garbage, has_lost_words],
    ids=["missing", "down", "garbage", "half"],
)
def test_without_its_index_the_search_says_so_and_recovers(
    open_reader: OpenReader, damage: Callable[[Route], None]
) -> None:
    reader = open_reader()
    reader.context.route(DATA, damage)
    reader.open()
    reader.search("attention", "keyboard")
    expect(told(reader)).to_contain_text("search index could not be read")
    expect(reader.results).to_have_count(0)
    reader.context.unroute(DATA, damage)
    ask(reader, "hyperattention")
    expect(reader.results).to_have_count(1)

    reader.context.route(DATA, damage)
    reader.open("search/?q=hyperattention")
    expect(status(reader)).to_contain_text("search index could not be read")
    expect(results(reader)).not_to_have_attribute("aria-busy", re.compile(""))
    reader.context.unroute(DATA, damage)
    reader.page.get_by_role("button", name="Try again").click()
    is_told(reader, "1 result")


def test_of_a_failed_search_nothing_else_is_left(reader: Reader) -> None:
    reader.open("search/?q=hyperattention")
    is_told(reader, "1 result")
    reader.context.route(DATA, fails(500))
    field(reader).fill("genome unicorn")
    expect(status(reader)).to_contain_text("search index could not be read")
    expect(results(reader).locator("article")).to_have_count(0)


def test_a_slow_search_says_so_and_old_answers_are_not_chosen_by_new_words(
    open_reader: OpenReader,
) -> None:
    reader = open_reader()
    held: list[Route] = []
    reader.context.route(DATA, lambda route: held.append(route))
    reader.open()
    reader.search("hyperattention", "keyboard")
    expect(told(reader)).to_have_text("Searching…")
    box = reader.page.locator("#bs-hits")
    expect(box).to_have_attribute("aria-busy", "true")
    reader.context.route(DATA, lambda route: route.continue_())
    for route in held:
        route.continue_()
    expect(told(reader)).to_have_text("1 result")
    expect(box).not_to_have_attribute("aria-busy", re.compile(""))
    reader.page.keyboard.press("ArrowDown")
    expect(reader.query).to_have_attribute("aria-activedescendant", "bs-hit-0")
    reader.page.keyboard.type("s")
    expect(reader.query).not_to_have_attribute("aria-activedescendant", re.compile(""))


def test_what_lies_behind_an_open_search_stays_where_it_is(open_reader: OpenReader) -> None:
    reader = open_reader()
    reader.open()
    reader.search("attention", "keyboard")
    expect(reader.results.first).to_be_visible()
    reader.page.keyboard.press("PageDown")
    expect(reader.results.nth(3)).to_have_attribute("aria-selected", "true")
    reader.page.mouse.move(20, 800)
    reader.page.mouse.wheel(0, 400)
    reader.page.evaluate("() => new Promise(requestAnimationFrame)")
    assert reader.page.evaluate("() => scrollY") == 0


def test_nothing_of_it_is_fetched_before_the_first_search(
    open_reader: OpenReader, site: BuiltSite
) -> None:
    reader = open_reader(fresh=True)
    asked: list[str] = []
    reader.context.on("request", lambda request: asked.append(request.url))
    for kind in ("home", "digest", "paper", "tag"):
        reader.open(site.kinds()[kind])
        reader.settle()
    assert not [
        url
        for url in asked
        if re.search(r"/(search|finder|asking)(\.\w+)*\.(js|css)|search/|lunr|index\.json", url)
    ]
    before = len(asked)
    reader.search("attention", "keyboard")
    expect(reader.results.first).to_be_visible()
    fetched = [url.removeprefix(reader.base) for url in asked[before:]]
    # Which digests there are is asked once a visit, whenever there is time.
    fetched = [name for name in fetched if name != "digests.json"]
    data = [url for url in fetched if not url.startswith("assets/")]
    assert "assets/javascripts/search.js" in fetched
    assert data[0] == "search/data/root.bin"
    assert all(re.match(r"search/data/|papers/[^/]+/papers\.csl\.json$", url) for url in data)
    assert len(fetched) - len(data) <= 6


def test_the_site_has_nothing_of_the_theme_s_search(site: BuiltSite) -> None:
    files = [file.relative_to(site.folder).as_posix() for file in site.folder.rglob("*")]
    assert not [name for name in files if re.search(r"lunr|workers/search|search_index", name)]
    page = (site.folder / "index.html").read_text("utf-8")
    assert 'data-md-component="search' not in page


# Other ways to it


def test_without_scripts_the_way_leads_to_words_that_say_so(open_reader: OpenReader) -> None:
    reader = open_reader(scripts=False)
    reader.open(f"papers/{PAPER}/")
    reader.find.click()
    expect(reader.heading).to_have_text("Search")
    note = reader.page.get_by_text("does nothing with scripts switched off")
    expect(note).to_be_visible()
    note.get_by_role("link", name="all tags").click()
    expect(reader.heading).to_have_text("Tags")
    assert reader.address == "tags/"


def test_with_scripts_nobody_is_told_of_scripts(open_reader: OpenReader) -> None:
    reader = open_reader()
    reader.open("search/")
    expect(reader.page.get_by_text("scripts switched off")).to_be_hidden()


def test_from_a_folder_the_way_leads_to_words_that_say_what_it_needs(
    browser: Browser, site: BuiltSite
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto((site.folder / "index.html").as_uri())
    page.get_by_role("banner").get_by_role("link", name="Search").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Search")
    expect(page.get_by_role("note")).to_contain_text("search, filters, marks")
    assert page.url.endswith("/search/index.html")
    context.close()


def test_a_browser_can_add_it_to_its_search_engines(
    open_reader: OpenReader, site: BuiltSite
) -> None:
    reader = open_reader()
    reader.open(f"papers/{PAPER}/")
    link = reader.page.locator("head link[rel=search]")
    expect(link).to_have_count(1)
    expect(link).to_have_attribute("type", "application/opensearchdescription+xml")
    href = link.evaluate("link => link.href")
    assert href == f"{site.url}opensearch.xml"
    found = etree.fromstring((site.folder / "opensearch.xml").read_bytes())
    space = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
    assert found.findtext("o:ShortName", namespaces=space) == "Broadsheet"
    template = found.findall("o:Url[@type='text/html']", space)[0].attrib["template"]
    assert template == "http://localhost/broadsheet/search/?q={searchTerms}"
    # As a browser fills it in, here at the address of the test's own server.
    words = quote("“hyperattention” & café+")
    reader.page.goto(
        template.replace("http://localhost/broadsheet/", site.url).format(searchTerms=words)
    )
    expect(field(reader)).to_have_value("“hyperattention” & café+")
    expect(reader.entries.first).to_contain_text("HyperAttention")


# For everybody


@pytest.mark.parametrize("scheme", SCHEMES)
@SCREENS
def test_the_page_has_no_barrier_and_fits(
    open_reader: OpenReader, screen: Screen, scheme: Scheme
) -> None:
    reader = open_reader(screen, scheme)
    reader.open("search/?q=attention+-linear&with=language-models&not=has.code")
    is_told(reader, re.compile(r"^\d+ results?$"))
    expect(results(reader).locator("summary mark").first).to_be_visible()
    assert reader.wide() == 0
    assert_accessible(reader)
    choice(reader, "code")
    assert reader.wide() == 0
    assert_accessible(reader)
    field(reader).fill("xyzzyplugh")
    field(reader).press("Enter")
    is_told(reader, "0 results")
    assert_accessible(reader)
    reader.open("search/")
    reader.page.get_by_text("What can be asked").click()
    expect(reader.page.get_by_role("button", name="Forget these")).to_be_visible()
    assert reader.wide() == 0
    assert_accessible(reader)
