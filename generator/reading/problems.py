"""The words of every problem that reading can find: what stands there, what should, an example."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.model import Problem, Severity, Source
from generator.reading.dates import FORMS
from generator.reading.keys import EXAMPLES, KEYS, nearest_key

if TYPE_CHECKING:
    from datetime import date

_QUOTED = 60
_COPIED = 400
"""Characters of a title that a hint repeats whole."""
MARK = "mark the title with `# `, like this:\n# {title}"


def quoted(text: str) -> str:
    """Return the beginning of a text in quotes, safe for one line of a terminal."""
    short = text if len(text) <= _QUOTED else f"{text[: _QUOTED - 1].rstrip()}…"
    return f'"{"".join(char if char.isprintable() else "�" for char in short)}"'


def _error(source: Source, message: str, hint: str) -> Problem:
    return Problem(source, Severity.ERROR, message, hint)


def _warning(source: Source, message: str, hint: str) -> Problem:
    return Problem(source, Severity.WARNING, message, hint)


def _mark(title: str) -> str:
    """Return the way out with the whole title, so that what is copied from it is right."""
    whole = "".join(char if char.isprintable() else "�" for char in title)
    return MARK.format(title=whole if len(whole) <= _COPIED else quoted(title)[1:-1])


def bad_file_name(source: Source, name: str) -> Problem:
    """Report a file name without the digest's day."""
    return _error(
        source,
        f"the file is named {quoted(name)}; expected a day of the calendar and, after hyphens,"
        " words of letters and digits",
        "name it 2025-03-11.txt or 2025-03-11-reading-group.txt",
    )


def not_utf8(source: Source, byte: int, offset: int, guess: str) -> Problem:
    """Report the first byte that is no UTF-8; the offset is counted from 0."""
    return _error(
        source,
        f"byte 0x{byte:02x} at offset {offset} is not UTF-8; the file looks like {guess};"
        " nothing was read",
        "open it in its own encoding and save it as UTF-8",
    )


def binary(source: Source, offset: int, guess: str) -> Problem:
    """Report a NUL, which no text has."""
    return _error(
        source,
        f"byte 0x00 at offset {offset} does not belong in text; the file looks like {guess};"
        " nothing was read",
        "save the list as plain text in UTF-8",
    )


def lost_characters(source: Source, sample: str) -> Problem:
    """Report characters that were lost before the text came here."""
    return _warning(
        source,
        f"characters were lost in a change of encoding, before this was saved: {quoted(sample)}",
        "copy the text again from where it came from",
    )


def no_papers(source: Source) -> Problem:
    """Report a digest that lists nothing."""
    return _error(
        source,
        "no papers in this file; expected a title, a blank line and an abstract for each",
        "# Attention Is All You Need\n\nThe dominant sequence transduction models are based on …",
    )


def date_disagrees(source: Source, text: str, day: date) -> Problem:
    """Report a date line that says another day than the file name."""
    return _error(
        source,
        f"the date line {quoted(text)} is not the day in the file name, {day.isoformat()}",
        f"write {day.isoformat()}, or leave the line out, or rename the file",
    )


def lone_title(source: Source, title: str, *, marked: bool) -> Problem:
    """Report a title that no abstract follows."""
    return _error(
        source,
        f"no abstract follows the title {quoted(title)}; it was left out",
        "add the abstract below it, after a blank line"
        + ("" if marked else f"; if this is an abstract, {_mark('the title above it')}"),
    )


def below_key(source: Source, text: str) -> Problem:
    """Report a line right below a key that may go on with its value."""
    return _warning(
        source,
        f"taken as the beginning of the abstract: {quoted(text)}; it stands right below a key",
        "put a blank line above it; if it goes on with the key's value, write both in one line:\n"
        "Authors: Ada Lovelace; Charles Babbage",
    )


def empty_mark(source: Source) -> Problem:
    """Report a `#` with nothing behind it."""
    return _error(source, "a `#` without a title; it was left out", "# Attention Is All You Need")


