"""One build of a site on disk, whatever builds the pages around ours.

Where the site's files wait until all of them are there, what is remembered from the build before,
and what has to be made at all is the business of `caching`; this module brings it together.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Container, Iterable, Iterator
from functools import partial
from pathlib import Path

from generator.caching import (
    Aside,
    Held,
    Known,
    Made,
    Placing,
    Published,
    Store,
    Wanted,
    files_in,
    publish,
    stamp,
)
from generator.folders import CACHE
from generator.memory import Memory
from generator.model import FileDraft

_PATIENT = (100_000, 50, 50)
"""When to look for objects that hold each other. A library is a million small ones that stay, and
Python would look through them again and again, for up to a fifth of a stage's time."""

_MORE_PATIENT = (1_000_000, 50, 50)
"""The same where a build before has made most: what is left to do takes less memory than it did."""


class Build:
    """From the first file that is written to the site as a whole."""

    def __init__(self, project: Path, site: Path, held: Held | None = None) -> None:
        """Take the project's folder, and that in which the site stands or shall stand.

        `held` is what the build before this one had at hand, if this process made it. Raises
        OSError where nothing can be written.
        """
        # Where a link leads: it would not be a link any more when a new folder takes its place.
        self.site = Path(os.path.realpath(site))
        self._store = Store(project / CACHE, stamp())
        self._store.tidy()
        self.memory: Memory = held.over(self._store) if held else self._store
        self._placing = Placing(self.site, self._store.folder / "locks")
        self._aside: Aside | None = self._placing.aside()
        self.folder = self._aside.folder
        """Where to write what belongs to the site."""
        self._threshold = gc.get_threshold()
        gc.set_threshold(*_PATIENT)

    def expect_little(self) -> None:
        """Take time from looking after memory: most of what is made was made before."""
        gc.set_threshold(*_MORE_PATIENT)

    def publish(
        self,
        wanted: Iterable[Wanted],
        last: Callable[[Published], Iterable[Wanted]],
        known: Known,
    ) -> Published:
        """Make what is wanted and is not there yet, and let it be the site: see `publish`."""
        if self._aside is None:
            raise RuntimeError("a build is published once")
        try:
            return publish(self._placing, self._aside, self._store, wanted, last, known)
        finally:
            self.abandon()

    def show(self, left_out: Container[str]) -> list[str]:
        """Let what the builder wrote stand in the site before it is published.

        Returns the paths of these files, without those that are `left_out`. Raises OSError.
        """
        shown = [path for path in files_in(self.folder) if path not in left_out]
        for path in shown:
            self.put(path, (self.folder / path).read_bytes())
        return shown

    def put(self, path: str, content: bytes) -> None:
        """Let one file stand in the site before it is published. Raises OSError."""
        if self._aside:
            self._placing.put(self._aside, path, content)

    def abandon(self) -> None:
        """Leave the site as it is; what was written for it goes."""
        if self._aside:
            self._aside.close()
            # All that there is becomes old, or it would be looked through right now.
            gc.freeze()
            gc.unfreeze()
            gc.set_threshold(*self._threshold)
        self._aside = None


def wanted_files(drafts: Iterable[FileDraft]) -> Iterator[Wanted]:
    """Say of files, which stand as they are made, that they are wanted."""
    for draft in drafts:
        yield Wanted(draft.path, draft.key, partial(_made, draft))


def _made(draft: FileDraft) -> Made:
    return Made(draft.make())
