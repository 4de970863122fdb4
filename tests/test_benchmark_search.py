"""The measurement of search quality, on a tiny judged collection with odd but legal content."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).resolve().parents[1]
KEYS = ["name", "queries", "ndcg10", "recall100", "zero_share", "p50_ms", "index_bytes_gz"]

pytestmark = pytest.mark.skipif(not shutil.which("node"), reason="There is no node here")

DOCS: list[dict[str, Any]] = [
    {"id": "ACL:P19-1/ö x", "title": "Wombats dig burrows", "text": "Burrows of wombats are deep."},
    {"id": 7, "title": "Kangaroos\u2028hop", "text": ""},
    {"id": "", "text": "A text about platypuses that has no title."},
    {"id": "nulls", "title": None, "text": None},
    {"id": "empty", "title": "", "text": "", "year": 1999},
    {"id": "長い", "title": "長い文脈の検索", "text": "<b>Echidnas</b> & \ud800 others."},
    {"id": "plain", "title": "Wombats again", "text": "Wombats."},
]
QUERIES: list[dict[str, Any]] = [
    {"id": 1, "text": "burrows of wombats"},
    {"id": "7", "text": "hopping kangaroo"},
    {"id": "z z", "text": "platypus"},
    {"id": "nobody", "text": "wombats"},
    {"id": "zero", "text": "wombats"},
    {"id": "cjk", "text": "文脈"},
]
QRELS: list[dict[str, Any]] = [
    {"q": 1, "d": "ACL:P19-1/ö x", "r": 2},
    {"q": "1", "d": "plain", "r": 1},
    {"q": "7", "d": "7", "r": 1},
    {"q": "z z", "d": "", "r": "1"},
    {"q": "zero", "d": "plain", "r": 0},
    {"q": "cjk", "d": "長い", "r": 1.0},
    {"q": "cjk", "d": "not in the collection", "r": 1},
    {"q": "no such query", "d": "plain", "r": 1},
    {"q": "1", "d": "empty", "r": -1},
]


def write(
    folder: Path,
    docs: Sequence[object] = DOCS,
    queries: Sequence[object] = QUERIES,
    qrels: Sequence[object] = QRELS,
) -> Path:
    """Write a collection, with blank lines, a mark at the start and ends of lines as on Windows."""
    folder.mkdir()
    for name, rows in (("docs", docs), ("queries", queries), ("qrels", qrels)):
        lines = [json.dumps(row, ensure_ascii="\\ud800" in json.dumps(row)) for row in rows]
        text = "\ufeff" + "\r\n\r\n  \r\n".join(lines) + "\r\n"
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8", newline="")
    return folder


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "benchmarks/search.py", *map(str, arguments)],
        cwd=PROJECT,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )


def measured(*folders: Path) -> list[dict[str, Any]]:
    done = run(*folders)
    assert (done.returncode, done.stderr) == (0, "")
    lines: list[dict[str, Any]] = [json.loads(line) for line in done.stdout.splitlines()]
    assert [list(line) for line in lines] == [KEYS] * len(folders)
    return lines


def test_odd_collections_are_measured_a_line_each(tmp_path: Path) -> None:
    odd = write(tmp_path / "odd")
    unasked = write(tmp_path / "unasked", queries=[], qrels=[])
    bare = write(tmp_path / "bare", docs=[])
    worst = write(
        tmp_path / "worst", queries=[{"id": "a", "text": "xyzzy"}, {"id": "b", "text": ""}],
        qrels=[{"q": "a", "d": "plain", "r": 1}, {"q": "b", "d": "plain", "r": 1}],
    )  # fmt: skip
    first, second, third, last = measured(odd, unasked, bare, worst)
    # Left out are the queries without a right document.
    assert (first["name"], first["queries"]) == ("odd", 4)
    assert (first["ndcg10"], first["recall100"], first["zero_share"]) == (1, 1, 0)
    assert first["p50_ms"] > 0
    assert first["index_bytes_gz"] > 0
    for nothing in (second, third):
        assert (nothing["queries"], nothing["ndcg10"], nothing["p50_ms"]) == (0, None, None)
    assert (last["ndcg10"], last["recall100"], last["zero_share"]) == (0, 0, 1)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("docs", None, "docs.jsonl: "),
        ("queries", '{"id": 1, "text": "x"}\n\n{"id": ', "queries.jsonl:3: no JSON"),
        ("qrels", '{"q": 1, "d": 2}', "qrels.jsonl:1: expected an object with q, d, r"),
        ("docs", '{"id": 1}\n{"id": "1"}', "docs.jsonl: two documents have the id 1"),
        (
            "qrels",
            '{"q": 1, "d": 7, "r": "much"}',
            "qrels.jsonl: expected a number for r, found 'much'",
        ),
    ],
    ids=["missing", "cut off", "key", "twice", "grade"],
)
def test_what_is_no_collection_is_told(
    tmp_path: Path, name: str, text: str | None, told: str
) -> None:
    folder = write(tmp_path / "odd")
    path = folder / f"{name}.jsonl"
    if text is None:
        path.unlink()
    else:
        path.write_text(text, encoding="utf-8")
    done = run(folder)
    assert (done.returncode, done.stdout) == (1, "")
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1
