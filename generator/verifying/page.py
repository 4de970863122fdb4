"""One HTML page: what it names, where its parts are, and what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_ADDRESSES = {
    **dict.fromkeys(("a", "area", "link", "use", "image"), ("href",)),
    **dict.fromkeys(("img", "source", "script", "iframe", "embed"), ("src", "srcset")),
    "audio": ("src",),
    "track": ("src",),
    "input": ("src", "formaction"),
    "video": ("src", "poster"),
    "object": ("data",),
    "form": ("action",),
    "button": ("formaction",),
    "blockquote": ("cite",),
    "q": ("cite",),
}
"""By element, the attributes that are addresses."""

_IDS = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "popovertarget", "list")
"""Attributes that name ids of the same page."""

_OF_THEME = "__toc"
"""What a label of the theme names on pages that hide the navigation, where it is not needed."""

_META = frozenset({"og:url", "og:image", "twitter:image"})
_NO_ADDRESS = frozenset({"preconnect", "dns-prefetch"})
_SUPPLIED = frozenset({"nofollow"})
"""What marks links that came with a digest: they are its supplier's, wherever they lead."""

_REFRESH = re.compile(r"\s*\d+\s*;\s*url\s*=\s*['\"]?(.*?)['\"]?\s*", re.IGNORECASE)
_URL = re.compile(r"url\(\s*(?:\"([^\"]*)\"|'([^']*)'|([^)\s]*))\s*\)")


@dataclass(slots=True)
class Page:
    """What a page has."""

    ways: list[tuple[int, str]] = field(default_factory=list)
    """Line and address of each link that a reader can follow."""
    supplied: list[tuple[int, str]] = field(default_factory=list)
    """The same of links that came with a digest: they lead where they will, but run nothing."""
    parts: list[tuple[int, str]] = field(default_factory=list)
    """The same of all else that it names: pictures, styles, scripts, feeds, forms."""
    ids: set[str] = field(default_factory=set)
    twice: list[tuple[int, str]] = field(default_factory=list)
    names: list[tuple[int, str, str]] = field(default_factory=list)
    """Line, attribute and id of what names another part of the page."""
    without_alt: list[int] = field(default_factory=list)
    title: str = ""
    language: str = ""
    canonical: tuple[int, str] | None = None
    refresh: tuple[int, str] | None = None
    hidden: bool = False
    """Whether search engines are told not to list it."""
    data: list[tuple[int, str]] = field(default_factory=list)
    """JSON-LD, and the line on which it begins."""
    ended: bool = False
    """Whether its end tag was seen: half a page has none."""


def read_page(text: str) -> Page:
    """Read a page; whatever it is, there is no error."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.page


def addresses_in_style(text: str) -> Iterator[str]:
    """Yield the addresses in a stylesheet, or in an attribute `style`."""
    for found in _URL.finditer(text):
        address = next((group for group in found.groups() if group), "")
        if address:
            yield address


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self._inside = ""
        self._kind = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        page, line = self.page, self.getpos()[0]
        values = {name: value or "" for name, value in reversed(attrs)}
        if tag in ("title", "style", "script"):
            self._inside = self._inside or tag
            self._kind = values.get("type", "")
        if (name := values.get("id")) is not None:
            if name in page.ids:
                page.twice.append((line, name))
            page.ids.add(name)
        for attribute in _ADDRESSES.get(tag, ()):
            if attribute in values:
                self._address(tag, attribute, values, line)
        if tag == "meta":
            self._meta(values, line)
        elif tag == "html":
            page.language = values.get("lang", "")
        elif tag == "img" and "alt" not in values:
            page.without_alt.append(line)
        elif tag == "a" and "name" in values:
            page.ids.add(values["name"])
        for attribute in values.keys() & set(_IDS):
            page.names += [
                (line, attribute, each) for each in values[attribute].split() if each != _OF_THEME
            ]
        if "url(" in values.get("style", ""):
            page.parts += [(line, each) for each in addresses_in_style(values["style"])]

    def handle_endtag(self, tag: str) -> None:
        self.page.ended = self.page.ended or tag == "html"
        if tag == self._inside:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        if not self._inside:
            return
        line = self.getpos()[0]
        if self._inside == "title":
            # The title of a drawing within the page comes later, and is another thing.
            self.page.title = self.page.title or data.strip()
        elif self._inside == "style":
            self.page.parts += [(line, each) for each in addresses_in_style(data)]
        elif self._kind == "application/ld+json":
            self.page.data.append((line, data))

    def _address(self, tag: str, attribute: str, values: dict[str, str], line: int) -> None:
        value = values[attribute]
        relations = set(values.get("rel", "").lower().split())
        if relations & (_SUPPLIED | _NO_ADDRESS):
            self.page.supplied.append((line, value))
            return
        if tag == "link" and "canonical" in relations:
            self.page.canonical = (line, value)
        elif attribute == "srcset":
            each = (part.split() for part in value.split(","))
            self.page.parts += [(line, part[0]) for part in each if part]
        elif tag in ("a", "area"):
            self.page.ways.append((line, value))
        else:
            self.page.parts.append((line, value))

    def _meta(self, values: dict[str, str], line: int) -> None:
        content = values.get("content", "")
        if values.get("http-equiv", "").lower() == "refresh":
            found = _REFRESH.fullmatch(content)
            self.page.refresh = (line, found[1] if found else "")
        elif values.get("name", "").lower() == "robots" and "noindex" in content.lower():
            self.page.hidden = True
        elif values.get("property", values.get("name", "")) in _META:
            self.page.parts.append((line, content))
