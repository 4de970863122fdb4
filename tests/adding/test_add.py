"""`broadsheet add`: what it shows, asks, writes and refuses."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.commands import add as command
from generator.reading import read_text

SEED = Path(__file__).parents[1] / "data" / "seed" / "2025-03-11.txt"
BEES = "We film four hives and decode the dances. Code: https://github.com/ada/bees."
ANTS = "We follow ants on their ways, and they follow each other as they have always done."
LIST = f"Subscribe\n\nMar 11\n\nBees Dance\n\n{BEES}\n\nAnts Walk\n\n{ANTS}\n"


@pytest.fixture
def digests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "docs" / "digests"
    folder.mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(command, "today", lambda: date(2025, 6, 1))
    monkeypatch.setenv("COLUMNS", "80")
    return folder


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let somebody sit at the terminal."""
    monkeypatch.setattr(command, "can_ask", lambda: True)


def run(*arguments: str, text: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["add", *arguments], input=text, catch_exceptions=False)


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_paste_becomes_a_digest_that_check_has_nothing_to_say_of(digests: Path) -> None:
    result = run("--yes", text=LIST)
    assert (result.exit_code, result.stdout) == (0, "docs/digests/2025-03-11.txt\n")
    written = (digests / "2025-03-11.txt").read_text(encoding="utf-8")
    assert written == f"Format: broadsheet\n\n# Bees Dance\n\n{BEES}\n\n# Ants Walk\n\n{ANTS}\n"
    assert files(digests) == ["2025-03-11.txt"]
    assert CliRunner().invoke(main, ["check"]).exit_code == 0


@pytest.mark.parametrize("mark", ["> ", ">", ">> ", "> > ", " > "])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_quoted_mail_is_read_without_its_marks(digests: Path, mark: str, end: str) -> None:
    text = "".join(f"{mark}{line}".rstrip() + end for line in LIST.splitlines())
    result = run("--yes", text=text.encode())
    assert "the marks before them were taken off" in result.stderr
    written = (digests / "2025-03-11.txt").read_text(encoding="utf-8")
    assert written == f"Format: broadsheet\n\n# Bees Dance\n\n{BEES}\n\n# Ants Walk\n\n{ANTS}\n"


def test_a_quotation_in_a_list_is_part_of_it(digests: Path) -> None:
    result = run("--yes", text=LIST.replace(BEES, "> " + BEES))
    assert "taken off" not in result.stderr
    assert f"\n\n> {BEES}\n" in (digests / "2025-03-11.txt").read_text(encoding="utf-8")


