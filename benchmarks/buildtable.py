"""The arithmetic of the measurements of builds: ratios within a round, goals, and their tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from benchmarks.processes import Cost

Costs = Sequence[Cost | None]
Sizes = dict[int, dict[str, Any]]
HUGO, MATERIAL, ZENSICAL = "Hugo", "MkDocs + Material", "Zensical"


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure to reach, and what was measured; without values it was not."""

    name: str
    limit: float
    values: tuple[float, ...]
    """One of each round."""
    at_least: bool = False
    """Whether more is better."""

    @property
    def reached(self) -> bool | None:
        """Whether the median is within the limit; None if nothing was measured."""
        if not self.values:
            return None
        middle = median(self.values)
        return middle >= self.limit if self.at_least else middle <= self.limit


def ratios(ours: Costs, theirs: Costs) -> tuple[float, ...]:
    """Return the ratio of CPU time of each round in which both came to an end."""
    return tuple(
        round(one.cpu / other.cpu, 3)
        for one, other in zip(ours, theirs, strict=False)
        if one and other and other.cpu
    )


def growth(small: Costs, large: Costs, times: float) -> tuple[float, ...]:
    """Return the cost per paper of a library beside that of one so many times smaller."""
    return tuple(round(ratio / times, 3) for ratio in ratios(large, small))


def goals(sizes: Sizes) -> list[Goal]:
    """Return every figure to reach with what was measured of it."""

    def costs(size: int, what: str) -> list[Cost | None]:
        return list(sizes.get(size, {}).get("costs", {}).get(what, []))

    def against(what: str, rival: str) -> tuple[float, ...]:
        return ratios(costs(5000, what), costs(5000, rival))

    def once(size: int, take: Callable[[dict[str, Any]], float | None]) -> tuple[float, ...]:
        try:
            value = take(sizes[size])
        except (KeyError, TypeError, ValueError, ZeroDivisionError):
            return ()
        return () if value is None else (value,)

    most = [
        max((cost.memory for cost in row if cost), default=0) / 1e6
        for row in zip(
            *(costs(10_000, what) for what in ("cold", "unchanged", "60 papers more")), strict=True
        )
    ]
    large = max(sizes, default=0)
    listed = [
        Goal("60 papers more on 5,000 ÷ Hugo's full build", 0.2, against("60 papers more", HUGO)),
        Goal("no change, 5,000 ÷ Hugo's full build", 0.1, against("unchanged", HUGO)),
        Goal("cold, 5,000 ÷ MkDocs + Material", 0.5, against("cold", MATERIAL)),
        Goal("cold, 5,000 ÷ Zensical", 0.5, against("cold", ZENSICAL)),
        Goal(
            "cold, cost per paper at 10,000 ÷ at 1,000",
            1.15,
            growth(costs(1000, "cold"), costs(10_000, "cold"), 10),
        ),
        Goal("peak memory, 10,000, MB", 600, tuple(round(value) for value in most if value)),
        Goal(
            "serve, 5,000: CPU seconds from a saved digest to the page",
            2,
            once(5000, lambda found: found["serve"]["new digest"]),
        ),
        Goal(
            f"whole site per paper, {large:,}, KB",
            30,
            once(
                large, lambda found: round(sum(found["bytes"].values()) / found["papers"] / 1000, 1)
            ),
        ),
        Goal(
            f"biggest page, {large:,}, KB",
            200,
            once(large, lambda found: round(found["biggest"]["bytes"] / 1000, 1)),
        ),
        Goal(
            f"elements of a page, {large:,}",
            1500,
            once(large, lambda found: found["biggest"]["nodes"]),
        ),
    ]
    for page, visit in (sizes.get(large, {}).get("visits") or {}).items():
        kind = _named(page)
        ours = round(visit["bytes_of_our_styles_and_scripts"] / 1000, 1)
        listed += [
            Goal(f"first visit, {kind}, KB gzipped", 90, (round(visit["bytes"] / 1000, 1),)),
            Goal(f"styles and scripts of ours, {kind}, KB gzipped", 20, (ours,)),
            Goal(f"third-party requests, {kind}", 0, (visit["third_party"],)),
        ]
    for size in sorted(sizes):
        for verdict in sizes[size].get("lighthouse") or ():
            where = f"Lighthouse, {size:,}, {_named(verdict['page'])}"
            listed += [
                Goal(f"{where}, {name}", 0.98 if name == "performance" else 1.0, (score,), True)
                for name, score in verdict["scores"].items()
            ]
    return listed


