"""The reader's own pages: saved, read, and new since the last visit.

Which papers they list is known in the reader's browser alone, so the pages are frames that
overrides/assets/javascripts/queue.js fills. The list of digests, a small file of its own, lets
the scripts tell at each visit what has come since the one before.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.model import Draft, FileDraft, Page, PageDraft
from generator.writing import addresses
from generator.writing.cards import CardMaker
from generator.writing.catalogue import Catalogue
from generator.writing.data import json_file
from generator.writing.drafts import key_of
from generator.writing.rendering import render
from generator.writing.site import Site

DIGESTS = "digests.json"

_PAGES = (
    (
        addresses.SAVED,
        "Saved",
        "Papers that you keep for later, the last one first. What you save is known in this "
        "browser only; nobody else sees it.",
        "Nothing yet. “Save” stands at every paper.",
    ),
    (
        addresses.READ,
        "Read",
        "Papers that you marked as read, the last one first. What you mark is known in this "
        "browser only; nobody else sees it.",
        "Nothing yet. “Mark read” stands at every paper.",
    ),
    (
        addresses.NEW,
        "New",
        "Papers of digests that have come since your last visit, which ended when you had "
        "opened no page for half an hour. When that was is known in this browser only; "
        "nobody else sees it.",
        "This is your first visit, as far as this browser knows: nothing counts as new yet.",
    ),
)


def queue_drafts(catalogue: Catalogue, site: Site) -> Iterator[PageDraft]:
    """Tell the frames of the reader's own lists."""
    for here, *words in _PAGES:
        make = partial(_frame, catalogue, site, here, *words)
        yield Draft(addresses.document(here), key_of("queue", here, site.name), make)


def _frame(catalogue: Catalogue, site: Site, here: str, name: str, about: str, empty: str) -> Page:
    cards = CardMaker(catalogue, here)
    return render(
        here,
        "queue",
        title=name,
        description=f"{name}: the reader’s own list on {site.name}.",
        updated=None,
        scripts=("queue",) if here == addresses.NEW else ("queue", "carry"),
        name=name,
        kind=here.rstrip("/"),
        about=about,
        empty=empty,
        lists=[(other, cards.to(address), address == here) for address, other, *_ in _PAGES],
        home=cards.to(addresses.HOME),
    )


def digests_draft(catalogue: Catalogue) -> FileDraft:
    """Tell the file from which scripts know which digests there are."""
    slugs = [issue.slug for issue in catalogue.library.issues]
    content = {"version": 1, "digests": slugs}
    return Draft(DIGESTS, key_of("digests", slugs), partial(json_file, content))
