"""Feeds: what is new, for people who read in a program of their own.

`feed_drafts` tells Atom 1.0 and JSON Feed 1.1 for the whole site, Atom for each tag, and a list of
all feeds (OPML) to subscribe to them in one go. Every program for feeds reads Atom; hundreds of
tags a second time would be a kilobyte for each paper. Nothing here is written by joining strings,
and no date comes from a clock: the same library gives the same bytes.

    ids      names of feeds and papers that stay the same for ever
    values   what a feed says, whatever its form
    atom     a feed as Atom 1.0
    jsonfeed a feed as JSON Feed 1.1
    entries  entries of Atom, remembered
    opml     the list of all feeds
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from generator.memory import FORGETFUL, Memory
from generator.model import Draft, FileDraft
from generator.writing.catalogue import Catalogue
from generator.writing.drafts import key_of
from generator.writing.feeds.atom import atom
from generator.writing.feeds.entries import AtomEntries
from generator.writing.feeds.jsonfeed import json_feed
from generator.writing.feeds.opml import opml
from generator.writing.feeds.values import ATOM, JSON, OPML, Feed, site_feed, tag_feed
from generator.writing.site import Site

__all__ = ["ATOM", "JSON", "OPML", "Feed", "feed_drafts"]


def feed_drafts(
    catalogue: Catalogue, site: Site, memory: Memory = FORGETFUL
) -> Iterator[FileDraft]:
    """Tell the files of all feeds, then the list of them."""
    everything = site_feed(catalogue, site)
    tags = catalogue.used_tags()
    of_tags = {tag.slug: tag_feed(catalogue, site, tag) for tag in tags}
    feeds = [everything, *of_tags.values()]
    entries = AtomEntries(catalogue, site, feeds, memory)
    atoms = (
        _draft(ATOM, catalogue, site, feed, partial(_atom, site, feed, entries)) for feed in feeds
    )
    yield next(atoms)
    yield _draft(JSON, catalogue, site, everything, partial(json_feed, catalogue, site, everything))
    yield from atoms
    known = [(tag.slug, tag.name, tag.broader, tag.listed) for tag in tags]
    key = key_of("opml", site.name, site.url, known)
    yield Draft(OPML, key, partial(opml, catalogue, site, everything, of_tags))


def _draft(
    name: str, catalogue: Catalogue, site: Site, feed: Feed, make: Callable[[], bytes]
) -> FileDraft:
    about = (site.name, site.url, feed.id, feed.title, feed.about, feed.home, feed.author)
    return Draft(feed.home + name, key_of(name, about, catalogue.dated_stamps(feed.papers)), make)


def _atom(site: Site, feed: Feed, entries: AtomEntries) -> bytes:
    return atom(site, feed, entries.of(feed))