def tables(everything: dict[str, Any]) -> str:
    """Put all that was found into tables for people."""
    parts = [
        f"Papers: {everything['papers']}, seed {everything['seed']}, "
        f"{everything['rounds']} rounds; "
        + ", ".join(f"{name} {value}" for name, value in everything["machine"].items()),
        _goal_table(everything["goals"]),
        _cost_table(everything["sizes"]),
        _weight_table(everything["sizes"]),
    ]
    if everything["failures"]:
        parts.append("Failed:\n" + "\n".join(f"- {failure}" for failure in everything["failures"]))
    return "\n\n".join(part for part in parts if part)


def _goal_table(listed: Iterable[dict[str, Any]]) -> str:
    rows = []
    for row in listed:
        goal = Goal(**row)
        verdict = {None: "not measured", True: "yes", False: "**no**"}[goal.reached]
        sign = "≥" if goal.at_least else "≤"
        rows.append([goal.name, f"{sign} {goal.limit:g}", *_spread(goal.values), verdict])
    return _table(["", "goal", "min", "median", "max", "reached"], rows)


def _cost_table(sizes: dict[str, dict[str, Any]]) -> str:
    rows = []
    for size, found in sizes.items():
        for what, costs in found["costs"].items():
            done = [cost for cost in costs if cost]
            memory = f"{max(cost['memory'] for cost in done) / 1e6:.0f}" if done else "–"
            cpu = _spread([cost["cpu"] for cost in done])
            wall = f"{median(cost['wall'] for cost in done):.1f}" if done else "–"
            rows.append([f"{int(size):,}", what, *cpu, wall, memory])
        for what, seconds in (found.get("serve") or {}).items():
            rows.append([f"{int(size):,}", f"serve, {what}", *_spread([seconds]), "–", "–"])
    head = ["papers", "build", "CPU s, min", "median", "max", "wall s, median", "most MB"]
    return _table(head, rows)


def _weight_table(sizes: dict[str, dict[str, Any]]) -> str:
    rows = []
    for size, found in sizes.items():
        papers = found.get("papers")
        for kind, number in (found.get("bytes") or {}).items() if papers else ():
            rows.append([f"{int(size):,}", kind, f"{number / papers:,.0f} bytes a paper"])
        if biggest := found.get("biggest"):
            rows += [
                [f"{int(size):,}", "biggest page", f"{biggest['bytes']:,} {biggest['bytes_page']}"],
                [
                    f"{int(size):,}",
                    "most elements",
                    f"{biggest['nodes']:,} {biggest['nodes_page']}",
                ],
            ]
        for page, visit in (found.get("visits") or {}).items():
            told = f"{visit['bytes']:,} bytes gzipped in {visit['requests']} requests"
            rows.append([f"{int(size):,}", f"first visit, {_named(page)}", told])
    return _table(["papers", "weight", ""], rows) if rows else ""


def _named(page: str) -> str:
    """Name a page by its kind: whose paper it is does not matter."""
    return "paper" if page.startswith("papers/") else page or "home"


def _spread(values: Sequence[float]) -> list[str]:
    if not values:
        return ["–", "–", "–"]
    return [f"{value:.3g}" if value < 100 else f"{value:.0f}" for value in _ends(values)]


def _ends(values: Sequence[float]) -> tuple[float, float, float]:
    return min(values), median(values), max(values)


def _table(head: list[str], rows: Iterable[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
