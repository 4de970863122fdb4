"""The script that puts a report on its pull request, with a stand-in for GitHub's command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main

PROJECT = Path(__file__).resolve().parents[1]
SCRIPT = PROJECT / ".github" / "scripts" / "comment.sh"
GH = """#!{python}
import json, os, pathlib, shutil, sys
case, args = pathlib.Path(os.environ["CASE"]), sys.argv[1:]
with open(case / "calls", "a") as calls:
    calls.write(json.dumps(args) + "\\n")
if any(arg.endswith("/zip") for arg in args):
    sys.stdout.buffer.write((case / "report.zip").read_bytes())
elif any(arg.endswith("/pulls") for arg in args):
    print(os.environ["PULLS"])
elif any(arg.endswith("/artifacts") for arg in args):
    if "name=preview" in args:
        print("77 5000000")
    elif (case / "report.zip").exists():
        print("88 " + os.environ["SIZE"])
elif "--paginate" in args:
    print(os.environ["KNOWN"])
else:
    body = next(arg for arg in args if arg.startswith("body=@")).removeprefix("body=@")
    shutil.copy(body, case / "told.md")
"""


class Case:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        gh = folder / "bin" / "gh"
        gh.parent.mkdir()
        gh.write_text(GH.format(python=sys.executable), encoding="utf-8")
        gh.chmod(0o755)

    def run(
        self, pulls: str = "5", known: str = "", **more: str
    ) -> subprocess.CompletedProcess[str]:
        environment = {
            **os.environ,
            "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}",
            "CASE": str(self.folder),
            "PULLS": pulls,
            "KNOWN": known,
            "SERVER": "https://github.com",
            "REPOSITORY": "owner/list",
            "RUN": "99",
            "HEAD_OWNER": "someone",
            "HEAD_BRANCH": "new; digest",
            "HEAD_SHA": "abc",
            "SIZE": "1234",
            **more,
        }
        return subprocess.run(
            [SCRIPT], env=environment, capture_output=True, text=True, check=False
        )

    def leave(self, report: str, name: str = "report.json", mode: int = 0o644) -> None:
        """Put the archive there that the run uploaded."""
        with zipfile.ZipFile(self.folder / "report.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            info = zipfile.ZipInfo(name)
            info.external_attr = mode << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, report)

    @property
    def calls(self) -> list[list[str]]:
        return list(map(json.loads, (self.folder / "calls").read_text().splitlines()))


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Case:
    """What a run left that adds a digest to a project without any."""
    for name in ("before", "after"):
        (tmp_path / name / "docs" / "digests").mkdir(parents=True)
    text = "# A Study of Rivers\n\nWe look at rivers and find that they are wet.\n"
    (tmp_path / "after" / "docs" / "digests" / "2025-03-12.txt").write_text(text)
    done = CliRunner().invoke(main, ["review", str(tmp_path / "before"), str(tmp_path / "after")])
    assert done.exit_code == 0
    made = Case(tmp_path)
    made.leave(done.stdout)
    return made


def test_a_first_report_is_a_new_comment_with_the_preview(case: Case) -> None:
    done = case.run()
    assert done.returncode == 0, done.stderr
    assert case.calls[-1][:4] == ["api", "--method", "POST", "repos/owner/list/issues/5/comments"]
    told = (case.folder / "told.md").read_text(encoding="utf-8")
    assert "A Study of Rivers" in told
    assert "https://github.com/owner/list/actions/runs/99/artifacts/77" in told


def test_the_pull_request_is_looked_up_by_its_branch_as_one_word(case: Case) -> None:
    case.run()
    assert "head=someone:new; digest" in case.calls[0]


def test_a_later_report_renews_the_comment(case: Case) -> None:
    assert case.run(known="1234").returncode == 0
    assert case.calls[-1][:4] == [
        "api",
        "--method",
        "PATCH",
        "repos/owner/list/issues/comments/1234",
    ]


@pytest.mark.parametrize("pulls", ["", "5; echo x", "null"])
def test_without_a_pull_request_nothing_is_told(case: Case, pulls: str) -> None:
    assert case.run(pulls=pulls).returncode == 0
    assert not (case.folder / "told.md").exists()


def test_without_a_report_nothing_is_told(case: Case) -> None:
    (case.folder / "report.zip").unlink()
    assert case.run().returncode == 0
    assert not (case.folder / "told.md").exists()


def test_a_repository_that_is_gone_is_no_question_without_an_owner(case: Case) -> None:
    """GitHub could take that for a question for all pull requests."""
    done = case.run(HEAD_OWNER="")
    assert done.returncode == 0, done.stderr
    assert not (case.folder / "calls").exists()


def test_the_first_of_several_lines_counts(case: Case) -> None:
    assert case.run(pulls="5\n6", known="1234\n1235").returncode == 0
    assert case.calls[-1][3] == "repos/owner/list/issues/comments/1234"


def test_a_report_of_another_form_is_refused_aloud(case: Case) -> None:
    case.leave('{"version": 1}')
    done = case.run()
    assert done.returncode == 1
    assert "not of the form" in done.stderr
    assert not (case.folder / "told.md").exists()


def test_a_large_archive_is_not_even_fetched(case: Case) -> None:
    done = case.run(SIZE="50000000")
    assert done.returncode == 1
    assert "50000000 bytes" in done.stderr
    assert not any(call[-1].endswith("/zip") for call in case.calls)


@pytest.mark.parametrize(
    ("report", "name", "mode"),
    [
        ("/etc/passwd", "report.json", 0o120777),
        (" " * 30_000_000, "report.json", 0o644),
        ("{}", "../report.json", 0o644),
        ("{}", "REPORT.JSON", 0o644),
    ],
    ids=["a link", "a bomb", "a name that leads out", "another name"],
)
def test_a_poisoned_archive_tells_nothing_and_leaves_nothing(
    case: Case, report: str, name: str, mode: int
) -> None:
    case.leave(report, name, mode)
    before = sorted(case.folder.rglob("*"))
    assert case.run().returncode == 1
    assert sorted(case.folder.rglob("*")) == sorted([*before, case.folder / "calls"])


def test_what_is_no_archive_is_refused(case: Case) -> None:
    (case.folder / "report.zip").write_bytes(b"PK\x03\x04 and no more")
    assert case.run().returncode == 1


def test_a_folder_without_digests_is_no_project(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["review", str(tmp_path)])
    assert done.exit_code == 2
    assert "There is no" in done.output
