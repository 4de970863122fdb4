"""The index of the search: a root that names all other files, each by a digest of its content."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Collection, Iterator

FOLDER = "search/data/"
ROOT = f"{FOLDER}root.bin"
_MARK = 8
_KINDS = {"w": "wp", "t": "t", "e": "e"}
"""By the root's name for them: the letters of files that share a mark."""


def faults_of_index(
    files: Collection[str], content: Callable[[str], bytes]
) -> Iterator[tuple[str, str]]:
    """Yield path and what is wrong; a site without an index of its own has none."""
    here = {path for path in files if path.startswith(FOLDER)}
    if not here:
        return
    try:
        names = _names(content(ROOT))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, zlib.error) as error:
        yield ROOT, f"the root of the index cannot be read: {error}"
        return
    here.discard(ROOT)
    for group in names:
        missing = [path for path, _ in group if path not in here]
        for path in missing:
            yield ROOT, f"the root names {path}, and there is no such file"
        here.difference_update(path for path, _ in group)
        if not missing:
            whole = b"".join(content(path) for path, _ in group)
            if hashlib.blake2b(whole, digest_size=_MARK // 2).hexdigest() != group[0][1]:
                yield group[0][0], "its content is not that which its name tells"
    for path in sorted(here):
        yield path, "the root of the index does not name this file"


def _names(root: bytes) -> list[list[tuple[str, str]]]:
    """Return the files that a root names, with their marks; those of one mark together."""
    plain = zlib.decompress(root, wbits=31)
    head = json.loads(plain[4 : 4 + int.from_bytes(plain[:4], "little")])
    return [
        [(f"{FOLDER}{letter}{number}.{mark}.bin", mark) for letter in letters]
        for kind, letters in _KINDS.items()
        for number, mark in enumerate(_cut(head["names"][kind]))
    ]


def _cut(marks: str) -> list[str]:
    return [marks[at : at + _MARK] for at in range(0, len(marks), _MARK)]
