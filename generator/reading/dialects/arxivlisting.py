"""Copies of arXiv's listing pages: `/list/cs.LG/new` with abstracts, `/recent` without.

An entry begins with `[1] arXiv:2411.05780 [pdf, html, other]`, then has its title, names, and
labelled lines down to `Subjects:`. What follows is the abstract, where the page shows it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.model import LineClass
from generator.reading.dialects.entries import Entry, settle, state
from generator.reading.dialects.form import Dialect, Sheet
from generator.reading.dialects.people import people_of
from generator.reading.dialects.pieces import opening, paragraphs, visible
from generator.reading.lines import RawLine

_HEAD = re.compile(
    r"(?:\[[0-9]{1,5}\] ?)?arXiv: ?([a-z.-]{0,20}/?[0-9.]{7,10})(?:v[0-9]+)?"
    r" ?((?:\([^()]{1,60}\) ?)*)\[ ?(?:pdf|html|ps|other)[a-z ,]{0,60}\]",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(Title|Authors|Comments|Subjects|Journal-ref|Report-no|DOI|Related DOI"
    r"|ACM-class|MSC-class|Abstract): ?(.*)"
)
_DAY = re.compile(
    r"((?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? [0-9]{1,2} [A-Z][a-z]{2,8} [0-9]{2,4})"
    r"( ?\((?:showing|continued).{0,60}\))?"
)
_SHOWN = re.compile(
    r"(?:showing new listings|new submissions|submissions received) for (.{8,40}?)"
    r"(?: ?\(.{0,60}\))?",
    re.IGNORECASE,
)
_PART = re.compile(
    r"(?:New|Cross|Cross-lists?|Replacement)s? ?(?:submissions|-lists|lists)?"
    r" ?(?:\(showing .{0,60}\)|for .{8,40})",
    re.IGNORECASE,
)
_AROUND = re.compile(
    r"total of [0-9]+ entries.*|showing up to [0-9]+ entries.*|\[ ?total of .*|\[ ?showing up to .*"
    r"|\[[0-9]{1,5}\]|see today's new changes.*|see recent .*|new|recent|skip to (?:main )?content"
    r"|cornell university|we gratefully acknowledge.*|donate|log ?in|search(?:\.\.\.)?|help.*"
    r"|all fields|advanced search|arxiv logo|quick links|help pages|about|contact.*|subscribe.*"
    r"|click here to .*|copyright|privacy policy|web accessibility assistance|search arxiv|go"
    r"|arxiv operational status.*|get status notifications.*|email|or slack|fewer|more|all"
    r"|authors and titles for .*|(?:fewer \| )?more \| .*|(?:arxiv logo ?>? ?)?[a-z-]+ > .{2,60}"
    r"|new submissions|\||cross-lists|cross submissions|replacements|replacement submissions"
    r"|browse:.*|abstract:?",
    re.IGNORECASE,
)
_FOOT = re.compile(
    r"total of [0-9]+ entries.*|\[ ?total of .*|showing up to [0-9]+ entries.*|quick links"
    r"|about|help|contact(?: arxiv)?.{0,40}|subscribe to arxiv mailings|copyright|privacy policy"
    r"|[0-9]+-[0-9]+(?: [0-9]+-[0-9]+)*",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"(?<=[:;] )([^;:()]{3,60}) \([a-z-]{2,10}(?:\.[A-Za-z-]{2,10})?\)")
_NOTES = ("Comments", "Journal-ref")


def _signature(lines: Sequence[RawLine]) -> float:
    text = opening(lines)
    lower = text.lower()
    if "arxiv:" not in lower or "[pdf" not in lower:
        return 0.0
    heads = re.search(rf"^{_HEAD.pattern}$", text, re.MULTILINE | re.IGNORECASE)
    titles = re.search(r"^Title: ?\S", text, re.MULTILINE)
    rest = re.search(r"^Subjects: ?\S|\(showing .{0,60}entries ?\)", text, re.MULTILINE)
    return 0.96 if heads and titles and rest else 0.0


def _read(text: str, sheet: Sheet) -> None:
    lines = visible(text, sheet.raw)
    entries: list[Entry] = []
    start: int | None = None
    replacing = False
    for index, line in enumerate(lines):
        head = _HEAD.fullmatch(line.text)
        part = _PART.fullmatch(line.text) or _SHOWN.fullmatch(line.text)
        day = _DAY.fullmatch(line.text)
        ends = head or part or day or _FOOT.fullmatch(line.text)
        if start is not None and ends:
            entries.append(_entry(lines[start:index], replacing=replacing))
            start = None
        if head:
            start = index
        elif start is None and line.text:
            if part:
                replacing = line.text.lower().startswith("replacement")
            _around(line, sheet, len(entries))
    if start is not None:
        entries.append(_entry(lines[start:], replacing=replacing))
    _subject(lines, sheet)
    settle(sheet, entries, together=True)


def _subject(lines: Sequence[RawLine], sheet: Sheet) -> None:
    """Know the page's heading, which is the name of a subject that its entries have."""
    names: set[str] = set()
    for line in lines:
        if line.text.startswith("Subjects"):
            names.update(_SUBJECT.findall(line.text))
    for line in lines:
        if line.text in names:
            sheet.mark(line.number, LineClass.CHROME)


