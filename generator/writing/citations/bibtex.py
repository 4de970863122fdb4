"""BibTeX: an entry as text that BibTeX, biber and every other reader take alike.

Every entry is `@misc`: it is what arXiv itself gives out, needs no field that nobody knows, and
Zotero makes a preprint of it if it has an `eprint`, else a plain document. Text is UTF-8. No
pasted character means anything to TeX, and every brace in a field is ours: BibTeX counts braces
whether a backslash stands before them or not, so those of a text are written as commands.

The digest stands in `note` where nothing else says where the paper is from; in `annote`, which
styles do not print, where there is an identifier to cite it by. The abstract is left to RIS:
no style prints it, and it would be most of the file of every paper.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from generator.writing.citations.entries import Entry
from generator.writing.citations.lines import spaced
from generator.writing.citations.people import Person
from generator.writing.citations.texmaths import is_safe

_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{mark: f"\\{mark}" for mark in "#$%&_"},
    }
)
_LIGATURE = re.compile(r"(?<=-)-|(?<=')'|(?<=[`?!])`|(?<=<)<|(?<=>)>|(?<=,),")
"""What TeX would join to one sign with the character before it, such as `--`."""
_PAIRS = ("--", "''", "``", "?`", "!`", "<<", ">>", ",,")
"""The same signs: to look for them first is many times as fast."""
_ENTRY_LIKE = re.compile(r"@(?=\w*[ \t]*\{)")
"""What a reader might take for the beginning of an entry; braces around the sign prevent it."""
_RUN = re.compile(r"([^\W_]+)")
_IN_ADDRESS = "!\"#$%&'()*+,-./:;<=>?@[]^_`|~"
"""Every ASCII mark but braces and the backslash, which BibTeX would count or TeX would run."""
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def bibtex(entry: Entry) -> str:
    """Write an entry, without a line end behind it; only its lines' ends are line ends."""
    arxiv = entry.arxiv
    identified = bool(arxiv or entry.doi)
    fields = {
        "title": _title(entry),
        "author": " and ".join(map(_person, entry.authors)),
        "year": f"{entry.when[0]:04}" if entry.when else "",
        "month": _MONTHS[entry.when[1] - 1] if entry.when else "",
        "day": str(entry.when[2]) if len(entry.when) > 2 else "",
        "eprint": arxiv.id if arxiv else "",
        "archivePrefix": "arXiv" if arxiv else "",
        "primaryClass": arxiv.primary if arxiv else "",
        "doi": address(entry.doi),
        "url": address(entry.url),
        "keywords": escape(", ".join(name.replace(",", ";") for name in entry.keywords)),
        "note": "" if identified else escape(entry.digests),
        "annote": escape(entry.note if identified else entry.links),
    }
    lines = [
        # The names of months are BibTeX's own: styles put them into words of their language.
        f"  {name} = {value}" if name == "month" else f"  {name} = {{{value}}}"
        for name, value in fields.items()
        if value
    ]
    return ",\n".join([f"@misc{{{entry.key}", *lines]) + "\n}"


def escape(text: str) -> str:
    """Write text, on one line, so that TeX prints just that text."""
    return _settle(text.translate(_TEX))


def address(text: str) -> str:
    """Write an address or identifier for a field that is read as it is, without any TeX."""
    return quote(text, safe=_IN_ADDRESS)


def _settle(tex: str) -> str:
    if any(pair in tex for pair in _PAIRS):
        tex = _LIGATURE.sub(r"{}\g<0>", tex)
    return _ENTRY_LIKE.sub("{@}", tex)


def _title(entry: Entry) -> str:
    """Write a title: capitals that mean something are braced, formulas are maths if safe.

    Styles put titles into lower case, and formulas with them; braces keep them from that.
    """
    parts = [
        f"{{${piece.tex.strip()}$}}" if is_safe(piece.tex) else _protected(spaced(piece.text))
        for piece in entry.pieces
    ]
    return _settle(" ".join("".join(parts).split()))


def _protected(text: str) -> str:
    """Write text with braces around what must keep its capitals: `{BERT}`, `{T5}`, `{Q}-learning`.

    A word with one capital at its beginning is left to the style: in a title it says nothing.
    """
    # Every other part is a run of letters and digits; "pre-LN" has two.
    parts = _RUN.split(text)
    for at, part in enumerate(parts):
        if at % 2 == 0:
            parts[at] = part.translate(_TEX)
        elif _keeps_capitals(part, parts[at - 1], parts[at + 1]):
            parts[at] = f"{{{part}}}"
    return "".join(parts)


def _keeps_capitals(run: str, before: str, after: str) -> bool:
    if run == "A" and before[-1:].strip() == "" and after[:1].strip() == "":
        return False
    capitals = [at for at, letter in enumerate(run) if letter.isupper()]
    return bool(capitals) and (len(run) == 1 or capitals != [0] or not run.isalpha())


def _person(person: Person) -> str:
    if person.literal:
        return f"{{{escape(person.literal)}}}"
    return ", ".join(escape(part) for part in (person.family, person.suffix, person.given) if part)
