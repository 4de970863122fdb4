"""`broadsheet add`: make a digest of whatever was pasted."""

from __future__ import annotations

import os
import shutil
import sys
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import click
from msgspec import structs

from generator.adding.lists import (
    ASKED,
    DayList,
    Facts,
    facts_of,
    file_stem,
    lists_of,
    usable,
    words_of,
)
from generator.adding.quoting import unquoted
from generator.adding.telling import row_of, table, titles
from generator.checking.findings import find, lines_of
from generator.checking.texts import told
from generator.commands.common import DIGESTS, read_all, vocabulary_beside
from generator.commands.drafts import Draft, placed, show, write
from generator.files import LARGEST
from generator.model import Digest, Problem, Record, Severity
from generator.project import find_digests
from generator.reading import OWN, read_bytes
from generator.reading.dates import day_in
from generator.reading.dialects import DIALECTS
from generator.writing.wording import count

_PASTE = "paste"
"""What messages call a text that has no file."""
_LARGE = 2_000_000
"""Bytes of a paste from which it is said that reading takes a while."""
_EXAMPLE = "2025-03-11"
_NARROWEST, _GUTTER = 40, 10
"""Columns that a line of the paste takes at least, and what stands left of it."""


@click.command(
    epilog="Exit codes: 0 fine, or warnings only; 1 errors found, or nothing written; "
    "2 wrong usage."
)
@click.argument(
    "file",
    required=False,
    metavar="[FILE]",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
)
@click.option("--editor", is_flag=True, help="Paste into your editor ($EDITOR) instead.")
@click.option("--date", "day", metavar="DAY", help="The day of the list, such as 2025-03-11.")
@click.option("--words", default="", metavar="WORDS", help="Words behind the day in the file name.")
@click.option("--skip-repeats", is_flag=True, help="Leave out what the library has already.")
@click.option("--dry-run", is_flag=True, help="Print the digest instead of writing it.")
@click.option("-y", "--yes", is_flag=True, help="Never ask; fail where something is missing.")
def add(
    file: str | None,
    day: str | None,
    words: str,
    *,
    editor: bool,
    skip_repeats: bool,
    dry_run: bool,
    yes: bool,
) -> None:
    """Make a digest of a list of papers, whatever it was copied from.

    FILE has the list, in any form that is known; - or nothing is standard input. What was
    understood is shown before anything is written: how many papers there are, which the library
    has already, what is wrong and in which line. The day of the list is asked for if the list
    does not say it with its year. Papers of several days become several files, called
    docs/digests/DAY.txt or, with --words, docs/digests/DAY-WORDS.txt. No file is ever overwritten.

    All that goes to standard error; standard output has the names of written files, or with
    --dry-run what they would hold.

    \b
    Examples:
      broadsheet add                               paste, then Ctrl-D
      broadsheet add list.txt --words "reading group"
      broadsheet add --editor
      wl-paste | broadsheet add --yes --date 2025-03-11
    """
    if not DIGESTS.is_dir():
        raise click.UsageError(f"There is no {DIGESTS} here: run it in a project's folder")
    if editor and file is not None:
        raise click.UsageError("Name a FILE or give --editor, not both")
    if words and not words_of(words):
        raise click.UsageError(f"--words has no letter or digit: {words!r}")
    given = None if day is None else _given(day)
    asks = not yes and can_ask()
    name, pasted = _paste(file, editor=editor)
    content = unquoted(pasted)
    if content != pasted:
        _say("Each line is quoted, as in a reply to a mail: the marks before them were taken off.")
    digest = _read(content, name, given)
    if not digest.records:
        _show(digest.problems, content)
        raise click.ClickException("No papers were understood; nothing was written")
    desk = _Desk(digest, content, words, asks=asks, skip_repeats=skip_repeats)
    drafts = desk.drafts(lists_of(digest, today(), given))
    if dry_run:
        show(drafts)
    else:
        write(drafts, asks=asks)
    sys.exit(1 if any(p.severity is Severity.ERROR for p in desk.problems) else 0)


def today() -> date:
    """Return the day of the clock, which decides a year that nothing else tells."""
    return datetime.now().astimezone().date()


def can_ask() -> bool:
    """Whether somebody sits at a terminal to answer."""
    return sys.stdin is not None and sys.stdin.isatty()


