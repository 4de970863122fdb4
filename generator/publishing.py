"""The files of a site beside its pages: data, feeds, citations, and the index of the search.

Who builds a site with the plugin and who exports it publish the same ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.memory import FORGETFUL, Memory
from generator.model import FileDraft, Library
from generator.searching import WrittenPage, search_drafts
from generator.writing import Site, file_drafts


def drafts_beside(
    library: Library,
    site: Site,
    by_hand: Iterable[WrittenPage],
    memory: Memory = FORGETFUL,
) -> Iterator[FileDraft]:
    """Tell all files, by their paths from the site's root; pages by hand can be searched.

    Each is made for itself, to be written and forgotten: ten thousand papers have many.
    """
    yield from file_drafts(library, site, memory)
    yield from search_drafts(library, by_hand, memory)
