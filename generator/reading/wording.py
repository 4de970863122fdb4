"""The words that problems share: quotations safe for a terminal, and the way out by a mark.

What problems there are, and what each says, is for `fileproblems`, `keyproblems` and
`paperproblems`.
"""

from __future__ import annotations

import re

from generator.model import Problem, Severity, Source

_QUOTED = 60
COPIED = 400
"""Characters of a title, or of a line of names, that a hint repeats whole."""
_MARK = "mark the title with `# `, like this:\n# {title}"


_MARKED = re.compile(r"(?:#{1,6}|＃) ?(.*?)(?: #{1,6})?|\*\*((?:(?!\*\*).)*)\*\*")
"""Headings and bold lines of Markdown, as a title may come."""


def unmarked(title: str) -> str:
    """Return a title without Markdown's marks around it: `## A Title`, `#A`, `**A Title**`."""
    found = _MARKED.fullmatch(title)
    return next(text for text in (found[1], found[2], "") if text is not None) if found else title


def quoted(text: str) -> str:
    """Return the beginning of a text in quotes, safe for one line of a terminal."""
    short = text if len(text) <= _QUOTED else f"{text[: _QUOTED - 1].rstrip()}…"
    return f'"{"".join(char if char.isprintable() else "�" for char in short)}"'


def error(source: Source, message: str, hint: str, code: str) -> Problem:
    """Return the problem as an error."""
    return Problem(source, Severity.ERROR, message, hint, code)


def warning(source: Source, message: str, hint: str, code: str) -> Problem:
    """Return the problem as a warning."""
    return Problem(source, Severity.WARNING, message, hint, code)


def mark(title: str) -> str:
    """Return the way out with the whole title, so that what is copied from it is right."""
    whole = "".join(char if char.isprintable() else "�" for char in title)
    return _MARK.format(title=whole if len(whole) <= COPIED else quoted(title)[1:-1])
