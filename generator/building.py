"""One build of a site on disk, whatever builds the pages around ours.

Where the site's files wait until all of them are there, what is remembered from the build before,
and what has to be made at all is the business of `caching`; this module brings it together. Where
nothing can stand beside the site, it is built in place, and all of it.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from generator.caching import Aside, Made, Placing, Published, Store, Wanted, publish, stamp
from generator.folders import CACHE
from generator.model import FileDraft

log = logging.getLogger("mkdocs.plugins.broadsheet")

_PATIENT = (100_000, 50, 50)
"""When to look for objects that hold each other. A library is a million small ones that stay, and
Python would look through them again and again, for up to a fifth of a stage's time."""


class Build:
    """From the first file that is written to the site as a whole."""

    def __init__(self, project: Path, site: Path) -> None:
        """Take the project's folder, and that in which the site stands or shall stand."""
        self.site = site.absolute()
        self.memory = Store(project / CACHE, stamp())
        self._threshold = gc.get_threshold()
        gc.set_threshold(*_PATIENT)
        self._placing = Placing(self.site, self.memory.folder / "locks")
        self._aside: Aside | None = None
        try:
            self._aside = self._placing.aside()
        except OSError as error:
            log.info(
                "broadsheet: nothing can be built beside %s (%s), so it is built in place.",
                self.site,
                error.strerror,
            )

    @property
    def folder(self) -> Path:
        """Where to write what belongs to the site."""
        return self._aside.folder if self._aside else self.site

    def publish(
        self,
        wanted: Iterable[Wanted],
        last: Callable[[Published], Iterable[Wanted]],
        same: Sequence[str] = (),
    ) -> Published:
        """Make what is wanted and is not there yet, and let it be the site: see `publish`."""
        try:
            if self._aside is None:
                return self._in_place(wanted, last)
            return publish(self._placing, self._aside, self.memory, wanted, last, same)
        finally:
            self.abandon()

    def abandon(self) -> None:
        """Leave the site as it is; what was written for it goes."""
        gc.set_threshold(*self._threshold)
        if self._aside:
            self._aside.close()
        self._aside = None

    def _in_place(
        self, wanted: Iterable[Wanted], last: Callable[[Published], Iterable[Wanted]]
    ) -> Published:
        done = Published()
        for each in wanted:
            self._write(each, done)
        for each in last(done):
            self._write(each, done)
        return done

    def _write(self, wanted: Wanted, done: Published) -> None:
        target = self.site / wanted.path
        if target.exists():
            done.twice.append(wanted.path)
        made = wanted.make()
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(made.content)
        done.made += 1
        done.days[wanted.path] = made.updated


def wanted_files(drafts: Iterable[FileDraft]) -> Iterator[Wanted]:
    """Say of files, which stand as they are made, that they are wanted."""
    for draft in drafts:
        yield Wanted(draft.path, draft.key, partial(_made, draft))


def _made(draft: FileDraft) -> Made:
    return Made(draft.make())
