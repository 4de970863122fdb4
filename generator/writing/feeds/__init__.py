"""Feeds: what is new, for people who read in a program of their own.

`feed_pages` makes Atom 1.0 and JSON Feed 1.1 for the whole site and for each tag, and a list of
all feeds (OPML) to subscribe to them in one go. Nothing here is written by joining strings, and
no date comes from a clock: the same library gives the same bytes.

    ids      names of feeds and papers that stay the same for ever
    values   what a feed says, whatever its form
    atom     a feed as Atom 1.0
    jsonfeed a feed as JSON Feed 1.1
    opml     the list of all feeds
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import File
from generator.writing.catalogue import Catalogue
from generator.writing.feeds.atom import atom
from generator.writing.feeds.jsonfeed import json_feed
from generator.writing.feeds.opml import opml
from generator.writing.feeds.values import ATOM, JSON, OPML, Feed, site_feed, tag_feed
from generator.writing.site import Site

__all__ = ["ATOM", "JSON", "OPML", "Feed", "feed_pages"]


def feed_pages(catalogue: Catalogue, site: Site) -> Iterator[File]:
    """Make the files of all feeds, then the list of them."""
    everything = site_feed(catalogue, site)
    yield from _both(everything, site)
    of_tags = {}
    for tag in catalogue.used_tags():
        feed = tag_feed(catalogue, site, tag)
        of_tags[tag.slug] = feed
        yield from _both(feed, site)
    yield File(OPML, opml(catalogue, site, everything, of_tags))


def _both(feed: Feed, site: Site) -> Iterator[File]:
    yield File(feed.home + ATOM, atom(feed, site))
    yield File(feed.home + JSON, json_feed(feed, site))
