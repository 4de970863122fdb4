"""The command line: `broadsheet` with its commands; also `python -m generator`.

Only this module and those in `commands` print and decide exit codes: 0 when all is well or only
doubtful, 1 when errors were found, 2 when the command was called in a wrong way.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import click
from msgspec.structs import replace

from generator import __version__
from generator.bulk import BulkError, Engine, bulk_lines, read_papers
from generator.checking.excerpt import harmless
from generator.commands.add import add
from generator.commands.check import check
from generator.commands.common import (
    finding_as_json,
    print_findings,
    print_json,
    vocabulary_beside,
    with_lines,
)
from generator.commands.identify import identify
from generator.commands.mail import mail
from generator.commands.permalinks import permalinks
from generator.commands.review import review
from generator.commands.seal import seal
from generator.commands.verify import verify
from generator.enriching import build_library
from generator.export import ExportError, export_site
from generator.model import Digest, Library, Paper, Problem, Severity
from generator.project import read_digest
from generator.writing.wording import count

_NOT_READ = frozenset({"B002", "B003", "B004", "B017"})
"""Problems of a file of which nothing was read, for its bytes."""
_EXIT_CODES = """Exit codes: 0 fine, or warnings only; 1 errors found; 2 wrong usage."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, epilog=_EXIT_CODES)
@click.version_option(__version__, prog_name="broadsheet")
def main() -> None:
    """Turn pasted lists of papers into a reading site.

    \b
    Examples:
      broadsheet add list.txt                      makes a digest of a list
      broadsheet check                             all digests of this project
      broadsheet parse docs/digests/2025-03-11.txt
      broadsheet export /tmp/pages
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A title that the terminal cannot show must not end in a traceback.
            stream.reconfigure(errors="backslashreplace")


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
    tags, problems = vocabulary_beside(path)
    # A misnamed file has no date, but what it holds can be seen all the same.
    library = build_library([replace(digest, date=digest.date or date.min)], tags)
    print_json(
        {
            "digest": {
                "date": digest.date.isoformat() if digest.date else None,
                "source": digest.path,
            },
            "papers": _papers_as_json(digest, library),
            "problems": list(map(finding_as_json, with_lines((*problems, *library.problems)))),
        }
    )
    sys.exit(1 if any(problem.code in _NOT_READ for problem in digest.problems) else 0)


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

    DIR gets mkdocs.yml, docs/ with every page and the files beside them, and overrides/: another
    builder, such as Zensical, can take over from there. A folder that is not empty is refused
    unless an earlier export made it; then what is no longer made is taken out of it.

    \b
    Examples:
      broadsheet export /tmp/pages
      cd /tmp/pages && mkdocs build
      cd /tmp/pages && zensical build --strict
    """
    try:
        number, problems = export_site(config, folder)
    except ExportError as error:
        raise click.UsageError(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}") from error
    print_findings(with_lines(problems))
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
        click.echo(harmless(str(error.problem)), err=True)
        click.echo(f"    {harmless(error.problem.hint)}", err=True)
        sys.exit(1)
    except OSError as error:
        # A reader that has enough, such as head, is no error of ours: click ends quietly.
        if isinstance(error, BrokenPipeError):
            raise
        raise click.ClickException(f"The lines cannot be written: {error.strerror}") from error
    click.echo(count(number, "paper"), err=True)


main.add_command(add)
main.add_command(check)
main.add_command(identify)
main.add_command(mail)
main.add_command(permalinks)
main.add_command(review)
main.add_command(seal)
main.add_command(verify)


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


def _number(problems: Sequence[Problem], severity: Severity) -> int:
    return sum(problem.severity is severity for problem in problems)
