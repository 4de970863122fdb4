"""Where a site is built, and the step that makes it the site.

The old site stays whole until all of the new one is written aside. Then there are two ways:

At once: the two folders are exchanged. A file that did not change is first linked into the new
folder (nothing is copied). That costs 0.1 ms a file, folders and the removal of the old one
included, measured with 24,000 files: nothing for a small site, and half as much again as a whole
warm build of 5,000 papers. So it is done for up to `AT_ONCE` unchanged files.

One by one: each file that is new or changed takes the old one's place, whole, and those that are
no longer wanted go, all in a fraction of a second. Before that the list of them is written down
beside the ready files. Who is stopped in between leaves a site of old and new files; whoever
builds next finds the list and ends the work before anything else. A site that is published by
copying it after the build, as the workflows do, shows nothing of this to its readers. The files of
a site that was large before wait under numbers: a digest's would want 700 folders, each of them
made and removed for nothing.

What stands aside is beside the site, or in a hidden folder within it if nothing can stand beside
it, or if the site's folder cannot move, as one that a container has mounted. Two builds into one
folder wait for each other. What a killed build left behind is removed by the next.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path
from threading import Lock

from generator.caching.aside import Aside, Moves
from generator.caching.inventory import Inventory, take
from generator.caching.locking import lock
from generator.caching.manifest import Manifest
from generator.caching.swapping import swap

AT_ONCE = 2_000
"""Files that are linked, at most, so that folders can change places."""


def is_large(files: int) -> bool:
    """Say whether so many files that did not change would be left where they are."""
    return files > AT_ONCE


class Placing:
    """Builds of one site: where they are made, and how they come to stand where the site is."""

    def __init__(self, site: Path, locks: Path) -> None:
        """Take the site's folder, and the folder for locks; neither needs to exist."""
        self.site = site
        self._locks = locks
        self._prefix = f".{site.name}-next-"
        self._changing = Lock()
        """Held while the site's files change: another thread may put one of them ahead."""

    def aside(self) -> Aside:
        """Make a folder to build in; end or clear up what others began. Raises OSError."""
        with self.alone():
            self.site.parent.mkdir(parents=True, exist_ok=True)
            self._clear_up()
            if os.path.ismount(self.site):
                return Aside.new(self.site, self._prefix)
            try:
                return Aside.new(self.site.parent, self._prefix)
            except OSError:
                if not self.site.is_dir():
                    raise
                return Aside.new(self.site, self._prefix)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Wait until no other build is changing this site, and let none until this is over."""
        name = hashlib.blake2b(os.fsencode(self.site), digest_size=8).hexdigest()
        with suppress(OSError):
            self._locks.mkdir(parents=True, exist_ok=True)
        held = lock(self._locks / f"site-{name}.lock", wait=True)
        try:
            yield
        finally:
            if held:
                held.close()

    def found(self, known: Manifest, now: int) -> Inventory:
        """Return what stands in the site: see `inventory.take`."""
        return take(self.site, known, now, self._prefix)

    def place(
        self, aside: Aside, new: Collection[str], gone: Collection[str], kept: Collection[str]
    ) -> None:
        """Let what is aside be the site, together with what is kept of the old one.

        Whoever calls this is `alone`. Raises OSError if that cannot be; then the old site is as it
        was, or what is left to do is noted and the next build ends it.
        """
        with self._changing:
            self._place(aside, new, gone, kept)

    def _place(
        self, aside: Aside, new: Collection[str], gone: Collection[str], kept: Collection[str]
    ) -> None:
        beside = aside.root.parent == self.site.parent
        if beside and not is_large(len(kept)) and _link(aside, kept, self.site):
            with suppress(OSError):
                swap(aside.folder, self.site, aside.old)
                return
        _make_sure_of_folders(new, kept)
        self._make_sure(new, gone)
        moves = aside.moves(new, gone)
        aside.note(moves)
        self._move(aside, moves)

    def put(self, aside: Aside, path: str, content: bytes) -> None:
        """Let one file stand in the site ahead of the others, whole. Raises OSError.

        What is known of the site's files is not told: the next build sees that this one changed.
        """
        with self._changing:
            self._put(aside, path, content)

    def _put(self, aside: Aside, path: str, content: bytes) -> None:
        target = self.site / path
        with suppress(OSError):
            if target.read_bytes() == content:
                return
        self.site.mkdir(parents=True, exist_ok=True)
        self._make_folder(path.rpartition("/")[0], {""})
        aside.ahead.write_bytes(content)
        aside.ahead.replace(target)

    def _move(self, aside: Aside, moves: Moves) -> None:
        """Remove files that are gone and folders left empty, and move in what is new."""
        for path in moves.gone:
            with suppress(OSError):
                (self.site / path).unlink()
        for parent in sorted({(self.site / path).parent for path in moves.gone}, reverse=True):
            self._remove_empty(parent)
        self.site.mkdir(parents=True, exist_ok=True)
        ready = {""}
        for place, path in moves.new:
            source, target = f"{aside.root}/{place}", f"{self.site}/{path}"
            self._make_folder(path.rpartition("/")[0], ready)
            try:
                os.replace(source, target)  # noqa: PTH105
            except OSError:
                if not os.path.lexists(source):  # It moved before a build was killed.
                    continue
                if not os.path.isdir(target):  # noqa: PTH112
                    raise
                shutil.rmtree(target)
                os.replace(source, target)  # noqa: PTH105
        aside.done()

    def _make_sure(self, new: Iterable[str], gone: Iterable[str]) -> None:
        """Raise OSError if a folder that is there cannot be changed: better none than half."""
        for parent in {path.rpartition("/")[0] for path in (*new, *gone)}:
            folder = parent
            while folder and not os.path.isdir(f"{self.site}/{folder}"):  # noqa: PTH112
                folder = folder.rpartition("/")[0]
            place = f"{self.site}/{folder}"
            if os.path.exists(place) and not os.access(place, os.W_OK | os.X_OK):  # noqa: PTH110
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), place)

    def _make_folder(self, path: str, ready: set[str]) -> None:
        """Make a folder of the site, also where a file or a link stands in its way."""
        if path in ready:
            return
        self._make_folder(path.rpartition("/")[0], ready)
        place = f"{self.site}/{path}"
        if os.path.islink(place) or not os.path.isdir(place):  # noqa: PTH112, PTH114
            with suppress(FileNotFoundError):
                os.unlink(place)  # noqa: PTH108
            os.mkdir(place)  # noqa: PTH102
        ready.add(path)

    def _remove_empty(self, folder: Path) -> None:
        while folder != self.site:
            try:
                folder.rmdir()
            except OSError:
                return
            folder = folder.parent

    def _clear_up(self) -> None:
        """End what killed builds had begun to move in, and remove what they left."""
        for parent in (self.site.parent, self.site):
            for root in sorted(parent.glob(f"{escape(self._prefix)}*")):
                if left := Aside.left(root):
                    try:
                        self._end(left)
                    finally:
                        left.close()

    def _end(self, left: Aside) -> None:
        # Killed while the folders changed places in two steps: the old one is the site.
        if left.old.is_dir() and not self.site.exists():
            left.old.rename(self.site)
        if moves := left.noted():
            self._move(left, moves)
        left.done()


def _make_sure_of_folders(new: Collection[str], kept: Collection[str]) -> None:
    """Raise OSError if a file of the site would have to be a folder as well."""
    found: set[str] = set()
    for path in new:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            if folder in new or folder in kept:
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), folder)
            found.add(folder)
            folder = folder.rpartition("/")[0]


def _link(aside: Aside, kept: Collection[str], site: Path) -> bool:
    """Let files of the old site stand aside too; say whether all of them do."""
    try:
        aside.settle()
        for path in kept:
            aside.link(path, site)
    except OSError:
        return False
    return True
