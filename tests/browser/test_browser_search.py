"""The search over any page: what it finds as one types, its keys, its filters, its words."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Locator, expect
from readers import DESK, PHONE, SCHEMES, OpenReader, Reader, Scheme, Screen
from sitehost import PROJECT, BuiltSite
from test_browser_accessibility import assert_accessible

from generator.model import Library, LinkKind, Paper
from generator.project import read_library

SCREENS = pytest.mark.parametrize("screen", [PHONE, DESK], ids=lambda screen: screen.name)
PAPER = "hyperattention-long-context-attention-in-near-linear-time"
KEPT = "broadsheet:/broadsheet/:searches"
"""Where a browser keeps what was searched for, on a site below `/broadsheet/`."""

_ANSWERED = """words =>
    new URLSearchParams(document.querySelector(".bs-finder > a").search).get("q") === words"""


@pytest.fixture(scope="module")
def library() -> Library:
    """The same papers as Python knows them."""
    return read_library(PROJECT / "tests" / "data" / "seed", PROJECT / "docs" / "vocabulary.yml")


@pytest.fixture(params=[PHONE, DESK], ids=lambda screen: screen.name)
def reader(request: pytest.FixtureRequest, open_reader: OpenReader) -> Reader:
    """A reader at the newest digest with the search open and empty."""
    opened = open_reader(request.param)
    opened.open()
    opened.search("", "mouse")
    expect(told(opened)).to_have_text(re.compile("papers"))
    return opened


OTHERS = '[1, null, {"a": 1}, [], "<b>bold</b>"]'


def finder(reader: Reader) -> Locator:
    return reader.page.get_by_role("dialog", name="Search")


def told(reader: Reader) -> Locator:
    """What a screen reader hears of the search."""
    return finder(reader).get_by_role("status")


def ask(reader: Reader, words: str) -> None:
    """Ask in the open search and wait for the answer."""
    reader.ask(words)
    # The link to all results is of the words that the results are of.
    reader.page.wait_for_function(_ANSWERED, arg=words)


def selected(reader: Reader) -> Locator:
    return reader.results.and_(reader.page.locator("[aria-selected=true]"))


def papers_shown(reader: Reader) -> set[str]:
    """Slugs of the papers among the results."""
    ways = reader.results.evaluate_all("all => all.map(one => one.href)")
    return {way.rstrip("/").rpartition("/")[2] for way in ways if "/papers/" in way}


def choice(reader: Reader, name: str) -> Locator:
    """A filter of the open search by its name; its number follows the name."""
    words = re.compile(rf"^(not )?{re.escape(name)}[ ,\d]*$", re.IGNORECASE)
    return finder(reader).get_by_role("checkbox", name=words)


def number_at(reader: Reader, name: str) -> int:
    return int(re.sub(r"\D", "", choice(reader, name).locator("..").inner_text()))


def number_of(status: Locator) -> int:
    """How many results a status tells."""
    expect(status).to_have_text(re.compile(r"^[\d,]+ result"))
    return int(re.sub(r"\D", "", status.inner_text().split()[0]))


# What is found


def test_papers_are_found_while_one_types(reader: Reader, library: Library) -> None:
    paper = library.papers[PAPER]
    reader.page.keyboard.type("hyperatt")
    expect(told(reader)).to_have_text("1 result")
    expect(reader.query).to_have_attribute("aria-expanded", "true")
    expect(reader.results).to_have_count(1)
    hit = reader.results.first
    expect(hit).to_contain_text(paper.title)
    expect(hit).to_contain_text("11 March 2025")
    names = "|".join(re.escape(library.tags[tag].name) for tag in paper.tags)
    expect(hit).to_contain_text(re.compile(f"({names}).*({names})"))
    expect(hit.locator("strong mark")).to_have_text("HyperAttention")
    # The sentence follows as soon as the reader pauses.
    sentence = hit.locator("> span").last
    expect(sentence.locator("mark").first).to_have_text("HyperAttention")
    assert sentence.inner_text() in paper.abstract


def test_several_words_rank_and_need_not_all_match(reader: Reader) -> None:
    ask(reader, "near linear attention for wombats")
    assert number_of(told(reader)) > 1
    expect(reader.results.first).to_have_attribute("href", re.compile(PAPER))


def test_a_tag_an_acronym_and_a_page_are_found_and_named_so(reader: Reader) -> None:
    for words, kind, address in (
        ("robotics", "Tag", "/tags/robotics/"),
        ("rlhf", "Acronym", "/glossary/"),
        ("about this site", "Page", "/about/"),
    ):
        ask(reader, words)
        hit = reader.results.filter(
            has=reader.page.locator(f"xpath=self::*[contains(@href,'{address}')]")
        )
        expect(hit.first).to_contain_text(kind)


def in_title(pattern: str) -> Callable[[set[str], Paper], bool]:
    return lambda _, paper: bool(re.search(pattern, paper.title, re.IGNORECASE))


def says(paper: Paper, pattern: str) -> bool:
    return bool(re.search(pattern, f"{paper.title}. {paper.abstract}", re.IGNORECASE))


ATTENTION = in_title(r"\battention")


@pytest.mark.parametrize(
    ("words", "holds"),
    [
        pytest.param(
            '"state space"',
            lambda _, paper: says(paper, r"\bstates?[\s-]+spaces?\b"),
            id="a phrase",
        ),
        pytest.param("title:attention", ATTENTION, id="in the title"),
        pytest.param(
            "title:attention -linear",
            lambda tags, paper: ATTENTION(tags, paper) and not says(paper, r"\blinear"),
            id="without a word",
        ),
        pytest.param(
            'title:attention -"near-linear time"',
            lambda tags, paper: ATTENTION(tags, paper) and not says(paper, r"near[\s-]linear time"),
            id="without a phrase",
        ),
        pytest.param("tag:robotics", lambda tags, _: "robotics" in tags, id="of a broad tag"),
        pytest.param(
            "tag:ranking has:code",
            lambda tags, paper: "ranking" in tags and has_code(paper),
            id="of a tag with code",
        ),
        pytest.param(
            "tag:surveys -has:code",
            lambda tags, paper: "surveys" in tags and not has_code(paper),
            id="without code",
        ),
        pytest.param("title:attention after:2025-03-11", ATTENTION, id="of that day or later"),
        pytest.param("title:attention before:2025-04", ATTENTION, id="before a month"),
        pytest.param("title:attention before:2025-03-11", lambda *_: False, id="not earlier"),
        pytest.param("title:attention after:2026", lambda *_: False, id="not later"),
    ],
)
def test_what_can_be_asked_gives_the_papers_it_should(
    open_reader: OpenReader,
    library: Library,
    words: str,
    holds: Callable[[set[str], Paper], bool],
) -> None:
    expected = {
        slug for slug, paper in library.papers.items() if holds(tags_of(library, paper), paper)
    }
    reader = open_reader()
    reader.open()
    reader.search("", "keyboard")
    ask(reader, words)
    assert papers_shown(reader) == expected
    if not expected:
        expect(told(reader)).to_contain_text("may find something")


def tags_of(library: Library, paper: Paper) -> set[str]:
    own = set(paper.tags)
    return own | {broad for tag in own if (broad := library.tags[tag].broader)}


def has_code(paper: Paper) -> bool:
    return any(link.kind is LinkKind.CODE for link in paper.links)


def test_an_operator_that_is_none_is_a_word(reader: Reader) -> None:
    for words in ("colour:hyperattention", "has:hyperattention", "before:hyperattention"):
        ask(reader, words)
        expect(reader.results.first).to_have_attribute("href", re.compile(PAPER))


def test_a_mistyped_word_finds_and_the_answer_says_what_was_sought(reader: Reader) -> None:
    for wrong in ("trasformer", "transofrmer", "tranzformer"):
        ask(reader, wrong)
        expect(told(reader)).to_contain_text("for “transformer”")
        expect(
            reader.results.locator("mark", has_text=re.compile("^transformer", re.IGNORECASE)).first
        ).to_be_visible()


def test_where_nothing_is_found_it_says_so_and_suggests(reader: Reader) -> None:
    ask(reader, "xyzzyplugh qwrtzp")
    expect(told(reader)).to_contain_text("“xyzzyplugh”, “qwrtzp” stand in no paper")
    expect(told(reader)).to_contain_text("Fewer or other words")
    expect(reader.results).to_have_count(0)
    expect(reader.query).to_have_attribute("aria-expanded", "false")
    finder(reader).get_by_role("link", name="all tags").click()
    expect(reader.heading).to_have_text("Tags")


def test_before_anything_is_asked_it_tells_what_is_searched(
    reader: Reader, library: Library
) -> None:
    scope = re.compile(
        rf"^{len(library.papers)} papers, titles and abstracts, \d+ tags, \d+ acronyms, \d+ pages?$"
    )
    expect(told(reader)).to_have_text(scope)
    ask(reader, "attention")
    reader.ask("")
    expect(told(reader)).to_have_text(scope)
    expect(reader.results).to_have_count(0)
    reader.page.keyboard.press("Enter")
    expect(finder(reader)).to_be_visible()


# Opening and closing


@pytest.mark.parametrize("kind", ["home", "paper", "map", "lost"])
@SCREENS
def test_it_opens_from_any_page_and_gives_the_focus_back(
    open_reader: OpenReader, site: BuiltSite, screen: Screen, kind: str
) -> None:
    reader = open_reader(screen)
    if kind == "lost":
        reader.open("no/such/page/", missing=True)
    else:
        reader.open(site.kinds()[kind])
    reader.page.wait_for_load_state()
    reader.page.keyboard.press("Tab")
    for key in ("/", "Control+k"):
        before = reader.page.evaluate_handle("document.activeElement")
        reader.page.keyboard.press(key)
        expect(reader.query).to_be_focused()
        reader.page.keyboard.press("Escape")
        expect(finder(reader)).to_be_hidden()
        assert before.evaluate("element => element === document.activeElement")
    reader.follow(reader.find, "mouse")
    expect(reader.query).to_be_focused()
    reader.page.keyboard.press("Control+k")
    expect(finder(reader)).to_be_hidden()
    expect(reader.find).to_be_focused()

    reader.follow(reader.find, "mouse")
    ask(reader, "hyperattention")
    reader.follow(reader.results.first, "mouse")
    expect(reader.heading).to_have_text(re.compile("^HyperAttention"))


def test_it_closes_by_its_button_and_by_a_click_beside_it(open_reader: OpenReader) -> None:
    reader = open_reader()
    reader.open()
    reader.search("attention", "mouse")
    finder(reader).get_by_role("button", name="Close").click()
    expect(finder(reader)).to_be_hidden()
    reader.search("", "keyboard")
    reader.page.mouse.click(20, 500)
    expect(finder(reader)).to_be_hidden()


# Keys


def test_arrows_go_through_the_results_and_the_field_keeps_the_focus(reader: Reader) -> None:
    ask(reader, "attention")
    options = reader.results.count()
    assert options == 8
    expect(selected(reader)).to_have_count(0)

    def is_at(option: Locator) -> None:
        expect(selected(reader)).to_have_count(1)
        expect(option).to_have_attribute("aria-selected", "true")
        name = option.get_attribute("id")
        assert name
        expect(reader.query).to_have_attribute("aria-activedescendant", name)
        expect(reader.query).to_be_focused()
        expect(option).to_be_in_viewport()

    for number in range(options):
        reader.page.keyboard.press("ArrowDown")
        is_at(reader.results.nth(number))
    reader.page.keyboard.press("ArrowDown")
    expect(selected(reader)).to_have_count(0)
    expect(reader.query).not_to_have_attribute("aria-activedescendant", re.compile(""))
    reader.page.keyboard.press("ArrowUp")
    is_at(reader.results.last)
    reader.page.keyboard.press("ArrowUp")
    is_at(reader.results.nth(options - 2))
    # New words, new results: none of them is chosen yet.
    ask(reader, "title:attention")
    expect(reader.results).to_have_count(4)
    expect(selected(reader)).to_have_count(0)


def test_enter_opens_the_result_that_arrows_chose(reader: Reader) -> None:
    ask(reader, "title:attention has:code")
    expect(reader.results).to_have_count(1)
    title = reader.results.first.locator("strong").inner_text()
    reader.page.keyboard.press("ArrowDown")
    expect(selected(reader)).to_have_count(1)
    reader.page.keyboard.press("Enter")
    expect(reader.heading).to_have_text(title)
    reader.page.go_back()
    expect(finder(reader)).to_be_hidden()


def test_enter_without_a_choice_leads_to_the_page_of_all_results(reader: Reader) -> None:
    ask(reader, 'attention "state space"')
    number = number_of(told(reader))
    reader.page.keyboard.press("Enter")
    expect(reader.heading).to_have_text("Search")
    parts = urlsplit(reader.page.url)
    assert reader.address == "search/"
    assert parse_qsl(parts.query) == [("q", 'attention "state space"')]
    status = reader.page.get_by_role("region", name="Results").get_by_role("status")
    assert number_of(status) == number


def test_a_slash_in_the_field_is_a_slash(reader: Reader) -> None:
    reader.page.keyboard.type("and/or?")
    expect(reader.query).to_have_value("and/or?")


# Filters


def test_filters_tell_numbers_combine_and_go_along_to_the_page(
    reader: Reader, library: Library
) -> None:
    ask(reader, "title:attention")
    everything = papers_shown(reader)
    coded = {slug for slug in everything if has_code(library.papers[slug])}
    assert 0 < len(coded) < len(everything)
    assert number_at(reader, "code") == len(coded)
    reader.follow(choice(reader, "code"), "mouse")
    expect(reader.results).to_have_count(len(coded))
    expect(choice(reader, "code")).to_be_checked()
    assert papers_shown(reader) == coded

    reader.follow(choice(reader, "code"), "mouse")
    expect(finder(reader).get_by_role("checkbox", name=re.compile("^not code"))).to_be_checked()
    expect(reader.results).not_to_have_count(len(coded))
    assert papers_shown(reader) == everything - coded

    llms = {
        slug for slug in everything - coded if "large-language-models" in library.papers[slug].tags
    }
    assert number_at(reader, "Large language models") == len(llms)
    reader.follow(choice(reader, "Large language models"), "mouse")
    expect(reader.results).to_have_count(len(llms))
    assert papers_shown(reader) == llms

    reader.follow(finder(reader).get_by_role("link", name=re.compile("results")), "mouse")
    expect(reader.entries).to_have_count(len(llms))
    assert sorted(parse_qsl(urlsplit(reader.page.url).query)) == [
        ("not", "has.code"),
        ("q", "title:attention"),
        ("with", "large-language-models"),
    ]


def test_a_filter_goes_off_by_a_third_click_and_works_by_keyboard(open_reader: OpenReader) -> None:
    reader = open_reader()
    reader.open()
    reader.search("", "keyboard")
    ask(reader, "attention")
    everything = number_of(told(reader))
    reader.walk_to(choice(reader, "code"))
    reader.page.keyboard.press("Space")
    expect(told(reader)).not_to_have_text(f"{everything} results")
    reader.page.keyboard.press("Space")
    expect(finder(reader).get_by_role("checkbox", name=re.compile("^not code"))).to_be_checked()
    reader.page.keyboard.press("Space")
    expect(told(reader)).to_have_text(f"{everything} results")
    expect(choice(reader, "code")).not_to_be_checked()
    # Arrows lead from there to the results.
    reader.page.keyboard.press("ArrowDown")
    expect(reader.query).to_be_focused()
    expect(selected(reader)).to_have_count(1)


# What the browser keeps


def test_searches_are_offered_again_last_first_and_each_once(reader: Reader) -> None:
    for words in ("attention", "robotics", "attention"):
        ask(reader, words)
        reader.page.keyboard.press("Enter")
        expect(reader.page.get_by_role("searchbox", name="Search for")).to_have_value(words)
        reader.open()
        reader.search("", "mouse")
    expect(reader.results).to_have_text(["attention", "robotics"])
    reader.page.keyboard.press("ArrowDown")
    reader.page.keyboard.press("ArrowDown")
    expect(selected(reader)).to_have_text("robotics")
    reader.page.keyboard.press("Enter")
    expect(reader.page.get_by_role("searchbox", name="Search for")).to_have_value("robotics")


@pytest.mark.parametrize(
    "script",
    [
        f"localStorage.setItem({KEPT!r}, '[\"cut o')",
        f"localStorage.setItem({KEPT!r}, {OTHERS!r})",
        f"localStorage.setItem({KEPT!r}, 'null')",
        "Storage.prototype.getItem = Storage.prototype.setItem = () => { throw Error('denied') }",
        "Object.defineProperty(window, 'localStorage', { get() { throw Error('denied') } })",
    ],
    ids=["cut off", "other things", "nothing", "refuses", "blocked"],
)
def test_storage_that_is_damaged_or_blocked_does_no_harm(
    open_reader: OpenReader, script: str
) -> None:
    reader = open_reader()
    reader.context.add_init_script(script)
    reader.open()
    reader.search("", "keyboard")
    expect(told(reader)).to_contain_text("titles and abstracts")
    if "bold" in script:
        expect(reader.results).to_have_text(["<b>bold</b>"])
    ask(reader, "hyperattention")
    reader.page.keyboard.press("Enter")
    expect(reader.entries.first).to_contain_text("HyperAttention")
    # The theme's own script minds.
    assert {*reader.complaints} <= {"script: denied"}
    reader.complaints.clear()


def test_saved_and_read_papers_show_as_such(reader: Reader) -> None:
    reader.open(f"papers/{PAPER}/")
    for mark in ("save", "read"):
        button = reader.page.locator(f"[data-act={mark}]").first
        reader.follow(button, "mouse")
        expect(button).to_have_attribute("aria-pressed", "true")
    reader.open()
    reader.search("", "mouse")
    ask(reader, "title:attention")
    marked = reader.results.filter(has_text="HyperAttention")
    expect(marked.get_by_text("Saved", exact=True)).to_be_visible()
    expect(marked.get_by_text("Read", exact=True)).to_be_visible()
    expect(reader.results.get_by_text("Saved", exact=True)).to_have_count(1)


# For everybody


@pytest.mark.parametrize("scheme", SCHEMES)
@SCREENS
def test_it_has_no_barrier_and_fits_the_window(
    open_reader: OpenReader, screen: Screen, scheme: Scheme
) -> None:
    reader = open_reader(screen, scheme)
    reader.open()
    reader.search("", "mouse")
    ask(reader, "long context attention")
    reader.follow(choice(reader, "code"), "mouse")
    expect(choice(reader, "code")).to_be_checked()
    reader.page.keyboard.press("ArrowDown")
    expect(selected(reader).locator("> span").last.locator("mark").first).to_be_visible()
    assert_accessible(reader, "dialog[open]")
    box = finder(reader).bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= screen.width
    assert finder(reader).evaluate("dialog => dialog.scrollWidth - dialog.clientWidth") == 0
    assert reader.wide() == 0
    plain, chosen = (
        option.evaluate("option => getComputedStyle(option).backgroundColor")
        for option in (reader.results.nth(1), selected(reader))
    )
    assert plain != chosen
    if screen.touch:
        targets = finder(reader).locator("button, [role=option], .bs-choice").filter(visible=True)
        heights = targets.evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
        assert min(heights) >= 44

    ask(reader, "xyzzyplugh")
    expect(reader.results).to_have_count(0)
    assert_accessible(reader, "dialog[open]")
