"""One build of a site on disk, whatever builds the pages around ours.

Where the site's files wait until all of them are there, what is remembered from the build before,
and what has to be made at all is the business of `caching`; this module brings it together.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from generator.caching import Aside, Known, Made, Placing, Published, Store, Wanted, publish, stamp
from generator.folders import CACHE
from generator.model import FileDraft

_PATIENT = (100_000, 50, 50)
"""When to look for objects that hold each other. A library is a million small ones that stay, and
Python would look through them again and again, for up to a fifth of a stage's time."""


class Build:
    """From the first file that is written to the site as a whole."""

    def __init__(self, project: Path, site: Path) -> None:
        """Take the project's folder, and that in which the site stands or shall stand.

        Raises OSError where nothing can be written.
        """
        # Where a link leads: it would not be a link any more when a new folder takes its place.
        self.site = Path(os.path.realpath(site))
        self.memory = Store(project / CACHE, stamp())
        self.memory.tidy()
        self._placing = Placing(self.site, self.memory.folder / "locks")
        self._aside: Aside | None = self._placing.aside()
        self.folder = self._aside.folder
        """Where to write what belongs to the site."""
        self._threshold = gc.get_threshold()
        gc.set_threshold(*_PATIENT)

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
            return publish(self._placing, self._aside, self.memory, wanted, last, known)
        finally:
            self.abandon()

    def abandon(self) -> None:
        """Leave the site as it is; what was written for it goes."""
        if self._aside:
            self._aside.close()
            gc.set_threshold(*self._threshold)
        self._aside = None


def wanted_files(drafts: Iterable[FileDraft]) -> Iterator[Wanted]:
    """Say of files, which stand as they are made, that they are wanted."""
    for draft in drafts:
        yield Wanted(draft.path, draft.key, partial(_made, draft))


def _made(draft: FileDraft) -> Made:
    return Made(draft.make())
