"""How good search is, and what it costs, through the module that the site ships (needs node).

    python benchmarks/search.py DIR…                    quality on judged collections
    python benchmarks/search.py DIR… --rivals           the same, with other engines beside it
    python benchmarks/search.py --library DIGEST.txt    bytes, requests, memory, time to build
    python benchmarks/search.py --library DIGEST.txt --rivals       and the bytes of the others

DIR holds docs.jsonl (`id`, `title`, `text`), queries.jsonl (`id`, `text`) and qrels.jsonl (`q`,
`d`, and `r`, the grade). A line of JSON is printed for each: nDCG of the first 10, recall of the
first 100, the share of queries that find no paper, the median time of a query in milliseconds,
the bytes of the index. Queries for which no document is right are left out. What is measured of
a library is told in `search_cost`, what the other engines are given in `search_rivals`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from datetime import date
from math import log2
from pathlib import Path
from statistics import mean, median
from typing import Any

from benchmarks import search_rivals
from benchmarks.search_cost import cost
from benchmarks.under_node import RunError, ask
from generator.model import Appearance, Issue, Library, Paper, Source
from generator.searching import search_files

FIRST, ALL = 10, 100
ON_TOP = 3
"""Tags, acronyms and pages that search.js puts before the papers at most."""


class BenchmarkError(ValueError):
    """What was given cannot be measured; the message says why."""


def rows(path: Path, *keys: str) -> list[dict[str, Any]]:
    """Read a file that has one object a line, each with these keys; blank lines are skipped."""
    found = []
    try:
        # Not splitlines: JSON allows other ends of lines within a text.
        lines = path.read_bytes().decode("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BenchmarkError(f"{path}: {error}") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise BenchmarkError(f"{path}:{number}: no JSON: {error}") from error
        if not isinstance(row, dict) or not row.keys() >= set(keys):
            raise BenchmarkError(f"{path}:{number}: expected an object with {', '.join(keys)}")
        found.append(row)
    return found


def sound(value: object) -> str:
    """Return a text without halves of characters, which some engines cannot take; "" for null."""
    text = "" if value is None else str(value)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def collection(
    folder: Path,
) -> tuple[list[dict[str, str]], list[str], list[dict[str, float]]]:
    """Read documents, questions, and for each question the grades of the documents it wants.

    Documents are named `d0`, `d1` … here, since their own ids can be anything.
    """
    number: dict[str, str] = {}
    docs: list[dict[str, str]] = []
    for row in rows(folder / "docs.jsonl", "id"):
        if str(row["id"]) in number:
            raise BenchmarkError(f"{folder / 'docs.jsonl'}: two documents have the id {row['id']}")
        name = number[str(row["id"])] = f"d{len(docs)}"
        docs.append({"id": name, "title": sound(row.get("title")), "text": sound(row.get("text"))})
    right: dict[str, dict[str, float]] = defaultdict(dict)
    for row in rows(folder / "qrels.jsonl", "q", "d", "r"):
        try:
            grade = float(row["r"])
        except (TypeError, ValueError) as error:
            path = folder / "qrels.jsonl"
            raise BenchmarkError(f"{path}: expected a number for r, found {row['r']!r}") from error
        if grade > 0 and str(row["d"]) in number:
            right[str(row["q"])][number[str(row["d"])]] = grade
    asked = [row for row in rows(folder / "queries.jsonl", "id", "text") if str(row["id"]) in right]
    return docs, [sound(row["text"]) for row in asked], [right[str(row["id"])] for row in asked]


def library_of(docs: Sequence[dict[str, str]]) -> Library:
    """Make a library of judged documents; their slugs are their ids."""
    papers = {
        doc["id"]: Paper(
            slug=doc["id"],
            title=doc["title"],
            abstract=doc["text"],
            appearances=(Appearance("judged", Source("docs.jsonl", number)),),
        )
        for number, doc in enumerate(docs, 1)
    }
    issue = Issue("judged", date(2000, 1, 1), "docs.jsonl", tuple(papers))
    return Library(issues=(issue,), papers=papers)


def scores(
    found: Sequence[Sequence[str]], wanted: Sequence[dict[str, float]]
) -> tuple[float | None, float | None, float | None]:
    """Return nDCG@10, recall@100 and the share without a result; grades count as they are."""
    if not found:
        return None, None, None
    ndcg, recall = [], []
    for names, right in zip(found, wanted, strict=True):
        gain = sum(right.get(name, 0) / log2(at + 2) for at, name in enumerate(names[:FIRST]))
        best = sorted(right.values(), reverse=True)[:FIRST]
        ndcg.append(gain / sum(grade / log2(at + 2) for at, grade in enumerate(best)))
        recall.append(sum(name in right for name in names[:ALL]) / len(right))
    empty = sum(not names for names in found) / len(found)
    return round(mean(ndcg), 4), round(mean(recall), 4), round(empty, 4)


def judged(folder: Path, rivals: search_rivals.Folders) -> Iterable[dict[str, Any]]:
    """Measure one collection."""
    docs, texts, wanted = collection(folder)
    name = folder.resolve().name
    files = list(search_files(library_of(docs)))
    *answers, _ = ask(files, [{"text": text, "options": {"size": ALL + ON_TOP}} for text in texts])
    names = [
        [result["slug"] for result in answer["results"] if result["kind"] == "paper"]
        for answer in answers
    ]
    size = sum(len(file.content) for file in files)
    yield _line(name, names, wanted, [answer["ms"] for answer in answers], size)
    for rival in search_rivals.compare(rivals, docs, texts):
        yield _line(
            f"{name} ({rival.name})",
            [answer["found"] for answer in rival.answers],
            wanted,
            [answer["ms"] for answer in rival.answers],
            rival.index_bytes,
        )


def _line(
    name: str,
    found: Sequence[Sequence[str]],
    wanted: Sequence[dict[str, float]],
    times: Sequence[float],
    size: int,
) -> dict[str, Any]:
    ndcg, recall, empty = scores(found, wanted)
    return {
        "name": name,
        "queries": len(found),
        "ndcg10": ndcg,
        "recall100": recall,
        "zero_share": empty,
        "p50_ms": round(median(times), 2) if times else None,
        "index_bytes_gz": size,
    }


def main() -> int:
    """Run the measurements that the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", type=Path, nargs="*", metavar="DIR")
    parser.add_argument("--rivals", action="store_true", help="other engines beside it")
    parser.add_argument("--library", type=Path, action="append", metavar="DIGEST.txt", default=[])
    asked = parser.parse_args()
    if not asked.folders and not asked.library:
        parser.error("name folders of judged documents, or --library DIGEST.txt")
    try:
        measure(asked)
    except (BenchmarkError, RunError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def measure(asked: argparse.Namespace) -> None:
    """Print what was asked for, a line of JSON each."""
    with ExitStack() as stack:
        rivals = stack.enter_context(search_rivals.rivals()) if asked.rivals else {}
        for folder in asked.folders:
            for line in judged(folder, rivals):
                print(json.dumps(line), flush=True)
        if asked.library:
            for line in cost(asked.library, rivals):
                print(json.dumps(line), flush=True)


if __name__ == "__main__":
    sys.exit(main())
