"""One browser and one built site for all tests; a fresh window, with no history, for each."""

from __future__ import annotations

import os
from collections.abc import Iterator

import chromium
import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from readers import DESK, OpenReader, Reader, Scheme, Screen
from sitehost import PROJECT, BuiltSite, build, copy_project, identities, serve

_OFTEN = ("comfort", "hostile", "serve", "text")
"""Files that always run whole."""

_LOOKS = ({"phone", "light"}, {"desk", "dark"})
"""How axe sees a kind of page: half of them so, half of them so."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take a sample of the repeats of a test: all of them take half an hour on two cores.

    Every test runs, at 390 or at 1280 px and in the light scheme; axe looks at each kind of page
    on a light phone or on a dark desk. `THOROUGH=1` runs all variants.
    """
    if os.environ.get("THOROUGH") == "1":
        return
    kept = [item for item in items if not _is_repeat(item)]
    config.hook.pytest_deselected(items=[item for item in items if _is_repeat(item)])
    items[:] = kept


def _is_repeat(item: pytest.Item) -> bool:
    here = "tests/browser/test_browser_"
    if here not in item.nodeid or any(f"{here}{name}.py" in item.nodeid for name in _OFTEN):
        return False
    function, _, variant = item.nodeid.rpartition("::")[2].partition("[")
    parts = set(variant.rstrip("]").split("-"))
    if f"{here}accessibility.py" in item.nodeid:
        looks = parts & {"phone", "desk", "light", "dark"}
        kind = sum(map(ord, "".join(sorted(parts - looks))))
        return looks != _LOOKS[kind % 2]
    screen = "phone" if sum(map(ord, function)) % 2 else "desk"
    if {"phone", "desk"} & parts and screen not in parts:
        return True
    return bool(parts & {"dark", "digests", "tags", "vocabulary", "404"})


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium."""
    path = chromium.find()
    assert path is not None, "No Chromium: run `make test`, which installs one."
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=list(chromium.FLAGS))
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    """The project's site with a digest of the tests' own, built once, every warning an error.

    So the tests hold for a site that has taken our digests out.
    """
    seed = PROJECT / "tests" / "data" / "seed" / "2025-03-11.txt"
    digest = seed.read_text(encoding="utf-8")
    digests = {seed.name: digest, "identities.yml": identities(digest)}
    project = copy_project(tmp_path_factory.mktemp("project") / "copy", digests)
    moved = "staff/ gone: nobody is left\nteam/ -> about/\n"
    (project / "docs" / "permalinks.txt").write_text(moved, encoding="utf-8")
    folder = tmp_path_factory.mktemp("site")
    log = build(project, folder, strict=True)
    with serve(folder, log) as served:
        yield served


@pytest.fixture
def open_reader(request: pytest.FixtureRequest, browser: Browser) -> Iterator[OpenReader]:
    """Opens windows; afterwards none may have had anything to complain about."""
    readers: list[Reader] = []

    def open_one(
        screen: Screen = DESK,
        scheme: Scheme = "light",
        *,
        scripts: bool = True,
        base: str | None = None,
    ) -> Reader:
        if base is None:
            built: BuiltSite = request.getfixturevalue("site")
            base = built.url
        readers.append(Reader(browser, base, screen, scheme, scripts=scripts))
        return readers[-1]

    yield open_one
    complaints = [complaint for reader in readers for complaint in reader.complaints]
    for reader in readers:
        reader.close()
    assert not complaints
