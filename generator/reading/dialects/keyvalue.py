"""Papers as `Title:`, `PDF:` and `Summary:` lines, with `---` between them.

Programs that ask arXiv write such files; its interface calls an abstract a summary. Lists with
`Title:` and `Abstract:` alone are read by `labels`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from generator.model import LineClass
from generator.reading.dialects.entries import Entry, day_of, settle
from generator.reading.dialects.form import Dialect, Sheet
from generator.reading.dialects.people import people_of
from generator.reading.dialects.pieces import opening, paragraphs, visible
from generator.reading.lines import RawLine

_FIELD = re.compile(r"([A-Za-z][A-Za-z -]{1,20}?) ?[:：] ?(.*)")
_RULE = re.compile(r"[-=_*]{3,}")
_LINKS = frozenset(("pdf", "url", "link", "abs", "code", "github", "project", "arxiv", "doi"))
_CHROME = frozenset(("categories", "category", "primary category", "subjects", "score", "votes"))
_NOTES = frozenset(("comment", "comments", "journal-ref"))
_TEXTS = frozenset(("summary", "abstract"))
_KNOWN = _LINKS | _CHROME | _NOTES | _TEXTS | {"authors", "author", "published", "date", "title"}


def _signature(lines: Sequence[RawLine]) -> float:
    text = opening(lines)
    if "\nsummary" not in text.lower():
        return 0.0
    signs = (
        r"^Title ?[:：] ?\S",
        r"^(?:PDF|URL|Link) ?[:：] ?https?://",
        r"^Summary ?[:：]",
    )
    if not all(re.search(sign, text, re.MULTILINE | re.IGNORECASE) for sign in signs):
        return 0.0
    top = _FIELD.match(text)
    return 0.9 if top and top[1].lower() in _KNOWN else 0.6


def _read(text: str, sheet: Sheet) -> None:
    papers: list[tuple[Entry, list[RawLine]]] = []
    inside, key = False, ""
    for line in visible(text, sheet.raw):
        match = _FIELD.fullmatch(line.text)
        word = match[1].lower() if match and match[1].lower() in _KNOWN else ""
        if _RULE.fullmatch(line.text):
            inside, key = False, ""
            sheet.mark(line.number, LineClass.CHROME)
        elif match and word == "title":
            papers.append((Entry(line.number, match[2]), []))
            papers[-1][0].mark(line.number, LineClass.TITLE)
            inside, key = True, "title"
        elif not inside:
            continue
        elif match and word and key not in _TEXTS:
            key = word
            _field(papers[-1], key, match[2], line, sheet)
        elif key in _TEXTS:
            papers[-1][1].append(line)
        elif line.text and key == "title":
            papers[-1][0].title = f"{papers[-1][0].title} {line.text}".strip()
            papers[-1][0].mark(line.number, LineClass.TITLE)
    for entry, body in papers:
        entry.abstract = paragraphs(body)
        filled = [line.number for line in body if line.text]
        entry.at = min(filled, default=0)
        entry.mark(filled, LineClass.ABSTRACT)
    settle(sheet, [entry for entry, _ in papers])


def _field(
    paper: tuple[Entry, list[RawLine]], key: str, value: str, line: RawLine, sheet: Sheet
) -> None:
    """Take in the value of one line."""
    entry, body = paper
    entry.mark(line.number, LineClass.CHROME if key in _CHROME else LineClass.KEY)
    if key in _TEXTS:
        entry.mark(line.number, LineClass.ABSTRACT)
        body.append(replace(line, text=value))
    elif key in ("authors", "author"):
        entry.authors = people_of(value)
    elif key in ("published", "date"):
        entry.published = day_of(value[:10]) or day_of(value)
    elif key in _NOTES:
        entry.note(value)
    elif key in _LINKS:
        entry.link(value, sheet, line.number)


DIALECT = Dialect(
    "key-value",
    "text with Title:, PDF: and Summary: lines",
    _signature,
    _read,
    "Title: Attention Is All You Need\nPDF: https://arxiv.org/pdf/1706.03762\nSummary: …\n---",
)
