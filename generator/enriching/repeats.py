"""Find the records that are one and the same paper.

Two records are the same paper when they carry the same identifier (arXiv or DOI), or when their
titles are equal after folding and their abstracts are equal or nearly so. A title alone is not
enough: real lists hold different papers with one title. An identifier alone is not enough
either where nothing else agrees: then one of the two is a slip, and a problem says so.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence

import msgspec

from generator.enriching.forms import nfkc
from generator.model import Problem, Record, Severity

NEARLY = 90.0
"""Similarity (0 to 100, normalised InDel) from which two abstracts count as nearly equal."""

SAME_TITLE, SAME_ABSTRACT = 65.0, 55.0
"""Similarity below which neither can belong to one paper, whatever its identifier: well above
what the titles and abstracts of unrelated papers reach by having the same words in them."""

_COMPARED = 4000
"""Characters compared: more than any real abstract has, so that a pasted book stays cheap."""

_CANDIDATES = 50
"""Different papers of one title that a record is compared with."""

_DASHES = re.compile(r"[\u002d\u00ad\u2010-\u2015\u2212\ufe58\ufe63\uff0d]+")
_QUOTES = re.compile(r"[\"'`\u00b4\u2018-\u201f\u2032\u2033\u2035\u2036\u00ab\u00bb\u2039\u203a]+")


def fold(text: str) -> str:
    """Make equal what differs only in case, width, white space, dashes or quotation marks."""
    text = nfkc(text).casefold()
    text = _QUOTES.sub("'", _DASHES.sub("-", text))
    return " ".join(text.split())


class Doubt(msgspec.Struct, frozen=True):
    """Two records of which only a person can say whether they are one paper."""

    one: int
    other: int
    """Indices, the smaller first."""
    tell: Callable[[Record, Record], Problem]
    """Words it: what it says of the second record names the first."""


def group_repeats(
    records: Sequence[Record], titles: Sequence[str] | None = None
) -> tuple[list[list[int]], list[Problem]]:
    """Group the records that are one paper.

    Takes the records of all digests, oldest digest first, and their titles folded, where somebody
    has them already. Returns the groups, as indices into
    the records in ascending order, sorted by their first; and a problem for each pair of which
    only a person can say whether it is one paper.
    """
    groups, doubts = find_repeats(records, titles)
    return groups, [doubt.tell(records[doubt.one], records[doubt.other]) for doubt in doubts]


def find_repeats(
    records: Sequence[Record], titles: Sequence[str] | None = None
) -> tuple[list[list[int]], list[Doubt]]:
    """Group the records that are one paper, and return what is doubtful, not yet worded."""
    if titles is None:
        titles = [fold(record.title) for record in records]
    groups = _Groups(records)
    doubts: list[Doubt] = []
    for one, other in _same_identifier(records):
        if not _can_be_one(records[one], records[other]):
            doubts.append(Doubt(one, other, _mistaken_identifier))
        elif not groups.join(one, other):
            doubts.append(Doubt(one, other, _two_identifiers))
        elif titles[one] != titles[other]:
            doubts.append(Doubt(one, other, _other_title))
    for one, other in _same_text(records, titles):
        if not groups.join(one, other):
            doubts.append(Doubt(one, other, _two_identifiers))
    lists = groups.as_lists()
    return lists, doubts + _found_in_two(records, lists)


def _found_in_two(records: Sequence[Record], groups: Sequence[Sequence[int]]) -> list[Doubt]:
    """Return papers that were looked up and are known under the identifier of an older one.

    They stay two, with two addresses: nobody but who supplies digests can make them one.
    """
    first: dict[str, tuple[int, bool]] = {}
    doubts = []
    for group in groups:
        own = next((i for i in group if records[i].arxiv), None)
        index = own if own is not None else next((i for i in group if records[i].found), None)
        if index is None:
            continue
        found = records[index].found
        name = records[index].arxiv or (found.arxiv if found else "")
        other, was_own = first.setdefault(name, (index, own is not None))
        # Of two that digests name, B401 has been said.
        if other != index and not (was_own and own is not None):
            doubts.append(Doubt(min(index, other), max(index, other), _found_twice))
    return doubts


class _Groups:
    """Records joined into papers; no paper gets two identifiers of one kind."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._parent = list(range(len(records)))
        self._arxiv = [record.arxiv for record in records]
        self._doi = [record.doi for record in records]

    def join(self, one: int, other: int) -> bool:
        """Join two records and all that is joined with them, unless identifiers forbid it."""
        first, second = sorted((self._root(one), self._root(other)))
        if first == second:
            return True
        for known in (self._arxiv, self._doi):
            if known[first] and known[second] and known[first] != known[second]:
                return False
        for known in (self._arxiv, self._doi):
            known[first] = known[first] or known[second]
        self._parent[second] = first
        return True

    def as_lists(self) -> list[list[int]]:
        """Return the groups, each in ascending order, sorted by their first."""
        groups: dict[int, list[int]] = defaultdict(list)
        for index in range(len(self._parent)):
            groups[self._root(index)].append(index)
        return [groups[first] for first in sorted(groups)]

    def _root(self, index: int) -> int:
        while self._parent[index] != index:
            self._parent[index] = self._parent[self._parent[index]]
            index = self._parent[index]
        return index


