"""The project's own files keep their promises: README, locks, Makefile, workflows."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import click
import pytest
import yaml
from click.testing import CliRunner

from generator.cli import main
from generator.reading import read_text

PROJECT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements.lock", "requirements-test.lock")
WORKFLOWS = sorted((PROJECT / ".github" / "workflows").glob("*.yml"))


def read(name: str) -> str:
    return (PROJECT / name).read_text(encoding="utf-8")


def commands() -> list[click.Command]:
    assert isinstance(main, click.Group)
    return list(main.commands.values())


def pins(lock: str) -> dict[str, list[str]]:
    """Name → pinned versions, of which there are several where they differ by Python."""
    found: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([a-z0-9-]+)==(\S+)", read(lock), re.MULTILINE):
        found.setdefault(name, []).append(version)
    return found


@pytest.mark.parametrize("command", commands(), ids=lambda command: str(command.name))
def test_the_readme_has_every_command_with_its_options(command: click.Command) -> None:
    section = read("README.md").split("## On the command line")[1].split("\n## ")[0]
    rows = [row for row in section.splitlines() if f"`broadsheet {command.name} " in row]
    assert rows
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert all(option in "".join(rows) for option in parameter.opts), parameter.opts
            if isinstance(parameter.type, click.Choice):
                assert all(choice in "".join(rows) for choice in parameter.type.choices)
        else:
            assert parameter.make_metavar(click.Context(command)).strip("[]….") in rows[0]


@pytest.mark.parametrize("command", commands(), ids=lambda command: str(command.name))
def test_help_has_examples_and_exit_codes(command: click.Command) -> None:
    result = CliRunner().invoke(main, [str(command.name), "--help"])
    assert result.exit_code == 0
    assert "Examples:" in result.output
    assert f"broadsheet {command.name}" in result.output
    assert "Exit codes" in result.output


def test_documents_name_only_commands_and_options_that_there_are() -> None:
    names = {command.name for command in commands()}
    options = {"--help", "--version"}
    for command in commands():
        for parameter in command.params:
            options.update(option for option in parameter.opts if option.startswith("--"))
    text = read("README.md") + read("CONTRIBUTING.md")
    for used in re.findall(r"`(?:\.venv/bin/)?broadsheet ([^`]*)`", text):
        first, *rest = used.split()
        assert first in names or first in options, used
        assert {word for word in rest if word.startswith("--")} <= options, used


def test_documents_name_only_targets_and_files_that_there_are() -> None:
    makefile = read("Makefile")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    for document in ("README.md", "CONTRIBUTING.md", ".github/pull_request_template.md"):
        text = read(document)
        assert set(re.findall(r"make ([a-z]+)(?=[` ]|$)", text, re.MULTILINE)) <= targets, document
        for path in re.findall(r"`((?:docs|generator|overrides|tests|benchmarks)/[\w./-]*)`", text):
            if not re.search(r"/(20\d\d|YYYY)-", path):
                assert (PROJECT / path).exists(), f"{document}: {path}"
        for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", text):
            assert (PROJECT / link).exists(), f"{document}: {link}"


@pytest.mark.parametrize(("document", "papers"), [("README.md", 1), ("CONTRIBUTING.md", 2)])
def test_the_digest_in_a_document_is_read_without_a_problem(document: str, papers: int) -> None:
    example = re.findall(r"```text\n(.*?)```", read(document), re.DOTALL)[0]
    digest = read_text(example, "2025-03-11.txt")
    assert digest.problems == ()
    assert len(digest.records) == papers


def test_make_help_lists_what_a_person_would_make() -> None:
    result = subprocess.run(
        ["make", "help"], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    (phony,) = re.findall(r"^\.PHONY: (.*)", read("Makefile"), re.MULTILINE)
    for target in set(phony.split()) - {"help", "browser"}:
        assert re.search(rf"(make |; ){target}\b", result.stdout), target


def test_the_makefile_keeps_to_what_make_3_81_understands() -> None:
    makefile = read("Makefile")
    for newer in (".ONESHELL", ".SHELLFLAGS", "!=", "::=", "$(file", "&:", ".EXTRA_PREREQS"):
        assert newer not in makefile


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_by_hash_and_names_no_place(lock: str) -> None:
    text = read(lock)
    requirements = re.split(r"\n(?=[a-z0-9])", text[text.index("\n", text.index("make lock")) :])[
        1:
    ]
    assert len(requirements) > 30
    assert all("--hash=sha256:" in requirement for requirement in requirements)
    assert not re.search(r"https?:|file:|--index|--find-links|/home/|/root/|/tmp/", text)


def test_the_tests_run_with_the_versions_that_the_site_is_built_with() -> None:
    with_tests = pins("requirements-test.lock")
    for name, versions in pins("requirements.lock").items():
        assert with_tests[name] == versions


@pytest.mark.parametrize(
    ("lock", "extras"),
    [("requirements.lock", ["build"]), ("requirements-test.lock", ["build", "test"])],
)
def test_a_lock_has_everything_that_the_project_asks_for(lock: str, extras: list[str]) -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    asked = list(project["dependencies"])
    for extra in extras:
        asked += project["optional-dependencies"][extra]
    for requirement in asked:
        (name,) = re.findall(r"^[\w-]+", requirement)
        assert name.lower() in pins(lock), "run `make lock`"


def test_click_is_not_the_version_that_breaks_live_reload() -> None:
    assert not any(version.startswith("8.3.") for version in pins("requirements.lock")["click"])


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_pins_actions_and_starts_with_no_permission(workflow: Path) -> None:
    text = workflow.read_text(encoding="utf-8")
    parsed = yaml.safe_load(text)
    assert parsed["permissions"] == {}
    for job in parsed["jobs"].values():
        assert job["timeout-minutes"] <= 30
        assert "permissions" in job
    for used in re.findall(r"uses: (.*)", text):
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", used)


def test_only_the_deploying_job_may_publish() -> None:
    jobs = yaml.safe_load(read(".github/workflows/site.yml"))["jobs"]
    assert jobs["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert "write" not in jobs["build"]["permissions"].values()
    assert all("actions/" in step["uses"] for step in jobs["deploy"]["steps"])


@pytest.mark.parametrize(
    "form",
    sorted((PROJECT / ".github" / "ISSUE_TEMPLATE").glob("*.yml")),
    ids=lambda path: path.name,
)
def test_an_issue_form_is_whole(form: Path) -> None:
    parsed = yaml.safe_load(form.read_text(encoding="utf-8"))
    if form.name != "config.yml":
        assert parsed["name"]
        assert parsed["description"]
        ids = [field["id"] for field in parsed["body"]]
        assert len(ids) == len(set(ids))
        assert all(field["attributes"]["label"] for field in parsed["body"])


def test_the_readme_s_picture_is_small_enough_to_load_at_once() -> None:
    assert (PROJECT / "docs" / "images" / "screenshot.png").stat().st_size <= 200 * 1024


SEARCH = {"search.js", "asking.js", "opener.js", "finder.js", "search-page.js"}


def test_all_scripts_together_are_short_enough_to_read() -> None:
    scripts = list((PROJECT / "overrides" / "assets" / "javascripts").glob("*.js"))
    assert all(script.read_text(encoding="utf-8").startswith("/* One job: ") for script in scripts)
    sizes = {script.name: script.stat().st_size for script in scripts}
    # Of it 3.5 KB put the two layers of the index together.
    assert sum(sizes[name] for name in SEARCH) <= 54 * 1024
    # Of it 4 KB are dialogs and a script that stood in every page; the rest does what the theme's
    # 114 KB did before.
    assert sum(size for name, size in sizes.items() if name not in SEARCH) <= 49 * 1024


def test_the_changelog_tells_of_the_version() -> None:
    text = read("CHANGELOG.md")
    version = tomllib.loads(read("pyproject.toml"))["project"]["version"]
    assert "## [Unreleased]" in text or f"## [{version}]" in text
