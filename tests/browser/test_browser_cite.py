"""Citations on the pages: a selection to BibTeX, copied and downloaded, by hand and by keyboard."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Request, Route, expect
from readers import DESK, PHONE, SCHEMES, OpenReader, Reader, Scheme, Screen
from sitehost import PROJECT, BuiltSite

from generator.writing.citations import FORMATS

SCREENS = pytest.mark.parametrize("screen", [PHONE, DESK], ids=lambda screen: screen.name)
ENDINGS = {"BibTeX": "bib", "RIS": "ris", "CSL-JSON": "csl.json"}
_TABLE: dict[str, Any] = json.loads(
    (PROJECT / "tests" / "data" / "citations" / "cases.json").read_text(encoding="utf-8")
)
_JOINS = {form.ending: (form.head, form.between, form.tail) for form in FORMATS}


def _join(ending: str, texts: list[str]) -> str:
    head, between, tail = _JOINS[ending]
    return head + between.join(texts) + tail


def _of_site(site: BuiltSite, ending: str, slugs: list[str]) -> str:
    head, _, tail = _JOINS[ending]
    files = [(site.folder / f"papers/{slug}/papers.{ending}").read_bytes() for slug in slugs]
    return _join(ending, [text.decode()[len(head) : -len(tail)] for text in files])


def _box(entry: Locator) -> Locator:
    return entry.get_by_role("checkbox", name="Select")


def _use(reader: Reader, target: Locator) -> None:
    reader.follow(target, "mouse")


def _slug(entry: Locator) -> str:
    return entry.get_attribute("id") or ""


def _bar(reader: Reader) -> Locator:
    return reader.page.get_by_role("region", name="Selection")


def _dialog(reader: Reader) -> Locator:
    return reader.page.get_by_role("dialog", name=re.compile("^Cite "))


def _text(reader: Reader) -> Locator:
    return _dialog(reader).get_by_role("textbox", name="Citations")


def _status(reader: Reader) -> Locator:
    return _dialog(reader).get_by_role("status")


def _button(reader: Reader, name: str) -> Locator:
    return _dialog(reader).get_by_role("button", name=name, exact=True)


def _choose(reader: Reader, label: str) -> None:
    _dialog(reader).get_by_role("combobox", name="Format").select_option(label)


@SCREENS
def test_two_selected_papers_become_the_text_that_the_generator_writes(
    open_reader: OpenReader, site: BuiltSite, screen: Screen, tmp_path: Path
) -> None:
    reader = open_reader(screen)
    reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader.open()
    expect(_bar(reader)).to_be_hidden()
    chosen = [reader.entries.nth(2), reader.entries.nth(0)]
    for entry in chosen:
        _use(reader, _box(entry))
    slugs = [_slug(entry) for entry in chosen]
    expect(_bar(reader)).to_contain_text("2 selected")

    _use(reader, _bar(reader).get_by_role("button", name="Cite"))
    expect(_dialog(reader)).to_have_accessible_name("Cite 2 papers")
    for label, ending in ENDINGS.items():
        _choose(reader, label)
        expected = _of_site(site, ending, slugs)
        expect(_text(reader)).to_have_value(expected)

        _use(reader, _button(reader, "Copy"))
        expect(_status(reader)).to_have_text("Copied")
        assert reader.page.evaluate("() => navigator.clipboard.readText()") == expected

        with reader.page.expect_download() as downloading:
            _use(reader, _button(reader, "Download"))
        download = downloading.value
        assert download.suggested_filename == f"papers.{ending}"
        download.save_as(tmp_path / ending)
        assert (tmp_path / ending).read_bytes() == expected.encode()

    assert reader.wide() == 0
    _use(reader, _button(reader, "Close"))
    expect(_dialog(reader)).to_be_hidden()


def test_the_choice_of_format_is_remembered(open_reader: OpenReader) -> None:
    reader = open_reader()
    reader.open()
    _use(reader, _box(reader.entries.first))
    _use(reader, _bar(reader).get_by_role("button", name="Cite"))
    _choose(reader, "RIS")
    expect(_text(reader)).to_have_value(re.compile("^TY  - "))
    reader.page.reload()
    _use(reader, _bar(reader).get_by_role("button", name="Cite"))
    expect(_dialog(reader).get_by_role("combobox")).to_have_value("RIS")
    expect(_text(reader)).to_have_value(re.compile("^TY  - "))


@SCREENS
def test_a_selection_survives_a_look_into_a_paper_and_is_cleared_by_hand(
    open_reader: OpenReader, screen: Screen
) -> None:
    reader = open_reader(screen)
    reader.open()
    second = reader.entries.nth(1)
    _use(reader, _box(reader.entries.first))
    _use(reader, _box(second))
    _use(reader, reader.title(second))
    expect(_box(reader.page.locator(".bs-paper"))).to_be_checked()
    expect(_bar(reader)).to_contain_text("2 selected")
    _use(reader, _box(reader.page.locator(".bs-paper")))
    expect(_bar(reader)).to_contain_text("1 selected")

    reader.page.go_back()
    expect(_bar(reader)).to_contain_text("1 selected")
    expect(_box(reader.entries.first)).to_be_checked()
    expect(_box(reader.entries.nth(1))).not_to_be_checked()
    _use(reader, _bar(reader).get_by_role("button", name="Clear"))
    expect(_bar(reader)).to_be_hidden()
    expect(_box(reader.entries.first)).not_to_be_checked()


@SCREENS
def test_the_bar_saves_and_marks_read_all_that_is_selected(
    open_reader: OpenReader, screen: Screen
) -> None:
    reader = open_reader(screen)
    reader.open()
    for entry in (reader.entries.first, reader.entries.nth(3)):
        _use(reader, _box(entry))
    _use(reader, _bar(reader).get_by_role("button", name="Save"))
    expect(_bar(reader).get_by_role("status")).to_have_text("2 saved")
    _use(reader, _bar(reader).get_by_role("button", name="Mark read"))
    expect(_bar(reader).get_by_role("status")).to_have_text("2 marked as read")
    for at, pressed in enumerate(["true", "false", "false", "true"]):
        for act in ("save", "read"):
            button = reader.entries.nth(at).locator(f"[data-act={act}]")
            expect(button).to_have_attribute("aria-pressed", pressed)


@SCREENS
@pytest.mark.parametrize("kind", ["home", "digest", "paper", "tag"])
def test_the_cite_button_of_a_page_shows_the_file_beside_it(
    open_reader: OpenReader, site: BuiltSite, screen: Screen, kind: str
) -> None:
    reader = open_reader(screen)
    reader.open(site.kinds()[kind])
    line = reader.page.locator(".bs-cite")
    _use(reader, line.get_by_role("button", name="Cite"))
    folder = site.addresses("digests/")[-1] if kind == "home" else site.kinds()[kind]
    expected = (site.folder / folder / "papers.bib").read_bytes().decode()
    expect(_text(reader)).to_have_value(expected)
    with reader.page.expect_download() as downloading:
        _use(reader, _button(reader, "Download"))
    name = line.get_by_role("link", name="BibTeX").get_attribute("download")
    assert downloading.value.suggested_filename == name


@pytest.mark.parametrize("kind", ["home", "digest", "paper", "tag"])
def test_without_scripts_links_lead_to_the_files(
    open_reader: OpenReader, site: BuiltSite, kind: str
) -> None:
    reader = open_reader(PHONE, scripts=False)
    reader.open(site.kinds()[kind])
    line = reader.page.locator(".bs-cite")
    expect(line).to_have_text("Cite: BibTeX · RIS · CSL-JSON")
    for label, ending in ENDINGS.items():
        with reader.page.expect_download() as downloading:
            line.get_by_role("link", name=label, exact=True).tap()
        assert downloading.value.suggested_filename.endswith(f".{ending}")
        content = Path(downloading.value.path()).read_bytes()
        head, _, _ = _JOINS[ending]
        assert content.decode().startswith(head or ("@misc{" if ending == "bib" else "TY  - "))


def test_the_keyboard_alone_selects_cites_and_comes_back(
    open_reader: OpenReader, site: BuiltSite
) -> None:
    reader = open_reader()
    keys = reader.page.keyboard
    reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    # A short list: a long one has a thousand stops for the Tab key.
    reader.open(site.kinds()["tag"])
    box = _box(reader.entries.first)
    reader.walk_to(reader.title(reader.entries.first))
    while not box.evaluate("box => box === document.activeElement"):
        keys.press("Tab")
    keys.press("Space")
    cite = _bar(reader).get_by_role("button", name="Cite")
    # The bar stands behind everything else, one step back from the page's beginning.
    for _ in range(200):
        if cite.evaluate("button => button === document.activeElement"):
            break
        keys.press("Tab")
    expect(cite).to_be_focused()
    keys.press("Enter")
    expect(_dialog(reader).get_by_role("combobox", name="Format")).to_be_focused()
    keys.press("ArrowDown")
    expected = _of_site(site, "ris", [_slug(reader.entries.first)])
    expect(_text(reader)).to_have_value(expected)
    keys.press("Tab")
    expect(_text(reader)).to_be_focused()
    keys.press("Tab")
    expect(_button(reader, "Copy")).to_be_focused()
    # No key of the theme or of the list does anything to the page behind.
    for key in "sfnjx/?":
        keys.press(key)
    expect(_bar(reader)).to_contain_text("1 selected")
    keys.press("Enter")
    expect(_status(reader)).to_have_text("Copied")
    assert reader.page.evaluate("() => navigator.clipboard.readText()") == expected
    keys.press("Escape")
    expect(_dialog(reader)).to_be_hidden()
    expect(cite).to_be_focused()


def test_a_refused_clipboard_leaves_the_text_selected_with_a_word(open_reader: OpenReader) -> None:
    reader = open_reader()
    reader.context.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', { value: { writeText: () =>"
        " Promise.reject(new DOMException('no', 'NotAllowedError')) } })"
    )
    reader.open()
    _use(reader, reader.page.locator(".bs-cite").get_by_role("button"))
    expect(_button(reader, "Copy")).to_be_enabled()
    _use(reader, _button(reader, "Copy"))
    expect(_status(reader)).to_contain_text("copy it by hand")
    chosen = "area => area.value.slice(area.selectionStart, area.selectionEnd) === area.value"
    assert _text(reader).evaluate(chosen)
    expect(_text(reader)).not_to_have_value("")


def test_what_was_downloaded_is_let_go_of(open_reader: OpenReader) -> None:
    reader = open_reader()
    reader.context.clock.install()
    reader.context.add_init_script(
        """window.held = 0;
        const { createObjectURL, revokeObjectURL } = URL;
        URL.createObjectURL = (data) => (held += 1, createObjectURL(data));
        URL.revokeObjectURL = (address) => (held -= 1, revokeObjectURL(address));"""
    )
    reader.open()
    _use(reader, reader.page.locator(".bs-cite").get_by_role("button"))
    with reader.page.expect_download():
        _use(reader, _button(reader, "Download"))
    assert reader.page.evaluate("held") == 1
    reader.context.clock.fast_forward(60_000)
    assert reader.page.evaluate("held") == 0


def test_of_no_paper_there_is_nothing_to_cite(open_reader: OpenReader) -> None:
    reader = open_reader()
    reader.open()
    _use(reader, reader.entries.first.get_by_role("button", name="Save"))
    reader.open("saved/")
    _use(reader, reader.entries.first.get_by_role("button", name="Saved"))
    _use(reader, reader.page.get_by_role("button", name="Cite these"))
    expect(_dialog(reader)).to_have_accessible_name("Cite 0 papers")
    expect(_button(reader, "Download")).to_be_disabled()


def test_offline_and_missing_papers_are_said_in_words(
    open_reader: OpenReader, site: BuiltSite
) -> None:
    reader = open_reader()
    reader.open()
    answers = {"status": 503}

    def answer(route: Route, _: Request) -> None:
        if answers["status"] == 503:
            route.abort()
        else:
            route.fulfill(status=404, body="<h1>no such page</h1>")

    first, second = reader.entries.first, reader.entries.nth(1)
    for entry in (first, second):
        _use(reader, _box(entry))
    reader.context.route(f"**/papers/{_slug(second)}/papers.*", answer)
    _use(reader, _bar(reader).get_by_role("button", name="Cite"))
    expect(_status(reader)).to_contain_text(f"Could not be fetched: {_slug(second)}.")
    expect(_text(reader)).to_have_value(_of_site(site, "bib", [_slug(first)]))
    answers["status"] = 404
    _choose(reader, "RIS")
    expect(_text(reader)).to_have_value(_of_site(site, "ris", [_slug(first)]))
    expect(_status(reader)).to_contain_text(f"Could not be fetched: {_slug(second)}.")
    answers["status"] = 503
    _use(reader, _button(reader, "Close"))
    _use(reader, _box(first))
    _use(reader, _bar(reader).get_by_role("button", name="Cite"))
    expect(_status(reader)).to_contain_text("Are you offline?")
    expect(_text(reader)).to_have_value("")
    expect(_button(reader, "Copy")).to_be_disabled()
    expect(_button(reader, "Download")).to_be_disabled()
    # Both are what this test is about.
    expected = ("net::ERR_FAILED", "404")
    reader.complaints[:] = [
        one for one in reader.complaints if not any(part in one for part in expected)
    ]


@pytest.mark.parametrize("ending", _JOINS)
@pytest.mark.parametrize("slugs", _TABLE["lists"], ids=len)
def test_scripts_join_the_table_of_cases_as_python_does(
    open_reader: OpenReader, slugs: list[str], ending: str
) -> None:
    reader = open_reader()
    reader.open()
    texts = {case["slug"]: case["expected"][ending] for case in _TABLE["papers"]}

    def answer(route: Route, request: Request) -> None:
        slug = request.url.removeprefix(reader.base).split("/")[1]
        route.fulfill(status=200, body=_join(ending, [texts[slug]]))

    reader.context.route(f"**/papers.{ending}", answer)
    reader.page.evaluate(
        "async ([root, slugs, format]) => {"
        " const { openCite } = await import(`${root}assets/javascripts/cite.js`);"
        " document.querySelector('.bs-citing select').value = format;"
        " await openCite(slugs); }",
        [reader.base, slugs, next(name for name in ENDINGS if ENDINGS[name] == ending)],
    )
    expected = _join(ending, [texts[slug] for slug in slugs])
    # A browser's text field has its own line ends: they are LF, as those of the files.
    expect(_text(reader)).to_have_value(expected)


@pytest.mark.parametrize("scheme", SCHEMES)
@SCREENS
def test_the_bar_and_the_dialog_are_accessible(
    open_reader: OpenReader, screen: Screen, scheme: Scheme
) -> None:
    reader = open_reader(screen, scheme)
    reader.open()
    _use(reader, _box(reader.entries.first))
    expect(_bar(reader)).to_be_visible()
    for part in (".bs-bar", "dialog[open]"):
        if part == "dialog[open]":
            _use(reader, _bar(reader).get_by_role("button", name="Cite"))
            expect(_button(reader, "Copy")).to_be_enabled()
        found = Axe().run(reader.page, context=part).response["violations"]
        assert not found, json.dumps(found, indent=1)[:3000]
    if screen.touch:
        buttons = reader.page.locator(".bs-citing :is(button, select), .bs-bar button")
        for button in buttons.all():
            size = button.bounding_box()
            assert size is None or size["height"] >= 44, button.inner_text()
