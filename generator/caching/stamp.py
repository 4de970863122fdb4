"""What made something: this package's own files, and the versions of what it stands on."""

from __future__ import annotations

import hashlib
import platform
import re
from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
_NAME = re.compile(r"[\w.-]+")


@lru_cache(maxsize=1)
def stamp() -> bytes:
    """Return 16 bytes that change with this package's code and its libraries' versions."""
    known = hashlib.blake2b(digest_size=16)
    known.update(f"{platform.python_implementation()} {platform.python_version()}\n".encode())
    for name in _libraries():
        known.update(f"{name} {_version(name)}\n".encode())
    add_files(known, PACKAGE, ("*.py", "*.jinja"))
    return known.digest()


def add_files(known: hashlib.blake2b, folder: Path, patterns: Iterable[str]) -> None:
    """Add names and contents of a folder's files, in the order of their names."""
    files = sorted({path for pattern in patterns for path in folder.rglob(pattern)})
    for path in files:
        if path.is_file():
            content = path.read_bytes()
            name = path.relative_to(folder).as_posix()
            known.update(f"{name} {len(content)}\n".encode("utf-8", "surrogateescape"))
            known.update(content)


def _libraries() -> list[str]:
    try:
        needed = requires("broadsheet") or []
    except PackageNotFoundError:
        needed = []
    plain = [_NAME.match(each) for each in needed if "extra ==" not in each]
    return sorted(match.group() for match in plain if match)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"
