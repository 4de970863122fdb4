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
from generator.caching.inventory import add_folders, folders_of
from generator.caching.manifest import Entry, Manifest, content_digest, files_in
from generator.caching.placing import Placing, is_large
from generator.caching.store import Store


class Made(msgspec.Struct, frozen=True):
    """A file's content, and the day that the sitemap gives for it, if it is a page."""

    content: bytes
    updated: date | None = None
    has_remark: bool = False
    """Whether something was said of it to whoever builds: the next build has to say it again."""


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
        work = _Work(placing, aside, before)
        # The mark must be that of the site too: a build may have been stopped when the site was
        # there and not yet all of its memory, and what was changed since may be as it was before.
        same = known.paths if before.mark == known.mark else ()
        if not same or not work.keep(same):
            for each in wanted:
                work.take(each)
            for each in last(work.done):
                work.take(each)
        work.take_builders()
        gone = (work.left.keys() | work.others) - work.entries.keys()
        if work.new or gone:
            manifests.forget(store, placing.site)
            kept = work.entries.keys() - work.new
            work.note_folders(bool(kept))
            placing.place(aside, work.new, gone, kept)
        after = Manifest(before.folder, work.entries, known.mark, work.folders)
        manifests.save(store, after)
        return work.done


class _Work:
    """The files of the new site as they become known."""

    def __init__(self, placing: Placing, aside: Aside, before: Manifest) -> None:
        found = placing.found(before, aside.begun)
        self.entries: dict[str, Entry] = {}
        self.new: set[str] = set()
        self.done = Published()
        self.left = found.left
        self.others = found.others
        self.folders = found.folders
        self._aside = aside
        self._builders = files_in(aside.folder)

    def keep(self, paths: Sequence[str]) -> bool:
        """Keep all of these files as they are, if that is how they were left."""
        kept = {path: known for path in paths if (known := self.left.get(path)) and known.key}
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
        known = self.left.get(path)
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
        key = b"" if made.has_remark else wanted.key
        self.entries[path] = Entry(key, digest, size, changed, made.updated)

    def take_builders(self) -> None:
        """Take in what the builder wrote, where it differs from what is there."""
        for path, left in self._builders.items():
            digest = content_digest((self._aside.folder / path).read_bytes())
            known = self.left.get(path)
            if known and known.content == digest:
                self.entries[path] = known
            else:
                self.entries[path] = Entry(b"", digest, left.st_size, left.st_mtime_ns)
                self.new.add(path)

    def note_folders(self, is_old: bool) -> None:
        """Note what folders the site will have."""
        if is_old:
            # What changes in the others is seen by the next build.
            add_folders(self.folders, self.new)
        else:
            now = max((entry.changed for entry in self.entries.values()), default=0)
            self.folders = folders_of(self._aside.folder, self.entries, now)
