"""Things worked out one by one, kept from one build to the next by what each rests on.

A shelf is one room of a `Memory`: values of one kind, each under a mark (a hash) of everything
that it was made of, so that what is found is right whatever has changed around it. Only what was
asked for in this build is put away for the next. Bytes that were not put away as they are, under
this name and on this ground, are as good as nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from typing import Generic, TypeVar

import msgspec

from generator.memory import Memory

_SIZE = 16
"""Bytes of a mark: no two things ever have the same."""

T = TypeVar("T")


class Shelf(Generic[T]):
    """Takes from its memory what it knows, and has the rest made."""

    def __init__(
        self, memory: Memory, name: str, kind: type[dict[bytes, T]], ground: bytes = b""
    ) -> None:
        """Open the room `name`; `ground` is the mark of what all its values rest on besides."""
        self._memory = memory
        self._name = name
        self._ground = mark_of(name, ground)
        self._known = self._opened(memory.recall(name), kind)
        self._used: dict[bytes, T] = {}

    def get(self, mark: bytes, make: Callable[[], T]) -> T:
        """Return the value under a mark; where there is none, make it."""
        if mark not in self._used:
            known = self._known or {}
            self._used[mark] = known[mark] if mark in known else make()
        return self._used[mark]

    def put_away(self) -> None:
        """Let the next build have what this one asked for, and nothing else."""
        if self._known is not None and self._used.keys() == self._known.keys():
            return
        try:
            content = msgspec.msgpack.encode(self._used)
        except UnicodeEncodeError:  # Half a character, which no file can hold.
            return
        self._memory.remember(self._name, self._seal(content) + content)

    def _opened(self, sealed: bytes | None, kind: type[dict[bytes, T]]) -> dict[bytes, T] | None:
        if sealed is None or self._seal(sealed[_SIZE:]) != sealed[:_SIZE]:
            return None
        try:
            return msgspec.msgpack.decode(sealed[_SIZE:], type=kind)
        except msgspec.MsgspecError:
            return None

    def _seal(self, content: bytes) -> bytes:
        seal = blake2b(self._ground, digest_size=_SIZE)
        seal.update(content)
        return seal.digest()


def mark_of(*things: object) -> bytes:
    """Return a mark of values that are made of texts, numbers, dataclasses and tuples."""
    # Half a character is beyond msgspec, but not beyond a pasted text in a test.
    try:
        content = msgspec.msgpack.encode(things)
    except UnicodeEncodeError:
        content = repr(things).encode()
    return blake2b(content, digest_size=_SIZE).digest()