def lone_abstract(source: Source, text: str, *, first: bool) -> Problem:
    """Report an abstract, or another text, that no title stands above."""
    where = "text before the first title" if first else "an abstract without a title above it"
    return _error(
        source,
        f"{where}: {quoted(text)}; it was left out",
        f"write its title above it and {_mark('Attention Is All You Need')}\n"
        "If it goes on with the abstract above, mark the titles around it.",
    )


def stray(source: Source, text: str) -> Problem:
    """Report chrome or a date that stands among the papers."""
    return _error(
        source,
        f"{quoted(text)} belongs to a page's top, not among papers; it was left out",
        "delete the line; a second list goes into a file of its own, named by its day",
    )


def doubtful_paragraph(source: Source, text: str) -> Problem:
    """Report a block that was taken for a further paragraph without being sure."""
    return _warning(
        source,
        f"taken as a further paragraph of the abstract above: {quoted(text)}",
        f"if it is another paper's abstract, {_mark('its title')}\nIf it is a title, {_mark(text)}",
    )


def sentence_title(source: Source, title: str) -> Problem:
    """Report a title that reads like a sentence of an abstract."""
    return _warning(
        source,
        f"the title reads like a sentence: {quoted(title)}",
        f"if it is right, {_mark(title)}",
    )


def title_like_abstract(source: Source, text: str, title: str) -> Problem:
    """Report an abstract that reads like a title."""
    return _warning(
        source,
        f"the abstract reads like a title: {quoted(text)}",
        f"if it is the abstract, {_mark(title)}\n"
        "if it is a title too, mark both and add their abstracts",
    )


def abstract_is_title(source: Source, title: str) -> Problem:
    """Report an abstract that only repeats its title."""
    return _warning(
        source, f"the abstract only repeats the title {quoted(title)}", "paste the abstract itself"
    )


def empty_abstract(source: Source, text: str) -> Problem:
    """Report an abstract without a letter."""
    return _warning(
        source, f"the abstract says nothing: {quoted(text)}", "paste the abstract itself"
    )


def bot_abstract(source: Source, text: str) -> Problem:
    """Report a bot's comment in the place of an abstract."""
    return _warning(
        source,
        f"a bot's comment stands where the abstract should: {quoted(text)}",
        "paste the abstract itself",
    )


def cut_abstract(source: Source, text: str) -> Problem:
    """Report an abstract that ends with an ellipsis."""
    return _warning(
        source, f"the abstract is cut off: {quoted('…' + text[-40:])}", "paste the whole abstract"
    )


def unmarked_title(source: Source, title: str) -> Problem:
    """Report a title without a mark where the others have one."""
    return _warning(
        source,
        f"taken as a title, without the `# ` that the list's other titles have: {quoted(title)}",
        _mark(title),
    )


def two_marks(source: Source, title: str) -> Problem:
    """Report a heading of Markdown that is not the mark of a title."""
    return _warning(
        source,
        f"a title's mark is one `#` and a space, found {quoted(title)}",
        _mark(title.strip("#＃* ")),
    )


def wrong_key(source: Source, word: str) -> Problem:
    """Report a line like `Autors: …` between title and abstract."""
    nearest = nearest_key(word)
    if nearest is None:
        return _error(
            source,
            f"{quoted(word)} is no key; the line was left out",
            f"keys are {', '.join(KEYS.values())}; free text goes into a note: {EXAMPLES['Note']}",
        )
    return _error(
        source,
        f'{quoted(word)} is no key; "{nearest}" is the nearest; the line was left out',
        EXAMPLES[nearest],
    )


def empty_key(source: Source, key: str) -> Problem:
    """Report a key without a value."""
    return _error(source, f'nothing stands after "{key}:"', EXAMPLES[key])


def repeated_key(source: Source, key: str) -> Problem:
    """Report the second line of a key that a paper has once."""
    more = "; separate authors by ;" if key == "Authors" else ""
    return _error(
        source,
        f'a second "{key}:" for one paper; the first one counts',
        f"keep one line: {EXAMPLES[key]}{more}",
    )


