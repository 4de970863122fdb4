"""All files of a site, one after the other; then what shows only when all were seen."""

from __future__ import annotations

import gzip
import json
import os
import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.verifying.addresses import PAGE, Addresses
from generator.verifying.faults import Fault
from generator.verifying.files import READERS, in_json, in_xml, of_root
from generator.verifying.index import faults_of_index
from generator.verifying.page import Page, read_page

_NOT_FOUND = "404.html"
_SITEMAP = re.compile(r"sitemap(?:-\d+)?\.xml")
_CANONICAL = re.compile(r"<link[^>]*rel=[\"']?canonical[\"' ][^>]*>", re.IGNORECASE)
_HREF = re.compile(r"href=[\"']?([^\"' >]+)")


@dataclass(slots=True)
class Report:
    """What was looked at, and what is wrong."""

    files: int = 0
    pages: int = 0
    named: int = 0
    """Addresses within the site that were followed."""
    faults: list[Fault] = field(default_factory=list)


def verify(folder: Path, site_url: str | None = None) -> Report:
    """Look at a built site; its address is taken from the first page unless it is given.

    Raises OSError if the folder cannot be read.
    """
    return _Check(folder, site_url).report()


class _Check:
    def __init__(self, folder: Path, site_url: str | None) -> None:
        self._folder = folder
        walked = frozenset(_walk(folder))
        self._files = frozenset(path for path in walked if (folder / path).is_file())
        self._odd = sorted(walked - self._files)
        self._addresses = Addresses(self._files, self._told() if site_url is None else site_url)
        self._report = Report(files=len(self._files))
        self._ids: dict[str, frozenset[str]] = {}
        self._places: dict[tuple[str, str], tuple[str, int]] = {}
        """By page and fragment: where it is first named."""
        self._pages = {path: at for at, path in enumerate(sorted(self._files))}
        self._led_to: dict[str, array[int]] = {}
        self._aside: set[str] = set()
        """Pages that have moved, or that search engines shall not list."""
        self._leads_on: dict[str, str] = {}

    def report(self) -> Report:
        """Look at everything, in an order that is the same everywhere."""
        for path in self._odd:
            self._fault(path, 1, "form", "it is no file: a pipe, or a link that leads nowhere")
        for path in self._pages:
            if path.endswith(".html"):
                self._look_at_page(path)
            elif reader := READERS.get(f".{path.rpartition('.')[2]}"):
                self._look_at_file(path, *reader)
        self._look_for_places()
        for path in self._leads_on.keys() & self._leads_on.values():
            self._fault(path, 1, "moved", "another page leads here, and this one leads on")
        self._look_for_orphans()
        self._look_at_sitemap()
        self._look_at_index_of_papers()
        for path, message in faults_of_index(self._files, self._content):
            self._fault(path, 1, "index", message)
        self._report.faults.sort()
        return self._report

    def _look_at_page(self, path: str) -> None:
        page = read_page(self._text(path))
        self._report.pages += 1
        self._ids[path] = frozenset(page.ids)
        if page.hidden or page.refresh:
            self._aside.add(path)
        led_to = {
            self._pages[found]
            for line, address in page.ways
            if (found := self._follow(path, line, address, "link")) and found in self._files
        }
        self._led_to[path] = array("L", sorted(led_to))
        for line, address in page.parts:
            self._follow(path, line, address, "link")
        for line, address in page.supplied:
            if self._addresses.find(path, address).fault == "scheme":
                self._fault(path, line, "scheme", f"{address!r} would run")
        if path.endswith(PAGE) and not page.ended:
            self._fault(path, 1, "form", "it has no </html>: half a page")
        self._look_at_parts(path, page)
        self._look_at_head(path, page)

    def _look_at_parts(self, path: str, page: Page) -> None:
        for line, name in page.twice:
            self._fault(path, line, "id", f"the id {name!r} stands twice")
        for line, attribute, name in page.names:
            if name not in page.ids:
                self._fault(
                    path, line, "reference", f"{attribute} names {name!r}, which is no id here"
                )
        for line in page.without_alt:
            self._fault(path, line, "alt", "this picture has no alt")
        for line, text in page.data:
            try:
                for _, address in in_json(text):
                    self._follow(path, line, address, "data")
            except (ValueError, RecursionError) as error:
                self._fault(path, line, "form", f"this JSON-LD is none: {error}")

    def _look_at_head(self, path: str, page: Page) -> None:
        if not page.title:
            self._fault(path, 1, "title", "this page has no title")
        if not page.language:
            self._fault(path, 1, "title", "this page does not say its language")
        if page.refresh:
            self._look_where_it_leads(path, page, *page.refresh)
        elif page.canonical and path.endswith(PAGE):
            line, told = page.canonical
            if told != (own := self._addresses.own(path)):
                self._fault(path, line, "canonical", f"it says {told!r} of itself, not {own!r}")
        elif page.canonical:
            self._follow(path, *page.canonical, "canonical")
        elif self._addresses.site_url and path.endswith(PAGE) and not page.hidden:
            self._fault(path, 1, "canonical", "it does not say where it stands")

    def _look_where_it_leads(self, path: str, page: Page, line: int, address: str) -> None:
        target = self._follow(path, line, address, "moved")
        if not target or target == path:
            self._fault(path, line, "moved", f"it leads on to {address!r}, which is no other page")
            return
        self._leads_on[path] = target
        own = self._addresses.own(target)
        told = page.canonical[1] if page.canonical else ""
        if told != own:
            self._fault(path, line, "moved", f"it says {told!r} of itself, not {own!r}")

    def _look_at_file(self, path: str, kind: str, reader: Any) -> None:
        if _SITEMAP.fullmatch(path):
            return
        kind = "feed" if path.endswith("feed.json") else kind
        kind = "citation" if path.endswith(".csl.json") else kind
        try:
            text = self._text(path)
            for line, address in reader(text):
                self._follow(path, line, address, kind)
            for line, address in of_root(text) if kind == "script" else ():
                self._follow(PAGE, line, address, kind, path)
        except (ValueError, SyntaxError, RecursionError) as error:
            self._fault(path, 1, "form", f"it cannot be read as what its name says: {error}")

    def _follow(self, here: str, line: int, address: str, kind: str, stands: str = "") -> str:
        """Return the file that an address leads to; empty if that is no business of the site's."""
        stands = stands or here
        found = self._addresses.find(here, address)
        if found.fault:
            self._fault(stands, line, found.fault, f"{address!r} does not lead to a file as it is")
        if not found.path:
            return ""
        self._report.named += 1
        if found.path not in self._files:
            self._fault(
                stands, line, kind, f"{address!r} leads to {found.path}, which there is not"
            )
        elif found.fragment and found.path.endswith(".html"):
            self._places.setdefault((found.path, found.fragment), (stands, line))
        return found.path

    def _look_for_places(self) -> None:
        for (path, fragment), (here, line) in self._places.items():
            plain = fragment.partition(":~:")[0]
            if plain and plain != "top" and plain not in self._ids[path]:
                self._fault(here, line, "fragment", f"{path} has no place {plain!r}")

    def _look_for_orphans(self) -> None:
        names = list(self._pages)
        reached = {path for path in (PAGE,) if path in self._files}
        waiting = list(reached)
        while waiting:
            for at in self._led_to.get(waiting.pop(), ()):
                if names[at] not in reached:
                    reached.add(names[at])
                    waiting.append(names[at])
        for path in self._led_to:
            if path not in reached and path not in self._aside and path != _NOT_FOUND:
                self._fault(path, 1, "orphan", "no way leads here from the first page")

    def _look_at_sitemap(self) -> None:
        parts = sorted(path for path in self._files if _SITEMAP.fullmatch(path))
        listed: set[str] = set()
        for path in parts:
            text = self._text(path)
            try:
                for line, address in in_xml(text):
                    if not self._addresses.site_url or not address.startswith(
                        self._addresses.site_url
                    ):
                        self._fault(
                            path, line, "sitemap", f"{address!r} is no address of this site"
                        )
                    listed.add(self._follow(path, line, address, "sitemap"))
                if gzip.decompress(self._content(f"{path}.gz")) != text.encode():
                    self._fault(f"{path}.gz", 1, "sitemap", f"it does not say the same as {path}")
            except (ValueError, SyntaxError, OSError) as error:
                self._fault(path, 1, "form", f"it is no sitemap with its .gz beside it: {error}")
        if parts and self._addresses.site_url:
            for path in sorted(self._led_to.keys() - listed - self._aside - {_NOT_FOUND}):
                if path.endswith(PAGE):
                    self._fault(path, 1, "sitemap", "the sitemap does not have this page")
            for path in sorted(listed & self._aside):
                self._fault(
                    path, 1, "sitemap", "the sitemap has this page, which is not to be listed"
                )

    def _look_at_index_of_papers(self) -> None:
        """Follow the slugs in the files by which scripts know papers, digests and tags."""
        for path, slugs in self._slugs():
            for folder, slug in slugs:
                self._follow(PAGE, 1, f"{folder}/{slug}/", "data", path)

    def _slugs(self) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        try:
            if "index.json" in self._files:
                known = json.loads(self._content("index.json"))
                yield "index.json", [("papers", paper[0]) for paper in known["papers"]]
                for folder in ("tags", "digests"):
                    yield "index.json", [(folder, each["slug"]) for each in known[folder]]
            if "digests.json" in self._files:
                known = json.loads(self._content("digests.json"))
                yield "digests.json", [("digests", slug) for slug in known["digests"]]
            if "map/map.json" in self._files:
                known = json.loads(self._content("map/map.json"))
                yield "map/map.json", [("papers", paper[4]) for paper in known["papers"]]
        except (ValueError, KeyError, TypeError, IndexError, RecursionError) as error:
            self._fault(
                "index.json", 1, "form", f"an index for scripts is not as they expect: {error!r}"
            )

    def _told(self) -> str:
        """Return where the site says that it stands; empty if it does not say."""
        if PAGE not in self._files:
            return ""
        head = self._text(PAGE).partition("<body")[0]
        link = _CANONICAL.search(head)
        found = _HREF.search(link[0]) if link else None
        return found[1] if found else ""

    def _fault(self, path: str, line: int, kind: str, message: str) -> None:
        self._report.faults.append(Fault(path, line, kind, message))

    def _text(self, path: str) -> str:
        return self._content(path).decode("utf-8", "surrogateescape")

    def _content(self, path: str) -> bytes:
        return (self._folder / path).read_bytes()


def _walk(folder: Path) -> Iterator[str]:
    for parent, _, names in os.walk(folder):
        here = Path(parent).relative_to(folder).as_posix()
        yield from (name if here == "." else f"{here}/{name}" for name in names)
