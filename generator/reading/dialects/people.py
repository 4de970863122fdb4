r"""Names of people as lists write them: `A, B and C`, `Last, First and …`, with TeX's accents.

What stands in brackets behind a name is an affiliation, and left out.
"""

from __future__ import annotations

import re

from generator.reading.dialects.texnames import untexed
from generator.reading.lines import fold

_BETWEEN = re.compile(r"\s*[,;；、]\s*(?:and\s+|&\s*)?|\s+(?:and|&)\s+", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:jr|sr)\.?|i{2,3}|iv", re.IGNORECASE)
_NOBODY = re.compile(
    r"\+|(?:and )?(?:et\.? ?al\.?|others)|\.{3}|…|\(?\+?\s*[0-9]+ (?:more|others?|authors?)\)?",
    re.IGNORECASE,
)
_SIGNS = " \t*†‡§¶"


def people_of(text: str) -> tuple[str, ...]:
    r"""Return the names of a list such as `A. B., Mar Canet Sol\`a and C. D.`, each once."""
    names: list[str] = []
    for part in _BETWEEN.split(_unbracketed(text)):
        name = _name(part)
        if names and _SUFFIX.fullmatch(name):
            names[-1] = f"{names[-1]}, {name}"
        elif name:
            names.append(name)
    return tuple(dict.fromkeys(names))


def catalogued(text: str) -> tuple[str, ...]:
    """Return the names of a list of BibTeX, `Last, First and First Last`, each as spoken."""
    return tuple(dict.fromkeys(filter(None, map(spoken, _outside_braces(text)))))


def spoken(text: str) -> str:
    """Return one name as it is spoken: `Doe, Jr., Jane` is Jane Doe, Jr."""
    parts = [_name(part) for part in text.split(",")]
    if len(parts) == 1:
        return parts[0]
    for at in (1, len(parts) - 1):
        if len(parts) > 2 and _SUFFIX.fullmatch(parts[at]):
            suffix = parts.pop(at)
            return f"{fold(' '.join([*parts[1:], parts[0]]))}, {suffix}"
    return fold(" ".join([*parts[1:], parts[0]]))


def _name(text: str) -> str:
    name = fold(untexed(text).replace("~", " ")).strip(_SIGNS)
    return "" if _NOBODY.fullmatch(name) else name


def _outside_braces(text: str) -> list[str]:
    """Split at each `and` that no brace encloses: `{Barnes and Noble}` is one author."""
    if "{" not in text:
        return _AND.split(text)
    parts: list[str] = []
    start, depth, seen = 0, 0, 0
    for match in _AND.finditer(text):
        between = text[seen : match.start()]
        depth += between.count("{") - between.count("}")
        seen = match.start()
        if depth <= 0:
            parts.append(text[start : match.start()])
            start = match.end()
    return [*parts, text[start:]]


def _unbracketed(text: str) -> str:
    """Drop what stands in round brackets, however deep; a bracket that never closes stays."""
    if text.count("(") != text.count(")"):
        return text
    kept: list[str] = []
    depth = 0
    for piece in re.split(r"([()])", text):
        if piece == ")":
            depth = max(0, depth - 1)
        elif piece == "(":
            depth += 1
        elif not depth:
            kept.append(piece)
    return "".join(kept)
