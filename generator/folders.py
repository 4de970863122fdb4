"""Where a project's files stand, and how messages name them."""

from __future__ import annotations

import os
from pathlib import Path

DIGESTS, VOCABULARY = "digests", "vocabulary.yml"
"""Below the folder of documents: what contributors add, and the tags."""

PERMALINKS = "permalinks.txt"
"""Below the folder of documents: every address that was published."""

CACHE = Path(".cache", "broadsheet")
"""Below the project's folder: what builds keep. It may be deleted at any time."""


def shown(path: Path) -> str:
    """Return a path as messages show it: relative to the working folder where it lies below."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # Another drive, on Windows.
        return str(path)
    return str(path) if relative.startswith("..") else Path(relative).as_posix()
