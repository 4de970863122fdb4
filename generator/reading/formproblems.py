"""The words of the problems of a text's form: one that nobody knows, or several lists in one.

What the form of a text is, is for `dialects`, `unknown` and `declared` to find.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.reading.wording import error, quoted, warning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.model import Problem, Source
    from generator.reading.dialects.form import Dialect

_PLAIN = "titles and abstracts, with a blank line after each"
_EXAMPLE = """\
# Attention Is All You Need

The dominant sequence transduction models are based on …"""


def key_in_text(source: Source, text: str) -> Problem:
    """Report a line with the form of a key below the blank line under a title and its keys."""
    return warning(
        source,
        f"taken as the beginning of the abstract: {quoted(text)}; a blank line stands above it",
        "if it is a key, take the blank line above it out; if it is text, put a backslash before"
        " it:\n\\Note: that this is where the abstract begins …",
        "B212",
    )


def unknown_form(
    source: Source, kind: str, way: str, known: Sequence[str], nearest: Dialect | None
) -> Problem:
    """Report a text whose form nobody knows; `kind` says what it is written in, where that shows.

    The way out names all forms that are known, and shows an example of the nearest.
    """
    what = f"this is {kind}, and" if kind else "this is"
    near = f"; the nearest is {nearest.title}" if nearest else ""
    hint = [
        *filter(None, (way,)),
        "Forms that can be read:",
        *(f"- {title}" for title in (_PLAIN, *known)),
        *_looks(nearest.title if nearest else _PLAIN, nearest.looks if nearest else _EXAMPLE),
    ]
    message = f"{what} in no form that is known{near}; nothing of it was read"
    return error(source, message, "\n".join(hint), "B016")


def _looks(title: str, example: str) -> list[str]:
    return [f"What {title} looks like:", *(f"    {line}" for line in example.splitlines())]


def another_day(source: Source, text: str) -> Problem:
    """Report a date below papers of another day: the text holds several lists."""
    return error(
        source,
        f"{quoted(text)} begins the list of another day; a digest is of one day",
        "let `broadsheet add` make a digest of each day; if it is no list of its own, delete the"
        " line",
        "B015",
    )
