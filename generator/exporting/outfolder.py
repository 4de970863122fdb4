"""The folder of an export, with a list of what was written into it.

A later export takes out what it no longer makes, and a folder without that list is never touched
unless it is empty.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from generator.exporting.settings import ExportError

MANIFEST = ".broadsheet-export"


class OutFolder:
    """A folder that is written, file by file, and put in order at the end."""

    def __init__(self, folder: Path) -> None:
        """Take a folder; raise ExportError if it is somebody else's."""
        self._folder = folder
        self._old = _earlier(folder)
        self._written: set[str] = set()
        folder.mkdir(parents=True, exist_ok=True)
        # The list comes first, and grows: an export that is broken off can then be repeated.
        self._list(self._old)

    def write(self, name: str, content: str | bytes) -> None:
        """Write a file; text gets Unix lines."""
        data = content.encode("utf-8") if isinstance(content, str) else content
        self._target(name).write_bytes(data)

    def copy(self, name: str, source: Path) -> None:
        """Write a file as it stands elsewhere."""
        shutil.copyfile(source, self._target(name))

    def finish(self) -> int:
        """Take out what an earlier export left; return how many files there are."""
        for name in self._old - self._written:
            _take_out(self._folder, name)
        self._list(self._written)
        return len(self._written)

    def _target(self, name: str) -> Path:
        """Return where a file goes; raise if a link on the way leads out of the folder."""
        path = self._folder / name
        if not path.resolve().is_relative_to(self._folder.resolve()):
            raise ExportError(
                f"{path} leads out of {self._folder}: take the link out, or name a new folder"
            )
        if name not in self._old | self._written:
            with (self._folder / MANIFEST).open("a", encoding="utf-8", newline="\n") as manifest:
                manifest.write(f"{name}\n")
        self._written.add(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def _list(self, names: set[str]) -> None:
        text = "".join(f"{name}\n" for name in sorted({MANIFEST, *names} - {MANIFEST}))
        (self._folder / MANIFEST).write_text(text, encoding="utf-8", newline="\n")


def _earlier(folder: Path) -> set[str]:
    """Return what an earlier export wrote; raise if the folder is somebody else's."""
    manifest = folder / MANIFEST
    if manifest.is_file():
        try:
            return set(manifest.read_text(encoding="utf-8").splitlines())
        except UnicodeDecodeError as error:
            raise ExportError(f"{manifest} is not what an export wrote: {error}") from error
    if folder.is_symlink() and not folder.exists():
        raise ExportError(f"{folder} is a link to nowhere: name an empty or a new folder")
    if folder.exists() and any(folder.iterdir()):
        raise ExportError(
            f"{folder} is not empty, and no export wrote it: name an empty or a new folder"
        )
    return set()


def _take_out(folder: Path, name: str) -> None:
    """Delete a file of an earlier export, and the folders that it leaves empty."""
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()) or not path.is_file():
        return
    path.unlink()
    for parent in path.parents:
        if parent == folder or any(parent.iterdir()):
            break
        parent.rmdir()
