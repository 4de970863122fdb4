"""What there is in a finished page that a browser would run or fetch.

Browsers read broken HTML in more ways than Python does. What is overlooked here is still
forbidden by the policy: it does not run, and only its author is not told.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

import msgspec

_SOURCES = {
    ("audio", "src"): "media-src",
    ("embed", "src"): "object-src",
    ("form", "action"): "form-action",
    ("frame", "src"): "frame-src",
    ("iframe", "src"): "frame-src",
    ("image", "href"): "img-src",
    ("image", "xlink:href"): "img-src",
    ("img", "src"): "img-src",
    ("img", "srcset"): "img-src",
    ("input", "formaction"): "form-action",
    ("input", "src"): "img-src",
    ("button", "formaction"): "form-action",
    ("object", "data"): "object-src",
    ("script", "src"): "script-src",
    ("source", "src"): "media-src",
    ("source", "srcset"): "img-src",
    ("track", "src"): "media-src",
    ("video", "poster"): "img-src",
    ("video", "src"): "media-src",
}
_LINKS = {
    "icon": "img-src",
    "apple-touch-icon": "img-src",
    "manifest": "manifest-src",
    "modulepreload": "script-src",
    "stylesheet": "style-src",
}
_URLS = {"href", "xlink:href", "src", "action", "formaction", "data", "srcdoc", "to", "values"}
_COMMENT = re.compile(r"<!--(?:-?>|.*?(?:--!?>|\Z))", re.DOTALL)
"""As browsers read one; Python has it end elsewhere."""
_STYLE_URL = re.compile(r"url\(\s*[\"']?\s*((?:https?:)?//[^\s\"')]+)", re.IGNORECASE)
_FONT = re.compile(r"\.(?:woff2?|ttf|otf)\b", re.IGNORECASE)
_BLANK = re.compile(r"[\x00-\x20]+")
_PROGRAM = re.compile(r"java|ecma|jscript|livescript")


class Scan(msgspec.Struct):
    """All that was found, in the order of the page."""

    scripts: list[str] = msgspec.field(default_factory=list)
    """What inline scripts say; linked data and other tables of values are none."""
    styles: list[str] = msgspec.field(default_factory=list)
    style_attributes: list[str] = msgspec.field(default_factory=list)
    handlers: list[str] = msgspec.field(default_factory=list)
    """Attributes that are scripts, such as `onclick="…"`."""
    script_urls: list[str] = msgspec.field(default_factory=list)
    """Addresses that are scripts."""
    fetched: list[tuple[str, str]] = msgspec.field(default_factory=list)
    """Directive and address of what the page takes from elsewhere, or sends there."""


def scan(page: str) -> Scan:
    """Look through a page."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.scan


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.scan = Scan()
        self._into: list[str] | None = None
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in reversed(attrs)}
        for name, value in values.items():
            self._attribute(tag, name, value)
        if tag == "link":
            for word in values.get("rel", "").lower().split():
                if word in _LINKS:
                    self.scan.fetched.append((_LINKS[word], values.get("href", "")))
        elif tag == "base" and "href" in values:
            self.scan.fetched.append(("base-uri", values["href"] or "."))
        elif tag == "script" and "src" not in values and _runs(values.get("type", "")):
            self._begin(self.scan.scripts)
        elif tag == "style":
            self._begin(self.scan.styles)

    def parse_comment(self, i: int, report: bool = True) -> int:  # noqa: ARG002
        found = _COMMENT.match(self.rawdata, i)
        return found.end() if found else -1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # In HTML the slash means nothing, but within drawings and formulas the element ends.
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        if self._into is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._end()

    def close(self) -> None:
        super().close()
        self._end()

    def _begin(self, into: list[str]) -> None:
        self._end()
        self._into = into

    def _end(self) -> None:
        if self._into is not None:
            text = "".join(self._text)
            self._into.append(text)
            if self._into is self.scan.styles:
                self._style(text)
        self._into = None
        self._text = []

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if name.startswith("on"):
            self.scan.handlers.append(f'{name}="{value}"')
        elif name == "style":
            self.scan.style_attributes.append(value)
            self._style(value)
        elif name == "srcdoc" or (name in _URLS and _is_script(value)):
            self.scan.script_urls.append(f'{name}="{value}"')
        if directive := _SOURCES.get((tag, name)):
            addresses = value.split(",") if name == "srcset" else [value]
            for address in addresses:
                self.scan.fetched.append((directive, (address.split() or [""])[0]))

    def _style(self, text: str) -> None:
        for found in _STYLE_URL.finditer(text):
            self.scan.fetched.append(
                ("font-src" if _FONT.search(found[1]) else "img-src", found[1])
            )


def _is_script(address: str) -> bool:
    plain = _BLANK.sub("", address).lower()
    return plain.startswith(("javascript:", "vbscript:", "data:text/html", "livescript:"))


def _runs(kind: str) -> bool:
    """Whether a script of this type is a program, and not values for one."""
    return "/" not in kind or bool(_PROGRAM.search(kind.lower()))
