"""Which files a site has, and what each rests on: an unchanged one need not be made again.

A file is taken over only if it is still there as it was left: same size and time of change, or at
least the same content (see `inventory`).
"""

from __future__ import annotations

import hashlib
import os
from datetime import date
from pathlib import Path

import msgspec

from generator.caching.store import Store

_SITES = 4
"""Sites that are known at once: the one that is published, and previews."""


class Entry(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A file of the site as it was left."""

    key: bytes
    """Digest of all that its content rests on; of the content itself where that is all there is.

    Nothing, if it is to be made again whatever it rests on.
    """
    content: bytes
    """Digest of the content."""
    size: int
    changed: int
    """Nanoseconds, as the file system has it."""
    updated: date | None = None
    """Day of a page, for the sitemap."""


Folder = tuple[int, int]
"""When a folder's list of files was changed, and when anything of it: nanoseconds, as above."""


class Manifest(msgspec.Struct, frozen=True):
    """All files of a site, by their path in it."""

    folder: bytes
    """The site's folder; a manifest of another one is worth nothing."""
    entries: dict[str, Entry] = {}
    mark: bytes = b""
    """Of all that the build rested on."""
    folders: dict[str, Folder] = {}
    """All of its folders, by path, each after that in which it is."""


def load(store: Store, site: Path) -> Manifest:
    """Return what is known of a site's files: nothing if the site is new or the memory is bad."""
    nothing = Manifest(os.fsencode(site))
    kept = store.recall(_name(nothing.folder))
    if kept is None:
        return nothing
    try:
        manifest = msgspec.msgpack.decode(kept, type=Manifest)
    except (msgspec.DecodeError, ValueError):
        return nothing
    return manifest if manifest.folder == nothing.folder else nothing


def save(store: Store, manifest: Manifest) -> None:
    """Keep this for the next build; of the manifests of other sites only the latest stay."""
    try:
        content = msgspec.msgpack.encode(manifest)
    except UnicodeEncodeError:  # A file whose name is no text on this system.
        return
    store.remember(_name(manifest.folder), content)
    store.thin_out("site-*", _SITES)


def forget(store: Store, site: Path) -> None:
    """Say that the site's files are not known, for as long as they are being changed."""
    store.forget(_name(os.fsencode(site)))


def content_digest(content: bytes) -> bytes:
    """Return what tells a content from any other."""
    # As a store's seal: for a clean build it goes through all of the site.
    return hashlib.sha256(content).digest()[:16]


def files_in(folder: Path) -> dict[str, os.stat_result]:
    """Return all files of a folder, by path in it, with what the file system knows of them.

    Links are told, not followed: whatever stands where a file should be is not that file.
    """
    found: dict[str, os.stat_result] = {}
    if folder.is_dir():
        _walk(str(folder), "", found)
    return found


def _walk(folder: str, prefix: str, found: dict[str, os.stat_result]) -> None:
    with os.scandir(folder) as entries:
        for each in entries:
            if each.is_dir(follow_symlinks=False):
                _walk(each.path, f"{prefix}{each.name}/", found)
            else:
                found[prefix + each.name] = each.stat(follow_symlinks=False)


def _name(folder: bytes) -> str:
    return f"site-{hashlib.blake2b(folder, digest_size=8).hexdigest()}"
