"""What the index of a library costs: time to build, bytes, requests, memory.

Queries are made from the library's own titles and tags, always the same ones. Bytes are those
that go over the wire; a first query is one of a reader who has fetched nothing yet.
"""

from __future__ import annotations

import gzip
import random
import re
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import mean
from typing import Any

from benchmarks import search_rivals
from benchmarks.under_node import SCRIPT, ask
from generator.enriching import build_library
from generator.enriching.comparing import compare
from generator.model import Issue, Library
from generator.project import read_digest, read_tags
from generator.searching import search_files
from generator.searching.words import STOP_WORDS, cut

VOCABULARY = SCRIPT.parents[3] / "docs/vocabulary.yml"


def cost(digests: Sequence[Path], rivals: search_rivals.Folders) -> Iterable[dict[str, Any]]:
    """Measure what the index of a library costs, to build and to use."""
    library = library_of_digests(digests)
    yield from cost_of(library)
    yield from cost_of_rivals(library, rivals)


def library_of_digests(digests: Sequence[Path]) -> Library:
    """Read digests as the site does."""
    return compare(build_library(map(read_digest, digests), read_tags(VOCABULARY)[0]))


def cost_of_rivals(library: Library, rivals: search_rivals.Folders) -> Iterable[dict[str, Any]]:
    """Measure what other engines make of the titles and abstracts of a library."""
    docs = [
        {"id": slug, "title": paper.title, "text": paper.abstract}
        for slug, paper in library.papers.items()
    ]
    asked = questions(library)
    for rival in search_rivals.compare(rivals, docs, cold=asked[:: max(len(asked) // 50, 1)]):
        yield {
            "rival": rival.name,
            "papers": len(docs),
            "index_bytes_gz": rival.index_bytes,
            "first_queries": len(rival.answers),
            "requests_p50_p90_max": spread([answer["requests"] for answer in rival.answers]),
            "bytes_p50_p90_max": spread([answer["bytes"] for answer in rival.answers]),
        }
    if worker := rivals.get("material"):
        longest = search_rivals.PATIENCE
        found = search_rivals.first_result(worker, docs, asked[0])
        yield {
            "rival": search_rivals.NAMES["material"],
            "papers": len(docs),
            "query": asked[0],
            **(found or {"note": f"no result within {longest} seconds"}),
        }


def cost_of(library: Library) -> Iterable[dict[str, Any]]:
    """Measure the index of a library that has been read."""
    papers = list(library.papers)
    half = Library(
        issues=tuple(
            Issue(issue.slug, issue.date, issue.path, issue.papers[::2]) for issue in library.issues
        ),
        papers={slug: library.papers[slug] for slug in _kept(library)},
        tags=library.tags,
        positions=library.positions,
    )
    for name, what in (("half", half), ("whole", library)):
        start = time.process_time()
        files = list(search_files(what))
        spent = time.process_time() - start
        size = sum(len(file.content) for file in files)
        yield {
            "build": name,
            "papers": len(what.papers),
            "cpu_ms_per_paper": round(1000 * spent / max(len(what.papers), 1), 3),
            "files": len(files),
            "bytes": size,
            "bytes_per_paper": round(size / max(len(what.papers), 1), 1),
        }
    module = len(gzip.compress(SCRIPT.read_bytes(), 9))
    queries = questions(library)
    asks = [{"text": text, "options": {"prefix": False}} for text in queries]
    *cold, _ = ask(files, asks, cold=True)
    *warm, memory = ask(files, asks)
    for words in (1, 2, 3, 4, 0):
        of_these = [
            a for a, q in zip(cold, queries, strict=True) if len(q.split()) == words or not words
        ]
        if not of_these:
            continue
        requests = [1 + len(answer["files"]) for answer in of_these]
        kinds = Counter(_kind(name) for answer in of_these for name, _ in answer["files"])
        sizes = [module + sum(size for _, size in answer["files"]) for answer in of_these]
        yield {
            "first_query_of": f"{words} words" if words else "all",
            "queries": len(of_these),
            "requests_p50_p90_max": spread(requests),
            "requests_each": {"module": 1.0}
            | {kind: round(number / len(of_these), 2) for kind, number in kinds.items()},
            "share_up_to_6_requests": round(mean(number <= 6 for number in requests), 3),
            "bytes_p50_p90_max": spread(sizes),
            "share_up_to_120_kB": round(mean(size <= 120_000 for size in sizes), 3),
        }
    further = [sum(size for name, size in answer["files"] if "root" not in name) for answer in cold]
    yield {
        "further_queries": len(warm),
        "bytes_p50_p90_max": spread(further),
        "cpu_ms_p50_p90_max": spread([round(answer["cpu"], 2) for answer in warm]),
        "heap_bytes": memory["bytes"],
        "without_result": sum(not answer["total"] for answer in warm),
        "papers": len(papers),
    }


def _kind(path: str) -> str:
    """Say what a file of the index is for: `w7.0123cdef.bin` has words."""
    name = re.sub(r"\d*(\.\w+)?\.bin$", "", path.rsplit("/", 1)[-1])
    return {"w": "words", "p": "places", "t": "lines", "e": "word ends"}.get(name, name)


def _kept(library: Library) -> list[str]:
    slugs = dict.fromkeys(slug for issue in library.issues for slug in issue.papers[::2])
    return list(slugs)


def spread(numbers: Sequence[float]) -> list[float]:
    """Return the median, the 90th percentile and the most of numbers."""
    ranked = sorted(numbers)
    return ranked and [ranked[len(ranked) // 2], ranked[len(ranked) * 9 // 10], ranked[-1]]


def questions(library: Library, each: int = 100) -> list[str]:
    """Make queries of one to four words from titles, and take the names of tags."""
    dice = random.Random(1)  # noqa: S311
    titles = [paper.title for paper in library.papers.values()]
    asked = [tag.name for tag in library.tags.values() if tag.listed]
    for words in (1, 2, 3, 4):
        while titles and len(asked) < each * words + len(library.tags):
            telling = [w for w, _ in cut(dice.choice(titles)) if w not in STOP_WORDS]
            if len(telling) >= words:
                start = dice.randrange(len(telling) - words + 1)
                asked.append(" ".join(telling[start : start + words]))
    return asked
