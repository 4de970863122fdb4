"""Other search engines on the same documents and questions (needs node and, for two, npm).

- Material's own set-up: the very worker of the installed theme, on the index that the theme's
  plugin would write for one page a document. Nothing is fetched for it.
- MiniSearch, on the words that our own index has: stemmed, stop words out, the title twice.
- Pagefind: its binary makes the index of HTML pages, its own browser module is asked.

Packages are fetched by npm into a folder that is deleted at the end. A rival that cannot be had
or fails says so on standard error, and the others go on. Times are those of ranking: what a page
of results shows is fetched after the clock has stopped.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.under_node import RunError, run
from generator.searching.words import STOP_WORDS, cut, stem

DRIVER = Path(__file__).resolve().parent / "search_rivals.mjs"
PACKAGES = {"minisearch": "7.2.0", "pagefind": "1.5.2"}
NAMES = {
    "material": f"Material {version('mkdocs-material')}",
    "minisearch": f"MiniSearch {PACKAGES['minisearch']}",
    "pagefind": f"Pagefind {PACKAGES['pagefind']}",
}
_LONGEST = 1800
"""Seconds that a rival may take for a collection."""

PATIENCE = 120
"""Seconds that Material's worker gets for a first result of a large library."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What a rival made of a collection."""

    name: str
    """The engine and its version: `MiniSearch 7.2.0`."""
    index_bytes: int
    """Of the index as it goes over the wire, without the code."""
    answers: list[dict[str, Any]]
    """For each question, in order: `found` (ids, best first), `ms`; if the questions were asked
    cold, instead `requests` and `bytes` to a first page of results, code included."""


Folders = dict[str, Path]
"""Where each rival that can be had is: its worker, or the folder with its package."""


@contextmanager
def rivals() -> Iterator[Folders]:
    """Fetch what can be had, for as long as the block lasts."""
    with tempfile.TemporaryDirectory() as folder:
        found: Folders = {}
        if worker := _worker():
            found["material"] = worker
        else:
            _miss("material", "its worker is not among the installed files")
        for name, pinned in PACKAGES.items():
            home = Path(folder, name)
            home.mkdir()
            command = ["npm", "install", "--no-audit", "--no-fund", "--silent", f"{name}@{pinned}"]
            try:
                subprocess.run(command, cwd=home, check=True, capture_output=True, timeout=300)
                found[name] = home
            except (OSError, subprocess.SubprocessError) as error:
                _miss(name, f"npm cannot fetch it: {error}")
        yield found


def compare(
    folders: Folders,
    docs: Sequence[dict[str, str]],
    queries: Sequence[str] = (),
    *,
    cold: Sequence[str] = (),
) -> Iterator[Answered]:
    """Let each rival index documents (`id`, `title`, `text`) and answer questions.

    With `cold` instead of questions, they are asked as first ones, for their bytes.
    """
    for name, where in folders.items():
        plain = _stemmed if name == "minisearch" else str
        given = {
            "docs": [
                {"id": doc["id"], "title": plain(doc["title"]), "text": plain(doc["text"])}
                for doc in docs
            ],
            "queries": list(map(plain, cold or queries)),
            "cold": bool(cold),
        }
        try:
            out = json.loads(run(_driver(name, where), json.dumps(given), longest=_LONGEST))
        except (RunError, subprocess.TimeoutExpired) as error:
            _miss(name, str(error))
            continue
        yield Answered(NAMES[name], out["bytes"], out["answers"])


def first_result(
    worker: Path, docs: Sequence[dict[str, str]], query: str
) -> dict[str, float] | None:
    """Return what it takes Material's worker to take in its index and to answer one query.

    That is what each page of its site does anew. None if `PATIENCE` ends first.
    """
    given = json.dumps({"docs": list(docs), "queries": [query]})
    try:
        out = json.loads(run(_driver("material", worker), given, longest=PATIENCE))
    except subprocess.TimeoutExpired:
        return None
    return {
        "seconds_to_take_the_index_in": round(out["ready_ms"] / 1000, 2),
        "seconds_to_answer": round(out["answers"][0]["ms"] / 1000, 2),
        "process_megabytes": round(out["kilobytes"] / 1024),
    }


def _driver(name: str, where: Path) -> list[str]:
    return ["node", "--max-old-space-size=4096", str(DRIVER), name, str(where)]


def _stemmed(text: str) -> str:
    return " ".join(stem(word) for word, _ in cut(text) if word not in STOP_WORDS)


def _worker() -> Path | None:
    """Return the worker that the installed theme would ship."""
    theme = find_spec("material")
    places = theme.submodule_search_locations if theme else None
    scripts = "templates/assets/javascripts/workers"
    return next((f for p in places or () for f in Path(p, scripts).glob("search.*.min.js")), None)


def _miss(name: str, why: str) -> None:
    print(f"without {NAMES[name]}: {why}", file=sys.stderr)
