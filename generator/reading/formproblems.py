"""The words of the problems of a text's form: one that nobody knows, or several lists in one.

What the form of a text is, is for `dialects`, `unknown` and `declared` to find.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.reading.wording import error, quoted, warning

if TYPE_CHECKING:
    from generator.model import Problem, Source


def key_in_text(source: Source, text: str) -> Problem:
    """Report a line with the form of a key below the blank line under a title and its keys."""
    return warning(
        source,
        f"taken as the beginning of the abstract: {quoted(text)}; a blank line stands above it",
        "if it is a key, take the blank line above it out; if it is text, put a backslash before"
        " it:\n\\Note: that this is where the abstract begins …",
        "B212",
    )


def another_day(source: Source, text: str) -> Problem:
    """Report a date below papers of another day: the text holds several lists."""
    return error(
        source,
        f"{quoted(text)} begins the list of another day; a digest is of one day",
        "let `broadsheet add` make a digest of each day; if it is no list of its own, delete the"
        " line",
        "B015",
    )
