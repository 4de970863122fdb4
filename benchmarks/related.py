"""How good related papers and the map are, and what they cost.

    python benchmarks/related.py --digest DIGEST.txt [--first N]   seconds, memory, kept neighbours
    python benchmarks/related.py --judged FOLDER                   against people's judgements

FOLDER holds docs.jsonl, queries.jsonl and qrels.jsonl. "pairs" takes each document that is right
for a question and asks how well its neighbours are the others that are right for it (nDCG@10);
"queries" asks for the right document with the question's own words (mean reciprocal rank).
"compared" is what a site gets, which from 512 papers on is the growing way.
Kept neighbours: the share of a paper's 10 closest that are among the 10 beside it on the map.
"compare" and "compared": what a site gets, which from 512 papers on is the growing way; beside it
stands what comparing all with all gives.
Results are JSON.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from math import log2
from pathlib import Path
from typing import Any, TypeVar

from generator.enriching.comparing import compare
from generator.enriching.growing import grow
from generator.enriching.landscape import place
from generator.enriching.neighbours import in_order
from generator.enriching.readings import Texts
from generator.enriching.related import relate
from generator.enriching.remembering import digest
from generator.enriching.saying import Text
from generator.enriching.vectors import Near, nearest, vectorise
from generator.growth import FIRST
from generator.memory import FORGETFUL
from generator.model import Library, Paper
from generator.reading import read_bytes

BEST = 10
_T = TypeVar("_T")


def cost(texts: list[Text]) -> dict[str, Any]:
    """Measure CPU seconds of each step, the largest memory, and what the map keeps."""
    seconds: dict[str, float] = {}

    def timed(name: str, act: Callable[[], _T]) -> _T:
        start = time.process_time()
        value = act()
        seconds[name] = round(time.process_time() - start, 2)
        return value

    vectors = timed("vectors", lambda: vectorise(texts))
    near = timed("nearest", lambda: nearest(vectors))
    relations = timed("related", lambda: relate(texts, vectors, near))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    places = timed("map", lambda: place(texts, vectors, near))
    papers = {str(at): Paper(str(at), *text) for at, text in enumerate(texts)}
    library = timed("compare", lambda: compare(Library(papers=papers)))
    return {
        "papers": len(texts),
        "terms": len(vectors.terms),
        "cpu_seconds": seconds,
        "megabytes_before_the_map": memory,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "related_a_paper": round(sum(map(len, relations)) / max(len(texts), 1), 2),
        "papers_without": sum(not found for found in relations),
        "kept_neighbours": kept(near, places),
        "compared_related_a_paper": round(
            sum(len(paper.related) for paper in library.papers.values()) / max(len(texts), 1), 2
        ),
        "compared_kept_neighbours": kept(near, list(library.positions.values())),
    }


def kept(near: Near, places: list[tuple[int, int]]) -> float:
    """Return the share of the closest by words that stand beside a paper on the map."""
    from scipy.spatial import cKDTree

    if not places:
        return 0.0
    most = min(BEST, len(places) - 1)
    _, beside = cKDTree(places).query(places, k=most + 1)
    shares = [
        len(set(row[:most]) & (set(others) - {at})) / most
        for at, (row, others) in enumerate(zip(near.others.tolist(), beside.tolist(), strict=True))
    ]
    return round(sum(shares) / len(shares), 3)


def judged(folder: Path) -> dict[str, float]:
    """Score neighbours against judgements that people made."""
    docs, queries, qrels = (
        [json.loads(line) for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines()]
        for name in ("docs", "queries", "qrels")
    )
    at = {doc["id"]: index for index, doc in enumerate(docs)}
    right: dict[str, set[int]] = defaultdict(set)
    for row in qrels:
        if row["r"] > 0 and row["d"] in at:
            right[row["q"]].add(at[row["d"]])
    texts = [(doc["title"], doc["text"]) for doc in docs]
    groups = list(right.values())
    scores = {"pairs_ndcg_at_10": pairs(nearest(vectorise(texts), BEST).others.tolist(), groups)}
    if len(texts) >= FIRST:
        scores["compared_pairs_ndcg_at_10"] = pairs(grown(texts), groups)
    asked = [query for query in queries if right[query["id"]]]
    matrix = vectorise([*texts, *(("", query["text"]) for query in asked)]).matrix
    found = (matrix[len(texts) :] @ matrix[: len(texts)].T).toarray()
    ranks = [
        1 + int((row > max(row[list(right[query["id"]])])).sum())
        for row, query in zip(found, asked, strict=True)
    ]
    scores["queries_mrr"] = round(sum(1 / rank for rank in ranks) / len(ranks), 4)
    return scores


def grown(texts: list[Text]) -> list[list[int]]:
    """Return each document's closest by the growing way."""
    keys = [digest(text) for text in texts]
    found = grow(Texts(texts, keys, FORGETFUL), keys)
    return [others[:BEST] for others in in_order(found.closest)[0].tolist()]


def pairs(others: list[list[int]], groups: list[set[int]]) -> float:
    """Return the mean nDCG@10 of documents' neighbours, right if they share a question."""
    wanted: dict[int, set[int]] = defaultdict(set)
    for group in groups:
        for one in group:
            wanted[one] |= group - {one}
    scores = []
    for one, right in wanted.items():
        if right:
            gain = sum(1 / log2(n + 2) for n, other in enumerate(others[one]) if other in right)
            scores.append(gain / sum(1 / log2(n + 2) for n in range(min(BEST, len(right)))))
    return round(sum(scores) / len(scores), 4) if scores else 0.0


def main() -> int:
    """Run the measurement that the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--digest", type=Path, metavar="DIGEST.txt")
    parser.add_argument("--first", type=int, help="only so many papers of the digest")
    parser.add_argument("--judged", type=Path, metavar="FOLDER")
    asked = parser.parse_args()
    if not asked.digest and not asked.judged:
        parser.error("name --digest DIGEST.txt or --judged FOLDER")
    if asked.digest:
        digest = read_bytes(asked.digest.read_bytes(), str(asked.digest))
        texts = [(record.title, record.abstract) for record in digest.records][: asked.first]
        print(json.dumps(cost(texts), indent=1))
    if asked.judged:
        print(json.dumps(judged(asked.judged), indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
