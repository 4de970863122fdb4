"""CSL-JSON: an entry as an object on one line, for citeproc, pandoc and Zotero.

A paper with an arXiv identifier is an `article`: in CSL that is what stands by itself, as
preprints do, and Zotero makes a preprint of it. Any other is a `document`, CSL's word for what
is of no other type. `publisher` and `number` are where Zotero keeps a preprint's archive.
Abstracts are left to RIS, by which libraries of papers are filled, and to papers.json.
"""

from __future__ import annotations

from typing import Any

import msgspec

from generator.writing.citations.entries import Entry
from generator.writing.citations.people import Person


def csl(entry: Entry) -> str:
    """Write an entry, without a line end in it or behind it."""
    arxiv = entry.arxiv
    item: dict[str, Any] = {
        "id": entry.key,
        "type": "article" if arxiv else "document",
        "title": entry.title,
        "author": [_person(person) for person in entry.authors],
        "issued": {"date-parts": [entry.when]} if entry.when else None,
        "publisher": "arXiv" if arxiv else "",
        "number": f"arXiv:{arxiv.id}" if arxiv else "",
        "DOI": entry.doi,
        "URL": entry.url,
        "keyword": ", ".join(entry.keywords),
        "note": entry.note,
    }
    return msgspec.json.encode({key: value for key, value in item.items() if value}).decode()


def _person(person: Person) -> dict[str, str]:
    parts = {
        "family": person.family,
        "given": person.given,
        "suffix": person.suffix,
        "literal": person.literal,
    }
    return {key: value for key, value in parts.items() if value}
