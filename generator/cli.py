"""The command line: `broadsheet check`, `parse`, `export` and `bulk`; also `python -m generator`.

Only this module prints and decides exit codes: 0 when all is well or only doubtful, 1 when
errors were found, 2 when the command was called in a wrong way.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import click

from generator import __version__
from generator.bulk import BulkError, Engine, bulk_lines, read_papers
from generator.commands.review import review
from generator.enriching import build_library
from generator.enriching.provenance import Repaired
from generator.enriching.vocabulary import Vocabulary, read_vocabulary
from generator.export import ExportError, export_site
from generator.model import Digest, Library, Paper, Problem, Severity
from generator.project import find_digests, not_read, read_digest, read_repairs, read_tags
from generator.writing.wording import count

_DIGESTS = Path("docs/digests")
_EXIT_CODES = """Exit codes: 0 fine, or warnings only; 1 errors found; 2 wrong usage."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, epilog=_EXIT_CODES)
@click.version_option(__version__, prog_name="broadsheet")
def main() -> None:
    """Turn pasted lists of papers into a reading site.

    \b
    Examples:
      broadsheet check                             all digests of this project
      broadsheet parse docs/digests/2025-03-11.txt
      broadsheet export /tmp/pages
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A title that the terminal cannot show must not end in a traceback.
            stream.reconfigure(errors="backslashreplace")


@main.command(epilog=_EXIT_CODES)
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
    whatever is wrong with the first. Problems go to standard output, one per line as
    PATH:LINE: SEVERITY: MESSAGE with the way out below it; the summary goes to standard error.

    With -v, what is repaired in titles and abstracts is listed too, as PATH:LINE: repair (RULE):
    the text as supplied → the text as shown. The file itself stays as it is.

    \b
    Examples:
      broadsheet check
      broadsheet check -v
      broadsheet check docs/digests/2025-03-11.txt
      broadsheet check --format json > problems.json
    """
    if not paths and not _DIGESTS.is_dir():
        raise click.UsageError(f"There is no {_DIGESTS} here: name a digest or a folder of digests")
    files = list(find_digests(paths or (_DIGESTS,)))
    digests = _read(files)
    tags, problems = _vocabulary_beside(paths[0] if paths else _DIGESTS)
    strays = (p for path in paths or (_DIGESTS,) if path.is_dir() for p in not_read(path))
    problems = (*problems, *strays, *build_library(digests, tags).problems)
    found = zip(files, digests, strict=True) if verbose else ()
    repairs = [repair for file, digest in found for repair in read_repairs(file, digest)]
    _print_problems(problems, form, repairs)
    errors = _number(problems, Severity.ERROR)
    warnings = _number(problems, Severity.WARNING)
    papers = sum(len(digest.records) for digest in digests)
    read = f"{count(len(digests), 'digest')}, {count(papers, 'paper')}"
    click.echo(f"{read}: {count(errors, 'error')}, {count(warnings, 'warning')}", err=True)
    sys.exit(1 if errors else 0)


@main.command(epilog="Exit codes: 0 read (see its problems); 1 not readable; 2 wrong usage.")
@click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def parse(path: Path) -> None:
    """Print what is understood of one digest, as JSON.

    White space is folded in titles; an abstract's paragraphs are joined by a blank line. The
    object has the keys "digest", "papers" and "problems". Slugs are those that
    the digest gets by itself: on the site another one may have a paper of the same title.

    \b
    Examples:
      broadsheet parse docs/digests/2025-03-11.txt
      broadsheet parse docs/digests/2025-03-11.txt | jq '.papers[].title'
    """
    digest = read_digest(path)
    tags, problems = _vocabulary_beside(path)
    # A misnamed file has no date, but what it holds can be seen all the same.
    library = build_library([replace(digest, date=digest.date or date.min)], tags)
    _print_json(
        {
            "digest": {
                "date": digest.date.isoformat() if digest.date else None,
                "source": digest.path,
            },
            "papers": _papers_as_json(digest, library),
            "problems": [_problem_as_json(p) for p in (*problems, *library.problems)],
        }
    )
    sys.exit(0 if digest.lines or not path.stat().st_size else 1)


@main.command(epilog=_EXIT_CODES)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="DIR")
@click.option(
    "--config",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    default="mkdocs.yml",
    show_default=True,
    help="The site's configuration.",
)
def export(folder: Path, config: Path) -> None:
    """Write the site's pages as Markdown, with a mkdocs.yml that needs no plugin of ours.

    DIR gets mkdocs.yml, docs/ with every page, and overrides/: another builder can take over
    from there. A folder that is not empty is refused unless an earlier export made it; then what
    is no longer made is taken out of it.

    \b
    Examples:
      broadsheet export /tmp/pages
      cd /tmp/pages && mkdocs build
    """
    try:
        number, problems = export_site(config, folder)
    except ExportError as error:
        raise click.UsageError(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}") from error
    _print_problems(problems, "text")
    click.echo(f"{number} files in {folder}", err=True)
    sys.exit(1 if _number(problems, Severity.ERROR) else 0)


