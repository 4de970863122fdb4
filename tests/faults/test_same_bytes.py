"""The project's own site is the same to the last byte, wherever and whenever it is built.

`test_faults` has one build of a small site where all is different; here, with THOROUGH=1, each
thing is different by itself, so that one sees which it was.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
import smallsite
from machines import DIFFERENT, EVERYTHING, build, same


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with its own site and two digests more, built once."""
    if os.environ.get("THOROUGH") != "1":
        pytest.skip("each thing by itself: only with THOROUGH=1")
    folder = tmp_path_factory.mktemp("whole") / "project"
    folder.mkdir()
    project(folder)
    build(folder, {}, {"LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "1"})
    return folder


def project(folder: Path) -> None:
    for name in ("docs", "overrides"):
        shutil.copytree(smallsite.PROJECT / name, folder / name)
    shutil.copy(smallsite.PROJECT / "mkdocs.yml", folder)
    smallsite.write(folder, "2025-02-28", smallsite.papers()[:5])
    smallsite.write(folder, "2025-03-12-evening", smallsite.papers()[5:9])


@pytest.mark.parametrize("what", DIFFERENT)
def test_a_site_is_the_same_where_one_thing_is_different(
    whole: Path, tmp_path: Path, what: str
) -> None:
    other, environment = DIFFERENT[what]
    if what == "Turkish":
        known = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False)
        if "tr_TR.utf8" not in known.stdout:
            pytest.skip("this system does not know Turkish")
    project(tmp_path)
    same(build(tmp_path, other, environment), smallsite.files_of(whole / "site"))


def test_a_whole_site_is_the_same_where_all_is_different(whole: Path, tmp_path: Path) -> None:
    folder = tmp_path / "another place, à part"
    folder.mkdir()
    project(folder)
    expected = smallsite.files_of(whole / "site")
    same(build(folder, *EVERYTHING), expected)
    # And with what another machine kept: of another state of the digests, and of this one.
    (folder / "docs" / "digests" / "2025-02-28.txt").unlink()
    build(folder)
    smallsite.write(folder, "2025-02-28", smallsite.papers()[:5])
    same(build(folder, *EVERYTHING), expected)
