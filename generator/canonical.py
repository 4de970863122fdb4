"""Write papers in the project's own text format, so that they are read as they are.

This is the form that `broadsheet add` writes and a person may go on with by hand: a title in a
line that begins with `# `, its keys, a blank line, its abstract. `generator.reading.declared`
reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.model import Record
from generator.reading.declared import HEADER, MARK, escaped


def canonical_text(records: Iterable[Record]) -> str:
    """Return a whole digest of records as `generator.reading` gives them."""
    return "\n".join([HEADER + "\n", *map(canonical_record, records)])


def canonical_record(record: Record) -> str:
    """Return one paper, with a line end behind its last line."""
    paragraphs = map(escaped, record.abstract.split("\n\n"))
    head = "".join(f"{line}\n" for line in (f"{MARK} {record.title}", *_keys(record)))
    return f"{head}\n" + "\n\n".join(paragraphs) + "\n"


def _keys(record: Record) -> Iterator[str]:
    if record.authors:
        # The last semicolon says that a name with commas in it is one name all the same.
        one = len(record.authors) == 1 and "," in record.authors[0]
        yield f"Authors: {'; '.join(record.authors)}{';' if one else ''}"
    if record.arxiv:
        yield f"arXiv: {record.arxiv}"
    if record.doi:
        yield f"DOI: {record.doi}"
    if record.published:
        yield f"Published: {record.published.isoformat()}"
    for link in record.links:
        yield f"Link: {link.text}"
    if record.tags:
        yield f"Tags: {', '.join(tag.text for tag in record.tags)}"
    for note in record.notes:
        yield f"Note: {note}"
