"""What a process that builds again and again has at hand: the store hears of it afterwards.

To read, check, seal and write what all stages remember takes a tenth of a rebuild of 5,000 papers,
and whoever waits for a preview gains nothing by it; nor by making values of bytes and bytes of
values each time. What is held is as much as is on disk.
"""

from __future__ import annotations

from collections.abc import Callable

from generator.caching.store import Store


class Held:
    """A memory of one process, over what is on disk."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._store: Store | None = None
        self._bytes: dict[str, bytes] = {}
        """What was read from the store, or remembered as bytes."""
        self._values: dict[str, object] = {}
        """Each takes the place of its bytes."""
        self._unwritten: dict[str, Callable[[], bytes | None]] = {}
        """What the store has yet to hear of, as bytes; None where something cannot be written."""

    def over(self, store: Store) -> Held:
        """Take the store of the build that begins; return this memory."""
        self._store = store
        return self

    def recall(self, name: str) -> bytes | None:
        """Return what was remembered under this name, by this process or by one before it."""
        if name in self._unwritten:
            return self._unwritten[name]()
        if name not in self._bytes and self._store:
            found = self._store.recall(name)
            # Who has the value at hand seldom asks for its bytes: they are not held besides.
            if found is None or name in self._values:
                return found
            self._bytes[name] = found
        return self._bytes.get(name)

    def remember(self, name: str, content: bytes) -> None:
        """Keep this in the place of what was there."""
        self._values.pop(name, None)
        self._bytes[name] = content
        self._unwritten[name] = lambda: content

    def at_hand(self, name: str) -> object:
        """Return the value that was held under this name, or None."""
        return self._values.get(name)

    def hold(self, name: str, value: object, written: Callable[[], bytes | None] | None) -> None:
        """Have a value at hand; `written` gives it as bytes, if it is not remembered yet."""
        self._bytes.pop(name, None)
        self._values[name] = value
        if written:
            self._unwritten[name] = written

    def settle(self) -> None:
        """Write down what the next process can use."""
        while self._store and self._unwritten:
            name, written = self._unwritten.popitem()
            if (content := written()) is not None:
                self._store.remember(name, content)
