"""What stands in a site's folder: which files are still as they were left, and which are others.

Somebody may have cleaned, copied or edited the site since. So every file that is known is looked
at, by its path. But its folder is listed only if something may have come or gone there, which the
folder's own times tell: to list all of them takes as long as to look at all files.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from stat import S_ISDIR

import msgspec

from generator.caching.manifest import Entry, Folder, Manifest, content_digest

_UNSURE: Folder = (0, 0)
"""In the place of times that tell nothing."""

_TICK = 2_000_000_000
"""Nanoseconds for which a file system may give the same time again: FAT's are the longest."""


class Inventory(msgspec.Struct):
    """All files of a site, by path in it."""

    left: dict[str, Entry]
    """Those that are as they were left."""
    others: set[str]
    """Those that are not known, or not as they were. Links are told, not followed."""
    folders: dict[str, Folder]
    """All folders, with times that will be others when something has come or gone in them."""


def take(site: Path, known: Manifest, now: int, hidden: str) -> Inventory:
    """Look through a site, of which a manifest may know.

    `now` is a time before this, by the file system's clock. What begins with `hidden` is no part
    of the site.
    """
    folders = _still_there(site, known.folders or {"": _UNSURE})
    lost = tuple(f"{path}/" for path in known.folders.keys() - folders.keys())
    left, others = {}, set()
    for path, entry in known.entries.items():
        if lost and path.startswith(lost):  # There may be a link, and the file where it leads.
            continue
        place = f"{site}/{path}"
        try:
            file = os.lstat(place)
        except OSError:
            continue
        if file.st_size == entry.size and (
            file.st_mtime_ns == entry.changed or _has_content(place, entry.content)
        ):
            left[path] = entry
        elif not S_ISDIR(file.st_mode):
            others.add(path)
    changed = [path for path, times in folders.items() if times != known.folders.get(path)]
    others.update(path for path in _listed(site, changed, folders, hidden) if path not in left)
    sure = {path: _sure(times, now) for path, times in folders.items()}
    # These will be removed; should that fail, they have to be found again.
    sure.update((path.rpartition("/")[0], _UNSURE) for path in others)
    return Inventory(left, others, sure)


def folders_of(site: Path, paths: Iterable[str], now: int) -> dict[str, Folder]:
    """Return the folders of a site that has these files and nothing else, as `Inventory` has."""
    folders = {"": _UNSURE}
    add_folders(folders, paths)
    return {path: _sure(times, now) for path, times in _still_there(site, folders).items()}


def add_folders(folders: dict[str, Folder], paths: Iterable[str]) -> None:
    """Note the folders of new files, whose times are not known."""
    for path in paths:
        above = path.rpartition("/")[0]
        if above not in folders:
            add_folders(folders, [above])
            folders[above] = _UNSURE


def _still_there(site: Path, known: Iterable[str]) -> dict[str, Folder]:
    """Return those of some folders that are there, with their times; each after those above it."""
    found: dict[str, Folder] = {}
    for path in known:
        # What is behind a link is not in the site, even if it was before and only moved there.
        if not path or path.rpartition("/")[0] in found:
            times = _times(f"{site}/{path}")
            if times:
                found[path] = times
    return found


def _times(folder: str) -> Folder | None:
    try:
        found = os.lstat(folder)
    except OSError:
        return None
    # Anybody can set the first, and not every system has the second.
    return (found.st_mtime_ns, found.st_ctime_ns) if S_ISDIR(found.st_mode) else None


def _sure(times: Folder, now: int) -> Folder:
    """Return a folder's times, unless one just as they are could follow a change."""
    return times if max(times) + _TICK < now else _UNSURE


def _listed(site: Path, folders: list[str], known: dict[str, Folder], hidden: str) -> Iterator[str]:
    """Yield all files in these folders, and in those in them that are not known yet."""
    while folders:
        folder = folders.pop()
        begin = f"{folder}/" if folder else ""
        with os.scandir(f"{site}/{folder}") as entries:
            for each in entries:
                path = f"{begin}{each.name}"
                if path.startswith(hidden):
                    continue
                if not each.is_dir(follow_symlinks=False):
                    yield path
                elif path not in known and (times := _times(each.path)):
                    known[path] = times
                    folders.append(path)


def _has_content(place: str, digest: bytes) -> bool:
    path = Path(place)
    try:
        return not path.is_symlink() and content_digest(path.read_bytes()) == digest
    except OSError:
        return False
