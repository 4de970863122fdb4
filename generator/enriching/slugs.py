"""Give each paper the last part of its address, for ever.

A slug is made from the title alone, so that it does not change when a file is renamed or papers
move about. Where papers of several digests would share one, the paper of the oldest digest keeps
it and the others get their digest's date behind it: a new digest moves no old paper. Where they
stand in one digest, none has a better right to it: each gets a hash of its own text, and no
address ever comes to show another paper because of an edit elsewhere.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import count
from typing import NamedTuple

LENGTH = 80
"""Most characters of a slug made from a title; it is cut between words."""

LONGEST_TAG = 60
"""Most characters of a tag's slug."""

_LOOK_AT = 1000

RESERVED = frozenset(
    {"con", "prn", "aux", "nul", "index", "page", "404"}
    | {f"{device}{number}" for device in ("com", "lpt") for number in range(10)}
    | {f"bs-{part}" for part in ("acts", "entry", "filters", "keys", "offering", "sharing", "word")}
)
"""Names that are no folder on Windows, that are pages of ours, or parts of a page (its ids)."""


class Claim(NamedTuple):
    """What decides about a paper's slug. Claims are served in their own order."""

    day: date
    """Of the oldest digest that lists the paper."""
    digest: str
    """That digest's slug."""
    base: str
    fingerprint: str


def base_slug(title: str, fingerprint: str) -> str:
    """Make a slug from a title: lower-case ASCII words joined by hyphens, never empty."""
    from slugify import slugify  # Heavy, and not needed for what is known already.

    slug = slugify(
        # No more is looked at: the rest cannot count, and a flood of accents would take long.
        title[:_LOOK_AT],
        max_length=LENGTH,
        word_boundary=True,
        save_order=True,
        # Titles are plain text: "&#99;" is five characters, not a "c".
        entities=False,
        decimal=False,
        hexadecimal=False,
        replacements=[("C++", "c-plus-plus"), ("C#", "c-sharp")],
    )
    if not slug:
        return f"paper-{fingerprint[:8]}"
    return f"paper-{slug}" if slug in RESERVED else slug


def fingerprint_of(title: str, abstract: str) -> str:
    """Return 64 hexadecimal digits that depend on a paper's text only."""
    text = f"{title}\n\n{abstract}".encode("utf-8", "surrogatepass")
    return hashlib.sha256(text).hexdigest()


def tag_slug(name: str) -> str:
    """Make a slug of any name; never empty, and C, C++, C#, F#, .NET, A* and Q* differ."""
    from slugify import slugify

    spoken = re.sub(r"(?<!\w)\.(?=\w)", "dot ", name)
    for sign, words in (("++", " plus plus "), ("+", " plus "), ("#", " sharp "), ("*", " star ")):
        spoken = spoken.replace(sign, words)
    # A name is plain text: "&#99;" is five characters, not a "c".
    slug = slugify(spoken, entities=False, decimal=False, hexadecimal=False)
    if slug and slug not in RESERVED and len(slug) <= LONGEST_TAG:
        return slug
    mark = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    start = slugify(slug, max_length=LONGEST_TAG - len(mark) - 1, word_boundary=True)
    return f"{start or 'tag'}-{mark}"


def assign_slugs(claims: Iterable[Claim]) -> dict[Claim, str]:
    """Give every claim a slug of its own.

    The result depends on the set of claims only, not on their order.
    """
    taken: dict[str, Claim] = {}
    waiting = sorted(set(claims))
    rivals = Counter((claim.digest, claim.base) for claim in waiting)
    for claim in waiting:
        alone = rivals[claim.digest, claim.base] == 1
        slug = claim.base
        if not alone or slug in taken:
            slug = next(choice for choice in _choices(claim, alone=alone) if choice not in taken)
        taken[slug] = claim
    return {claim: slug for slug, claim in taken.items()}


def _choices(claim: Claim, *, alone: bool) -> Iterator[str]:
    if alone:
        yield claim.base
        yield f"{claim.base}-{claim.day.isoformat()}"
    yield f"{claim.base}-{claim.fingerprint[:8]}"
    # Only papers that are equal in every word come here.
    for number in count(2):
        yield f"{claim.base}-{claim.fingerprint[:8]}-{number}"
