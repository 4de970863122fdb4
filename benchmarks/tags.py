"""How good the tags are: against keywords that authors gave, and how they spread over a digest.

    python benchmarks/tags.py PAPERS.jsonl          precision, recall and F1 of the best 5 tags
    python benchmarks/tags.py --digest DIGEST.txt   tags a paper, rare tags, papers without a tag

A line of PAPERS.jsonl is {"title": …, "abstract": …, "keywords": […]}. A tag is right when its
name or one of its phrases is a keyword, both in lower case and stemmed. Results are JSON.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from generator.enriching.tagging import Tagger
from generator.enriching.vocabulary import Vocabulary, read_vocabulary
from generator.enriching.words import paths

VOCABULARY = Path(__file__).resolve().parents[1] / "docs" / "vocabulary.yml"
BEST = 5
CHROME = 5
"""Blocks before the first title in the digests that we measure with."""


def keyword_scores(vocabulary: Vocabulary, papers: list[dict[str, Any]]) -> dict[str, float]:
    """Compare the best tags of papers with their keywords; papers without keywords are skipped."""
    tagger = Tagger(vocabulary)
    known = {
        tag.slug: {path for text in (tag.name, *tag.phrases) for path in paths(text, fold=True)}
        for tag in vocabulary.tags
    }
    right = given = found = wanted = 0
    each: list[tuple[float, float, float]] = []
    for paper in papers:
        keywords = [set(paths(str(word), fold=True)) for word in paper.get("keywords", [])]
        keywords = [keyword for keyword in keywords if keyword]
        if not keywords:
            continue
        tags = tagger.tags(paper["title"], paper["abstract"])[:BEST]
        hits = sum(any(known[tag] & keyword for keyword in keywords) for tag in tags)
        met = sum(any(known[tag] & keyword for tag in tags) for keyword in keywords)
        right, given = right + hits, given + len(tags)
        found, wanted = found + met, wanted + len(keywords)
        precision, recall = hits / max(len(tags), 1), met / len(keywords)
        each.append((precision, recall, f1(precision, recall)))
    precision, recall = right / max(given, 1), found / max(wanted, 1)
    count = max(len(each), 1)
    return {
        "papers": len(each),
        "micro_precision": precision,
        "micro_recall": recall,
        "micro_f1": f1(precision, recall),
        "macro_precision": sum(row[0] for row in each) / count,
        "macro_recall": sum(row[1] for row in each) / count,
        "macro_f1": sum(row[2] for row in each) / count,
    }


def spread(vocabulary: Vocabulary, papers: list[tuple[str, str]]) -> dict[str, Any]:
    """Count how the tags spread over papers, given as title and abstract."""
    tagger = Tagger(vocabulary)
    start = time.perf_counter()
    tags = [tagger.tags(title, abstract) for title, abstract in papers]
    seconds = time.perf_counter() - start
    held = Counter(slug for paper in tags for slug in paper)
    single = [tag.slug for tag in vocabulary.tags if held[tag.slug] == 1]
    unused = [tag.slug for tag in vocabulary.tags if not held[tag.slug]]
    return {
        "papers": len(papers),
        "seconds": round(seconds, 2),
        "tags_a_paper": sum(map(len, tags)) / max(len(papers), 1),
        "papers_without_tag": sum(1 for paper in tags if not paper),
        "share_of_tags_with_one_paper": len(single) / max(len(vocabulary.tags), 1),
        "share_of_tags_with_none": len(unused) / max(len(vocabulary.tags), 1),
        "tags_with_one_paper": single,
        "tags_with_none": unused,
        "most_frequent": held.most_common(20),
    }


def f1(precision: float, recall: float) -> float:
    """Return the harmonic mean of both."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def blocks(text: str) -> list[tuple[str, str]]:
    """Read a plain digest: chrome, then title and abstract in turn, with blank lines between."""
    parts = [" ".join(part.split()) for part in text.split("\n\n") if part.strip()][CHROME:]
    return list(zip(parts[::2], parts[1::2], strict=False))


def main() -> int:
    """Run the measurement that the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("papers", nargs="?", type=Path, metavar="PAPERS.jsonl")
    parser.add_argument("--digest", type=Path, metavar="DIGEST.txt")
    parser.add_argument("--first", type=int, help="only so many papers of the digest")
    asked = parser.parse_args()
    if not asked.papers and not asked.digest:
        parser.error("name a file of papers with keywords, or --digest DIGEST.txt")
    vocabulary, problems = read_vocabulary(VOCABULARY.read_text(encoding="utf-8"), str(VOCABULARY))
    for problem in problems:
        print(problem, file=sys.stderr)
    if asked.papers:
        lines = asked.papers.read_text(encoding="utf-8").splitlines()
        papers = [json.loads(line) for line in lines if line.strip()]
        print(json.dumps(keyword_scores(vocabulary, papers), indent=1))
    if asked.digest:
        listed = blocks(asked.digest.read_text(encoding="utf-8"))[: asked.first]
        print(json.dumps(spread(vocabulary, listed), indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
