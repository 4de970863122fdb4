"""Tell when a text is in no form that is known, so that it is refused once and not line by line.

Only what cannot be a list as people copy it: the source of a page, a program, a table, or a text
that reading as titles and abstracts made next to nothing of. A text that is merely messy goes on
to be read, with a problem for each line that is in doubt. Of the forms that are known the nearest
is named: the one whose signature sees most of itself in the text, or whose example begins its
lines with the same signs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from generator.model import Line, LineClass, Problem, Record, Source
from generator.reading import formproblems
from generator.reading.dialects import DIALECTS
from generator.reading.dialects.form import Dialect
from generator.reading.lines import RawLine, fold

_FEWEST = 3
"""Lines from which a text shows what it is written in."""
_MOST = 0.6
"""Share of the lines that must look like it."""
_MANY = 12
"""Lines from which it counts that hardly one of them was understood."""
_EACH = 20
"""Lines that were not understood, for each paper that was: below that, the papers are worth it."""
_LOOK_AT = 300
"""Characters at either end of a line that are looked at."""
_WRITTEN_IN = (
    (
        "HTML or XML",
        "Copy the page as the browser shows it, not its source.",
        re.compile(r"<[!?/]?[a-zA-Z].*>|-->|<!--.*", re.DOTALL),
    ),
    (
        "JSON",
        "Of JSON only the answer of an API that is in the list below can be read.",
        re.compile(
            r'[\[{}\]],?|"[^"]*" ?: ?.*[\[{,"\d\w]|"[^"]*",?|[\[{] ?["{\[].*[\]}],?', re.DOTALL
        ),
    ),
    (
        "a program",
        "Paste titles and abstracts.",
        re.compile(
            r".*[;{}]|.*\) ?:|[)\]}]+[,;]?|(?:import|from|def|class|return|const|let|var|if|for"
            r"|function|#include|package|using|public|private|elif|else) ?\S.*|//.*|/\*.*|\*/",
            re.DOTALL,
        ),
    ),
)
"""What a text can be written in, the way out, and what nearly all of its lines then are."""
_NOWHERE = (LineClass.BLANK, LineClass.CHROME, LineClass.DATE)
"""What says nothing of how well the rest was understood."""
_SIGN = re.compile(r"[^\w\s]*\w{0,16}(?: ?[^\w\s]{1,2})?")


def at_sight(path: str, raw: Sequence[RawLine]) -> Problem | None:
    """Return the problem of a text that is written in something that people do not read."""
    texts = [line.text for line in raw if line.text]
    kind, way = _written_in(texts) if len(texts) >= _FEWEST else ("", "")
    return _refusal(path, raw, kind, way) if kind else None


def after_reading(
    path: str, raw: Sequence[RawLine], records: Sequence[Record], lines: Sequence[Line]
) -> Problem | None:
    """Return the problem of a text of which reading it as plain text made next to nothing.

    `records` and `lines` are what it made; None if that will do.
    """
    # Whoever marks titles knows the form, and is told what each of them lacks.
    marked = any(line.text.startswith("# ") for line in raw)
    return _refusal(path, raw) if not marked and _not_understood(records, lines) else None


def _refusal(path: str, raw: Sequence[RawLine], kind: str = "", way: str = "") -> Problem:
    first = next((line.number for line in raw if line.text), 1)
    known = [dialect.title for dialect in DIALECTS]
    return formproblems.unknown_form(Source(path, first), kind, way, known, _nearest(raw))


def _written_in(texts: Sequence[str]) -> tuple[str, str]:
    """Return what a text is written in, if that is nothing that people read, and the way out."""
    for kind, way, form in _WRITTEN_IN:
        ends = (text if len(text) <= 2 * _LOOK_AT else _ends(text) for text in texts)
        if sum(form.fullmatch(text) is not None for text in ends) > _MOST * len(texts):
            return kind, way
    if _is_table(texts):
        return "a table", "Of tables only those in the list below can be read."
    return "", ""


def _ends(text: str) -> str:
    return f"{text[:_LOOK_AT]} {text[-_LOOK_AT:]}"


def _is_table(texts: Sequence[str]) -> bool:
    """Whether every line has as many cells as the first, which names columns."""
    for sign in ";|":
        head = texts[0].count(sign)
        if head >= 2 and all(text.count(sign) == head for text in texts):
            return True
    names = texts[0].split(",")
    return (
        len(names) >= 3
        and all(
            re.fullmatch(r'"?[\w /-]{1,24}"?', name.strip()) and name == name.strip()
            for name in names
        )
        and sum(text.count(",") >= len(names) - 1 for text in texts[1:]) > _MOST * len(texts)
    )


def _not_understood(records: Sequence[Record], lines: Sequence[Line]) -> bool:
    kinds = Counter(line.kind for line in lines)
    number = len(lines) - sum(kinds[kind] for kind in _NOWHERE)
    lost = kinds[LineClass.UNCLASSIFIED]
    return number >= _MANY and lost > _MOST * number and _EACH * len(records) < lost


def _nearest(raw: Sequence[RawLine]) -> Dialect | None:
    """Return the form that a text is most like; None if it is like none of them."""
    sure, signed = 0.0, None
    for dialect in DIALECTS:
        score = dialect.signature(raw)
        if score > sure:
            sure, signed = score, dialect
    if signed is not None:
        return signed
    signs = Counter(sign for line in raw if (sign := _sign(line.text)))
    shared, alike = 0, None
    for dialect in DIALECTS:
        own = {sign for line in dialect.looks.splitlines() if (sign := _sign(fold(line)))}
        number = sum(sign in signs for sign in own)
        if number > shared:
            shared, alike = number, dialect
    return alike


def _sign(text: str) -> str:
    """Return the mark, or the word with a mark behind it, that a line begins with, if it does."""
    found = _SIGN.match(text)
    sign = re.sub(r"\d+", "0", found[0].lower()) if found else ""
    letters = sum(map(str.isalnum, sign))
    return sign if letters and letters < len(sign) else ""
