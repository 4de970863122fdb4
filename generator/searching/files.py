"""All files of the index: the root, words, places, lines, word ends.

    search/data/root.bin         what every query needs, fetched once
    search/data/BUILD/w7.bin     words of one stretch of the alphabet: see `shards`
    search/data/BUILD/p7.bin     their places, for phrases
    search/data/BUILD/t7.bin     the lines that show `BLOCK` leaves
    search/data/BUILD/e7.bin     words spelt backwards, to find one that is mistyped at its start

BUILD changes with the content, so that a browser never mixes two builds.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from generator.model import Library
from generator.searching.counting import Postings, count
from generator.searching.leaves import KINDS, PAGE, PAPER, Leaf, WrittenPage, leaves_of
from generator.searching.lines import codes_of, common_words, line_of, shorten
from generator.searching.packing import front_coded, pack, varint_bytes
from generator.searching.shards import make_shards
from generator.searching.words import STOP_WORDS
from generator.writing.catalogue import Catalogue
from generator.writing.wording import digest_words

FOLDER = "search/data/"
VERSION = 1
BLOCK = 128
"""Leaves in a file of lines."""

_ENDS = 4000
"""Words in a file of word ends."""

_SHORTEST_MENDED = 5
"""Letters of the shortest word that is mended when it is mistyped."""

_ABOUT = 80


@dataclass(frozen=True, slots=True)
class File:
    """A file of the site that is published as it is."""

    path: str
    """Relative to the site's root, with forward slashes."""
    content: bytes


def search_files(library: Library, pages: Iterable[WrittenPage] = ()) -> Iterator[File]:
    """Make the index of a library and of pages written by hand; the root comes last."""
    catalogue = Catalogue(library)
    leaves = list(leaves_of(catalogue, pages))
    papers = sum(leaf.kind == PAPER for leaf in leaves)
    postings = count(leaves)
    digest = hashlib.sha256()
    parts: list[tuple[str, bytes]] = []
    firsts: list[str] = []
    words = common_words(leaf.title for leaf in leaves[:papers])
    codes = codes_of(words)
    lines = [shorten(line_of(leaf, _ABOUT), codes) for leaf in leaves]
    for number, shard in enumerate(make_shards(postings, papers, lines)):
        firsts.append(shard.first)
        parts += [(f"w{number}", shard.content), (f"p{number}", shard.places)]
    for number, start in enumerate(range(0, len(leaves), BLOCK)):
        block = "\n".join(
            shorten(line_of(leaf), codes) if leaf.kind == PAGE else line
            for leaf, line in zip(leaves[start:], lines[start : start + BLOCK], strict=False)
        )
        parts.append((f"t{number}", pack(block)))
    ends = _ends(postings)
    parts += [(f"e{n}", pack("\n".join(front_coded(end)))) for n, end in enumerate(ends)]
    root, columns = _root(catalogue, leaves[:papers])
    root |= {
        "kinds": [sum(leaf.kind == kind for leaf in leaves) for kind in KINDS],
        "firsts": firsts,
        "words": " ".join(words),
        "ends": [end[0] for end in ends],
    }
    for name, content in parts:
        digest.update(name.encode() + content)
    digest.update(b"".join(columns) + repr(root).encode())
    build = digest.hexdigest()[:10]
    for name, content in parts:
        yield File(f"{FOLDER}{build}/{name}.bin", content)
    head = json.dumps(root | {"build": build}, ensure_ascii=False, separators=(",", ":"))
    yield File(f"{FOLDER}root.bin", pack(head, *columns))


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
