"""What others wrote is pinned and has a reason; workflows have the rights they need and no more."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from .test_propose_script import Repository

PROJECT = Path(__file__).resolve().parents[1]
WORKFLOWS = sorted((PROJECT / ".github" / "workflows").glob("*.yml"))
LIST = "docs/permalinks.txt"
GROUPS = {
    "To build the site": "dependencies",
    "To set up": "build",
    "To test": "test",
    "To look for known vulnerabilities": "audit",
}
MAY_WRITE = {
    ("comment.yml", "comment", "pull-requests"),
    ("identify.yml", "identify", "contents"),
    ("identify.yml", "identify", "pull-requests"),
    ("site.yml", "attest", "attestations"),
    ("site.yml", "attest", "id-token"),
    ("site.yml", "deploy", "id-token"),
    ("site.yml", "deploy", "pages"),
    ("site.yml", "record", "contents"),
    ("site.yml", "record", "pull-requests"),
}
"""Every right to change something, by workflow and job."""


def asked() -> dict[str, list[str]]:
    """What pyproject.toml asks for, by group."""
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    project = settings["project"]
    groups = {
        "dependencies": project["dependencies"],
        **project["optional-dependencies"],
        **settings["dependency-groups"],
    }
    return {
        name: [re.split(r"[^\w.-]", each)[0].lower() for each in group]
        for name, group in groups.items()
    }


def jobs(workflow: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(workflow.read_text("utf-8"))["jobs"]
    return found


def test_every_dependency_has_its_reason_and_no_other_is_named() -> None:
    page = (PROJECT / "docs" / "dependencies.md").read_text("utf-8")
    sections = dict(re.findall(r"^## (.*?)\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL))
    told = {}
    for title, group in GROUPS.items():
        rows = re.findall(r"^\| `([\w.-]+)` \| (.{8,}) \|$", sections[title], re.MULTILINE)
        told[group] = sorted(name for name, _ in rows)
        assert len({reason for _, reason in rows}) == len(rows)
    assert told == {group: sorted(names) for group, names in asked().items()}


def test_what_looks_for_vulnerabilities_is_pinned_and_no_part_of_the_tests() -> None:
    text = (PROJECT / "requirements-audit.lock").read_text("utf-8")
    pinned = re.findall(
        r"^([\w-]+)==\S+[^\n]*\\\n(?:    --hash=sha256:[0-9a-f]{64})", text, re.MULTILINE
    )
    assert set(asked()["audit"]) <= set(pinned)
    assert len(pinned) == len(re.findall(r"^[\w-]+", text, re.MULTILINE))
    assert not re.search(r"https?:|file:|--index|/home/|/root/|/tmp/", text)
    makefile = (PROJECT / "Makefile").read_text("utf-8")
    (recipe,) = re.findall(r"^test:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE)
    assert "audit" not in recipe
    (audit,) = re.findall(r"^audit:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE)
    assert "wildcard requirements*.lock" in audit
    assert audit.count("--require-hashes") == 2


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_a_job_has_the_rights_that_it_says_why_and_no_token_stays(workflow: Path) -> None:
    text = workflow.read_text("utf-8")
    for name, job in jobs(workflow).items():
        rights = {
            (workflow.name, name, what)
            for what, how in job["permissions"].items()
            if how == "write"
        }
        assert rights <= MAY_WRITE
        assert job["timeout-minutes"]
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False
            assert "${{" not in step.get("run", ""), "what runs takes values from the environment"
    for line in re.findall(r"^ +(?:[a-z-]+): (?:read|write)\b.*$", text, re.MULTILINE):
        assert " # to " in line or " # the same" in line, line


def test_what_is_deployed_was_attested() -> None:
    text = (PROJECT / ".github" / "workflows" / "site.yml").read_text("utf-8")
    jobs = yaml.safe_load(text)["jobs"]
    steps = [step.get("uses", "") for step in jobs["attest"]["steps"]]
    assert any(step.startswith("actions/attest-build-provenance@") for step in steps)
    assert "attest" in jobs["deploy"]["needs"]


def test_what_is_recorded_in_the_branch_was_built_from_it() -> None:
    record = jobs(PROJECT / ".github/workflows/site.yml")["record"]
    default = "github.ref == format('refs/heads/{0}', github.event.repository.default_branch)"
    assert record["if"] == default


def test_nothing_is_installed_that_no_lock_has() -> None:
    """But uv, which makes the locks, and what the canary is there to try in its newest version."""
    for path in (PROJECT / "Makefile", *WORKFLOWS):
        for line in re.sub(r"\\\n\s*", "", path.read_text("utf-8")).splitlines():
            if "pip install" in line.replace(
                "pip -qq --disable-pip-version-check", "pip"
            ) and not re.search(r"\buv\b|\$\(CANARY\)", line):
                assert "--require-hashes" in line or "--no-deps" in line, line
            assert not re.search(r"\b(curl|wget|npx)\b", line), line


def test_an_advisory_fails_no_pull_request_of_a_digest() -> None:
    workflow = yaml.safe_load((PROJECT / ".github/workflows/audit.yml").read_text("utf-8"))
    runs = workflow[True]  # YAML takes "on" for this.
    assert runs["schedule"]
    assert all("docs" not in path for path in runs["pull_request"]["paths"])
    assert "make audit" not in (PROJECT / ".github/workflows/ci.yml").read_text("utf-8")


def test_whoever_finds_a_hole_is_told_where_to_say_so() -> None:
    text = (PROJECT / "SECURITY.md").read_text("utf-8")
    assert "Report a vulnerability" in text
    assert {"## Report a hole", "## What counts", "## What does not"} <= set(text.splitlines())
    for link in re.findall(r"\]\(([^)]+)\)", text):
        assert (PROJECT / link).exists(), link


def test_nothing_is_published_before_it_was_looked_through() -> None:
    steps = [
        step.get("run", step.get("uses"))
        for step in jobs(PROJECT / ".github/workflows/site.yml")["build"]["steps"]
    ]
    assert steps.index("make site") < steps.index("make verify")
    assert steps[-1].startswith("actions/upload-pages-artifact@")
    assert steps.index("make verify") < len(steps) - 1


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    found = Repository(tmp_path)
    (found.clone / LIST).parent.mkdir()
    (found.clone / LIST).write_text("papers/a/\n", "utf-8")
    (found.clone / "left-over.txt").write_text("x")
    return found


def test_what_was_published_goes_into_the_branch_and_nothing_else(repository: Repository) -> None:
    done = repository.propose(script="record.sh")
    assert done.returncode == 0, done.stderr
    assert repository.git(repository.origin, "ls-tree", "-r", "--name-only", "main").split() == [
        LIST
    ]
    assert repository.notes == ""
    assert "secret" not in done.stdout + done.stderr
    assert "secret" not in (repository.clone / ".git" / "config").read_text()
    before = repository.git(repository.origin, "rev-parse", "main")
    assert "Nothing new" in repository.propose(script="record.sh").stdout
    assert repository.git(repository.origin, "rev-parse", "main") == before


def test_a_protected_branch_gets_a_pull_request(repository: Repository) -> None:
    hook = repository.origin / "hooks" / "update"
    hook.write_text('#!/bin/sh\n[ "$1" != refs/heads/main ]\n')
    hook.chmod(0o755)
    done = repository.propose(script="record.sh")
    assert done.returncode == 0, done.stderr
    assert repository.git(repository.origin, "show", f"permalinks:{LIST}") == "papers/a/\n"
    assert "pr create --repo owner/list --head permalinks --base main" in repository.notes
