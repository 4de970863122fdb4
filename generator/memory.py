"""What one build may remember for the next, so that only what is new is worked out.

A stage of the work that can go on from an earlier build takes a `Memory`; without one it does
everything anew and comes to the same result, byte for byte. Where memories are kept, and whether
they can be trusted, is the business of who passes one in. A stage that recalls something still
has to make sure that it belongs to what it was given: it remembers what its result rests on
together with the result, and takes what does not decode or does not fit as nothing.
"""

from __future__ import annotations

from typing import Protocol


class Memory(Protocol):
    """Bytes under names, such as "related"; one that was made by other code recalls nothing."""

    def recall(self, name: str) -> bytes | None:
        """Return what was remembered under this name, or nothing."""

    def remember(self, name: str, content: bytes) -> None:
        """Keep this for the next build, in the place of what was there."""


class Forgetful:
    """Remembers nothing: every build is the first."""

    def recall(self, name: str) -> bytes | None:
        """Return nothing."""

    def remember(self, name: str, content: bytes) -> None:
        """Let it go."""


FORGETFUL = Forgetful()
