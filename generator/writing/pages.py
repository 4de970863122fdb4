"""All pages and files of the site, in a stable order.

Each kind of page has a function that gathers finished values and hands them to a template of the
same name; the template decides nothing but layout.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TypeVar

from generator.model import Draft, File, FileDraft, Library, Page, PageDraft
from generator.writing.catalogue import Catalogue
from generator.writing.citations import citation_pages
from generator.writing.data import data_pages
from generator.writing.digests import archive_page, digest_files, digest_pages, home_page
from generator.writing.drafts import key_of
from generator.writing.feeds import feed_pages
from generator.writing.finding import opensearch_files, search_page
from generator.writing.glossary import glossary_pages
from generator.writing.landscape import map_files, map_page
from generator.writing.papers import paper_page
from generator.writing.queue import digests_file, queue_pages
from generator.writing.shapes import markdown
from generator.writing.site import Site
from generator.writing.tags import tag_pages, tags_page, vocabulary_page
from generator.writing.trends import trends_page

_Made = TypeVar("_Made")


def write_pages(library: Library, site: Site) -> tuple[Page, ...]:
    """Make all pages of a library; each path stands once."""
    return tuple(draft.make() for draft in page_drafts(library, site))


def write_files(library: Library, site: Site) -> Iterator[tuple[str, bytes]]:
    """Make the files beside the pages, path and content: citations, feeds, the library as data.

    They are far more and larger than the pages, so they come one by one, to be written and
    forgotten.
    """
    return ((draft.path, draft.make()) for draft in file_drafts(library, site))


def page_drafts(library: Library, site: Site) -> Iterator[PageDraft]:
    """Tell all pages of a library, in a stable order; each path stands once."""
    for page in _pages(Catalogue(library), site):
        yield Draft(page.path, key_of(markdown(page), page.updated), partial(_same, page))


def file_drafts(library: Library, site: Site) -> Iterator[FileDraft]:
    """Tell all files beside the pages, in a stable order; each path stands once."""
    for file in _files(Catalogue(library), site):
        content = file.content.encode("utf-8")
        yield Draft(file.path, key_of(content), partial(_same, content))


def _same(made: _Made) -> _Made:
    return made


def _files(catalogue: Catalogue, site: Site) -> Iterator[File]:
    yield from data_pages(catalogue, site)
    yield digests_file(catalogue)
    yield from map_files(catalogue)
    for issue in catalogue.library.issues:
        yield from digest_files(catalogue, site, issue)
    yield from feed_pages(catalogue, site)
    yield from citation_pages(catalogue, site)
    yield from opensearch_files(site)


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
    yield map_page(catalogue)
    yield trends_page(catalogue)
    yield from queue_pages(catalogue, site)
    yield search_page(catalogue, site)
