"""Files of a site: made once, kept while they are as they were left, replaced all at once."""

from __future__ import annotations

import multiprocessing
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.caching import Made, Placing, Published, Store, Wanted, placing, publish

MADE_BY = b"code of today"


class Builds:
    """Builds of one site, which tell what they had to make."""

    def __init__(self, folder: Path) -> None:
        self.site = folder / "out" / "site"
        self.store = Store(folder / "cache", MADE_BY)
        self.placing = Placing(self.site, folder / "cache" / "locks")
        self.made: list[str] = []

    def build(
        self, contents: dict[str, str], by_the_builder: dict[str, str] | None = None
    ) -> Published:
        self.made = []
        aside = self.placing.aside()
        for path, text in (by_the_builder or {}).items():
            aside.write(path, text.encode())
        try:
            return publish(
                self.placing,
                aside,
                self.store,
                [self.wanted(path, text) for path, text in contents.items()],
                lambda done: [],
            )
        finally:
            aside.close()

    def wanted(self, path: str, text: str) -> Wanted:
        def make() -> Made:
            self.made.append(path)
            return Made(text.encode())

        return Wanted(path, text.encode(), make)

    def files(self) -> dict[str, str]:
        return {
            path.relative_to(self.site).as_posix(): path.read_text()
            for path in sorted(self.site.rglob("*"))
            if path.is_file()
        }

    def beside(self) -> list[str]:
        """What stands beside the site."""
        return sorted(path.name for path in self.site.parent.iterdir())


@pytest.fixture
def builds(tmp_path: Path) -> Builds:
    return Builds(tmp_path)


PAGES = {"index.html": "home", "papers/a/index.html": "a", "papers/b/index.html": "b"}


def test_a_first_build_makes_everything(builds: Builds) -> None:
    done = builds.build(PAGES, {"style.css": "css"})
    assert builds.files() == PAGES | {"style.css": "css"}
    assert (done.made, done.kept) == (3, 0)
    assert builds.beside() == ["site"]


def test_what_did_not_change_is_not_made_again(builds: Builds) -> None:
    builds.build(PAGES, {"style.css": "css"})
    changed = PAGES | {"papers/a/index.html": "a new", "papers/c/index.html": "c"}
    builds.build(changed, {"style.css": "css"})
    assert builds.made == ["papers/a/index.html", "papers/c/index.html"]
    assert builds.files() == changed | {"style.css": "css"}
    assert builds.beside() == ["site"]


