"""What one build may remember for the next, so that only what is new is worked out.

A stage of the work that can go on from an earlier build takes a `Memory`; without one it does
everything anew and comes to the same result, byte for byte. Where memories are kept, and whether
they can be trusted, is the business of who passes one in. A stage that recalls something still
has to make sure that it belongs to what it was given: it remembers what its result rests on
together with the result, and takes what does not decode or does not fit as nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar, runtime_checkable

T = TypeVar("T")


class Memory(Protocol):
    """Bytes under names, such as "related"; one that was made by other code recalls nothing."""

    def recall(self, name: str) -> bytes | None:
        """Return what was remembered under this name, or nothing."""

    def remember(self, name: str, content: bytes) -> None:
        """Keep this for the next build, in the place of what was there."""


@runtime_checkable
class Hand(Protocol):
    """What a memory of one process can do besides: have values themselves at hand."""

    def at_hand(self, name: str) -> object:
        """Return the value that was held under this name, or None."""

    def hold(self, name: str, value: object, written: Callable[[], bytes | None] | None) -> None:
        """Have a value at hand; `written` gives it as bytes, if it is not remembered yet."""


def at_hand(memory: Memory, name: str, kind: type[T]) -> T | None:
    """Return the value that is at hand under this name, if one is."""
    found = memory.at_hand(name) if isinstance(memory, Hand) else None
    return found if isinstance(found, kind) else None


def hold(memory: Memory, name: str, value: object) -> None:
    """Have a value at hand that is as it was remembered, if that can be. It must not change."""
    if isinstance(memory, Hand):
        memory.hold(name, value, None)


def keep(memory: Memory, name: str, value: object, written: Callable[[], bytes | None]) -> None:
    """Keep a value, which must not change any more: at hand if that can be, else as bytes.

    What cannot be written, and so has no bytes, is not remembered.
    """
    if isinstance(memory, Hand):
        memory.hold(name, value, written)
    elif (content := written()) is not None:
        memory.remember(name, content)


class Forgetful:
    """Remembers nothing: every build is the first."""

    def recall(self, name: str) -> bytes | None:
        """Return nothing."""

    def remember(self, name: str, content: bytes) -> None:
        """Let it go."""


FORGETFUL = Forgetful()
