"""What Lighthouse says of a built site, as a light phone sees it: home and a paper's page.

    python benchmarks/lighthouse.py SITE [--rounds 3] [--json] [PAGE …]

SITE is a folder that `mkdocs build` made. It is served from this machine, texts gzipped. Lighthouse
comes from npm, into .cache/, the first time; the browser is the one of the tests. Its default
settings are those of a phone on a slow network. A PAGE is an address below the site's root;
without one, home and the first paper's. Of several rounds each score is the median, and whatever
kept a score from 1.00 in any of them is listed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.serving import Host

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT / "tests" / "browser"))

import chromium  # noqa: E402

VERSION = "12.8.2"
"""The last one that runs on Node 18 and 20."""
PLACE = PROJECT / ".cache" / "lighthouse"
FLAGS = "--headless --no-sandbox --disable-gpu --disable-dev-shm-usage"
GOALS = {"performance": 0.98, "accessibility": 1.0, "best-practices": 1.0, "seo": 1.0}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What Lighthouse says of one page."""

    page: str
    scores: dict[str, float]
    """Of 1, by category."""
    timings: dict[str, float]
    """What the score for performance is made of, in milliseconds; layout shift has no unit."""
    faults: tuple[str, ...]
    """What took something off a score, in Lighthouse's words."""


_TIMINGS = (
    "first-contentful-paint",
    "largest-contentful-paint",
    "total-blocking-time",
    "speed-index",
    "cumulative-layout-shift",
)


def install() -> Path:
    """Return Lighthouse's program, fetched by npm if need be. Raises RuntimeError if it cannot."""
    program = PLACE / "node_modules" / ".bin" / "lighthouse"
    manifest = PLACE / "node_modules" / "lighthouse" / "package.json"
    if manifest.is_file() and json.loads(manifest.read_text("utf-8"))["version"] == VERSION:
        return program
    npm = shutil.which("npm")
    if npm is None:
        raise RuntimeError("Lighthouse needs Node and npm, and there is no npm here")
    PLACE.mkdir(parents=True, exist_ok=True)
    (PLACE / "package.json").write_text('{"private": true}\n', encoding="utf-8")
    quietly = ("--no-audit", "--no-fund", "--ignore-scripts", "--no-package-lock")
    done = subprocess.run(
        [npm, "install", *quietly, f"lighthouse@{VERSION}"],
        cwd=PLACE,
        env={**os.environ, "PUPPETEER_SKIP_DOWNLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"`npm install lighthouse@{VERSION}` failed: {_last(done.stderr)}")
    return program


def look(program: Path, address: str, page: str) -> Verdict:
    """Let Lighthouse look at a page once. Raises RuntimeError if it gives no verdict."""
    browser = chromium.find()
    if browser is None:
        raise RuntimeError("there is no Chromium here: `make browser` installs one")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        told_where = ("--output=json", f"--output-path={report}")
        done = subprocess.run(
            [str(program), address, "--quiet", *told_where, f"--chrome-flags={FLAGS}"],
            env={**os.environ, "CHROME_PATH": str(browser), "TMPDIR": folder},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode or not report.is_file():
            raise RuntimeError(f"Lighthouse failed at {address}: {_last(done.stderr)}")
        told = json.loads(report.read_text("utf-8"))
    if problem := told.get("runtimeError"):
        raise RuntimeError(f"Lighthouse failed at {address}: {problem['message']}")
    return _verdict(page, told)


def _verdict(page: str, told: dict[str, Any]) -> Verdict:
    audits, faults = told["audits"], []
    for name, category in told["categories"].items():
        for part in category["auditRefs"]:
            audit = audits[part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 1:
                shown = f" ({audit['displayValue']})" if audit.get("displayValue") else ""
                faults.append(f"{name}: {audit['title']}{shown}, {audit['score']:.2f}")
    return Verdict(
        page,
        {name: category["score"] or 0.0 for name, category in told["categories"].items()},
        {name: round(audits[name].get("numericValue", 0.0), 3) for name in _TIMINGS},
        tuple(faults),
    )


def together(verdicts: list[Verdict]) -> Verdict:
    """Put the verdicts on one page together: medians, and every fault once."""
    first = verdicts[0]

    def middle(name: str, of: str) -> float:
        return float(statistics.median_low([getattr(verdict, of)[name] for verdict in verdicts]))

    return Verdict(
        first.page,
        {name: middle(name, "scores") for name in first.scores},
        {name: middle(name, "timings") for name in first.timings},
        tuple(dict.fromkeys(fault for verdict in verdicts for fault in verdict.faults)),
    )


def pages_of(site: Path) -> list[str]:
    """Return the addresses of home and of the first paper."""
    papers = sorted(page.parent.name for page in site.glob("papers/*/index.html"))
    return ["", *(f"papers/{name}/" for name in papers[:1])]


def examine(site: Path, pages: list[str], rounds: int = 3) -> list[Verdict]:
    """Let Lighthouse look at pages of a site, in turn. Raises RuntimeError if it cannot."""
    program = install()
    with Host(site) as host:
        runs = [[look(program, host.url + page, page) for page in pages] for _ in range(rounds)]
    return [together(list(column)) for column in zip(*runs, strict=True)]


def table(verdicts: list[Verdict]) -> str:
    """Say for people what was found."""
    lines = ["| page | " + " | ".join(GOALS) + " | reached |", "|---" * (len(GOALS) + 2) + "|"]
    for verdict in verdicts:
        reached = all(verdict.scores[name] >= goal for name, goal in GOALS.items())
        scores = " | ".join(f"{verdict.scores[name]:.2f}" for name in GOALS)
        lines.append(f"| {verdict.page or 'home'} | {scores} | {'yes' if reached else 'no'} |")
    lines.append("| goal | " + " | ".join(f"{goal:.2f}" for goal in GOALS.values()) + " | |")
    for verdict in verdicts:
        lines += [f"\n{verdict.page or 'home'}:", *(f"- {fault}" for fault in verdict.faults)]
        lines += [f"- {name} {value:g}" for name, value in verdict.timings.items()]
    return "\n".join(lines)


def _last(said: str) -> str:
    return " / ".join(said.strip().splitlines()[-5:]) or "it said nothing"


def main() -> int:
    """Look at the site that the command line names."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("site", type=Path)
    parser.add_argument("page", nargs="*")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    try:
        verdicts = examine(asked.site, asked.page or pages_of(asked.site), asked.rounds)
    except RuntimeError as problem:
        print(problem, file=sys.stderr)
        return 1
    found = [asdict(verdict) for verdict in verdicts]
    print(json.dumps(found, indent=1) if asked.json else table(verdicts))
    return 0


if __name__ == "__main__":
    sys.exit(main())
