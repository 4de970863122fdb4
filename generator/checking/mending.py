"""Mend what is mechanical in a digest, and nothing of which a person should judge.

Every step is proved: what it made is read again, and it counts only if the same papers are found,
with the same titles and abstracts, nothing lost of their keys, and not one problem more. So the
steps (`steps`) can be simple, and no form of text needs to be known here.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from difflib import unified_diff

from generator.checking.steps import STEPS, Step
from generator.enriching.addresses import complete
from generator.enriching.suspicion import untracked
from generator.model import Digest, Given, Record, Severity
from generator.reading import read_text
from generator.reading.lines import fold
from generator.reading.wording import unmarked

_LINE_END = re.compile(r"\r\n|\r|\n")
_ROUNDS = 9
"""What one step mends can be what another waits for; two or three rounds are enough."""


@dataclass(frozen=True, slots=True)
class Mended:
    """What became of a file."""

    content: bytes
    done: tuple[str, ...] = ()
    """What was done, in words; nothing where the content is as it was."""
    diff: tuple[str, ...] = ()
    """The lines that changed, in the form of a unified diff, line ends left aside."""


def mend(content: bytes, path: str) -> Mended:
    """Return a digest's content with everything mended that surely can be.

    `path` names the file. What is no text stays as it is. Mending what was mended changes nothing.
    """
    text = _as_text(content)
    if text is None:
        return Mended(content)
    given = read_text(text, path)
    before = _LINE_END.split(text)
    lines, digest = before, read_text("\n".join(before), path)
    if not _is_no_worse(given, digest):
        return Mended(content)
    done = _done_to_bytes(content, text)
    for _ in range(_ROUNDS):
        start = lines
        for step in STEPS:
            changed = step.take(lines, digest) if _is_for(step, digest) else lines
            if changed == lines:
                continue
            after = read_text("\n".join(changed), path)
            if _is_no_worse(digest, after):
                lines, digest = changed, after
                done.setdefault(step.title)
        if lines == start:
            break
    mended = "\n".join(lines).encode()
    if mended == content:
        return Mended(content)
    old, new = ("\n".join(each).rstrip("\n").split("\n") for each in (before, lines))
    diff = unified_diff(old, new, path, path, n=1, lineterm="")
    return Mended(mended, tuple(done), tuple(diff))


def _as_text(content: bytes) -> str | None:
    """Return the text of a file if its bytes say for sure what it is."""
    is_utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = content.decode("utf-16" if is_utf16 else "utf-8-sig")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def _done_to_bytes(content: bytes, text: str) -> dict[str, None]:
    """Return what reading a file and writing it again does, in words."""
    done: dict[str, None] = {}
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        done["saved as UTF-8"] = None
    elif content.startswith(codecs.BOM_UTF8):
        done["byte order mark taken off"] = None
    if "\r" in text:
        done["line ends made LF"] = None
    return done


def _is_for(step: Step, digest: Digest) -> bool:
    return not step.plain or digest.dialect == "text"


def _is_no_worse(before: Digest, after: Digest) -> bool:
    """Whether the same papers are found, none with less, and no more problems."""
    return (
        after.dialect == before.dialect
        and len(after.records) == len(before.records)
        and _badness(after) <= _badness(before)
        and len(after.problems) <= len(before.problems)
        and all(map(_has_all_of, after.records, before.records))
    )


def _badness(digest: Digest) -> int:
    return sum(problem.severity is Severity.ERROR for problem in digest.problems)


def _has_all_of(after: Record, before: Record) -> bool:
    """Whether a record says what another said: the same words, and no key's value less."""
    single = ("authors", "arxiv", "doi", "published")
    return (
        unmarked(fold(after.title)) == unmarked(fold(before.title))
        and after.abstract == before.abstract
        and all(getattr(before, name) in (None, (), getattr(after, name)) for name in single)
        and {given.text for given in before.tags} <= {given.text for given in after.tags}
        and set(map(_plain_link, before.links)) <= set(map(_plain_link, after.links))
        and set(before.notes) <= set(after.notes)
    )


def _plain_link(given: Given) -> str:
    return untracked(given.text) if complete(given.text) else given.text
