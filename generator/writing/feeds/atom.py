"""A feed as Atom 1.0 (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from generator.writing.escaping import clean
from generator.writing.feeds.values import ATOM, RIGHTS, Entry, Feed
from generator.writing.site import Site

_NAMESPACE = "http://www.w3.org/2005/Atom"
TYPE = "application/atom+xml"


def atom(site: Site, feed: Feed, entries: Iterable[bytes]) -> bytes:
    """Write a feed; its entries are written already, once for all the feeds that have them."""
    root = Element("feed", {"xmlns": _NAMESPACE})
    _text(root, "id", feed.id)
    _text(root, "title", feed.title)
    if feed.about:
        _text(root, "subtitle", feed.about)
    _text(root, "updated", moment(feed.updated))
    _text(SubElement(root, "author"), "name", feed.author)
    _link(root, "self", feed.to(site, feed.home + ATOM), {"type": TYPE})
    _link(root, "alternate", feed.to(site, feed.home), {"type": "text/html"})
    _text(root, "rights", RIGHTS)
    head = written(root).rsplit("\n", 2)[0].encode()
    return b"\n".join([head, *entries, b"</feed>\n"])


def atom_entry(site: Site, feed: Feed, entry: Entry) -> bytes:
    """Write an entry, with ways from where the feed stands."""
    element = Element("entry")
    _fill(element, feed, entry, site)
    return tostring(element, encoding="unicode").encode()


def _fill(parent: Element, feed: Feed, entry: Entry, site: Site) -> None:
    _text(parent, "id", entry.id)
    _text(parent, "title", entry.title)
    # Without a relation it is the alternate one.
    SubElement(parent, "link", {"href": feed.to(site, entry.page)})
    for way in entry.ways:
        _link(parent, "related", way.url, {"title": way.label})
    _text(parent, "published", moment(entry.published))
    _text(parent, "updated", moment(entry.updated))
    for author in entry.authors:
        _text(SubElement(parent, "author"), "name", author)
    for slug, name in entry.tags:
        SubElement(parent, "category", {"term": slug, "label": name})
    content = _text(parent, "content", clean(entry.content))
    content.set("type", "html")


def moment(day: date) -> str:
    """Return the beginning of a day: a digest has no hour."""
    return f"{day.isoformat()}T00:00:00Z"


def written(root: Element) -> str:
    """Write a document of XML, as UTF-8 says it."""
    indent(root, " ")
    document: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return document.decode("utf-8") + "\n"


def _text(parent: Element, name: str, text: str) -> Element:
    element = SubElement(parent, name)
    element.text = text
    return element


def _link(parent: Element, rel: str, href: str, more: dict[str, str]) -> None:
    SubElement(parent, "link", {"rel": rel, "href": href} | more)
