"""What builds cost, how heavy the site is that they make, and how other builders do on its pages.

    make bench                                            all of it: an hour or more on two cores
    make bench ARGS="--papers 1000 --rounds 1 --json"     a glance
    python benchmarks/builds.py --digest DIGEST.txt …     real papers, not such as are made up

For each number of papers, in turn within each round: a cold build (nothing is left of an earlier
one), one where nothing has changed, one with a new digest of 60 papers on top; then the rivals
build the exported pages of the same papers anew. At last `mkdocs serve`, a digest saved while it
runs, and the weight of the site and of a first visit. At the smallest number Lighthouse looks on.
What is compared comes from the same round. A step that fails is told, and the rest goes on.

With `--json` one object is printed, else tables. What goes on is told on the error output. The
variable BROADSHEET_DIGEST can name the digest as well.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import platform
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

from benchmarks import buildtable, corpus, liveserve
from benchmarks.leavings import put_aside, remove
from benchmarks.processes import CommandError, Cost, measure
from benchmarks.rivals import PINNED, Rival, install, rivals

PROJECT = Path(__file__).resolve().parents[1]
WHERE = PROJECT / ".cache" / "bench"
SIZES = (1000, 5000, 10_000)
VARIABLE = "BROADSHEET_DIGEST"
ENVIRONMENT = {
    "NO_MKDOCS_2_WARNING": "1",
    "DISABLE_MKDOCS_2_WARNING": "true",
    "SITE_URL": "https://papers.example/broadsheet/",
}
BUILD = (sys.executable, "-m", "mkdocs", "build", "--quiet")
EXPORT = (sys.executable, "-m", "generator", "export")
_T = TypeVar("_T")


@dataclass(slots=True)
class Findings:
    """All that was measured."""

    sizes: dict[int, dict[str, Any]] = field(default_factory=dict)
    """By number of papers: `costs` (by what was done, one of each round, None where it failed),
    and once each `serve`, `papers`, `bytes`, `biggest`, `visits`, `lighthouse`."""
    failures: list[str] = field(default_factory=list)

    def attempt(self, what: str, act: Callable[[], _T]) -> _T | None:
        """Do something; if it cannot be done, note why and return None."""
        print(f"{what} …", file=sys.stderr, flush=True)
        try:
            return act()
        except (CommandError, RuntimeError, OSError, ValueError) as problem:
            self.failures.append(f"{what}: {problem}")
            print(f"  failed: {problem}", file=sys.stderr, flush=True)
            return None


@dataclass(frozen=True, slots=True)
class Bench:
    """One size of the corpus, and what is done with it."""

    papers: int
    asked: argparse.Namespace
    findings: Findings

    @property
    def folder(self) -> Path:
        """Where its projects stand."""
        return Path(self.asked.folder) / str(self.papers)

    @property
    def project(self) -> Path:
        """What is built."""
        return self.folder / "project"

    @property
    def site(self) -> Path:
        """What was built."""
        return self.project / "site"

    def run(self, others: list[Rival]) -> None:
        """Measure all."""
        put_aside(self.folder)
        found = self.findings.sizes.setdefault(self.papers, {"costs": {}})
        competing = [rival for rival in others if self._prepared(rival)]
        for number in range(1, self.asked.rounds + 1):
            self._round(number, competing, found["costs"])
        newest = self.project / "docs" / "digests" / self._newest()[0]
        if self.asked.weight and self.site.is_dir():
            self._weigh(found)
        if self.asked.lighthouse and self.papers == min(self.asked.papers):
            found["lighthouse"] = self._try("Lighthouse", self._lighthouse)
        if self.asked.serve:
            newest.unlink(missing_ok=True)
            found["serve"] = self._try(
                "serve", lambda: liveserve.saved(self.project, self._newest(), ENVIRONMENT)
            )
        if not self.asked.keep:
            put_aside(self.folder)

    def _round(
        self, number: int, competing: list[Rival], costs: dict[str, list[Cost | None]]
    ) -> None:
        def note(what: str, act: Callable[[], Cost]) -> None:
            cost = self._try(f"round {number}, {what}", act)
            costs.setdefault(what, []).append(cost)

        def build() -> Cost:
            return measure(BUILD, self.project, ENVIRONMENT)

        # A folder that is made anew has no cache and no site.
        put_aside(self.project)
        self._try("corpus", lambda: self._make(self.project))
        note("cold", build)
        note("unchanged", build)
        name, text = self._newest()
        newest = self.project / "docs" / "digests" / name
        newest.write_text(text, encoding="utf-8", newline="")
        note("60 papers more", build)
        for rival in competing:
            note(rival.name, partial(rival.build, self.folder / rival.name))

    def _prepared(self, rival: Rival) -> bool:
        """Whether the rival has the pages in the form that it takes."""
        exported = self.folder / "exported"

        def prepare() -> bool:
            if not exported.is_dir():
                source = self._make(self.folder / "source")
                measure((*EXPORT, str(exported)), source, ENVIRONMENT)
            rival.prepare(exported, self.folder / rival.name)
            return True

        return bool(self._try(f"pages for {rival.name}", prepare))

    def _weigh(self, found: dict[str, Any]) -> None:
        def weigh() -> None:
            from benchmarks import weight

            papers = sorted(page.parent.name for page in self.site.glob("papers/*/index.html"))
            found["papers"] = len(papers)
            found["bytes"] = weight.bytes_by_kind(self.site)
            found["biggest"] = weight.biggest(self.site)
            pages = ["", *(f"papers/{name}/" for name in papers[:1])]
            found["visits"] = weight.first_visits(self.site, pages)

        self._try("weight", weigh)

    def _lighthouse(self) -> list[dict[str, Any]]:
        from benchmarks import lighthouse

        verdicts = lighthouse.examine(self.site, lighthouse.pages_of(self.site), self.asked.rounds)
        return [asdict(verdict) for verdict in verdicts]

    def _make(self, folder: Path) -> Path:
        return corpus.make(folder, self.papers, self.asked.digest, self.asked.seed)

    def _newest(self) -> tuple[str, str]:
        return corpus.newest(self.papers, self.asked.digest, self.asked.seed)

    def _try(self, what: str, act: Callable[[], _T]) -> _T | None:
        return self.findings.attempt(f"{self.papers} papers, {what}", act)


def told(findings: Findings, asked: argparse.Namespace) -> dict[str, Any]:
    """Return all that was found, as one object for JSON."""
    return {
        "machine": {
            "processor": platform.machine(),
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "mkdocs": version("mkdocs"),
            "material": version("mkdocs-material"),
            **PINNED,
        },
        "papers": "made up" if asked.digest is None else asked.digest.name,
        "seed": asked.seed,
        "rounds": asked.rounds,
        "goals": [asdict(goal) for goal in buildtable.goals(findings.sizes)],
        "sizes": {
            str(size): {
                **found,
                "costs": {
                    what: [cost and asdict(cost) for cost in costs]
                    for what, costs in found["costs"].items()
                },
            }
            for size, found in findings.sizes.items()
        },
        "failures": findings.failures,
    }


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    named = os.environ.get(VARIABLE)
    yes_no = argparse.BooleanOptionalAction
    parser.add_argument("--papers", type=int, nargs="+", default=SIZES, metavar="N")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--digest", type=Path, metavar="DIGEST.txt", default=Path(named) if named else None
    )
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--rivals", action=yes_no, default=True, help="other builders beside ours")
    parser.add_argument("--serve", action=yes_no, default=True, help="`mkdocs serve` as well")
    parser.add_argument("--weight", action=yes_no, default=True, help="bytes and first visits")
    parser.add_argument("--lighthouse", action=yes_no, default=True, help="Lighthouse, from npm")
    parser.add_argument("--folder", type=Path, default=WHERE, help="where builds are made")
    parser.add_argument("--keep", action="store_true", help="leave what was built there")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    asked = parser.parse_args()
    if asked.digest and not asked.digest.is_file():
        parser.error(f"there is no file {asked.digest}")
    return asked


def main() -> int:
    """Measure what the command line asks for. Returns 1 if something failed."""
    asked = _asked()
    findings = Findings()
    # Rivals come compiled; ours is as after its first run, also where Python keeps nothing.
    compileall.compile_dir(PROJECT / "generator", quiet=1)
    others = rivals() if asked.rivals else []
    if asked.rivals and not findings.attempt("rivals from PyPI", install):
        # Material is here all the same.
        others = others[:1]
    try:
        for papers in sorted(asked.papers):
            Bench(papers, asked, findings).run(others)
    finally:
        remove()
    everything = told(findings, asked)
    print(json.dumps(everything, indent=1) if asked.json else buildtable.tables(everything))
    return 1 if findings.failures else 0


if __name__ == "__main__":
    sys.exit(main())
