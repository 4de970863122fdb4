"""Read a project's files from disk: digests, the vocabulary, mkdocs.yml.

The edges (`plugin`, `cli`) share this module; the rooms below know no disk. A file that cannot
be read is a problem among others and never takes the rest down.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from generator.enriching import build_library
from generator.enriching.comparing import compare
from generator.enriching.provenance import Repaired, repairs_in
from generator.enriching.vocabulary import Vocabulary, read_vocabulary
from generator.model import Digest, Library, Problem, Severity, Source
from generator.reading import read_bytes

DIGESTS, VOCABULARY = "digests", "vocabulary.yml"
"""Where digests and tags stand, below the folder of documents."""

_NO_DIGESTS = frozenset({".json", ".md", ".yaml", ".yml"})
"""Endings of files that may stand beside digests."""


def read_library(digests: Path, vocabulary: Path) -> Library:
    """Read all digests of a folder and the vocabulary into one library.

    Problems of the vocabulary come first. A folder that is missing is an empty one, with a
    problem that says so.
    """
    tags, problems = read_tags(vocabulary)
    if not digests.is_dir():
        problems = (
            *problems,
            Problem(
                Source(shown(digests), 1),
                Severity.ERROR,
                "the folder of digests is missing",
                f"Make it and put a digest into it, e.g. {shown(digests / '2025-03-11.txt')}",
            ),
        )
    problems = (*problems, *not_read(digests))
    library = compare(build_library(map(read_digest, find_digests([digests])), tags))
    return replace(library, problems=(*problems, *library.problems))


def find_digests(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the digests among files and folders: files as given, folders' `*.txt` by name.

    A file that is named twice comes once.
    """
    seen = set()
    for path in paths:
        for file in sorted(path.glob("*.txt")) if path.is_dir() else [path]:
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file


def not_read(folder: Path) -> tuple[Problem, ...]:
    """Return a problem for each file in a folder of digests that is none by its name or place."""
    return tuple(
        Problem(
            Source(shown(path), 1),
            Severity.ERROR,
            "this file is not read: a digest stands directly in the folder of digests "
            "and its name ends in .txt",
            f"Call it {shown(folder / '2025-03-11.txt')}, after its day, or take it out.",
        )
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and not (path.parent == folder and path.suffix == ".txt")
        and path.suffix not in _NO_DIGESTS
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


def read_digest(path: Path) -> Digest:
    """Read one digest; a file that cannot be read is a digest with a problem and no papers."""
    name = shown(path)
    try:
        # A pipe would never end, and a link may lead to anything on this machine.
        if not path.is_file():
            path.stat()
            raise OSError(0, "not a file")
        if path.is_symlink() and path.resolve().parent != path.parent.resolve():
            raise OSError(0, "a link to a file elsewhere")
        return read_bytes(path.read_bytes(), name)
    except OSError as error:
        return Digest(name, path.stem.lower(), None, problems=(_unreadable(name, error),))


def read_repairs(path: Path, digest: Digest) -> tuple[Repaired, ...]:
    """Say what is repaired in the titles and abstracts of a digest that was read from a file."""
    if not digest.records:
        return ()
    return tuple(repairs_in(digest, path.read_bytes().decode("utf-8-sig")))


def read_tags(path: Path) -> tuple[Vocabulary, tuple[Problem, ...]]:
    """Read the vocabulary; without one, papers only get the tags that their digests name."""
    name = shown(path)
    try:
        return read_vocabulary(path.read_text(encoding="utf-8"), name)
    except UnicodeDecodeError as error:
        problem = Problem(
            Source(name, error.object[: error.start].count(b"\n") + 1),
            Severity.ERROR,
            f"byte 0x{error.object[error.start]:02x} is not UTF-8; no tag was read",
            "Save the file as UTF-8.",
        )
    except OSError as error:
        problem = _unreadable(name, error)
    return read_vocabulary("", name)[0], (problem,)


def shown(path: Path) -> str:
    """Return a path as messages show it: relative to the working folder where it lies below."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # Another drive, on Windows.
        return str(path)
    return str(path) if relative.startswith("..") else Path(relative).as_posix()


def _unreadable(name: str, error: OSError) -> Problem:
    return Problem(
        Source(name, 1),
        Severity.ERROR,
        f"cannot be read: {error.strerror or error}",
        "Expected a text file in UTF-8 that you may read.",
    )
