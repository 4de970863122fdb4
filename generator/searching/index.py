"""The content of all files of the index; `files` tells which there are.

The lower layer, as `layers` has it, is recalled if an earlier build made it; the upper one and the
root are made. It takes numpy, which is slow to import: only who has an index to make imports this.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import chain

import msgspec
import numpy as np

from generator.memory import Memory
from generator.model import LinkKind, Paper
from generator.searching.counting import count
from generator.searching.entries import entries_of
from generator.searching.joining import Known, Vocabulary, vocabulary_of
from generator.searching.layers import Layers, digest
from generator.searching.leaves import KINDS
from generator.searching.lines import common_words, written
from generator.searching.packing import (
    SCATTERED,
    Part,
    finished,
    front_coded,
    gaps,
    pack,
    part,
    varint_bytes,
)
from generator.searching.remembering import recalled, remember
from generator.searching.shards import Shard, make_shards
from generator.searching.subjects import by_subject
from generator.searching.words import STOP_WORDS
from generator.writing.catalogue import Catalogue
from generator.writing.wording import digest_words

VERSION = 3
BLOCK = 128
"""Leaves in a file of lines."""

MARK = 8
"""Letters of a name that tell the content."""

_ENDS, _ENDS_OF_UPPER = 4000, 500
"""Words in a file of word ends; those of the upper layer are fetched on top."""

_SHORTEST_MENDED = 5
"""Letters of the shortest word that is mended when it is mistyped."""

_NAME, _LOWER_WORDS, _UPPER_WORDS = "search-lower", "search-words-lower", "search-words"


class Lower(msgspec.Struct, array_like=True, frozen=True):
    """The lower layer, as the next build has to know it."""

    key: bytes
    words: list[Part]
    places: list[Part]
    """The beginnings of the files of words, and of their places."""
    files: list[tuple[str, bytes]]
    """Name and digest of each other file."""
    marks: dict[str, list[str]]
    order: list[int]
    """The places of the oldest papers, in the order of their leaves."""
    counts: list[int]
    """How many leaves there are of each kind."""
    others: list[bytes]
    """The keys of those that are no papers."""
    ends: list[str]
    """The first word of each file of word ends."""
    common: str
    """The commonest words of titles."""
    vocabulary: Vocabulary


Files = dict[str, bytes]


def make_index(layers: Layers, memory: Memory) -> tuple[Lower, Files, Files]:
    """Make the index: the content of its files by their names, with the root, which comes last.

    A name has a digest of the content in it, the root's has none. Apart from them come the files
    that rest on the lower layer alone; if that is known, they are not made.
    """
    below: Files = {}
    lower = recalled(memory, _NAME, Lower)
    if lower is None or lower.key != layers.lower_key:
        lower, below = make_lower(layers, memory)
        remember(memory, _NAME, lower)
    made = _Made(lower.marks)
    papers = [layers.oldest[at] for at in lower.order]
    parts: dict[str, object] = {"gone": [], "moved": [], "ends": [lower.ends]}
    kinds = [lower.counts]
    shards: dict[int, Shard] = {}
    if layers.newer:
        newer = [layers.newer[at] for at in by_subject(layers.newer, layers.positions)]
        leaves, parts["gone"] = layers.upper(newer, lower.others)
        known = Known(lower.vocabulary)
        postings = count(leaves, memory, _UPPER_WORDS, known)
        joined = known.join(postings)
        beside, apart = written(leaves, lower.common.split(" "))
        upper = make_shards(postings, joined.entries, len(newer), beside, joined)
        shards = dict(zip(joined.files, upper, strict=True))
        made.put_lines(apart)
        parts["moved"] = joined.moved
        parts["ends"] = [lower.ends, made.put_ends(joined.entries.forms, _ENDS_OF_UPPER)]
        papers += newer
        kinds.append([leaves.count(kind) for kind in KINDS])
    for number, (words, places) in enumerate(zip(lower.words, lower.places, strict=True)):
        made.put_words(words, places, shards.get(number))
    root, columns = _root(layers.catalogue, papers)
    root |= parts | {
        "kinds": kinds,
        "firsts": lower.vocabulary.firsts,
        "words": lower.common,
        "names": {kind: "".join(each) for kind, each in made.marks.items()},
    }
    head = json.dumps(root, ensure_ascii=False, separators=(",", ":"))
    made.files["root"] = pack(head, *columns)
    return lower, below, made.files


def make_lower(layers: Layers, memory: Memory) -> tuple[Lower, Files]:
    """Make the lower layer, and the files that rest on it alone."""
    order = by_subject(layers.oldest, layers.positions)
    leaves = layers.lower(order)
    postings = count(leaves, memory, _LOWER_WORDS)
    common = common_words(paper.title for paper in layers.oldest)
    beside, apart = written(leaves, common)
    entries = entries_of(postings)
    shards = list(make_shards(postings, entries, len(order), beside))
    made = _Made({})
    made.put_lines(apart)
    ends = made.put_ends(postings.forms, _ENDS)
    lower = Lower(
        key=layers.lower_key,
        words=[part(shard.head, *shard.words, way=SCATTERED) for shard in shards],
        places=[part("", *shard.places) for shard in shards],
        files=[(name, digest(content)) for name, content in made.files.items()],
        marks=made.marks,
        order=order,
        counts=[leaves.count(kind) for kind in KINDS],
        others=list(leaves.keys[len(order) :]),
        ends=ends,
        common=" ".join(common),
        vocabulary=vocabulary_of(postings, entries, [shard.start for shard in shards]),
    )
    return lower, made.files


class _Made:
    """Files that were made, and what the root says of all: a digest of each, by its kind."""

    def __init__(self, before: Mapping[str, Sequence[str]]) -> None:
        self.files: Files = {}
        self.marks = {kind: list(before.get(kind, ())) for kind in "wte"}

    def put_words(self, words: Part, places: Part, upper: Shard | None) -> None:
        """Finish a file of words, and that of their places, with what the upper layer has."""
        content = finished(words, upper.head, *upper.words) if upper else finished(words)
        spots = finished(places, "", *upper.places) if upper else finished(places)
        # They share a mark: where words change, their places mostly do as well.
        name = self._named("w", content, spots)
        self.files[f"w{name}"] = content
        self.files[f"p{name}"] = spots

    def put_lines(self, lines: Sequence[str]) -> None:
        for start in range(0, len(lines), BLOCK):
            content = pack("\n".join(lines[start : start + BLOCK]))
            self.files[f"t{self._named('t', content)}"] = content

    def put_ends(self, forms: Sequence[str], most: int) -> list[str]:
        """Take in words spelt backwards; return the first of each file."""
        ends = _ends(forms, most)
        for end in ends:
            content = pack(front_coded(end)[0][:-1])
            self.files[f"e{self._named('e', content)}"] = content
        return [end[0] for end in ends]

    def _named(self, kind: str, *contents: bytes) -> str:
        mark = hashlib.blake2b(b"".join(contents), digest_size=MARK // 2).hexdigest()
        self.marks[kind].append(mark)
        return f"{len(self.marks[kind]) - 1}.{mark}"


def _root(catalogue: Catalogue, papers: Sequence[Paper]) -> tuple[dict[str, object], list[bytes]]:
    """Gather what facets and filters need to know of all papers, in columns."""
    tags = sorted(catalogue.used_tags(), key=lambda tag: -len(catalogue.papers_with(tag)))
    place = {tag.slug: at for at, tag in enumerate(tags)}
    having: list[list[int]] = [[] for _ in tags]
    for at, paper in enumerate(papers):
        for slug in paper.tags:
            having[place[slug]].append(at)
    owner = np.repeat(np.arange(len(tags)), [len(each) for each in having])
    numbers = np.array(list(chain.from_iterable(having)), np.int64)
    sets = [_names(tuple([link.kind for link in paper.links])) for paper in papers]
    links = sorted(set(sets))
    link_place = {names: at for at, names in enumerate(links)}
    # The newest digest has 0, and comes first.
    found: dict[str, list[int]] = {paper.slug: [] for paper in papers}
    for at, issue in enumerate(catalogue.library.issues):
        for slug in issue.papers:
            found[slug].append(at)
    issues = found.values()
    columns: tuple[Iterable[int], ...] = (
        [link_place[names] for names in sets],
        map(len, issues),
        chain.from_iterable(issues),
        map(len, having),
        gaps(numbers, np.diff(owner, prepend=-1) > 0).tolist(),
    )
    root: dict[str, object] = {
        "version": VERSION,
        "block": BLOCK,
        "digests": [
            [issue.slug, issue.date.isoformat(), digest_words(issue.slug)]
            for issue in catalogue.library.issues
        ],
        "tags": [
            [tag.slug, tag.name, place.get(tag.broader, -1) if tag.broader else -1] for tag in tags
        ],
        "links": links,
        "stop": " ".join(sorted(STOP_WORDS)),
    }
    return root, [varint_bytes(column) for column in columns]


@cache
def _names(kinds: tuple[LinkKind, ...]) -> tuple[str, ...]:
    return tuple(kind.value for kind in LinkKind if kind in kinds)


def _ends(forms: Sequence[str], most: int) -> list[list[str]]:
    """Return words spelt backwards, in order, in pieces."""
    # All are turned round at once: one after the other they take five times as long.
    backwards = "\n".join(forms)[::-1].split("\n")
    words = [word for word in backwards if len(word) >= _SHORTEST_MENDED and word.isascii()]
    words = sorted(set(words) - {word[::-1] for word in STOP_WORDS})
    return [words[at : at + most] for at in range(0, len(words), most)]