@pytest.mark.parametrize("at_once", [0, 2, 9])
def test_a_large_site_comes_to_the_same(
    builds: Builds, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(placing, "AT_ONCE", at_once)
    css = {"style.css": "css", "new.css": "new"}
    builds.build(PAGES, {"style.css": "old", "gone.css": "gone"})
    for text in ("a new", "another"):
        changed = dict.fromkeys(PAGES, text) | {"papers/c/index.html": "c"}
        builds.build(changed | {"new.css": "ours"}, css)
        assert builds.files() == changed | css | {"new.css": "ours"}
        assert builds.beside() == ["site"]


@pytest.mark.parametrize("at_once", [0, 9])
@pytest.mark.parametrize("news", [{}, {"papers": "by the builder"}])
def test_what_would_have_to_be_a_file_and_a_folder_leaves_the_old_site(
    builds: Builds, at_once: int, news: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(placing, "AT_ONCE", at_once)
    before = {"papers": "a page", "style.css": "css"}
    builds.build({}, before)
    with pytest.raises(FileExistsError):
        builds.build(PAGES, before | news)
    assert builds.files() == before
    builds.build(PAGES)
    assert builds.files() == PAGES
    builds.build({}, before)
    assert builds.files() == before


def test_what_is_no_longer_wanted_goes_with_its_folder(builds: Builds) -> None:
    builds.build(PAGES, {"old.css": "css"})
    builds.build({"index.html": "home"})
    assert builds.files() == {"index.html": "home"}
    assert not (builds.site / "papers").exists()


@pytest.mark.parametrize("harm", ["edited", "removed", "linked", "a folder"])
def test_a_file_that_was_touched_is_made_anew(builds: Builds, harm: str) -> None:
    builds.build(PAGES)
    file = builds.site / "papers" / "a" / "index.html"
    if harm == "edited":
        file.write_text("?")
    else:
        file.unlink()
    if harm == "linked":
        file.symlink_to(builds.site / "index.html")
    if harm == "a folder":
        file.mkdir()
        (file / "more").write_text("more")
    builds.build(PAGES)
    assert builds.files() == PAGES
    assert builds.made == ["papers/a/index.html"]


def test_a_copy_with_new_times_is_known_by_its_content(builds: Builds) -> None:
    builds.build(PAGES)
    for path in builds.site.rglob("*.html"):
        os.utime(path, (1, 1))
    builds.build(PAGES)
    assert builds.made == []


def test_a_file_in_the_way_of_a_folder_makes_way(builds: Builds) -> None:
    builds.build(PAGES)
    shutil.rmtree(builds.site / "papers")
    (builds.site / "papers").write_text("in the way")
    builds.build(PAGES)
    assert builds.files() == PAGES


def test_strangers_are_removed_as_a_clean_build_does(builds: Builds) -> None:
    builds.build(PAGES)
    (builds.site / "stranger.txt").write_text("?")
    builds.build(PAGES)
    assert builds.files() == PAGES


def test_a_site_that_this_code_did_not_make_is_replaced_whole(builds: Builds) -> None:
    builds.build(PAGES)
    builds.store = Store(builds.store.folder, b"other code")
    builds.build(PAGES)
    assert builds.made == list(PAGES)
    assert builds.files() == PAGES
    assert builds.beside() == ["site"]


def test_a_build_that_fails_leaves_the_old_site(builds: Builds) -> None:
    builds.build(PAGES)

    def fail() -> Made:
        raise RuntimeError("no page")

    aside = builds.placing.aside()
    wanted = [builds.wanted("index.html", "new"), Wanted("x/index.html", b"x", fail)]
    with pytest.raises(RuntimeError):
        publish(builds.placing, aside, builds.store, wanted, lambda done: [])
    aside.close()
    assert builds.files() == PAGES
    builds.build(PAGES)
    assert (builds.made, builds.beside()) == ([], ["site"])


def _killed(folder: Path) -> None:
    builds = Builds(folder)

    def wanted() -> Iterator[Wanted]:
        yield builds.wanted("index.html", "half")
        os._exit(9)

    publish(builds.placing, builds.placing.aside(), builds.store, wanted(), lambda done: [])


def test_what_a_killed_build_left_is_cleared_up(builds: Builds, tmp_path: Path) -> None:
    builds.build(PAGES)
    process = multiprocessing.get_context("spawn").Process(target=_killed, args=(tmp_path,))
    process.start()
    process.join()
    assert process.exitcode == 9
    assert len(builds.beside()) == 2
    assert builds.files() == PAGES
    builds.build(PAGES)
    assert (builds.made, builds.beside()) == ([], ["site"])


def test_a_build_does_not_clear_up_another_that_goes_on(builds: Builds) -> None:
    builds.build(PAGES)
    other = builds.placing.aside()
    other.write("index.html", b"from the other")
    builds.build(PAGES | {"index.html": "first"})
    assert (other.folder / "index.html").read_bytes() == b"from the other"
    publish(builds.placing, other, builds.store, [], lambda done: [])
    other.close()
    assert builds.files() == {"index.html": "from the other"}


def test_a_file_that_the_builder_wrote_as_well_is_named(builds: Builds) -> None:
    done = builds.build(PAGES, {"index.html": "by the builder"})
    assert done.twice == ["index.html"]
    assert builds.files() == PAGES
