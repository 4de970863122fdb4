"""Write the comment on a pull request from the report that its run left behind.

The report comes from a run of the pull request's own code: it can hold anything. So nothing
of it is believed: the archive is never unpacked, the one file in it that counts is small, of the
one form that `generator/reviewing.py` gives it, and every text from it is shown as text. This
script runs with the right to comment, from the target branch, and takes nothing but Python.

    python3 .github/scripts/comment.py report.zip https://github.com/…/artifacts/1

It ends with code 1 and a word on standard error if the report is not of the form.
"""

from __future__ import annotations

import json
import re
import sys
import zipfile
import zlib
from pathlib import Path
from typing import Any

MARKER = "<!-- broadsheet: what this change does -->"
"""First line of the comment, by which the next run finds it."""
_MOST_BYTES = 200_000
_MOST_ITEMS = 60
_LONGEST = 220
_MOST_CHARACTERS = 60_000
"""Of a comment: GitHub takes 65,536 and refuses a longer one as a whole."""
_HOW = (
    "download it, then `python3 -m zipfile -e preview.zip preview` and "
    "`python3 -m http.server --bind 127.0.0.1 --directory preview`. "
    "The code of this change made it: look at that first."
)
_SHOWN = 12
"""Papers that are listed before the rest is folded away."""
_FORM: dict[str, Any] = {
    "version": int,
    "digests": [
        {"path": str, "date": str, "papers": int, "new": int, "repeats": int, "changed": bool}
    ],
    "papers": {"new": int, "named": [{"title": str, "slug": str, "links": int, "tags": int}]},
    "repeats": {"all": int, "named": [{"title": str, "slug": str, "before": [str]}]},
    "gone": {"all": int, "named": [str]},
    "retagged": int,
    "tags": [{"name": str, "papers": int}],
    "problems": {
        "errors": int,
        "warnings": int,
        "named": [{"path": str, "line": int, "severity": str, "code": str, "message": str}],
    },
}
_LIVE = re.compile(r"[@#:]|\bwww(?=\.)|\bGH(?=-)", re.IGNORECASE)
_PREVIEW = re.compile(r"https://[a-z0-9.-]+/[\w./-]+")


class ReportError(Exception):
    """The report is not of the form."""


def unpacked(path: Path) -> bytes:
    """Return the report out of its archive, as far as it can count; raises ReportError or OSError.

    Nothing is written: links, names that lead elsewhere, and what grows without end stay inside.
    """
    try:
        with zipfile.ZipFile(path) as archive, archive.open("report.json") as file:
            return file.read(_MOST_BYTES + 1)
    except (zipfile.BadZipFile, KeyError, RuntimeError, ValueError, EOFError, zlib.error) as error:
        raise ReportError(f"the archive holds no report: {type(error).__name__}") from None


def read_report(data: bytes) -> dict[str, Any]:
    """Return the report in a file's bytes; raises ReportError for whatever has not the form."""
    if len(data) > _MOST_BYTES:
        raise ReportError(f"the report has {len(data)} bytes; at most {_MOST_BYTES} are read")
    try:
        report = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise ReportError(f"the report is no JSON: {type(error).__name__}") from None
    _check(report, _FORM, "report")
    if report["version"] != 1:
        raise ReportError("the report is of another version")
    return dict(report)


def _check(value: object, form: object, place: str) -> None:
    if isinstance(form, dict):
        if not isinstance(value, dict) or value.keys() != form.keys():
            raise ReportError(f"{place}: expected {', '.join(form)}")
        for key, inner in form.items():
            _check(value[key], inner, f"{place}.{key}")
    elif isinstance(form, list):
        if not isinstance(value, list) or len(value) > _MOST_ITEMS:
            raise ReportError(f"{place}: expected a list of at most {_MOST_ITEMS}")
        for item in value:
            _check(item, form[0], place)
    elif type(value) is not form:
        raise ReportError(f"{place}: of another type")
    elif isinstance(value, str) and len(value) > _LONGEST:
        raise ReportError(f"{place}: longer than {_LONGEST} characters")
    elif isinstance(value, int) and not 0 <= value < 10_000_000:
        raise ReportError(f"{place}: out of range")


def shown(text: str) -> str:
    """Return a text as it reads in Markdown: no markup, no mention, no link, on one line.

    GitHub looks for mentions, references and addresses after entities have been resolved: a
    character without width behind their first one keeps them from being any.
    """
    plain = "".join(char if char.isprintable() else " " for char in text)
    plain = _LIVE.sub(lambda match: f"{match[0]}\u2060", plain)
    return "".join(
        char if char.isalnum() or (char in " -" and at) or ord(char) > 127 else f"&#{ord(char)};"
        for at, char in enumerate(plain.strip())
    )


