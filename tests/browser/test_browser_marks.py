"""Saved, read, new: marks that live in the reader's browser, and leave it only when told to."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from readers import DESK, PHONE, SCHEMES, OpenReader, Reader, Scheme, Screen
from test_browser_accessibility import assert_accessible

SCREENS = pytest.mark.parametrize("screen", [PHONE, DESK], ids=lambda screen: screen.name)

OLD = "2025-01-01T00:00:00.000Z"
MIDDLE = "2025-02-01T00:00:00.000Z"
LATE = "2025-03-01T00:00:00.000Z"

_SHIFTS = """() => {
  window.shifts = 0;
  new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries()) {
      const nodes = sources.map(({ node }) => node?.closest ? node : node?.parentElement);
      const ours = ".bs-entry, .bs-sheet, .bs-desk";
      const moved = nodes.some((node) => node?.matches(".bs-main") || node?.closest(ours));
      if (moved) window.shifts += value;
    }
  }).observe({ type: "layout-shift", buffered: true });
}"""


def act(where: Locator, name: str) -> Locator:
    """A mark's button; its name changes with the mark, what it does does not."""
    return where.locator(f"[data-act={name}]")


def press(reader: Reader, button: Locator) -> None:
    reader.follow(button, "mouse")


def slug_of(entry: Locator) -> str:
    return entry.get_attribute("id") or ""


def queue(page: Page) -> Locator:
    return page.locator(".bs-main .bs-entry")


def marks(reader: Reader) -> dict[str, Any]:
    """What this browser has stored."""
    text = reader.page.evaluate(
        "() => Object.entries(localStorage).find(([key]) => key.endsWith(':marks'))?.[1] ?? '{}'"
    )
    found: dict[str, Any] = json.loads(text)
    return found


def store_key(reader: Reader) -> str:
    return f"broadsheet:/{reader.base.split('/', 3)[3]}:marks"


def miss(reader: Reader, slug: str) -> None:
    """Let a paper's page be none, without the browser's complaint that there is none."""
    reader.context.route(f"**/papers/{slug}/", lambda route: route.fulfill(body="no such page"))


def keep(reader: Reader, text: str) -> None:
    """Put a text where the marks are stored; the page takes it in at the next visit."""
    reader.open("about/")
    reader.page.evaluate(
        "([key, text]) => localStorage.setItem(key, text)", [store_key(reader), text]
    )


def some_slugs(reader: Reader, number: int) -> list[str]:
    reader.open()
    return [slug_of(reader.entries.nth(at)) for at in range(number)]


def store(
    saved: dict[str, str] | None = None,
    read: dict[str, str] | None = None,
    unsaved: dict[str, str] | None = None,
    unread: dict[str, str] | None = None,
) -> str:
    tables = {"saved": saved, "read": read, "unsaved": unsaved, "unread": unread}
    return json.dumps({"version": 1} | {name: table or {} for name, table in tables.items()})


def link(base: str, text: str) -> str:
    """A link that carries marks, made elsewhere."""
    return f"{base}saved/#marks={quote(text)}"


@SCREENS
def test_saved_and_read_are_two_marks_that_last(open_reader: OpenReader, screen: Screen) -> None:
    reader = open_reader(screen)
    reader.open()
    first, second = reader.entries.nth(0), reader.entries.nth(1)
    expect(act(first, "save")).to_have_text("Save")
    expect(act(first, "save")).to_have_attribute("aria-pressed", "false")

    press(reader, act(first, "save"))
    expect(act(first, "save")).to_have_text("Saved")
    expect(act(first, "save")).to_have_attribute("aria-pressed", "true")
    expect(act(first, "read")).to_have_text("Mark read")
    press(reader, act(second, "read"))
    expect(act(second, "read")).to_have_text("Read")
    expect(act(second, "save")).to_have_text("Save")

    reader.page.reload()
    expect(first).to_have_class(re.compile("bs-entry--saved"))
    expect(second).to_have_class(re.compile("bs-entry--read"))
    expect(act(first, "save")).to_have_attribute("aria-pressed", "true")
    expect(act(second, "save")).to_have_attribute("aria-pressed", "false")

    press(reader, act(first, "save"))
    expect(act(first, "save")).to_have_text("Save")
    assert list(marks(reader)["unsaved"]) == [slug_of(first)]


