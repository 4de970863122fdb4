"""Make records such as a digest in the project's own text format can hold.

A form may have values that no text file of ours can say: half a character in JSON, a name with a
semicolon in it, a paragraph of nothing but spaces. Here they become what is nearest to them, so
that whatever is read can be written down (`generator.canonical`) and is then read the same.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from generator.model import Given, Record
from generator.reading.keys import (
    AUTHORS_APART,
    TAGS_APART,
    arxiv_of,
    doi_of,
    in_one_piece,
    items_of,
)
from generator.reading.lines import fold

_NO_TEXT = re.compile("[\0\ud800-\udfff]")
"""What a file in UTF-8 does not hold, or not without being taken for a binary one."""


def fitted(record: Record) -> Record:
    """Return the record with every value as the text format can say it; most stay as they are."""
    paragraphs = (_line(part) for part in record.abstract.split("\n\n"))
    return replace(
        record,
        title=_line(record.title),
        abstract="\n\n".join(part for part in paragraphs if part),
        authors=items_of(_line(";".join(record.authors)), AUTHORS_APART),
        arxiv=arxiv_of(_line(record.arxiv)) if record.arxiv else None,
        doi=doi_of(_line(record.doi)) if record.doi else None,
        links=_once(
            [replace(link, text=text) for link in record.links if (text := _piece(link.text))]
        ),
        tags=_once(
            [
                replace(tag, text=text)
                for tag in record.tags
                for text in items_of(_line(tag.text), TAGS_APART)
            ]
        ),
        notes=tuple(text for note in record.notes if (text := _line(note))),
    )


def _line(text: str) -> str:
    return fold(_NO_TEXT.sub("\ufffd", text))


def _piece(text: str) -> str:
    """Return an address, or nothing where a text is none for the white space in it."""
    line = _line(text)
    return line if in_one_piece(line) else ""


def _once(given: list[Given]) -> tuple[Given, ...]:
    found: dict[str, Given] = {}
    for one in given:
        found.setdefault(one.text, one)
    return tuple(found.values())
