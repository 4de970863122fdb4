"""`broadsheet check`: what is wrong with digests, and with `--fix` what can be mended for sure."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from generator.caching import stamp
from generator.caching.store import Store, write_whole
from generator.checking.excerpt import harmless
from generator.commands.common import (
    DIGESTS,
    print_json,
    read_all,
    vocabulary_beside,
    with_lines,
)
from generator.commands.reports import Report, as_json, print_for_github, print_text
from generator.files import content_of, real
from generator.folders import CACHE
from generator.identities import identified
from generator.memory import Memory
from generator.model import Digest, Library, Problem
from generator.project import (
    find_digests,
    not_read,
    read_known,
    read_records,
    read_repairs,
    shown,
)
from generator.promises import by_hand, read_promises

_EXIT_CODES = """Exit codes: 0 fine, or warnings only; 1 errors found; 2 wrong usage."""


@click.command(epilog=_EXIT_CODES)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True), metavar="[PATH]…")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "github", "json"]),
    default="text",
    show_default=True,
    help="How to print problems: for people, as GitHub's annotations, or as one JSON object.",
)
@click.option("-v", "--verbose", is_flag=True, help="List every repair of damaged text as well.")
@click.option("--fix", is_flag=True, help="Mend what is mechanical, and show what was changed.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option(
    "--against",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    help="Look for repeats among these as well, a digest or a folder; else in the PATHs' folders.",
)
def check(
    paths: tuple[Path, ...],
    form: str,
    verbose: bool,
    fix: bool,
    diff: bool,
    against: tuple[Path, ...],
) -> None:
    """Report every problem of digests, without building the site.

    PATH is a digest or a folder of digests; without one, docs/digests. All files are checked,
    whatever is wrong with the first; with the whole folder, the list of permalinks beside it is
    too. Problems go to standard output, each as PATH:LINE: SEVERITY[CODE]: MESSAGE, with the line
    and the way out below it; the summary goes to standard error. What a code means is told in
    docs/problems/ and on the site's page "Problems".

    With --fix, what needs no judgement is mended in the files: bytes, white space, marks, the form
    of dates, keys and identifiers. It counts only if the same papers are read afterwards, so words
    of titles and abstracts stay; each file is the old one until it is the new one.

    With -v, what is repaired in titles and abstracts is listed too, as PATH:LINE: repair (RULE):
    the text as supplied → the text as shown. The file itself stays as it is.

    \b
    Examples:
      broadsheet check
      broadsheet check -v
      broadsheet check docs/digests/2025-03-11.txt
      broadsheet check --diff docs/digests/2025-03-11.txt
      broadsheet check --fix
      broadsheet check --format json > problems.json
    """
    if not paths and not DIGESTS.is_dir():
        raise click.UsageError(f"There is no {DIGESTS} here: name a digest or a folder of digests")
    paths = paths or (DIGESTS,)
    if fix or diff:
        try:
            _mend(paths, write=fix and not diff, aside=form != "text")
        except OSError as error:
            raise click.ClickException(f"{error.filename}: {error.strerror}") from error
    report = _report(paths, against, verbose=verbose)
    if form == "json":
        print_json(as_json(report))
    elif form == "github":
        print_for_github(report)
    else:
        print_text(report)
    click.echo(f"{report.read}: {report.found}", err=True)
    sys.exit(1 if report.errors else 0)


def _report(paths: Sequence[Path], against: Sequence[Path], *, verbose: bool) -> Report:
    from generator.checking.gathering import gather, rules  # Heavy, and not for `--help`.

    files = list(find_digests(paths))
    read = read_all(files)
    known, damaged = read_known(paths[0] if paths[0].is_dir() else paths[0].parent)
    digests = [identified(digest, known) for digest, _ in read]
    texts = {digest.path: text for digest, text in read if digest.lines}
    tags, problems = vocabulary_beside(paths[0])
    strays = [problem for path in paths if path.is_dir() for problem in not_read(path)]
    around = [identified(digest, known) for digest in _around(paths, against)]
    found, library = gather(digests, around, tags, texts)
    promised = _promised(paths, library)
    told = read if verbose else ()
    repairs = [repair for digest, text in told for repair in read_repairs(digest, text)]
    everything = sorted([*problems, *damaged, *strays, *found, *promised])
    return Report(digests, with_lines(everything), rules(library), repairs)


def _promised(paths: Sequence[Path], library: Library) -> list[Problem]:
    """Return what is wrong with the list of permalinks, if all digests of a site were read."""
    if len(paths) != 1 or not paths[0].is_dir():
        return []
    promises = read_promises(paths[0].parent)
    if not promises.text:
        return list(promises.problems)
    from generator.permalinks.standing import permanent_of

    there = {*permanent_of(library), *by_hand(paths[0].parent)}
    return list(promises.judged(there).problems)


def _around(paths: Sequence[Path], against: Sequence[Path]) -> list[Digest]:
    """Read the digests that the ones to check are compared with.

    Those that a build has read already are not read again.
    """
    folders = against or [path.parent for path in paths if path.is_file()]
    asked = {real(path) for path in find_digests(paths)}
    others = [path for path in find_digests(folders) if real(path) not in asked]
    return read_records(others, _Recalling(Store(CACHE, stamp()))) if others else []


class _Recalling:
    """What builds remember, to look at: checking one digest must not make them forget others."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def recall(self, name: str) -> bytes | None:
        """Return what was remembered under this name, or nothing."""
        return self._memory.recall(name)

    def remember(self, name: str, content: bytes) -> None:
        """Let it go."""


def _mend(paths: Sequence[Path], *, write: bool, aside: bool) -> None:
    """Mend digests, or only show what would be done; `aside` keeps standard output free."""
    from generator.checking.mending import mend

    for path in find_digests(paths):
        try:
            content = content_of(path)
        except OSError:
            continue  # Why it cannot be read is told as a problem.
        if path.is_symlink():
            continue
        mended = mend(content, shown(path))
        if mended.content == content:
            continue
        for line in mended.diff:
            click.echo(harmless(line), err=aside)
        if write:
            mode = path.stat().st_mode
            write_whole(path, mended.content)
            path.chmod(mode)
        what = "mended" if write else "would be mended"
        click.echo(f"{harmless(shown(path))}: {what}: {', '.join(mended.done)}", err=True)