@SCREENS
def test_a_paper_s_page_marks_it_and_opening_it_does_not(
    open_reader: OpenReader, screen: Screen
) -> None:
    reader = open_reader(screen)
    slug = some_slugs(reader, 1)[0]
    reader.follow(reader.title(reader.entries.first), "mouse")
    paper = reader.page.locator(".bs-paper")
    expect(act(paper, "read")).to_have_text("Mark read")
    press(reader, act(paper, "save"))
    press(reader, act(paper, "read"))
    expect(act(paper, "read")).to_have_text("Read")

    reader.open()
    expect(act(reader.page.locator(f"[id='{slug}']"), "save")).to_have_text("Saved")
    reader.open("read/")
    expect(queue(reader.page)).to_have_count(1)
    expect(reader.title(queue(reader.page).first)).to_be_visible()


@SCREENS
def test_the_saved_page_lists_what_was_saved_last_first(
    open_reader: OpenReader, screen: Screen
) -> None:
    reader = open_reader(screen)
    reader.open("saved/")
    expect(reader.page.get_by_role("status").filter(has_text="Nothing yet")).to_be_visible()
    reader.open()
    slugs: list[str] = []
    titles: list[str] = []
    for at in (2, 0, 1):
        entry = reader.entries.nth(at)
        slugs.insert(0, slug_of(entry))
        titles.insert(0, reader.title(entry).inner_text())
        press(reader, act(entry, "save"))

    reader.open("saved/")
    entries = queue(reader.page)
    expect(entries).to_have_count(3)
    assert [slug_of(entries.nth(at)) for at in range(3)] == slugs
    expect(entries.locator(".bs-entry__title a")).to_have_text(titles)
    expect(entries.first.get_by_role("link", name="11 March 2025")).to_be_visible()
    # The abstract comes from the paper's page.
    expect(entries.first.locator(".bs-teaser")).to_contain_text(re.compile(r"\w+ \w+ \w+"))
    entries.first.locator("summary").click()
    expect(entries.first.locator("details > p").first).to_be_visible()
    assert reader.wide() == 0

    # What is taken out by hand stays until the page is left, so that it can be put back.
    press(reader, act(entries.nth(1), "save"))
    expect(act(entries.nth(1), "save")).to_have_text("Save")
    expect(reader.page.locator(".bs-status")).to_contain_text("2 papers")
    expect(entries).to_have_count(3)
    press(reader, act(entries.nth(1), "save"))
    expect(act(entries.nth(1), "save")).to_have_text("Saved")
    assert [slug_of(entries.nth(at)) for at in range(3)] == slugs
    press(reader, act(entries.nth(1), "save"))
    reader.page.reload()
    expect(entries).to_have_count(2)


def test_a_long_list_is_paged(open_reader: OpenReader) -> None:
    reader = open_reader()
    slugs = some_slugs(reader, 60)
    times = {slug: f"2025-01-01T00:00:{59 - at:02}.000Z" for at, slug in enumerate(slugs)}
    keep(reader, store(saved=times))
    reader.open("saved/")
    expect(queue(reader.page)).to_have_count(30)
    reader.page.get_by_role("button", name="Next").click()
    expect(queue(reader.page)).to_have_count(30)
    assert slug_of(queue(reader.page).first) == slugs[30]
    reader.page.reload()
    expect(queue(reader.page)).to_have_count(30)
    reader.page.get_by_role("button", name="Previous").click()
    expect(queue(reader.page)).to_have_count(30)


def test_a_mark_of_a_paper_that_is_gone_is_kept_and_can_be_removed(open_reader: OpenReader) -> None:
    reader = open_reader()
    known = some_slugs(reader, 1)[0]
    miss(reader, "constructor")
    keep(reader, store(saved={"constructor": LATE, known: OLD}))
    reader.open("saved/")
    gone = queue(reader.page).first
    expect(gone).to_contain_text("constructor")
    expect(gone).to_contain_text("not in the list of all papers")
    act(gone, "save").click()
    expect(act(gone, "save")).to_have_text("Save")
    assert list(marks(reader)["saved"]) == [known]
    reader.page.reload()
    expect(queue(reader.page)).to_have_count(1)


