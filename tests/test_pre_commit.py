"""The hooks for pre-commit: what they run, on which files, and that it fails when it should."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from .conftest import PROJECT

HOOKS: list[dict[str, Any]] = yaml.safe_load(
    (PROJECT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
)
GOOD = "# A Paper Worth Reading\n\nWe read it, and it was good.\n"
SLIP = "# A Paper\nAutors: A. Bee; C. Dee\n\nWe read it, and it was good.\n"
BAD = "# A Title With Nothing Below\n"


def by_id(name: str) -> dict[str, Any]:
    return next(hook for hook in HOOKS if hook["id"] == name)


def run(hook: dict[str, Any], folder: Path, *files: str) -> subprocess.CompletedProcess[str]:
    """Run a hook's entry as pre-commit does: with the files behind it, in the project's folder."""
    program, *arguments = shlex.split(hook["entry"])
    assert program == "broadsheet"
    command = [str(Path(sys.executable).with_name(program)), *arguments, *files]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "docs" / "digests").mkdir(parents=True)
    return tmp_path


def write(project: Path, name: str, text: str) -> str:
    path = project / "docs" / "digests" / name
    path.write_text(text, encoding="utf-8")
    return path.relative_to(project).as_posix()


def test_hooks_have_what_pre_commit_asks_for() -> None:
    assert [hook["id"] for hook in HOOKS] == ["broadsheet-fix", "broadsheet-check"]
    for hook in HOOKS:
        assert set(hook) == {"id", "name", "description", "entry", "language", "files"}
        assert hook["language"] == "python"


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: str(hook["id"]))
def test_hooks_look_at_digests_alone(hook: dict[str, Any]) -> None:
    assert re.search(hook["files"], "docs/digests/2025-03-11.txt")
    assert not re.search(hook["files"], "docs/digests/identities.yml")
    assert not re.search(hook["files"], "tests/docs/digests/2025-03-11.txt")
    assert not re.search(hook["files"], "requirements.txt")


def test_the_check_passes_what_is_good_and_fails_what_is_not(project: Path) -> None:
    hook = by_id("broadsheet-check")
    good, bad = write(project, "2025-03-11.txt", GOOD), write(project, "2025-03-12.txt", BAD)
    assert run(hook, project, good).returncode == 0
    failed = run(hook, project, good, bad)
    assert failed.returncode == 1
    assert "docs/digests/2025-03-12.txt:1: error[B101]" in failed.stdout


def test_the_fix_mends_the_files_that_are_named(project: Path) -> None:
    slip, other = write(project, "2025-03-11.txt", SLIP), write(project, "2025-03-12.txt", SLIP)
    assert run(by_id("broadsheet-fix"), project, slip).returncode == 0
    assert "Authors: A. Bee; C. Dee" in (project / slip).read_text(encoding="utf-8")
    assert "Autors" in (project / other).read_text(encoding="utf-8")
