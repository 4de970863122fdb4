"""A folder beside the site to build in, and the step that makes it the site.

The old site stays whole until all of the new one is written. Then, if nothing of the old one is
kept, the two folders change places; otherwise the new and changed files move in one by one, each
at once the new one, and those that are no longer wanted go. Before that the manifest is forgotten,
and written again at the end: who is stopped in between has a site of whole files, and the next
build makes all of it anew.

Two builds into one folder wait for each other. What a killed build left behind is found by its
lock, which ends with its process, and removed by the next.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # Windows: builds do not wait for each other there.
    fcntl = None  # type: ignore[assignment]

_OLD = "old"


class Aside:
    """A new, empty folder beside a site, for as long as it takes to fill it."""

    def __init__(self, folder: Path, lock: IO[bytes] | None) -> None:
        """Take a folder that was made for this, and the lock that says that it is in use."""
        self.folder = folder
        self._lock = lock
        self._ready: set[str] = set()

    def write(self, path: str, content: bytes) -> os.stat_result:
        """Write a file of the site, by its path in it; return what the file system knows of it."""
        # Twenty thousand times: no objects for paths, and no folder is asked for twice.
        parent, _, name = path.rpartition("/")
        folder = os.path.join(self.folder, parent)  # noqa: PTH118
        if parent not in self._ready:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103
            self._ready.add(parent)
        with open(os.path.join(folder, name), "wb") as file:  # noqa: PTH118, PTH123
            file.write(content)
            file.flush()
            return os.fstat(file.fileno())

    def close(self) -> None:
        """Remove the folder, if it is still there."""
        shutil.rmtree(self.folder, ignore_errors=True)
        _unlock(self._lock)
        self._lock = None


class Placing:
    """Builds of one site: where they are made, and how they come to stand where the site is."""

    def __init__(self, site: Path, locks: Path) -> None:
        """Take the site's folder, and the folder for locks; neither needs to exist."""
        self.site = site
        self._locks = locks
        self._prefix = f".{site.name}-next-"

    def aside(self) -> Aside:
        """Make a folder to build in. Raises OSError where that is not allowed."""
        with self.alone():
            self.site.parent.mkdir(parents=True, exist_ok=True)
            self._clear_up()
            return Aside(*self._new_folder())

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Wait until no other build is changing this site, and let none until this is over."""
        name = hashlib.blake2b(os.fsencode(self.site), digest_size=8).hexdigest()
        lock = self._locked(f"site-{name}", wait=True)
        try:
            yield
        finally:
            if lock:
                lock.close()

    def exchange(self, aside: Path) -> None:
        """Let the new folder take the old one's place. Raises OSError if the old cannot move.

        As with `move_in`, whoever calls this is `alone`.
        """
        if not self.site.exists():
            aside.rename(self.site)
            return
        away, lock = self._new_folder()
        try:
            self.site.rename(away / _OLD)
            try:
                aside.rename(self.site)
            except OSError:
                (away / _OLD).rename(self.site)
                raise
        finally:
            shutil.rmtree(away, ignore_errors=True)
            _unlock(lock)

    def move_in(self, aside: Path, new: Collection[str], gone: Collection[str]) -> None:
        """Move new and changed files in, remove those that are gone, and folders left empty."""
        for path in gone:
            with suppress(OSError):
                (self.site / path).unlink()
        for parent in sorted({(self.site / path).parent for path in gone}, reverse=True):
            self._remove_empty(parent)
        self.site.mkdir(parents=True, exist_ok=True)
        ready = {""}
        for path in new:
            self._make_folder(path.rpartition("/")[0], ready)
            source, target = f"{aside}/{path}", f"{self.site}/{path}"
            try:
                os.replace(source, target)  # noqa: PTH105
            except OSError:
                if not os.path.isdir(target):  # noqa: PTH112
                    raise
                shutil.rmtree(target)
                os.replace(source, target)  # noqa: PTH105

    def _make_folder(self, path: str, ready: set[str]) -> None:
        """Make a folder of the site, also where a file or a link stands in its way."""
        if path in ready:
            return
        self._make_folder(path.rpartition("/")[0], ready)
        place = self.site / path
        if place.is_symlink() or place.is_file():
            place.unlink()
        place.mkdir(exist_ok=True)
        ready.add(path)

    def _remove_empty(self, folder: Path) -> None:
        while folder != self.site:
            try:
                folder.rmdir()
            except OSError:
                return
            folder = folder.parent

    def _new_folder(self) -> tuple[Path, IO[bytes] | None]:
        folder = Path(tempfile.mkdtemp(prefix=self._prefix, dir=self.site.parent))
        folder.chmod(0o777 & ~_umask())
        return folder, self._locked(folder.name)

    def _clear_up(self) -> None:
        """Remove what killed builds of this site left beside it."""
        for folder in self.site.parent.glob(f"{self._prefix}*"):
            lock = self._locked(folder.name)
            if (lock is None and fcntl is not None) or folder.is_symlink():
                continue
            # A build that was killed while the folders changed places: the old one is the site.
            if (folder / _OLD).is_dir() and not self.site.exists():
                (folder / _OLD).rename(self.site)
            shutil.rmtree(folder, ignore_errors=True)
            _unlock(lock)

    def _locked(self, name: str, *, wait: bool = False) -> IO[bytes] | None:
        """Lock a name for this process; nothing if another has it, or locks are not to be had."""
        if fcntl is None:
            return None
        file: IO[bytes] | None = None
        try:
            self._locks.mkdir(parents=True, exist_ok=True)
            file = (self._locks / f"{name}.lock").open("ab")
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except OSError:
            if file:
                file.close()
            return None
        return file


def _unlock(lock: IO[bytes] | None) -> None:
    """End a lock for good: its name is not used again."""
    if lock:
        with suppress(OSError):
            Path(lock.name).unlink()
        lock.close()


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
