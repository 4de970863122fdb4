"""The content of all files of the index; `files` tells which there are.

It takes numpy, which is slow to import: only who has an index to make imports this.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain

import numpy as np

from generator.memory import Memory
from generator.model import Library, LinkKind, Paper
from generator.searching.byhand import WrittenPage
from generator.searching.counting import Postings, count
from generator.searching.leaves import KINDS, by_subject, leaves_of
from generator.searching.lines import Lines
from generator.searching.packing import front_coded, gaps, pack, varint_bytes
from generator.searching.shards import make_shards
from generator.searching.words import STOP_WORDS
from generator.writing.catalogue import Catalogue, catalogue_of
from generator.writing.wording import digest_words

VERSION = 2
BLOCK = 128
"""Leaves in a file of lines."""

MARK = 8
"""Letters of a name that tell the content."""

_ENDS = 4000
"""Words in a file of word ends."""

_SHORTEST_MENDED = 5
"""Letters of the shortest word that is mended when it is mistyped."""


def make_index(
    library: Library, pages: Iterable[WrittenPage], memory: Memory
) -> Iterator[tuple[str, bytes]]:
    """Make the index of a library and of pages written by hand: names and content of its files.

    A name has a digest of the content in it, the root's has none; the root comes last.
    """
    catalogue = catalogue_of(library)
    papers = by_subject(library)
    leaves = leaves_of(catalogue, papers, pages)
    postings = count(leaves, memory)
    lines = Lines(catalogue, memory)
    beside, apart = lines.of(leaves)
    marks: dict[str, list[str]] = {"w": [], "t": [], "e": []}

    def named(kind: str, *contents: bytes) -> str:
        mark = hashlib.blake2b(b"".join(contents), digest_size=MARK // 2).hexdigest()
        marks[kind].append(mark)
        return f"{len(marks[kind]) - 1}.{mark}"

    firsts: list[str] = []
    for shard in make_shards(postings, len(papers), beside):
        firsts.append(shard.first)
        # Words and their places share a mark: where one changes, the other mostly does as well.
        name = named("w", shard.content, shard.places)
        yield f"w{name}", shard.content
        yield f"p{name}", shard.places
    for start in range(0, len(apart), BLOCK):
        content = pack("\n".join(apart[start : start + BLOCK]))
        yield f"t{named('t', content)}", content
    ends = _ends(postings)
    for end in ends:
        content = pack(front_coded(end)[0][:-1])
        yield f"e{named('e', content)}", content
    root, columns = _root(catalogue, papers)
    root |= {
        "kinds": [leaves.count(kind) for kind in KINDS],
        "firsts": firsts,
        "words": " ".join(lines.words),
        "ends": [end[0] for end in ends],
        "names": {kind: "".join(each) for kind, each in marks.items()},
    }
    head = json.dumps(root, ensure_ascii=False, separators=(",", ":"))
    yield "root", pack(head, *columns)


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
    issues = [
        [catalogue.place_of_issue(issue) for issue, _ in catalogue.places_of(paper)]
        for paper in papers
    ]
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


def _ends(postings: Postings) -> list[list[str]]:
    """Return words spelt backwards, in order, in pieces."""
    # All are turned round at once: one after the other they take five times as long.
    backwards = "\n".join(postings.forms)[::-1].split("\n")
    words = [word for word in backwards if len(word) >= _SHORTEST_MENDED and word.isascii()]
    words = sorted(set(words) - {word[::-1] for word in STOP_WORDS})
    return [words[at : at + _ENDS] for at in range(0, len(words), _ENDS)]
