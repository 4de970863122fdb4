"""What is known of papers, found by title and beginning, and put beside what digests say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import msgspec
from msgspec.structs import replace

from generator.enriching.repeats import fold
from generator.model import Digest, Found, Problem, Record, Severity

_BEGINS = 120
"""Characters of an abstract that tell a paper from another one of the same title."""
_SAME = 80.0
"""Similarity, of 100, from which two beginnings are those of one abstract."""


class Identity(msgspec.Struct, frozen=True):
    """What was found of one paper, or that nothing was."""

    title: str
    """As the digest has it."""
    begins: str
    """How its abstract begins there."""
    looked_up: date
    score: float
    """How alike the best answer was, of 100."""
    arxiv: str | None = None
    """None if no answer was near enough; then there is nothing else either."""
    doi: str | None = None
    authors: tuple[str, ...] = ()
    published: date | None = None
    """The day of the first version."""
    source: str = ""
    """Where that was read: an address."""
    refused: tuple[str, ...] = ()
    """Identifiers of which a person has said that they are another paper's."""


class Identities:
    """All identities, found by the papers that they are of."""

    def __init__(self, known: Iterable[Identity] = ()) -> None:
        """Take identities; of two of one paper the later one counts."""
        self._by_title: dict[str, list[Identity]] = defaultdict(list)
        for identity in known:
            self.add(identity)

    def add(self, identity: Identity) -> None:
        """Take in an identity, in the place of an earlier one of the same paper."""
        key = fold(identity.title)
        kept = [each for each in self._by_title[key] if not _alike(each.begins, identity.begins)]
        self._by_title[key] = [*kept, identity]

    def of(self, record: Record) -> Identity | None:
        """Return what is known of a paper."""
        if not self._by_title:
            return None
        found = self._by_title.get(fold(record.title), ())
        start = begins(record)
        near = [each for each in found if _alike(each.begins, start)]
        if len(near) > 1:
            near.sort(key=lambda each: (-_likeness(each.begins, start), each.begins))
        return near[0] if near else None

    def __iter__(self) -> Iterator[Identity]:
        """Go through all, in the order of titles, which is that of the file."""
        for key in sorted(self._by_title):
            yield from sorted(self._by_title[key], key=_by_beginning)


def begins(record: Record) -> str:
    """Return the beginning of a paper's abstract, as an identity keeps it."""
    return " ".join(record.abstract.split())[:_BEGINS].strip()


def identified(digest: Digest, identities: Identities) -> Digest:
    """Return a digest with what is known of its papers beside what it says itself.

    Where it names another identifier than the identity, that is left out, with a problem.
    """
    records: list[Record] = []
    problems: list[Problem] = []
    for record in digest.records:
        known = identities.of(record)
        if known is None or known.arxiv is None:
            records.append(record)
        elif record.arxiv not in (None, known.arxiv):
            problems.append(_contradicts(record, known))
            records.append(record)
        else:
            found = Found(known.arxiv, known.doi, known.authors, known.published)
            records.append(replace(record, found=found))
    if tuple(records) == digest.records and not problems:
        return digest
    return replace(
        digest,
        records=tuple(records),
        problems=tuple(sorted((*digest.problems, *problems))),
        marks=(),
    )


def all_of(digests: Sequence[Digest]) -> list[tuple[Digest, Record]]:
    """Return all papers of digests with a day, newest digest first."""
    dated = [digest for digest in digests if digest.date is not None]
    dated.sort(key=lambda digest: (digest.date or date.min, digest.slug), reverse=True)
    return [(digest, record) for digest in dated for record in digest.records]


def _alike(one: str, other: str) -> bool:
    return one == other or _likeness(one, other) >= _SAME


def _likeness(one: str, other: str) -> float:
    from rapidfuzz import fuzz

    return fuzz.ratio(fold(one), fold(other))


def _by_beginning(identity: Identity) -> str:
    return identity.begins


def _contradicts(record: Record, known: Identity) -> Problem:
    return Problem(
        record.source,
        Severity.WARNING,
        f"this paper is arXiv:{record.arxiv} here and arXiv:{known.arxiv} in identities.yml; "
        "what stands here counts",
        "Mend the one that is wrong; in identities.yml, make the `arxiv` of the entry a `not`.",
        "B502",
    )
