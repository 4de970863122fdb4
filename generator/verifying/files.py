"""Stylesheets, scripts, feeds, citations and data: what they name of the site.

Each function takes a file's content and yields line and address; what is not of its form raises
ValueError.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any
from xml.parsers import expat

from generator.verifying.page import addresses_in_style

Named = Iterator[tuple[int, str]]

_IMPORT = re.compile(r"(?:\bfrom\s*|\bimport\s*\(?\s*)\"(\.{1,2}/[^\"]+)\"")
_IMPORTED_STYLE = re.compile(r"@import\s+(?:\"([^\"]+)\"|'([^']+)')")
_BESIDE = re.compile(r"new URL\(\"([^\"]+)\", import\.meta\.url\)")
_OF_ROOT = re.compile(r"new URL\(\"([^\"$]+)\", root\)")
_MAP = re.compile(r"^(?://|/\*)# sourceMappingURL=(\S+)", re.MULTILINE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)

_BIB = re.compile(r"^\s*url = \{(.*?)\},?$", re.MULTILINE)
_RIS = re.compile(r"^UR  - (\S+)", re.MULTILINE)

_KEYS = frozenset({"url", "URL", "next", "home_page_url", "feed_url", "@id", "contentUrl"})
_SUPPLIED = frozenset({"links", "sameAs", "annote", "note"})
"""Keys below which stands what came with a digest."""

_XML = {"link": ("href",), "outline": ("xmlUrl", "htmlUrl"), "Url": ("template",)}
"""By element, the attributes that are addresses; `_XML_TEXTS` are addresses themselves."""
_XML_TEXTS = frozenset({"Image", "loc", "icon", "logo"})
_HREFS = frozenset({"self", "alternate", "next", "previous", "first", "last", "results", None})


def in_style(text: str) -> Named:
    """Tell what a stylesheet names."""
    plain = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
    for number, line in enumerate(plain.split("\n"), 1):
        for found in _IMPORTED_STYLE.finditer(line):
            yield number, found[1] or found[2]
        for address in addresses_in_style(line):
            yield number, address
    yield from _all(_MAP, text)


def in_script(text: str) -> Named:
    """Tell which scripts a script takes in, or starts, from beside it."""
    for pattern in (_IMPORT, _BESIDE, _MAP):
        yield from _all(pattern, text)


def of_root(text: str) -> Named:
    """Tell what a script fetches, from the root of the site."""
    yield from _all(_OF_ROOT, text)


def in_xml(text: str) -> Named:
    """Tell what a feed, a sitemap, a list of feeds or a description of a search names."""
    named: list[tuple[int, str]] = []
    inside: list[str] = []
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def start(tag: str, attributes: dict[str, str]) -> None:
        inside.append(tag.rpartition(" ")[2])
        # What is merely related came with a digest: it is its supplier's.
        if attributes.get("rel") in _HREFS:
            keys = [key for key in _XML.get(inside[-1], ()) if key in attributes]
            line = parser.CurrentLineNumber
            named.extend((line, attributes[key].partition("?q={")[0]) for key in keys)

    def end(_: str) -> None:
        inside.pop()

    def said(data: str) -> None:
        if inside and inside[-1] in _XML_TEXTS and data.strip():
            named.append((parser.CurrentLineNumber, data.strip()))

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = said
    try:
        parser.Parse(text.encode("utf-8", "surrogateescape"), True)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error
    return iter(named)


def in_json(text: str) -> Named:
    """Tell what a file of data, or JSON-LD in a page, names."""
    waiting: list[Any] = [json.loads(text)]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            for key, each in value.items():
                if key in _KEYS and isinstance(each, str):
                    yield 1, each
                elif key not in _SUPPLIED:
                    waiting.append(each)
        elif isinstance(value, list):
            waiting += value


def in_bibtex(text: str) -> Named:
    """Tell the pages that citations in BibTeX name."""
    return _all(_BIB, text)


def in_ris(text: str) -> Named:
    """Tell the pages that citations in RIS name."""
    return _all(_RIS, text)


READERS: dict[str, tuple[str, Callable[[str], Named]]] = {
    ".css": ("style", in_style),
    ".js": ("script", in_script),
    ".xml": ("feed", in_xml),
    ".opml": ("feed", in_xml),
    ".json": ("data", in_json),
    ".bib": ("citation", in_bibtex),
    ".ris": ("citation", in_ris),
}
"""By the end of a file's name: the kind of its faults, and who reads it."""


def _all(pattern: re.Pattern[str], text: str) -> Named:
    line, at = 1, 0
    for found in pattern.finditer(text):
        line += text.count("\n", at, found.start(1))
        at = found.start(1)
        yield line, found[1]
