"""`broadsheet check`: what is wrong with digests, and with `--fix` what can be mended for sure."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import click

from generator.checking.codes import address
from generator.checking.excerpt import WIDTH
from generator.checking.findings import Finding, find, lines_of, number
from generator.checking.github import LARGEST, annotated, summary
from generator.checking.texts import counted_repairs, told, told_repair
from generator.enriching.provenance import Repaired
from generator.enriching.vocabulary import Vocabulary, read_vocabulary
from generator.model import Digest, Problem, Severity
from generator.project import find_digests, not_read, read_digest, read_repairs, read_tags
from generator.writing.wording import count

DIGESTS = Path("docs/digests")
_EXIT_CODES = """Exit codes: 0 fine, or warnings only; 1 errors found; 2 wrong usage."""
_NARROWEST = 40


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
def check(paths: tuple[Path, ...], form: str, verbose: bool) -> None:
    """Report every problem of digests, without building the site.

    PATH is a digest or a folder of digests; without one, docs/digests. All files are checked,
    whatever is wrong with the first. Problems go to standard output, each as
    PATH:LINE: SEVERITY[CODE]: MESSAGE, with the line and the way out below it; the summary goes to
    standard error. What a code means is told in docs/problems/ and on the site's page "Problems".

    With -v, what is repaired in titles and abstracts is listed too, as PATH:LINE: repair (RULE):
    the text as supplied → the text as shown. The file itself stays as it is.

    \b
    Examples:
      broadsheet check
      broadsheet check -v
      broadsheet check docs/digests/2025-03-11.txt
      broadsheet check --format json > problems.json
    """
    if not paths and not DIGESTS.is_dir():
        raise click.UsageError(f"There is no {DIGESTS} here: name a digest or a folder of digests")
    report = _report(paths or (DIGESTS,), verbose=verbose)
    if form == "json":
        print_json(_as_json(report))
    elif form == "github":
        _print_for_github(report)
    else:
        _print_text(report)
    click.echo(f"{report.read}: {report.found}", err=True)
    sys.exit(1 if report.errors else 0)


@dataclass(frozen=True, slots=True)
class Report:
    """What was found."""

    digests: Sequence[Digest]
    findings: Sequence[Finding]
    rules: Sequence[str]
    """The rule of each repair of damaged text."""
    repairs: Sequence[Repaired] = ()
    """The same with their places, if somebody wants to know."""

    @property
    def read(self) -> str:
        """What was looked at, in words."""
        papers = sum(len(digest.records) for digest in self.digests)
        return f"{count(len(self.digests), 'digest')}, {count(papers, 'paper')}"

    @property
    def errors(self) -> int:
        """How many errors there are."""
        return number(self.findings, Severity.ERROR)

    @property
    def warnings(self) -> int:
        """How many warnings there are."""
        return number(self.findings, Severity.WARNING)

    @property
    def found(self) -> str:
        """What was found, in words."""
        return f"{count(self.errors, 'error')}, {count(self.warnings, 'warning')}"


def _report(paths: Sequence[Path], *, verbose: bool) -> Report:
    from generator.enriching import build_library  # Heavy, and not for `--help`.

    files = list(find_digests(paths))
    digests = read_all(files)
    tags, problems = vocabulary_beside(paths[0])
    strays = (problem for path in paths if path.is_dir() for problem in not_read(path))
    library = build_library(digests, tags)
    problems = (*problems, *strays, *library.problems)
    marks = (m for p in library.papers.values() for m in (p.title_marks, p.abstract_marks))
    rules = [repair.rule for mark in marks for repair in mark.repairs]
    found = zip(files, digests, strict=True) if verbose else ()
    repairs = [repair for file, digest in found for repair in read_repairs(file, digest)]
    return Report(digests, with_lines(sorted(problems)), rules, repairs)


def with_lines(problems: Sequence[Problem]) -> list[Finding]:
    """Add to problems the lines that they are on, as far as those can be read."""

    @cache
    def lines(path: str) -> Sequence[str]:
        try:
            # What is no file has no lines, and a pipe would never end.
            return lines_of(Path(path).read_bytes()) if Path(path).is_file() else ()
        except OSError:
            return ()

    return find(problems, lines, _width())


def print_findings(findings: Sequence[Finding]) -> None:
    """Print problems for people, in colours where a terminal has them and nobody minds."""
    for finding in findings:
        for line in told(finding):
            click.echo(line, color=False if os.environ.get("NO_COLOR") else None)


def read_all(paths: Sequence[Path]) -> list[Digest]:
    """Read digests, with a bar on a terminal when that takes long."""
    size = sum(path.stat().st_size for path in paths if path.is_file())
    with click.progressbar(
        paths,
        label="Reading digests",
        file=sys.stderr,
        hidden=size < 2_000_000 or not sys.stderr.isatty(),
    ) as bar:
        return [read_digest(path) for path in bar]


def vocabulary_beside(path: Path) -> tuple[Vocabulary, tuple[Problem, ...]]:
    """Read the vocabulary of the project that a digest belongs to.

    That is `vocabulary.yml` in the folder above the digests, or in `docs` where the command
    runs. Without one no tag can be wrong.
    """
    folder = path if path.is_dir() else path.parent
    for candidate in (folder.parent / "vocabulary.yml", DIGESTS.parent / "vocabulary.yml"):
        if candidate.is_file():
            return read_tags(candidate)
    return read_vocabulary("", "vocabulary.yml")[0], ()


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


def _print_text(report: Report) -> None:
    print_findings(report.findings)
    for repair in report.repairs:
        click.echo(told_repair(repair))
    if report.rules and not report.repairs:
        click.echo(f"{counted_repairs(report.rules)} (-v lists them)", err=True)


def _as_json(report: Report) -> dict[str, Any]:
    found: dict[str, Any] = {
        "errors": report.errors,
        "warnings": report.warnings,
        "problems": [finding_as_json(finding) for finding in report.findings],
    }
    if report.repairs:
        found["repairs"] = [_repair_as_json(repair) for repair in report.repairs]
    return found


def _repair_as_json(repair: Repaired) -> dict[str, Any]:
    return {
        "path": repair.source.path,
        "line": repair.source.line,
        "rule": repair.rule,
        "original": repair.original,
        "mended": repair.mended,
    }


def _print_for_github(report: Report) -> None:
    """Print annotations, and add the whole report to the job's summary, if there is one."""
    for line in annotated(report.findings):
        click.echo(line)
    name = os.environ.get("GITHUB_STEP_SUMMARY")
    if not name:
        return
    path = Path(name)
    try:
        room = LARGEST - (path.stat().st_size if path.exists() else 0)
        text = summary(report.findings, report.read, counted_repairs(report.rules), room)
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        click.echo(f"The job's summary cannot be written: {error.strerror}", err=True)


def _width() -> int:
    """Return how many columns an excerpt may take."""
    if not sys.stdout.isatty():
        return WIDTH
    return max(_NARROWEST, shutil.get_terminal_size().columns - 10)
