"""The files of a site beside its pages: data, feeds, citations, and the index of the search.

Who builds a site with the plugin and who exports it publish the same ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.memory import FORGETFUL, Memory
from generator.model import FileDraft, Library
from generator.searching import WrittenPage, search_drafts, search_files
from generator.writing import Site, file_drafts, write_files


def files_beside(
    library: Library, site: Site, by_hand: Iterable[WrittenPage]
) -> Iterator[tuple[str, bytes]]:
    """Yield path, from the site's root, and content of each file; pages by hand can be searched.

    They come one by one, to be written and forgotten: ten thousand papers have many.
    """
    yield from write_files(library, site)
    for file in search_files(library, by_hand):
        yield file.path, file.content


def drafts_beside(
    library: Library,
    site: Site,
    by_hand: Iterable[WrittenPage],
    memory: Memory = FORGETFUL,
) -> Iterator[FileDraft]:
    """Tell what `files_beside` makes, so that only what is new need be made."""
    yield from file_drafts(library, site, memory)
    yield from search_drafts(library, by_hand, memory)
