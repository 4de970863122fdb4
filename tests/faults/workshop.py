"""Builds sites on machines that break, in forks of a process that has all it takes.

A build alone costs a few hundred milliseconds; the imports, four times as much. As a script this
is the process that forks: it reads requests, one a line, and answers each with one line.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import signal
import subprocess
import sys
import time
import traceback
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NoReturn

from mkdocs.__main__ import cli
from mkdocs.commands.build import build
from mkdocs.config import load_config
from smallsite import ENVIRONMENT, make

from generator.caching import placing

_CHANGES = {
    "ctypes.dlsym",  # Looked up just before two folders are exchanged.
    "os.link",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "shutil.rmtree",
}
"""What Python tells of before it happens; opening a file to write is another."""

_ANY_SIZE = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)


@dataclass(frozen=True, slots=True)
class Fault:
    """What breaks during a build."""

    at: int | None = None
    """Killed just before this change of the disk, counted from 0."""
    before: str | None = None
    """Killed just before the first change that is told with these characters."""
    cut: int | None = None
    """Killed while writing, when a file comes to have so many bytes."""
    after: float | None = None
    """Killed after so many seconds."""
    most: int | None = None
    """No file can have more bytes: writing fails as on a full disk."""
    user: int | None = None
    """Built by this user."""
    epoch: str | None = None
    """In the environment, as SOURCE_DATE_EPOCH."""
    at_once: int | None = None
    """In the place of `AT_ONCE`: 0 lets changed files move one by one."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a build ended."""

    status: int
    """The exit code, or less than 0: the signal that killed it."""
    log: str
    changes: list[str]
    """Of the disk, in order."""


class Workshop:
    """Where builds can be had for little."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=ENVIRONMENT,
            text=True,
        )

    def build(self, folder: Path, fault: Fault | None = None) -> Outcome:
        """Build the project in a folder, by the command line of MkDocs."""
        assert self._process.stdin
        assert self._process.stdout
        request = {"folder": str(folder), "fault": asdict(fault or Fault())}
        self._process.stdin.write(f"{json.dumps(request)}\n")
        self._process.stdin.flush()
        return Outcome(**json.loads(self._process.stdout.readline()))

    def close(self) -> None:
        """End it."""
        self._process.communicate()


def _serve() -> None:
    with TemporaryDirectory() as folder:
        # Imports all that a build takes.
        make(Path(folder) / "mine")
        build(load_config(f"{folder}/mine/mkdocs.yml"))
    # What is there stays: forks share it as long as nobody touches it.
    gc.collect()
    gc.freeze()
    for line in sys.stdin:
        request = json.loads(line)
        answer = _forked(Path(request["folder"]), Fault(**request["fault"]))
        sys.stdout.write(f"{json.dumps(answer)}\n")
        sys.stdout.flush()


def _forked(folder: Path, fault: Fault) -> dict[str, Any]:
    log, changes = Path(f"{folder}.log"), Path(f"{folder}.changes")
    for path in (log, changes):
        path.write_bytes(b"")
        path.chmod(0o666)
    child = os.fork()
    if not child:
        _build(folder, fault, log, changes)
    if fault.after is not None:
        time.sleep(fault.after)
        os.kill(child, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    told = changes.read_text("utf-8").splitlines()
    return {"status": status, "log": log.read_text("utf-8"), "changes": told}


def _build(folder: Path, fault: Fault, log: Path, changes: Path) -> NoReturn:
    status = 70
    watch = _Watch(str(folder), fault)
    try:
        _redirect(log)
        os.chdir(folder)
        _break(fault)
        sys.addaudithook(watch)
        cli(["build"])
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else bool(end.code)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        resource.setrlimit(resource.RLIMIT_FSIZE, _ANY_SIZE)
        changes.write_text("\n".join(watch.changes), "utf-8")
        os._exit(status)


def _redirect(log: Path) -> None:
    handle = os.open(log, os.O_WRONLY | os.O_APPEND)
    os.dup2(handle, 1)
    os.dup2(handle, 2)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)


def _break(fault: Fault) -> None:
    if fault.at_once is not None:
        placing.AT_ONCE = fault.at_once
    if fault.epoch is not None:
        os.environ["SOURCE_DATE_EPOCH"] = fault.epoch
    if fault.user is not None:
        os.setgid(fault.user)
        os.setuid(fault.user)
    size = fault.cut or fault.most
    if size is not None:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL if fault.cut else signal.SIG_IGN)


class _Watch:
    """Tells of all changes of the disk below a folder, and kills at one of them."""

    def __init__(self, folder: str, fault: Fault) -> None:
        self.changes: list[str] = []
        self._folder = folder
        self._fault = fault

    def __call__(self, event: str, args: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = args
            if not isinstance(path, str | os.PathLike) or not (
                flags & (os.O_WRONLY | os.O_RDWR) and str(path).startswith(self._folder)
            ):
                return
        elif event not in _CHANGES:
            return
        change = f"{event} {args[:2]}"
        before = self._fault.before
        if len(self.changes) == self._fault.at or (before and before in change):
            os.kill(os.getpid(), signal.SIGKILL)
        self.changes.append(change)


if __name__ == "__main__":
    _serve()