def _around(line: RawLine, sheet: Sheet, first: int) -> None:
    """Read a line that stands outside entries."""
    shown = _SHOWN.fullmatch(line.text)
    head = _DAY.fullmatch(line.text)
    said = shown[1] if shown else head[1] if head and head[2] else ""
    if said and state(sheet, line.number, said, first):
        return
    known = (_DAY, _PART, _AROUND, _FOOT)
    if any(form.fullmatch(line.text) for form in known):
        sheet.mark(line.number, LineClass.CHROME)


def _entry(lines: Sequence[RawLine], *, replacing: bool) -> Entry:
    """Read the lines of one paper, from its head to the next."""
    entry = Entry(lines[0].number)
    head = _HEAD.fullmatch(lines[0].text)
    entry.identify(head[1] if head else "")
    entry.excused = replacing or (head is not None and "replaced" in head[2].lower())
    entry.mark(lines[0].number, LineClass.KEY)
    values: dict[str, list[str]] = {}
    loose: list[RawLine] = []
    body: list[RawLine] = []
    key = ""
    for line in lines[1:]:
        match = None if key in _LAST else _LABEL.fullmatch(line.text)
        if match:
            key = match[1]
            values.setdefault(key, []).append(match[2])
            entry.mark(line.number, _CLASSES.get(key, LineClass.CHROME))
            entry.line = line.number if key == "Title" else entry.line
        elif key in _LAST:
            body.append(line)
        elif line.text and key == "Title" and any(values[key]):
            loose.append(line)
        elif line.text and key:
            values[key].append(line.text)
            entry.mark(line.number, _CLASSES.get(key, LineClass.CHROME))
    title, names, more = _divided(loose, whole=key != "Title")
    entry.mark((line.number for line in title), LineClass.TITLE)
    entry.mark((line.number for line in names), LineClass.KEY)
    values.setdefault("Title", []).extend(line.text for line in title)
    values.setdefault("Authors", []).extend(line.text for line in names)
    _fill(entry, {key: " ".join(parts).strip() for key, parts in values.items()})
    body = more + body
    entry.abstract = "\n\n".join(filter(None, (*values.get("Abstract", ()), paragraphs(body))))
    entry.at = next((line.number for line in body if line.text), 0)
    entry.mark((line.number for line in body if line.text), LineClass.ABSTRACT)
    return entry


_LAST = ("Subjects", "Abstract")
"""Labels below which the abstract stands."""
_CLASSES = {
    "Title": LineClass.TITLE,
    "Abstract": LineClass.ABSTRACT,
    **dict.fromkeys(("Authors", "DOI", "Related DOI", *_NOTES), LineClass.KEY),
}


def _divided(
    loose: list[RawLine], *, whole: bool
) -> tuple[list[RawLine], list[RawLine], list[RawLine]]:
    """Divide what stands below a title without a label: more of the title, names, and the rest.

    If the header is whole, a label ends it, and names are the last thing above; else they come
    first, and what follows them is text. A line of names that goes on ends in a comma.
    """
    if not whole:
        stop = 1
        while stop < len(loose) and loose[stop - 1].text.endswith(","):
            stop += 1
        return [], loose[:stop], loose[stop:]
    start = max(0, len(loose) - 1)
    while start and loose[start - 1].text.endswith(","):
        start -= 1
    return loose[:start], loose[start:], []


def _fill(entry: Entry, values: dict[str, str]) -> None:
    entry.title = values.get("Title", "")
    entry.authors = people_of(values.get("Authors", ""))
    entry.identify(values.get("DOI") or values.get("Related DOI", ""))
    for key in _NOTES:
        entry.note(values.get(key, ""))


DIALECT = Dialect(
    "arxiv-listing",
    "a copy of a page of arXiv that lists papers",
    _signature,
    _read,
    "[1] arXiv:2411.05780 [pdf, html, other]\nTitle: …\nA. Author, B. Author\n"
    "Subjects: Machine Learning (cs.LG)\nThe abstract …",
)
