"""What has probably taken the place of a page that is no longer there.

Only addresses are known of what was published, and they are made of titles, names and days. A
page that was not published before is the likeliest: it is how a mended title shows.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

import msgspec

from generator.permalinks.ledger import Ledger
from generator.permalinks.permanent import KINDS, of_kind

_MOST = 100
"""Addresses of a kind for which a place is looked for: who lost more has lost a folder."""

_LIKE = 72.0
"""Likeness of 100 at which a page that is new is the one that was meant."""
_SAME = 88.0
"""The same for a page that was there before."""

_BEHIND = re.compile(r"(?:-\d{4}-\d\d-\d\d|-[0-9a-f]{8})(?:-\d+)?$")
"""What papers of one title are told apart by."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Guess(msgspec.Struct, frozen=True):
    """A page in whose place another may have come."""

    address: str
    sure: bool
    """Whether it can be written down unseen, to be looked at afterwards."""


def guesses(
    lost: Sequence[str], existing: Collection[str], ledger: Ledger
) -> dict[str, Guess | None]:
    """Return for each address what is likeliest to be there now; nothing if nothing is like it."""
    found: dict[str, Guess | None] = dict.fromkeys(lost)
    known = ledger.lines()
    for first in KINDS:
        missing = sorted(of_kind(lost, first))
        if not missing:
            continue
        there = {address: _words(address) for address in sorted(of_kind(existing, first))}
        new = {address: words for address, words in there.items() if address not in known}
        for address in missing[:_MOST]:
            if first == "digests":
                found[address] = _of_day(address, there, new)
            else:
                found[address] = _like(address, there, new)
        if len(missing) == len(new) == 1 and first == "papers" and not found[missing[0]]:
            found[missing[0]] = Guess(next(iter(new)), sure=False)
    return found


def _of_day(address: str, there: Mapping[str, str], new: Mapping[str, str]) -> Guess | None:
    """Find the digest of a day by another name."""
    day = _DAY.search(address)
    if not day:
        return None
    for among in (new, there):
        same = [each for each in among if day[0] in each]
        if same:
            return Guess(same[0], sure=len(same) == 1)
    return None


def _like(address: str, there: Mapping[str, str], new: Mapping[str, str]) -> Guess | None:
    """Find what has nearly the same words, in any order; of tags also what shares most."""
    from rapidfuzz import fuzz, process  # Heavy, and needed on bad days only.

    plain = _BEHIND.sub("", address[:-1])
    if f"{plain}/" in there:
        return Guess(f"{plain}/", sure=True)
    words = _words(address)
    for among, enough in ((new, _LIKE), (there, _SAME)):
        best = process.extractOne(words, among, scorer=fuzz.ratio, score_cutoff=enough)
        if best:
            return Guess(best[2], sure=True)
    if address.startswith("tags/"):
        best = process.extractOne(words, there, scorer=fuzz.token_set_ratio, score_cutoff=_SAME)
        return Guess(best[2], sure=False) if best else None
    return None


def _words(address: str) -> str:
    return " ".join(sorted(address.split("/")[1].split("-")))
