"""What search costs its reader, measured in a real Chromium.

    python benchmarks/search_browser.py --papers 10000             papers made up, always the same
    python benchmarks/search_browser.py --library DIGEST.txt       papers of a digest

The frames of the small site of the tests are built once, with the index of the large library. It
is served from this machine, texts gzipped, as a host would. Printed are lines of JSON:

- before: what a page without a search fetches; of the search that must be nothing
- dialog, page: what a first search fetches, in the dialog (typed letter by letter, each of which
  is a search, or pasted) or from `search/?q=…`, each query in a fresh window. "search" is the
  module and the index, "sentences" the abstracts that are quoted
- further: the same for each further query, and the time until its results stand there
- frames: gaps between frames while queries are typed, and beside it while nothing is searched
- cpu: of the worker's thread for each query, new and asked again (Linux only)
- heap: of page and worker, after the garbage has been collected

Three numbers in a list are the median, the 90th percentile and the most.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import accumulate
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.gauges import FRAMES, FRAMES_SEEN, Heap, worker_seconds
from benchmarks.search_cost import library_of_digests, questions, spread
from benchmarks.serving import Host
from generator.model import Appearance, Issue, Library, Link, LinkKind, Paper, Source, Tag
from generator.searching import search_files

PROJECT = Path(__file__).resolve().parents[1]
# What the tests know of browsers and of building a site serves here too.
sys.path.insert(0, str(PROJECT / "tests" / "browser"))

import chromium  # noqa: E402
from sitehost import build, copy_project  # noqa: E402

SEED = PROJECT / "tests/data/seed/2025-03-11.txt"
FIRST, FURTHER = 10, 30
PAUSE = 60
"""Milliseconds between two keys."""
SETTLED = 500
"""Milliseconds after which all that a query asks for has come, on one machine."""

_ASK = """(words) => new Promise((done) => {
    const field = document.querySelector(".bs-finder [name=q]");
    const all = document.querySelector(".bs-finder > a");
    const start = performance.now();
    new MutationObserver((_, watch) => {
        if (new URL(all.href).searchParams.get("q") !== words) return;
        watch.disconnect();
        done(performance.now() - start);
    }).observe(all, { attributes: true });
    field.value = words;
    field.dispatchEvent(new Event("input", { bubbles: true }));
})"""

_TYPED = """words =>
    new URL(document.querySelector(".bs-finder > a").href).searchParams.get("q") === words"""


def made_up(papers: int) -> Library:
    """Make papers whose words are as unevenly common as those of a language."""
    dice = random.Random(4)  # noqa: S311
    parts = ("ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ro", "stru")
    words = sorted({"".join(dice.choices(parts, k=dice.randint(2, 5))) for _ in range(30_000)})
    dice.shuffle(words)
    weights = list(accumulate(1 / (rank + 5) for rank in range(len(words))))

    def text(count: int) -> str:
        return " ".join(dice.choices(words, cum_weights=weights, k=count)).capitalize()

    day = date(2025, 1, 5)
    code = (Link("https://example.org/code", LinkKind.CODE, "https://example.org/code"),)
    tags = {f"subject-{n}": Tag(f"subject-{n}", f"Subject {n}", phrases=()) for n in range(60)}
    made = {
        f"paper-{number}": Paper(
            slug=f"paper-{number}",
            title=text(dice.randint(5, 11)),
            abstract=f"{text(45)}. {text(45)}.",
            links=code if number % 4 == 0 else (),
            tags=tuple(dice.sample(list(tags), k=3)),
            appearances=(Appearance(day.isoformat(), Source("made-up.txt", number + 1)),),
        )
        for number in range(papers)
    }
    issue = Issue(day.isoformat(), day, "made-up.txt", tuple(made))
    return Library(issues=(issue,), papers=made, tags=tags)


@contextmanager
def served(library: Library) -> Iterator[Host]:
    """Serve the frames of the small site with the index of a library."""
    with tempfile.TemporaryDirectory() as folder:
        project = copy_project(Path(folder, "project"), {SEED.name: SEED.read_text("utf-8")})
        site = Path(folder, "site")
        build(project, site, strict=False)
        shutil.rmtree(site / "search" / "data")
        for file in search_files(library):
            target = site / file.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.content)
        with Host(site, library) as host:
            yield host


@contextmanager
def window(browser: Browser, host: Host) -> Iterator[Page]:
    """Open a window that has fetched nothing yet."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    host.take()
    yield context.new_page()
    context.close()


def typed(page: Page, words: str) -> None:
    """Type a query letter by letter, and wait for its results."""
    page.locator(".bs-finder [name=q]").fill("")
    page.keyboard.type(words, delay=PAUSE)
    page.wait_for_function(_TYPED, arg=words)
    page.wait_for_timeout(SETTLED)


def pasted(page: Page, words: str) -> float:
    """Put a query in at once, and return the milliseconds until its results stand there."""
    shown = float(page.evaluate(_ASK, words))
    page.wait_for_timeout(SETTLED)
    return round(shown, 1)


