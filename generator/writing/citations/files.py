"""The formats, how entries become a file, and where the files stand.

What stands between entries never stands in one: each value of an entry is on one line. So a file
can be taken apart again, and scripts on the pages do just that: cite.js has the same table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from generator.writing.citations.bibtex import bibtex
from generator.writing.citations.csl import csl
from generator.writing.citations.entries import Entry
from generator.writing.citations.ris import ris


class Format(msgspec.Struct, frozen=True):
    """A format of citations."""

    label: str
    ending: str
    """Of a file's name, without the first dot."""
    write: Callable[[Entry], str]
    head: str
    between: str
    tail: str
    """What a file has before, between and behind its entries."""

    def join(self, texts: Iterable[str]) -> str:
        """Make a file of written entries."""
        return f"{self.head}{self.between.join(texts)}{self.tail}"

    def join_bytes(self, texts: Iterable[bytes]) -> bytes:
        """Make a file of written entries that are bytes already."""
        between = self.between.encode()
        return b"".join((self.head.encode(), between.join(texts), self.tail.encode()))

    def path(self, folder: str) -> str:
        """Return the path of the file in the folder of a page."""
        return f"{folder}papers.{self.ending}"


FORMATS = (
    Format("BibTeX", "bib", bibtex, "", "\n\n", "\n"),
    Format("RIS", "ris", ris, "", "\n\n", "\n"),
    Format("CSL-JSON", "csl.json", csl, "[\n", ",\n", "\n]\n"),
)
