"""Read a project's files from disk: digests, the vocabulary, mkdocs.yml.

The edges (`plugin`, `cli`) share this module; the rooms below know no disk. A file that cannot
be read is a problem among others and never takes the rest down.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.enriching import build_library
from generator.enriching.vocabulary import Vocabulary, read_vocabulary
from generator.model import Digest, Library, Problem, Severity, Source
from generator.reading import read_bytes


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
    library = build_library(map(read_digest, find_digests([digests])), tags)
    return Library(library.issues, library.papers, library.tags, (*problems, *library.problems))


def find_digests(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the digests among files and folders: files as given, folders' `*.txt` by name."""
    for path in paths:
        if path.is_dir():
            yield from sorted(path.glob("*.txt"))
        elif path.exists() or path.is_symlink() or path.suffix:
            yield path


def read_digest(path: Path) -> Digest:
    """Read one digest; a file that cannot be read is a digest with a problem and no papers."""
    name = shown(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        problem = _unreadable(name, error)
        return Digest(name, path.stem.lower(), None, problems=(problem,))
    return read_bytes(data, name)


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
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else Path(relative).as_posix()


def _unreadable(name: str, error: OSError) -> Problem:
    return Problem(
        Source(name, 1),
        Severity.ERROR,
        f"cannot be read: {error.strerror or error}",
        "Expected a text file in UTF-8 that you may read.",
    )
