"""Read files that strangers may have put into a project: only what is a file, and not too large.

A pipe would never end, a link may lead to anything on this machine, and what is too large for a
digest is one by mistake. Whoever reads says what a refusal means.
"""

from __future__ import annotations

import os
from pathlib import Path
from stat import S_ISREG

LARGEST = 20_000_000
"""Bytes of a digest that is read: ten thousand papers have twelve million."""
LARGEST_VOCABULARY = 1_000_000

LARGEST_KNOWN = 40_000_000
"""Bytes of what is known of all papers: forty thousand of them have so many."""


class TooLargeError(OSError):
    """A file has more bytes than are read."""

    def __init__(self, size: int, most: int) -> None:
        super().__init__(0, f"it has {size:,} bytes, and at most {most:,} are read")
        self.size = size


def content_of(path: Path, most: int = LARGEST) -> bytes:
    """Return what stands in a file, if that is not more than so many bytes.

    Raises OSError, whose `strerror` says why: not there, not to be read, no file, a link to another
    folder; TooLargeError for one that is too large, of which nothing is read.
    """
    found = path.stat()
    if not S_ISREG(found.st_mode):
        raise OSError(0, "not a file")
    if path.is_symlink() and real(path).parent != real(path.parent):
        raise OSError(0, "a link to a file elsewhere")
    if found.st_size > most:
        raise TooLargeError(found.st_size, most)
    with path.open("rb") as file:
        # As much as there should be: room is made for all that is asked for.
        content = file.read(found.st_size + 1)
        if len(content) > found.st_size:
            content += file.read(most + 1 - len(content))
    if len(content) > most:
        raise TooLargeError(len(content), most)
    return content


def real(path: Path) -> Path:
    """Return where a path leads, links followed; one that leads in a circle stays as it is."""
    # Path.resolve raises RuntimeError for a circle, in some versions of Python.
    return Path(os.path.realpath(path))
