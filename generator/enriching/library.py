"""Bring digests together into one library.

This module tells the whole story of enriching; the rules stand in the modules that it calls.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from generator.enriching.addresses import complete, why_not
from generator.enriching.linkkinds import kind_of
from generator.enriching.links import unique_links
from generator.enriching.readable import readable
from generator.enriching.repeats import fold, group_repeats, short
from generator.enriching.slugs import Claim, assign_slugs, base_slug, fingerprint_of
from generator.enriching.tagging import Tagger
from generator.enriching.vocabulary import Vocabulary, tag_slug
from generator.model import (
    Appearance,
    Digest,
    Given,
    Issue,
    Library,
    Link,
    LinkKind,
    Paper,
    Problem,
    Record,
    Severity,
    Source,
    Tag,
)


def build_library(digests: Iterable[Digest], vocabulary: Vocabulary) -> Library:
    """Make a library of digests and a vocabulary.

    Digests without a date are left out: reading has said why. The problems of the digests come
    with the library, followed by those that show only when digests come together.
    """
    everything = sorted(digests, key=_by_path)
    dated, problems = _with_own_address(sorted(filter(_has_day, everything), key=_by_day))
    records = [record for digest in dated for record in digest.records]
    home = [digest for digest in dated for _ in digest.records]
    groups, doubtful = group_repeats(records)

    claims = [_claim(records[group[0]], home[group[0]]) for group in groups]
    slugs = assign_slugs(claims)
    desk = _Desk(vocabulary)
    papers: dict[str, Paper] = {}
    slug_of: dict[int, str] = {}
    twins: Counter[str] = Counter()
    for group, claim in zip(groups, claims, strict=True):
        twins[slugs[claim]] += 1
        slug = _free(slugs[claim], twins[slugs[claim]], papers)
        appearances = tuple(Appearance(home[i].slug, records[i].source) for i in group)
        papers[slug] = desk.enrich(slug, [records[i] for i in group], appearances)
        slug_of.update(dict.fromkeys(group, slug))

    issues = []
    index = 0
    for digest in dated:
        here = [slug_of[index + offset] for offset in range(len(digest.records))]
        doubtful += _listed_twice(digest, here)
        index += len(digest.records)
        if digest.date is not None and here:
            issues.append(Issue(digest.slug, digest.date, digest.path, tuple(dict.fromkeys(here))))
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
                )
            )
    return list(kept.values()), problems


def _claim(record: Record, digest: Digest) -> Claim:
    fingerprint = fingerprint_of(fold(record.title), fold(record.abstract))
    if digest.date is None:
        raise ValueError(f"{digest.path} has no date")
    return Claim(digest.date, digest.slug, base_slug(record.title, fingerprint), fingerprint)


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
                )
            )
    return problems


class _Desk:
    """Enriches papers one by one and keeps the tags and problems that turn up on the way."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._tagger = Tagger(vocabulary)
        self.tags: dict[str, Tag] = {tag.slug: tag for tag in vocabulary.tags}
        self.problems: list[Problem] = []

    def enrich(
        self, slug: str, records: Sequence[Record], appearances: tuple[Appearance, ...]
    ) -> Paper:
        """Make one paper of its records, oldest digest first: the oldest text, all the keys."""
        oldest = records[0]
        text = readable(oldest)
        paper = Paper(
            slug=slug,
            title=text.title,
            abstract=text.abstract,
            title_marks=text.title_marks,
            abstract_marks=text.abstract_marks,
            mentions=text.mentions,
            acronyms=text.acronyms,
            authors=next((r.authors for r in records if r.authors), ()),
            arxiv=next((r.arxiv for r in records if r.arxiv), None),
            doi=next((r.doi for r in records if r.doi), None),
            notes=tuple(dict.fromkeys(note for r in records for note in r.notes)),
            appearances=appearances,
        )
        given = [link for record in records for link in self._given_links(record)]
        found = [mention.link for mention in text.mentions]
        named = [tag for record in records for tag in self._named_tags(record)]
        supported = self._tagger.tags(oldest.title, oldest.abstract)
        return replace(
            paper,
            links=unique_links([*_identifier_links(paper), *given, *found]),
            tags=tuple(dict.fromkeys([*named, *supported])),
        )

    def _given_links(self, record: Record) -> list[Link]:
        links = []
        for given in record.links:
            text = given.text.rstrip(".,;")
            url = complete(text)
            if url is not None:
                links.append(Link(url, kind_of(url), text))
                continue
            self.problems.append(
                Problem(
                    given.source,
                    Severity.ERROR,
                    f'the link "{short(given.text)}" was left out: {why_not(text)}',
                    "Expected a complete address, e.g. Link: https://github.com/owner/name",
                )
            )
        return links

    def _named_tags(self, record: Record) -> list[str]:
        return [self._named_tag(given) for given in record.tags]

    def _named_tag(self, given: Given) -> str:
        known = self._vocabulary.find(given.text)
        if known is not None:
            return known.slug
        slug = tag_slug(given.text)
        if slug in self.tags:
            return slug
        self.tags[slug] = Tag(slug, given.text, listed=False)
        # Without a vocabulary there is nothing that the name could be missing from.
        if self._vocabulary.tags:
            near = ", ".join(self._vocabulary.nearest(given.text))
            known_names = f"If you mean one of these, write it so: {near}. " if near else ""
            self.problems.append(
                Problem(
                    given.source,
                    Severity.WARNING,
                    f'the tag "{short(given.text)}" is not in the vocabulary; '
                    "it gets a page of its own",
                    f"{known_names}If it is new, add it to the vocabulary, with `slug: {slug}` "
                    "so that its address stays.",
                )
            )
        return slug


def _identifier_links(paper: Paper) -> list[Link]:
    links = []
    if paper.arxiv:
        links.append(
            Link(f"https://arxiv.org/abs/{paper.arxiv}", LinkKind.PAPER, f"arXiv:{paper.arxiv}")
        )
    if paper.doi:
        url = complete(f"doi:{paper.doi}")
        if url is not None:
            links.append(Link(url, LinkKind.PAPER, f"doi:{paper.doi}"))
    return links
