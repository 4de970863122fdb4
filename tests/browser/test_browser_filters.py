"""Filters of a list: what they leave, what they count, and that an address holds them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, expect
from readers import DESK, PHONE, SCHEMES, OpenReader, Reader, Scheme, Screen
from sitehost import PROJECT, BuiltSite, build, copy_project, serve
from test_browser_accessibility import assert_accessible

from generator.model import Library, LinkKind, Paper
from generator.project import read_library

DIGEST = "digests/2025-03-11/"
BROAD, NARROW = "language-models", "large-language-models"
SCREENS = pytest.mark.parametrize("screen", [PHONE, DESK], ids=lambda screen: screen.name)


@pytest.fixture(scope="module")
def library() -> Library:
    """The same papers as Python knows them."""
    return read_library(PROJECT / "tests" / "data" / "seed", PROJECT / "docs" / "vocabulary.yml")


def having(library: Library, holds: Callable[[set[str], Paper], bool]) -> list[str]:
    """Titles of the papers for which something holds, given their tags and the broad ones."""
    papers = [library.papers[slug] for slug in library.issues[0].papers]
    return [paper.title for paper in papers if holds(tags_of(library, paper), paper)]


def tags_of(library: Library, paper: Paper) -> set[str]:
    own = set(paper.tags)
    return own | {broad for tag in own if (broad := library.tags[tag].broader)}


def has_code(paper: Paper) -> bool:
    return any(link.kind is LinkKind.CODE for link in paper.links)


def panel(reader: Reader) -> Locator:
    """The panel of filters, opened if it is not."""
    toggle = reader.page.get_by_role("button", name="Filter", exact=True)
    opened = reader.page.get_by_role("group", name="Filters", exact=True)
    if toggle.get_attribute("aria-expanded") != "true":
        reader.follow(toggle, "mouse")
    expect(opened).to_be_visible()
    return opened


def choice(reader: Reader, name: str) -> Locator:
    """A choice in the open panel by its name; its number follows the name."""
    return panel(reader).get_by_role("button", name=re.compile(rf"^{re.escape(name)}[ ,\d]*\b"))


def titles(reader: Reader) -> list[str]:
    """Titles of the papers that can be seen."""
    expect(reader.page.locator("[aria-busy]")).to_have_count(0)
    return reader.entries.filter(visible=True).locator("h2, h3").all_inner_texts()


def found(reader: Reader) -> Locator:
    return reader.page.get_by_role("status").filter(has_text=re.compile("papers$"))


def is_now(reader: Reader, expected: list[str], total: int = 61) -> None:
    expect(found(reader)).to_have_text(f"{len(expected)} of {total} papers")
    assert titles(reader) == expected


@SCREENS
def test_tags_are_asked_for_and_left_out(
    open_reader: OpenReader, library: Library, screen: Screen
) -> None:
    reader = open_reader(screen)
    reader.open(DIGEST)
    llm = choice(reader, "Large language models")
    llm.click()
    is_now(reader, having(library, lambda tags, _: NARROW in tags))
    choice(reader, "Information retrieval").click()
    both = having(library, lambda tags, _: {NARROW, "information-retrieval"} <= tags)
    assert both
    is_now(reader, both)
    choice(reader, "Information retrieval").click()
    is_now(
        reader,
        having(library, lambda tags, _: NARROW in tags and "information-retrieval" not in tags),
    )
    expect(reader.page).to_have_url(re.compile(rf"\?tag={NARROW}&not=information-retrieval$"))
    choice(reader, "Information retrieval").click()
    llm.click()
    is_now(reader, having(library, lambda tags, _: NARROW not in tags))
    llm.click()
    expect(found(reader)).to_have_text("61 papers")
    assert urlsplit(reader.page.url).query == ""


@SCREENS
def test_a_broad_tag_holds_the_papers_of_narrower_ones(
    open_reader: OpenReader, library: Library, screen: Screen
) -> None:
    reader = open_reader(screen)
    reader.open(f"{DIGEST}?tag={BROAD}")
    broad = having(library, lambda tags, _: BROAD in tags)
    own = having(library, lambda _, paper: BROAD in paper.tags)
    assert len(broad) > len(own)
    is_now(reader, broad)


@SCREENS
def test_every_choice_tells_how_many_papers_of_the_result_have_it(
    open_reader: OpenReader, library: Library, screen: Screen
) -> None:
    reader = open_reader(screen)
    reader.open(f"{DIGEST}?tag={BROAD}&not=transformers")

    def holds(tags: set[str]) -> bool:
        return BROAD in tags and "transformers" not in tags

    left = having(library, lambda tags, _: holds(tags))
    is_now(reader, left)
    code = having(library, lambda tags, paper: holds(tags) and has_code(paper))
    expect(choice(reader, "code")).to_have_text(re.compile(rf"^code\s*{len(code)}$", re.IGNORECASE))
    expect(choice(reader, "unread")).to_have_text(
        re.compile(rf"^unread\s*{len(left)}$", re.IGNORECASE)
    )
    expect(choice(reader, "saved")).to_have_text(re.compile(r"^saved\s*0$", re.IGNORECASE))
    shown = panel(reader).get_by_role("group", name="Tags").get_by_role("button")
    names = {tag.name: slug for slug, tag in library.tags.items()}
    for words in shown.filter(visible=True).all_inner_texts():
        told = re.fullmatch(r"(.+?)(?:, [\w ]+)?\s*(\d*)", words.strip(), re.DOTALL)
        assert told is not None, words
        number = sum(
            holds(tags) and names[told[1].strip()] in tags
            for tags in (tags_of(library, paper) for paper in library.papers.values())
        )
        assert int(told[2] or 0) == number, words


@SCREENS
def test_links_and_marks_combine_with_tags(
    open_reader: OpenReader, library: Library, screen: Screen
) -> None:
    reader = open_reader(screen)
    reader.open(DIGEST)
    first, second = (reader.entries.nth(number) for number in (0, 1))
    first.locator("[data-act=save]").click()
    second.locator("[data-act=save]").click()
    second.locator("[data-act=read]").click()
    one, two = reader.title(first).inner_text(), reader.title(second).inner_text()
    choice(reader, "saved").click()
    is_now(reader, [one, two])
    choice(reader, "unread").click()
    is_now(reader, [one])
    expect(choice(reader, "unread")).to_have_attribute("aria-pressed", "true")
    choice(reader, "saved").click()
    choice(reader, "code").click()
    is_now(reader, having(library, lambda _, p: has_code(p) and p.title not in (one, two)))
    reader.page.reload()
    is_now(reader, having(library, lambda _, p: has_code(p) and p.title not in (one, two)))


@SCREENS
def test_an_address_holds_the_view_for_somebody_else(
    open_reader: OpenReader, library: Library, screen: Screen
) -> None:
    reader = open_reader(screen)
    reader.open(f"{DIGEST}?from=mail")
    choice(reader, "Large language models").click()
    choice(reader, "code").click()
    expected = having(library, lambda tags, paper: NARROW in tags and has_code(paper))
    is_now(reader, expected)
    other = open_reader(screen)
    other.page.goto(reader.page.url)
    is_now(other, expected)
    assert urlsplit(other.page.url).query == f"from=mail&tag={NARROW}&has=code"


@SCREENS
def test_back_takes_filters_back_one_by_one(
    open_reader: OpenReader, library: Library, screen: Screen
) -> None:
    reader = open_reader(screen)
    reader.open(DIGEST)
    choice(reader, "Large language models").click()
    choice(reader, "code").click()
    is_now(reader, having(library, lambda tags, paper: NARROW in tags and has_code(paper)))
    reader.page.go_back()
    is_now(reader, having(library, lambda tags, _: NARROW in tags))
    reader.page.go_back()
    expect(found(reader)).to_have_text("61 papers")
    assert len(titles(reader)) == 61
    reader.page.go_forward()
    is_now(reader, having(library, lambda tags, _: NARROW in tags))


@SCREENS
def test_what_is_on_can_be_taken_off_and_nothing_found_has_a_way_out(
    open_reader: OpenReader, screen: Screen
) -> None:
    reader = open_reader(screen)
    reader.open(f"{DIGEST}?tag=robotics,genomics&is=saved")
    expect(reader.page.get_by_text("No paper matches")).to_be_visible()
    used = reader.page.get_by_role("group", name="Filters in use")
    used.get_by_role("button", name="Genomics").click()
    used.get_by_role("button", name="saved").click()
    expect(reader.page.get_by_text("No paper matches")).to_be_hidden()
    expect(reader.page).to_have_url(re.compile(r"\?tag=robotics$"))
    used.get_by_role("button", name="Clear all").click()
    assert len(titles(reader)) == 61
    assert urlsplit(reader.page.url).query == ""
    expect(reader.page.get_by_role("button", name="Filter", exact=True)).to_be_focused()


@SCREENS
def test_a_tag_is_found_by_typing_and_all_goes_by_keyboard(
    open_reader: OpenReader, library: Library, screen: Screen
) -> None:
    reader = open_reader(screen)
    reader.open(DIGEST)
    reader.follow(reader.page.get_by_role("button", name="Filter", exact=True), "keyboard")
    reader.walk_to(reader.page.get_by_role("searchbox", name="Find a tag"))
    reader.page.keyboard.type("genom")
    expect(choice(reader, "Genomics")).to_be_visible()
    reader.page.keyboard.press("Enter")
    is_now(reader, having(library, lambda tags, _: "genomics" in tags))
    reader.walk_to(choice(reader, "Genomics"))
    reader.page.keyboard.press("Space")
    is_now(reader, having(library, lambda tags, _: "genomics" not in tags))
    expect(choice(reader, "Genomics")).to_be_focused()
    reader.page.keyboard.press("Escape")
    expect(reader.page.get_by_role("button", name="Filter", exact=True)).to_be_focused()
    expect(reader.page.get_by_role("group", name="Filters", exact=True)).to_be_hidden()


@pytest.mark.parametrize(
    "query",
    [
        "?tag=no-such-tag&has=gold&is=mine&page=-3&not=",
        "?tag=__proto__,constructor&has=__proto__&is=constructor",
        "?tag=%00%ff,<script>alert(1)</script>&page=1e9",
        f"?tag={',' * 3000}&page=99999999999999999999",
        "?%E0%A4%A&=&&tag",
    ],
    ids=["unknown", "prototype", "markup", "long", "broken"],
)
def test_what_an_address_holds_that_is_unknown_breaks_nothing(
    open_reader: OpenReader, query: str
) -> None:
    reader = open_reader(DESK)
    reader.open(DIGEST + query)
    expect(reader.unfold_all).to_be_visible()
    assert len(titles(reader)) == 61
    choice(reader, "code").click()
    expect(found(reader)).to_have_text("15 of 61 papers")


def test_plain_reading_fetches_no_index(open_reader: OpenReader) -> None:
    reader = open_reader(DESK)
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    reader.open(DIGEST)
    reader.page.wait_for_load_state("networkidle")
    assert not [url for url in asked if url.endswith("/index.json")]
    panel(reader)
    expect(found(reader)).to_have_text("61 papers")
    assert len([url for url in asked if url.endswith("/index.json")]) == 1


def test_without_the_index_the_list_stays_and_a_word_says_why(open_reader: OpenReader) -> None:
    reader = open_reader(DESK)
    reader.page.route("**/index.json", lambda route: route.fulfill(body='{"version": 99}'))
    reader.open(f"{DIGEST}?has=code")
    expect(reader.page.get_by_role("status").filter(has_text="could not be read")).to_be_visible()
    assert len(titles(reader)) == 61


def test_the_address_is_read_and_written_by_the_same_rules(open_reader: OpenReader) -> None:
    reader = open_reader(DESK)
    reader.open("about/")
    ways = reader.page.evaluate(
        """async (url) => {
            const { parseView, writeView } = await import(url);
            const both = (search) => writeView(parseView(search), search);
            return Object.fromEntries([
                "", "?page=1", "?page=2", "?h=word", "?tag=b&tag=a,b",
                "?is=saved,unread,x&has=demo,code", "?tag=a&not=a,b",
                "?tag=a%26b", "?page=0", "?tag=,,&page=x",
            ].map((search) => [search, both(search)]));
        }""",
        f"{reader.base}assets/javascripts/query.js",
    )
    assert ways == {
        "": "",
        "?page=1": "",
        "?page=2": "?page=2",
        "?h=word": "?h=word",
        "?tag=b&tag=a,b": "?tag=a,b",
        "?is=saved,unread,x&has=demo,code": "?has=code,demo&is=saved,unread",
        "?tag=a&not=a,b": "?tag=a&not=b",
        "?tag=a%26b": "?tag=a%26b",
        "?page=0": "",
        "?tag=,,&page=x": "",
    }


def test_tags_that_name_each_other_as_broader_hang_nothing(open_reader: OpenReader) -> None:
    reader = open_reader(DESK)
    reader.open("about/")
    words = reader.page.evaluate(
        """async (url) => {
            const { describer } = await import(url);
            const tags = [["a", 1], ["b", 0], ["c", 77]]
                .map(([slug, broader]) => ({ slug, broader }));
            const paper = { slug: "p", tags: [0, 2, 99], kinds: "cx" };
            return [...describer({ tags }, new Map([["p", 1]]), new Map())(paper)].sort();
        }""",
        f"{reader.base}assets/javascripts/query.js",
    )
    expected = ["has:code", "has:demo", "is:saved", "is:unread", "tag:a", "tag:b", "tag:c"]
    assert words == expected


@pytest.mark.parametrize("scheme", SCHEMES)
@SCREENS
def test_the_panel_has_no_barrier(open_reader: OpenReader, screen: Screen, scheme: Scheme) -> None:
    reader = open_reader(screen, scheme)
    reader.open(f"{DIGEST}?tag={BROAD}&not=transformers")
    expect(choice(reader, "code")).to_be_visible()
    assert_accessible(reader)
    assert reader.wide() == 0
    if screen is PHONE:
        small = panel(reader).evaluate(
            """() => [...document
                .querySelectorAll(":is(.bs-tools, .bs-filters) :is(button, input)")]
                .map((one) => one.getBoundingClientRect().height)
                .filter((high) => high && high < 44)"""
        )
        assert small == []


# A long list ------------------------------------------------------------------


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    """A site of 2,000 papers in one digest, every third with code."""
    words = ["robot", "retrieval", "speech", "diffusion", "genome"]
    papers = "\n\n\n".join(
        f"# Paper {number} on {words[number % 5]} and {words[number % 3]}\n"
        + (f"Link: https://github.com/a/p{number}\n" if number % 3 == 0 else "")
        + f"Tags: fives\n\nIt studies {words[number % 5]}."
        for number in range(2000)
    )
    folder = tmp_path_factory.mktemp("big")
    project = copy_project(folder / "project", {"2025-01-01.txt": papers})
    log = build(project, folder / "site", strict=False)
    with serve(folder / "site", log) as served:
        yield served


@SCREENS
def test_a_long_list_is_narrowed_as_a_whole_and_drawn_by_pages(
    open_reader: OpenReader, big: BuiltSite, screen: Screen
) -> None:
    papers = json.loads((big.folder / "index.json").read_text(encoding="utf-8"))["papers"]
    expected = [title for _, title, _, kinds, _ in papers if "c" in kinds]
    assert len(expected) == 667
    reader = open_reader(screen, base=big.url)
    reader.open("digests/2025-01-01/2/")
    before = titles(reader)
    assert len(before) == 50
    choice(reader, "code").click()
    expect(found(reader)).to_have_text("667 of 2,000 papers")
    assert titles(reader) == expected[:50]
    assert reader.page.locator(".bs-entry").count() <= 75

    reader.page.get_by_role("button", name="Next", exact=True).click()
    expect(reader.page).to_have_url(re.compile(r"/2025-01-01/2/\?has=code&page=2$"))
    expect(reader.entries.first).to_contain_text(expected[50])
    assert titles(reader) == expected[50:100]
    expect(reader.title(reader.entries.first)).to_be_focused()
    expect(reader.page.locator(".bs-entry .bs-acts").first).to_be_visible()

    paper = reader.entries.nth(9)
    paper.evaluate("entry => entry.scrollIntoView()")
    expect(paper.locator("summary")).to_contain_text("It studies")
    reader.title(paper).click()
    expect(reader.heading).to_have_text(expected[59])
    reader.page.go_back()
    expect(reader.title(reader.entries.nth(9))).to_be_in_viewport()
    assert titles(reader) == expected[50:100]

    reader.page.get_by_role("button", name="Clear all").click()
    expect(reader.entries.first).to_contain_text(before[0])
    assert titles(reader) == before
    expect(reader.page.get_by_role("link", name="Next", exact=True)).to_be_visible()


def test_j_at_the_end_of_a_page_leads_to_the_next_one(
    open_reader: OpenReader, big: BuiltSite
) -> None:
    reader = open_reader(DESK, base=big.url)
    for address in ("digests/2025-01-01/", "digests/2025-01-01/?has=code"):
        reader.open(address)
        expect(reader.unfold_all).to_be_visible()
        assert len(titles(reader)) == 50
        reader.title(reader.entries.last).focus()
        reader.page.keyboard.press("j")
        expect(reader.page.locator(":focus")).to_have_text(re.compile("Next"))


def test_ten_thousand_papers_are_asked_within_a_blink(open_reader: OpenReader) -> None:
    """Asked is how often, not how long: each paper is looked at once for a view."""
    reader = open_reader(DESK)
    reader.open("about/")
    looked = reader.page.evaluate(
        """async (url) => {
            const { narrow, parseView } = await import(url);
            let looks = 0;
            const papers = Array.from({ length: 10_000 }, (_, slug) => ({ slug }));
            const view = parseView("?tag=a,b&not=c,d&has=code&is=unread");
            const words = new Set(["tag:a", "tag:b", "has:code", "is:unread"]);
            const describe = () => { looks += 1; return words; };
            const { found, counts } = narrow(papers, view, describe);
            return [looks, found.length, counts.get("tag:a")];
        }""",
        f"{reader.base}assets/javascripts/query.js",
    )
    assert looked == [10_000, 10_000, 10_000]