def test_clearing_can_be_undone(open_reader: OpenReader) -> None:
    reader = open_reader()
    slugs = some_slugs(reader, 3)
    keep(reader, store(saved={slugs[0]: LATE, slugs[1]: MIDDLE, slugs[2]: OLD}))
    reader.open("saved/")
    expect(queue(reader.page)).to_have_count(3)
    reader.page.locator("[data-desk]").get_by_role("button", name="Clear").click()
    expect(queue(reader.page)).to_have_count(0)
    assert marks(reader)["saved"] == {}
    # The focus goes where the next step is, and is never lost.
    undo = reader.page.get_by_role("button", name="Undo")
    expect(undo).to_be_focused()
    expect(reader.page.locator("[data-desk]")).to_contain_text("3 papers taken out.")
    undo.press("Enter")
    expect(queue(reader.page)).to_have_count(3)
    expect(undo).to_be_hidden()
    expect(reader.page.get_by_role("button", name="Cite these")).to_be_focused()
    assert [slug_of(queue(reader.page).nth(at)) for at in range(3)] == slugs


@SCREENS
def test_two_tabs_stay_in_step(open_reader: OpenReader, screen: Screen) -> None:
    reader = open_reader(screen)
    reader.open()
    other = reader.context.new_page()
    other.goto(f"{reader.base}saved/")
    expect(other.locator(".bs-status")).to_contain_text("Nothing yet")

    press(reader, act(reader.entries.first, "save"))
    expect(queue(other)).to_have_count(1)
    press(reader, act(reader.entries.nth(1), "save"))
    expect(queue(other)).to_have_count(2)
    act(queue(other).nth(1), "save").click()
    expect(act(reader.entries.first, "save")).to_have_text("Save")
    expect(act(reader.entries.nth(1), "save")).to_have_text("Saved")
    press(reader, act(reader.entries.nth(1), "save"))
    expect(act(queue(other).first, "save")).to_have_text("Save")
    expect(other.locator(".bs-status")).to_contain_text("0 papers")


def test_what_is_new_since_the_last_visit(open_reader: OpenReader) -> None:
    reader = open_reader()
    reader.open()
    reader.page.wait_for_function(
        "() => Object.entries(localStorage).some("
        "([key, text]) => key.endsWith(':visits') && JSON.parse(text).now)"
    )
    reader.open("new/")
    expect(reader.page.locator(".bs-status")).to_contain_text("This is your first visit")
    expect(queue(reader.page)).to_have_count(0)

    # Back after an hour: nothing has come. A day later there is a digest that was not there.
    _travel(reader, 3_600_000, forget=False)
    reader.open("new/")
    expect(reader.page.locator(".bs-status")).to_contain_text("0 papers new since your last visit")
    _travel(reader, 86_400_000, forget=True)
    reader.open("new/")
    expect(reader.page.locator(".bs-status")).to_contain_text("61 papers new since your last visit")
    expect(queue(reader.page)).to_have_count(30)
    # The visit goes on: what was new stays so.
    reader.open("new/")
    expect(queue(reader.page)).to_have_count(30)


@pytest.mark.parametrize("at", ['"x"', "1e300", "null", "[]"])
def test_a_last_visit_that_cannot_be_read_is_none(open_reader: OpenReader, at: str) -> None:
    reader = open_reader()
    reader.open("about/")
    reader.page.wait_for_function(
        "() => Object.keys(localStorage).some((key) => key.endsWith(':visits'))"
    )
    reader.page.evaluate(
        "([key, text]) => localStorage.setItem(key, text)",
        [store_key(reader).replace("marks", "visits"), f'{{"now": ["2025-01-01"], "at": {at}}}'],
    )
    reader.open("new/")
    status = reader.page.locator(".bs-status")
    expect(status).to_contain_text(re.compile("This is your first visit|since your last visit"))
    expect(status).not_to_contain_text("Invalid")


def _travel(reader: Reader, by: int, *, forget: bool) -> None:
    """Make the last page view older, and the digests of that time fewer."""
    reader.page.evaluate(
        """([by, forget]) => {
          const [key, text] = Object.entries(localStorage).find(([key]) => key.endsWith(":visits"));
          const visit = JSON.parse(text);
          visit.at -= by;
          if (forget) visit.now = [];
          localStorage.setItem(key, JSON.stringify(visit));
        }""",
        [by, forget],
    )


