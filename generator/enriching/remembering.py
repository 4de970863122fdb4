"""Values → sealed bytes and back: what a memory gave is used only if it is whole and fits.

A seal is a hash of the bytes; what was cut, changed or written in another form is nothing.
Arrays are kept as their bytes with type and shape.
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
    found = blake2b(digest_size=_SIZE)
    for part in parts:
        content = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        found.update(len(content).to_bytes(8, "little") + content)
    return found.digest()


def seal(value: Any) -> bytes:
    """Write a value down, with its seal before it."""
    content = msgspec.msgpack.encode(value)
    return blake2b(content, digest_size=_SIZE).digest() + content


def unseal(content: bytes | None, kind: type[_T]) -> _T | None:
    """Read a value; nothing if there is none, its seal is broken or it is of another kind."""
    if content is None or blake2b(content[_SIZE:], digest_size=_SIZE).digest() != content[:_SIZE]:
        return None
    try:
        return msgspec.msgpack.decode(memoryview(content)[_SIZE:], type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
