"""Values → bytes and back: what a memory gave is used only if it is of the kind that was kept.

That it is whole is seen to by who keeps it. Arrays are kept as their bytes with type and shape.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from typing import Any, TypeVar

import msgspec

_SIZE = 16
_T = TypeVar("_T")


class Array(msgspec.Struct, frozen=True, array_like=True):
    """An array of numbers as bytes."""

    kind: str
    shape: tuple[int, ...]
    content: bytes


NO_ARRAY = Array("", (), b"")


def pack(array: Any, kind: str) -> Array:
    """Turn an array into bytes, as numbers of a kind ("<i4")."""
    return Array(kind, array.shape, array.astype(kind).tobytes())


def unpack(packed: Array, kind: str, *shape: int) -> Any:
    """Return the array. Raises ValueError if kind or shape differ; -1 stands for any length."""
    import numpy as np

    fits = len(shape) == len(packed.shape) and all(
        want in (-1, has) for want, has in zip(shape, packed.shape, strict=True)
    )
    if packed.kind != kind or not fits:
        raise ValueError(f"not the array that was expected: {packed.kind} {packed.shape}")
    return np.frombuffer(packed.content, dtype=kind).reshape(packed.shape)


def digest(parts: Iterable[str | bytes]) -> bytes:
    """Return a hash of several texts; no two lists of texts come together as one."""
    contents = [
        part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part for part in parts
    ]
    sizes = b"".join([len(content).to_bytes(8, "little") for content in contents])
    return blake2b(b"".join([sizes, *contents]), digest_size=_SIZE).digest()


def encoded(value: Any) -> bytes:
    """Write a value down."""
    return msgspec.msgpack.encode(value)


def decoded(content: bytes | None, kind: type[_T]) -> _T | None:
    """Read a value; nothing if there is none or it is of another kind."""
    if content is None:
        return None
    try:
        return msgspec.msgpack.decode(content, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
