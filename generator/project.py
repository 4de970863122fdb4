"""Read a project's files from disk: digests, the vocabulary, mkdocs.yml.

The edges (`plugin`, `cli`) share this module; the rooms below know no disk. A file that cannot
be read is a problem among others and never takes the rest down.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from generator.enriching import build_library
from generator.enriching.comparing import compare
from generator.enriching.desk import marks_of
from generator.enriching.shelves import Shelf, mark_of, mark_of_file
from generator.enriching.vocabulary import Vocabulary, read_vocabulary
from generator.files import (
    LARGEST_KNOWN,
    LARGEST_VOCABULARY,
    TooLargeError,
    content_of,
    real,
)
from generator.folders import shown as shown
from generator.identities import NAME, Identities, Identity, identified, read_identities
from generator.memory import FORGETFUL, Memory
from generator.model import Digest, Library, Problem, Severity, Source
from generator.progress import SILENT, Progress

if TYPE_CHECKING:
    from generator.enriching.provenance import Repaired
    from generator.supply import TextSupply

_NO_DIGESTS = frozenset({".json", ".md", ".yaml", ".yml"})
"""Endings of files that may stand beside digests."""


class _Tags(msgspec.Struct, frozen=True):
    """What stands in the vocabulary's file."""

    vocabulary: Vocabulary
    problems: tuple[Problem, ...]


class _Known(msgspec.Struct, frozen=True):
    """What stands in the file of identities."""

    identities: tuple[Identity, ...]
    problems: tuple[Problem, ...]


def read_library(
    digests: Path,
    vocabulary: Path,
    memory: Memory = FORGETFUL,
    progress: Progress = SILENT,
    supply: TextSupply | None = None,
) -> Library:
    """Read all digests of a folder and the vocabulary into one library.

    Problems of the vocabulary come first. A folder that is missing is an empty one, with a
    problem that says so. Of what `memory` knows from an earlier build, nothing is worked out again.
    `supply` is told what was read, lines and all, if there is one.
    """
    tags, problems = read_tags(vocabulary, memory)
    if not digests.is_dir():
        problems = (
            *problems,
            Problem(
                Source(shown(digests), 1),
                Severity.ERROR,
                "the folder of digests is missing",
                f"Make it and put a digest into it, e.g. {shown(digests / '2025-03-11.txt')}",
                "B014",
            ),
        )
    problems = (*problems, *not_read(digests))
    read = read_records(find_digests([digests]), memory, progress, supply)
    identities, more = read_known(digests, memory)
    read = [identified(digest, identities) for digest in read]
    problems = (*problems, *more)
    progress.begin("enriching papers")
    library = build_library(read, tags, memory)
    progress.begin("comparing papers")
    library = compare(library, memory)
    return replace(library, problems=(*problems, *library.problems))


def read_records(
    paths: Iterable[Path],
    memory: Memory = FORGETFUL,
    progress: Progress = SILENT,
    supply: TextSupply | None = None,
) -> list[Digest]:
    """Read digests, without their lines, which a library has no use for."""
    shelf = Shelf(memory, "digests", dict[bytes, Digest])
    digests = []
    for path in progress.over("reading digests", list(paths)):
        content, name = _content(path), shown(path)
        if isinstance(content, bytes):
            mark = mark_of_file(name, content)
            if supply:
                supply.note(name, mark)
            content = shelf.get(mark, partial(_without_lines, content, name, mark, supply))
        digests.append(content)
    shelf.put_away()
    return digests


