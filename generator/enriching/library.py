"""Bring digests together into one library.

This module tells the whole story of enriching; the rules stand in the modules that it calls.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.enriching.desk import Desk
from generator.enriching.kept import Sign
from generator.enriching.repeats import group_repeats
from generator.enriching.slugs import Claim, assign_slugs
from generator.enriching.vocabulary import Vocabulary
from generator.memory import FORGETFUL, Memory
from generator.model import (
    Appearance,
    Digest,
    Issue,
    Library,
    Paper,
    Problem,
    Record,
    Severity,
    Source,
)


def build_library(
    digests: Iterable[Digest], vocabulary: Vocabulary, memory: Memory = FORGETFUL
) -> Library:
    """Make a library of digests and a vocabulary.

    Digests without a date are left out: reading has said why. The problems of the digests come
    with the library, followed by those that show only when digests come together.
    """
    everything = sorted(digests, key=_by_path)
    dated, problems = in_order(everything)
    records = [record for digest in dated for record in digest.records]
    home = [digest for digest in dated for _ in digest.records]
    desk = Desk(dated, vocabulary, memory)
    signs = [desk.sign(index) for index in range(len(records))]
    groups, doubtful = group_repeats(records, [sign.title for sign in signs])

    claims = [_claim(signs[group[0]], home[group[0]]) for group in groups]
    slugs = assign_slugs(claims)
    papers: dict[str, Paper] = {}
    slug_of = [""] * len(records)
    twins: dict[str, int] = {}
    for group, claim in zip(groups, claims, strict=True):
        slug = slugs[claim]
        twins[slug] = number = twins.get(slug, 0) + 1
        slug = _free(slug, number, papers)
        appearances = tuple([Appearance(home[i].slug, records[i].source) for i in group])
        papers[slug] = desk.paper(slug, group, appearances)
        for index in group:
            slug_of[index] = slug
    desk.put_away()

    issues = []
    end = 0
    for digest in dated:
        start, end = end, end + len(digest.records)
        here = slug_of[start:end]
        doubtful += _listed_twice(digest, here)
        if digest.date is not None and here:
            once = tuple(dict.fromkeys(here))
            issues.append(Issue(digest.slug, digest.date, digest.path, once, tuple(here)))
    return Library(
        issues=tuple(reversed(issues)),
        papers=papers,
        tags=desk.tags,
        problems=(
            *(problem for digest in everything for problem in digest.problems),
            *problems,
            *doubtful,
            *desk.problems,
        ),
    )


def in_order(digests: Iterable[Digest]) -> tuple[list[Digest], list[Problem]]:
    """Return the digests that a library shows, oldest first, and why it does not show others.

    Of those without a day reading has said why.
    """
    by_path = sorted(digests, key=_by_path)
    return _with_own_address(sorted(filter(_has_day, by_path), key=_by_day))


def _has_day(digest: Digest) -> bool:
    return digest.date is not None


def _by_path(digest: Digest) -> str:
    return digest.path


def _by_day(digest: Digest) -> tuple[str, str]:
    """Oldest first; of one day, in the order of the file names."""
    return (digest.date.isoformat() if digest.date else "", digest.slug)


def _with_own_address(digests: Sequence[Digest]) -> tuple[list[Digest], list[Problem]]:
    """Leave out digests that would stand at the address of another."""
    kept: dict[str, Digest] = {}
    problems = []
    for digest in digests:
        first = kept.setdefault(digest.slug, digest)
        if first is not digest:
            problems.append(
                Problem(
                    Source(digest.path, 1),
                    Severity.ERROR,
                    f"this digest has the address of {first.path}, digests/{digest.slug}/; "
                    "it was left out",
                    f"Give it other words behind the date, e.g. {digest.slug}-more.txt",
                    "B408",
                )
            )
    return list(kept.values()), problems


def _claim(sign: Sign, digest: Digest) -> Claim:
    if digest.date is None:
        raise ValueError(f"{digest.path} has no date")
    return Claim(digest.date, digest.slug, sign.base, sign.fingerprint)


def _free(slug: str, number: int, papers: dict[str, Paper]) -> str:
    """Tell apart papers that are equal in every word but were kept apart by identifier."""
    candidate = slug if number == 1 else f"{slug}-{number}"
    while candidate in papers:
        number += 1
        candidate = f"{slug}-{number}"
    return candidate


def _listed_twice(digest: Digest, slugs: Sequence[str]) -> list[Problem]:
    first: dict[str, Record] = {}
    problems = []
    for record, slug in zip(digest.records, slugs, strict=True):
        before = first.setdefault(slug, record)
        if before is not record:
            problems.append(
                Problem(
                    record.source,
                    Severity.WARNING,
                    f"this paper stands in the same digest already, at line {before.source.line}; "
                    "it is shown once",
                    "Take one of the two out.",
                    "B404",
                )
            )
    return problems