def bad_value(source: Source, key: str, value: str) -> Problem:
    """Report a value that cannot be used."""
    wanted = {
        "arXiv": "an arXiv identifier",
        "DOI": "a DOI, which begins with 10.",
        "Link": "one address of http or https without spaces",
    }[key]
    return _error(
        source, f"{quoted(value)} is not {wanted}; the paper goes without it", EXAMPLES[key]
    )


def commas_in_authors(source: Source, value: str) -> Problem:
    """Report authors that were perhaps separated by commas."""
    return _warning(
        source,
        f"read as one author: {quoted(value)}",
        f"separate authors by ;\n{EXAMPLES['Authors']}",
    )


def late_key(source: Source, text: str, *, first: bool) -> Problem:
    """Report a key line that stands below an abstract, or above the first title."""
    where = "above the first title" if first else "below the abstract"
    return _error(
        source,
        f"a key {where}: {quoted(text)}; it was left out",
        "put it between the title and the abstract",
    )


def byline(source: Source, names: tuple[str, ...]) -> Problem:
    """Report names below a title that no key introduces."""
    line = f"Authors: {'; '.join(names)}"
    return _error(
        source,
        f"names without a key: {quoted(', '.join(names))}; the line was left out",
        f"write {line}" if len(line) <= _COPIED else f"write {EXAMPLES['Authors']}",
    )


def wrong_date(source: Source, text: str, day: date | None) -> Problem:
    """Report a date in a form that is not read."""
    return _error(
        source,
        f"{quoted(text)} stands where the date can stand; expected {FORMS}",
        f"write {day.isoformat() if day else '2025-03-11'}, or leave the line out"
        f"; if it is a title, add its abstract and {_mark(text)}",
    )


def inner_mark(source: Source, text: str) -> Problem:
    """Report a line with a mark that goes on with the sentence above."""
    return _warning(
        source,
        f"a line of the text above begins with `# `, and was kept as text: {quoted(text)}",
        "join it to the line above; if it is a title, put a blank line above it",
    )


def continued_value(source: Source, text: str) -> Problem:
    """Report a line that perhaps goes on with a key's value."""
    return _warning(
        source,
        f"taken as the rest of the key's value above: {quoted(text)}",
        "write the key and its value in one line; if it begins the abstract, put a blank line"
        " above it",
    )


def short_title_line(source: Source, text: str) -> Problem:
    """Report a title of two short lines, of which the second may be something else."""
    return _warning(
        source,
        f"taken as a title on several lines: {quoted(text)}",
        "write the title in one line; names go into a key:\n" + EXAMPLES["Authors"],
    )


def glued_title(source: Source, text: str) -> Problem:
    """Report a title right below an abstract's last line."""
    return _warning(
        source,
        f"taken as a title, without a blank line above: {quoted(text)}",
        f"put a blank line above it, or {_mark(text)}",
    )


def only_titles(source: Source) -> Problem:
    """Report a list whose abstracts look like titles."""
    return _error(
        source,
        "this looks like a list of titles only; each needs an abstract",
        "# Attention Is All You Need\n\nThe dominant sequence transduction models are based on …",
    )


def labels(source: Source) -> Problem:
    """Report that labels were taken off."""
    return _warning(
        source,
        'read "Title:" and "Abstract:" as labels, and took them off',
        "leave them out: a title, a blank line and its abstract are enough",
    )


def key_as_abstract(source: Source, text: str) -> Problem:
    """Report a line with the form of a key that is all that stands below a title."""
    return _warning(
        source,
        f"taken as the abstract, because nothing else follows the title: {quoted(text)}",
        "if it is a key, add the abstract below it",
    )


def doubtful_line(source: Source, text: str, part: str) -> Problem:
    """Report a line without a blank one above it that was taken for title or abstract."""
    return _warning(
        source,
        f"without a blank line above, taken as part of the {part}: {quoted(text)}",
        "put a blank line between title and abstract, and none inside a title",
    )
