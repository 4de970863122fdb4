"""What a site contains, worked out only if it has to be.

Most builds of a site that somebody works on find its digests as they were. A digest of everything
that went in is remembered with what a builder needs to know before it begins: then no paper is
read, and no page is thought of, unless a file of the site is missing. So the rooms in which that is
done are imported only when it is: else they are half the time of such a build.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from generator.caching import Published
from generator.files import LARGEST_KNOWN, content_of, real
from generator.folders import DIGESTS, VOCABULARY, shown
from generator.memory import Memory
from generator.model import FileDraft, Library, PageDraft, Problem
from generator.progress import SILENT, Progress
from generator.referring import references
from generator.writing.shapes import markdown
from generator.writing.site import Site

if TYPE_CHECKING:
    from generator.supply import TextSupply

_NAME = "contents"

_HEAVY = (
    *("enriching.drafting", "enriching.tagging", "project", "publishing", "reading", "supply"),
    "writing.pages",
)
"""What is imported only where something is worked out."""


def prepare() -> None:
    """Import what working out takes: someone will change something, and need not wait for it."""
    for name in _HEAVY:
        import_module(f"generator.{name}")


class Outline(msgspec.Struct, frozen=True):
    """What a builder has to know of the pages and files that are made here."""

    inputs: bytes
    """Digest of all that went in."""
    papers: int
    digests: int
    problems: tuple[Problem, ...]
    pages: tuple[str, ...]
    """Paths of the Markdown files of all pages, in order."""
    stand_ins: dict[str, str]
    """By path, Markdown for those pages that the builder has to know: as much as it needs."""
    wanted: tuple[str, ...] = ()
    """Paths in the site of all files that were made; none before there is a site."""
    frame: bytes = b""
    """Digest of the layout around the pages of that site."""


class Contents:
    """The digests of a folder of documents, as pages."""

    def __init__(self, docs: Path, site: Site, memory: Memory, progress: Progress = SILENT) -> None:
        """Take the folder of documents, and what the site is called; nothing is read yet."""
        self._docs = docs
        self._site = site
        self._memory = memory
        self._progress = progress

    @cached_property
    def _supply(self) -> TextSupply:
        from generator.supply import TextSupply

        return TextSupply(self._docs)

    @cached_property
    def library(self) -> Library:
        """All digests, brought together."""
        from generator.project import read_library

        return read_library(
            self._docs / DIGESTS,
            self._docs / VOCABULARY,
            self._memory,
            self._progress,
            self._supply,
        )

    @cached_property
    def pages(self) -> dict[str, PageDraft]:
        """All pages by the paths of their Markdown files, in order."""
        from generator.writing.pages import page_drafts

        drafts = page_drafts(self.library, self._site, self._supply, self._memory)
        return {draft.path: draft for draft in drafts}

    def outline(
        self, settings: bytes, by_hand: Mapping[str, str], named: Mapping[str, bool]
    ) -> Outline:
        """Return what a builder has to know, without reading anything if nothing changed.

        `settings` tells all that was set, `by_hand` has the texts of pages written by hand, by
        their paths; `named` the paths in the navigation, and whether it has names for them.
        """
        inputs = self._inputs(settings, by_hand)
        if self._remembered and self._remembered.inputs == inputs:
            return self._remembered
        return Outline(
            inputs=inputs,
            papers=len(self.library.papers),
            digests=len(self.library.issues),
            problems=self.library.problems,
            pages=tuple(self.pages),
            stand_ins=self._stand_ins(by_hand, named),
        )

    def files(self, by_hand: Iterable[tuple[str, str]]) -> Iterator[FileDraft]:
        """Tell all files beside the pages; of pages by hand, address and Markdown, to be found."""
        from generator.publishing import drafts_beside
        from generator.searching import written_pages

        written = written_pages(by_hand, self._memory)
        return drafts_beside(self.library, self._site, written, self._memory)

    def remember(self, outline: Outline, frame: bytes, done: Published) -> None:
        """Keep the outline for the next build, now that the site is as it says."""
        if done.days:
            whole = msgspec.structs.replace(outline, wanted=tuple(done.days), frame=frame)
            self._memory.remember(_NAME, msgspec.msgpack.encode(whole))

    @property
    def is_known(self) -> bool:
        """Whether a build before has made most of it."""
        return self._remembered is not None

    @cached_property
    def _remembered(self) -> Outline | None:
        kept = self._memory.recall(_NAME)
        if kept is None:
            return None
        try:
            return msgspec.msgpack.decode(kept, type=Outline)
        except (msgspec.DecodeError, ValueError):
            return None

    def _stand_ins(self, by_hand: Mapping[str, str], named: Mapping[str, bool]) -> dict[str, str]:
        led_to = references(self.pages, by_hand)
        found = {}
        for path in sorted(self.pages.keys() & (led_to.keys() | named.keys())):
            # For a place within the page, or a name in the navigation, it takes more than a path.
            whole = led_to.get(path) or not named.get(path, True)
            found[path] = markdown(self.pages[path].make()) if whole else ""
        return found

    def _inputs(self, settings: bytes, by_hand: Mapping[str, str]) -> bytes:
        # Processors do this one by themselves; a library has megabytes.
        known = hashlib.sha256(settings)
        folder = self._docs / DIGESTS
        # Messages name files as they are found from where somebody stands.
        can_be_read = os.access(folder, os.R_OK | os.X_OK)
        there = f"{shown(folder)} {real(folder)} {folder.is_dir()} {can_be_read}"
        known.update(f"{there}\n".encode("utf-8", "surrogateescape"))
        for name, text in by_hand.items():
            content = text.encode("utf-8", "surrogateescape")
            known.update(f"{name}\n{len(content)}\n".encode("utf-8", "surrogateescape"))
            known.update(content)
        for path in (*_files(folder), self._docs / VOCABULARY):
            kind, content = _content(path)
            name = f"{path}\n{len(kind)} {len(content)}\n"
            known.update(name.encode("utf-8", "surrogateescape") + kind)
            known.update(content)
        return known.digest()[:16]


def _files(folder: Path) -> Iterable[Path]:
    return sorted(folder.rglob("*")) if folder.is_dir() else ()


def _content(path: Path) -> tuple[bytes, bytes]:
    """Return what a problem or a paper of a file could rest on: what it is, what stands in it."""
    try:
        is_file, target = path.is_file(), real(path) if path.is_symlink() else ""
        kind = f"{is_file} {target}\n".encode("utf-8", "replace")
        return kind, content_of(path, LARGEST_KNOWN) if is_file else b""
    except OSError as error:
        return repr(error).encode("utf-8", "replace"), b""