@SCREENS
def test_marks_go_out_as_a_file_and_come_back_merged(
    open_reader: OpenReader, screen: Screen, tmp_path: Path
) -> None:
    reader = open_reader(screen)
    slugs = some_slugs(reader, 3)
    keep(reader, store(saved={slugs[0]: OLD, slugs[1]: OLD}, read={slugs[0]: OLD}))
    reader.open("saved/")
    with reader.page.expect_download() as waiting:
        press(reader, reader.page.get_by_role("button", name="Export"))
    assert re.fullmatch(r"broadsheet-marks-\d{4}-\d\d-\d\d\.json", waiting.value.suggested_filename)
    file = tmp_path / "marks.json"
    waiting.value.save_as(file)
    assert json.loads(file.read_text()) == json.loads(
        store(saved={slugs[0]: OLD, slugs[1]: OLD}, read={slugs[0]: OLD})
    )

    # Elsewhere one of them was saved, another one taken out later.
    keep(reader, store(saved={slugs[2]: LATE}, unsaved={slugs[1]: LATE}))
    reader.open("saved/")
    dialog = _import(reader, file)
    expect(dialog).to_contain_text("1 saved, 1 read.")
    press(reader, dialog.get_by_role("button", name="Close"))
    expect(dialog).to_be_hidden()
    assert list(marks(reader)["saved"]) == [slugs[2]]
    dialog = _import(reader, file)
    press(reader, dialog.get_by_role("button", name="Merge"))
    expect(queue(reader.page)).to_have_count(2)
    assert marks(reader)["saved"] == {slugs[2]: LATE, slugs[0]: OLD}
    assert marks(reader)["read"] == {slugs[0]: OLD}
    assert marks(reader)["unsaved"] == {slugs[1]: LATE}

    dialog = _import(reader, file)
    expect(dialog).to_contain_text("There is nothing new in it")
    expect(dialog.get_by_role("button", name="Merge")).to_be_hidden()


@SCREENS
def test_an_import_tells_what_it_takes_out(
    open_reader: OpenReader, screen: Screen, tmp_path: Path
) -> None:
    reader = open_reader(screen)
    slugs = some_slugs(reader, 2)
    keep(reader, store(saved={slugs[0]: OLD, slugs[1]: OLD}))
    reader.open("saved/")
    file = tmp_path / "marks.json"
    file.write_text(store(unsaved={slugs[0]: LATE}))
    dialog = _import(reader, file)
    expect(dialog).to_contain_text("1 of yours, taken out elsewhere later, will go.")
    expect(dialog).not_to_contain_text("Your own marks stay")
    expect(dialog).not_to_contain_text("nothing new")
    press(reader, dialog.get_by_role("button", name="Merge"))
    assert list(marks(reader)["saved"]) == [slugs[1]]
    expect(dialog).to_be_hidden()
    file.write_text(store(read={slugs[0]: OLD}))
    expect(_import(reader, file)).to_contain_text("1 read. Your own marks stay.")


@pytest.mark.parametrize(
    "content",
    [
        b'{"name": "broadsheet", "version": "1.0.0", "dependencies": {"left-pad": "1.3.0"}}',
        b'{"version": 1, "name": "something else"}',
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01",
        b"",
    ],
    ids=["package", "version", "picture", "empty"],
)
def test_a_file_of_another_kind_is_said_to_be_one(
    open_reader: OpenReader, tmp_path: Path, content: bytes
) -> None:
    reader = open_reader()
    reader.open("saved/")
    file = tmp_path / "marks.json"
    file.write_bytes(content)
    dialog = _import(reader, file)
    expect(dialog).to_contain_text("This is not a file of marks")
    expect(dialog).not_to_contain_text("nothing new")
    expect(dialog.get_by_role("button", name="Merge")).to_be_hidden()


def test_a_file_of_marks_may_have_escapes(open_reader: OpenReader, tmp_path: Path) -> None:
    reader = open_reader()
    miss(reader, "a-b")
    reader.open("saved/")
    file = tmp_path / "marks.json"
    file.write_text(
        r'{"\u0076ersion": 1, "\u0073aved": {"a\u002db": "2025-01-01T00:00:00Z"}, "read": {}}'
    )
    dialog = _import(reader, file)
    expect(dialog).to_contain_text("Not here yet: 1 saved. Your own marks stay.")
    press(reader, dialog.get_by_role("button", name="Merge"))
    assert list(marks(reader)["saved"]) == ["a-b"]


