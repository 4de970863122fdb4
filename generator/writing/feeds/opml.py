"""The list of all feeds as OPML 2.0, in folders by broad tag: one file to subscribe with.

It carries no date: OPML's dates are optional, and none here could come from the content.
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement

from generator.writing.catalogue import Catalogue
from generator.writing.escaping import clean
from generator.writing.feeds.atom import written
from generator.writing.feeds.values import ATOM, Feed
from generator.writing.site import Site


def opml(catalogue: Catalogue, site: Site, everything: Feed, of_tags: Mapping[str, Feed]) -> bytes:
    """Write the list: the site's feed, then those of tags by slug in folders of the broad ones."""
    root = Element("opml", {"version": "2.0"})
    SubElement(SubElement(root, "head"), "title").text = f"Feeds of {everything.title}"
    body = SubElement(root, "body")
    _outline(body, everything, site)
    used = catalogue.used_tags()
    shelved = set()
    for broad in (tag for tag in used if tag.listed and tag.broader is None):
        below = [tag for tag in catalogue.narrower[broad.slug] if tag.slug in of_tags]
        folder = _folder(body, broad.name)
        for tag in (broad, *below):
            _outline(folder, of_tags[tag.slug], site)
            shelved.add(tag.slug)
    if others := [tag for tag in used if tag.slug not in shelved]:
        folder = _folder(body, "Other tags")
        for tag in others:
            _outline(folder, of_tags[tag.slug], site)
    return written(root).encode()


def _folder(parent: Element, name: str) -> Element:
    name = clean(name)
    return SubElement(parent, "outline", {"text": name, "title": name})


def _outline(parent: Element, feed: Feed, site: Site) -> None:
    """Name a feed. Without the site's address the ways are relative to the list itself."""
    attributes = {
        "type": "rss",  # The word of OPML for any feed.
        "text": feed.title,
        "title": feed.title,
        "xmlUrl": site.address(feed.home + ATOM) or feed.home + ATOM,
        "htmlUrl": site.address(feed.home) or feed.home or "./",
    }
    SubElement(parent, "outline", attributes)
