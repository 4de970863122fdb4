"""`broadsheet review`: what a change does to the library."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import click

from generator.commands.common import DIGESTS
from generator.enriching import build_library
from generator.identities import identified
from generator.model import Library
from generator.project import find_digests, not_read, read_digest, read_known, read_tags
from generator.reviewing import review as compare_libraries

_VOCABULARY = Path("docs/vocabulary.yml")


@click.command(epilog="Exit codes: 0 compared, whatever was found; 2 wrong usage.")
@click.argument(
    "before", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="BEFORE"
)
@click.argument(
    "after",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="[AFTER]",
    default=Path(),
)
def review(before: Path, after: Path) -> None:
    """Print as JSON what changes from one state of a project to another.

    BEFORE and AFTER are folders of projects; AFTER is this one unless it is named. Told are papers
    that come in, repeats, addresses that would vanish, tags, and problems that BEFORE did not have.
    Nothing is compared with the network, and no file is written.

    \b
    Examples:
      git worktree add /tmp/before origin/main
      broadsheet review /tmp/before
    """
    for folder in (before, after):
        if not (folder / DIGESTS).is_dir():
            raise click.UsageError(f"There is no {DIGESTS} in {folder}")
    report = compare_libraries(_library(before), _library(after))
    click.echo(json.dumps(report, ensure_ascii=False, indent=2).encode("utf-8", "replace"))
    sys.exit(0)


def _library(folder: Path) -> Library:
    """Read the library of a project, with paths as they stand in it."""
    here = Path.cwd()
    os.chdir(folder)
    try:
        tags, problems = read_tags(_VOCABULARY)
        known, damaged = read_known(DIGESTS)
        digests = [identified(read_digest(path), known) for path in find_digests([DIGESTS])]
        library = build_library(digests, tags)
        problems = (*problems, *damaged, *not_read(DIGESTS), *library.problems)
    finally:
        os.chdir(here)
    return Library(library.issues, library.papers, library.tags, problems=problems)
