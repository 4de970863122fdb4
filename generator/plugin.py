"""The adapter to MkDocs: the only module that imports it.

Digests are read once per build and their pages handed over in memory, so that `mkdocs serve`
rebuilds once for one edit and no stale page is left behind. Problems become log lines; an
exception here would stop `mkdocs serve` for good, a warning does not, and `--strict` makes it a
failed build.
"""

from __future__ import annotations

import logging
from datetime import date
from pathlib import Path
from typing import Any

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkdocsPage

from generator.model import Library, Problem, Severity
from generator.project import read_library
from generator.writing import Site, write_pages
from generator.writing.wording import count

log = logging.getLogger("mkdocs.plugins.broadsheet")

_LEVELS = {Severity.ERROR: logging.WARNING, Severity.WARNING: logging.INFO}
"""What is left out must fail a strict build; what is only doubtful must not."""


class BroadsheetConfig(Config):  # type: ignore[no-untyped-call]
    """Options under `plugins: - broadsheet:` in mkdocs.yml."""

    digests = config_options.Type(str, default="digests")
    """Folder of digests, below the folder of documents."""
    vocabulary = config_options.Type(str, default="vocabulary.yml")
    """File of tags, below the folder of documents."""


class BroadsheetPlugin(BasePlugin[BroadsheetConfig]):  # type: ignore[no-untyped-call]
    """Adds the pages of all digests to the site."""

    _days: dict[str, date | None]
    _newest: date | None = None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Refuse a setting that would change the pages' addresses."""
        if not config.use_directory_urls:
            raise ConfigurationError(
                "broadsheet: addresses end in a slash, for ever: "
                "take `use_directory_urls: false` out of mkdocs.yml"
            )
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Read the digests and add their pages."""
        docs = Path(config.docs_dir)
        library = read_library(docs / self.config.digests, docs / self.config.vocabulary)
        report(library.problems)
        _count(library)
        self._days = {}
        self._newest = library.issues[0].date if library.issues else None
        in_navigation = _paths(config.nav)
        site = Site(config.site_name, config.site_description or "")
        for page in write_pages(library, site):
            self._days[page.path] = page.updated
            by_hand = files.get_file_from_path(page.path)
            if by_hand is not None:
                log.warning(
                    "%s is a page that broadsheet makes; the file of that name was put aside. "
                    "Give it another name.",
                    page.path,
                )
                files.remove(by_hand)
            shown = page.path in in_navigation
            level = InclusionLevel.INCLUDED if shown else InclusionLevel.NOT_IN_NAV
            files.append(File.generated(config, page.path, content=page.content, inclusion=level))
        return files

    def on_page_markdown(self, markdown: str, *, page: MkdocsPage, **_: Any) -> str:
        """Date a page by its content, so that the sitemap is the same whenever it is built."""
        day = self._days.get(page.file.src_uri) or self._newest
        if day is not None:
            page.update_date = day.isoformat()
        return markdown


def report(problems: tuple[Problem, ...]) -> None:
    """Log problems, each with the way out below it."""
    for problem in problems:
        hint = problem.hint.replace("\n", "\n    ")
        way_out = f"\n    {hint}" if hint else ""
        log.log(_LEVELS[problem.severity], "%s%s", problem, way_out)


def _count(library: Library) -> None:
    log.info(
        "broadsheet: %s in %s, %s",
        count(len(library.papers), "paper"),
        count(len(library.issues), "digest"),
        count(len(library.problems), "problem"),
    )


def _paths(nav: object) -> set[str]:
    """Paths of the files that the navigation in mkdocs.yml names."""
    if isinstance(nav, str):
        return {nav}
    if isinstance(nav, dict):
        nav = list(nav.values())
    if isinstance(nav, list):
        return {path for item in nav for path in _paths(item)}
    return set()
