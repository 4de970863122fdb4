"""Puts finished pages into the site's layout, by the template environment of whoever builds it.

Nothing of a page goes through Markdown here, and no page knows another: ten thousand of them cost
one template each. The template gets what a builder would give it: `config`, `nav`, `base_url`, and
a `page` with the attributes of `Sheet`.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any

import msgspec
from jinja2 import BytecodeCache, Environment, FileSystemLoader, Template
from jinja2.bccache import Bucket

from generator.caching import Made
from generator.caching.stamp import add_files, files_below
from generator.model import Page
from generator.writing.shapes import html

TEMPLATES = ("generated.html", "main.html")
"""Of the theme: the first that it has. The second is any theme's own."""

PARTS = {"header": "partials/header.html", "footer": "partials/footer.html"}
"""What the first of them takes in, unless it is given."""


_SELDOM = (".css", ".js", ".swp", "~")
"""How files end that templates seldom take in: pages name them, or an editor has left them."""
_TAKES_ANY = re.compile(
    rb"""\{%[-+]?\s*(?:include|import|from)\s+(?:[^\s"'\[(]|[^%]*\.(?:css|js)\b)"""
)
"""Where a template takes in such a file, or one whose name is known only when a page is made."""


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


class Part:
    """A part of a page, as templates print it: made when one asks for it, and then no more."""

    def __init__(self, make: Callable[[], str]) -> None:
        """Take what makes it."""
        self._make = cache(make)

    def __str__(self) -> str:
        """Return its text."""
        return self._make()


class Layout:
    """A template, and all that it is given besides the page."""

    def __init__(
        self, environment: Environment, context: Mapping[str, Any], site_url: str, frame: bytes
    ) -> None:
        """Take the environment and the context of the site's pages; `frame` see `frame_of`.

        The site's own address ends in a slash, or is empty.
        """
        self._environment = environment
        self._context = context
        self._site_url = site_url
        self.frame = frame
        self._made_parts: dict[tuple[object, ...], dict[str, Part]] = {}

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
            canonical_url=self._site_url + url if self._site_url else None,
            is_homepage=not url,
        )
        base = "/".join([".."] * url.count("/")) or "."
        parts = self._parts(url, base) if self.is_lean else {}
        text = self._template.render(self._context, **parts, page=sheet, base_url=base)
        return Made(text.encode("utf-8", "xmlcharrefreplace"), page.updated)

    def _parts(self, url: str, base: str) -> dict[str, Part]:
        """Return what our own template takes in, each made once for all pages that are alike.

        Of a page these parts look at the address alone: at the folder that it begins with, and at
        the entries of the navigation that it is or begins with.
        """
        begun = tuple([at for at in self._navigation if url.startswith(at)])
        alike = (base, url.partition("/")[0], begun, url in begun)
        if alike not in self._made_parts:
            near = {"page": {"url": url}, "base_url": base}
            self._made_parts[alike] = {
                name: Part(partial(self._part, path, near)) for name, path in PARTS.items()
            }
        return self._made_parts[alike]

    def _part(self, path: str, near: Mapping[str, Any]) -> str:
        part: str = self._environment.get_template(path).render(self._context, **near)
        return part

    @cached_property
    def _navigation(self) -> list[str]:
        """Addresses of all entries of the navigation."""
        return [url for url in _addresses(self._context["nav"].items) if url]


def _addresses(entries: Iterable[Any]) -> Iterator[str]:
    for entry in entries:
        yield getattr(entry, "url", None) or ""
        yield from _addresses(entry.children or ())


def url_of(path: str) -> str:
    """Return the address, from the site's root, of the page of a Markdown file."""
    plain = path.removesuffix(".md")
    plain = "" if plain == "index" else plain.removesuffix("/index")
    return f"{plain}/" if plain else ""


def frame_of(values: Iterable[object], folders: Iterable[Path] = ()) -> bytes:
    """Return a digest of what all pages rest on: settings, navigation, templates in some folders.

    `values` are plain ones, whose text tells all of them; libraries and this package are in the
    stamp that manifests have.
    """
    known = hashlib.blake2b(digest_size=16)
    for value in values:
        known.update(f"{value!r}\n".encode("utf-8", "backslashreplace"))
    for folder in folders:
        add_files(known, folder, _taken_in(files_below(folder)))
    return known.digest()


def _taken_in(files: list[str]) -> list[str]:
    """Return what templates can take into pages: styles and scripts only if one of them does so.

    Whoever works on a stylesheet would else wait for all pages with each change.
    """
    texts = (Path(path).read_bytes() for path in files if path.endswith(".html"))
    if any(map(_TAKES_ANY.search, texts)):
        return files
    return [path for path in files if not path.endswith(_SELDOM)]
