"""Locks between builds: each ends with its process, however that comes to its end."""

from __future__ import annotations

from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # Windows: builds do not wait for each other there.
    fcntl = None  # type: ignore[assignment]

LOCKS = fcntl is not None
"""Whether there are locks on this system."""


def lock(path: Path, *, wait: bool = False) -> IO[bytes] | None:
    """Lock a file, which is made if need be, until what is returned is closed.

    Nothing comes back if another process has it, or where locks are not to be had.
    """
    if fcntl is None:
        return None
    file: IO[bytes] | None = None
    try:
        file = path.open("ab")
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        if file:
            file.close()
        return None
    return file
