"""The words of the problems of papers: titles and abstracts that are missing, doubtful or odd.

The file as a whole is for `fileproblems`, the lines between title and abstract for
`keyproblems`. When something is a problem is for `records` to find.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.reading.keys import EXAMPLES
from generator.reading.wording import error, mark, quoted, unmarked, warning

if TYPE_CHECKING:
    from generator.model import Problem, Source


def lone_title(source: Source, title: str, *, marked: bool) -> Problem:
    """Report a title that no abstract follows."""
    return error(
        source,
        f"no abstract follows the title {quoted(title)}; it was left out",
        "add the abstract below it, after a blank line"
        + ("" if marked else f"; if this is an abstract, {mark('the title above it')}"),
        "B101",
    )


def empty_mark(source: Source) -> Problem:
    """Report a `#` with nothing behind it."""
    return error(
        source, "a `#` without a title; it was left out", "# Attention Is All You Need", "B102"
    )


def lone_abstract(source: Source, text: str, *, first: bool) -> Problem:
    """Report an abstract, or another text, that no title stands above."""
    where = "text before the first title" if first else "an abstract without a title above it"
    return error(
        source,
        f"{where}: {quoted(text)}; it was left out",
        f"write its title above it and {mark('Attention Is All You Need')}\n"
        "If it goes on with the abstract above, mark the titles around it.",
        "B103",
    )


def doubtful_paragraph(source: Source, text: str) -> Problem:
    """Report a block that was taken for a further paragraph without being sure."""
    return warning(
        source,
        f"taken as a further paragraph of the abstract above: {quoted(text)}",
        f"if it is another paper's abstract, {mark('its title')}\nIf it is a title, {mark(text)}",
        "B104",
    )


def sentence_title(source: Source, title: str) -> Problem:
    """Report a title that reads like a sentence of an abstract."""
    return warning(
        source,
        f"the title reads like a sentence: {quoted(title)}",
        f"if it is right, {mark(title)}",
        "B105",
    )


def title_like_abstract(source: Source, text: str, title: str) -> Problem:
    """Report an abstract that reads like a title."""
    return warning(
        source,
        f"the abstract reads like a title: {quoted(text)}",
        f"if it is the abstract, {mark(title)}\n"
        "if it is a title too, mark both and add their abstracts",
        "B106",
    )


def abstract_is_title(source: Source, title: str) -> Problem:
    """Report an abstract that only repeats its title."""
    return warning(
        source,
        f"the abstract only repeats the title {quoted(title)}",
        "paste the abstract itself",
        "B107",
    )


def empty_abstract(source: Source, text: str) -> Problem:
    """Report an abstract without a letter."""
    return warning(
        source, f"the abstract says nothing: {quoted(text)}", "paste the abstract itself", "B108"
    )


def bot_abstract(source: Source, text: str) -> Problem:
    """Report a bot's comment in the place of an abstract."""
    return warning(
        source,
        f"a bot's comment stands where the abstract should: {quoted(text)}",
        "paste the abstract itself",
        "B109",
    )


def cut_abstract(source: Source, text: str) -> Problem:
    """Report an abstract that ends with an ellipsis."""
    return warning(
        source,
        f"the abstract is cut off: {quoted('…' + text[-40:])}",
        "paste the whole abstract",
        "B110",
    )


def unmarked_title(source: Source, title: str) -> Problem:
    """Report a title without a mark where the others have one."""
    return warning(
        source,
        f"taken as a title, without the `# ` that the list's other titles have: {quoted(title)}",
        mark(title),
        "B111",
    )


def two_marks(source: Source, title: str) -> Problem:
    """Report a heading of Markdown that is not the mark of a title."""
    return warning(
        source,
        f"a title's mark is one `#` and a space, found {quoted(title)}",
        mark(unmarked(title)),
        "B112",
    )


def inner_mark(source: Source, text: str) -> Problem:
    """Report a line with a mark that goes on with the sentence above."""
    return warning(
        source,
        f"a line of the text above begins with `# `, and was kept as text: {quoted(text)}",
        "join it to the line above; if it is a title, put a blank line above it",
        "B113",
    )


def short_title_line(source: Source, text: str) -> Problem:
    """Report a title of two short lines, of which the second may be something else."""
    return warning(
        source,
        f"taken as a title on several lines: {quoted(text)}",
        "write the title in one line; names go into a key:\n" + EXAMPLES["Authors"],
        "B114",
    )


def glued_title(source: Source, text: str) -> Problem:
    """Report a title right below an abstract's last line."""
    return warning(
        source,
        f"taken as a title, without a blank line above: {quoted(text)}",
        f"put a blank line above it, or {mark(text)}",
        "B115",
    )


def doubtful_line(source: Source, text: str, part: str) -> Problem:
    """Report a line without a blank one above it that was taken for title or abstract."""
    return warning(
        source,
        f"without a blank line above, taken as part of the {part}: {quoted(text)}",
        "put a blank line between title and abstract, and none inside a title",
        "B116",
    )
