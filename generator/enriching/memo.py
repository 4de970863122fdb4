"""What was worked out once of a word is looked up from then on.

A look into a `dict` is a fraction of the call that `functools.lru_cache` takes, and a library asks
millions of times.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Memo(dict[K, V]):
    """Results by what they were worked out of; when there are too many it begins anew."""

    def __init__(self, work_out: Callable[[K], V], most: int) -> None:
        """Take what works a result out, and how many are known at a time."""
        super().__init__()
        self._work_out = work_out
        self._most = most

    def __missing__(self, thing: K) -> V:
        """Work out what was not asked for yet."""
        if len(self) >= self._most:
            self.clear()
        result = self[thing] = self._work_out(thing)
        return result
