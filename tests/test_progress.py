"""What a long build says on the way: a bar on a terminal, few lines elsewhere, nothing if asked."""

from __future__ import annotations

import io
from collections.abc import Callable

from generator.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    """Time passes by steps of an item."""

    def __init__(self, step: float) -> None:
        self.now = 0.0
        self._step = step

    def __call__(self) -> float:
        return self.now

    def items(self, count: int) -> list[int]:
        return list(range(count))

    def work(self) -> None:
        self.now += self._step


def run(count: int, step: float, stream: io.StringIO, say: Callable[[str], None] | None) -> int:
    clock = Clock(step)
    progress = Progress(say, stream, clock)
    done = 0
    for _ in progress.over("reading digests", clock.items(count)):
        clock.work()
        done += 1
    return done


def test_a_short_build_says_nothing() -> None:
    said: list[str] = []
    assert run(100, 0.01, Terminal(), said.append) == 100
    stream = Terminal()
    run(100, 0.01, stream, said.append)
    assert (said, stream.getvalue()) == ([], "")


def test_a_log_gets_one_line_a_stage_and_one_every_ten_seconds() -> None:
    said: list[str] = []
    assert run(300, 0.125, io.StringIO(), said.append) == 300
    assert said == [
        "reading digests (300) …",
        "reading digests: 96 of 300 …",
        "reading digests: 176 of 300 …",
        "reading digests: 256 of 300 …",
    ]


def test_a_terminal_gets_a_bar_that_counts_and_goes_away() -> None:
    said: list[str] = []
    stream = Terminal()
    assert run(300, 0.1, stream, said.append) == 300
    assert said == []
    assert "reading digests" in stream.getvalue()
    assert "/300" in stream.getvalue()
    assert stream.getvalue().endswith("\r\033[K\033[?25h")


def test_whoever_asks_for_quiet_gets_it() -> None:
    stream = Terminal()
    assert run(300, 0.1, stream, None) == 300
    assert stream.getvalue() == ""


def test_what_cannot_be_counted_is_named() -> None:
    said: list[str] = []
    clock = Clock(5)
    progress = Progress(said.append, io.StringIO(), clock)
    progress.begin("comparing papers")
    clock.work()
    progress.begin("comparing papers")
    assert said == ["comparing papers …"]
