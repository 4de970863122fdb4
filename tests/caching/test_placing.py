"""Where a new site is made, and what becomes of it if it cannot take the old one's place."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
import pytest

from generator.caching import Aside, Placing, placing, swapping
from generator.caching.manifest import Manifest
from generator.caching.swapping import swap

OLD = {"index.html": "old", "gone/index.html": "old", "same/index.html": "same"}
NEW = {"index.html": "new", "more/index.html": "new", "same/index.html": "same"}


class Site:
    """A site, and a new one beside it that is ready."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "site"
        self.placing = Placing(self.folder, folder / "locks")
        for path, text in OLD.items():
            (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / path).write_text(text)

    def aside(self, loose: bool = False) -> Aside:
        aside = self.placing.aside()
        if loose:
            aside.loosen()
        for path in ("index.html", "more/index.html"):
            aside.write(path, b"new")
        return aside

    def place(self, aside: Aside) -> None:
        new, gone = ["index.html", "more/index.html"], ["gone/index.html"]
        self.placing.place(aside, new, gone, ["same/index.html"])

    def files(self) -> dict[str, str]:
        found = self.placing.found(Manifest(b""), 0).others
        return {path: (self.folder / path).read_text() for path in found}

    def beside(self) -> list[str]:
        return sorted(path.name for path in self.folder.parent.iterdir())


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


@pytest.mark.parametrize("loose", [False, True])
@pytest.mark.parametrize("at_once", [0, 1])
def test_a_new_site_takes_the_place_of_the_old_one(
    site: Site, at_once: int, loose: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(placing, "AT_ONCE", at_once)
    same = (site.folder / "same" / "index.html").stat()
    aside = site.aside(loose)
    site.place(aside)
    aside.close()
    assert site.files() == NEW
    assert not (site.folder / "gone").exists()
    assert (site.folder / "same" / "index.html").stat().st_ino == same.st_ino
    assert site.beside() == ["locks", "site"]


def test_at_once_means_that_the_folder_is_another(site: Site) -> None:
    before = site.folder.stat().st_ino
    aside = site.aside()
    site.place(aside)
    assert site.folder.stat().st_ino != before
    assert aside.folder.stat().st_ino == before
    aside.close()


def test_a_builder_that_wrote_what_is_kept_changes_nothing(site: Site) -> None:
    aside = site.aside()
    aside.write("same/index.html", b"by the builder")
    site.place(aside)
    aside.close()
    assert site.files() == NEW


@pytest.mark.parametrize("loose", [False, True])
def test_what_could_not_be_ended_is_ended_before_anything_else(
    site: Site, loose: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(placing, "AT_ONCE", 0)
    really = os.replace

    def replace(source: str, target: str) -> None:
        if str(target).endswith("more/index.html"):
            raise OSError(28, "No space left on device", target)
        really(source, target)

    aside = site.aside(loose)
    with monkeypatch.context() as full:
        full.setattr(os, "replace", replace)
        with pytest.raises(OSError, match="No space left"):
            site.place(aside)
    aside.close()
    assert site.files() != NEW
    site.placing.aside().close()
    assert site.files() == NEW
    assert site.beside() == ["locks", "site"]


def test_what_cannot_be_settled_moves_one_by_one(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = os.replace

    def replace(source: str, target: str) -> None:
        if "-next-" in str(target) and str(target).endswith("more/index.html"):
            raise OSError(28, "No space left on device", target)
        really(source, target)

    aside = site.aside(loose=True)
    monkeypatch.setattr(os, "replace", replace)
    site.place(aside)
    aside.close()
    assert site.files() == NEW
    assert site.beside() == ["locks", "site"]


@pytest.mark.parametrize(
    ("place", "path", "goes"),
    [
        ("new/index.html", "../../stolen.txt", "no.html"),
        ("new/index.html", "/tmp/stolen.txt", "no.html"),  # noqa: S108
        ("../secret.txt", "index.html", "no.html"),
        ("/etc/hostname", "index.html", "no.html"),
        ("new/index.html", "index.html", "../secret.txt"),
    ],
)
def test_a_list_of_moves_that_leads_out_of_the_site_is_not_followed(
    site: Site, place: str, path: str, goes: str
) -> None:
    secret = site.folder.parent / "secret.txt"
    secret.write_text("secret")
    planted = site.folder.parent / ".site-next-planted"
    (planted / "new").mkdir(parents=True)
    (planted / "new" / "index.html").write_text("planted")
    moves = [[[place.encode(), path.encode()]], [goes.encode()]]
    (planted / "moves").write_bytes(msgspec.msgpack.encode(moves))
    site.placing.aside().close()
    assert site.files() == OLD
    assert secret.read_text() == "secret"
    assert site.beside() == ["locks", "secret.txt", "site"]


def test_without_an_exchange_folders_change_places_in_two_steps(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(swapping, "exchange", lambda *_: False)
    aside = site.aside()
    site.place(aside)
    aside.close()
    assert site.files() == NEW


def test_killed_between_the_two_steps_the_old_site_comes_back(site: Site) -> None:
    aside = site.aside()
    site.folder.rename(aside.old)
    assert aside._held
    aside._held.close()
    site.placing.aside().close()
    assert site.files() == OLD
    assert site.beside() == ["locks", "site"]


def test_if_the_new_folder_cannot_move_the_old_one_stays(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(swapping, "exchange", lambda *_: False)
    with pytest.raises(OSError, match="missing"):
        swap(site.folder.parent / "missing", site.folder, site.folder.parent / "away")
    assert site.files() == OLD


def test_a_site_that_cannot_have_a_neighbour_is_built_within(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os.path, "ismount", lambda path: path == site.folder)
    aside = site.aside()
    assert aside.root.parent == site.folder
    assert site.files() == OLD
    site.place(aside)
    aside.close()
    assert site.files() == NEW
    assert list(site.folder.glob(".*")) == []
