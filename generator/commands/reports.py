"""What `broadsheet check` found, printed in each of its forms."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from generator.checking.findings import Finding, number
from generator.checking.github import LARGEST, annotated, summary
from generator.checking.texts import counted_repairs, told_repair
from generator.commands.common import finding_as_json, print_findings
from generator.enriching.provenance import Repaired
from generator.model import Digest, Severity
from generator.writing.wording import count


@dataclass(frozen=True, slots=True)
class Report:
    """What was found."""

    digests: Sequence[Digest]
    findings: Sequence[Finding]
    rules: Sequence[str]
    """The rule of each repair of damaged text."""
    repairs: Sequence[Repaired] = ()
    """The same with their places, if somebody wants to know."""

    @property
    def read(self) -> str:
        """What was looked at, in words."""
        papers = sum(len(digest.records) for digest in self.digests)
        return f"{count(len(self.digests), 'digest')}, {count(papers, 'paper')}"

    @property
    def errors(self) -> int:
        """How many errors there are."""
        return number(self.findings, Severity.ERROR)

    @property
    def warnings(self) -> int:
        """How many warnings there are."""
        return number(self.findings, Severity.WARNING)

    @property
    def found(self) -> str:
        """What was found, in words."""
        return f"{count(self.errors, 'error')}, {count(self.warnings, 'warning')}"


def print_text(report: Report) -> None:
    """Print everything for people."""
    print_findings(report.findings)
    for repair in report.repairs:
        click.echo(told_repair(repair))
    if report.rules and not report.repairs:
        click.echo(f"{counted_repairs(report.rules)} (-v lists them)", err=True)


def as_json(report: Report) -> dict[str, Any]:
    """Return everything as a value for JSON."""
    found: dict[str, Any] = {
        "errors": report.errors,
        "warnings": report.warnings,
        "problems": [finding_as_json(finding) for finding in report.findings],
    }
    if report.repairs:
        found["repairs"] = [_repair_as_json(repair) for repair in report.repairs]
    return found


def _repair_as_json(repair: Repaired) -> dict[str, Any]:
    return {
        "path": repair.source.path,
        "line": repair.source.line,
        "rule": repair.rule,
        "original": repair.original,
        "mended": repair.mended,
    }


def print_for_github(report: Report) -> None:
    """Print annotations, and add the whole report to the job's summary, if there is one."""
    for line in annotated(report.findings):
        click.echo(line)
    name = os.environ.get("GITHUB_STEP_SUMMARY")
    if not name:
        return
    path = Path(name)
    try:
        room = LARGEST - (path.stat().st_size if path.exists() else 0)
        text = summary(report.findings, report.read, counted_repairs(report.rules), room)
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        click.echo(f"The job's summary cannot be written: {error.strerror}", err=True)