class _Desk:
    """Tells what a paste holds, asks what is missing, and makes drafts of its lists."""

    def __init__(
        self, digest: Digest, content: bytes, words: str, *, asks: bool, skip_repeats: bool
    ) -> None:
        self.problems: list[Problem] = list(digest.problems)
        self._digest = digest
        self._content = content
        self._words = words
        self._asks = asks
        self._skip_repeats = skip_repeats

    def drafts(self, parts: Sequence[DayList]) -> list[Draft]:
        """Show the lists and return what is to be written of them."""
        digests = read_all(list(find_digests([DIGESTS])))
        library = [record for digest, _ in digests for record in digest.records]
        vocabulary, _ = vocabulary_beside(DIGESTS)
        facts = [facts_of(part, self._digest.path, library, vocabulary) for part in parts]
        self.problems += (problem for fact in facts for problem in fact.problems)
        self.problems.sort()
        self._tell(parts, facts)
        dated = [self._with_day(part) for part in parts]
        return placed(
            Draft(self._path(part), records)
            for part, fact in zip(dated, facts, strict=True)
            if (records := self._kept(part, fact))
        )

    def _tell(self, parts: Sequence[DayList], facts: Sequence[Facts]) -> None:
        width = shutil.get_terminal_size().columns
        starts = [part.line for part in parts]
        places = [max(0, bisect_right(starts, p.source.line) - 1) for p in self.problems]
        _say(f"Read as {_form(self._digest.dialect)}.")
        _say()
        both = list(zip(parts, facts, strict=True))
        rows = [row_of(part, fact, places.count(at)) for at, (part, fact) in enumerate(both)]
        for line in table(rows, width):
            _say(line)
        for part, fact in both:
            _say()
            for line in titles(part, fact, width):
                _say(line)
        _say()
        _show(self.problems, self._content)

    def _with_day(self, part: DayList) -> DayList:
        """Return the list with its day: asked for, unless it is sure."""
        first = part.records[0].title
        if part.day is not None and (part.sure or not self._asks):
            _say(f"The day: {part.day.isoformat()} ({part.why})")
            return part
        if not self._asks:
            raise click.ClickException(
                f'The list that begins with "{first[:60]}" does not say its day. '
                f"Give it with --date {_EXAMPLE}"
            )
        if len(self._digest.days) > 1 or part.why:
            _say(
                f'The list that begins with "{first[:60]}"' + (f": {part.why}" if part.why else "")
            )
        day: date = click.prompt(
            "Day of the list",
            default=part.day.isoformat() if part.day else None,
            value_proc=_given,
            err=True,
        )
        return replace(part, day=day)

    def _kept(self, part: DayList, facts: Facts) -> tuple[Record, ...]:
        if not self._skip_repeats:
            return tuple(map(usable, part.records))
        return tuple(usable(r) for at, r in enumerate(part.records) if at not in facts.repeats)

    def _path(self, part: DayList) -> Path:
        if part.day is None:
            raise ValueError("a list without a day has no file")
        return DIGESTS / f"{file_stem(part.day, self._words)}.txt"


def _given(text: str) -> date:
    day = day_in(text)
    if day is None:
        raise click.BadParameter(f"{text!r} is not a day with its year, such as {_EXAMPLE}")
    return day


def _paste(file: str | None, *, editor: bool) -> tuple[str, bytes]:
    """Return the name and the bytes of what was pasted."""
    if editor:
        text = click.edit("", extension=".txt", require_save=True)
        if not text or not text.strip():
            raise click.ClickException("Nothing was pasted; nothing was written")
        return _PASTE, text.encode("utf-8", "surrogatepass")
    if file not in (None, "-"):
        try:
            return str(file), Path(str(file)).read_bytes()
        except OSError as error:
            raise click.ClickException(f"{file}: {error.strerror}") from error
    if sys.stdin is None:
        raise click.ClickException("Standard input is closed: name a FILE that has the list")
    if can_ask():
        end = "Ctrl-Z and Enter" if os.name == "nt" else "Ctrl-D"
        _say(f"Paste the list, and end it with {end} on a line of its own.")
    return _PASTE, sys.stdin.buffer.read()


def _read(content: bytes, name: str, given: date | None) -> Digest:
    if len(content) > _LARGE:
        _say("Reading …")
    digest = read_bytes(content, name)
    # Whoever gives the day knows that the text or the file's name says another.
    over = ASKED | {"B009"} if given is not None else ASKED
    return structs.replace(digest, problems=tuple(p for p in digest.problems if p.code not in over))


def _form(name: str) -> str:
    if name == OWN:
        return "plain text"
    return next((found.title for found in DIALECTS if found.name == name), name)


def _say(text: str = "") -> None:
    click.echo(text, err=True)


def _show(problems: Sequence[Problem], content: bytes) -> None:
    """Show problems with the lines of the paste that they are on."""
    # Of a paste that is too large to be read, every line would be far too much.
    lines = lines_of(content[:LARGEST])
    width = max(_NARROWEST, shutil.get_terminal_size().columns - _GUTTER)
    for finding in find(problems, lambda _: lines, width):
        for line in told(finding):
            _say(line)
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    _say(f"{count(errors, 'error')}, {count(len(problems) - errors, 'warning')}")
