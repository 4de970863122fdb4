"""A change is shown before all of the site has been made again, and nothing old is ever sent."""

from __future__ import annotations

import errno
import logging
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

import generator.previewing
from generator.building import Build
from generator.caching import Held, Known, Made, Store, Wanted
from generator.previewing import Preview, StoppedError

PAGE, SEARCH, STYLE = "papers/a/index.html", "search/index.json", "assets/site.css"


class Site:
    """A site that is shown, and somebody who asks for its files."""

    def __init__(self, threads: ThreadPoolExecutor) -> None:
        self.files = dict.fromkeys((PAGE, SEARCH, STYLE), b"old")
        self.preview = Preview()
        self.may_go_on = Event()
        self.told: list[str] = []
        self.before_reading: Callable[[str], None] = lambda _: None
        self.threads = threads
        self._app = self.preview.showing(self._serve, "/site/")

    def _serve(self, environ: dict[str, Any], tell: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"].removeprefix("/site/")
        self.before_reading(path)
        tell("200 OK", [])
        return [self.files[f"{path}index.html" if path.endswith("/") else path]]

    def put(self, path: str, content: bytes) -> None:
        self.files[path] = content

    def begin(self, finish: Callable[[], None], page: Callable[[], bytes] = lambda: b"new") -> None:
        self.files[STYLE] = b"new"
        self.preview.begin([STYLE], {PAGE: page}, self.put, finish)

    def finish(self) -> None:
        """Make the rest when it is let."""
        assert self.may_go_on.wait(30)
        self.files |= {PAGE: b"new", SEARCH: b"new"}

    def ask(self, path: str) -> Future[bytes]:
        environ = {"PATH_INFO": f"/site/{path}"}
        return self.threads.submit(
            lambda: b"".join(self._app(environ, lambda *said: self.told.append(said[0])))
        )


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(generator.previewing, "_FIRST", 0)
    with ThreadPoolExecutor() as threads:
        shown = Site(threads)
        yield shown
        shown.may_go_on.set()
        shown.preview.stop()
        shown.preview.end()


def wanted(*paths: str) -> list[Wanted]:
    return [Wanted(path, b"key", lambda: Made(b"new")) for path in paths]


def test_a_site_that_is_as_it_should_be_is_sent_as_it_is(site: Site) -> None:
    assert site.ask("papers/a/").result(30) == b"old"


def test_a_page_comes_before_the_rest_is_made_and_what_takes_the_rest_comes_after(
    site: Site,
) -> None:
    site.preview.stop()
    site.begin(site.finish)
    search = site.ask(SEARCH)
    assert site.ask("papers/a/").result(30) == b"new"
    assert site.ask(STYLE).result(30) == b"new"
    assert not search.done()
    site.may_go_on.set()
    assert search.result(30) == b"new"


def test_who_asks_while_a_change_is_read_gets_what_it_made(site: Site) -> None:
    site.preview.stop()
    page = site.ask("papers/a/")
    site.begin(site.finish)
    assert page.result(30) == b"new"


def test_who_asks_while_a_change_is_read_that_breaks_gets_what_is_there(site: Site) -> None:
    site.preview.stop()
    page = site.ask("papers/a/")
    site.preview.end()
    assert page.result(30) == b"old"


def test_who_asks_just_before_a_change_is_read_gets_what_it_made(site: Site) -> None:
    asked, is_read = Event(), Event()

    def waits(path: str) -> None:
        # As the server does while a site is built.
        asked.set()
        assert is_read.wait(30)

    site.before_reading = waits
    page = site.ask("papers/a/")
    assert asked.wait(30)
    site.preview.stop()
    site.begin(site.finish)
    is_read.set()
    assert page.result(30) == b"new"
    assert site.told == ["200 OK"]


def test_a_change_that_comes_when_the_work_is_just_done_is_still_waited_for(site: Site) -> None:
    begun = Event()

    def finish() -> None:
        begun.set()
        site.finish()

    site.preview.stop()
    site.begin(finish)
    assert begun.wait(30)
    stopping = Thread(target=site.preview.stop)
    stopping.start()
    while not site.preview._is_stopped:
        pass
    site.may_go_on.set()
    stopping.join(30)
    site.files[PAGE] = b"old"
    page = site.ask("papers/a/")
    site.begin(site.finish)
    assert page.result(30) == b"new"


def test_those_who_wait_do_not_wake_each_other(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.preview.stop()
    site.begin(site.finish)
    woken: list[str] = []
    wait = site.preview._state.wait

    def counted(timeout: float | None = None) -> bool:
        if timeout is None:
            woken.append(SEARCH)
        return wait(timeout)

    monkeypatch.setattr(site.preview._state, "wait", counted)
    both = [site.ask(SEARCH), site.ask(SEARCH)]
    while len(woken) < len(both):
        pass
    with pytest.raises(TimeoutError):
        both[0].result(0.2)
    # Whoever comes is heard of once.
    assert len(woken) <= len(both) + 1
    site.may_go_on.set()
    assert [each.result(30) for each in both] == [b"new", b"new"]


def test_a_page_that_cannot_be_made_is_not_tried_again_and_again(site: Site) -> None:
    tried: list[str] = []

    def fails() -> bytes:
        tried.append(PAGE)
        raise ValueError("out of paper")

    site.preview.stop()
    site.begin(site.finish, fails)
    pages = [site.ask("papers/a/"), site.ask("papers/a/")]
    with pytest.raises(TimeoutError):
        pages[0].result(0.2)
    site.may_go_on.set()
    assert [page.result(30) for page in pages] == [b"new", b"new"]
    assert tried == [PAGE]


def test_a_browser_hears_of_changes_while_the_rest_is_made() -> None:
    preview = Preview()
    preview.stop()
    app = preview.showing(lambda *_: [b"1"], "/")
    assert app({"PATH_INFO": "/livereload/1/2"}, lambda *_: None) == [b"1"]


def test_the_next_change_stops_the_work_on_the_one_before(site: Site) -> None:
    begun, steps = Event(), []

    def finish() -> None:
        def endless() -> Iterator[Wanted]:
            while True:
                yield from wanted(SEARCH)

        for each in site.preview.steps(endless()):
            steps.append(each.make())
            begun.set()

    site.preview.stop()
    site.begin(finish)
    assert begun.wait(30)
    site.preview.stop()
    made = len(steps)
    site.begin(site.finish)
    assert site.ask("papers/a/").result(30) == b"new"
    assert len(steps) == made
    site.may_go_on.set()
    site.preview.stop()
    with pytest.raises(StoppedError):
        next(site.preview.steps(wanted(PAGE)))


def test_work_that_is_stopped_while_browsers_reload_is_never_begun(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generator.previewing, "_FIRST", 30)
    begun: list[str] = []
    site.preview.stop()
    site.begin(lambda: begun.append(PAGE))
    site.preview.stop()
    assert not begun


def test_who_asks_for_a_page_comes_before_the_next_step(site: Site) -> None:
    served: list[str] = []

    class Asking(list[str]):
        """Somebody at the door, who is let in as soon as the work waits."""

        def __bool__(self) -> bool:
            if not served:
                site.threads.submit(serve)
            return not served

    def serve() -> None:
        with site.preview._state:
            served.append("papers/a/")
            site.preview._state.notify_all()

    site.preview._asking = Asking()
    step = Wanted(SEARCH, b"key", lambda: Made("".join(served).encode()))
    made = [each.make().content for each in site.preview.steps([step])]
    assert made == [b"papers/a/"]


def test_a_page_that_cannot_be_put_comes_with_the_rest(site: Site) -> None:
    def fails() -> bytes:
        raise OSError("the folder is just changing places")

    site.preview.stop()
    site.begin(site.finish, fails)
    page = site.ask("papers/a/")
    site.may_go_on.set()
    assert page.result(30) == b"new"


def test_where_the_rest_fails_it_is_told_and_nobody_waits(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    def fails() -> None:
        raise ValueError("out of paper")

    site.preview.stop()
    with caplog.at_level(logging.ERROR, generator.previewing.log.name):
        site.begin(fails)
        assert site.ask(SEARCH).result(30) == b"old"
    assert "the old one stays" in caplog.text
    assert "out of paper" in caplog.text


def test_of_a_full_disk_a_word_is_enough(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    def fails() -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "index.json")

    site.preview.stop()
    with caplog.at_level(logging.ERROR, generator.previewing.log.name):
        site.begin(fails)
        assert site.ask(SEARCH).result(30) == b"old"
    assert "index.json: No space left on device" in caplog.text
    assert "Traceback" not in caplog.text


# What it rests on


def test_a_file_that_is_put_ahead_is_not_taken_for_the_old_one(tmp_path: Path) -> None:
    def build(page: str) -> None:
        one = Build(tmp_path, tmp_path / "site")
        (one.folder / "style.css").write_text("by the builder")
        of_page = Wanted(PAGE, page.encode(), lambda: Made(page.encode()))
        one.publish([of_page], lambda _: [], Known())

    build("old")
    stopped = Build(tmp_path, tmp_path / "site")
    stopped.put(PAGE, b"new")
    stopped.abandon()
    assert (tmp_path / "site" / PAGE).read_text() == "new"
    build("old")
    assert (tmp_path / "site" / PAGE).read_text() == "old"


def test_no_file_is_put_ahead_while_folders_change_places_in_two_steps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def build(page: str) -> tuple[Build, list[Wanted]]:
        pages = [Wanted(PAGE, page.encode(), lambda: Made(page.encode())), *wanted(SEARCH)]
        return Build(tmp_path, tmp_path / "site"), pages

    first, pages = build("old")
    first.publish(pages, lambda _: [], Known())
    second, pages = build("new")
    rename = Path.rename

    def slowly(path: Path, to: Path) -> Path:
        moved = rename(path, to)
        if path == second.site:
            putting = Thread(target=second.put, args=(PAGE, b"new"))
            putting.start()
            putting.join(0.2)
        return moved

    monkeypatch.setattr("generator.caching.swapping.exchange", lambda *_: False)
    monkeypatch.setattr(Path, "rename", slowly)
    second.publish(pages, lambda _: [], Known())
    assert (second.site / PAGE).read_bytes() == b"new"
    assert (second.site / SEARCH).read_bytes() == b"new"


def test_what_the_builder_wrote_is_shown_at_once(tmp_path: Path) -> None:
    build = Build(tmp_path, tmp_path / "site")
    for name in ("a.css", "sitemap.xml"):
        (build.folder / name).write_text("by the builder")
    assert build.show({"sitemap.xml"}) == ["a.css"]
    assert (tmp_path / "site" / "a.css").read_text() == "by the builder"
    assert not (tmp_path / "site" / "sitemap.xml").exists()
    build.abandon()


def test_what_is_held_is_known_at_once_and_on_disk_when_it_settles(tmp_path: Path) -> None:
    store = Store(tmp_path, b"code")
    store.remember("before", b"on disk")
    held = Held().over(store)
    held.remember("now", b"at hand")
    assert (held.recall("before"), held.recall("now")) == (b"on disk", b"at hand")
    assert held.recall("never") is None
    assert store.recall("now") is None
    later = held.over(Store(tmp_path, b"code"))
    assert later.recall("now") == b"at hand"
    later.settle()
    assert store.recall("now") == b"at hand"