def _import(reader: Reader, file: Path) -> Locator:
    with reader.page.expect_file_chooser() as waiting:
        press(reader, reader.page.get_by_role("button", name="Import"))
    waiting.value.set_files(file)
    dialog = reader.page.locator("dialog[open]")
    expect(dialog).to_be_visible()
    return dialog


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            '{"version": 1, "saved": {"a-b": "2025-01-01T00:00:00Z", "__proto__": '
            '"2025-01-01T00:00:00Z", "c": 5, "../d": "2025-01-01T00:00:00Z"}, "read": []}',
            "1 saved. Not all of it could be read",
        ),
        (
            '{"version": 1, "saved": {"a-b": "2025-01-01T00:00:00Z", "c": "2025-01',
            "1 saved. Not all of it could be read",
        ),
        ("not a file of marks", "Not all of it could be read"),
        ("null", "Not all of it could be read"),
        ('{"version": 2, "saved": {}}', "Not all of it could be read"),
        # Written to take hours, were each row set against the whole name before it.
        (f'{{"version":1,"{"A" * 2_000_000}":{{' + '"":' * 600_000, "Not all of it could be read"),
    ],
    ids=["broken-parts", "cut-off", "no-json", "null", "newer", "endless"],
)
def test_of_a_broken_file_what_can_be_read_is_offered(
    open_reader: OpenReader, tmp_path: Path, text: str, words: str
) -> None:
    reader = open_reader()
    reader.open("saved/")
    file = tmp_path / "marks.json"
    file.write_text(text)
    expect(_import(reader, file)).to_contain_text(words)


@SCREENS
def test_a_link_carries_marks_to_another_browser(open_reader: OpenReader, screen: Screen) -> None:
    reader = open_reader(screen)
    slugs = some_slugs(reader, 2)
    keep(reader, store(saved={slugs[0]: OLD}, read={slugs[1]: OLD}, unread={slugs[0]: OLD}))
    reader.open("saved/")
    press(reader, reader.page.get_by_role("button", name="Share as a link"))
    dialog = reader.page.locator("dialog[open]")
    address = dialog.get_by_label("Link").input_value()
    assert address.startswith(f"{reader.base}saved/#marks=")

    friend = open_reader(screen)
    requests: list[str] = []
    friend.context.on("request", lambda request: requests.append(request.url))
    friend.page.goto(address)
    question = friend.page.locator("dialog[open]")
    expect(question).to_contain_text("1 saved, 1 read.")
    assert marks(friend) == {}
    press(friend, question.get_by_role("button", name="Merge"))
    expect(queue(friend.page)).to_have_count(1)
    expect(friend.page).to_have_url(f"{friend.base}saved/")
    assert marks(friend)["read"] == {slugs[1]: OLD}
    assert not [url for url in requests if "marks=" in url]


def test_a_link_that_cannot_be_copied_is_left_selected_with_a_word(
    open_reader: OpenReader,
) -> None:
    reader = open_reader()
    # As on a site without https.
    reader.context.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', { value: undefined })"
    )
    some_slugs(reader, 1)
    press(reader, act(reader.entries.first, "save"))
    reader.open("saved/")
    press(reader, reader.page.get_by_role("button", name="Share as a link"))
    dialog = reader.page.get_by_role("dialog", name="A link with your marks")
    press(reader, dialog.get_by_role("button", name="Copy"))
    expect(dialog.get_by_role("status")).to_contain_text("copy it by hand")
    field = dialog.get_by_role("textbox", name="Link")
    assert field.evaluate("field => field.selectionEnd - field.selectionStart") > 100


@pytest.mark.parametrize("packed", ["", "%", "%22", "null", "%FF%00", "A" * 200_000], ids=len)
def test_a_link_that_cannot_be_read_says_so(open_reader: OpenReader, packed: str) -> None:
    reader = open_reader()
    reader.open("saved/#marks=" + packed)
    dialog = reader.page.locator("dialog[open]")
    expect(dialog).to_contain_text("Not all of it could be read")
    reader.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(reader.page).to_have_url(f"{reader.base}saved/")


def test_a_link_that_was_cut_off_on_its_way_offers_what_is_left(open_reader: OpenReader) -> None:
    reader = open_reader()
    address = link(reader.base, store(saved={"a-b": OLD, "c-d": OLD}))
    reader.page.goto(address[: address.rindex("2025")])
    dialog = reader.page.locator("dialog[open]")
    expect(dialog).to_contain_text("Not here yet: 1 saved. Not all of it could be read")


