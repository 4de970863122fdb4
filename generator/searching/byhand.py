"""A page that somebody wrote in Markdown → its title and words, for the index.

The text is made the way a builder makes it, with Python-Markdown, so that no mark of Markdown is
searched; what the page looks like is not known here.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from html import escape
from html.parser import HTMLParser

import msgspec
import yaml
from markdown import Markdown

from generator.memory import FORGETFUL, Memory
from generator.searching.remembering import recalled, remember

_NAME = "search-by-hand"

_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_UNSEEN = frozenset({"script", "style", "template"})
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s"}
    | {"samp", "small", "span", "strong", "sub", "sup", "u", "var", "wbr"}
)
"""Elements that do not end a word; all others do."""
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


class WrittenPage(msgspec.Struct, frozen=True):
    """A page that somebody wrote by hand, as whoever builds the site knows it."""

    address: str
    """From the site's root, with a slash at its end: `about/`."""
    title: str
    text: str
    """Plain text, without markup."""


class _Known(msgspec.Struct, array_like=True, frozen=True):
    """Pages as they were read, by a digest of address and Markdown."""

    pages: dict[bytes, WrittenPage | None]


def written_pages(
    sources: Iterable[tuple[str, str]], memory: Memory = FORGETFUL
) -> list[WrittenPage]:
    """Return what can be searched of pages of Markdown, each with its address; see `written_page`.

    Those that are as they were when something was remembered are not rendered again.
    """
    keyed = [(_key(*source), source) for source in sources]
    known = recalled(memory, _NAME, _Known)
    before = known.pages if known else {}
    pages = {key: before[key] if key in before else written_page(*source) for key, source in keyed}
    if pages.keys() != before.keys():
        remember(memory, _NAME, _Known(pages))
    return [page for key, _ in keyed if (page := pages[key])]


def _key(address: str, source: str) -> bytes:
    said = f"{len(address)} {address}{source}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(said, digest_size=16).digest()


def written_page(address: str, source: str) -> WrittenPage | None:
    """Return what can be searched of a page of Markdown at an address.

    None if its front matter says `search: exclude: true`. The title is the front matter's, else
    the first heading, else what the address says. Never raises.
    """
    matter = _MATTER.match(source)
    about = _mapping(matter[1]) if matter else {}
    search = about.get("search")
    if isinstance(search, dict) and search.get("exclude"):
        return None
    body = source[matter.end() :] if matter else source
    reader = _Reader()
    reader.feed(_rendered(body))
    reader.close()
    named = about.get("title")
    title = named if isinstance(named, str) and named.strip() else reader.heading
    place = address.rstrip("/").rpartition("/")[2]
    return WrittenPage(address, title or place.replace("-", " ").capitalize(), reader.text)


def _rendered(body: str) -> str:
    try:
        return Markdown(extensions=["tables"], output_format="html").convert(body)
    except RecursionError:
        # Lists within lists by the hundred: the words are there all the same.
        return escape(body)


def _mapping(text: str) -> dict[object, object]:
    try:
        found = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        # A day that no month has is a ValueError. What a builder makes of it, it will say itself.
        return {}
    return found if isinstance(found, dict) else {}


class _Reader(HTMLParser):
    """Gathers the words of a page, and its first heading apart from them."""

    def __init__(self) -> None:
        super().__init__()
        self._heading: list[str] = []
        self._words: list[str] = []
        self._listings: list[str] = []
        self._unseen = 0
        self._place = self._words

    @property
    def heading(self) -> str:
        return " ".join("".join(self._heading).split())

    @property
    def text(self) -> str:
        # Listings can be found, but no sentence runs into them.
        return " ".join("".join([*self._words, *self._listings]).split())

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        self._unseen += tag in _UNSEEN
        if tag == "h1" and not self._heading:
            self._place = self._heading
        if tag == "pre":
            self._place = self._listings
        if tag not in _INLINE:
            self._words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN and self._unseen:
            self._unseen -= 1
        if tag in ("h1", "pre"):
            self._place = self._words
        if tag in _HEADINGS and self._words and self._words[-1][-1:].isalnum():
            self._words.append(".")
        if tag not in _INLINE:
            self._words.append(" ")
            self._listings.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._place.append(data)
