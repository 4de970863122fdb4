"""Keys of drafts: digests of values, so that what came out of equal values is not made again."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec


def key_of(*values: Any) -> bytes:
    """Return a digest of plain values, dataclasses, and lists and mappings of them."""
    return hashlib.blake2b(msgspec.msgpack.encode(values), digest_size=16).digest()
