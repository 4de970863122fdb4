"""Says what a build is doing, if it takes longer than two seconds.

On a terminal as a bar that goes away when its stage is over; elsewhere, as in a log of CI, as one
line for each stage and one more for every ten seconds of it. The bar is click's.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sized
from typing import TextIO, TypeVar

import click

PATIENCE = 2.0
"""Seconds for which nothing is said."""

_OFTEN = 10.0
"""Seconds between two lines of one stage, where there is no bar."""

_T = TypeVar("_T")


class Progress:
    """Tells a reader of the terminal or of a log how far a build is."""

    def __init__(
        self,
        say: Callable[[str], None] | None,
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take what writes a line, or nothing to be silent; `stream` is where a bar is drawn."""
        self._say = say
        self._stream = stream or sys.stderr
        self._clock = clock
        self._begin = clock()

    def over(self, doing: str, items: Iterable[_T], total: int | None = None) -> Iterator[_T]:
        """Yield the items, and say how many of them are done; `doing` is e.g. "reading digests".

        The number of items is asked of them if it is not given.
        """
        if total is None:
            total = len(items) if isinstance(items, Sized) else 0
        if self._say is None:
            yield from items
        elif self._stream.isatty():
            yield from self._with_bar(doing, items, total)
        else:
            yield from self._with_lines(self._say, doing, items, total)

    def begin(self, doing: str) -> None:
        """Say that something begins whose steps cannot be counted."""
        if self._say and self._is_long():
            self._say(f"{doing} …")

    def _is_long(self) -> bool:
        return self._clock() - self._begin >= PATIENCE

    def _with_bar(self, doing: str, items: Iterable[_T], total: int) -> Iterator[_T]:
        bar = None
        for done, item in enumerate(items):
            if bar is None and self._is_long():
                bar = click.progressbar(
                    length=total, label=doing, show_pos=True, file=self._stream, update_min_steps=1
                )
                bar.update(done)
            elif bar is not None:
                bar.update(1)
            yield item
        if bar is not None:
            self._stream.write("\r\033[K\033[?25h")
            self._stream.flush()

    def _with_lines(
        self, say: Callable[[str], None], doing: str, items: Iterable[_T], total: int
    ) -> Iterator[_T]:
        said: float | None = None
        for done, item in enumerate(items):
            now = self._clock()
            if now - self._begin >= PATIENCE and (said is None or now - said >= _OFTEN):
                of = f": {done:,} of {total:,}" if said is not None and total else ""
                whole = f" ({total:,})" if said is None and total else ""
                say(f"{doing}{whole}{of} …")
                said = now
            yield item


SILENT = Progress(None)
"""Says nothing."""