@main.command(epilog=_EXIT_CODES)
@click.argument("site", type=click.Path(path_type=Path, exists=True), metavar="SITE")
@click.option(
    "--engine",
    type=click.Choice([engine.value for engine in Engine]),
    default=Engine.OPENSEARCH.value,
    show_default=True,
    help="Whose format to write; Elasticsearch takes that of OpenSearch.",
)
def bulk(site: Path, engine: str) -> None:
    """Print the papers of a built site as lines that a search engine takes in.

    SITE is the folder of a built site or its papers.json. For OpenSearch a paper has two lines,
    an action and the document; for Meilisearch one. Where a file is missing or damaged the lines
    end there, the problem goes to standard error as PATH:LINE: error: MESSAGE, and the exit code
    is 1. What to do with the lines is told on the site's page "Larger libraries".

    \b
    Examples:
      broadsheet bulk site > bulk.ndjson
      broadsheet bulk --engine meilisearch site | split -l 5000 - part-
    """
    number = 0
    try:
        for paper in read_papers(site):
            number += 1
            click.echo("".join(bulk_lines([paper], Engine(engine))).encode(), nl=False)
    except BulkError as error:
        click.echo(_printable(str(error.problem)), err=True)
        click.echo(f"    {_printable(error.problem.hint)}", err=True)
        sys.exit(1)
    except OSError as error:
        # A reader that has enough, such as head, is no error of ours: click ends quietly.
        if isinstance(error, BrokenPipeError):
            raise
        raise click.ClickException(f"The lines cannot be written: {error.strerror}") from error
    click.echo(count(number, "paper"), err=True)


main.add_command(review)


def _read(paths: Sequence[Path]) -> list[Digest]:
    """Read digests, with a bar on a terminal when that takes long."""
    size = sum(path.stat().st_size for path in paths if path.is_file())
    with click.progressbar(
        paths,
        label="Reading digests",
        file=sys.stderr,
        hidden=size < 2_000_000 or not sys.stderr.isatty(),
    ) as bar:
        return [read_digest(path) for path in bar]


def _vocabulary_beside(path: Path) -> tuple[Vocabulary, tuple[Problem, ...]]:
    """Read the vocabulary of the project that a digest belongs to.

    That is `vocabulary.yml` in the folder above the digests, or in `docs` where the command
    runs. Without one no tag can be wrong.
    """
    folder = path if path.is_dir() else path.parent
    for candidate in (folder.parent / "vocabulary.yml", _DIGESTS.parent / "vocabulary.yml"):
        if candidate.is_file():
            return read_tags(candidate)
    return read_vocabulary("", "vocabulary.yml")[0], ()


def _papers_as_json(digest: Digest, library: Library) -> list[dict[str, Any]]:
    by_source: dict[Any, Paper] = {
        appearance.source: paper
        for paper in library.papers.values()
        for appearance in paper.appearances
    }
    papers = []
    for record in digest.records:
        paper = by_source.get(record.source)
        papers.append(
            {
                "title": record.title,
                "abstract": record.abstract,
                "authors": list(record.authors),
                "links": [
                    {"url": link.url, "kind": link.kind.value, "text": link.text}
                    for link in (paper.links if paper else ())
                ],
                "tags": [library.tags[slug].name for slug in (paper.tags if paper else ())],
                "slug": paper.slug if paper else None,
                "line": record.source.line,
            }
        )
    return papers


def _problem_as_json(problem: Problem) -> dict[str, Any]:
    return {
        "path": problem.source.path,
        "line": problem.source.line,
        "severity": problem.severity.value,
        "message": problem.message,
        "hint": problem.hint,
    }


def _print_problems(
    problems: Sequence[Problem], form: str, repairs: Sequence[Repaired] = ()
) -> None:
    if form == "json":
        report: dict[str, Any] = {
            "errors": _number(problems, Severity.ERROR),
            "warnings": _number(problems, Severity.WARNING),
            "problems": [_problem_as_json(problem) for problem in problems],
        }
        if repairs:
            report["repairs"] = [_repair_as_json(repair) for repair in repairs]
        _print_json(report)
        return
    for problem in problems:
        if form == "github":
            click.echo(_annotation(problem))
        else:
            click.echo(_printable(str(problem)))
            for line in problem.hint.splitlines():
                click.echo(f"    {_printable(line)}")
    if form == "text":
        for repair in repairs:
            change = _printable(f"{repair.original} → {repair.mended}")
            click.echo(f"{_printable(str(repair.source))}: repair ({repair.rule}): {change}")


def _repair_as_json(repair: Repaired) -> dict[str, Any]:
    return {
        "path": repair.source.path,
        "line": repair.source.line,
        "rule": repair.rule,
        "original": repair.original,
        "mended": repair.mended,
    }


def _annotation(problem: Problem) -> str:
    """Write a problem as a command of GitHub's workflows, which end at a line's end."""
    text = f"{problem.message}\n{problem.hint}".strip()
    for mark, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")):
        text = text.replace(mark, code)
    path = problem.source.path
    for mark, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"), (":", "%3A"), (",", "%2C")):
        path = path.replace(mark, code)
    return f"::{problem.severity} file={path},line={problem.source.line}::{_printable(text)}"


def _printable(text: str) -> str:
    """Keep pasted control characters from steering the terminal."""
    return "".join(mark if mark.isprintable() else f"\\u{ord(mark):04x}" for mark in text)


def _print_json(value: object) -> None:
    # JSON is UTF-8, whatever the terminal takes. A file name can hold what is no UTF-8.
    text = json.dumps(value, ensure_ascii=False, indent=2)
    click.echo(text.encode("utf-8", "backslashreplace"))


def _number(problems: Sequence[Problem], severity: Severity) -> int:
    return sum(problem.severity is severity for problem in problems)
