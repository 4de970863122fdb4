"""Seals the pages that a builder made, after the build: those written by hand, and the theme's own.

Whatever wrote a page, be it Markdown, a plugin or a template, it is looked at as its readers get
it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from generator.enriching.shelves import Shelf, mark_of
from generator.memory import FORGETFUL, Memory
from generator.trust.policy import Policy
from generator.trust.scanning import Scan, scan
from generator.trust.sealing import Finding, sealed
from generator.trust.theme import ThemeScripts

_PAGES = (".html", ".htm")
"""Endings of what hosts send as a page."""

_PARTS = "assets/parts.htm"
"""What the site's scripts fetch and put into pages, which have their policy."""


class Guard:
    """A site's policy, and the inline scripts that its theme may have."""

    def __init__(
        self, policy: Policy, theme: ThemeScripts, site_url: str, memory: Memory = FORGETFUL
    ) -> None:
        """Take the policy, the theme's scripts, and where the site stands, if that is known.

        What `memory` knows of pages from an earlier build is not looked for again.
        """
        self.policy = policy
        self._memory = memory
        self._theme = theme
        self._root = urlsplit(site_url).path or "/"

    def seal_folder(self, folder: Path, others: Collection[str]) -> Iterator[Finding]:
        """Give all pages in a folder their policy; yield what that forbids in them.

        `others` are paths that are left as they are: other pages will stand there.
        """
        scans = Shelf(self._memory, "scans", dict[bytes, Scan])
        for path in sorted(folder.rglob("*.[hH][tT][mM]*")):
            if path.suffix.lower() not in _PAGES:
                continue
            name = path.relative_to(folder).as_posix()
            if name in others or path.is_symlink() or not path.is_file():
                continue
            content = path.read_bytes()
            # A line by which the owner of a site is known to others is no page.
            if b"<" in content:
                page = content.decode("utf-8", "surrogateescape")
                found = scans.get(mark_of(content), partial(scan, page))
                page, findings = self.seal(page, name, found)
                if name != _PARTS:
                    path.write_bytes(page.encode("utf-8", "surrogateescape"))
                yield from findings
        scans.put_away()

    def seal(
        self, page: str, name: str, found: Scan | None = None
    ) -> tuple[str, tuple[Finding, ...]]:
        """Return a page with its policy, and what that forbids; `name` is its path in the site."""
        # A page for addresses that do not exist knows where the site stands, and others do not.
        bases = {"/".join([".."] * name.count("/")) or ".", self._root, self._root.rstrip("/")}

        def known(script: str) -> bool:
            return any(self._theme.has(script, base) for base in sorted(bases))

        return sealed(page, name, self.policy, known, self._theme.mentions, found)