def test_too_many_marks_for_a_link_are_told_to_take_the_file(open_reader: OpenReader) -> None:
    reader = open_reader()
    many = {f"paper-{at * 7919 % 100_003}-{at * 104_729 % 99_991}": OLD for at in range(3_000)}
    miss(reader, "paper-*")
    keep(reader, store(saved=many))
    reader.open("saved/")
    reader.page.get_by_role("button", name="Share as a link").click()
    dialog = reader.page.locator("dialog[open]")
    expect(dialog.get_by_placeholder("export a file instead")).to_have_value("")
    # There is nothing to copy: the clipboard keeps what it has.
    expect(dialog.get_by_role("button", name="Copy")).to_be_hidden()


@SCREENS
def test_a_link_carries_hundreds_of_marks(open_reader: OpenReader, screen: Screen) -> None:
    reader = open_reader(screen)
    many = {
        f"a-paper-with-a-title-that-is-as-long-as-most-titles-are-{at}": OLD for at in range(300)
    }
    miss(reader, "a-paper-*")
    keep(reader, store(saved=many, read={"a-paper-1": LATE}))
    reader.open("saved/")
    press(reader, reader.page.get_by_role("button", name="Share as a link"))
    dialog = reader.page.locator("dialog[open]")
    expect(dialog.get_by_role("button", name="Copy")).to_be_visible()
    address = dialog.get_by_label("Link").input_value()
    # What it would be as the text of a file.
    assert 0 < len(address) < 0.7 * len(link(reader.base, store(saved=many)))

    friend = open_reader(screen)
    miss(friend, "a-paper-*")
    friend.page.goto(address)
    question = friend.page.locator("dialog[open]")
    expect(question).to_contain_text("Not here yet: 300 saved, 1 read. Your own marks stay.")
    press(friend, question.get_by_role("button", name="Merge"))
    expect(question).to_be_hidden()
    assert marks(friend) == json.loads(store(saved=many, read={"a-paper-1": LATE}))

    # Cut off on its way.
    third = open_reader(screen)
    third.page.goto(address[: len(address) // 2])
    cut = third.page.locator("dialog[open]")
    expect(cut).to_contain_text(re.compile(r"Not here yet: 1\d\d saved\. +Not all of it"))


_BLOCKED = """
Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("denied", "SecurityError"); },
});
"""
_FULL = """
Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };
"""


@pytest.mark.parametrize("script", [_BLOCKED, _FULL], ids=["blocked", "full"])
def test_without_storage_marks_work_for_the_page_and_a_word_says_so(
    open_reader: OpenReader, script: str
) -> None:
    reader = open_reader()
    reader.context.add_init_script(script)
    for address in ("", "saved/", "read/", "new/"):
        reader.open(address)
        word = reader.page.locator(".bs-word [role=status]")
        expect(word).to_contain_text("last for this page only")
        expect(word).to_be_visible()
    expect(reader.page.locator(".bs-status")).to_contain_text("last for this page only")
    reader.open()
    expect(word).to_be_visible()
    reader.page.get_by_role("button", name="Close").click()
    expect(word).to_be_hidden()
    act(reader.entries.first, "save").click()
    expect(act(reader.entries.first, "save")).to_have_text("Saved")
    expect(word).to_be_hidden()
    # A page of the site has told it: the next one waits until it matters.
    reader.page.locator(".bs-tabs, .bs-header").get_by_role("link", name="Digests").click()
    expect(reader.heading).to_have_text("Digests")
    expect(word).to_be_hidden()
    # The theme's own script asks for the storage without looking whether it is there.
    assert {*reader.complaints} <= {"script: denied"}
    reader.complaints.clear()


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[:-30],
        lambda text: text.replace('"version"', "version"),
        lambda text: text.replace('"read": {}', '"read": 5'),
        lambda text: text.replace('"saved": {', '"saved": {"<b>": "x", "z": 1, ', 1),
        lambda text: text.replace('"version": 1', '"version": "x", "__proto__": {}'),
    ],
    ids=["cut", "no-json", "wrong-type", "bad-rows", "wrong-version"],
)
def test_a_damaged_store_keeps_what_can_be_read_and_puts_the_rest_aside(
    open_reader: OpenReader, damage: Any
) -> None:
    reader = open_reader()
    slug = some_slugs(reader, 1)[0]
    text = damage(store(saved={slug: OLD}))
    keep(reader, text)
    reader.open("saved/")
    expect(queue(reader.page)).to_have_count(1)
    expect(reader.page.locator(".bs-word")).to_contain_text("could not be read")
    aside = reader.page.evaluate(
        "() => Object.entries(localStorage).filter(([key]) => key.includes(':marks:aside:'))"
    )
    assert [kept for _, kept in aside] == [text]
    assert marks(reader)["saved"] == {slug: OLD}
    # Told once.
    reader.open("saved/")
    expect(queue(reader.page)).to_have_count(1)
    expect(reader.page.locator(".bs-word")).to_be_hidden()


