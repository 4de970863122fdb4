"""The script that proposes what was found at arXiv, with a real git and a stand-in for gh."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[1] / ".github" / "scripts"
FILE = Path("docs", "digests", "identities.yml")

GH = f"""#!{sys.executable}
import os, sys
with open(os.environ["NOTES"], "a") as notes:
    print(*sys.argv[1:], file=notes)
if sys.argv[2] == "list":
    number = os.environ["OPEN"]
    left_out = "isCrossRepository | not" in sys.argv[-1] and number.startswith("fork ")
    print("" if left_out else number)
"""


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
        gh.write_text(GH, encoding="utf-8")
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

    def propose(
        self, open_one: str = "", script: str = "propose.sh"
    ) -> subprocess.CompletedProcess[str]:
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
            [SCRIPTS / script],
            cwd=self.clone,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def resume(self, open_one: str = "7") -> subprocess.CompletedProcess[str]:
        self.git(self.clone, "switch", "--quiet", "--detach", "origin/main")
        return self.propose(open_one, "resume.sh")

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


def test_a_fork_s_branch_of_the_same_name_is_no_proposal(repository: Repository) -> None:
    repository.write("- title: A\n")
    assert repository.propose(open_one="fork 8").returncode == 0
    assert repository.notes.count("pr create") == 1


def test_what_was_proposed_is_gone_on_from_with_what_people_corrected(
    repository: Repository,
) -> None:
    repository.write("- title: A\n")
    repository.propose()
    repository.write("- title: A\n  not: x\n")
    repository.git(repository.clone, "commit", "--quiet", "-am", "Correct")
    repository.git(repository.clone, "push", "--quiet", "origin", "HEAD:identities")
    done = repository.resume()
    assert done.returncode == 0, done.stderr
    assert (repository.clone / FILE).read_text() == "- title: A\n  not: x\n"
    before = repository.git(repository.origin, "rev-parse", "identities")
    assert "All of it is proposed" in repository.propose(open_one="7").stdout
    assert repository.git(repository.origin, "rev-parse", "identities") == before
    repository.write("- title: A\n  not: x\n- title: B\n")
    assert repository.propose(open_one="7").returncode == 0
    pushed = repository.git(repository.origin, "show", f"identities:{FILE.as_posix()}")
    assert pushed == "- title: A\n  not: x\n- title: B\n"


@pytest.mark.parametrize("open_one", ["", "fork 8"], ids=["merged or closed", "a fork's"])
def test_what_is_not_proposed_is_not_gone_on_from(repository: Repository, open_one: str) -> None:
    repository.write("- title: A\n")
    repository.propose()
    assert repository.resume(open_one).returncode == 0
    assert not (repository.clone / FILE).exists()


def test_what_was_changed_meanwhile_counts_more_than_the_proposal(repository: Repository) -> None:
    repository.write("- title: A\n")
    repository.propose()
    repository.git(repository.clone, "switch", "--quiet", "--detach", "origin/main")
    repository.write("- title: B\n")
    repository.git(repository.clone, "add", str(FILE))
    repository.git(repository.clone, "commit", "--quiet", "-m", "Know")
    repository.git(repository.clone, "push", "--quiet", "origin", "HEAD:main")
    assert repository.resume().returncode == 0
    assert (repository.clone / FILE).read_text() == "- title: B\n"
