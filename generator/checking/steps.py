"""What `--fix` does to the text of a digest, one step at a time.

Each step takes the lines of a text and the digest that was read from them, and returns the lines as
they should be; what it should not touch it leaves. Whether the result is any better is judged by
`mending`, which reads it again. No step changes a word of a title or an abstract.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from generator.enriching.addresses import complete
from generator.enriching.suspicion import untracked
from generator.model import Digest, LineClass
from generator.reading.dates import is_other_date
from generator.reading.evidence import leaning
from generator.reading.keys import KEYS, arxiv_of, doi_of, key_line_of
from generator.reading.lines import fold
from generator.reading.wording import unmarked

Lines = list[str]

_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2007\u202f", " "))
"""No-break spaces, which are read as spaces."""
_LABEL = re.compile(r"\s*(title|abstract)\s?[:：]\s?(.*)", re.IGNORECASE | re.DOTALL)
_KEY = re.compile(r"(\s*)([^:：]{1,40}?)(\s?[:：]\s*)(.*)", re.DOTALL)
_PARTS = re.compile(r"\d+")
_TITLE_AT_MOST, _ABSTRACT_AT_LEAST = -1.0, 1.5
"""Leanings of a title and the abstract below it from which there is no doubt about them."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is mended."""

    title: str
    """What it does, as the end of a sentence: `trailing white space taken off`."""
    take: Callable[[Lines, Digest], Lines]
    plain: bool = False
    """Whether it is for plain text alone, not for texts with a grammar of their own."""


def _without_no_break_spaces(lines: Lines, _: Digest) -> Lines:
    return [line.translate(_SPACES) for line in lines]


def _without_trailing_space(lines: Lines, digest: Digest) -> Lines:
    result = [line.rstrip() for line in lines]
    for line in digest.lines:
        if line.kind is LineClass.BLANK:  # It may hold what prints nothing.
            result[line.number - 1] = ""
    return result


def _without_doubled_blanks(lines: Lines, _: Digest) -> Lines:
    kept: Lines = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    while kept and not kept[-1]:
        kept.pop()
    return [*kept, *([""] if lines[-1:] == [""] else [])]


def _with_last_line_end(lines: Lines, _: Digest) -> Lines:
    return lines if lines[-1:] == [""] else [*lines, ""]


def _without_labels(lines: Lines, digest: Digest) -> Lines:
    if "B008" not in _codes(digest):
        return lines
    result: Lines = []
    for line in lines:
        label = _LABEL.fullmatch(line)
        if label is None:
            result.append(line)
        elif label[1].lower() == "title":
            result.append(f"# {label[2]}")
        else:
            # A blank line is what tells an abstract from keys and title.
            result += [""] if result and result[-1].strip() else []
            result += [label[2]] if label[2] else []
    return result


def _with_one_mark(lines: Lines, digest: Digest) -> Lines:
    """Write `## A Title`, `#A Title` or `**A Title**` as `# A Title`."""
    result = list(lines)
    for number in _numbers(digest, "B112"):
        result[number] = f"# {unmarked(fold(lines[number]))}"
    return result


def _with_missing_marks(lines: Lines, digest: Digest) -> Lines:
    """Mark titles where all others are marked, if title and abstract look like nothing else."""
    result = list(lines)
    sure = {
        record.source.line - 1
        for record in digest.records
        if leaning(record.title) <= _TITLE_AT_MOST
        and leaning(fold(record.abstract)) >= _ABSTRACT_AT_LEAST
    }
    for number in sure & set(_numbers(digest, "B111")):
        result[number] = f"# {lines[number].strip()}"
    return result


def _with_readable_date(lines: Lines, digest: Digest) -> Lines:
    """Write `3/11/2025` or `20250311` as a date is written, if it is the day of the file's name."""
    result = list(lines)
    for number in _numbers(digest, "B010"):
        if digest.date is not None and _can_be(fold(lines[number]), digest.date):
            result[number] = digest.date.isoformat()
    return result


def _with_right_keys(lines: Lines, digest: Digest) -> Lines:
    """Write `Autors:` as `Authors:`."""
    result = list(lines)
    for number in _numbers(digest, "B201"):
        match = _KEY.fullmatch(lines[number])
        key = _sure_key(match[2]) if match else None
        if match and key:
            result[number] = f"{match[1]}{key}{match[3]}{match[4]}"
    return result


def _with_plain_values(lines: Lines, digest: Digest) -> Lines:
    """Write identifiers without resolver and version, and links without what tracks readers."""
    result = list(lines)
    for line in digest.lines:
        text = lines[line.number - 1]
        key = key_line_of(fold(text)) if line.kind is LineClass.KEY else None
        match = _KEY.fullmatch(text)
        if key is None or match is None:
            continue
        value = _plain_value(key.key, match[4].strip())
        if value and value != match[4].strip():
            result[line.number - 1] = f"{match[1]}{match[2]}{match[3]}{value}"
    return result


STEPS = (
    Step("no-break spaces made spaces", _without_no_break_spaces),
    Step("trailing white space taken off", _without_trailing_space),
    Step("labels taken off", _without_labels, plain=True),
    Step("titles' marks made one `#` and a space", _with_one_mark, plain=True),
    Step("titles marked", _with_missing_marks, plain=True),
    Step("the date written as 2025-03-11", _with_readable_date, plain=True),
    Step("keys spelled right", _with_right_keys, plain=True),
    Step("identifiers and links written plainly", _with_plain_values, plain=True),
    Step("needless blank lines taken out", _without_doubled_blanks, plain=True),
    Step("a line end put at the end", _with_last_line_end),
)


def _codes(digest: Digest) -> set[str]:
    return {problem.code for problem in digest.problems}


def _numbers(digest: Digest, code: str) -> Iterator[int]:
    """Yield the indices of lines with problems of a kind."""
    return (problem.source.line - 1 for problem in digest.problems if problem.code == code)


def _can_be(text: str, day: date) -> bool:
    """Whether a date in an unusual form can be a day."""
    if not is_other_date(text):
        return False
    parts = _PARTS.findall(text)
    if len(parts) == 1 and len(parts[0]) == 8:
        return str(parts[0]) == day.strftime("%Y%m%d")
    numbers = [int(part) for part in parts]
    forms = [
        (day.year, day.month, day.day),
        (day.month, day.day, day.year),
        (day.day, day.month, day.year),
        (day.month, day.day, day.year % 100),
        (day.day, day.month, day.year % 100),
        (day.month, day.day),
        (day.day, day.month),
    ]
    return tuple(numbers) in forms


def _sure_key(word: str) -> str | None:
    """Return the key that a word is but for one letter, if it can be no other word."""
    from rapidfuzz.distance import DamerauLevenshtein

    plain = word.strip().lower()
    for small, key in KEYS.items():
        if plain in (small + "s", small.removesuffix("s")):
            return key
        # A short word is soon another one: `Vote`, `Line`, `Tips`.
        if len(small) >= 5 and DamerauLevenshtein.distance(plain, small) == 1:
            return key
    return None


def _plain_value(key: str | None, value: str) -> str | None:
    if key == "arXiv":
        return arxiv_of(value)
    if key == "DOI":
        return doi_of(value)
    if key == "Link" and complete(value) == value:
        return untracked(value)
    return None
