"""Files of RIS, as reference managers export them: lines such as `TI  - Attention Is …`.

The library `rispy` reads each record by itself, from `TY` to `ER`, so that one without an end
costs the others nothing. Tags of keywords are left out, as in BibTeX.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from generator.model import LineClass
from generator.reading.dialects import problems
from generator.reading.dialects.catalogue import Fields, catalogued_entry
from generator.reading.dialects.entries import Entry, settle
from generator.reading.dialects.form import Dialect, Sheet
from generator.reading.dialects.people import spoken
from generator.reading.dialects.pieces import opening, visible
from generator.reading.lines import RawLine, fold

_TAGS = """
    A1 A2 A3 A4 AB AD AN AU AV BT C1 C2 C3 C4 C5 C6 C7 C8 CA CN CP CT CY DA DB DI DO DP ED EP ER
    ET ID IS J1 J2 JA JF JO KW L1 L2 L3 L4 LA LB LK M1 M2 M3 N1 N2 NV OP PB PP PY RI RN RP SE SN SP
    ST T1 T2 T3 TA TI TT TY U1 U2 U3 U4 U5 UR VL VO Y1 Y2
"""
_TAG = re.compile(rf"({'|'.join(_TAGS.split())}) ?-(?: (.*))?")
"""Only tags that there are: a wrapped abstract may have a line `AI - …`."""
_TITLE = ("TI", "T1")
_ABSTRACT = ("AB", "N2")
_TAGGED = re.compile(r"</?[a-z][^<>]{0,100}>")
_KEPT = ("AU", "A1", "DO", "UR", "L1", "L2", "PY", "Y1", "DA", "JO", "JF", "T2", "BT", "N1")
_CLASSES = {
    **dict.fromkeys(_KEPT, LineClass.KEY),
    **dict.fromkeys(_TITLE, LineClass.TITLE),
    **dict.fromkeys(_ABSTRACT, LineClass.ABSTRACT),
}


def _signature(lines: Sequence[RawLine]) -> float:
    text = opening(lines)
    if not text.startswith("TY") and "\nTY" not in text:
        return 0.0
    kind = re.search(r"^TY ?- ?[A-Z]{2,8}$", text, re.MULTILINE)
    signs = (r"^(?:TI|T1) ?- ?\S", r"^(?:AU|A1|UR|DO|PY|AB|N2) ?- ?\S", r"^ER ?-")
    found = sum(re.search(sign, text, re.MULTILINE) is not None for sign in signs)
    return 0.95 if kind and found >= 2 else 0.0


def _read(text: str, sheet: Sheet) -> None:
    lines = visible(text, sheet.raw)
    entries: list[Entry] = []
    start: int | None = None
    for at, line in enumerate(lines):
        match = _TAG.fullmatch(line.text)
        tag = match[1] if match else ""
        if start is not None and tag in ("TY", "ER"):
            entries += _record(lines[start : at + (tag == "ER")], sheet)
            start = None
            if tag == "ER":
                continue
        if tag == "TY":
            start = at
        elif start is None and tag == "ER":
            sheet.mark(line.number, LineClass.CHROME)
    if start is not None:
        entries += _record(lines[start:], sheet)
    settle(sheet, entries)


def _record(lines: Sequence[RawLine], sheet: Sheet) -> list[Entry]:
    """Read the lines of one record; none if the library cannot read it."""
    source: list[str] = []
    places: dict[int, LineClass] = {}
    first: dict[str, int] = {}
    tag = "TY"
    for line in lines:
        match = _TAG.fullmatch(line.text)
        if match:
            tag = match[1]
            first.setdefault(tag, line.number)
            source.append(f"{tag}  - {match[2] or ''}")
        elif line.text:
            source.append(line.text)
        if line.text:
            places[line.number] = _CLASSES.get(tag, LineClass.CHROME)
    found = _parsed("\n".join([*source, "ER  - "]))
    if not found:
        sheet.mark(places, LineClass.UNCLASSIFIED)
        here = sheet.source(lines[0].number)
        sheet.problems.append(problems.broken(here, "record", "its lines are not those of RIS"))
        return []
    numbers = {"title": _first(first, _TITLE), "abstract": _first(first, _ABSTRACT)}
    numbers["url"] = first.get("UR", 0)
    known = {key: number for key, number in numbers.items() if number}
    entry = catalogued_entry(_fields(found), known, lines[0].number, sheet)
    for number, kind in places.items():
        entry.mark(number, kind)
    return [entry]


def _parsed(record: str) -> Mapping[str, Any]:
    """Read one record. The library is loaded here because few texts need it."""
    import rispy

    records = rispy.loads(record)
    return records[0] if len(records) == 1 else {}


def _first(lines: Mapping[str, int], tags: Sequence[str]) -> int:
    return next((lines[tag] for tag in tags if tag in lines), 0)


def _fields(found: Mapping[str, Any]) -> Fields:
    """Return what the library's names for tags say of a paper."""

    def value(*names: str) -> str:
        return next((text for name in names if (text := fold(str(found.get(name, ""))))), "")

    def values(*names: str) -> list[str]:
        return [fold(text) for name in names for text in found.get(name, []) if text.strip()]

    return Fields(
        title=value("title", "primary_title"),
        abstract=value("abstract", "notes_abstract"),
        authors=tuple(dict.fromkeys(filter(None, map(spoken, values("authors", "first_authors"))))),
        names=(value("doi"),),
        links=(*values("urls"), value("file_attachments1")),
        day=value("date", "publication_year"),
        venue=value("journal_name", "alternate_title3", "secondary_title"),
        year=value("year", "publication_year")[:4],
        notes=tuple(_TAGGED.sub("", note) for note in values("notes")),
    )


DIALECT = Dialect(
    "ris",
    "a file of RIS",
    _signature,
    _read,
    "TY  - JOUR\nTI  - Attention Is All You Need\nAU  - Vaswani, Ashish\nAB  - The …\nER  - ",
)
