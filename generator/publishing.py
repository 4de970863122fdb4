"""The files of a site beside its pages: data, feeds, citations, and the index of the search.

Who builds a site with the plugin and who exports it publish the same ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.model import Library
from generator.searching import WrittenPage, search_files
from generator.writing import Site, write_files


def files_beside(
    library: Library, site: Site, by_hand: Iterable[WrittenPage]
) -> Iterator[tuple[str, bytes]]:
    """Yield path, from the site's root, and content of each file; pages by hand can be searched.

    They come one by one, to be written and forgotten: ten thousand papers have many.
    """
    for page in write_files(library, site):
        yield page.path, page.content.encode("utf-8")
    for file in search_files(library, by_hand):
        yield file.path, file.content
