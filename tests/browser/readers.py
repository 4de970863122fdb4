"""A reader with a browser: how the tests see and use the site's pages.

What a page looks like stands here and nowhere else in the tests. Things are found as a reader
finds them, by role and name, wherever they have one.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import Literal, Protocol
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    expect,
)
from sitehost import BLANK, HOST

THOROUGH = os.environ.get("THOROUGH") == "1"
"""Whether all variants of a test run, on all that there is, and not a sample."""

Scheme = Literal["light", "dark"]
Hand = Literal["mouse", "keyboard"]


@dataclass(frozen=True, slots=True)
class Screen:
    """What a reader looks at."""

    name: str
    width: int
    height: int
    touch: bool = False


PHONE = Screen("phone", 390, 844, touch=True)
DESK = Screen("desk", 1280, 900)
SCHEMES: tuple[Scheme, ...] = ("light", "dark")

_ELSEWHERE = re.compile(rf"^(?!http://{re.escape(HOST)}[:/]|data:|blob:|about:)")

_POLICY = "Content Security Policy"
_TELL_VIOLATIONS = f"""addEventListener("securitypolicyviolation", (event) => console.error(
    "{_POLICY}:", event.effectiveDirective, event.blockedURI, event.sample, event.lineNumber))"""
"""The console tells of most of them by itself; this also names what a browser keeps quiet about."""


class Reader:
    """One person's browser window, cut off from every other machine.

    `complaints` gathers what must never happen: an error in the console, an uncaught exception,
    a dialogue, a request to another machine, a file that is missing, anything that the page's own
    policy forbids.
    """

    def __init__(
        self,
        browser: Browser,
        base: str,
        screen: Screen = DESK,
        scheme: Scheme = "light",
        *,
        scripts: bool = True,
    ) -> None:
        self.base = base
        self.screen = screen
        self.complaints: list[str] = []
        self.changed = False
        """Whether a test has changed the window itself, not only what it shows."""
        self._scheme: Scheme = scheme
        self._missing: set[str] = set()
        self._context: BrowserContext = browser.new_context(
            viewport={"width": screen.width, "height": screen.height},
            has_touch=screen.touch,
            is_mobile=screen.touch,
            color_scheme=scheme,
            reduced_motion="reduce",
            java_script_enabled=scripts,
            service_workers="block",
        )
        # Patience costs nothing where all is well, and machines can be slow.
        self._context.set_default_timeout(30_000)
        # The browser has no way to other machines (`ALONE`). To refuse their requests here, by a
        # route, would double what a page costs: it takes the browser's cache away.
        self._context.on("request", self._asked)
        self._context.on("console", self._console)
        self._context.on("weberror", lambda error: self.complaints.append(f"script: {error.error}"))
        self._context.on("requestfailed", self._failed)
        self.page: Page = self._context.new_page()
        self.page.add_init_script(_TELL_VIOLATIONS)
        self.page.on("dialog", lambda dialog: self.complaints.append(f"dialog: {dialog.message}"))

    @property
    def context(self) -> BrowserContext:
        """The window itself: what changes it (routes, scripts, clocks, permissions) goes by this.

        A window that was changed is not used again.
        """
        self.changed = True
        return self._context

    def close(self) -> None:
        """Close the window."""
        self._context.close()

    def renew(self) -> None:
        """Make the window as good as new for another reader; its cache stays, for speed."""
        self.page.unroute_all()
        self.page.goto(f"{self.base}{BLANK}")
        self.page.evaluate("() => sessionStorage.clear()")
        debugger = self._context.new_cdp_session(self.page)
        origin = self.base.removesuffix(urlsplit(self.base).path)
        kept = "local_storage,indexeddb,cache_storage,cookies"
        debugger.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": kept})
        debugger.detach()
        self.page.emulate_media(media="null", color_scheme=self._scheme, reduced_motion="reduce")
        self.page.set_viewport_size({"width": self.screen.width, "height": self.screen.height})
        # At last: what the page before was at may have ended in a complaint only now.
        self.complaints.clear()
        self._missing.clear()

    # Going somewhere

    def open(self, address: str = "", *, missing: bool = False) -> None:
        """Open a page by its address in the site; `missing` is for one that does not exist."""
        url = self.base + address
        if missing:
            self._missing.add(url)
        response = self.page.goto(url)
        assert response is not None
        expected = 404 if missing else 200
        assert response.status == expected, f"{url}: {response.status}"

    def settle(self) -> None:
        """Wait until the page has loaded and has nothing left to do by itself.

        Not until the network is idle: Chromium does not always tell, and that means half a second
        more in any case.
        """
        self.page.wait_for_load_state()
        self.page.evaluate(
            """() => new Promise((done) => requestIdleCallback(
                () => requestAnimationFrame(() => requestAnimationFrame(done)), { timeout: 5000 }
            ))"""
        )

    def follow(self, target: Locator, hand: Hand) -> None:
        """Use a link or a button by mouse (a finger, on a phone) or by keyboard alone."""
        if hand == "keyboard":
            self.walk_to(target)
            self.page.keyboard.press("Enter")
        elif self.screen.touch:
            target.tap()
        else:
            target.click()

    def walk_to(self, target: Locator) -> None:
        """Press Tab until the target has the focus, which must then show."""
        expect(target).to_be_visible()
        # Found once: to find a thing by its role in a long page again at each step takes seconds.
        element = target.element_handle()
        for _ in range(400):
            if element.evaluate("element => element === document.activeElement"):
                break
            self.page.keyboard.press("Tab")
        expect(target).to_be_focused()
        assert target.evaluate(
            "element => { const s = getComputedStyle(element);"
            " return s.outlineStyle !== 'none' || s.boxShadow !== 'none' }"
        ), f"nothing shows that the focus is on {target}"

    def search(self, words: str, hand: Hand) -> None:
        """Open the search and type."""
        # Keys count from when the page has its scripts.
        self.page.wait_for_load_state()
        if hand == "keyboard":
            self.page.locator("body").press("/")
        elif self.screen.touch:
            self.find.tap()
        else:
            self.find.click()
        expect(self.query).to_be_focused()
        self.ask(words)

    def ask(self, words: str) -> None:
        """Put words into the open search, for those that stand in it."""
        self.query.fill(words)

    # What stands on pages

    @property
    def address(self) -> str:
        """Where the reader is, below the site's own address, without query and fragment."""
        return urlsplit(self.page.url).path.removeprefix(urlsplit(self.base).path)

    @property
    def heading(self) -> Locator:
        """The page's main heading."""
        return self.page.get_by_role("heading", level=1)

    @property
    def entries(self) -> Locator:
        """The papers of a list; MkDocs puts the page as a whole into an article too."""
        return self.page.locator("article article")

    def title(self, entry: Locator) -> Locator:
        """The link from a paper in a list to its page."""
        return entry.get_by_role("heading").get_by_role("link")

    def tags(self, entry: Locator) -> Locator:
        """The tags of a paper in a list."""
        return entry.locator(".bs-chips").get_by_role("link")

    def abstract_of(self, entry: Locator) -> Locator:
        """The paragraphs of a paper in a list, which can be folded."""
        return entry.locator("details > p")

    @property
    def abstract(self) -> Locator:
        """The paragraphs on a paper's own page."""
        return self.page.get_by_role("region", name="Abstract").locator("p")

    @property
    def next_paper(self) -> Locator:
        return self.page.get_by_role("link", name=re.compile("^Next paper"))

    @property
    def previous_paper(self) -> Locator:
        return self.page.get_by_role("link", name=re.compile("^Previous paper"))

    @property
    def unfold_all(self) -> Locator:
        return self.page.get_by_role("button", name="Unfold all abstracts")

    @property
    def query(self) -> Locator:
        """Where one types what to search for, over any page."""
        return self.page.get_by_role("combobox", name="Search")

    @property
    def find(self) -> Locator:
        """What opens the search."""
        return self.page.get_by_role("banner").get_by_role("link", name="Search")

    @property
    def results(self) -> Locator:
        """Links to the pages that a search found, best first; or to searches made before."""
        name = re.compile("^(Results|Searched before)$")
        return self.page.get_by_role("listbox", name=name).get_by_role("option")

    def wide(self) -> int:
        """By how many pixels the page is wider than the window."""
        wide = self.page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return int(wide)

    def moved(self) -> float:
        """By how much the page has jumped since it began to load: its layout shift, from 0."""
        return float(
            self.page.evaluate(
                """() => new Promise((done) => {
                    new PerformanceObserver((list) => {
                        done(list.getEntries().reduce((sum, shift) => sum + shift.value, 0));
                    }).observe({ type: "layout-shift", buffered: true });
                    requestAnimationFrame(() => requestAnimationFrame(() => done(0)));
                })"""
            )
        )

    # What must not happen

    def _asked(self, request: Request) -> None:
        if _ELSEWHERE.match(request.url):
            self.complaints.append(f"request to another machine: {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        # A page that is missing is an error that was expected; what its policy forbids is not.
        expected = message.location["url"] in self._missing and _POLICY not in message.text
        if message.type == "error" and not expected:
            self.complaints.append(f"console: {message.text} ({message.location['url']})")

    def _failed(self, request: Request) -> None:
        # A page that is left behind gives up what it had asked for; that is no fault of its own.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"request failed: {request.url}: {request.failure}")


class OpenReader(Protocol):
    """Opens a window on the built site; `fresh` is for what depends on its cache."""

    def __call__(
        self,
        screen: Screen = DESK,
        scheme: Scheme = "light",
        *,
        scripts: bool = True,
        base: str | None = None,
        fresh: bool = False,
    ) -> Reader: ...
