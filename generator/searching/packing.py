"""Numbers and files as bytes: what `search.js` takes apart again.

A packed file is the gzip of three things: the length of its head in four bytes, little end first;
the head, in UTF-8; columns of numbers. It is compressed here because hosts send binary files as
they are. Each column has a code of its own in it: that saves a fifteenth of the bytes.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Bytes = NDArray[np.uint8]


_HEAD = b"\x1f\x8b\x08\0\0\0\0\0\x02\xff"
_END = b"\x03\0"
"""What gzip starts with, without a name or a time, and the empty block that ends the data."""


def pack(head: str, *columns: bytes) -> bytes:
    """Make a file; the same content gives the same bytes."""
    text = head.encode("utf-8", "replace")
    parts = [len(text).to_bytes(4, "little") + text, *columns]
    plain = b"".join(parts)
    check = zlib.crc32(plain).to_bytes(4, "little") + len(plain).to_bytes(4, "little")
    return _HEAD + b"".join(map(_deflated, parts)) + _END + check


def _deflated(part: bytes) -> bytes:
    """Compress a part so that others can follow: as text or as mere numbers, as is shorter."""
    ways = (zlib.Z_DEFAULT_STRATEGY, zlib.Z_HUFFMAN_ONLY)
    tries = (zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, strategy=way) for way in ways)
    return min((one.compress(part) + one.flush(zlib.Z_SYNC_FLUSH) for one in tries), key=len)


def varints(numbers: Numbers) -> tuple[Bytes, Numbers]:
    """Write numbers from 0 to 2³¹ with seven bits a byte, low ones first.

    Returns the bytes and where each number starts, with the end of all behind it.
    """
    lengths = np.ones(len(numbers), np.int64)
    for bits in (7, 14, 21, 28):
        lengths += numbers >> bits > 0
    starts = np.concatenate([[0], np.cumsum(lengths)])
    out = np.zeros(int(starts[-1]), np.uint8)
    for at in range(5):
        here = lengths > at
        more = lengths[here] > at + 1
        out[starts[:-1][here] + at] = (numbers[here] >> (7 * at) & 127) | more.astype(np.int64) << 7
    return out, starts


def varint_bytes(numbers: Iterable[int]) -> bytes:
    """Write a few numbers."""
    return varints(np.fromiter(numbers, np.int64))[0].tobytes()


def gaps(numbers: Numbers, first: NDArray[np.bool_]) -> Numbers:
    """Return how far each number is from the one before it; from 0 where `first` says so."""
    before = np.concatenate([[0], numbers[:-1]])
    return numbers - np.where(first, 0, before)


def front_coded(words: Iterable[str]) -> Iterator[str]:
    """Yield words, each as a sign for what it shares with the one before, and the rest.

    The sign is a character that stands as far behind "0" as signs are shared. Those that the
    browser counts as two, beyond U+FFFF, are not shared.
    """
    before = ""
    for word in words:
        shared = 0
        for one, other in zip(word[:60], before, strict=False):
            if one != other or one > "\uffff":
                break
            shared += 1
        yield chr(48 + shared) + word[shared:]
        before = word