def _same_identifier(records: Sequence[Record]) -> list[tuple[int, int]]:
    """Pairs with one identifier: each record with the first that can be the same paper.

    Where there is none, with the first of all, so that the slip is reported.
    """
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    pairs = []
    for index, record in enumerate(records):
        for scheme, value in (("arxiv", record.arxiv), ("doi", record.doi)):
            if value is None:
                continue
            before = holders[scheme, value]
            match = next((i for i in before if _can_be_one(records[i], record)), None)
            if before:
                pairs.append((before[0] if match is None else match, index))
            if match is None and len(before) < _CANDIDATES:
                before.append(index)
    return pairs


def _same_text(records: Sequence[Record], titles: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs with equal titles and (nearly) equal abstracts, each record with its first match."""
    by_title: dict[str, list[int]] = defaultdict(list)
    for index, title in enumerate(titles):
        by_title[title].append(index)
    pairs = []
    for indices in by_title.values():
        if len(indices) == 1:
            continue  # Nearly all: their abstracts need not be folded.
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
    from rapidfuzz import fuzz

    return fuzz.ratio(one[:_COMPARED], other[:_COMPARED], score_cutoff=NEARLY) >= NEARLY


def _can_be_one(one: Record, other: Record) -> bool:
    from rapidfuzz import fuzz

    titles = fuzz.token_set_ratio(fold(one.title)[:_COMPARED], fold(other.title)[:_COMPARED])
    abstracts = fuzz.ratio(fold(one.abstract)[:_COMPARED], fold(other.abstract)[:_COMPARED])
    return titles >= SAME_TITLE or abstracts >= SAME_ABSTRACT


def _mistaken_identifier(first: Record, later: Record) -> Problem:
    name = f"arXiv:{later.arxiv}" if later.arxiv == first.arxiv else f"DOI {later.doi}"
    return Problem(
        later.source,
        Severity.WARNING,
        f"{name} is also given for another paper at {first.source}, "
        f'"{short(first.title)}"; kept as two papers',
        "One of the two lines names the wrong paper: correct it or take it out.",
        "B401",
    )


def _other_title(first: Record, later: Record) -> Problem:
    return Problem(
        later.source,
        Severity.WARNING,
        f'read as the paper at {first.source}, "{short(first.title)}", '
        "which has the same identifier and another title",
        "If they are two papers, one of the identifiers is wrong: correct it or take it out.",
        "B402",
    )


def _two_identifiers(first: Record, later: Record) -> Problem:
    return Problem(
        later.source,
        Severity.WARNING,
        f"the same title and abstract stand at {first.source} with another identifier; "
        "kept as two papers",
        "If they are one paper, give both the same `arXiv:` or `DOI:` line.",
        "B403",
    )


def _found_twice(first: Record, later: Record) -> Problem:
    name = later.arxiv or (later.found.arxiv if later.found else "")
    return Problem(
        later.source,
        Severity.WARNING,
        f"arXiv:{name} was also found for the paper at {first.source}, "
        f'"{short(first.title)}"; kept as two papers',
        "If they are one paper, give both the same `arXiv:` line: the address of this one goes.\n"
        "If they are two, the entry of one in identities.yml is wrong: make its `arxiv` a `not`.",
        "B503",
    )


def short(text: str) -> str:
    """Return a text for a message, cut if it is long."""
    return text if len(text) <= 60 else text[:57].rstrip() + "..."
