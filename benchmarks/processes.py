"""What commands cost: the CPU time and memory of a process and of all that it starts.

CPU time is what the system adds up for a process and its children that ended (user and system).
Memory is the most that a command held of the machine's: of a process alone the most resident pages
that the system saw; where there are several in its session, what all of them held together at one
of twenty moments a second, pages that they share counted once (PSS). Both are read from /proc;
without it, there is the most that one process held.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self

PROC = Path("/proc")
_TICK = os.sysconf("SC_CLK_TCK")
_PAUSE = 0.05
_LAST = 8
"""Lines that are shown of a command that failed."""
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class CommandError(RuntimeError):
    """A command failed; the message says which, and its last lines."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took."""

    cpu: float
    """Seconds of all its processes."""
    wall: float
    memory: int
    """Bytes of all its processes together, at most."""


class Running:
    """A command while its block lasts, in a session of its own; what it says goes to a file.

    Raises CommandError if it cannot be started.
    """

    def __init__(
        self, command: Sequence[str], cwd: Path, environment: Mapping[str, str] | None = None
    ) -> None:
        self._command = command
        self._said: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115
        self.start = time.monotonic()
        try:
            self.process = subprocess.Popen(
                command,
                cwd=cwd,
                env={**os.environ, **(environment or {})},
                stdin=subprocess.DEVNULL,
                stdout=self._said,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        except OSError as problem:
            self._said.close()
            raise CommandError(f"`{' '.join(command)}` cannot be started: {problem}") from None
        self.memory = 0
        self._ended = threading.Event()
        self._watch = threading.Thread(target=self._watch_memory, daemon=True)

    def __enter__(self) -> Self:
        self._watch.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._ended.set()
        self._watch.join()
        if self.process.returncode is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            self.process.wait()
        self._said.close()

    def said(self) -> str:
        """Return what the command has said so far."""
        size = os.fstat(self._said.fileno()).st_size
        return _COLOUR.sub("", os.pread(self._said.fileno(), size, 0).decode("utf-8", "replace"))

    def cpu(self) -> float:
        """Return the CPU seconds of its processes that run and of those that ended (Linux only)."""
        return sum(ticks for _, ticks in _session(self.process.pid)) / _TICK

    def wait_for(self, words: str, times: int = 1, within: float = 600) -> None:
        """Wait until it has said words so many times. Raises CommandError if it does not."""
        end = time.monotonic() + within
        while self.said().count(words) < times:
            if self.process.poll() is not None or time.monotonic() > end:
                raise CommandError(f"waited in vain for {words!r}; {self.complaint()}")
            time.sleep(_PAUSE)

    def finish(self) -> Cost:
        """Wait for its end. Raises CommandError if it failed."""
        _, status, used = os.wait4(self.process.pid, 0)
        wall = time.monotonic() - self.start
        self.process.returncode = os.waitstatus_to_exitcode(status)
        if self.process.returncode:
            raise CommandError(self.complaint())
        # Of a child, ru_maxrss is never less than what its parent held when it started it.
        memory = self.memory or used.ru_maxrss * 1024
        return Cost(round(used.ru_utime + used.ru_stime, 2), round(wall, 2), memory)

    def complaint(self) -> str:
        """Name the command, how it ended, and its last lines."""
        code = self.process.returncode
        ended = "goes on" if code is None else f"ended with {code}"
        lines = "\n    ".join(self.said().strip().splitlines()[-_LAST:]) or "(it said nothing)"
        return f"`{' '.join(self._command)}` {ended}; its last lines:\n    {lines}"

    def _watch_memory(self) -> None:
        while not self._ended.wait(_PAUSE):
            together = [process for process, _ in _session(self.process.pid)]
            held = _resident(together[0]) if len(together) == 1 else sum(map(_share, together))
            self.memory = max(self.memory, held)


def measure(
    command: Sequence[str], cwd: Path, environment: Mapping[str, str] | None = None
) -> Cost:
    """Run a command to its end. Raises CommandError if it fails or cannot be started."""
    with Running(command, cwd, environment) as running:
        return running.finish()


def _session(leader: int) -> list[tuple[int, int]]:
    """Return the processes of a session, with ticks of CPU time, children's that ended included."""
    found = []
    for place in PROC.glob("[0-9]*/stat"):
        try:
            fields = place.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == leader:
            found.append((int(place.parent.name), sum(map(int, fields[11:15]))))
    return found


def _resident(process: int) -> int:
    """Return the most bytes that a process held so far."""
    return _told(process, "status", "VmHWM:")


def _share(process: int) -> int:
    """Return the bytes that a process holds, of a page that n processes share the n-th part."""
    return _told(process, "smaps_rollup", "Pss:")


def _told(process: int, file: str, name: str) -> int:
    try:
        rows = (PROC / str(process) / file).read_text().splitlines()
    except OSError:
        return 0
    return sum(int(row.split()[1]) * 1024 for row in rows if row.startswith(name))
