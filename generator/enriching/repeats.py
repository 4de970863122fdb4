"""Find the records that are one and the same paper.

Two records are the same paper when they carry the same identifier (arXiv or DOI), or when their
titles are equal after folding and their abstracts are equal or nearly so. A title alone is not
enough: real lists hold different papers with one title. An identifier alone is not enough
either where nothing else agrees: then one of the two is a slip, and a problem says so.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence

from rapidfuzz import fuzz

from generator.model import Problem, Record, Severity

NEARLY = 90.0
"""Similarity (0 to 100, normalised InDel) from which two abstracts count as nearly equal."""

RELATED = 50.0
"""Similarity below which neither titles nor abstracts can belong to one paper."""

_COMPARED = 4000
"""Characters compared: more than any real abstract has, so that a pasted book stays cheap."""

_CANDIDATES = 50
"""Different papers of one title that a record is compared with."""

_DASHES = re.compile(r"[\u002d\u00ad\u2010-\u2015\u2212\ufe58\ufe63\uff0d]+")
_QUOTES = re.compile(r"[\"'`\u00b4\u2018-\u201f\u2032\u2033\u2035\u2036\u00ab\u00bb\u2039\u203a]+")


def fold(text: str) -> str:
    """Make equal what differs only in case, width, white space, dashes or quotation marks."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = _QUOTES.sub("'", _DASHES.sub("-", text))
    return " ".join(text.split())


def group_repeats(records: Sequence[Record]) -> tuple[list[list[int]], list[Problem]]:
    """Group the records that are one paper.

    Takes the records of all digests, oldest digest first. Returns the groups, as indices into
    the records in ascending order, sorted by their first; and a problem for each pair of which
    only a person can say whether it is one paper.
    """
    parent = list(range(len(records)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    def join(one: int, other: int) -> None:
        first, second = sorted((root(one), root(other)))
        parent[second] = first

    problems: list[Problem] = []
    for first, later in _same_identifier(records):
        if _can_be_one(records[first], records[later]):
            join(first, later)
        else:
            problems.append(_mistaken_identifier(records[first], records[later]))
    for first, later in _same_text(records):
        if _identifiers_differ(records[first], records[later]):
            problems.append(_two_identifiers(records[first], records[later]))
        else:
            join(first, later)

    groups: dict[int, list[int]] = defaultdict(list)
    for index in range(len(records)):
        groups[root(index)].append(index)
    return [groups[first] for first in sorted(groups)], problems


def _same_identifier(records: Sequence[Record]) -> list[tuple[int, int]]:
    seen: dict[tuple[str, str], int] = {}
    pairs = []
    for index, record in enumerate(records):
        for scheme, value in (("arxiv", record.arxiv), ("doi", record.doi)):
            if value is None:
                continue
            first = seen.setdefault((scheme, value), index)
            if first != index:
                pairs.append((first, index))
    return pairs


def _same_text(records: Sequence[Record]) -> list[tuple[int, int]]:
    """Pairs with equal titles and (nearly) equal abstracts, each record with its first match."""
    by_title: dict[str, list[int]] = defaultdict(list)
    for index, record in enumerate(records):
        by_title[fold(record.title)].append(index)
    pairs = []
    for indices in by_title.values():
        distinct: list[tuple[int, str]] = []
        by_abstract: dict[str, int] = {}
        for index in indices:
            abstract = fold(records[index].abstract)
            match = by_abstract.get(abstract)
            if match is None:
                match = next((i for i, other in distinct if _nearly(abstract, other)), None)
            if match is not None:
                pairs.append((match, index))
            elif len(distinct) < _CANDIDATES:
                distinct.append((index, abstract))
            by_abstract.setdefault(abstract, index if match is None else match)
    return pairs


def _nearly(one: str, other: str) -> bool:
    return fuzz.ratio(one[:_COMPARED], other[:_COMPARED], score_cutoff=NEARLY) >= NEARLY


def _can_be_one(one: Record, other: Record) -> bool:
    return any(
        fuzz.token_set_ratio(fold(a)[:_COMPARED], fold(b)[:_COMPARED]) >= RELATED
        for a, b in ((one.title, other.title), (one.abstract, other.abstract))
    )


def _identifiers_differ(one: Record, other: Record) -> bool:
    return any(
        a is not None and b is not None and a != b
        for a, b in ((one.arxiv, other.arxiv), (one.doi, other.doi))
    )


def _mistaken_identifier(first: Record, later: Record) -> Problem:
    name = f"arXiv:{later.arxiv}" if later.arxiv == first.arxiv else f"DOI {later.doi}"
    return Problem(
        later.source,
        Severity.WARNING,
        f"{name} is also given for another paper at {first.source}, "
        f'"{_short(first.title)}"; kept as two papers',
        "One of the two lines names the wrong paper: correct it or take it out.",
    )


def _two_identifiers(first: Record, later: Record) -> Problem:
    return Problem(
        later.source,
        Severity.WARNING,
        f"the same title and abstract stand at {first.source} with another identifier; "
        "kept as two papers",
        "If they are one paper, give both the same `arXiv:` or `DOI:` line.",
    )


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57].rstrip() + "..."
