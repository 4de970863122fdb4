"""Shows a change before all of the site has been made again.

Whoever writes a digest wants to see its page, and would wait for ten thousand others to be looked
through, and for the index of the search. So a rebuild of a preview ends when it is known what
every page rests on. The rest is made in a thread of its own, and a page that somebody asks for in
the meantime is made at once; a file that cannot be made by itself, such as one of the search, is
sent when all is there. The next change stops what is still going on and takes its place.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from threading import Condition, Thread
from typing import Any

from generator.caching import Made, Wanted

log = logging.getLogger("mkdocs.plugins.broadsheet")

App = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
"""A web application as WSGI has it."""

Put = Callable[[str, bytes], None]
"""Lets a file stand in the site, by its path in it. Raises OSError if it cannot."""

_NOT_OURS = "/livereload/"
"""What browsers ask for to hear of changes; it must not wait for one."""


_FIRST = 0.5
"""Seconds in which browsers have the machine to themselves, since they reload just then."""


class StoppedError(Exception):
    """A later change has made this work needless."""


class Preview:
    """What of a site that is shown is still to be made."""

    def __init__(self) -> None:
        """Begin with a site that is as it should be."""
        self._state = Condition()
        """Held while a page is made, too: two at once would only wait for each other."""
        self._asking: list[str] = []
        self._is_whole = True
        self._is_stopped = False
        self._changes = 0
        """How often the site was found to be out of date."""
        self._pages: dict[str, Callable[[], bytes]] = {}
        self._shown: set[str] = set()
        self._put: Put = _nowhere
        self._thread: Thread | None = None

    def stop(self) -> None:
        """End what goes on, and return when it has ended; who asks now waits for what comes."""
        with self._state:
            self._is_stopped, self._is_whole = True, False
            self._changes += 1
            self._pages, self._shown = {}, set()
            self._state.notify_all()
        if self._thread:
            self._thread.join()
            self._thread = None

    def begin(
        self,
        shown: Iterable[str],
        pages: Mapping[str, Callable[[], bytes]],
        put: Put,
        finish: Callable[[], None],
    ) -> None:
        """Show the site, and make the rest of it at leisure.

        `shown` are paths of files that are as they should be, `pages` can be made one by one.
        `finish` makes all of the site; it runs in a thread and ends with StoppedError when the
        `steps` that it takes do. Stopped at once, it is not even called.
        """
        with self._state:
            self._is_stopped = False
            self._pages, self._shown, self._put = dict(pages), set(shown), put
            self._thread = Thread(target=self._work, args=(finish,), name="preview", daemon=True)
            self._thread.start()
            self._state.notify_all()

    def end(self) -> None:
        """Say that nothing is left to be made: those who wait get what there is."""
        with self._state:
            self._pages, self._is_whole = {}, True
            self._state.notify_all()

    def steps(self, wanted: Iterable[Wanted]) -> Iterator[Wanted]:
        """Yield what is wanted, to be made while nobody asks for a page. Raises StoppedError."""
        for each in wanted:
            if self._is_stopped:
                raise StoppedError
            yield Wanted(each.path, each.key, partial(self._made, each.make))

    def showing(self, app: App, root: str) -> App:
        """Return an application that first sees to it that what is asked for stands in the site.

        `root` is the path of the site's address, with slashes around it.
        """

        def serve(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
            if not path.startswith(root) or path.startswith(_NOT_OURS):
                return app(environ, start_response)
            name = path.removeprefix(root)
            name = f"{name}index.html" if path.endswith("/") else name
            while True:
                changes, said = self._changes, _Said()
                self._see_to(name)
                parts = app(environ, said)
                if changes == self._changes:
                    said.again(start_response)
                    return parts
                # The server waits while a site is built, and may have sent what stood there before.
                if hasattr(parts, "close"):
                    parts.close()

        return serve

    def _see_to(self, path: str) -> None:
        """Return when a file of the site is the one that it should be."""
        self._asking.append(path)
        with self._state:
            self._asking.remove(path)
            # Once: if those who wait woke each other, they would do nothing else.
            self._state.notify_all()
            while not self._is_whole and path not in self._shown:
                page = self._pages.pop(path, None)
                if page and self._stands(path, page):
                    self._shown.add(path)
                else:
                    self._state.wait()

    def _stands(self, path: str, page: Callable[[], bytes]) -> bool:
        try:
            self._put(path, page())
        except Exception:
            # The folder may just be changing places; and of a fault who makes all will tell.
            return False
        return True

    def _made(self, make: Callable[[], Made]) -> Made:
        with self._state:
            # Locks are not fair: it would take the next step before who asks had a chance.
            while self._asking:
                self._state.wait()
            return make()

    def _work(self, finish: Callable[[], None]) -> None:
        with self._state:
            if self._state.wait_for(lambda: self._is_stopped, _FIRST):
                return
        try:
            finish()
        except StoppedError:
            return
        except Exception as error:
            is_disk = isinstance(error, OSError) and error.errno
            what = "the rest of the site could not be made; the old one stays"
            log.error("broadsheet: %s: %s.", what, _word(error), exc_info=not is_disk)
        with self._state:
            # Whoever has stopped it meanwhile knows of a change that is not in what was made.
            if not self._is_stopped:
                self.end()


def _word(error: Exception) -> str:
    if isinstance(error, OSError) and error.errno:
        return f"{error.filename}: {error.strerror}" if error.filename else f"{error.strerror}"
    return f"{error}"


class _Said:
    """What an application says of its answer, which may not be the one that is sent."""

    def __init__(self) -> None:
        self._calls: list[tuple[Any, ...]] = []

    def __call__(self, *said: Any) -> None:
        self._calls.append(said)

    def again(self, start_response: Callable[..., Any]) -> None:
        """Say it to whoever sends the answer."""
        for said in self._calls:
            start_response(*said)


def _nowhere(path: str, _: bytes) -> None:
    raise OSError(path)
