"""What is written of a paper for files of many papers, remembered from one build to the next.

Such files change with every digest, while what most papers are given in them does not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from generator.memory import Memory

Row = tuple[bytes, ...]
"""What is written of one paper: in each of some forms."""


class _Kept(msgspec.Struct, frozen=True, array_like=True):
    grounds: bytes
    """What all rows rest on."""
    rows: dict[bytes, Row]
    """By keys, which tell what else a row rests on."""


def rows_of(
    memory: Memory, name: str, grounds: bytes, keys: Sequence[bytes], write: Callable[[int], Row]
) -> list[Row]:
    """Return a row for each key; of those that are not remembered, `write` makes the nth."""
    kept = _recall(memory, name, grounds)
    rows = [kept.get(key) or write(at) for at, key in enumerate(keys)]
    now = dict(zip(keys, rows, strict=True))
    if kept.keys() != now.keys():
        memory.remember(name, msgspec.msgpack.encode(_Kept(grounds, now)))
    return rows


def _recall(memory: Memory, name: str, grounds: bytes) -> dict[bytes, Row]:
    content = memory.recall(name)
    try:
        kept = msgspec.msgpack.decode(content, type=_Kept) if content else None
    except (msgspec.DecodeError, ValueError):
        return {}
    return kept.rows if kept and kept.grounds == grounds else {}
