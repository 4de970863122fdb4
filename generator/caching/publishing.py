"""Makes a site of what a builder wrote and of what is wanted besides, and makes no file twice.

A file whose key is that of the build before, and which still lies there as it was left, stays
where it is. The rest is written aside and moves in when all of it is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

import msgspec

from generator.caching import manifest as manifests
from generator.caching.aside import Aside
from generator.caching.manifest import Entry, content_digest, files_in, is_as_left
from generator.caching.placing import Placing, is_large
from generator.caching.store import Store


class Made(msgspec.Struct, frozen=True):
    """A file's content, and the day that the sitemap gives for it, if it is a page."""

    content: bytes
    updated: date | None = None


class Wanted(msgspec.Struct, frozen=True):
    """A file of the site: its path in it, a digest of what it rests on, and how it is made."""

    path: str
    key: bytes
    make: Callable[[], Made]


class Known(msgspec.Struct, frozen=True):
    """What a build knows before it asks what is wanted."""

    mark: bytes = b""
    """Of all that the build rests on; it is left with the site."""
    paths: Sequence[str] = ()
    """All files that a build of the same mark wanted, if that is known."""


class Published(msgspec.Struct):
    """What became of the files that were wanted."""

    made: int = 0
    kept: int = 0
    twice: list[str] = []
    """Paths at which the builder had written a file of its own; the wanted one stands there."""
    days: dict[str, date | None] = {}
    """By path, in the order in which they were wanted."""


def publish(
    placing: Placing,
    aside: Aside,
    store: Store,
    wanted: Iterable[Wanted],
    last: Callable[[Published], Iterable[Wanted]],
    known: Known | None = None,
) -> Published:
    """Make what is wanted, then what can only be made `last`, and let it be the site.

    What stands in the folder aside already belongs to the site as well. If the site is one of the
    mark that is known, and its files are as they were left, `wanted` is not even asked. Raises
    OSError if the site cannot be written: the old one stays.
    """
    known = known or Known()
    with placing.alone():
        before = manifests.load(store, placing.site)
        if is_large(len(before.entries)):
            aside.loosen()
        work = _Work(placing, aside, before.entries)
        # The mark must be that of the site too: a build may have been stopped when the site was
        # there and not yet all of its memory, and what was changed since may be as it was before.
        same = known.paths if before.mark == known.mark else ()
        if not same or not work.keep(same):
            for each in wanted:
                work.take(each)
            for each in last(work.done):
                work.take(each)
        work.take_builders()
        gone = work.found.keys() - work.entries.keys()
        if work.new or gone:
            manifests.forget(store, placing.site)
            kept = work.entries.keys() - work.new
            placing.place(aside, work.new, gone, kept)
        manifests.save(store, placing.site, work.entries, known.mark)
        return work.done


class _Work:
    """The files of the new site as they become known."""

    def __init__(self, placing: Placing, aside: Aside, before: dict[str, Entry]) -> None:
        self.entries: dict[str, Entry] = {}
        self.new: set[str] = set()
        self.done = Published()
        self.found = placing.found()
        self._site = placing.site
        self._aside = aside
        self._before = before
        self._builders = files_in(aside.folder)

    def keep(self, paths: Sequence[str]) -> bool:
        """Keep all of these files as they are, if that is how they were left."""
        kept = {path: known for path in paths if (known := self._left(path))}
        if len(kept) < len(paths):
            return False
        self.done.twice += [path for path in paths if self._builders.pop(path, None)]
        self.done.kept = len(paths)
        self.entries |= kept
        return True

    def take(self, wanted: Wanted) -> None:
        """Keep a file of the old site, or make it."""
        path = wanted.path
        if self._builders.pop(path, None):
            self.done.twice.append(path)
        known = self._left(path)
        if known and known.key == wanted.key:
            self.entries[path] = known
            self.done.kept += 1
            self.done.days[path] = known.updated
            return
        made = wanted.make()
        self.done.made += 1
        self.done.days[path] = made.updated
        digest = content_digest(made.content)
        if known and known.content == digest:
            size, changed = known.size, known.changed
        else:
            left = self._aside.write(path, made.content)
            size, changed = left.st_size, left.st_mtime_ns
            self.new.add(path)
        self.entries[path] = Entry(wanted.key, digest, size, changed, made.updated)

    def take_builders(self) -> None:
        """Take in what the builder wrote, where it differs from what is there."""
        for path, left in self._builders.items():
            digest = content_digest((self._aside.folder / path).read_bytes())
            known = self._left(path)
            if known and known.content == digest:
                self.entries[path] = known
            else:
                self.entries[path] = Entry(b"", digest, left.st_size, left.st_mtime_ns)
                self.new.add(path)

    def _left(self, path: str) -> Entry | None:
        known = self._before.get(path)
        if known and is_as_left(known, self.found.get(path), self._site, path):
            return known
        return None
