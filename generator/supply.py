"""The texts of a project's digests, for the pages that show how they were read.

A library has no lines. What was read in this build is kept, packed, until its page is made; what an
earlier build had read is read again if its page has to be made, which is seldom.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec
from msgspec.structs import replace

from generator.checking.codes import address
from generator.enriching.shelves import mark_of_file
from generator.files import content_of
from generator.model import Digest, Issue
from generator.writing.digests import issue_source
from generator.writing.sourcelines import Reading

_PLAIN = "plain text, as it was pasted or in the project’s own form"


class TextSupply:
    """Knows the files of digests by the papers' issues."""

    def __init__(self, docs: Path) -> None:
        """Take the folder of documents."""
        self._docs = docs
        self._explained = cache(self._is_explained)
        self._marks: dict[str, bytes] = {}
        self._read: dict[bytes, bytes] = {}

    def note(self, name: str, mark: bytes) -> None:
        """Take the mark of a file's name and content."""
        self._marks[name] = mark

    def keep(self, mark: bytes, digest: Digest) -> None:
        """Keep how a file was read, lines and all."""
        try:
            self._read[mark] = msgspec.msgpack.encode(digest)
        except UnicodeEncodeError:  # Half a character: it will be read again.
            return

    def mark(self, issue: Issue) -> bytes:
        """Return a digest of a file's name and content."""
        known = self._marks.get(issue.path)
        return mark_of_file(issue.path, self._content(issue)) if known is None else known

    def read(self, issue: Issue) -> Reading:
        """Return a file's text, and how it was read; what is gone by now has no lines."""
        from generator.reading import read_bytes  # Heavy, and not needed where nothing is new.
        from generator.reading.decoding import decode

        content = self._content(issue)
        text = decode(content, issue.path)
        kept = self._read.get(mark_of_file(issue.path, content))
        digest = (
            msgspec.msgpack.decode(kept, type=Digest) if kept else read_bytes(content, issue.path)
        )
        if not isinstance(text, str):
            return Reading(replace(digest, lines=()), "", "")
        return Reading(digest, text, _form(digest.dialect))

    def explained(self, code: str) -> str:
        """Return where the site explains a code; "" if it has no page that does."""
        page, _, place = address(code).removeprefix("docs/").partition("#")
        return f"{page.removesuffix('.md')}/#{place}" if code and self._explained(page) else ""

    def _is_explained(self, page: str) -> bool:
        return (self._docs / page).is_file()

    def _content(self, issue: Issue) -> bytes:
        try:
            return content_of(self._docs / issue_source(issue))
        except OSError:
            return b""


def _form(name: str) -> str:
    from generator.reading.dialects import DIALECTS

    return next((dialect.title for dialect in DIALECTS if dialect.name == name), _PLAIN)
