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


def button(reader: Reader) -> Locator:
    """What opens and closes the panel."""
    return reader.page.get_by_role("button", name="Filter", exact=True)


def panel(reader: Reader) -> Locator:
    """The panel of filters, opened if it is not."""
    if button(reader).get_attribute("aria-expanded") != "true":
        reader.follow(button(reader), "mouse")
    expect(reader.page.get_by_role("searchbox", name="Find a tag")).to_be_visible()
    return reader.page.get_by_role("form", name="Filters")


def choice(reader: Reader, name: str) -> Locator:
    """A choice in the open panel by its name; its number follows the name."""
    words = re.compile(rf"^(not )?{re.escape(name)}[ ,\d]*$", re.IGNORECASE)
    return panel(reader).get_by_role("checkbox", name=words)


def number_at(reader: Reader, name: str) -> int:
    """How many papers a choice says it has."""
    label = choice(reader, name).locator("..")
    expect(label).to_have_text(re.compile(r"\d$"))
    return int(re.sub(r"\D", "", label.inner_text()))


def titles(reader: Reader) -> list[str]:
    """Titles of the papers that can be seen."""
    expect(reader.page.locator("[aria-busy]")).to_have_count(0)
    # Not inner_text: of a paper that is not drawn yet it is empty.
    return reader.entries.filter(visible=True).locator("h2, h3").all_text_contents()


def found(reader: Reader) -> Locator:
    return reader.page.get_by_role("status").filter(has_text=re.compile("papers?$"))


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
    expect(reader.page).to_have_url(re.compile(rf"\?with={NARROW}&not=information-retrieval$"))
    choice(reader, "Information retrieval").click()
    llm.click()
    is_now(reader, having(library, lambda tags, _: NARROW not in tags))
    llm.click()
    expect(found(reader)).to_have_text("61 papers")
    assert urlsplit(reader.page.url).query == ""
    expect(llm).not_to_be_checked()


@SCREENS
def test_a_broad_tag_holds_the_papers_of_narrower_ones(
    open_reader: OpenReader, library: Library, screen: Screen
) -> None:
    reader = open_reader(screen)
    reader.open(f"{DIGEST}?with={BROAD}")
    broad = having(library, lambda tags, _: BROAD in tags)
    own = having(library, lambda _, paper: BROAD in paper.tags)
    assert len(broad) > len(own)
    is_now(reader, broad)


def test_of_many_tags_the_commonest_are_choices_and_the_others_are_found_by_name(
    open_reader: OpenReader, library: Library
) -> None:
    reader = open_reader(DESK)
    reader.open(DIGEST)
    shown = panel(reader).get_by_role("group", name="Tags").locator("label")
    expect(shown).to_have_count(30)
    counts = {
        tag.name: len(having(library, lambda tags, _, slug=slug: slug in tags))  # type: ignore[misc]
        for slug, tag in library.tags.items()
    }
    rare = next(name for name, count in counts.items() if count == 1 and "(" not in name)
    expect(choice(reader, rare)).to_have_count(0)
    reader.page.get_by_role("searchbox", name="Find a tag").fill(rare)
    choice(reader, rare).click()
    expect(found(reader)).to_have_text("1 of 61 papers")
    expect(choice(reader, rare)).to_be_focused()
    reader.page.get_by_role("searchbox", name="Find a tag").fill("")
    expect(choice(reader, rare)).to_be_checked()
    reader.page.get_by_role("button", name="Clear all").first.click()
    expect(found(reader)).to_have_text("61 papers")


