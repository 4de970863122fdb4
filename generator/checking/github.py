"""Problems for a pull request on GitHub: annotations beside the lines, and a job's summary.

GitHub shows ten errors and ten warnings of a step and drops the rest, so the whole report goes into
the summary. There everything that comes from digests stands in blocks of HTML, escaped: Markdown,
mentions of people and addresses in it are text.
"""

from __future__ import annotations

import html
from collections.abc import Sequence

from generator.checking.excerpt import harmless
from generator.checking.findings import Finding, number
from generator.checking.texts import plain
from generator.model import Severity
from generator.writing.wording import count

SHOWN = 10
"""Annotations of one severity that GitHub shows for a step."""
LARGEST = 1024 * 1024
"""Bytes of a step's summary: GitHub shows nothing of one that is larger."""
_ROOM = 1000
"""Bytes that the words about what was left out may take."""
_END = "</pre>\n</details>\n\n"
_TOO_LARGE = "GitHub takes no larger summary. `make check` lists all of them."
_IN_TEXT = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_VALUE = _IN_TEXT | {":": "%3A", ",": "%2C"}


def annotated(findings: Sequence[Finding]) -> list[str]:
    """Return commands of GitHub's workflows, one a line: the first errors and warnings.

    The last line says how many were not shown, if any were not.
    """
    lines: list[str] = []
    for severity in Severity:
        of_it = [finding for finding in findings if finding.problem.severity is severity]
        lines += map(_annotation, of_it[:SHOWN])
    left_out = len(findings) - len(lines)
    if left_out:
        more = count(left_out, "more problem")
        lines.append(f"{more} not shown beside the lines; the job's summary has all of them.")
    return lines


def summary(findings: Sequence[Finding], read: str, repairs: str, room: int = LARGEST) -> str:
    """Return the whole report as Markdown for a job's summary, of at most `room` bytes.

    `read` and `repairs` are lines of our own words: what was read, and what was repaired in it.
    """
    errors, warnings = (number(findings, severity) for severity in Severity)
    found = f"{count(errors, 'error')}, {count(warnings, 'warning')}"
    parts = [f"## Digests: {found}\n\n{read}.\n\n"]
    if repairs:
        parts.append(f"{repairs}. `broadsheet check -v` lists them.\n\n")
    size, told = sum(len(part.encode()) for part in parts), 0
    for index, (path, of_file) in enumerate(_by_file(findings).items()):
        # The blank line lets `pre` begin a block of its own, which only its end can end.
        open_ = " open" if index < SHOWN else ""
        head = f"<details{open_}><summary><code>{_escaped(harmless(path))}</code>: "
        head += f"{count(len(of_file), 'problem')}</summary>\n\n<pre>\n"
        parts.append(head)
        size += len(head.encode())
        for finding in of_file:
            block = _escaped("\n".join(plain([finding]))) + "\n\n"
            size += len(block.encode())
            if size > room - _ROOM:
                left_out = count(len(findings) - told, "more problem")
                parts.append(f"{_END}**{left_out} not listed**: {_TOO_LARGE}\n")
                return "".join(parts)
            parts.append(block)
            told += 1
        parts.append(_END)
    return "".join(parts)


def _by_file(findings: Sequence[Finding]) -> dict[str, list[Finding]]:
    files: dict[str, list[Finding]] = {}
    for finding in findings:
        files.setdefault(finding.problem.source.path, []).append(finding)
    return files


def _annotation(finding: Finding) -> str:
    """Write a problem as a command of GitHub's workflows, which end at a line's end."""
    problem = finding.problem
    column = f",col={problem.column}" if problem.column else ""
    title = f",title={problem.code}" if problem.code else ""
    place = f"file={_coded(problem.source.path, _IN_VALUE)},line={problem.source.line}"
    text = _coded(f"{problem.message}\n{problem.hint}".strip(), _IN_TEXT)
    return harmless(f"::{problem.severity} {place}{column}{title}::{text}")


def _coded(text: str, codes: dict[str, str]) -> str:
    return "".join(codes.get(char, char) for char in text)


def _escaped(text: str) -> str:
    """Escape lines for a `pre` block, in which there is no Markdown; no line can end it."""
    lines = (html.escape(harmless(line)) for line in text.split("\n"))
    return "\n".join(lines).encode("utf-8", "replace").decode()