def fetched(runs: list[dict[str, list[int]]]) -> dict[str, Any]:
    """Put requests and bytes of runs together, by what they are for."""
    return {
        kind: {
            "requests": spread([len(run.get(kind, [])) for run in runs]),
            "bytes": spread([sum(run.get(kind, [])) for run in runs]),
        }
        for kind in ("search", "sentences", "page")
    }


def first_searches(browser: Browser, host: Host, asked: list[str]) -> Iterator[dict[str, Any]]:
    """Measure pages without a search, and first searches in fresh windows."""
    with window(browser, host) as page:
        page.goto(host.url, wait_until="networkidle")
        page.wait_for_timeout(SETTLED)
        yield {"what": "before", **fetched([host.take()])}
    for way, put in (("typed", typed), ("pasted", pasted)):
        runs = []
        for words in asked:
            with window(browser, host) as page:
                page.goto(host.url, wait_until="networkidle")
                host.take()
                page.keyboard.press("/")
                put(page, words)
                runs.append(host.take())
        yield {"what": f"dialog, {way}", "queries": len(asked), **fetched(runs)}
    runs = []
    for words in asked:
        with window(browser, host) as page:
            page.goto(f"{host.url}search/?{host.query(q=words)}", wait_until="networkidle")
            page.wait_for_timeout(SETTLED)
            if not page.locator(".bs-entries article").count():
                raise SystemExit(f"The page of results shows nothing for {words!r}")
            runs.append(host.take())
    yield {"what": "page", "queries": len(asked), **fetched(runs)}


def frames(page: Page, asked: list[str], *, searching: bool) -> dict[str, Any]:
    """Type queries, and measure how long the window shows no new frame."""
    page.evaluate(FRAMES)
    for words in asked:
        if searching:
            typed(page, words)
        else:
            page.locator("#benchmark-control").fill("")
            page.keyboard.type(words, delay=PAUSE)
            page.wait_for_timeout(SETTLED)
    seen = page.evaluate(FRAMES_SEEN)
    gaps = [round(gap, 1) for gap in seen["gaps"]]
    return {
        "frames": len(gaps),
        "gap_ms": spread(gaps),
        "gaps_over_50_ms": sum(gap > 50 for gap in gaps),
        "long_tasks_ms": sorted(map(round, seen["tasks"]), reverse=True),
    }


def further_searches(browser: Browser, host: Host, asked: list[str]) -> Iterator[dict[str, Any]]:
    """Measure one window in which many queries are asked."""
    with window(browser, host) as page:
        page.goto(host.url, wait_until="networkidle")
        page.evaluate("""() => {
            const field = document.createElement("input");
            field.id = "benchmark-control";
            document.querySelector("main").prepend(field);
        }""")
        control = frames(page, asked[:10], searching=False)
        session = page.context.new_cdp_session(page)
        heap = Heap(session)
        empty = heap.page()
        page.evaluate("() => document.getElementById('benchmark-control').remove()")
        page.keyboard.press("/")
        page.wait_for_selector(".bs-finder [name=q]:focus")
        pasted(page, asked[0])
        host.take()
        runs, cpu, shown = [], [], []
        for words in asked[1:]:
            before = worker_seconds()
            shown.append(round(page.evaluate(_ASK, words), 1))
            cpu.append(worker_seconds() - before)
            page.wait_for_timeout(SETTLED)
            runs.append(host.take())
        yield {
            "what": "further",
            "queries": len(runs),
            "ms_to_results": spread(shown),
            **fetched(runs),
        }
        again = []
        for words in asked[1:]:
            before = worker_seconds()
            page.evaluate(_ASK, words)
            again.append(worker_seconds() - before)
        yield {
            "what": "cpu",
            "new_ms": spread([round(1000 * seconds, 1) for seconds in cpu]),
            "again_ms": spread([round(1000 * seconds, 1) for seconds in again]),
        }
        yield {
            "what": "frames",
            "searching": frames(page, asked[:10], searching=True),
            "not_searching": control,
        }
        yield {
            "what": "heap",
            "queries": len(asked),
            "page_before_search": empty,
            "page": heap.page(),
            "worker": heap.worker(page),
        }


def main() -> int:
    """Run the measurements."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--papers", type=int, metavar="N")
    what.add_argument("--library", type=Path, action="append", metavar="DIGEST.txt")
    asked = parser.parse_args()
    path = chromium.find()
    if path is None:
        parser.error("there is no Chromium here: `make test` installs one")
    library = library_of_digests(asked.library) if asked.library else made_up(asked.papers)
    every = questions(library)
    queries = every[:: max(len(every) // FURTHER, 1)][:FURTHER]
    start = time.monotonic()
    with served(library) as host, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(chromium.FLAGS))
        about = {"what": "set-up", "papers": len(library.papers), "chromium": browser.version}
        print(json.dumps(about | {"seconds": round(time.monotonic() - start)}), flush=True)
        for line in first_searches(browser, host, queries[:: len(queries) // FIRST][:FIRST]):
            print(json.dumps(line), flush=True)
        for line in further_searches(browser, host, queries):
            print(json.dumps(line), flush=True)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
