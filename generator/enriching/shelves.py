"""Things worked out one by one, kept from one build to the next by what each rests on.

A shelf is one room of a `Memory`: values of one kind, each under a mark (a hash) of everything
that it was made of, so that what is found is right whatever has changed around it. Only what was
asked for in this build is put away for the next. What was put away under another name or on
another ground, or does not decode, is as good as nothing; that it is whole, the memory sees to.

A few things that are new are put beside the others, which may stay as they were written: a digest
is a hundredth of a library. So a room is two, and what lies in either is right by its mark.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b, sha256
from typing import Any, Generic, TypeVar

import msgspec

from generator.memory import Hand, Memory, at_hand, hold, keep

_SIZE = 16
"""Bytes of a mark: no two things ever have the same."""

_FEW = 16
"""The part of what lies there, up to which it is left as it is when things come and go."""

T = TypeVar("T")


class Shelf(Generic[T]):
    """Takes from its memory what it knows, and has the rest made. None is no value."""

    def __init__(
        self, memory: Memory, name: str, kind: type[dict[bytes, T]], ground: bytes = b""
    ) -> None:
        """Open the room `name`; `ground` is the mark of what all its values rest on besides."""
        self._memory = memory
        self._name = name
        self._ground = mark_of(name, ground)
        held = at_hand(memory, name, _Held)
        self._is_held = held is not None and held.ground == self._ground
        self._base: dict[bytes, T] | None
        self._added: dict[bytes, T] = {}
        if held and self._is_held:
            self._base = held.values
        else:
            self._base = self._opened(memory.recall(name), kind)
            self._added = self._opened(memory.recall(f"{name}-added"), kind) or {}
        self._known = {**(self._base or {}), **self._added}
        self._used: dict[bytes, T] = {}

    def get(self, mark: bytes, make: Callable[[], T]) -> T:
        """Return the value under a mark; where there is none, make it."""
        found = self._used.get(mark)
        if found is None:
            found = self._known.get(mark)
            found = self._used[mark] = make() if found is None else found
        return found

    def put_away(self) -> None:
        """Let the next build have what this one asked for, and nothing else.

        Nothing can be asked for after that.
        """
        used = _Held(self._ground, self._used)
        if self._base is not None and self._used.keys() == self._known.keys():
            if not self._is_held:
                hold(self._memory, self._name, used)
        elif self._base is not None and self._is_nearly(self._base):
            new = {mark: it for mark, it in self._used.items() if mark not in self._base}
            self._put(f"{self._name}-added", _Held(self._ground, new))
        else:
            self._put(self._name, used)
            if self._added:
                self._put(f"{self._name}-added", _Held(self._ground, {}))

    def _is_nearly(self, base: dict[bytes, T]) -> bool:
        """Whether so little has changed that what lies there can stay. At hand, nothing need."""
        is_at_hand = isinstance(self._memory, Hand)
        return not is_at_hand and len(self._used.keys() ^ base.keys()) <= len(base) // _FEW

    def _put(self, name: str, held: _Held) -> None:
        keep(self._memory, name, held, held.written)

    def _opened(self, kept: bytes | None, kind: type[dict[bytes, T]]) -> dict[bytes, T] | None:
        if kept is None or kept[:_SIZE] != self._ground:
            return None
        try:
            return msgspec.msgpack.decode(memoryview(kept)[_SIZE:], type=kind)
        except msgspec.MsgspecError:
            return None


class _Held(msgspec.Struct, frozen=True):
    """What lies on a shelf while no build goes on."""

    ground: bytes
    values: dict[bytes, Any]

    def written(self) -> bytes | None:
        try:
            return self.ground + msgspec.msgpack.encode(self.values)
        except UnicodeEncodeError:  # Half a character, which no file can hold.
            return None


def mark_of(*things: object) -> bytes:
    """Return a mark of values that are made of texts, numbers, structs and tuples."""
    # Half a character is beyond msgspec, but not beyond a pasted text in a test.
    try:
        content = msgspec.msgpack.encode(things)
    except UnicodeEncodeError:
        content = repr(things).encode()
    return blake2b(content, digest_size=_SIZE).digest()


def mark_of_file(name: str, content: bytes) -> bytes:
    """Return a mark of a file's name and content, which may be long."""
    known = sha256(name.encode("utf-8", "surrogatepass") + b"\0")
    known.update(content)
    return known.digest()[:_SIZE]
