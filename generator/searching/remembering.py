"""What the search remembers from one build to the next, each time with a sum that must be right."""

from __future__ import annotations

import zlib
from typing import TypeVar

import msgspec

from generator.memory import Memory

_SUM = 4
Value = TypeVar("Value")


def recalled(memory: Memory, name: str, kind: type[Value]) -> Value | None:
    """Return what was remembered; None if there is nothing, or if it is not as it was."""
    kept = memory.recall(name) or b""
    if kept[:_SUM] != _sum(kept[_SUM:]):
        return None
    try:
        return msgspec.msgpack.decode(kept[_SUM:], type=kind)
    except (msgspec.DecodeError, ValueError):
        return None


def remember(memory: Memory, name: str, value: object) -> None:
    """Keep a value for the next build."""
    content = msgspec.msgpack.encode(value)
    memory.remember(name, _sum(content) + content)


def _sum(content: bytes) -> bytes:
    return zlib.crc32(content).to_bytes(_SUM, "little")
