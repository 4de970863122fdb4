"""Reading by keyboard: what each key does, where it must do nothing, the card that tells them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect
from readers import DESK, PHONE, SCHEMES, OpenReader, Reader, Scheme, Screen
from test_browser_accessibility import assert_accessible

DIGEST = "digests/2025-03-11/"
SCREENS = pytest.mark.parametrize("screen", [PHONE, DESK], ids=lambda screen: screen.name)


@pytest.fixture(params=[PHONE, DESK], ids=lambda screen: screen.name)
def reader(request: pytest.FixtureRequest, open_reader: OpenReader) -> Reader:
    """A reader with a keyboard at a digest."""
    opened = open_reader(request.param)
    opened.open(DIGEST)
    expect(opened.unfold_all).to_be_visible()
    return opened


def current(reader: Reader) -> Locator:
    return reader.page.locator(".bs-entry:focus-within")


def card(reader: Reader) -> Locator:
    return reader.page.get_by_role("dialog", name="Keys")


def press(reader: Reader, *keys: str) -> None:
    for key in keys:
        reader.page.keyboard.press(key)


def test_j_and_k_step_from_paper_to_paper(reader: Reader) -> None:
    press(reader, "j")
    expect(reader.title(reader.entries.first)).to_be_focused()
    press(reader, "j", "j")
    expect(reader.title(reader.entries.nth(2))).to_be_focused()
    expect(current(reader)).to_have_count(1)
    press(reader, "k")
    expect(reader.title(reader.entries.nth(1))).to_be_focused()
    press(reader, "k", "k", "k")
    expect(reader.title(reader.entries.first)).to_be_focused()


def test_the_current_paper_is_never_below_the_header(reader: Reader) -> None:
    for number in range(12):
        press(reader, "j")
        expect(reader.title(reader.entries.nth(number))).to_be_focused()
    for _ in range(4):
        press(reader, "k")
        hidden = current(reader).evaluate(
            """entry => {
                const { left, top, width } = entry.querySelector("a").getBoundingClientRect();
                const seen = document.elementFromPoint(left + width / 4, top + 4);
                return !entry.contains(seen);
            }"""
        )
        assert not hidden


def test_j_begins_where_the_reader_has_scrolled_to(reader: Reader) -> None:
    reader.entries.nth(30).evaluate("entry => entry.scrollIntoView()")
    press(reader, "j")
    expect(reader.title(reader.entries.nth(30))).to_be_focused()


@pytest.mark.parametrize("key", ["o", "Enter"])
def test_o_and_enter_open_the_paper(reader: Reader, key: str) -> None:
    title = reader.title(reader.entries.nth(1)).inner_text()
    press(reader, "j", "j", key)
    expect(reader.heading).to_have_text(title)


def test_u_unfolds_and_folds_the_abstract(reader: Reader) -> None:
    press(reader, "j", "u")
    expect(reader.abstract_of(reader.entries.first).first).to_be_visible()
    press(reader, "u")
    expect(reader.abstract_of(reader.entries.first).first).to_be_hidden()


def test_s_saves_r_marks_read_and_x_selects(reader: Reader) -> None:
    first = reader.entries.first
    press(reader, "j")
    for key, name in (("s", "save"), ("r", "read")):
        control = first.locator(f"[data-act={name}]")
        expect(control).to_have_attribute("aria-pressed", "false")
        press(reader, key)
        expect(control).to_have_attribute("aria-pressed", "true")
    press(reader, "x")
    expect(first.locator("[data-act=select]")).to_be_checked()
    expect(reader.page.get_by_role("status").filter(has_text="selected").first).to_be_attached()
    press(reader, "x", "s", "r")
    expect(first.locator("[data-act=select]")).not_to_be_checked()
    expect(first.locator("[data-act=save]")).to_have_attribute("aria-pressed", "false")
    expect(first.locator("[data-act=read]")).to_have_attribute("aria-pressed", "false")


def test_c_cites_what_is_selected_and_leads_back_to_the_paper(reader: Reader) -> None:
    citing = reader.page.locator(".bs-citing")
    press(reader, "j", "c")
    expect(citing).to_be_hidden()
    press(reader, "x", "j", "x", "c")
    expect(citing.get_by_role("heading")).to_have_text("Cite 2 papers")
    expect(citing.get_by_role("textbox", name="Citations")).to_have_value(re.compile("^@"))
    press(reader, "Escape")
    expect(reader.title(reader.entries.nth(1))).to_be_focused()


def test_a_mark_without_a_current_paper_first_shows_which_it_would_be(reader: Reader) -> None:
    press(reader, "s")
    expect(reader.title(reader.entries.first)).to_be_focused()
    expect(reader.page.locator("[data-act=save][aria-pressed=true]")).to_have_count(0)


def test_slash_searches_and_the_search_has_the_keys_to_itself(reader: Reader) -> None:
    press(reader, "/")
    expect(reader.query).to_be_focused()
    reader.page.keyboard.type("jskrxou?")
    expect(reader.query).to_have_value("jskrxou?")
    expect(current(reader)).to_have_count(0)
    expect(card(reader)).to_have_count(0)


@pytest.mark.parametrize(
    "field",
    [
        "<input>",
        "<textarea></textarea>",
        "<select><option>a<option>jam</select>",
        "<div contenteditable>a</div>",
        "<dialog open><button>Ok</button></dialog>",
    ],
    ids=["input", "textarea", "select", "editable", "dialog"],
)
def test_keys_keep_out_of_fields_and_dialogs(reader: Reader, field: str) -> None:
    reader.page.evaluate(
        """html => {
            const box = document.createElement("div");
            box.innerHTML = html;
            document.querySelector("main").prepend(box);
            (box.querySelector("button") ?? box.firstChild).focus();
        }""",
        field,
    )
    press(reader, "j", "k", "s", "x", "?")
    expect(current(reader)).to_have_count(0)
    expect(card(reader)).to_have_count(0)
    if field in ("<input>", "<textarea></textarea>"):
        expect(reader.page.locator(":focus")).to_have_value("jksx?")


@pytest.mark.parametrize("modifier", ["Control", "Alt", "Meta"])
def test_keys_of_the_browser_stay_the_browser_s(reader: Reader, modifier: str) -> None:
    reader.page.evaluate(
        """() => {
            globalThis.taken = [];
            addEventListener("keydown", (event) => {
                if (event.defaultPrevented) taken.push(event.key);
            });
        }"""
    )
    # Ctrl+K is asked for: it opens the search, here as on most sites.
    for key in ("j", "s", "r", "x", "o", "u", "?", *(("k",) if modifier == "Alt" else ())):
        # A real Ctrl+S or Ctrl+R would save or load the page.
        reader.page.locator("body").dispatch_event(
            "keydown", {"key": key, f"{modifier.lower()[:4].replace('cont', 'ctrl')}Key": True}
        )
    press(reader, "Space", "ArrowDown", "End", "Home", "Tab")
    expect(current(reader)).to_have_count(0)
    expect(card(reader)).to_have_count(0)
    assert reader.page.evaluate("() => taken") == []


def test_the_card_tells_all_keys_and_gives_the_focus_back(reader: Reader) -> None:
    press(reader, "j", "?")
    expect(card(reader)).to_be_visible()
    told = card(reader).locator("dt").all_inner_texts()
    assert told == ["j", "k", "o", "u", "s", "r", "x", "c", "/", "?"]
    press(reader, "j", "s")
    press(reader, "Escape")
    expect(card(reader)).to_be_hidden()
    expect(reader.title(reader.entries.first)).to_be_focused()
    expect(reader.page.locator("[data-act=save][aria-pressed=true]")).to_have_count(0)


def test_the_card_opens_by_a_button_where_there_is_a_keyboard(open_reader: OpenReader) -> None:
    reader = open_reader(DESK)
    reader.open(DIGEST)
    keys = reader.page.get_by_role("button", name="Keys")
    reader.follow(keys, "keyboard")
    expect(card(reader)).to_be_visible()
    press(reader, "Escape")
    expect(keys).to_be_focused()
    phone = open_reader(PHONE)
    phone.open(DIGEST)
    expect(phone.page.get_by_role("button", name="Keys")).to_be_hidden()


def test_keys_of_one_letter_can_be_switched_off_for_good(open_reader: OpenReader) -> None:
    reader = open_reader(DESK)
    reader.open(DIGEST)
    press(reader, "?")
    switch = card(reader).get_by_role("checkbox", name="Use these keys")
    expect(switch).to_be_checked()
    switch.click()
    press(reader, "Escape")
    reader.open("")
    expect(reader.unfold_all).to_be_visible()
    press(reader, "j", "s", "/", "?")
    expect(current(reader)).to_have_count(0)
    expect(card(reader)).to_have_count(0)
    expect(reader.query).to_be_hidden()

    reader.page.get_by_role("button", name="Keys").click()
    expect(switch).not_to_be_checked()
    switch.click()
    press(reader, "Escape", "j")
    expect(current(reader)).to_have_count(1)


@SCREENS
def test_on_a_paper_s_page_the_keys_turn_pages_and_mark_it(
    open_reader: OpenReader, screen: Screen
) -> None:
    reader = open_reader(screen)
    reader.open(DIGEST)
    first, second = (reader.title(reader.entries.nth(number)).inner_text() for number in (0, 1))
    reader.title(reader.entries.first).click()
    expect(reader.heading).to_have_text(first)
    reader.page.wait_for_load_state()
    press(reader, "s")
    expect(reader.page.locator("[data-act=save]").first).to_have_attribute("aria-pressed", "true")
    press(reader, "r")
    expect(reader.page.locator("[data-act=read]").first).to_have_attribute("aria-pressed", "true")
    press(reader, "j")
    expect(reader.heading).to_have_text(second)
    reader.page.wait_for_load_state()
    press(reader, "k")
    expect(reader.heading).to_have_text(first)
    reader.page.wait_for_load_state()
    press(reader, "?")
    expect(card(reader)).to_be_visible()


@pytest.mark.parametrize("scheme", SCHEMES)
@SCREENS
def test_the_card_has_no_barrier(open_reader: OpenReader, screen: Screen, scheme: Scheme) -> None:
    reader = open_reader(screen, scheme)
    reader.open(DIGEST)
    expect(reader.unfold_all).to_be_visible()
    press(reader, "j", "?")
    expect(card(reader)).to_be_visible()
    assert_accessible(reader, "dialog[open]")
    assert reader.wide() == 0
