"""Where a project's files stand."""

from __future__ import annotations

from pathlib import Path

DIGESTS, VOCABULARY = "digests", "vocabulary.yml"
"""Below the folder of documents: what contributors add, and the tags."""

CACHE = Path(".cache", "broadsheet")
"""Below the project's folder: what builds keep. It may be deleted at any time."""
