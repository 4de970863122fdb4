"""The memory of all stages, on disk: a file for each name, sealed.

A seal holds what code made the content, and a checksum of it. A file that was cut off, altered, or
made by another version is as good as none. Writing never fails a build: a folder that is read-only
or full is a cache that does not remember.
"""

from __future__ import annotations

import hashlib
import logging
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from generator.caching.locking import lock

log = logging.getLogger("mkdocs.plugins.broadsheet")
"""MkDocs shows nothing of loggers that are not below its own."""

_MAGIC = b"broadsheet 1\n"
_SEAL = 16


class Store:
    """Keeps bytes under names in a folder, for code with a certain stamp."""

    def __init__(self, folder: Path, made_by: bytes) -> None:
        """Take a folder, which need not exist, and the stamp of the code that is running."""
        self.folder = folder
        self._made_by = made_by
        self._warned = False

    def recall(self, name: str) -> bytes | None:
        """Return what was remembered under this name by the same code, if it is whole."""
        path = self._path(name)
        try:
            with path.open("rb", buffering=0) as file:
                seal, content = file.read(len(_MAGIC) + _SEAL), file.readall()
        except FileNotFoundError:
            return None
        except OSError as error:
            self._complain(f"{path} cannot be read ({error.strerror})")
            return None
        if seal == _MAGIC + self._sealed(name, content):
            return content
        log.debug(
            "broadsheet: what is kept in %s is not of this version or damaged; made anew.", path
        )
        return None

    def remember(self, name: str, content: bytes) -> None:
        """Keep this in the place of what was there; a reader gets the one or the other, whole."""
        path = self._path(name)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            write_whole(path, _MAGIC + self._sealed(name, content), content)
        except OSError as error:
            self._complain(f"{path} cannot be written ({error.strerror})")

    def tidy(self) -> None:
        """Remove what killed builds were just writing."""
        for path in self.folder.glob(".*.bin-*"):
            if held := lock(path):
                with suppress(OSError):
                    path.unlink()
                held.close()

    def forget(self, name: str) -> None:
        """Remove what was remembered under this name."""
        with suppress(OSError):
            self._path(name).unlink()

    def thin_out(self, pattern: str, most: int) -> None:
        """Keep the latest of the names that fit a pattern."""
        with suppress(OSError):
            found = sorted(
                self.folder.glob(f"{pattern}.bin"), key=lambda path: path.stat().st_mtime
            )
            for path in found[:-most]:
                path.unlink()

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.bin"

    def _sealed(self, name: str, content: bytes) -> bytes:
        # Processors do this one by themselves: two or three times as fast as any other.
        seal = hashlib.sha256(self._made_by)
        seal.update(name.encode() + b"\n")
        seal.update(content)
        return seal.digest()[:_SEAL]

    def _complain(self, what: str) -> None:
        if not self._warned:
            log.info("broadsheet: %s; the next build will take longer.", what)
        self._warned = True


def write_whole(path: Path, *parts: bytes) -> None:
    """Write a file so that it is the old one until it is the new one. Raises OSError.

    It may be read by whom the old one, or any new file, may be read.
    """
    aside = path.with_name(f".{path.name}-{token_hex(4)}")
    # Without a lock it would be taken for what a killed build left behind.
    held = lock(aside)
    try:
        with aside.open("wb") as file:
            file.writelines(parts)
        with suppress(FileNotFoundError):
            aside.chmod(path.stat().st_mode & 0o777)
        aside.replace(path)
    except BaseException:
        with suppress(OSError):
            aside.unlink()
        raise
    finally:
        if held:
            held.close()
