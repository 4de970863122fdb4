"""The command line: what is printed, and the exit codes that the README promises."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main

GOOD = "Mar 11\n\nA Paper Worth Reading\n\nWe read it, and it was. See https://github.com/a/b.\n"
BAD = "# A Title With Nothing Below\n\n# Another Paper\narXiv: nonsense\n\nIts abstract is fine.\n"


@pytest.fixture
def digests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "docs" / "digests"
    folder.mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    (folder / "2025-03-11.txt").write_text(GOOD, encoding="utf-8")
    return folder


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


def test_check_of_good_digests_is_silent_and_exits_0(digests: Path) -> None:
    result = run("check")
    assert (result.stdout, result.exit_code) == ("", 0)
    assert "1 digest, 1 paper: 0 errors, 0 warnings" in result.stderr


def test_check_reports_all_problems_of_all_files_and_exits_1(digests: Path) -> None:
    (digests / "2025-03-12.txt").write_text(BAD, encoding="utf-8")
    (digests / "2025-03-13.txt").write_bytes(b"caf\xe9\n")
    result = run("check")
    assert result.exit_code == 1
    lines = [line for line in result.stdout.splitlines() if not line.startswith(" ")]
    assert [line.split(" ")[:2] for line in lines] == [
        ["docs/digests/2025-03-12.txt:1:", "error[B101]:"],
        ["docs/digests/2025-03-12.txt:4:", "error[B204]:"],
        ["docs/digests/2025-03-13.txt:1:", "error[B002]:"],
    ]


def test_check_exits_0_when_there_are_only_warnings(digests: Path) -> None:
    (digests / "2025-03-12.txt").write_text("# Same\n\nSame\n", encoding="utf-8")
    result = run("check")
    assert result.exit_code == 0
    assert "2025-03-12.txt:" in result.stdout
    assert ": warning[B107]: " in result.stdout


def test_check_takes_files_and_folders(digests: Path) -> None:
    other = digests.parent / "2025-03-12.txt"
    other.write_text(BAD, encoding="utf-8")
    assert run("check", str(digests)).exit_code == 0
    assert run("check", str(digests), str(other)).exit_code == 1


def test_check_as_json(digests: Path) -> None:
    (digests / "2025-03-12.txt").write_text(BAD, encoding="utf-8")
    report = json.loads(run("check", "--format", "json").stdout)
    assert report["errors"] == 2
    assert report["warnings"] == 0
    assert [problem["line"] for problem in report["problems"]] == [1, 4]
    assert report["problems"][1] == {
        "path": "docs/digests/2025-03-12.txt",
        "line": 4,
        "column": 8,
        "severity": "error",
        "code": "B204",
        "message": '"nonsense" is not an arXiv identifier; the paper goes without it',
        "hint": "arXiv: 2503.04715",
        "excerpt": "arXiv: nonsense",
        "docs": "docs/problems/keys.md#b204",
    }


def test_check_as_github_annotations_keeps_each_on_one_line(digests: Path) -> None:
    (digests / "2025-03-12.txt").write_text("# A\n::error::x\u0007%0A\n", encoding="utf-8")
    lines = run("check", "--format", "github").stdout.splitlines()
    assert lines
    assert all(line.startswith(("::error file=", "::warning file=")) for line in lines)
    assert ",line=1," in lines[0]
    assert ",title=B1" in lines[0]
    assert "\u0007" not in "".join(lines)


def test_a_missing_folder_is_wrong_usage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("check").exit_code == 2
    assert run("check", "nowhere.txt").exit_code == 2
    assert run("parse", "nowhere.txt").exit_code == 2


def test_parse_prints_what_is_understood(digests: Path) -> None:
    result = run("parse", "docs/digests/2025-03-11.txt")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "digest": {"date": "2025-03-11", "source": "docs/digests/2025-03-11.txt"},
        "papers": [
            {
                "title": "A Paper Worth Reading",
                "abstract": "We read it, and it was. See https://github.com/a/b.",
                "authors": [],
                "links": [
                    {
                        "url": "https://github.com/a/b",
                        "kind": "code",
                        "text": "https://github.com/a/b",
                    }
                ],
                "tags": [],
                "slug": "a-paper-worth-reading",
                "line": 3,
            }
        ],
        "problems": [],
    }


def test_parse_shows_the_papers_of_a_misnamed_file(digests: Path) -> None:
    (digests / "monday.txt").write_text("# A Title\n\nAn abstract.\n", encoding="utf-8")
    result = run("parse", "docs/digests/monday.txt")
    report = json.loads(result.stdout)
    assert report["digest"]["date"] is None
    assert [paper["title"] for paper in report["papers"]] == ["A Title"]
    assert [problem["severity"] for problem in report["problems"]] == ["error"]


def test_parse_of_an_unreadable_file_exits_1_and_says_why(digests: Path) -> None:
    (digests / "2025-03-12.txt").write_bytes("Grüße".encode("utf-16"))
    result = run("parse", "docs/digests/2025-03-12.txt")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["problems"][0]["severity"] == "error"


def test_terminal_codes_in_a_digest_do_not_reach_the_terminal(digests: Path) -> None:
    (digests / "2025-03-12.txt").write_text(
        "# A\narXiv: \x1b[31mred\x1b]0;title\x07\n\nText is here.\n", encoding="utf-8"
    )
    result = run("check")
    assert "\x1b" not in result.stdout
    assert "\x07" not in result.stdout


@pytest.mark.parametrize("name", ["2025-03-12.TXT", "2025-03-12.text", "2025/2025-03-12.txt", "x"])
def test_check_names_files_that_are_not_read(digests: Path, name: str) -> None:
    path = digests / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(GOOD, encoding="utf-8")
    result = run("check")
    assert result.exit_code == 1
    assert f"docs/digests/{name}:1: error[B013]: this file is not read" in result.stdout


def test_check_reads_a_file_once_however_often_it_is_named(digests: Path) -> None:
    result = run("check", str(digests), str(digests / "2025-03-11.txt"), str(digests))
    assert result.exit_code == 0
    assert "1 digest, 1 paper" in result.stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_among_the_digests_is_a_problem_and_does_not_hang(digests: Path) -> None:
    os.mkfifo(digests / "2025-03-12.txt")
    result = run("check")
    assert result.exit_code == 1
    assert "not a file" in result.stdout


DAMAGED = """Mar 12

# A Picture of 384times384

Of two paragraphs
this is the first.

We take 16times16 patches, and pictures of 384times384 as
well as of 512times512.
"""


def test_check_v_lists_every_repair_with_its_line(digests: Path) -> None:
    (digests / "2025-03-12.txt").write_text(DAMAGED, encoding="utf-8")
    assert run("check").stdout == ""
    assert run("check", "-v").stdout.splitlines() == [
        "docs/digests/2025-03-12.txt:3: repair (times): 384times384 → 384 × 384",
        "docs/digests/2025-03-12.txt:8: repair (times): 16times16 → 16 × 16",
        "docs/digests/2025-03-12.txt:8: repair (times): 384times384 → 384 × 384",
        "docs/digests/2025-03-12.txt:9: repair (times): 512times512 → 512 × 512",
    ]
    found = json.loads(run("check", "-v", "--format", "json").stdout)
    assert found["repairs"][1] == {
        "path": "docs/digests/2025-03-12.txt",
        "line": 8,
        "rule": "times",
        "original": "16times16",
        "mended": "16 × 16",
    }
