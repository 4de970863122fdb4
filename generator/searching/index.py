"""The content of all files of the index; `files` tells which there are.

It takes numpy, which is slow to import: only who has an index to make imports this.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from generator.memory import Memory
from generator.model import Library
from generator.searching.byhand import WrittenPage
from generator.searching.counting import Postings, count
from generator.searching.leaves import KINDS, PAGE, PAPER, Leaf, leaves_of
from generator.searching.lines import codes_of, common_words, line_of, shorten
from generator.searching.packing import front_coded, pack, varint_bytes
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

_ABOUT = 80


def make_index(
    library: Library, pages: Iterable[WrittenPage], memory: Memory
) -> Iterator[tuple[str, bytes]]:
    """Make the index of a library and of pages written by hand: names and content of its files.

    A name has a digest of the content in it, the root's has none; the root comes last.
    """
    catalogue = catalogue_of(library)
    leaves = list(leaves_of(catalogue, pages))
    papers = sum(leaf.kind == PAPER for leaf in leaves)
    postings = count(leaves, memory)
    marks: dict[str, list[str]] = {"w": [], "t": [], "e": []}

    def named(kind: str, *contents: bytes) -> str:
        mark = hashlib.blake2b(b"".join(contents), digest_size=MARK // 2).hexdigest()
        marks[kind].append(mark)
        return f"{len(marks[kind]) - 1}.{mark}"

    firsts: list[str] = []
    words = common_words(leaf.title for leaf in leaves[:papers])
    codes = codes_of(words)
    lines = shorten([line_of(leaf, _ABOUT) for leaf in leaves], codes)
    for shard in make_shards(postings, papers, lines):
        firsts.append(shard.first)
        # Words and their places share a mark: where one changes, the other mostly does as well.
        name = named("w", shard.content, shard.places)
        yield f"w{name}", shard.content
        yield f"p{name}", shard.places
    by_hand = [line_of(leaf) for leaf in leaves if leaf.kind == PAGE]
    lines[len(lines) - len(by_hand) :] = shorten(by_hand, codes)
    for start in range(0, len(leaves), BLOCK):
        content = pack("\n".join(lines[start : start + BLOCK]))
        yield f"t{named('t', content)}", content
    ends = _ends(postings)
    for end in ends:
        content = pack("\n".join(front_coded(end)))
        yield f"e{named('e', content)}", content
    root, columns = _root(catalogue, leaves[:papers])
    root |= {
        "kinds": [sum(leaf.kind == kind for leaf in leaves) for kind in KINDS],
        "firsts": firsts,
        "words": " ".join(words),
        "ends": [end[0] for end in ends],
        "names": {kind: "".join(each) for kind, each in marks.items()},
    }
    head = json.dumps(root, ensure_ascii=False, separators=(",", ":"))
    yield "root", pack(head, *columns)


def _root(catalogue: Catalogue, papers: Sequence[Leaf]) -> tuple[dict[str, object], list[bytes]]:
    """Gather what facets and filters need to know of all papers, in columns."""
    tags = sorted(catalogue.used_tags(), key=lambda tag: -len(catalogue.papers_with(tag)))
    place = {tag.slug: at for at, tag in enumerate(tags)}
    having: list[list[int]] = [[] for _ in tags]
    for number, leaf in enumerate(papers):
        for slug in leaf.tags:
            having[place[slug]].append(number)
    links = sorted({leaf.links for leaf in papers})
    link_place = {letters: at for at, letters in enumerate(links)}
    columns: tuple[Iterable[int], ...] = (
        (link_place[leaf.links] for leaf in papers),
        (len(leaf.issues) for leaf in papers),
        (issue for leaf in papers for issue in leaf.issues),
        (len(numbers) for numbers in having),
        (n for numbers in having for n in np.diff(numbers, prepend=0).tolist()),
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


def _ends(postings: Postings) -> list[list[str]]:
    """Return words spelt backwards, in order, in pieces."""
    words = sorted(
        word[::-1]
        for word in postings.found()
        if len(word) >= _SHORTEST_MENDED and word.isascii() and word not in STOP_WORDS
    )
    return [words[at : at + _ENDS] for at in range(0, len(words), _ENDS)]
