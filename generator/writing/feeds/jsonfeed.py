"""A feed as JSON Feed 1.1 (jsonfeed.org)."""

from __future__ import annotations

from typing import Any

import msgspec

from generator.model import LinkKind
from generator.writing.catalogue import Catalogue
from generator.writing.escaping import clean
from generator.writing.feeds.atom import moment
from generator.writing.feeds.values import JSON, Entry, Feed, entry_of
from generator.writing.site import Site

_VERSION = "https://jsonfeed.org/version/1.1"
TYPE = "application/feed+json"


def json_feed(catalogue: Catalogue, site: Site, feed: Feed) -> bytes:
    """Write a feed."""
    content = {
        "version": _VERSION,
        "title": feed.title,
        "home_page_url": feed.to(site, feed.home),
        "feed_url": feed.to(site, feed.home + JSON),
        "description": feed.about,
        "authors": [{"name": feed.author}],
        "items": [_item(feed, entry_of(catalogue, site, paper), site) for paper in feed.papers],
    }
    return msgspec.json.encode(content) + b"\n"


def _item(feed: Feed, entry: Entry, site: Site) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.id,
        "url": feed.to(site, entry.page),
        "title": entry.title,
        "content_html": clean(entry.content),
        "date_published": moment(entry.published),
        "date_modified": moment(entry.updated),
        "tags": [name for _, name in entry.tags],
    }
    if entry.authors:
        item["authors"] = [{"name": name} for name in entry.authors]
    elsewhere = next((way.url for way in entry.ways if way.kind == LinkKind.PAPER), None)
    if elsewhere:
        item["external_url"] = elsewhere
    if entry.ways:
        # A name of our own begins with an underscore, as the format asks for.
        item["_links"] = [
            {"url": way.url, "kind": way.kind.value, "title": way.label} for way in entry.ways
        ]
    return item
