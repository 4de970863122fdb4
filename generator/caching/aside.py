"""A folder beside a site to build in.

It has a lock of its own, which ends with the build's process, so that the next build knows what a
killed one left behind. Within it stand:

    lock   held while the folder is in use
    new    the site that is being made
    loose  files of it that will move one by one, under numbers
    old    the site that stood there before, while the two change places
    ahead  a file that is to stand in the site before the others
    moves  what has to move in and what to go, once all of it is ready and moves one by one
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Collection, Iterable
from contextlib import suppress
from itertools import chain
from operator import itemgetter
from pathlib import Path, PurePosixPath
from typing import IO

import msgspec

from generator.caching.locking import LOCKS, lock
from generator.caching.store import write_whole


class Moves(msgspec.Struct, frozen=True):
    """What is left to do when all of a site is ready."""

    new: list[tuple[str, str]]
    """Where each file stands in the folder aside, and its path in the site."""
    gone: list[str]
    """Paths in the site."""


class Aside:
    """A folder to build in, for as long as it takes to fill it."""

    def __init__(self, root: Path, held: IO[bytes] | None, begun: int = 0) -> None:
        """Take a folder that was made for this, and its lock."""
        self.root = root
        self.begun = begun
        """A time before anything is built in it, by the file system's clock."""
        self.folder = root / "new"
        """Where what is written for the site stands."""
        self._new = f"{self.folder}/"
        self._loose = root / "loose"
        self._is_loose = False
        self._numbers: dict[str, int] = {}
        """Of files that stand loose, by their paths in the site."""
        self.old = root / "old"
        self.ahead = root / "ahead"
        """A file on its way into the site that does not wait for the others."""
        self._moves = root / "moves"
        self._held = held
        self._ready: set[str] = set()

    @classmethod
    def new(cls, parent: Path, prefix: str) -> Aside:
        """Make a new folder below another. Raises OSError where that is not allowed."""
        root = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
        aside = cls(root, lock(root / "lock"), root.stat().st_mtime_ns)
        try:
            aside.folder.mkdir()
        except OSError:
            aside.close()
            raise
        return aside

    @classmethod
    def left(cls, root: Path) -> Aside | None:
        """Return a folder that a killed build left behind; nothing if it is still in use."""
        if root.is_symlink() or not root.is_dir():
            return None
        held = lock(root / "lock")
        return None if held is None and LOCKS else cls(root, held)

    def write(self, path: str, content: bytes) -> os.stat_result:
        """Write a file of the site, by its path in it; return what the file system knows of it."""
        # Twenty thousand times: no objects for paths, no buffer, and no folder is asked for twice.
        place = self._loose_place(path) if self._is_loose else self._place(path)
        with open(place, "wb", buffering=0) as file:  # noqa: PTH123
            rest = memoryview(content)
            while rest:
                rest = rest[file.write(rest) :]
            return os.fstat(file.fileno())

    def loosen(self) -> None:
        """Expect that files move one by one: no folders are made, to be removed again, for them."""
        self._loose.mkdir()
        self._is_loose = True

    def settle(self) -> None:
        """Let what stands loose stand where it belongs in the site that is being made."""
        for path in list(self._numbers):
            os.replace(self._loose_place(path), self._place(path))  # noqa: PTH105
            del self._numbers[path]

    def moves(self, new: Collection[str], gone: Iterable[str]) -> Moves:
        """Return what is to be done with files that stand here, and with those that go."""
        loose = self._numbers
        places = [f"loose/{loose[path]}" if path in loose else f"new/{path}" for path in new]
        return Moves(sorted(zip(places, new, strict=True), key=itemgetter(1)), sorted(gone))

    def link(self, path: str, site: Path) -> None:
        """Let a file of the old site be one of the new as well. Raises OSError."""
        source, target = f"{site}/{path}", self._place(path)
        try:
            os.link(source, target, follow_symlinks=False)
        except FileExistsError:  # Written by the builder, and not what is wanted, or no news.
            os.unlink(target)  # noqa: PTH108
            os.link(source, target, follow_symlinks=False)

    def note(self, moves: Moves) -> None:
        """Say that all is ready and what is to be done: whoever comes can do it. Raises OSError."""
        # Names that are no text on this system are none here either.
        new = [tuple(map(os.fsencode, places)) for places in moves.new]
        noted = (new, list(map(os.fsencode, moves.gone)))
        write_whole(self._moves, msgspec.msgpack.encode(noted))

    def noted(self) -> Moves | None:
        """Return what is still to be done, if all is ready and it was begun."""
        try:
            new, gone = msgspec.msgpack.decode(
                self._moves.read_bytes(), type=tuple[list[tuple[bytes, bytes]], list[bytes]]
            )
        except (OSError, msgspec.DecodeError, ValueError):
            return None
        moves = Moves(
            [(os.fsdecode(place), os.fsdecode(path)) for place, path in new],
            list(map(os.fsdecode, gone)),
        )
        # Whoever can put a folder here must not reach out of it, or of the site, with it.
        return moves if all(map(_is_within, (*chain(*moves.new), *moves.gone))) else None

    def done(self) -> None:
        """Say that nothing of it is left to do."""
        self._moves.unlink(missing_ok=True)

    def close(self) -> None:
        """Remove the folder, unless something of it has yet to move in; it is no longer in use."""
        if not self._moves.exists():
            shutil.rmtree(self.root, ignore_errors=True)
            if self.root.exists():  # Some of its folders are read-only: those of an old site.
                for folder, _, _ in os.walk(self.root):
                    with suppress(OSError):
                        Path(folder).chmod(0o700)
                shutil.rmtree(self.root, ignore_errors=True)
        if self._held:
            with suppress(OSError):
                self._held.close()
        self._held = None

    def _loose_place(self, path: str) -> str:
        number = self._numbers.setdefault(path, len(self._numbers))
        return f"{self._loose}/{number}"

    def _place(self, path: str) -> str:
        parent = path.rpartition("/")[0]
        if parent not in self._ready:
            self._make_folder(parent)
        return f"{self._new}{path}"

    def _make_folder(self, path: str) -> None:
        if path and path not in self._ready:
            self._make_folder(path.rpartition("/")[0])
            try:
                os.mkdir(f"{self._new}{path}")  # noqa: PTH102
            except FileExistsError:
                if not os.path.isdir(f"{self._new}{path}"):  # noqa: PTH112
                    raise
        self._ready.add(path)


def _is_within(path: str) -> bool:
    parts = PurePosixPath(path)
    return not parts.is_absolute() and ".." not in parts.parts
