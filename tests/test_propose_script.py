"""The script that proposes what was found at arXiv, with a real git and a stand-in for gh."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[1] / ".github" / "scripts" / "propose.sh"
FILE = Path("docs", "digests", "identities.yml")


class Repository:
    """A clone, what it is a clone of, and a gh that notes what it is asked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.origin, self.clone = folder / "owner" / "list", folder / "clone"
        self.git(folder, "init", "--quiet", "--bare", "--initial-branch=main", str(self.origin))
        self.git(folder, "clone", "--quiet", str(self.origin), str(self.clone))
        self.git(self.clone, "commit", "--quiet", "--allow-empty", "-m", "Begin")
        self.git(self.clone, "push", "--quiet", "origin", "HEAD:main")
        gh = folder / "bin" / "gh"
        gh.parent.mkdir()
        gh.write_text('#!/bin/sh\necho "$@" >> "$NOTES"\n[ "$2" = list ] && echo "$OPEN"\nexit 0\n')
        gh.chmod(0o755)

    def git(self, where: Path, *arguments: str) -> str:
        who = ("-c", "user.name=Me", "-c", "user.email=me@example.org")
        done = subprocess.run(
            ["git", *who, *arguments], cwd=where, capture_output=True, text=True, check=True
        )
        return done.stdout

    def write(self, text: str) -> None:
        (self.clone / FILE).parent.mkdir(parents=True, exist_ok=True)
        (self.clone / FILE).write_text(text, encoding="utf-8")

    def propose(self, open_one: str = "") -> subprocess.CompletedProcess[str]:
        environment = {
            **os.environ,
            "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}",
            "NOTES": str(self.folder / "notes"),
            "OPEN": open_one,
            "GH_TOKEN": "secret",
            "SERVER": f"file://{self.folder}",
            "REPOSITORY": "owner/list",
            "BASE": "main",
        }
        return subprocess.run(
            [SCRIPT], cwd=self.clone, env=environment, capture_output=True, text=True, check=False
        )

    @property
    def notes(self) -> str:
        notes = self.folder / "notes"
        return notes.read_text() if notes.exists() else ""


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


def test_what_is_new_is_pushed_and_proposed(repository: Repository) -> None:
    repository.write("- title: A\n")
    done = repository.propose()
    assert done.returncode == 0, done.stderr
    pushed = repository.git(repository.origin, "show", f"identities:{FILE.as_posix()}")
    assert pushed == "- title: A\n"
    assert "pr create --repo owner/list --head identities --base main" in repository.notes
    assert "secret" not in done.stdout + done.stderr + repository.notes
    assert "secret" not in (repository.clone / ".git" / "config").read_text()


def test_nothing_else_goes_along(repository: Repository) -> None:
    repository.write("- title: A\n")
    (repository.clone / "left-over.txt").write_text("x")
    repository.propose()
    names = repository.git(repository.origin, "ls-tree", "-r", "--name-only", "identities")
    assert names.split() == [FILE.as_posix()]


def test_a_proposal_that_is_open_is_renewed(repository: Repository) -> None:
    repository.write("- title: A\n")
    repository.propose()
    repository.git(repository.clone, "switch", "--quiet", "--detach", "HEAD~1")
    repository.write("- title: A\n- title: B\n")
    done = repository.propose(open_one="7")
    assert "Pull request 7" in done.stdout
    assert repository.notes.count("pr create") == 1
    pushed = repository.git(repository.origin, "show", f"identities:{FILE.as_posix()}")
    assert pushed == "- title: A\n- title: B\n"


@pytest.mark.parametrize("known", [True, False], ids=["nothing changed", "no file"])
def test_without_anything_new_nothing_happens(repository: Repository, known: bool) -> None:
    if known:
        repository.write("- title: A\n")
        repository.git(repository.clone, "add", str(FILE))
        repository.git(repository.clone, "commit", "--quiet", "-m", "Know")
    assert repository.propose().returncode == 0
    assert repository.notes == ""
