"""All pages and files of the site, in a stable order.

Each kind of page has a function that gathers finished values and hands them to a template of the
same name; the template decides nothing but layout.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Library, Page
from generator.writing.catalogue import Catalogue
from generator.writing.citations import citation_pages
from generator.writing.data import data_pages
from generator.writing.digests import archive_page, digest_pages, home_page
from generator.writing.feeds import feed_pages
from generator.writing.finding import opensearch_pages, search_page
from generator.writing.glossary import glossary_pages
from generator.writing.landscape import map_pages
from generator.writing.papers import paper_page
from generator.writing.queue import queue_pages
from generator.writing.site import Site
from generator.writing.tags import tag_pages, tags_page, vocabulary_page
from generator.writing.trends import trends_pages


def write_pages(library: Library, site: Site) -> tuple[Page, ...]:
    """Make all pages of a library; each path stands once."""
    return tuple(_pages(Catalogue(library), site))


def write_files(library: Library, site: Site) -> Iterator[Page]:
    """Make the files of data beside the pages: citations, feeds, the library as data.

    They are far more and larger than the pages, so they come one by one, to be written and
    forgotten.
    """
    catalogue = Catalogue(library)
    yield from data_pages(catalogue, site)
    yield from feed_pages(catalogue, site)
    yield from citation_pages(catalogue, site)
    yield from opensearch_pages(site)


def _pages(catalogue: Catalogue, site: Site) -> Iterator[Page]:
    library = catalogue.library
    yield home_page(catalogue, site)
    yield archive_page(catalogue)
    for issue in library.issues:
        yield from digest_pages(catalogue, site, issue)
    for paper in library.papers.values():
        yield paper_page(catalogue, site, paper)
    yield tags_page(catalogue)
    for tag in catalogue.used_tags():
        yield from tag_pages(catalogue, site, tag)
    yield vocabulary_page(catalogue)
    yield from glossary_pages(catalogue)
    yield from map_pages(catalogue, site)
    yield from trends_pages(catalogue, site)
    yield from queue_pages(catalogue, site)
    yield search_page(catalogue, site)
