"""`broadsheet check` as a contributor uses it: what it prints of digests on disk."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from generator.caching import stamp
from generator.caching.store import Store
from generator.cli import main
from generator.folders import CACHE
from generator.project import read_records

BAD = "# A Title With Nothing Below\n\n# Another Paper\narXiv:  nonsense\n\nIts abstract is fine.\n"


@pytest.fixture
def digests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "docs" / "digests"
    folder.mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    for name in ("GITHUB_STEP_SUMMARY", "SITE_URL", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return folder


def run(*arguments: str, color: bool = False) -> Result:
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False, color=color)


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / f"{name}.txt"
    path.write_text(text, encoding="utf-8", newline="")
    return path


def test_a_problem_comes_with_its_line_and_a_caret(digests: Path) -> None:
    write(digests, "2025-03-12", BAD)
    assert run("check").stdout == (
        "docs/digests/2025-03-12.txt:1: error[B101]: no abstract follows the title "
        '"A Title With Nothing Below"; it was left out\n'
        "      1 | # A Title With Nothing Below\n"
        "        |   ^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "    add the abstract below it, after a blank line\n"
        'docs/digests/2025-03-12.txt:4: error[B204]: "nonsense" is not an arXiv identifier; '
        "the paper goes without it\n"
        "      4 | arXiv:  nonsense\n"
        "        |         ^^^^^^^^\n"
        "    arXiv: 2503.04715\n"
    )


def test_a_byte_that_is_not_utf8_is_pointed_at(digests: Path) -> None:
    (digests / "2025-03-12.txt").write_bytes("# Ünder\r\n\r\nÜber caf".encode() + b"\xe9 x\r\n")
    lines = run("check").stdout.splitlines()
    assert lines[0].startswith("docs/digests/2025-03-12.txt:3: error[B002]: byte 0xe9")
    assert lines[1:3] == ["      3 | Über caf\ufffd x", "        |         ^"]


def test_problems_come_in_the_order_of_files_and_lines(digests: Path) -> None:
    write(digests, "2025-03-12", "# A\nLink: nowhere:1\n\nText is here.\n\n# B\n")
    write(digests, "2025-03-11", BAD)
    starts = [line.split()[0] for line in run("check").stdout.splitlines() if line[0] != " "]
    assert starts == [
        *("docs/digests/2025-03-11.txt:1:", "docs/digests/2025-03-11.txt:4:"),
        *("docs/digests/2025-03-12.txt:2:", "docs/digests/2025-03-12.txt:6:"),
    ]


def test_colours_are_for_terminals_whose_owner_wants_them(
    digests: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(digests, "2025-03-12", BAD)
    coloured = run("check", color=True).stdout
    assert "\x1b[31m" in coloured
    plain = run("check").stdout
    assert "\x1b" not in plain
    assert click.unstyle(coloured) == plain
    monkeypatch.setenv("NO_COLOR", "1")
    assert run("check", color=True).stdout == plain


def test_repairs_are_counted_and_listed_on_demand(digests: Path) -> None:
    text = "# Patches of 16times16\n\nOf 16times16 patches, this is a study of 10sim20 of them.\n"
    write(digests, "2025-03-12", text)
    result = run("check")
    assert result.stdout == ""
    assert result.exit_code == 0
    assert "repairs of damaged text: times 2" in result.stderr
    assert len(run("check", "-v").stdout.splitlines()) >= 2


def test_the_job_summary_has_the_whole_report(
    digests: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(digests, "2025-03-12", "".join(f"# Title {n}\n\n" for n in range(14)))
    name = tmp_path / "summary.md"
    name.write_text("What an earlier step said.\n\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(name))
    result = run("check", "--format", "github")
    assert result.stdout.count("::error ") == 10
    assert "4 more problems not shown beside the lines" in result.stdout
    told = name.read_text(encoding="utf-8")
    assert told.startswith("What an earlier step said.\n\n## Digests: 14 errors, 0 warnings\n")
    assert told.count("error[B101]") == 14


def test_without_a_place_for_the_summary_annotations_are_all(digests: Path) -> None:
    write(digests, "2025-03-12", BAD)
    assert len(run("check", "--format", "github").stdout.splitlines()) == 2


def test_a_site_has_the_address_of_what_a_code_means(
    digests: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(digests, "2025-03-12", BAD)
    assert '"docs": "docs/problems/papers.md#b101"' in run("check", "--format", "json").stdout
    monkeypatch.setenv("SITE_URL", "https://you.example/papers/")
    told = run("check", "--format", "json").stdout
    assert '"docs": "https://you.example/papers/problems/papers/#b101"' in told


SLIP = (
    "# On Things\r\nAutors: A. Bee; C. Dee\r\n\r\nWe study things, and they are good to have.\r\n"
)


def test_fix_mends_files_and_reports_what_is_left(digests: Path) -> None:
    path = write(digests, "2025-03-12", SLIP + "\r\n# Alone\r\n")
    path.chmod(0o640)
    result = run("check", "--fix")
    assert path.read_bytes() == (
        b"# On Things\nAuthors: A. Bee; C. Dee\n\n"
        b"We study things, and they are good to have.\n\n# Alone\n"
    )
    assert path.stat().st_mode & 0o777 == 0o640
    assert "-Autors: A. Bee; C. Dee\n+Authors: A. Bee; C. Dee\n" in result.stdout
    assert "error[B201]" not in result.stdout
    assert "2025-03-12.txt:6: error[B101]" in result.stdout
    assert "2025-03-12.txt: mended: line ends made LF, keys spelled right" in result.stderr
    assert list(digests.iterdir()) == [path]
    assert "mended" not in run("check", "--fix").stderr


def test_diff_shows_the_same_and_writes_nothing(digests: Path) -> None:
    path = write(digests, "2025-03-12", SLIP)
    result = run("check", "--diff")
    assert "+Authors: A. Bee; C. Dee" in result.stdout
    assert "would be mended" in result.stderr
    assert "error[B201]" in result.stdout
    assert path.read_bytes() == SLIP.encode()
    assert run("check", "--fix", "--diff").stdout == result.stdout
    assert path.read_bytes() == SLIP.encode()


def test_a_difference_is_harmless_and_leaves_json_alone(digests: Path) -> None:
    write(digests, "2025-03-12", "# On\u00a0\x1b[31mThings\n\nWe study things, which is good.\n")
    result = run("check", "--diff")
    assert "\x1b" not in result.stdout
    assert "-# On\\u00a0\\u001b[31mThings\n" in result.stdout
    assert run("check", "--diff", "--format", "json").stdout.startswith("{")


def test_fix_follows_no_link_to_a_file_elsewhere(digests: Path, tmp_path: Path) -> None:
    outside = write(tmp_path, "elsewhere", SLIP)
    (digests / "2025-03-12.txt").symlink_to(outside)
    run("check", "--fix")
    assert outside.read_bytes() == SLIP.encode()


ONE = "# Drawing Graphs Fast\n\nGraphs are hard to draw. We present a way that needs linear time.\n"
NEAR = "# Drawing Graphs Faster\n\nGraphs are hard to draw. We show a way that needs linear time.\n"


def test_a_paper_that_is_nearly_another_is_named_with_both_places(digests: Path) -> None:
    write(digests, "2025-03-11", ONE)
    write(digests, "2025-03-12", NEAR)
    result = run("check")
    assert result.exit_code == 0
    first = result.stdout.splitlines()[0]
    assert first.startswith("docs/digests/2025-03-12.txt:1: warning[B405]: ")
    assert 'docs/digests/2025-03-11.txt:1, "Drawing Graphs Fast"' in first


def test_a_single_digest_is_compared_with_those_beside_it(digests: Path, tmp_path: Path) -> None:
    old, new = write(digests, "2025-03-11", ONE + "\n# Alone\n"), write(digests, "2025-03-12", NEAR)
    told = run("check", str(new))
    assert "1 digest, 1 paper: 0 errors, 1 warning" in told.stderr
    assert "2025-03-12.txt:1: warning[B405]" in told.stdout
    # The older one was not asked about, until it is; then the other place is named.
    told = run("check", str(old))
    assert "2025-03-11.txt:1: warning[B405]" in told.stdout
    assert "docs/digests/2025-03-12.txt:1, " in told.stdout
    assert "1 error, 1 warning" in told.stderr


def test_against_names_other_digests_to_compare_with(digests: Path, tmp_path: Path) -> None:
    write(digests, "2025-03-11", ONE)
    other = tmp_path / "new"
    other.mkdir()
    new = write(other, "2025-03-12", NEAR)
    assert "B405" not in run("check", str(new)).stdout
    assert "B405" in run("check", str(new), "--against", str(digests)).stdout


def test_odd_links_are_pointed_at(digests: Path) -> None:
    write(digests, "2025-03-12", "# On Things\n\nWe study things.\nThe code: https://bit.ly/abc.\n")
    lines = run("check").stdout.splitlines()
    assert lines[0].startswith(
        'docs/digests/2025-03-12.txt:4: warning[B413]: the link "https://bit'
    )
    assert lines[1:3] == [
        "      4 | The code: https://bit.ly/abc.",
        "        |           ^^^^^^^^^^^^^^^^^^",
    ]


def test_what_a_build_has_read_is_neither_read_again_nor_forgotten(
    digests: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = write(digests, "2025-03-11", ONE), write(digests, "2025-03-12", NEAR)
    read_records([old, new], Store(CACHE, stamp()))
    kept = (CACHE / "digests.bin").read_bytes()

    def again(content: bytes, name: str) -> None:
        raise AssertionError(f"{name} is read again")

    monkeypatch.setattr("generator.project._without_lines", again)
    assert "2025-03-12.txt:1: warning[B405]" in run("check", str(new)).stdout
    assert (CACHE / "digests.bin").read_bytes() == kept