def find_digests(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the digests among files and folders: files as given, folders' `*.txt` by name.

    A file that is named twice comes once.
    """
    seen = set()
    for path in paths:
        for file in sorted(path.glob("*.txt")) if path.is_dir() else [path]:
            where = real(file)
            if where not in seen:
                seen.add(where)
                yield file


def not_read(folder: Path) -> tuple[Problem, ...]:
    """Return a problem for each file in a folder of digests that is none by its name or place.

    A folder that cannot be listed has one problem: it would look like an empty one.
    """
    if folder.is_dir():
        try:
            os.scandir(folder).close()
        except OSError as error:
            return (unreadable(shown(folder), error),)
    return tuple(
        Problem(
            Source(shown(path), 1),
            Severity.ERROR,
            "this file is not read: a digest stands directly in the folder of digests "
            "and its name ends in .txt",
            f"Call it {shown(folder / '2025-03-11.txt')}, after its day, or take it out.",
            "B013",
        )
        for path in sorted(folder.rglob("*"))
        if (path.is_file() or path.is_symlink())
        and not (path.parent == folder and path.suffix == ".txt")
        and path.suffix not in _NO_DIGESTS
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


def read_digest(path: Path) -> Digest:
    """Read one digest; a file that cannot be read is a digest with a problem and no papers."""
    return read_whole(path)[0]


def read_whole(path: Path) -> tuple[Digest, str]:
    """Read one digest, and return the text that it was read from; "" where none was."""
    content = _content(path)
    if isinstance(content, Digest):
        return content, ""
    digest = _read(content, shown(path))
    return digest, content.decode("utf-8-sig") if digest.lines else ""


def _content(path: Path) -> bytes | Digest:
    """Return what stands in a digest's file, or a digest that says why it cannot be read."""
    try:
        return content_of(path)
    except TooLargeError as error:
        from generator.reading.fileproblems import too_large

        problem = too_large(Source(shown(path), 1), f"{error.size:,} bytes")
    except OSError as error:
        problem = unreadable(shown(path), error)
    return Digest(shown(path), path.stem.lower(), None, problems=(problem,))


def _without_lines(content: bytes, name: str, mark: bytes, supply: TextSupply | None) -> Digest:
    digest = _read(content, name)
    if supply:
        supply.keep(mark, digest)
    return replace(digest, lines=(), marks=marks_of(digest))


def _read(content: bytes, name: str) -> Digest:
    from generator.reading import read_bytes  # Heavy, and not needed where nothing is new.

    return read_bytes(content, name)


def read_repairs(digest: Digest, text: str) -> tuple[Repaired, ...]:
    """Say what is repaired in the titles and abstracts of a digest that was read from a text."""
    if not digest.records:
        return ()
    from generator.enriching.provenance import repairs_in

    return tuple(repairs_in(digest, text))


def read_known(folder: Path, memory: Memory = FORGETFUL) -> tuple[Identities, tuple[Problem, ...]]:
    """Read what is known of a folder's papers besides its digests; without a file, nothing is."""
    path = folder / NAME
    name = shown(path)
    try:
        text = content_of(path, LARGEST_KNOWN).decode("utf-8")
    except FileNotFoundError:
        return Identities(), ()
    except UnicodeDecodeError:
        return Identities(), (unreadable(name, OSError(0, "it is not UTF-8")),)
    except OSError as error:
        return Identities(), (unreadable(name, error),)
    shelf = Shelf(memory, "identities", dict[bytes, _Known])
    known = shelf.get(mark_of(name, text), lambda: _known(text, name))
    shelf.put_away()
    return Identities(known.identities), known.problems


def _known(text: str, name: str) -> _Known:
    identities, problems = read_identities(text, name)
    return _Known(tuple(identities), problems)


def read_tags(path: Path, memory: Memory = FORGETFUL) -> tuple[Vocabulary, tuple[Problem, ...]]:
    """Read the vocabulary; without one, papers only get the tags that their digests name."""
    name = shown(path)
    try:
        text = content_of(path, LARGEST_VOCABULARY).decode("utf-8")
    except UnicodeDecodeError as error:
        problem = Problem(
            Source(name, error.object[: error.start].count(b"\n") + 1),
            Severity.ERROR,
            f"byte 0x{error.object[error.start]:02x} is not UTF-8; no tag was read",
            "Save the file as UTF-8.",
            "B438",
        )
    except OSError as error:
        problem = unreadable(name, error)
    else:
        shelf = Shelf(memory, "vocabulary", dict[bytes, _Tags])
        tags = shelf.get(mark_of(name, text), lambda: _Tags(*read_vocabulary(text, name)))
        shelf.put_away()
        return tags.vocabulary, tags.problems
    return read_vocabulary("", name)[0], (problem,)


def unreadable(name: str, error: OSError) -> Problem:
    """Say of a file that it cannot be read."""
    return Problem(
        Source(name, 1),
        Severity.ERROR,
        f"cannot be read: {error.strerror or error}",
        "Expected a text file in UTF-8 that you may read.",
        "B004",
    )
