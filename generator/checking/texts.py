"""Problems and repairs for people: as lines of a terminal, with or without colours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import click

from generator.checking.excerpt import harmless
from generator.checking.findings import Finding
from generator.enriching.provenance import Repaired
from generator.model import Severity
from generator.writing.wording import count

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}


def told(finding: Finding) -> Iterator[str]:
    """Yield the lines that tell a problem; colours are for `click.echo` to take out again."""
    problem = finding.problem
    where = click.style(harmless(str(problem.source)), bold=True)
    what = f"{problem.severity}[{problem.code}]" if problem.code else str(problem.severity)
    colour = _COLOURS[problem.severity]
    yield f"{where}: {click.style(what, fg=colour, bold=True)}: {harmless(problem.message)}"
    if finding.excerpt is not None:
        gutter = f"{problem.source.line:>7} | "
        yield click.style(gutter, dim=True) + finding.excerpt.text
        if finding.excerpt.caret:
            yield click.style(f"{'':7} | ", dim=True) + click.style(
                finding.excerpt.caret, fg=colour
            )
    for line in problem.hint.splitlines():
        yield f"    {harmless(line)}".rstrip()


def told_repair(repair: Repaired) -> str:
    """Return the line that tells one repair of damaged text."""
    change = harmless(f"{repair.original} → {repair.mended}")
    return f"{harmless(str(repair.source))}: repair ({repair.rule}): {change}"


def counted_repairs(rules: Sequence[str]) -> str:
    """Return in one line how many repairs of which rule there are; empty if there are none."""
    if not rules:
        return ""
    by_number = sorted(Counter(rules).items(), key=lambda each: (-each[1], each[0]))
    listed = ", ".join(f"{rule} {number:,}" for rule, number in by_number)
    return f"{count(len(rules), 'repair')} of damaged text: {listed}"


def plain(findings: Iterable[Finding]) -> Iterator[str]:
    """Yield the same without colours."""
    for finding in findings:
        yield from map(click.unstyle, told(finding))
