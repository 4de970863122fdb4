"""RIS: an entry as lines of a tag and a value, for EndNote, Zotero, Mendeley and the like.

A paper with an arXiv identifier is `UNPB`, the type by which reference managers hand preprints
to each other. Of any other paper nobody knows how it was published: it is `GEN`, generic, which
claims nothing. `N1`, a note, has the digest and the links; `L1` would be taken for a PDF.

Lines end in LF. Readers take it as they take CR LF, and a builder that writes text with its
machine's own line ends cannot double a CR that is not there.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.writing.citations.entries import Entry
from generator.writing.citations.people import Person


def ris(entry: Entry) -> str:
    """Write an entry, without a line end behind it.

    Every value is on one line behind its tag, so none can begin a line or end the entry.
    """
    return "".join(f"{tag}  - {value}\n" for tag, value in _lines(entry) if value) + "ER  - "


def _lines(entry: Entry) -> Iterator[tuple[str, str]]:
    arxiv = entry.arxiv
    yield "TY", "UNPB" if arxiv else "GEN"
    yield "ID", entry.key
    yield "TI", entry.title
    for person in entry.authors:
        yield "AU", _person(person)
    if entry.when:
        year, *rest = entry.when
        month_and_day = "/".join(f"{part:02}" for part in rest)
        yield "PY", f"{year:04}"
        yield "DA", f"{year:04}/{month_and_day}/" + "/" * (2 - len(rest))
    if arxiv:
        yield "PB", "arXiv"
        yield "AN", f"arXiv:{arxiv.id}"
    yield "DO", entry.doi
    yield "UR", entry.url
    yield "AB", entry.abstract
    for keyword in entry.keywords:
        yield "KW", keyword
    yield "N1", entry.note


def _person(person: Person) -> str:
    if person.literal:
        return person.literal
    return ", ".join(part for part in (person.family, person.given, person.suffix) if part)
