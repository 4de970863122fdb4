"""What several commands share: reading what they were given, and printing what was found."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import click

from generator.checking.codes import address
from generator.checking.excerpt import WIDTH
from generator.checking.findings import Finding, find, lines_of
from generator.checking.texts import told
from generator.enriching.vocabulary import Vocabulary, read_vocabulary
from generator.files import content_of
from generator.model import Digest, Problem
from generator.project import read_tags, read_whole

DIGESTS = Path("docs/digests")
"""Where a project's digests are, seen from its folder."""
_NARROWEST = 40


def read_all(paths: Sequence[Path]) -> list[tuple[Digest, str]]:
    """Read digests and their texts, with a bar on a terminal when that takes long."""
    size = sum(path.stat().st_size for path in paths if path.is_file())
    with click.progressbar(
        paths,
        label="Reading digests",
        file=sys.stderr,
        hidden=size < 2_000_000 or not sys.stderr.isatty(),
    ) as bar:
        return [read_whole(path) for path in bar]


def vocabulary_beside(path: Path) -> tuple[Vocabulary, tuple[Problem, ...]]:
    """Read the vocabulary of the project that a digest belongs to.

    That is `vocabulary.yml` in the folder above the digests, or in `docs` where the command
    runs. Without one no tag can be wrong.
    """
    folder = path if path.is_dir() else path.parent
    for candidate in (folder.parent / "vocabulary.yml", DIGESTS.parent / "vocabulary.yml"):
        if os.path.lexists(candidate):
            return read_tags(candidate)
    return read_vocabulary("", "vocabulary.yml")[0], ()


def with_lines(problems: Sequence[Problem]) -> list[Finding]:
    """Add to problems the lines that they are on, as far as those can be read."""

    @cache
    def lines(path: str) -> Sequence[str]:
        try:
            # What is not read is not shown either: a link may lead to anything on this machine.
            return lines_of(content_of(Path(path)))
        except OSError:
            return ()

    return find(problems, lines, _width())


def print_findings(findings: Sequence[Finding]) -> None:
    """Print problems for people, in colours where a terminal has them and nobody minds."""
    for finding in findings:
        for line in told(finding):
            click.echo(line, color=False if os.environ.get("NO_COLOR") else None)


def print_json(value: object) -> None:
    """Print a value as JSON in UTF-8, whatever the terminal takes."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    # A file name can hold what is no UTF-8.
    click.echo(text.encode("utf-8", "backslashreplace"))


def finding_as_json(finding: Finding) -> dict[str, Any]:
    """Return what programs are told of a problem."""
    problem = finding.problem
    return {
        "path": problem.source.path,
        "line": problem.source.line,
        "column": problem.column,
        "severity": problem.severity.value,
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint,
        "excerpt": finding.excerpt.text if finding.excerpt else "",
        "docs": address(problem.code, os.environ.get("SITE_URL", "")),
    }


def _width() -> int:
    """Return how many columns an excerpt may take."""
    if not sys.stdout.isatty():
        return WIDTH
    return max(_NARROWEST, shutil.get_terminal_size().columns - 10)
