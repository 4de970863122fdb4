"""Acronyms that tell their long form, mended spots that show the original, and the glossary."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect
from readers import DESK, PHONE, SCHEMES, OpenReader, Reader, Scheme, Screen
from sitehost import BuiltSite, build, copy_project, serve
from test_browser_accessibility import assert_accessible

SCREENS = pytest.mark.parametrize("screen", [PHONE, DESK], ids=lambda screen: screen.name)
PAPER = "papers/tokens-to-token-vit-training-vision-transformers-from-scratch-on-imagenet/"
"""Defines three acronyms and uses them later; `384times384` stands in it."""

_NOTE = """element => {
  const note = getComputedStyle(element, "::after");
  return note.content === "none" || note.content === "normal" ? "" : note.content;
}"""


def note(word: Locator) -> str:
    """The note that stands beside a word, or nothing."""
    return str(word.evaluate(_NOTE)).partition('" / ')[0].strip('"')


def words(reader: Reader) -> Locator:
    return reader.page.locator("abbr.bs-abbr")


def mended(reader: Reader) -> Locator:
    return reader.page.locator(".bs-repair").first


def open_note(reader: Reader, word: Locator) -> None:
    if reader.screen.touch:
        word.tap()
    else:
        word.hover()


def box_of_note(reader: Reader, word: Locator) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a word's note; only the browser's debugger can tell."""
    debugger = reader.context.new_cdp_session(reader.page)
    word.evaluate("element => element.setAttribute('data-asked', '')")
    root = debugger.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    found = debugger.send("DOM.querySelector", {"nodeId": root, "selector": "[data-asked]"})
    node = debugger.send("DOM.describeNode", {"nodeId": found["nodeId"]})["node"]
    after = [p for p in node["pseudoElements"] if p["pseudoType"] == "after"]
    model = debugger.send("DOM.getBoxModel", {"backendNodeId": after[0]["backendNodeId"]})
    word.evaluate("element => element.removeAttribute('data-asked')")
    debugger.detach()
    left, top, _, _, right, bottom, *_ = model["model"]["border"]
    return left, top, right, bottom


@SCREENS
def test_a_later_use_shows_its_long_form_by_finger_or_pointer(
    open_reader: OpenReader, screen: Screen
) -> None:
    reader = open_reader(screen)
    reader.open(PAPER)
    use = words(reader).nth(1)
    expect(use).to_have_text("ViT")
    assert note(use) == ""
    open_note(reader, use)
    assert note(use) == "Vision Transformer"
    other = words(reader).nth(3)
    open_note(reader, other)
    assert note(other) == "Tokens-To-Token Vision Transformer"
    assert note(use) == "", "two notes at once"
    open_note(reader, reader.heading)
    assert note(other) == "", "a note stays where nobody asks for it"


@SCREENS
def test_a_note_opens_by_keyboard_once_for_each_acronym_and_closes_on_escape(
    open_reader: OpenReader, screen: Screen
) -> None:
    reader = open_reader(screen)
    reader.open(PAPER)
    first = words(reader).first
    reader.walk_to(first)
    assert note(first) == "Vision Transformer"
    reader.page.keyboard.press("Escape")
    assert note(first) == ""
    expect(first).to_be_focused()
    reader.page.keyboard.press("Tab")
    following = reader.page.locator("abbr.bs-abbr:focus")
    expect(following).to_have_text("T2T-ViT")
    assert note(following) == "Tokens-To-Token Vision Transformer"


def test_escape_closes_the_note_under_the_pointer_and_the_next_one_opens(
    open_reader: OpenReader,
) -> None:
    reader = open_reader(DESK)
    reader.open(PAPER)
    words(reader).first.hover()
    reader.page.keyboard.press("Escape")
    assert note(words(reader).first) == ""
    words(reader).nth(1).hover()
    assert note(words(reader).nth(1)) == "Vision Transformer"


def test_a_second_tap_closes_a_note_and_a_third_opens_it(open_reader: OpenReader) -> None:
    reader = open_reader(PHONE)
    reader.open(PAPER)
    use = words(reader).first
    for shown in ("Vision Transformer", "", "Vision Transformer"):
        use.tap()
        assert note(use) == shown


@SCREENS
def test_a_mended_spot_shows_what_was_supplied(open_reader: OpenReader, screen: Screen) -> None:
    reader = open_reader(screen)
    reader.open(PAPER)
    spot = mended(reader)
    expect(spot).to_have_text("384 × 384")
    open_note(reader, spot)
    assert note(spot) == "as supplied: 384times384"
    reader.open(PAPER)
    reader.walk_to(spot)
    assert note(spot) == "as supplied: 384times384"


@SCREENS
@pytest.mark.parametrize("anchored", [True, False], ids=["anchored", "no anchors"])
def test_no_note_is_cut_off(open_reader: OpenReader, screen: Screen, anchored: bool) -> None:
    reader = open_reader(screen)
    reader.open(PAPER)
    if not anchored:  # As in a browser that cannot tie a note to its word.
        reader.page.evaluate(
            """() => {
                const sheet = new CSSStyleSheet();
                sheet.replaceSync(`:is(.bs-abbr, .bs-repair)::after {
                    position-area: none !important; inset: auto 0.6rem 0.6rem !important }`);
                document.adoptedStyleSheets = [sheet];
            }"""
        )
    uses = reader.page.locator(".bs-text :is(.bs-abbr, .bs-repair)")
    for at in range(uses.count()):
        use = uses.nth(at)
        use.scroll_into_view_if_needed()
        open_note(reader, use)
        left, top, right, bottom = box_of_note(reader, use)
        assert right - left > 40
        assert bottom - top > 20
        assert 0 <= left < right <= screen.width, use.text_content()
        assert 0 <= top < bottom <= screen.height, use.text_content()
        assert reader.wide() == 0


