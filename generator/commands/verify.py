"""`broadsheet verify`: whether a built site holds together."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.checking.excerpt import harmless
from generator.writing.wording import count


@click.command(epilog="Exit codes: 0 all is well; 1 faults found; 2 wrong usage.")
@click.argument(
    "site", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="[SITE]",
    default=Path("site"),
)  # fmt: skip
@click.option(
    "--site-url",
    metavar="URL",
    help="Where the site stands, if its first page does not say so itself.",
)
def verify(site: Path, site_url: str | None) -> None:
    """Look for what leads nowhere in a built site.

    SITE is the folder of a built site; without one, site. Every address in it is followed that
    leads to the site itself: those of pages with their places within a page, pictures, styles,
    scripts, feeds, the sitemap, citations, data and the index of the search. Told too are ids that
    stand twice, labels of nothing, pictures without a text, pages without a title, canonical
    addresses of others, and pages to which no way leads.

    Faults go to standard output, each as PATH:LINE: error[KIND]: MESSAGE. Nothing is fetched.

    \b
    Examples:
      broadsheet verify
      broadsheet verify --site-url https://you.example/papers/ /tmp/site
    """
    from generator.verifying import verify as look  # Not for `--help`.

    if site_url and not site_url.endswith("/"):
        site_url += "/"
    try:
        report = look(site, site_url)
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}") from error
    if not report.pages:
        raise click.UsageError(f"There is no page in {site}: build the site first")
    for fault in report.faults:
        click.echo(harmless(str(fault)))
    click.echo(
        f"{count(report.pages, 'page')}, {count(report.files, 'file')}, "
        f"{count(report.named, 'address', 'addresses')} followed: "
        f"{count(len(report.faults), 'fault')}",
        err=True,
    )
    sys.exit(1 if report.faults else 0)
