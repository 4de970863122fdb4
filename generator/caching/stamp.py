"""What made something: this package's own files, and the versions of what it stands on."""

from __future__ import annotations

import hashlib
import os
import platform
import re
from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, distribution, requires
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
_NAME = re.compile(r"[\w.-]+")
_CODE = (".py", ".jinja")
_VERSION = re.compile(r"^Version: (.*)$", re.MULTILINE)


@lru_cache(maxsize=1)
def stamp() -> bytes:
    """Return 16 bytes that change with this package's code and its libraries' versions."""
    known = hashlib.blake2b(digest_size=16)
    known.update(f"{platform.python_implementation()} {platform.python_version()}\n".encode())
    for name in _libraries():
        known.update(f"{name} {_version(name)}\n".encode())
    add_files(known, PACKAGE, files_below(PACKAGE, _CODE))
    return known.digest()


def add_files(known: hashlib.blake2b, folder: Path, paths: Iterable[str]) -> None:
    """Add names and contents of some of a folder's files."""
    # Each build begins with this: no objects for 250 paths.
    for path in paths:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123
            content = file.read()
        name = path.removeprefix(f"{folder}/")
        known.update(f"{name} {len(content)}\n".encode("utf-8", "surrogateescape"))
        known.update(content)


def files_below(folder: Path, endings: tuple[str, ...] = ("",)) -> list[str]:
    """Return all files of a folder in the order of their names, behind links to folders as well.

    Templates are found there too. A link that leads back to a folder that it stands in is left out.
    """
    found: list[str] = []
    for at, names, files in os.walk(folder, followlinks=True):
        names[:] = [name for name in names if not _leads_back(at, name)]
        paths = [f"{at}/{name}" for name in files if name.endswith(endings)]
        found += filter(os.path.isfile, paths)
    return sorted(found)


def _leads_back(folder: str, name: str) -> bool:
    path = Path(folder, name)
    return path.is_symlink() and Path(folder).resolve().is_relative_to(path.resolve())


def _libraries() -> list[str]:
    try:
        needed = requires("broadsheet") or []
    except PackageNotFoundError:
        needed = []
    plain = [_NAME.match(each) for each in needed if "extra ==" not in each]
    return sorted(match.group() for match in plain if match)


def _version(name: str) -> str:
    try:
        there = distribution(name)
    except PackageNotFoundError:
        return "none"
    # To read all that it says of itself, as `version` does, takes four times as long.
    found = _VERSION.search(there.read_text("METADATA") or "")
    return found[1] if found else there.version
