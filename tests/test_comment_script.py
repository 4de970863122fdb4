"""The script that puts a report on its pull request, with a stand-in for GitHub's command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
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
if args[:2] == ["run", "download"]:
    folder = pathlib.Path(args[args.index("--dir") + 1])
    if not (case / "report.json").is_symlink() and not (case / "report.json").exists():
        sys.exit("no artifact")
    folder.mkdir(parents=True)
    shutil.copy(case / "report.json", folder / "report.json", follow_symlinks=False)
elif any(arg.endswith("/pulls") for arg in args):
    print(os.environ["PULLS"])
elif any(arg.endswith("/artifacts") for arg in args):
    print("77")
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

    def run(self, pulls: str = "5", known: str = "") -> subprocess.CompletedProcess[str]:
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
        }
        return subprocess.run(
            [SCRIPT], env=environment, capture_output=True, text=True, check=False
        )

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
    (tmp_path / "report.json").write_text(done.stdout, encoding="utf-8")
    return Case(tmp_path)


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
    (case.folder / "report.json").unlink()
    assert case.run().returncode == 0
    assert not (case.folder / "told.md").exists()


def test_a_report_of_another_form_is_refused_aloud(case: Case) -> None:
    (case.folder / "report.json").write_text('{"version": 1}')
    done = case.run()
    assert done.returncode == 1
    assert "not of the form" in done.stderr
    assert not (case.folder / "told.md").exists()


def test_a_link_in_the_place_of_the_report_is_not_followed(case: Case) -> None:
    report = case.folder / "report.json"
    report.rename(case.folder / "elsewhere.json")
    report.symlink_to(case.folder / "elsewhere.json")
    assert case.run().returncode == 1
    assert not (case.folder / "told.md").exists()


def test_a_folder_without_digests_is_no_project(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["review", str(tmp_path)])
    assert done.exit_code == 2
    assert "There is no" in done.output
