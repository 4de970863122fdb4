"""The words of the problems that only dialects have. Their codes begin with B3."""

from __future__ import annotations

from generator.model import Problem, Source
from generator.reading.wording import error, quoted, warning


def no_abstract(source: Source, title: str) -> Problem:
    """Report a paper of which the list has no abstract; it is left out."""
    return error(
        source,
        f"{quoted(title)} has no abstract here; it was left out",
        "paste its abstract below the title, or take the entry out",
        "B301",
    )


def summary(source: Source, title: str) -> Problem:
    """Report a text that is somebody's summary and not the abstract; the paper is kept."""
    return warning(
        source,
        f"the text of {quoted(title)} is a summary, not its abstract; a note on the paper says so",
        "paste the abstract in its place, or leave it as it is",
        "B302",
    )


def broken(source: Source, what: str, why: str) -> Problem:
    """Report an entry that cannot be read at all; it is left out, those around it are not."""
    return error(
        source,
        f"this {what} cannot be read: {why}; it was left out",
        "mend it, or write the paper by hand:\n"
        "# Attention Is All You Need\n\nThe dominant sequence transduction models are based on …",
        "B303",
    )
