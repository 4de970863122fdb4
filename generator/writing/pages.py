"""All pages and files of the site, in a stable order.

Each kind of page has a function that gathers finished values and hands them to a template of the
same name; the template decides nothing but layout.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Library, Page
from generator.writing.catalogue import Catalogue
from generator.writing.data import data_pages
from generator.writing.digests import archive_page, digest_pages, home_page
from generator.writing.papers import paper_page
from generator.writing.site import Site
from generator.writing.tags import tag_pages, tags_page, vocabulary_page


def write_pages(library: Library, site: Site) -> tuple[Page, ...]:
    """Make all pages and files of a library; each path stands once."""
    return tuple(_pages(Catalogue(library), site))


def _pages(catalogue: Catalogue, site: Site) -> Iterator[Page]:
    library = catalogue.library
    yield home_page(catalogue, site)
    yield archive_page(catalogue)
    for issue in library.issues:
        yield from digest_pages(catalogue, issue)
    for paper in library.papers.values():
        yield paper_page(catalogue, paper)
    yield tags_page(catalogue)
    for tag in catalogue.used_tags():
        yield from tag_pages(catalogue, tag)
    yield vocabulary_page(catalogue)
    yield from data_pages(catalogue, site)
