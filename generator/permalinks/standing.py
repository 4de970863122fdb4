"""The permanent addresses of a library, for commands that build no site: no page is made."""

from __future__ import annotations

from generator.model import Library
from generator.writing import addresses
from generator.writing.archive import LATEST
from generator.writing.bylines import bylines_of
from generator.writing.catalogue import Catalogue


def permanent_of(library: Library) -> list[str]:
    """Return the addresses of a library's pages that are for ever, without making any page."""
    catalogue = Catalogue(library)
    authors = bylines_of(catalogue).authors
    issues = library.issues
    years = dict.fromkeys(issue.date.year for issue in issues) if len(issues) > LATEST else ()
    top = [
        *(addresses.DIGESTS, addresses.TAGS, addresses.VOCABULARY, addresses.GLOSSARY),
        *(addresses.MAP, addresses.TRENDS, addresses.SAVED, addresses.READ, addresses.NEW),
        addresses.SEARCH,
    ]
    return [
        *top,
        *([addresses.AUTHORS] if authors else ()),
        *map(addresses.year, years),
        *(addresses.digest(issue.slug) for issue in issues),
        *map(addresses.paper, library.papers),
        *(addresses.tag(tag.slug) for tag in catalogue.used_tags()),
        *map(addresses.author, authors),
    ]