@SCREENS
def test_every_choice_tells_how_many_papers_of_the_result_have_it(
    open_reader: OpenReader, library: Library, screen: Screen
) -> None:
    reader = open_reader(screen)
    reader.open(f"{DIGEST}?with={BROAD}&not=transformers")

    def holds(tags: set[str]) -> bool:
        return BROAD in tags and "transformers" not in tags

    left = having(library, lambda tags, _: holds(tags))
    is_now(reader, left)
    code = having(library, lambda tags, paper: holds(tags) and has_code(paper))
    assert number_at(reader, "code") == len(code)
    assert number_at(reader, "unread") == len(left)
    assert number_at(reader, "saved") == 0
    shown = panel(reader).get_by_role("group", name="Tags").locator("label")
    names = {tag.name: slug for slug, tag in library.tags.items()}
    for words in shown.filter(visible=True).all_inner_texts():
        told = re.fullmatch(r"(.+?)\s*(\d*)", words.strip(), re.DOTALL)
        assert told is not None, words
        number = sum(
            holds(tags) and names[told[1].strip()] in tags
            for tags in (tags_of(library, paper) for paper in library.papers.values())
        )
        assert int(told[2] or 0) == number, words
    assert 5 < shown.filter(visible=True).count() <= 25


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
    expect(choice(reader, "unread")).to_be_checked()
    choice(reader, "saved").click()
    choice(reader, "code").click()
    is_now(reader, having(library, lambda _, p: has_code(p) and p.title not in (one, two)))
    reader.page.reload()
    is_now(reader, having(library, lambda _, p: has_code(p) and p.title not in (one, two)))


@SCREENS
def test_the_reader_s_own_lists_are_narrowed_too(
    open_reader: OpenReader, library: Library, screen: Screen
) -> None:
    papers = [library.papers[slug] for slug in library.issues[0].papers]
    coded = [at for at, paper in enumerate(papers) if has_code(paper)][:2]
    plain = next(at for at, paper in enumerate(papers) if not has_code(paper))
    reader = open_reader(screen)
    reader.open(DIGEST)
    for at in (coded[0], plain, coded[1]):
        reader.entries.nth(at).locator("[data-act=save]").click()
    last_first = [papers[at].title for at in (coded[1], plain, coded[0])]
    reader.open("saved/")
    expect(reader.entries).to_have_count(3)
    choice(reader, "code").click()
    is_now(reader, [last_first[0], last_first[2]], total=3)
    expect(reader.page).to_have_url(re.compile(r"/saved/\?with=has\.code$"))
    # What is marked in the narrowed list stays in it.
    reader.entries.first.locator("[data-act=read]").click()
    assert titles(reader) == [last_first[0], last_first[2]]
    reader.page.reload()
    is_now(reader, [last_first[0], last_first[2]], total=3)
    choice(reader, "unread").click()
    is_now(reader, [last_first[2]], total=3)
    reader.page.get_by_role("button", name="Clear all").click()
    expect(reader.entries).to_have_count(3)
    assert titles(reader) == last_first
    choice(reader, "code").click()
    is_now(reader, [last_first[0], last_first[2]], total=3)


@SCREENS
def test_an_address_holds_the_view_for_somebody_else(
    open_reader: OpenReader, library: Library, screen: Screen
) -> None:
    reader = open_reader(screen)
    reader.open(DIGEST)
    choice(reader, "Large language models").click()
    choice(reader, "code").click()
    expected = having(library, lambda tags, paper: NARROW in tags and has_code(paper))
    is_now(reader, expected)
    other = open_reader(screen)
    other.page.goto(reader.page.url)
    is_now(other, expected)
    assert urlsplit(other.page.url).query == f"with=has.code&with={NARROW}"


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
    reader.open(f"{DIGEST}?with=robotics&with=genomics&with=is.saved")
    expect(reader.page.get_by_text("No paper matches")).to_be_visible()
    # The panel is closed: what is on stands there, and a click takes it off.
    used = reader.page.get_by_role("form", name="Filters").get_by_role("checkbox")
    expect(used).to_have_count(3)
    for name in ("Genomics", "saved"):
        used.and_(reader.page.get_by_role("checkbox", name=name)).click()
        expect(button(reader)).to_be_focused()
    expect(reader.page.get_by_text("No paper matches")).to_be_hidden()
    expect(reader.page).to_have_url(re.compile(r"\?with=robotics$"))
    expect(used).to_have_count(1)
    reader.page.get_by_role("button", name="Clear all").click()
    assert len(titles(reader)) == 61
    assert urlsplit(reader.page.url).query == ""
    expect(button(reader)).to_be_focused()
    expect(used).to_have_count(0)


