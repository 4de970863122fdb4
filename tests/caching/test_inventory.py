"""What stands in a site, when most of its folders are not even listed."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.caching import inventory
from tests.caching.test_publishing import Builds

PAGES = {
    "index.html": "home",
    "papers/a/index.html": "a",
    "papers/a/a.bib": "@a",
    "papers/b/index.html": "b",
}

TICK = 0.03
"""Seconds that no file system here gives the same time for."""


@pytest.fixture
def builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Builds:
    """A site of which all folders are known, and so are their times."""
    monkeypatch.setattr(inventory, "_TICK", int(TICK * 1e9))
    builds = Builds(tmp_path)
    for _ in range(2):
        builds.build(PAGES)
        time.sleep(3 * TICK)
    return builds


@pytest.fixture
def listed(builds: Builds, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The folders of the site that are listed from now on."""
    listed: list[str] = []
    scandir = os.scandir

    def noting(folder: str | int) -> object:
        if isinstance(folder, str) and Path(folder).is_relative_to(builds.site):
            listed.append(Path(folder).relative_to(builds.site).as_posix())
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", noting)
    return listed


def test_folders_in_which_nothing_came_or_went_are_not_listed(
    builds: Builds, listed: list[str]
) -> None:
    builds.build(PAGES)
    assert (listed, builds.made) == ([], [])
    (builds.site / "papers" / "a" / "stranger").write_text("?")
    builds.build(PAGES)
    assert (listed, builds.made) == (["papers/a"], [])


def test_of_a_folder_that_just_changed_the_next_build_is_not_sure(
    builds: Builds, listed: list[str]
) -> None:
    builds.build({**PAGES, "papers/c/index.html": "c"})
    builds.build({**PAGES, "papers/c/index.html": "c"})
    assert "papers/c" in listed


def _add(site: Path) -> None:
    (site / "papers" / "a" / "stranger").write_text("?")


def _add_folder(site: Path) -> None:
    (site / "more" / "deep").mkdir(parents=True)
    (site / "more" / "deep" / "stranger").write_text("?")


def _remove_folder(site: Path) -> None:
    shutil.rmtree(site / "papers")


def _file_for_folder(site: Path) -> None:
    shutil.rmtree(site / "papers" / "a")
    (site / "papers" / "a").write_text("?")


def _folder_for_file(site: Path) -> None:
    (site / "papers" / "a" / "a.bib").unlink()
    (site / "papers" / "a" / "a.bib").mkdir()
    (site / "papers" / "a" / "a.bib" / "stranger").write_text("?")


def _link_to_same_folder(site: Path) -> None:
    (site / "papers").rename(site.parent / "elsewhere")
    (site / "papers").symlink_to(site.parent / "elsewhere")


def _link_to_same_file(site: Path) -> None:
    (site / "index.html").rename(site.parent / "elsewhere")
    (site / "index.html").symlink_to(site.parent / "elsewhere")


def _edit(site: Path) -> None:
    (site / "papers" / "b" / "index.html").write_text("?")


def _copy(site: Path) -> None:
    shutil.copytree(site, site.parent / "copy")
    shutil.rmtree(site)
    (site.parent / "copy").rename(site)
    _add(site)


@pytest.mark.parametrize(
    "harm",
    [
        *(_add, _add_folder, _remove_folder, _file_for_folder, _folder_for_file, _edit, _copy),
        *(_link_to_same_folder, _link_to_same_file),
    ],
)
@pytest.mark.parametrize("page", [[], ["papers/c/index.html"]], ids=["as before", "and a page"])
@pytest.mark.parametrize("at_once", [0, 100], ids=["one by one", "at once"])
def test_whatever_befell_a_site_it_is_as_a_clean_one_again(
    builds: Builds,
    harm: Callable[[Path], None],
    page: list[str],
    at_once: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("generator.caching.placing.AT_ONCE", at_once)
    pages = PAGES | dict.fromkeys(page, "c")
    for _ in range(2):
        harm(builds.site)
        builds.build(pages)
        assert builds.files() == pages
        assert not any(path.is_symlink() for path in builds.site.rglob("*"))
        shutil.rmtree(builds.site.parent / "elsewhere", ignore_errors=True)
        (builds.site.parent / "elsewhere").unlink(missing_ok=True)


def test_a_folder_that_was_new_and_is_a_link_now_is_made_again(builds: Builds) -> None:
    pages = PAGES | {"papers/c/index.html": "c"}
    builds.build(pages)
    (builds.site / "papers" / "c").rename(builds.site.parent / "elsewhere")
    (builds.site / "papers" / "c").symlink_to(builds.site.parent / "elsewhere")
    builds.build(pages)
    assert builds.files() == pages
    assert not (builds.site / "papers" / "c").is_symlink()


def test_a_stranger_that_could_not_be_removed_is_found_again(
    builds: Builds, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.caching.placing.AT_ONCE", 0)
    stranger = builds.site / "papers" / "a" / "stranger"
    stranger.write_text("?")
    time.sleep(3 * TICK)
    with monkeypatch.context() as stuck:
        stuck.setattr(Path, "unlink", lambda *_, **__: None)
        builds.build(PAGES)
    assert stranger.exists()
    builds.build(PAGES)
    assert not stranger.exists()
