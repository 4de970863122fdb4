"""The feed of what has moved: who subscribed to a tag by its old name goes on hearing of it.

A program that fetches a feed does not follow a page's refresh, so the feed itself stands at the
old address as well. It says in itself where it belongs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from generator.model import FileDraft

_FEED = "feed.xml"


def with_old_feeds(drafts: Iterable[FileDraft], moved: Mapping[str, str]) -> Iterator[FileDraft]:
    """Yield all files, and those feeds again whose page had another address before."""
    before: dict[str, list[str]] = defaultdict(list)
    for address, target in sorted(moved.items()):
        before[target].append(address)
    for draft in drafts:
        yield draft
        folder, _, name = draft.path.rpartition("/")
        if name == _FEED:
            for address in before.get(f"{folder}/", ()):
                yield replace(draft, path=f"{address}{name}")