def test_a_store_of_a_newer_version_is_put_aside_as_it_is(open_reader: OpenReader) -> None:
    reader = open_reader()
    slug = some_slugs(reader, 1)[0]
    newer = json.dumps({"version": 2, "saved": {slug: OLD}, "notes": {slug: ["of another kind"]}})
    keep(reader, newer)
    reader.open()
    expect(act(reader.entries.first, "save")).to_have_text("Saved")
    expect(reader.page.locator(".bs-word")).to_contain_text("put aside")
    aside = reader.page.evaluate(
        "() => Object.entries(localStorage).filter(([key]) => key.includes(':marks:aside:'))"
    )
    assert [kept for _, kept in aside] == [newer]


_MERGES = [
    ("nothing", store(), store(), store()),
    ("both", store({"a": OLD}), store({"b": OLD}), store({"a": OLD, "b": OLD})),
    ("two-marks", store({"a": OLD}), store(read={"a": OLD}), store({"a": OLD}, {"a": OLD})),
    ("later-time", store({"a": OLD}), store({"a": LATE}), store({"a": LATE})),
    ("removed-later", store({"a": OLD}), store(unsaved={"a": LATE}), store(unsaved={"a": LATE})),
    ("saved-again", store({"a": LATE}), store(unsaved={"a": MIDDLE}), store({"a": LATE})),
    ("same-moment", store({"a": OLD}), store(unsaved={"a": OLD}), store({"a": OLD})),
    (
        "other-mark-stays",
        store({"a": OLD}, {"a": OLD}),
        store(unsaved={"a": LATE}),
        store(None, {"a": OLD}, {"a": LATE}),
    ),
    ("names-of-objects", store({"constructor": OLD}), store(), store({"constructor": OLD})),
]


@pytest.mark.parametrize(
    ("one", "other", "both"), [case[1:] for case in _MERGES], ids=[case[0] for case in _MERGES]
)
def test_stores_merge_alike_in_either_order(
    open_reader: OpenReader, one: str, other: str, both: str
) -> None:
    reader = open_reader()
    for first, second in ((one, other), (other, one)):
        keep(reader, first)
        reader.open("about/")
        result = reader.page.evaluate(
            """async ([url, text]) => {
              const store = await import(url);
              store.merge(store.parse(text).marks, true);
              store.merge(store.parse(text).marks, true);
              return store.write();
            }""",
            [f"{reader.base}assets/javascripts/store.js", second],
        )
        assert json.loads(result) == json.loads(both)
        assert marks(reader) == json.loads(both)


def test_a_clock_that_is_ahead_does_not_win_for_ever(open_reader: OpenReader) -> None:
    reader = open_reader()
    slug = some_slugs(reader, 1)[0]
    keep(reader, store(saved={slug: "9999-01-01T00:00:00.000Z"}))
    reader.open()
    expect(act(reader.entries.first, "save")).to_have_text("Saved")
    act(reader.entries.first, "save").click()
    expect(act(reader.entries.first, "save")).to_have_text("Save")
    reader.page.reload()
    expect(act(reader.entries.first, "save")).to_have_text("Save")


def test_the_keyboard_alone_saves_lists_and_merges(open_reader: OpenReader) -> None:
    reader = open_reader()
    slug = some_slugs(reader, 1)[0]
    save = act(reader.entries.first, "save")
    reader.walk_to(save)
    reader.page.keyboard.press("Space")
    expect(save).to_have_text("Saved")
    expect(save).to_be_focused()
    reader.page.goto(link(reader.base, store(read={slug: OLD})))
    dialog = reader.page.locator("dialog[open]")
    expect(dialog).to_be_visible()
    reader.walk_to(dialog.get_by_role("button", name="Merge"))
    reader.page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(act(queue(reader.page).first, "read")).to_have_text("Read")
    reader.follow(reader.title(queue(reader.page).first), "keyboard")
    expect(act(reader.page.locator(".bs-paper"), "read")).to_have_text("Read")


