"""One browser and one built site for all tests; a window with nothing in it for each."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import chromium
import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from readers import DESK, THOROUGH, OpenReader, Reader, Scheme, Screen
from sampling import is_repeat
from sitehost import PROJECT, BuiltSite, build, copy_project, identities, serve


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take a sample of the repeats of a test; `THOROUGH=1` runs all variants."""
    if THOROUGH:
        return
    kept = [item for item in items if not is_repeat(item.nodeid)]
    # A test of which no variant is left would be a promise that nobody keeps.
    lost = _functions(items) - _functions(kept)
    if lost and not any("[" in argument for argument in config.args):
        raise pytest.UsageError(f"No variant is left of {', '.join(sorted(lost))}.")
    config.hook.pytest_deselected(items=[item for item in items if is_repeat(item.nodeid)])
    items[:] = kept


def _functions(items: list[pytest.Item]) -> set[str]:
    return {item.nodeid.partition("[")[0] for item in items}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium."""
    path = chromium.find()
    assert path is not None, "No Chromium: run `make test`, which installs one."
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        flags = [*chromium.FLAGS, *chromium.ALONE]
        launched = playwright.chromium.launch(executable_path=path, args=flags)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[BuiltSite]:
    """The project's site with a digest of the tests' own, built once, every warning an error.

    So the tests hold for a site that has taken our digests out. It is built by one of the
    processes that tests run in; the others wait for it.
    """
    ours = tmp_path_factory.getbasetemp()
    with together(ours if worker_id == "master" else ours.parent, "site") as (folder, done):
        log = folder / "log.txt"
        if not done:
            log.write_text(_build_site(folder), encoding="utf-8")
    with serve(folder / "site", log.read_text(encoding="utf-8")) as served:
        yield served


def _build_site(folder: Path) -> str:
    seed = PROJECT / "tests" / "data" / "seed" / "2025-03-11.txt"
    digest = seed.read_text(encoding="utf-8")
    digests = {seed.name: digest, "identities.yml": identities(digest)}
    project = copy_project(folder / "project", digests)
    moved = "staff/ gone: nobody is left\nteam/ -> about/\n"
    (project / "docs" / "permalinks.txt").write_text(moved, encoding="utf-8")
    return build(project, folder / "site", strict=True)


@contextmanager
def together(base: Path, name: str) -> Iterator[tuple[Path, bool]]:
    """Give a folder that all processes share, and whether one of them has filled it.

    Only one at a time is let in; if it fails, the next one tries.
    """
    folder, done = base / name, base / f"{name}.done"
    with (base / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
        yield folder, done.exists()
        done.touch()


Windows = dict[tuple[Screen, Scheme, bool, str], list[Reader]]


@pytest.fixture(scope="module")
def windows() -> Iterator[Windows]:
    """Windows that tests of a module have done with, by what they were opened with."""
    kept: Windows = {}
    yield kept
    for readers in kept.values():
        for reader in readers:
            reader.close()


@pytest.fixture
def open_reader(
    request: pytest.FixtureRequest, browser: Browser, windows: Windows
) -> Iterator[OpenReader]:
    """Opens windows; afterwards none may have had anything to complain about.

    One that an earlier test left is opened again, with nothing kept but its cache: a page costs
    less than half then.
    """
    opened: list[tuple[tuple[Screen, Scheme, bool, str], Reader]] = []

    def open_one(
        screen: Screen = DESK,
        scheme: Scheme = "light",
        *,
        scripts: bool = True,
        base: str | None = None,
        fresh: bool = False,
    ) -> Reader:
        if base is None:
            built: BuiltSite = request.getfixturevalue("site")
            base = built.url
        key = (screen, scheme, scripts, base)
        if windows.get(key) and not fresh:
            reader = windows[key].pop()
            reader.renew()
        else:
            reader = Reader(browser, base, screen, scheme, scripts=scripts)
        opened.append((key, reader))
        return reader

    yield open_one
    complaints = [complaint for _, reader in opened for complaint in reader.complaints]
    for key, reader in opened:
        if reader.changed or reader.page.is_closed() or complaints:
            reader.close()
        else:
            windows.setdefault(key, []).append(reader)
    assert not complaints
