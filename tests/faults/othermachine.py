"""Builds a site on another machine, as it were: what differs there is given as JSON.

    seconds  by which the clock is wrong
    order    a seed: folders list their files in another order
    umask    of files that are made
    cores    that may be used

Time zone, locale, hash seed and folder are the environment's, which whoever starts this sets.
"""

from __future__ import annotations

import datetime
import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any, Self


def main() -> None:
    """Change what is to differ, and only then import what builds."""
    other = json.loads(sys.argv[1])
    if seconds := other.get("seconds"):
        _shift(seconds)
    if seed := other.get("order"):
        _shuffle(random.Random(seed))  # noqa: S311
    if umask := other.get("umask"):
        os.umask(umask)
    if cores := other.get("cores"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
    from mkdocs.__main__ import cli

    cli(["build", "--strict", "--quiet"])


def _shift(seconds: int) -> None:
    """Put the clock forward; `date.today` asks `time.time` as well."""
    real, real_ns = time.time, time.time_ns
    real_datetime = datetime.datetime

    class Anywhen(type):
        def __instancecheck__(cls, other: object) -> bool:
            return isinstance(other, real_datetime)

    class Shifted(real_datetime, metaclass=Anywhen):  # type: ignore[misc,valid-type]
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> Any:
            return real_datetime.fromtimestamp(time.time(), tz)

        @classmethod
        def utcnow(cls) -> Any:
            return cls.now(datetime.UTC).replace(tzinfo=None)

    def given(function: Callable[..., Any]) -> Callable[..., Any]:
        return lambda at=None: function(time.time() if at is None else at)

    time.time = lambda: real() + seconds
    time.time_ns = lambda: real_ns() + seconds * 10**9
    time.localtime, time.gmtime = given(time.localtime), given(time.gmtime)
    datetime.datetime = Shifted  # type: ignore[misc]


def _shuffle(dice: random.Random) -> None:
    """List files in any order, as file systems do."""
    real_scandir, real_listdir = os.scandir, os.listdir

    class Shuffled:
        def __init__(self, *args: Any) -> None:
            with real_scandir(*args) as found:
                self._entries = list(found)
            dice.shuffle(self._entries)

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_: object) -> None:
            self._entries = []

        def __iter__(self) -> Iterator[Any]:
            return self

        def __next__(self) -> Any:
            if not self._entries:
                raise StopIteration
            return self._entries.pop()

        def close(self) -> None:
            self._entries = []

    def shuffled(*args: Any) -> list[Any]:
        found = real_listdir(*args)
        dice.shuffle(found)
        return found

    os.scandir, os.listdir = Shuffled, shuffled  # type: ignore[assignment]


if __name__ == "__main__":
    main()
