"""`broadsheet permalinks`, on a project that somebody works on."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.enriching import build_library
from generator.enriching.vocabulary import read_vocabulary
from generator.layout import url_of
from generator.permalinks import read_ledger
from generator.permalinks.permanent import is_permanent
from generator.permalinks.standing import permanent_of
from generator.reading import read_text
from generator.writing import Site, write_pages

BEES = (
    "# Bees Dance\nAuthors: Ana Ax; Bo Bix\n\nWe film a bee in four hives and decode its dance.\n"
)
ANTS = "# Ants March\nAuthors: Ana Ax\n\nWe follow an ant through the garden and count its steps.\n"
TAGS = "- {name: Bees, slug: bees, description: Of bees., phrases: [bee]}\n"
LIST = Path("docs/permalinks.txt")
PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def digests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "docs" / "digests"
    folder.mkdir(parents=True)
    (tmp_path / "docs" / "vocabulary.yml").write_text(TAGS, "utf-8")
    (tmp_path / "docs" / "about.md").write_text("# About\n", "utf-8")
    (tmp_path / "docs" / "draft.md").write_text("# Draft\n", "utf-8")
    (tmp_path / "mkdocs.yml").write_text("exclude_docs: |\n  /draft.md\n", "utf-8")
    (folder / "2025-03-11.txt").write_text(f"{BEES}\n{ANTS}", "utf-8")
    return folder


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["permalinks", *arguments], catch_exceptions=False)


def listed() -> list[str]:
    return [line for line in LIST.read_text("utf-8").splitlines() if not line.startswith("#")]


def test_the_list_gets_what_is_for_ever_and_nothing_else(digests: Path) -> None:
    assert run("--update").exit_code == 0
    assert listed() == sorted(listed())
    assert {"about/", "papers/bees-dance/", "digests/2025-03-11/", "tags/bees/"} <= set(listed())
    assert "authors/ana-ax/" in listed()
    assert "authors/bo-bix/" not in listed()
    assert "draft/" not in listed()
    before = LIST.read_bytes()
    assert "0 not in it yet" in run("--update").stderr
    assert LIST.read_bytes() == before


def test_commands_and_builds_know_the_same_addresses() -> None:
    digest = "".join(
        f"# Paper {at} on Bees\nAuthors: Ana Ax{at % 7}; Bo Bix\n\nWe film hive {at} for bees.\n\n"
        for at in range(130)
    )
    texts = [
        (f"20{year}-03-{day:02}.txt", digest if day == 1 else BEES)
        for year in (24, 25)
        for day in range(1, 32)
    ]
    library = build_library(
        [read_text(text, name) for name, text in texts], read_vocabulary(TAGS, "v")[0]
    )
    urls = [url_of(page.path) for page in write_pages(library, Site("Mine"))]
    assert sorted(permanent_of(library)) == sorted(filter(is_permanent, urls))
    assert {url for url in urls if not is_permanent(url)} >= {"", "tags/bees/2/"}
    assert "years/2024/" in urls


def test_a_mended_title_is_kept_by_one_command(digests: Path) -> None:
    run("--update")
    file = digests / "2025-03-11.txt"
    file.write_text(file.read_text("utf-8").replace("Bees Dance", "How Bees Dance"), "utf-8")
    told = run()
    assert told.exit_code == 1
    assert "error[B601]: papers/bees-dance/ was published" in told.stdout
    kept = run("--keep")
    assert kept.exit_code == 0
    assert kept.stdout == "papers/bees-dance/ -> papers/how-bees-dance/\n"
    assert "papers/bees-dance/ -> papers/how-bees-dance/" in listed()


def test_what_is_not_clear_is_not_written(digests: Path) -> None:
    run("--update")
    (digests / "2025-03-11.txt").write_text(ANTS, "utf-8")
    before = set(listed())
    assert run("--keep").exit_code == 1
    assert set(listed()) == before
    moves = ["--move", "papers/bees-dance", "papers/ants-march/", "--move", "authors/", "about/"]
    ends = ["--gone", "authors/ana-ax/", "one  paper", "--gone", "tags/bees/", "no bees"]
    moved = run(*moves, *ends)
    assert moved.exit_code == 0, moved.output
    assert "papers/bees-dance/ -> papers/ants-march/" in listed()
    assert "authors/ana-ax/ gone: one paper" in listed()


@pytest.mark.parametrize("old", ["../x", "https://example.org/", "papers/a b/", ""])
def test_what_is_no_address_is_refused(digests: Path, old: str) -> None:
    assert run("--move", old, "about/").exit_code == 2
    assert run("--gone", old, "why").exit_code == 2
    assert run("--gone", "papers/x/", " ").exit_code == 2
    assert not LIST.exists()


def test_check_tells_of_a_whole_folder_what_would_vanish(digests: Path) -> None:
    LIST.write_text("papers/bee-dance/\nabout/\ndigests/2025-03-11/\n", "utf-8")
    checked = CliRunner().invoke(main, ["check"])
    assert checked.exit_code == 1
    assert "docs/permalinks.txt:1: error[B601]: papers/bee-dance/" in checked.stdout
    assert checked.stdout.count("error") == 1
    one = CliRunner().invoke(main, ["check", "docs/digests/2025-03-11.txt"])
    assert one.exit_code == 0


def test_outside_of_a_project_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("--update").exit_code == 2
    assert not list(tmp_path.iterdir())


def test_two_branches_that_add_addresses_do_not_get_in_each_other_s_way(tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        who = ["-c", "user.name=Me", "-c", "user.email=me@example.org"]
        subprocess.run(["git", *who, *arguments], cwd=tmp_path, check=True, capture_output=True)

    def commit(text: str) -> None:
        (tmp_path / LIST).write_text(text, "utf-8")
        git("add", ".")
        git("commit", "--message", "Add")

    shutil.copy(PROJECT / ".gitattributes", tmp_path)
    (tmp_path / LIST).parent.mkdir()
    git("init", "--initial-branch=main")
    commit("papers/a/\npapers/z/\n")
    git("switch", "--create", "other")
    commit("papers/a/\npapers/c/\npapers/z/\n")
    git("switch", "main")
    commit("papers/a/\npapers/b/\npapers/z/\n")
    git("merge", "other")
    ledger = read_ledger((tmp_path / LIST).read_text("utf-8"))
    assert sorted(ledger.plain) == ["papers/a/", "papers/b/", "papers/c/", "papers/z/"]
    assert not ledger.odd


def test_no_line_goes_from_the_list_unnoticed(digests: Path, tmp_path: Path) -> None:
    run("--update")
    before = tmp_path / "before.txt"
    shutil.copy(LIST, before)
    assert run("--against", str(before)).exit_code == 0
    LIST.write_text(LIST.read_text("utf-8").replace("papers/bees-dance/\n", ""), "utf-8")
    result = run("--against", str(before))
    assert result.exit_code == 1
    assert "papers/bees-dance/ was published" in result.stderr
    assert "1 line went" in result.stderr
    LIST.unlink()
    assert run("--against", str(before)).exit_code == 1
    shutil.copy(before, LIST)
    run("--gone", "papers/bees-dance/", "its authors withdrew it")
    assert run("--against", str(before)).exit_code == 0
