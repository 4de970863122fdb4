"""Numbers and files as bytes: what `search.js` takes apart again.

A packed file is the gzip of three things: the length of its head in four bytes, little end first;
the head, in UTF-8; columns of numbers. It is compressed here because hosts send binary files as
they are. Each column has a code of its own in it: that saves a fifteenth of the bytes. A second
part of the same form may follow, within the same gzip: to add one, the first is not packed again,
and what its text repeats of the first is told as that.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Bytes = NDArray[np.uint8]

SCATTERED, RUNS = zlib.Z_HUFFMAN_ONLY, zlib.Z_RLE
"""Whether a file's columns repeat nothing, or have the same number many times in a row."""

_START = b"\x1f\x8b\x08\0\0\0\0\0\x02\xff"
"""What gzip starts with, without a name or a time."""
_NOTHING = b"\x03\0"
"""The end of what is compressed."""

_WINDOW = 32_000
"""Bytes: what is packed can repeat no more than these."""

_LONGEST = 60
"""Signs that a word can share with the one before."""
_TWO = "\U00010000"
"""The first of the characters that the browser counts as two."""


class Part(msgspec.Struct, array_like=True, frozen=True):
    """The beginning of a packed file, to which more can be added."""

    content: bytes
    check: int
    """Sum of what it unpacks to."""
    size: int
    """Bytes that it unpacks to."""
    last: bytes
    """The last of them, which what is added can repeat; none if that would have no text."""


def pack(head: str, *columns: bytes, way: int = RUNS) -> bytes:
    """Make a file; the same content gives the same bytes. `way` says what its columns are like."""
    return finished(part(head, *columns, way=way))


def part(head: str, *columns: bytes, way: int = RUNS) -> Part:
    """Make the beginning of a file."""
    text = _headed(head)
    made = [_START]
    if head:
        # Repeats are looked for in text only: in mere numbers they are dear to find and few.
        words = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
        made += (words.compress(text), words.flush(zlib.Z_SYNC_FLUSH))
        parts: tuple[bytes, ...] = columns
    else:
        parts = (text, *columns)
    if parts:
        numbers = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, strategy=way)
        for each in parts[:-1]:
            made += (numbers.compress(each), numbers.flush(zlib.Z_BLOCK))
        made += (numbers.compress(parts[-1]), numbers.flush(zlib.Z_SYNC_FLUSH))
    plain = b"".join((text, *columns))
    return Part(b"".join(made), zlib.crc32(plain), len(plain), plain[-_WINDOW:] if head else b"")


def finished(begun: Part, head: str = "", *columns: bytes) -> bytes:
    """Finish a file, with a second, short part if there are columns for it."""
    plain, check, more = b"", begun.check, [_NOTHING]
    if columns:
        text, numbers = _headed(head), b"".join(columns)
        plain = text + numbers
        check = zlib.crc32(plain, check)
        more = []
        if head:
            words = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, wbits=-15, zdict=begun.last)
            more = [words.compress(text), words.flush(zlib.Z_SYNC_FLUSH)]
        # What is short needs no room for more, and columns so short do with one code for all.
        rest = zlib.compressobj(wbits=-10, memLevel=5, strategy=zlib.Z_RLE)
        more += [rest.compress(numbers if head else plain), rest.flush()]
    ends = check.to_bytes(4, "little") + (begun.size + len(plain)).to_bytes(4, "little")
    return b"".join((begun.content, *more, ends))


def _headed(head: str) -> bytes:
    text = head.encode("utf-8", "replace")
    return len(text).to_bytes(4, "little") + text


def varints(numbers: Numbers) -> tuple[Bytes, Numbers]:
    """Write numbers from 0 to 2³¹ with seven bits a byte, low ones first.

    Returns the bytes and where each number starts, with the end of all behind it.
    """
    lengths = np.ones(len(numbers), np.int64)
    rest = np.flatnonzero(numbers > 127)
    left = numbers[rest]
    while len(left := left >> 7):
        lengths[rest] += 1
        more = left > 127
        rest, left = rest[more], left[more]
    starts = running(lengths)
    out = np.empty(int(starts[-1]), np.uint8)
    place, left = starts[:-1], numbers
    while len(left):
        more = left > 127
        out[place] = (left & 127) | more.astype(np.int64) << 7
        place, left = place[more] + 1, left[more] >> 7
    return out, starts


def varint_bytes(numbers: Iterable[int]) -> bytes:
    """Write a few numbers."""
    return varints(np.fromiter(numbers, np.int64))[0].tobytes()


def running(numbers: NDArray[np.int64] | NDArray[np.bool_]) -> Numbers:
    """Return the sums of all numbers before each place, and of all."""
    sums = np.zeros(len(numbers) + 1, np.int64)
    np.cumsum(numbers, out=sums[1:])
    return sums


def gaps(numbers: Numbers, first: NDArray[np.bool_]) -> Numbers:
    """Return how far each number is from the one before it; from 0 where `first` says so."""
    before = np.concatenate([[0], numbers[:-1]])
    return numbers - np.where(first, 0, before)


def gathered(starts: Numbers, lengths: Numbers) -> Numbers:
    """Return the places of stretches that start somewhere and are so long, one after the other."""
    ends = np.cumsum(lengths)
    shift = np.repeat(starts - ends + lengths, lengths)
    return np.arange(len(shift)) + shift


def front_coded(words: Sequence[str], firsts: Sequence[int] = ()) -> tuple[str, Numbers]:
    """Write words, each as a sign for what it shares with the one before, and the rest.

    The sign is a character that stands as far behind "0" as signs are shared. Those that the
    browser counts as two, beyond U+FFFF, are not shared; and a word whose number is among `firsts`
    shares nothing. Returns the text, with an end of line behind each word, and where each starts;
    the end of all behind it.
    """
    lengths = np.fromiter(map(len, words), np.int64, len(words))
    laid = "\n0".join(words).join(("0", "\n")) if len(words) else ""
    signs = np.frombuffer(bytearray(laid.encode("utf-32-le", "surrogatepass")), np.uint32)
    starts = running(lengths + 2)
    most = np.minimum(np.minimum(lengths[1:], lengths[:-1]), _LONGEST)
    here = signs[gathered(starts[1:-1] + 1, most)]
    before = signs[gathered(starts[:-2] + 1, most)]
    others = np.flatnonzero((here != before) | (here >= ord(_TWO)))
    begins = running(most)
    until = np.append(others, begins[-1])[np.searchsorted(others, begins[:-1])]
    shared = np.zeros(len(words), np.int64)
    shared[1:] = np.minimum(until - begins[:-1], most)
    shared[list(firsts)] = 0
    signs[starts[:-1]] += shared.astype(np.uint32)
    kept = np.ones(len(signs), np.bool_)
    kept[gathered(starts[:-1] + 1, shared)] = False
    text = signs[kept].tobytes().decode("utf-32-le", "surrogatepass")
    return text, running(lengths + 2 - shared)