def test_a_standard_input_that_is_closed_is_said(
    digests: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(click.ClickException, match="name a FILE"):
        main(["add", "--date", "2025-03-11"], standalone_mode=False)
    assert files(digests) == []


def test_it_says_what_was_understood_and_what_comes_next(digests: Path) -> None:
    said = run("--yes", text=LIST).stderr
    assert "Read as plain text." in said
    assert "11 March 2025       2           1" in said
    assert "  1. Bees Dance\n  2. Ants Walk\n" in said
    assert "11 March in the text" in said
    assert "0 errors, 0 warnings" in said
    assert "`make check`" in said
    assert "`make serve`" in said


def test_the_name_of_a_dialect_is_said(digests: Path) -> None:
    text = (
        "@article{a,\n  title = {Bees},\n  abstract = {We film four hives.},\n  year = {2025}\n}\n"
    )
    assert "BibTeX" in run("--yes", "--date", "2025-03-11", text=text).stderr


@pytest.mark.parametrize("columns", [20, 40, 60, 80])
def test_no_line_is_wider_than_the_terminal(
    digests: Path, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    run("--yes", text=LIST)
    text = LIST.replace("Bees Dance", "Bees Dance 蜜蜂的舞蹈 " * 9)
    said = run("--yes", "--dry-run", "--words", "again", text=text).stderr
    table = said.partition("Read as plain text.\n")[2].partition("0 errors")[0]
    assert "Ants Walk" in table
    assert all(len(line) + line.count("蜂") * 6 <= columns + 6 for line in table.splitlines())
    assert max(map(len, table.splitlines())) <= columns


def test_the_day_is_asked_for_with_the_likely_one_as_default(digests: Path, asked: None) -> None:
    result = run("-", text=LIST + "")
    assert result.exit_code == 1  # The paste took all that there was to answer with.
    result = CliRunner().invoke(main, ["add", write(digests, LIST)], input="\n\n")
    assert (result.exit_code, files(digests)) == (0, ["2025-03-11.txt"])
    assert "Day of the list [2025-03-11]" in result.stderr
    assert "Write docs/digests/2025-03-11.txt? [Y/n]" in result.stderr


def write(digests: Path, text: str) -> str:
    path = digests.parents[1] / "list.txt"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_wrong_answer_is_asked_for_again(digests: Path, asked: None) -> None:
    result = run(write(digests, LIST), text="someday\n12 March 2025\ny\n")
    assert (result.exit_code, files(digests)) == (0, ["2025-03-12.txt"])
    assert "'someday' is not a day with its year, such as 2025-03-11" in result.stderr


def test_who_says_no_gets_nothing_written(digests: Path, asked: None) -> None:
    result = run(write(digests, LIST), "--date", "2025-03-11", text="n\n")
    assert (result.exit_code, files(digests)) == (1, [])


def test_a_script_is_never_asked_but_told_what_is_missing(digests: Path) -> None:
    text = LIST.replace("Mar 11\n\n", "")
    result = run("--yes", text=text)
    assert (result.exit_code, result.stdout, files(digests)) == (1, "", [])
    assert 'begins with "Bees Dance" does not say its day' in result.stderr
    assert "--date 2025-03-11" in result.stderr
    assert run("--yes", "--date", "2025-03-11", text=text).exit_code == 0


@pytest.mark.parametrize("name", ["2025-03-12.txt", "2025-03-12-evening.txt"])
def test_the_day_in_the_name_of_a_file_counts(digests: Path, name: str) -> None:
    path = digests.parents[1] / name
    path.write_text(LIST.replace("Mar 11\n\n", ""), encoding="utf-8")
    assert run("--yes", str(path)).stdout == "docs/digests/2025-03-12.txt\n"


def test_lists_of_several_days_become_several_files(digests: Path) -> None:
    text = f"Mar 11\n\nBees Dance\n\n{BEES}\n\nMar 12\n\nAnts Walk\n\n{ANTS}\n"
    result = run("--yes", "--words", "Daily", text=text)
    assert result.exit_code == 0
    assert files(digests) == ["2025-03-11-daily.txt", "2025-03-12-daily.txt"]
    assert "# Ants Walk" in (digests / "2025-03-12-daily.txt").read_text(encoding="utf-8")


def test_what_would_be_written_can_be_seen_without_writing(digests: Path) -> None:
    result = run("--dry-run", text=LIST)
    assert (result.exit_code, files(digests)) == (0, [])
    assert [r.title for r in read_text(result.stdout, "2025-03-11.txt").records] == [
        "Bees Dance",
        "Ants Walk",
    ]


@pytest.mark.parametrize("name", ["2025-03-11.txt", "2025-03-11.TXT"])
def test_no_file_is_overwritten(digests: Path, name: str) -> None:
    (digests / name).write_text("mine", encoding="utf-8")
    result = run("--yes", text=LIST)
    assert (result.exit_code, files(digests)) == (1, [name])
    assert (digests / name).read_text(encoding="utf-8") == "mine"
    assert "--words" in result.stderr


def test_a_file_that_comes_to_be_meanwhile_is_not_overwritten(
    digests: Path, monkeypatch: pytest.MonkeyPatch, asked: None
) -> None:
    def confirm(*_: object, **__: object) -> bool:
        (digests / "2025-03-11.txt").write_text("mine", encoding="utf-8")
        return True

    monkeypatch.setattr(click, "confirm", confirm)
    result = run(write(digests, LIST), "--date", "2025-03-11")
    assert result.exit_code == 1
    assert files(digests) == ["2025-03-11.txt"]
    assert (digests / "2025-03-11.txt").read_text(encoding="utf-8") == "mine"


def test_repeats_are_shown_and_kept_unless_they_are_not_wanted(digests: Path) -> None:
    run("--yes", "--date", "2025-03-04", text=LIST.replace("Ants Walk", "Ants Run"))
    result = run("--dry-run", text=LIST)
    assert "In the library already:\n  1. in 2025-03-04: Bees Dance\n" in result.stderr
    assert "# Bees Dance" in result.stdout
    result = run("--dry-run", "--skip-repeats", text=LIST)
    assert "# Bees Dance" not in result.stdout
    assert "# Ants Walk" in result.stdout
    assert (
        run(
            "--yes",
            "--date",
            "2025-03-04",
            "--words",
            "b",
            "--skip-repeats",
            text=f"Bees Dance\n\n{BEES}",
        ).exit_code
        == 0
    )
    assert files(digests) == ["2025-03-04.txt"]


def test_problems_are_shown_with_the_line_of_the_paste_and_make_exit_code_1(digests: Path) -> None:
    result = run(
        "--yes", text=f"Mar 11\n\n# A Lonely Title\n\n# Bees Dance\narXiv: nonsense\n\n{BEES}\n"
    )
    assert (result.exit_code, files(digests)) == (1, ["2025-03-11.txt"])
    assert "paste:3: error[B101]" in result.stderr
    assert "      6 | arXiv: nonsense\n" in result.stderr
    assert "2 errors, 0 warnings" in result.stderr


def test_a_link_that_leads_nowhere_is_told_and_left_out(digests: Path) -> None:
    text = LIST.replace(
        "Bees Dance", "# Bees Dance\nLink: javascript:alert(1)\nLink: https://x.org/a"
    )
    result = run("--yes", text=text.replace("Ants", "# Ants"))
    assert result.exit_code == 1
    assert "error[B407]" in result.stderr
    assert "\nLink: https://x.org/a\n" in (digests / "2025-03-11.txt").read_text(encoding="utf-8")
    assert CliRunner().invoke(main, ["check"]).exit_code == 0


def test_what_holds_no_papers_is_not_written(digests: Path) -> None:
    result = run("--yes", "--date", "2025-03-11", text="just a line")
    assert (result.exit_code, files(digests)) == (1, [])
    assert run("--yes", text=b"caf\xe9\n").exit_code == 1


def test_the_editor_can_be_pasted_into(digests: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(click, "edit", lambda *_, **__: LIST)
    assert run("--editor", "--yes").exit_code == 0
    assert files(digests) == ["2025-03-11.txt"]
    monkeypatch.setattr(click, "edit", lambda *_, **__: None)
    assert run("--editor", "--yes").exit_code == 1


@pytest.mark.parametrize(
    "arguments",
    [["--date", "Mar 11"], ["--words", "…"], ["--editor", "list.txt"], ["nowhere.txt"]],
    ids=" ".join,
)
def test_wrong_usage_is_exit_code_2(digests: Path, arguments: list[str]) -> None:
    write(digests, LIST)
    assert run(*arguments, text=LIST).exit_code == 2
    assert files(digests) == []


def test_outside_of_a_project_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("--yes", text=LIST)
    assert result.exit_code == 2
    assert "docs/digests" in result.stderr


def test_the_seed_comes_back_whole(digests: Path) -> None:
    result = run("--dry-run", "--date", "2025-03-11", text=SEED.read_bytes())
    seed = read_text(SEED.read_text(encoding="utf-8"), "2025-03-11.txt")
    back = read_text(result.stdout, "2025-03-11.txt")
    assert back.problems == ()
    assert [(r.title, r.abstract) for r in back.records] == [
        (r.title, r.abstract) for r in seed.records
    ]
