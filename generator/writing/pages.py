"""All pages and files of the site, in a stable order.

Each kind of page has a function that tells what its pages rest on, and another that gathers
finished values and hands them to a template of the same name; the template decides nothing but
layout.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.memory import FORGETFUL, Memory
from generator.model import FileDraft, Library, Page, PageDraft
from generator.writing.archive import archive_drafts
from generator.writing.authorindex import authors_drafts
from generator.writing.authors import author_drafts
from generator.writing.catalogue import catalogue_of
from generator.writing.citations import citation_drafts
from generator.writing.data import data_drafts
from generator.writing.digests import digest_drafts, home_draft, takeaway_draft
from generator.writing.feeds import feed_drafts
from generator.writing.finding import opensearch_drafts, search_draft
from generator.writing.glossary import glossary_drafts
from generator.writing.landscape import map_drafts, map_file_drafts
from generator.writing.papers import paper_draft
from generator.writing.queue import digests_draft, queue_drafts
from generator.writing.site import Site
from generator.writing.sourcepage import Supply, source_drafts
from generator.writing.tags import tag_drafts, tags_drafts
from generator.writing.trends import trends_draft


def write_pages(library: Library, site: Site, supply: Supply | None = None) -> tuple[Page, ...]:
    """Make all pages of a library; each path stands once."""
    return tuple(draft.make() for draft in page_drafts(library, site, supply))


def write_files(library: Library, site: Site) -> Iterator[tuple[str, bytes]]:
    """Make the files beside the pages, path and content: citations, feeds, the library as data.

    They are far more and larger than the pages, so they come one by one, to be written and
    forgotten.
    """
    return ((draft.path, draft.make()) for draft in file_drafts(library, site))


def page_drafts(
    library: Library, site: Site, supply: Supply | None = None, memory: Memory = FORGETFUL
) -> Iterator[PageDraft]:
    """Tell all pages of a library, in a stable order; each path stands once.

    Without a `supply` of digests' texts there are no pages on how these were read.
    """
    catalogue = catalogue_of(library)
    yield home_draft(catalogue, site)
    yield from archive_drafts(catalogue)
    for issue in library.issues:
        yield from digest_drafts(catalogue, site, issue, explained=supply is not None)
    for paper in library.papers.values():
        yield paper_draft(catalogue, site, paper)
    yield from tags_drafts(catalogue)
    for tag in catalogue.used_tags():
        yield from tag_drafts(catalogue, site, tag)
    yield from authors_drafts(catalogue)
    yield from author_drafts(catalogue)
    yield from glossary_drafts(catalogue)
    yield from map_drafts(catalogue)
    yield trends_draft(catalogue)
    yield from queue_drafts(catalogue, site)
    yield search_draft(catalogue, site)
    if supply is not None:
        yield from source_drafts(catalogue, supply, memory)


def file_drafts(library: Library, site: Site, memory: Memory = FORGETFUL) -> Iterator[FileDraft]:
    """Tell all files beside the pages, in a stable order; each path stands once."""
    catalogue = catalogue_of(library)
    yield from data_drafts(catalogue, site, memory)
    yield digests_draft(catalogue)
    yield from map_file_drafts(catalogue)
    for issue in library.issues:
        yield takeaway_draft(catalogue, site, issue)
    yield from feed_drafts(catalogue, site, memory)
    yield from citation_drafts(catalogue, site, memory)
    yield from opensearch_drafts(site)
