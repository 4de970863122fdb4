"""All files of the index: the root, words, places, lines, word ends.

    search/data/root.bin           what every query needs, fetched once
    search/data/w7.MARK.bin        words of one stretch of the alphabet: see `shards`
    search/data/p7.MARK.bin        their places, for phrases
    search/data/t7.MARK.bin        the lines that show some leaves
    search/data/e7.MARK.bin        words spelt backwards, to find one that is mistyped at its start

MARK is a digest of the file's own content, and the root names them all: a browser never mixes two
builds, and what did not change keeps its name, on the host and in the browser's cache.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import partial

import msgspec

from generator.memory import FORGETFUL, Memory
from generator.model import Draft, FileDraft, Library
from generator.searching.byhand import WrittenPage
from generator.searching.remembering import recalled, remember

FOLDER = "search/data/"

_NAME = "search-files"
_KEY = 16


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
    index = _Index(library, tuple(pages), memory)
    key = _key_of(library, index.pages)
    known = recalled(memory, _NAME, _Known)
    if known is None or known.key != key:
        files = [(path, _digest(content)) for path, content in index.files().items()]
        known = _Known(key, files)
        remember(memory, _NAME, known)
    for path, digest in known.files:
        yield Draft(path, digest, partial(index.content, path))


class _Index:
    """The files, made all at once when the first is asked for."""

    def __init__(self, library: Library, pages: tuple[WrittenPage, ...], memory: Memory) -> None:
        self.pages = pages
        self._library = library
        self._memory = memory
        self._files: dict[str, bytes] = {}

    def files(self) -> dict[str, bytes]:
        if not self._files:
            from generator.searching.index import make_index

            made = make_index(self._library, self.pages, self._memory)
            self._files = {f"{FOLDER}{name}.bin": content for name, content in made}
        return self._files

    def content(self, path: str) -> bytes:
        return self.files()[path]


def _key_of(library: Library, pages: tuple[WrittenPage, ...]) -> bytes:
    """Tell apart all that the index rests on; what it leaves out of a library does no harm."""
    what = (list(library.papers.values()), library.issues, library.tags, library.positions, pages)
    try:
        return _digest(msgspec.msgpack.encode(what))
    except UnicodeEncodeError:
        # Half of a character, which no file can have, but a caller may make.
        return _digest(repr(what).encode("utf-8", "surrogatepass"))


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=_KEY).digest()