@SCREENS
def test_a_tag_is_found_by_typing_and_all_goes_by_keyboard(
    open_reader: OpenReader, library: Library, screen: Screen
) -> None:
    reader = open_reader(screen)
    reader.open(DIGEST)
    reader.follow(button(reader), "keyboard")
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
    expect(button(reader)).to_be_focused()
    expect(reader.page.get_by_role("searchbox", name="Find a tag")).to_be_hidden()


@pytest.mark.parametrize(
    "query",
    [
        "?with=no-such-tag&with=has.gold&not=is.mine&page=-3&not=",
        "?with=__proto__&with=constructor&not=has.__proto__",
        "?with=%00%ff&not=<script>alert(1)</script>&page=1e9",
        f"?with={',' * 3000}&page=99999999999999999999",
        "?%E0%A4%A&=&&with",
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


@SCREENS
def test_what_is_unknown_in_an_address_is_said(open_reader: OpenReader, screen: Screen) -> None:
    reader = open_reader(screen)
    for address in (DIGEST, "saved/"):
        reader.open(f"{address}?with=no-such-tag&with=has.code&not=is.mine")
        word = reader.page.get_by_role("status").filter(has_text="unknown here")
        expect(word).to_be_visible()
        expect(word).to_contain_text("no-such-tag, is.mine")
        assert reader.wide() == 0
    reader.open(f"{DIGEST}?with=no-such-tag")
    expect(word).to_be_visible()
    assert len(titles(reader)) == 61
    choice(reader, "code").click()
    expect(found(reader)).to_have_text("15 of 61 papers")
    expect(word).to_be_hidden()


def told(reader: Reader) -> str:
    """All that a screen reader can say of a page, what styles add to it too."""
    session = reader.context.new_cdp_session(reader.page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    return " ".join(str(node["name"]["value"]) for node in nodes if "name" in node)


@SCREENS
def test_how_many_tags_are_left_to_find_is_told(open_reader: OpenReader, screen: Screen) -> None:
    reader = open_reader(screen)
    reader.open(DIGEST)
    tags = panel(reader).get_by_role("group", name="Tags")
    shown = tags.locator("label").filter(visible=True)
    expect(shown).to_have_count(10 if screen is PHONE else 24)
    others = tags.locator("label:not([hidden])").count() - shown.count()
    assert re.search(rf"\b{others}\s+more: type to find them", told(reader))
    assert reader.wide() == 0
    reader.page.get_by_role("searchbox", name="Find a tag").fill("genom")
    expect(shown).to_have_count(1)
    assert "more: type" not in told(reader)


@SCREENS
def test_of_a_narrowed_list_what_is_shown_is_cited_and_cleared(
    open_reader: OpenReader, library: Library, screen: Screen
) -> None:
    papers = [library.papers[slug] for slug in library.issues[0].papers]
    coded = [at for at, paper in enumerate(papers) if has_code(paper)][:2]
    plain = next(at for at, paper in enumerate(papers) if not has_code(paper))
    reader = open_reader(screen)
    reader.open(DIGEST)
    for at in (coded[0], plain, coded[1]):
        reader.entries.nth(at).locator("[data-act=save]").click()
    reader.open("saved/?with=has.code")
    is_now(reader, [papers[at].title for at in (coded[1], coded[0])], total=3)
    reader.page.get_by_role("button", name="Cite these").click()
    dialog = reader.page.get_by_role("dialog", name="Cite 2 papers")
    expect(dialog).to_be_visible()
    reader.page.keyboard.press("Escape")
    desk = reader.page.locator("[data-desk]")
    desk.get_by_role("button", name="Clear these").click()
    expect(desk).to_contain_text("2 papers taken out.")
    expect(reader.page.get_by_text("No paper matches")).to_be_visible()
    expect(reader.page.locator(".bs-status")).to_contain_text("1 paper.")
    desk.get_by_role("button", name="Undo").click()
    is_now(reader, [papers[at].title for at in (coded[1], coded[0])], total=3)
    panel(reader).get_by_role("button", name="Clear all").click()
    expect(reader.entries).to_have_count(3)

    # Where nothing is left, one word says so.
    desk.get_by_role("button", name="Clear these").click()
    reader.open("saved/?with=has.code")
    expect(reader.page.locator(".bs-status")).to_contain_text("Nothing yet")
    expect(reader.page.get_by_text("No paper matches")).to_be_hidden()
    expect(reader.page.get_by_text("0 of 0 papers")).to_be_hidden()


def test_a_list_of_one_paper_says_so(open_reader: OpenReader) -> None:
    reader = open_reader(DESK)
    reader.open("tags/text-to-image/")
    panel(reader)
    expect(found(reader)).to_have_text("1 paper")


def test_plain_reading_fetches_no_index(open_reader: OpenReader) -> None:
    reader = open_reader(DESK, fresh=True)
    asked: list[str] = []
    reader.context.on("request", lambda request: asked.append(request.url))
    reader.open(DIGEST)
    reader.settle()
    assert not [url for url in asked if url.endswith("/index.json")]
    panel(reader)
    expect(found(reader)).to_have_text("61 papers")
    assert len([url for url in asked if url.endswith("/index.json")]) == 1


def test_without_the_index_the_list_stays_and_a_word_says_why(open_reader: OpenReader) -> None:
    reader = open_reader(DESK)
    reader.context.route("**/index.json", lambda route: route.fulfill(body='{"version": 99}'))
    reader.open(f"{DIGEST}?with=has.code")
    expect(reader.page.get_by_role("status").filter(has_text="could not be read")).to_be_visible()
    assert len(titles(reader)) == 61


@pytest.mark.parametrize("scheme", SCHEMES)
@SCREENS
def test_the_panel_has_no_barrier(open_reader: OpenReader, screen: Screen, scheme: Scheme) -> None:
    reader = open_reader(screen, scheme)
    reader.open(f"{DIGEST}?with={BROAD}&not=transformers")
    expect(choice(reader, "code")).to_be_visible()
    assert_accessible(reader, ".bs-filters")
    assert reader.wide() == 0
    if screen is PHONE:
        small = panel(reader).evaluate(
            """() => [...document
                .querySelectorAll(":is(.bs-tools, .bs-filters) :is(button, label, [type=search])")]
                .map((one) => one.getBoundingClientRect().height)
                .filter((high) => high && high < 44)"""
        )
        assert small == []


# A long list ------------------------------------------------------------------


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    """A site of 200 papers in one digest, every third with code, and two small older digests."""
    words = ["robot", "retrieval", "speech", "diffusion", "genome"]
    papers = "\n\n\n".join(
        f"# Paper {number} on {words[number % 5]} and {words[number % 3]}\n"
        + (f"Link: https://github.com/a/p{number}\n" if number % 3 == 0 else "")
        + f"Tags: fives\n\nIt studies {words[number % 5]}."
        for number in range(200)
    )
    folder = tmp_path_factory.mktemp("big")
    few = [
        "# Alpha\nTags: few\n\nOne.",
        "# Beta\nTags: few\n\nTwo.",
        "# Gamma\nTags: few\n\nThree.",
    ]
    digests = {
        "2024-01-01.txt": "\n\n\n".join(few),
        "2024-01-02.txt": few[2],
        "2025-01-01.txt": papers,
    }
    project = copy_project(folder / "project", digests)
    log = build(project, folder / "site", strict=False)
    with serve(folder / "site", log) as served:
        yield served


@SCREENS
def test_a_long_list_is_narrowed_as_a_whole_and_drawn_by_pages(
    open_reader: OpenReader, big: BuiltSite, screen: Screen
) -> None:
    papers = json.loads((big.folder / "index.json").read_text(encoding="utf-8"))["papers"]
    expected = [title for _, title, _, kinds, _ in papers if "code" in kinds]
    assert len(expected) == 67
    reader = open_reader(screen, base=big.url)
    reader.open("digests/2025-01-01/2/")
    before = titles(reader)
    assert len(before) == 50
    choice(reader, "code").click()
    expect(found(reader)).to_have_text("67 of 200 papers")
    assert titles(reader) == expected[:30]
    assert reader.page.locator(".bs-entry").count() <= 75

    reader.page.get_by_role("button", name="Next", exact=True).click()
    expect(reader.page).to_have_url(re.compile(r"/2025-01-01/2/\?with=has.code&page=2$"))
    expect(reader.entries.first).to_contain_text(expected[30])
    assert titles(reader) == expected[30:60]
    expect(reader.title(reader.entries.first)).to_be_focused()
    expect(reader.page.locator(".bs-entry .bs-acts").first).to_be_visible()

    paper = reader.entries.nth(9)
    paper.evaluate("entry => entry.scrollIntoView()")
    expect(paper.locator("summary")).to_contain_text("It studies")
    reader.title(paper).click()
    expect(reader.heading).to_have_text(expected[39])
    reader.page.go_back()
    expect(reader.title(reader.entries.nth(9))).to_be_in_viewport()
    assert titles(reader) == expected[30:60]

    reader.page.get_by_role("button", name="Clear all").click()
    expect(reader.entries.first).to_contain_text(before[0])
    assert titles(reader) == before
    expect(reader.page.get_by_role("link", name="Next", exact=True)).to_be_visible()


def test_a_digest_keeps_its_order_where_a_newer_one_has_a_paper_too(
    open_reader: OpenReader, big: BuiltSite
) -> None:
    reader = open_reader(DESK, base=big.url)
    reader.open("digests/2024-01-01/?with=few")
    is_now(reader, ["Alpha", "Beta", "Gamma"], total=3)


def test_j_at_the_end_of_a_page_leads_to_the_next_one(
    open_reader: OpenReader, big: BuiltSite
) -> None:
    reader = open_reader(DESK, base=big.url)
    for address in ("digests/2025-01-01/", "digests/2025-01-01/?with=has.code"):
        reader.open(address)
        expect(reader.unfold_all).to_be_visible()
        assert len(titles(reader)) == (30 if "with" in address else 50)
        reader.title(reader.entries.last).focus()
        reader.page.keyboard.press("j")
        expect(reader.page.locator(":focus")).to_have_text(re.compile("Next"))


def test_ten_thousand_papers_are_asked_within_a_blink(open_reader: OpenReader) -> None:
    """Asked is how often, not how long: each paper is looked at once for a view."""
    reader = open_reader(DESK)
    reader.open("about/")
    looked = reader.page.evaluate(
        """async (url) => {
            const { narrow } = await import(url);
            let looks = 0;
            const papers = Array.from({ length: 10_000 }, (_, slug) => ({ slug }));
            const pairs = [["with", "a"], ["with", "b"], ["not", "c"], ["not", "d"]];
            const words = new Set(["a", "b", "has.code"]);
            const describe = () => { looks += 1; return words; };
            const { found, counts } = narrow(papers, pairs, describe);
            return [looks, found.length, counts.get("has.code")];
        }""",
        f"{reader.base}assets/javascripts/query.js",
    )
    assert looked == [10_000, 10_000, 10_000]
