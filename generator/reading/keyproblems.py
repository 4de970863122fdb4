"""The words of the problems of keys: `Authors:`, `arXiv:` and the others, and names without one.

Every hint has a line that would be right. Titles and abstracts are for `paperproblems`; when
something is a problem is for `keyvalues` and `records` to find.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.reading.keys import EXAMPLES, KEYS, nearest_key
from generator.reading.wording import COPIED, error, quoted, warning

if TYPE_CHECKING:
    from generator.model import Problem, Source


def wrong_key(source: Source, word: str) -> Problem:
    """Report a line like `Autors: …` between title and abstract."""
    nearest = nearest_key(word)
    if nearest is None:
        return error(
            source,
            f"{quoted(word)} is no key; the line was left out",
            f"keys are {', '.join(KEYS.values())}; free text goes into a note: {EXAMPLES['Note']}",
            "B201",
        )
    return error(
        source,
        f'{quoted(word)} is no key; "{nearest}" is the nearest; the line was left out',
        EXAMPLES[nearest],
        "B201",
    )


def empty_key(source: Source, key: str) -> Problem:
    """Report a key without a value."""
    return error(source, f'nothing stands after "{key}:"', EXAMPLES[key], "B202")


def repeated_key(source: Source, key: str) -> Problem:
    """Report the second line of a key that a paper has once."""
    more = "; separate authors by ;" if key == "Authors" else ""
    return error(
        source,
        f'a second "{key}:" for one paper; the first one counts',
        f"keep one line: {EXAMPLES[key]}{more}",
        "B203",
    )


def bad_value(source: Source, key: str, value: str) -> Problem:
    """Report a value that cannot be used."""
    wanted = {
        "arXiv": "an arXiv identifier",
        "DOI": "a DOI, which begins with 10.",
        "Published": "a day with its year",
        "Link": "one address of http or https without spaces",
    }[key]
    return error(
        source, f"{quoted(value)} is not {wanted}; the paper goes without it", EXAMPLES[key], "B204"
    )


def commas_in_authors(source: Source, value: str) -> Problem:
    """Report authors that were perhaps separated by commas."""
    return warning(
        source,
        f"read as one author: {quoted(value)}",
        f"separate authors by ;\n{EXAMPLES['Authors']}",
        "B205",
    )


def continued_value(source: Source, text: str) -> Problem:
    """Report a line that perhaps goes on with a key's value."""
    return warning(
        source,
        f"taken as the rest of the key's value above: {quoted(text)}",
        "write the key and its value in one line; if it begins the abstract, put a blank line"
        " above it",
        "B206",
    )


def below_key(source: Source, text: str) -> Problem:
    """Report a line right below a key that may go on with its value."""
    return warning(
        source,
        f"taken as the beginning of the abstract: {quoted(text)}; it stands right below a key",
        "put a blank line above it; if it goes on with the key's value, write both in one line:\n"
        "Authors: Ada Lovelace; Charles Babbage",
        "B207",
    )


def late_key(source: Source, text: str, *, first: bool) -> Problem:
    """Report a key line that stands below an abstract, or above the first title."""
    where = "above the first title" if first else "below the abstract"
    return error(
        source,
        f"a key {where}: {quoted(text)}; it was left out",
        "put it between the title and the abstract",
        "B208",
    )


def key_as_abstract(source: Source, text: str) -> Problem:
    """Report a line with the form of a key that is all that stands below a title."""
    return warning(
        source,
        f"taken as the abstract, because nothing else follows the title: {quoted(text)}",
        "if it is a key, add the abstract below it",
        "B209",
    )


def byline(source: Source, names: tuple[str, ...]) -> Problem:
    """Report names below a title that no key introduces."""
    line = f"Authors: {'; '.join(names)}"
    return error(
        source,
        f"names without a key: {quoted(', '.join(names))}; the line was left out",
        f"write {line}" if len(line) <= COPIED else f"write {EXAMPLES['Authors']}",
        "B210",
    )