@SCREENS
def test_notes_need_no_script(open_reader: OpenReader, screen: Screen) -> None:
    reader = open_reader(screen, scripts=False)
    reader.open(PAPER)
    use = words(reader).first
    open_note(reader, use)
    # Without scripts nothing can be asked of the page but what it looks like.
    box = use.bounding_box()
    assert box is not None
    clip = {"x": 0, "y": box["y"], "width": screen.width, "height": 90}
    shown = reader.page.screenshot(clip=clip)  # type: ignore[arg-type]
    open_note(reader, reader.heading)
    assert reader.page.screenshot(clip=clip) != shown  # type: ignore[arg-type]


@pytest.mark.parametrize("scheme", SCHEMES)
@SCREENS
def test_an_open_note_is_no_barrier(
    open_reader: OpenReader, screen: Screen, scheme: Scheme
) -> None:
    reader = open_reader(screen, scheme)
    reader.open(PAPER)
    open_note(reader, words(reader).first)
    assert note(words(reader).first)
    assert_accessible(reader)
    assert words(reader).first.get_attribute("aria-description") == "Vision Transformer"
    assert words(reader).first.get_attribute("title") is None


@SCREENS
def test_a_list_has_the_notes_too(open_reader: OpenReader, site: BuiltSite, screen: Screen) -> None:
    reader = open_reader(screen)
    reader.open(site.kinds()["digest"])
    entry = reader.entries.filter(has=reader.page.locator(".bs-abbr")).first
    entry.locator("summary").click()
    use = entry.locator(".bs-abbr").first
    open_note(reader, use)
    assert note(use) == use.get_attribute("aria-description")


def test_on_paper_words_are_plain(open_reader: OpenReader) -> None:
    reader = open_reader(DESK)
    reader.open(PAPER)
    words(reader).first.focus()
    reader.page.emulate_media(media="print")
    assert note(words(reader).first) == ""
    line = words(reader).first.evaluate("element => getComputedStyle(element).textDecorationLine")
    assert line == "none"


@SCREENS
def test_the_glossary_leads_from_a_letter_to_an_acronym_to_its_papers(
    open_reader: OpenReader, screen: Screen
) -> None:
    reader = open_reader(screen)
    reader.open("glossary/")
    letters = reader.page.get_by_role("navigation", name="Letters")
    reader.follow(letters.get_by_role("link", name="L", exact=True), "mouse")
    expect(reader.page.locator("#letter-l")).to_be_in_viewport()
    entry = reader.page.locator("#LLM")
    expect(entry.locator(".bs-term__long")).to_contain_text(["Large Language Model"])
    entry.locator("summary").first.click()
    expect(entry.get_by_role("link").first).to_be_visible()
    reader.follow(reader.page.locator("#BAM").get_by_role("link"), "mouse")
    expect(reader.heading).to_contain_text("BAM! Just Like That")


@pytest.mark.parametrize("scheme", SCHEMES)
@SCREENS
def test_the_glossary_has_no_barrier(
    open_reader: OpenReader, screen: Screen, scheme: Scheme
) -> None:
    reader = open_reader(screen, scheme)
    reader.open("glossary/#LLM")
    reader.page.evaluate("() => document.querySelectorAll('details').forEach(d => d.open = true)")
    assert reader.wide() == 0
    assert_accessible(reader)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    """A site with more acronyms than one page of the glossary holds."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    names = [(one, two) for one in letters[:7] for two in letters]
    text = "\n\n".join(
        f"Paper on {one}{two} number {number}\n\n"
        f"We study {one.lower()}ness {two.lower()}ness ({one}{two}). It is good to have it."
        for number, (one, two) in enumerate(names)
    )
    digests = {"2025-03-11.txt": text}
    project = copy_project(tmp_path_factory.mktemp("many") / "copy", digests)
    folder = tmp_path_factory.mktemp("many-site")
    log = build(project, folder, strict=False)
    with serve(folder, log) as served:
        yield served


@SCREENS
def test_a_large_glossary_has_a_page_for_each_letter(
    open_reader: OpenReader, many: BuiltSite, screen: Screen
) -> None:
    reader = open_reader(screen, base=many.url)
    reader.open("glossary/")
    letters = reader.page.get_by_role("navigation", name="Letters")
    reader.follow(letters.get_by_role("link", name="C", exact=True), "mouse")
    expect(reader.heading).to_have_text("Glossary: C")
    assert reader.address == "glossary/c/"
    expect(reader.page.locator("#CD")).to_contain_text("cness dness")
    assert_accessible(reader)
    pages = [Path(page) for page in many.folder.glob("glossary/**/index.html")]
    assert max(page.stat().st_size for page in pages) < 200_000
