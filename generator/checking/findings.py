"""Problems with the lines that they are on, ready to be shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from generator.checking.excerpt import WIDTH, Excerpt, excerpt_of, spot_of
from generator.model import Problem, Severity

Lines = Callable[[str], Sequence[str]]
"""Gives the lines of a file, without their ends, by the path that a problem names."""

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem and the excerpt of its line; None where there is no such line to show."""

    problem: Problem
    """Its column is filled in."""
    excerpt: Excerpt | None = None


def find(problems: Iterable[Problem], lines: Lines, width: int = WIDTH) -> list[Finding]:
    """Add to problems what their lines look like."""
    return [_finding(problem, lines, width) for problem in problems]


def lines_of(data: bytes) -> list[str]:
    """Return the lines of a file, as readable as they can be made."""
    return _LINE_END.split(data.decode("utf-8", "replace").removeprefix("\ufeff"))


def number(findings: Iterable[Finding], severity: Severity) -> int:
    """Return how many of the findings are of a severity."""
    return sum(finding.problem.severity is severity for finding in findings)


def _finding(problem: Problem, lines: Lines, width: int) -> Finding:
    there = lines(problem.source.path)
    at = problem.source.line - 1
    if not 0 <= at < len(there) or not there[at].strip():
        return Finding(problem)
    column, length = spot_of(problem, there[at])
    return Finding(replace(problem, column=column), excerpt_of(there[at], column, length, width))