def comment(report: dict[str, Any], preview: str = "") -> str:
    """Write the comment: what comes in, what is repeated, what is wrong, and where to look.

    As much of each list is named as GitHub takes; the numbers are always those of all.
    """
    for most in (_MOST_ITEMS, 30, 10, 3):
        text = _written(_cut(report, most), preview)
        if len(text) <= _MOST_CHARACTERS:
            return text
    return _written(_cut(report, 0), preview)


def _cut(report: dict[str, Any], most: int) -> dict[str, Any]:
    """Leave at most so many items in each list of a report."""
    return {key: _cut_value(value, most) for key, value in report.items()}


def _cut_value(value: Any, most: int) -> Any:
    if isinstance(value, list):
        return [_cut_value(item, min(most, 5)) for item in value[:most]]
    return _cut(value, most) if isinstance(value, dict) else value


def _written(report: dict[str, Any], preview: str) -> str:
    parts = [MARKER, "### What this change does", "", _sentence(report), ""]
    parts += _digests(report["digests"])
    parts += _problems(report["problems"])
    parts += _papers(report["papers"])
    parts += _list(
        "Already in the library: the same page, seen once more",
        [
            f"{shown(item['title'])} (before in {', '.join(map(shown, item['before']))})"
            for item in report["repeats"]["named"]
        ],
        report["repeats"]["all"],
    )
    parts += _list(
        "**Addresses that would vanish**",
        [f"papers/{shown(slug)}/" for slug in report["gone"]["named"]],
        report["gone"]["all"],
    )
    if report["tags"]:
        tags = ", ".join(f"{shown(tag['name'])} {tag['papers']}" for tag in report["tags"])
        parts += [f"**Tags** of the new papers: {tags}", ""]
    if report["retagged"]:
        parts += [f"**Tags change** for {_count(report['retagged'], 'known paper')}.", ""]
    if preview and _PREVIEW.fullmatch(preview):
        parts += [f"**[The site as it would be]({preview})**: {_HOW}", ""]
    return "\n".join(parts)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _sentence(report: dict[str, Any]) -> str:
    new, again = report["papers"]["new"], report["repeats"]["all"]
    problems = report["problems"]
    return (
        f"**{_count(new, 'new paper')}**, {_count(again, 'repeat')}, "
        f"{_count(problems['errors'], 'new error')}, "
        f"{_count(problems['warnings'], 'new warning')}."
    )


def _digests(digests: list[dict[str, Any]]) -> list[str]:
    if not digests:
        return []
    rows = [
        f"| {shown(each['path'])}{' (changed)' if each['changed'] else ''} | {shown(each['date'])} "
        f"| {each['papers']} | {each['new']} | {each['repeats']} |"
        for each in digests
    ]
    return ["| digest | day | papers | new | repeats |", "|---|---|--:|--:|--:|", *rows, ""]


def _problems(problems: dict[str, Any]) -> list[str]:
    lines = [
        f"{shown(each['path'])}:{each['line']}: {shown(each['severity'])} {shown(each['code'])}: "
        f"{shown(each['message'])}"
        for each in problems["named"]
    ]
    return _list("Problems", lines, problems["errors"] + problems["warnings"])


def _papers(papers: dict[str, Any]) -> list[str]:
    lines = [
        f"{shown(each['title'])} ({_count(each['links'], 'link')}, {_count(each['tags'], 'tag')})"
        for each in papers["named"]
    ]
    return _list("New papers", lines, papers["new"])


def _list(title: str, lines: list[str], number: int) -> list[str]:
    """Write a list, most of it folded away if it is long."""
    if not lines:
        return []
    items = [f"- {line}" for line in lines]
    if number > len(lines):
        items.append(f"- … and {number - len(lines):,} more")
    if len(items) <= _SHOWN:
        return [f"{title} ({number:,}):", "", *items, ""]
    plain = title.strip("*")
    return [
        f"<details><summary>{plain} ({number:,})</summary>",
        "",
        *items,
        "",
        "</details>",
        "",
    ]


def main(arguments: list[str]) -> int:
    """Read the report that the first argument names; print the comment."""
    try:
        report = read_report(unpacked(Path(arguments[0])))
    except (OSError, ReportError) as error:
        print(f"No comment: {error}", file=sys.stderr)  # noqa: T201
        return 1
    print(comment(report, arguments[1] if len(arguments) > 1 else ""))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
