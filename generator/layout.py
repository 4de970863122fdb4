"""Puts finished pages into the site's layout, by the template environment of whoever builds it.

Nothing of a page goes through Markdown here, and no page knows another: ten thousand of them cost
one template each. The template gets what a builder would give it: `config`, `nav`, `base_url`, and
a `page` with the attributes of `Sheet`.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import msgspec
from jinja2 import BytecodeCache, Environment, FileSystemLoader, Template
from jinja2.bccache import Bucket

from generator.caching import Made
from generator.caching.stamp import add_files
from generator.model import Page
from generator.writing.shapes import html

TEMPLATES = ("generated.html", "main.html")
"""Of the theme: the first that it has. The second is any theme's own."""


class NoFile(msgspec.Struct, frozen=True):
    """In a file's stead: some themes ask for its path without asking whether there is one."""

    src_path: str = ""
    src_uri: str = ""


class Sheet(msgspec.Struct, frozen=True):
    """A page as templates see it; they may ask for more, and find that it is not there."""

    url: str
    title: str
    meta: Mapping[str, Any]
    content: str
    canonical_url: str | None
    is_homepage: bool
    is_page: bool = True
    toc: tuple[object, ...] = ()
    abs_url: str | None = None
    ancestors: tuple[object, ...] = ()
    file: NoFile = NoFile()


class Compiled(BytecodeCache):
    """Templates that were compiled, for the next environment of this process."""

    def __init__(self) -> None:
        """Begin with none."""
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill in what is kept of a template; Jinja looks whether its source is the same."""
        if kept := self._kept.get(bucket.key):
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


class Visible(FileSystemLoader):
    """Templates in folders; in their list nothing is hidden, so that no icon is looked at.

    A theme has ten thousand of them in a hidden folder. Builders ask for the list to publish what
    is no template, and leave out what is hidden, one by one.
    """

    def list_templates(self) -> list[str]:
        """Return paths of all files of which no part begins with a dot."""
        found: set[str] = set()
        for folder in self.searchpath:
            for at, names, files in os.walk(folder, followlinks=self.followlinks):
                names[:] = [name for name in names if not name.startswith(".")]
                parent = Path(at).relative_to(folder).as_posix()
                begin = "" if parent == "." else f"{parent}/"
                found.update(f"{begin}{name}" for name in files if not name.startswith("."))
        return sorted(found)


class Layout:
    """A template, and all that it is given besides the page."""

    def __init__(
        self, environment: Environment, context: Mapping[str, Any], site_url: str, frame: bytes
    ) -> None:
        """Take the environment and the context of the site's pages; `frame` see `frame_of`."""
        self._environment = environment
        self._context = context
        self._site_url = site_url
        self.frame = frame

    def compile(self) -> None:
        """Have the template ready; raise what is wrong with it."""
        _ = self._template

    @cached_property
    def _template(self) -> Template:
        # Not before there is a page to be made: it takes a tenth of a second.
        template: Template = self._environment.select_template(TEMPLATES)
        # Each page asks for all of them, and Jinja looks for each in several maps.
        template.globals = dict(template.globals)
        return template

    @property
    def is_lean(self) -> bool:
        """Whether pages get our own template, which has no script and no style within it."""
        return self._template.name == TEMPLATES[0]

    def key(self, page_key: bytes) -> bytes:
        """Return a digest of what a page and the layout around it rest on."""
        return hashlib.blake2b(page_key, key=self.frame, digest_size=16).digest()

    def made(self, page: Page) -> Made:
        """Return the whole HTML of a page, and its day."""
        url = url_of(page.path)
        sheet = Sheet(
            url=url,
            title=page.meta.get("title", ""),
            meta=page.meta,
            content=html(page),
            canonical_url=urljoin(self._site_url, url) if self._site_url else None,
            is_homepage=not url,
        )
        base = "/".join([".."] * url.count("/")) or "."
        text = self._template.render(self._context, page=sheet, base_url=base)
        return Made(text.encode("utf-8", "xmlcharrefreplace"), page.updated)


def url_of(path: str) -> str:
    """Return the address, from the site's root, of the page of a Markdown file."""
    plain = path.removesuffix(".md")
    plain = "" if plain == "index" else plain.removesuffix("/index")
    return f"{plain}/" if plain else ""


def frame_of(values: Iterable[object], templates: Path | None = None) -> bytes:
    """Return a digest of what all pages rest on: settings, navigation, the site's own templates.

    `values` are plain ones, whose text tells all of them; libraries and this package are in the
    stamp that manifests have.
    """
    known = hashlib.blake2b(digest_size=16)
    for value in values:
        known.update(f"{value!r}\n".encode("utf-8", "backslashreplace"))
    if templates and templates.is_dir():
        add_files(known, templates, (".html",))
    return known.digest()
