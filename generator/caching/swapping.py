"""Lets a new folder stand where the old one does.

Linux and macOS can exchange two folders in one step, which Python does not offer: no reader ever
finds no site, or half of one. Elsewhere it takes two steps, and for a moment there is no site.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

_HERE = -100
"""AT_FDCWD of Linux: paths mean what they mean to this process."""
_EXCHANGE = 2
"""RENAME_EXCHANGE of Linux, and RENAME_SWAP of macOS."""


def swap(new: Path, old: Path, away: Path) -> None:
    """Let `new` be `old`, which need not exist; what stood there ends at `new` or at `away`.

    Raises OSError if a folder cannot move; then both are where they were.
    """
    if not old.exists():
        new.rename(old)
        return
    if exchange(new, old):
        return
    old.rename(away)
    try:
        new.rename(old)
    except OSError:
        away.rename(old)
        raise


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; say whether that was done."""
    here, there = os.fsencode(one), os.fsencode(other)
    with suppress(ImportError, AttributeError, OSError):
        import ctypes  # Only when a site is ready: 10 ms.

        library = ctypes.CDLL(None)
        if hasattr(library, "renameat2"):
            failed = library.renameat2(_HERE, here, _HERE, there, _EXCHANGE)
        else:
            failed = library.renamex_np(here, there, _EXCHANGE)
        return not failed
    return False
