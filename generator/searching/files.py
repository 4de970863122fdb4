"""All files of the index: the root, words, places, lines, word ends.

    search/data/root.bin           what every query needs, fetched once
    search/data/w7.MARK.bin        words of one stretch of the alphabet: see `shards` and `layers`
    search/data/p7.MARK.bin        their places, for phrases
    search/data/t7.MARK.bin        the lines that show some leaves
    search/data/e7.MARK.bin        words spelt backwards, to find one that is mistyped at its start

MARK is a digest of the file's own content, and the root names them all: a browser never mixes two
builds, and what did not change keeps its name, on the host and in the browser's cache.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

import msgspec

from generator.memory import FORGETFUL, Memory
from generator.model import Draft, FileDraft, Library
from generator.searching.byhand import WrittenPage
from generator.searching.layers import Layers, digest
from generator.searching.remembering import recalled, remember

FOLDER = "search/data/"

_NAME = "search-files"


class File(msgspec.Struct, frozen=True):
    """A file of the site that is published as it is."""

    path: str
    """Relative to the site's root, with forward slashes."""
    content: bytes


class _Known(msgspec.Struct, array_like=True, frozen=True):
    """The files that came of a library."""

    key: bytes
    files: list[tuple[str, bytes]]
    """Path and digest of each, in order."""


def search_files(
    library: Library, pages: Iterable[WrittenPage] = (), memory: Memory = FORGETFUL
) -> Iterator[File]:
    """Make the index of a library and of pages written by hand; the root comes last."""
    for draft in search_drafts(library, pages, memory):
        yield File(draft.path, draft.make())


def search_drafts(
    library: Library, pages: Iterable[WrittenPage] = (), memory: Memory = FORGETFUL
) -> Iterator[FileDraft]:
    """Tell the files of the index; if nothing changed since the last build, without making any."""
    index = _Index(Layers(library, tuple(pages)), memory)
    known = recalled(memory, _NAME, _Known)
    if known is None or known.key != index.key:
        known = _Known(index.key, index.told())
        remember(memory, _NAME, known)
    for path, key in known.files:
        yield Draft(path, key, partial(index.content, path))


class _Index:
    """The files of the index, made when the first is asked for."""

    def __init__(self, layers: Layers, memory: Memory) -> None:
        self.key = layers.key
        self._layers = layers
        self._memory = memory
        self._files: dict[str, bytes] = {}

    def told(self) -> list[tuple[str, bytes]]:
        """Tell path and digest of all files; those of a lower layer that is known are not made."""
        from generator.searching.index import make_index

        lower, below, above = make_index(self._layers, self._memory)
        self._take(below | above)
        files = [*lower.files, *((name, digest(content)) for name, content in above.items())]
        return [(_path(name), key) for name, key in files]

    def content(self, path: str) -> bytes:
        if path not in self._files:
            self._make_rest()
        return self._files[path]

    def _make_rest(self) -> None:
        """Make what somebody took away from the site."""
        from generator.searching.index import make_index, make_lower

        self._take(make_lower(self._layers, self._memory)[1])
        self._take(make_index(self._layers, self._memory)[2])

    def _take(self, files: dict[str, bytes]) -> None:
        self._files |= {_path(name): content for name, content in files.items()}


def _path(name: str) -> str:
    return f"{FOLDER}{name}.bin"
