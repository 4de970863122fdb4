"""What makes memories of other code worthless."""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path

import pytest

from generator.caching.stamp import _version, add_files, files_below


def digest(folder: Path) -> bytes:
    known = hashlib.blake2b(digest_size=16)
    add_files(known, folder, files_below(folder, (".py", ".jinja")))
    return known.digest()


@pytest.fixture
def code(tmp_path: Path) -> Path:
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "one.py").write_text("one")
    (tmp_path / "page.jinja").write_text("page")
    return tmp_path


def test_code_that_changed_is_another(code: Path) -> None:
    seen = {digest(code)}
    (code / "room" / "one.py").write_text("two")
    seen.add(digest(code))
    (code / "room" / "one.py").rename(code / "one.py")
    seen.add(digest(code))
    (code / "two.py").write_text("")
    seen.add(digest(code))
    (code / "page.jinja").unlink()
    seen.add(digest(code))
    assert len(seen) == 5


def test_what_is_no_code_changes_nothing(code: Path) -> None:
    before = digest(code)
    (code / "one.pyc").write_text("compiled")
    (code / "nowhere.py").symlink_to("gone")
    (code / "folder.py").mkdir()
    assert digest(code) == before


def test_the_version_of_a_library_is_the_one_that_is_installed() -> None:
    assert _version("mkdocs") == version("mkdocs")
    assert _version("no-such-library") == "none"