@pytest.mark.parametrize("scheme", SCHEMES)
@SCREENS
def test_the_reader_s_own_pages_have_no_barrier(
    open_reader: OpenReader, screen: Screen, scheme: Scheme
) -> None:
    reader = open_reader(screen, scheme)
    slugs = some_slugs(reader, 3)
    miss(reader, "gone-long-ago")
    keep(reader, store({slugs[0]: OLD, "gone-long-ago": OLD}, {slugs[0]: OLD, slugs[1]: OLD}))
    reader.open("new/")
    expect(reader.page.locator(".bs-status")).to_contain_text("first visit")
    assert_accessible(reader)
    reader.open()
    expect(reader.entries.first).to_have_class(re.compile("bs-entry--read"))
    assert_accessible(reader, ".bs-entry--read")
    reader.open("saved/")
    expect(queue(reader.page)).to_have_count(2)
    lazy = queue(reader.page).locator(".bs-teaser").filter(has_text=re.compile("^…$"))
    expect(lazy).to_have_count(0)
    assert_accessible(reader)
    press(reader, reader.page.get_by_role("button", name="Share as a link"))
    expect(reader.page.locator("dialog[open]")).to_be_visible()
    assert_accessible(reader, "dialog[open]")
    reader.page.keyboard.press("Escape")
    reader.page.goto("about:blank")
    reader.page.goto(link(reader.base, store(saved={slugs[2]: OLD})))
    expect(reader.page.locator("dialog[open]")).to_be_visible()
    assert_accessible(reader, "dialog[open]")
    assert reader.wide() == 0


@SCREENS
@pytest.mark.parametrize("where", ["list", "paper", "saved"])
def test_nothing_moves_when_marks_come(open_reader: OpenReader, screen: Screen, where: str) -> None:
    reader = open_reader(screen, fresh=True)
    slugs = some_slugs(reader, 4)
    keep(reader, store(dict.fromkeys(slugs, OLD), dict.fromkeys(slugs[:2], OLD)))
    reader.context.add_init_script(f"({_SHIFTS})()")
    reader.open({"list": "", "paper": f"papers/{slugs[0]}/", "saved": "saved/"}[where])
    expect(act(reader.page.locator(".bs-main, .bs-paper"), "save").first).to_have_text("Saved")
    if where == "saved":
        expect(queue(reader.page).locator(".bs-teaser").first).not_to_have_text("…")
    reader.page.evaluate(
        "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"
    )
    assert reader.page.evaluate("() => window.shifts") == 0


def test_an_abstract_that_cannot_be_fetched_leaves_a_word_and_the_link(
    open_reader: OpenReader,
) -> None:
    reader = open_reader()
    slug = some_slugs(reader, 1)[0]
    keep(reader, store(saved={slug: OLD}))

    def answer(route: Route) -> None:
        route.fulfill(status=200, content_type="text/html", body="<p>not the page</p>")

    reader.context.route(f"**/papers/{slug}/", answer)
    reader.open("saved/")
    expect(queue(reader.page).locator(".bs-teaser")).to_have_text(
        "The abstract could not be fetched."
    )
    expect(reader.title(queue(reader.page).first)).to_be_visible()


def test_without_the_index_the_list_still_names_its_papers(open_reader: OpenReader) -> None:
    reader = open_reader()
    slug = some_slugs(reader, 1)[0]
    keep(reader, store(saved={slug: OLD}))
    reader.context.route("**/index.json", lambda route: route.fulfill(body="{}"))
    reader.open("saved/")
    expect(reader.page.locator(".bs-status")).to_contain_text("could not be read")
    queue(reader.page).get_by_role("link", name=slug).click()
    expect(act(reader.page.locator(".bs-paper"), "save")).to_have_text("Saved")


@pytest.mark.parametrize("address", ["saved/", "read/", "new/"])
def test_without_scripts_the_pages_say_what_is_missing(
    open_reader: OpenReader, address: str
) -> None:
    reader = open_reader(scripts=False)
    reader.open(address)
    expect(reader.page.get_by_text("with scripts switched off it stays empty")).to_be_visible()
    reader.open()
    expect(reader.page.locator("[data-act]")).to_have_count(0)
