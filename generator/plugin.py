"""The adapter to MkDocs: the only module that imports it.

Digests are read once per build and their pages handed over in memory, so that `mkdocs serve`
rebuilds once for one edit and no stale page is left behind. Problems become log lines; an
exception here would stop `mkdocs serve` for good, a warning does not, and `--strict` makes it a
failed build.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markdown.extensions.toc import slugify
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkdocsPage

from generator.model import Library, Problem, Severity
from generator.project import DIGESTS, VOCABULARY, read_library
from generator.publishing import files_beside
from generator.searching import WrittenPage, written_page
from generator.writing import Site, write_pages
from generator.writing.wording import count

log = logging.getLogger("mkdocs.plugins.broadsheet")

_LEVELS = {Severity.ERROR: logging.WARNING, Severity.WARNING: logging.INFO}
"""What is left out must fail a strict build; what is only doubtful must not."""


_STOCK_SEARCH = ("assets/javascripts/lunr/", "assets/javascripts/workers/search")
"""What the theme's own search is made of."""


class NoOptions(Config):  # type: ignore[no-untyped-call]
    """There is nothing to set: where things stand is the same for every site."""


class BroadsheetPlugin(BasePlugin[NoOptions]):  # type: ignore[no-untyped-call]
    """Adds the pages of all digests to the site."""

    _days: dict[str, date | None]
    _newest: date | None = None
    _beside: Iterator[tuple[str, bytes]] = iter(())

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Refuse a setting that would change the pages' addresses; name headings' places."""
        if not config.use_directory_urls:
            raise ConfigurationError(
                "broadsheet: addresses end in a slash, for ever: "
                "take `use_directory_urls: false` out of mkdocs.yml"
            )
        config.mdx_configs.setdefault("toc", {}).setdefault("slugify", _anchor)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Read the digests and add their pages."""
        docs = Path(config.docs_dir)
        library = read_library(docs / DIGESTS, docs / VOCABULARY)
        report(library.problems)
        _count(library)
        self._days = {}
        self._newest = library.issues[0].date if library.issues else None
        _keep_inside(files, docs)
        in_navigation = _paths(config.nav)
        site = Site(config.site_name, config.site_description or "", config.site_url or "")
        taken = {file.dest_uri: file for file in files}
        for page in write_pages(library, site):
            self._days[page.path] = page.updated
            shown = page.path in in_navigation
            level = InclusionLevel.INCLUDED if shown else InclusionLevel.NOT_IN_NAV
            ours = File.generated(config, page.path, content=page.content, inclusion=level)
            by_hand = taken.get(ours.dest_uri)
            if by_hand is not None:
                log.warning(
                    "%s stands at the address of a page that broadsheet makes, %s; it was put "
                    "aside. Give it another name.",
                    by_hand.src_uri,
                    ours.url,
                )
                files.remove(by_hand)
            files.append(ours)
        self._beside = files_beside(library, site, _by_hand(files))
        if "material/search" not in config.plugins:
            _leave_out_stock_search(files)
        return files

    def on_env(self, env: Environment, **_: Any) -> Environment:
        """Leave the lines out on which a template only decides: a tenth of a paper's page."""
        env.trim_blocks = env.lstrip_blocks = True
        return env

    def on_page_markdown(self, markdown: str, *, page: MkdocsPage, **_: Any) -> str:
        """Date a page by its content, so that the sitemap is the same whenever it is built."""
        path = page.file.src_uri
        if path in self._days:
            day = self._days[path]
            page.update_date = day.isoformat() if day else ""
        elif self._newest:
            # Of a page by hand only the clock would know; the sitemap leaves the day out.
            page.update_date = ""
        return markdown

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the files of data, one by one: in memory, ten thousand papers' would be too much.

        They are not among MkDocs' files, so `mkdocs serve` has them as well and no page waits.
        """
        folder = Path(config.site_dir)
        for path, content in self._beside:
            target = folder / path
            if target.exists():
                log.warning(
                    "%s stands at the address of a file that broadsheet makes; it was put aside. "
                    "Give it another name.",
                    path,
                )
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)


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


def _by_hand(files: Files) -> list[WrittenPage]:
    """Read the pages that nobody generated and the site shows, to be found by the search."""
    found = []
    for file in files.documentation_pages():
        if file.generated_by is None:
            # Of a page that cannot be read MkDocs itself will say so.
            with suppress(OSError, UnicodeDecodeError):
                found.append(written_page(file.url, file.content_string))
    return [page for page in found if page]


def _leave_out_stock_search(files: Files) -> None:
    """Publish nothing of the theme's own search, which is switched off."""
    for file in list(files):
        if file.src_uri.startswith(_STOCK_SEARCH):
            files.remove(file)


def _keep_inside(files: Files, docs: Path) -> None:
    """Publish nothing that a link in the documents leads to elsewhere on this machine."""
    for file in list(files):
        path = file.abs_src_path
        ours = file.src_dir is not None and Path(file.src_dir) == docs
        if ours and path and not Path(path).resolve().is_relative_to(docs.resolve()):
            log.warning("%s is a link out of %s; it is not published.", file.src_uri, docs)
            files.remove(file)


def _anchor(heading: str, separator: str) -> str:
    """Name a heading's place by its words, but not as the theme or our scripts name theirs.

    A paper may be called `__config` or "BS keys": a script would take the heading for its own.
    """
    name = slugify(heading, separator)
    return f"h-{name}" if name.startswith(("_", "bs-")) else name


def _paths(nav: object) -> set[str]:
    """Paths of the files that the navigation in mkdocs.yml names."""
    if isinstance(nav, str):
        return {nav}
    if isinstance(nav, dict):
        nav = list(nav.values())
    if isinstance(nav, list):
        return {path for item in nav for path in _paths(item)}
    return set()
