"""What a pull request's comment says, and that nothing in a report can make it say more."""

from __future__ import annotations

import importlib.util
import json
import zipfile
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from markdown_it import MarkdownIt

from generator.enriching import build_library
from generator.enriching.vocabulary import read_vocabulary
from generator.model import Library
from generator.reading import read_text
from generator.reviewing import review

PROJECT = Path(__file__).resolve().parents[1]
TITLES = ("A Study of Rivers", "Bridges in Winter", "Counting Sheep at Scale", "Dunes That Sing")


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "comment", PROJECT / ".github" / "scripts" / "comment.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


COMMENT = script()


def library(**digests: list[str]) -> Library:
    vocabulary = read_vocabulary("", "vocabulary.yml")[0]
    read = []
    for name, titles in digests.items():
        text = "\n\n".join(
            f"# {title}\n\nWe look at {title.lower()} and find that it is worth the while."
            for title in titles
        )
        read.append(read_text(text, f"docs/digests/{name.replace('_', '-')[1:]}.txt"))
    return build_library(read, vocabulary)


BEFORE = library(_2025_03_11=list(TITLES[:2]))
AFTER = library(_2025_03_11=list(TITLES[:2]), _2025_03_12=[*TITLES[1:4]])


def test_a_new_digest_is_told_with_its_new_papers_and_repeats() -> None:
    report = review(BEFORE, AFTER)
    assert report["digests"] == [
        {
            "path": "docs/digests/2025-03-12.txt",
            "date": "2025-03-12",
            "papers": 3,
            "new": 2,
            "repeats": 1,
            "changed": False,
        }
    ]
    assert [paper["title"] for paper in report["papers"]["named"]] == list(TITLES[2:4])
    assert report["repeats"]["named"][0]["before"] == ["2025-03-11"]


def test_an_address_that_vanishes_is_told() -> None:
    report = review(AFTER, BEFORE)
    assert report["gone"] == {"all": 2, "named": ["counting-sheep-at-scale", "dunes-that-sing"]}
    assert "Addresses that would vanish" in COMMENT.comment(report)


def test_problems_that_were_there_before_are_not_laid_at_the_change() -> None:
    old = read_text("# Lonely Title\n", "docs/digests/2025-03-10.txt")
    new = read_text("# Other Lonely Title\n", "docs/digests/2025-03-12.txt")
    vocabulary = read_vocabulary("", "vocabulary.yml")[0]
    before = build_library([old], vocabulary)
    after = build_library([old, new], vocabulary)
    problems = review(before, after)["problems"]
    assert {each["path"] for each in problems["named"]} == {"docs/digests/2025-03-12.txt"}
    assert problems["errors"] + problems["warnings"] == len(problems["named"])


def test_nothing_changed_is_an_empty_report() -> None:
    report = review(BEFORE, BEFORE)
    assert report["digests"] == []
    assert report["papers"]["new"] == 0
    assert "**0 new papers**" in COMMENT.comment(report)


def test_the_comment_reads_what_the_review_wrote() -> None:
    data = json.dumps(review(BEFORE, AFTER)).encode()
    text = COMMENT.comment(COMMENT.read_report(data), "https://github.com/a/b/actions/runs/1")
    assert text.startswith(COMMENT.MARKER)
    shown = MarkdownIt("commonmark").render(text)
    for title in TITLES[1:4]:
        assert title in shown
    assert 'href="https://github.com/a/b/actions/runs/1"' in shown


HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "[click](javascript:alert(1))",
    "![x](https://example.org/track.png)",
    "@everyone look",
    "owner/repo#1 and #2",
    "https://example.org/ and www.example.org",
    "`code` | cell | **bold** <!-- -->",
    "line\nbreak\r\n\n# heading\u2028- list",
    "</details></summary><script>",
    "\u202eevil\x00\x1b[31m",
    "- - - a list",
    "---",
    "    code",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_shown_as_text(text: str) -> None:
    report = json.loads(json.dumps(review(BEFORE, AFTER)))
    report["papers"]["named"][0]["title"] = text
    report["repeats"]["named"][0]["before"] = [text]
    report["tags"] = [{"name": text, "papers": 1}]
    report["problems"] = {
        "errors": 1,
        "warnings": 0,
        "named": [
            {"path": text, "line": 1, "severity": text, "code": text[:8], "message": text},
        ],
    }
    clean = COMMENT.comment(json.loads(json.dumps(review(BEFORE, AFTER))))
    render = MarkdownIt("commonmark", {"html": True}).enable("table").render
    html, clean_html = render(COMMENT.comment(report)), render(clean)
    allowed = {"<details>", "</details>", "<summary>", "</summary>"}
    assert "<img" not in html
    assert "<script" not in html
    assert "<a " not in html
    assert "<code" not in html
    assert html.count("<ul>") == clean_html.count("<ul>") + 1
    assert "<hr" not in html
    assert html.count("<h") == clean.count("###")
    assert sum(html.count(tag) for tag in allowed) % 2 == 0
    for live in ("@everyone", "repo#1", "https://example.org", "www.example"):
        assert live not in html


def broken(change: str) -> Any:
    report = json.loads(json.dumps(review(BEFORE, AFTER)))
    match change:
        case "another key":
            report["run"] = "x"
        case "another type":
            report["retagged"] = "1"
        case "a truth as a number":
            report["retagged"] = True
        case "a negative number":
            report["papers"]["new"] = -1
        case "a long text":
            report["gone"]["named"] = ["x" * 1000]
        case "many items":
            report["gone"]["named"] = ["x"] * 1000
        case "a list":
            report = [report]
        case "another version":
            report["version"] = 2
    return report


@pytest.mark.parametrize(
    "change",
    [
        *("another key", "another type", "a truth as a number", "a negative number"),
        *("a long text", "many items", "a list", "another version"),
    ],
)
def test_a_report_of_another_form_is_refused(
    change: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "report.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("report.json", json.dumps(broken(change)))
    assert COMMENT.main([str(file)]) == 1
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("data", [b"", b"\xff", b"[" * 100_000, b"{" + b" " * 300_000])
def test_a_report_that_is_no_report_is_refused(data: bytes) -> None:
    with pytest.raises(COMMENT.ReportError):
        COMMENT.read_report(data)


def test_a_preview_that_is_no_address_is_left_out() -> None:
    assert "The site as it" not in COMMENT.comment(review(BEFORE, AFTER), "javascript:alert(1)")


def test_the_longest_report_there_can_be_is_a_comment_that_github_takes() -> None:
    """It takes 65,536 characters; each of a text can be six."""
    text, many = "@" * 220, 60
    report: dict[str, Any] = {
        "version": 1,
        "digests": [
            {"path": text, "date": text, "papers": 1, "new": 1, "repeats": 1, "changed": True}
        ]
        * many,
        "papers": {
            "new": 9_999_999,
            "named": [{"title": text, "slug": text, "links": 1, "tags": 1}] * many,
        },
        "repeats": {
            "all": 9_999_999,
            "named": [{"title": text, "slug": text, "before": [text] * many}] * many,
        },
        "gone": {"all": 9_999_999, "named": [text] * many},
        "retagged": 9_999_999,
        "tags": [{"name": text, "papers": 1}] * many,
        "problems": {
            "errors": 9_999_999,
            "warnings": 9_999_999,
            "named": [
                {"path": text, "line": 1, "severity": text, "code": text, "message": text},
            ]
            * many,
        },
    }
    made = COMMENT.comment(COMMENT._cut(report, many), "https://github.com/a/b/c")
    assert len(made) <= 65_536
    assert "9,999,999 new papers" in made
    report["papers"]["named"] = [{"title": "T" * 199, "slug": "s", "links": 1, "tags": 1}] * many
    for key in ("digests", "tags"):
        report[key] = []
    for key in ("repeats", "gone", "problems"):
        report[key]["named"] = []
    made = COMMENT.comment(report)
    assert made.count("T" * 199) == many
    assert "9,999,939 more" in made
