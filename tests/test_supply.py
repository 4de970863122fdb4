"""The texts of digests, as pages on how they were read get them from disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.project import read_library
from generator.supply import TextSupply

TEXT = "\ufeffDances of Bees\r\n\r\nWe film four hives and decode the dances.\r\n"


@pytest.fixture
def docs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "digests").mkdir()
    (tmp_path / "digests" / "2025-03-11.txt").write_text(TEXT, "utf-8", newline="")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_what_was_read_in_this_build_is_the_same_as_what_is_read_anew(docs: Path) -> None:
    fresh, anew = TextSupply(docs), TextSupply(docs)
    library = read_library(docs / "digests", docs / "vocabulary.yml", supply=fresh)
    (issue,) = library.issues
    reading = fresh.read(issue)
    assert reading == anew.read(issue)
    assert fresh.mark(issue) == anew.mark(issue)
    assert "".join(reading.text[line.start : line.end] for line in reading.digest.lines) == (
        TEXT.removeprefix("\ufeff")
    )
    assert reading.form.startswith("plain text")


def test_a_file_that_changed_or_is_gone_in_between_is_shown_as_it_is(docs: Path) -> None:
    supply = TextSupply(docs)
    (issue,) = read_library(docs / "digests", docs / "vocabulary.yml", supply=supply).issues
    file = docs / "digests" / "2025-03-11.txt"
    file.write_text("Other Title of Worms\n\nWe dig up worms.\n", "utf-8")
    assert "worms" in supply.read(issue).text
    file.unlink()
    assert supply.read(issue).text == ""
    assert supply.read(issue).digest.lines == ()


def test_a_code_is_explained_where_the_site_has_a_page_that_does(docs: Path) -> None:
    (docs / "problems").mkdir()
    (docs / "problems" / "keys.md").write_text("# Keys\n", "utf-8")
    supply = TextSupply(docs)
    assert supply.explained("B204") == "problems/keys/#b204"
    assert supply.explained("B101") == ""
    assert supply.explained("") == ""
