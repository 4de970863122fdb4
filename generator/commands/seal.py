"""`broadsheet seal`: the Content-Security-Policy of pages that another builder made."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.checking.excerpt import harmless
from generator.exporting import ExportError, Settings
from generator.exporting.policy import seal as sealed
from generator.exporting.policy import theme_folder
from generator.model import Severity


@click.command(
    epilog="Exit codes: 0 done; 1 a page has a script that nobody allowed; 2 wrong usage."
)
@click.argument("site", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--config",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    default="mkdocs.yml",
    show_default=True,
    help="The site's configuration.",
)
@click.option(
    "--theme",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of the theme's templates; Zensical's, if it is installed beside Broadsheet.",
)
def seal(site: Path, config: Path, theme: Path | None) -> None:
    """Give pages that another builder made their Content-Security-Policy.

    SITE is the folder of a site built from an export. Generated pages have their policy already;
    pages written by hand get it here, first in their heads, with the hashes of the theme's inline
    scripts. MkDocs with our plugin needs none of this.

    \b
    Examples:
      broadsheet seal /tmp/pages/site
      broadsheet seal --theme .venv/lib/python3.13/site-packages/zensical/templates /tmp/pages/site
    """
    folder = theme or theme_folder()
    if folder is None:
        raise click.UsageError(
            "Zensical is not installed beside Broadsheet: name the folder of the theme's templates "
            "by --theme"
        )
    try:
        findings = list(sealed(Settings.read(config), site, folder))
    except ExportError as error:
        raise click.UsageError(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}") from error
    for finding in findings:
        click.echo(harmless(finding.message), err=True)
        for line in finding.hint.splitlines():
            click.echo(f"    {harmless(line)}", err=True)
    sys.exit(1 if any(finding.severity is Severity.ERROR for finding in findings) else 0)
