"""The words of the problems that only dialects have. Their codes begin with B3."""

from __future__ import annotations

from collections.abc import Sequence

from generator.model import Problem, Source
from generator.reading.wording import error, quoted, warning

SUMMARY_NOTE = "The text is a summary that came with the list, not the abstract of the paper."
"""The note of a paper that B302 speaks of."""
JOINED_NOTE = "The abstract begins with a summary that came with it."
"""The note of a paper that B305 speaks of."""


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


def summed(found: Sequence[Problem], papers: int) -> list[Problem]:
    """Return problems with one in place of many where all of a list's papers have summaries."""
    own = [problem for problem in found if problem.code == "B302"]
    if len(own) < max(2, papers):
        return list(found)
    all_of_them = warning(
        min(problem.source for problem in own),
        f"the texts of all {papers} papers are summaries, not their abstracts; a note on each"
        " paper says so",
        "paste the abstracts in their place, or leave them as they are",
        "B302",
    )
    return [*(problem for problem in found if problem.code != "B302"), all_of_them]


def broken(source: Source, what: str, why: str) -> Problem:
    """Report an entry that cannot be read at all; it is left out, those around it are not."""
    return error(
        source,
        f"this {what} cannot be read: {why}; it was left out",
        "mend it, or write the paper by hand:\n"
        "# Attention Is All You Need\n\nThe dominant sequence transduction models are based on …",
        "B303",
    )


def no_abstracts(source: Source, title: str, number: int) -> Problem:
    """Report papers of which a list has no abstracts, in one problem; they are left out."""
    if number == 1:
        return no_abstract(source, title)
    return error(
        source,
        f"{number} papers have no abstract here, first {quoted(title)}; they were left out",
        "copy the list from a page that shows abstracts, or paste each below its title",
        "B301",
    )


def replacements(source: Source, number: int) -> Problem:
    """Report papers that a list names because they were replaced, without their abstracts."""
    papers = "a replaced paper has" if number == 1 else f"{number} replaced papers have"
    return warning(
        source,
        f"{papers} no abstract here; only new papers and cross-lists were read",
        "nothing needs doing; to list one all the same, write it by hand:\n"
        "# Attention Is All You Need\n\nThe dominant sequence transduction models are based on …",
        "B304",
    )


def joined_summary(source: Source, title: str, end: str) -> Problem:
    """Report an abstract that begins with a page's summary, without a break between the two."""
    return warning(
        source,
        f"the abstract of {quoted(title)} begins with a summary, up to {quoted('…' + end[-40:])};"
        " a note on the paper says so",
        "delete the summary from its text, or leave it as it is",
        "B305",
    )


def lost_space(source: Source, word: str, term: str) -> Problem:
    """Report a word that a page's highlighting of a search has probably glued to another."""
    return warning(
        source,
        f"{quoted(word)} has perhaps lost a space beside {quoted(term)}, which was searched for"
        " on the page; it was kept as it is",
        "put the space back, or leave the word as it is",
        "B306",
    )
