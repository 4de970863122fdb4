"""Machines break while a site is built: it is the old one until it is the new one.

`make test` breaks a build at a few moments of each kind; THOROUGH=1 at many, and by the clock.
That machines differ is tested here as well, and thoroughly in `test_same_bytes`.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import smallsite
from benches import Bench
from machines import EVERYTHING, build, same
from workshop import Fault, Outcome

THOROUGH = os.environ.get("THOROUGH") == "1"
MOMENTS = 50 if THOROUGH else 2
NOBODY = 65534
AT_ONCE, ONE_BY_ONE = None, 0
"""The two ways in which a new site takes the old one's place."""


def goes_on(bench: Bench, *, back: bool) -> None:
    """Build again, after the edit or with the edit taken back: it is a clean build's site."""
    if back:
        for name in ("docs", "overrides"):
            shutil.rmtree(bench.folder / name)
            shutil.copytree(bench.saved / name, bench.folder / name)
    outcome = bench.build()
    assert outcome.status == 0, outcome.log
    expected, found = (bench.old if back else bench.new), bench.files()
    same(found, expected)
    assert bench.left_over() == []


def is_whole(bench: Bench, way: int | None) -> bool:
    """Say whether the site is the old or the new one; moving one by one, each file of it."""
    found = bench.files()
    if found in (bench.old, bench.new):
        return True
    if way != ONE_BY_ONE:
        return False
    return all(
        content in (bench.old.get(path), bench.new.get(path)) for path, content in found.items()
    )


def spread(moments: range, number: int, seed: str) -> list[int]:
    """Return so many moments, from all parts of the whole."""
    dice = random.Random(seed)  # noqa: S311
    number = min(number, len(moments))
    size = len(moments) / number
    return [moments[int(part * size + dice.random() * size)] for part in range(number)]


@pytest.mark.parametrize("way", [AT_ONCE, ONE_BY_ONE], ids=["at once", "one by one"])
def test_a_build_that_is_killed_harms_nothing(bench: Bench, way: int | None) -> None:
    bench.begin()
    changes = bench.build(Fault(at_once=way)).changes
    assert bench.files() == bench.new
    ready = next(at for at, what in enumerate(changes) if "os.link" in what or "/.moves" in what)
    moments = spread(range(ready - 2, len(changes)), MOMENTS, f"placing {way}")
    if way == AT_ONCE or THOROUGH:
        moments += spread(range(ready), MOMENTS // 2, f"aside {way}")
    for number, at in enumerate(moments):
        bench.begin()
        outcome = bench.build(Fault(at=at, at_once=way))
        assert outcome.status == -signal.SIGKILL, outcome.log
        assert is_whole(bench, way), changes[at]
        goes_on(bench, back=bool(number % 2))


def test_a_build_that_is_killed_before_it_remembers_does_not_mislead_the_next(bench: Bench) -> None:
    smallsite.restore(bench.saved, bench.folder)
    layout = bench.folder / "overrides" / "generated.html"
    layout.write_text(f"<!-- new -->{smallsite.LAYOUT}", "utf-8")
    # The new site is there, and what is remembered is of the old one.
    assert bench.build(Fault(before="contents.bin'")).status == -signal.SIGKILL
    assert bench.files() != bench.old
    goes_on(bench, back=True)


@pytest.mark.parametrize("size", [1, 700, 5_000, 20_000] if THOROUGH else [700])
def test_a_build_that_is_killed_while_it_writes_harms_nothing(bench: Bench, size: int) -> None:
    bench.begin()
    outcome = bench.build(Fault(cut=size))
    assert outcome.status == -signal.SIGXFSZ, outcome.log
    assert bench.files() == bench.old
    goes_on(bench, back=False)


@pytest.mark.skipif(not THOROUGH, reason="by the clock: only with THOROUGH=1")
@pytest.mark.parametrize("way", [AT_ONCE, ONE_BY_ONE], ids=["at once", "one by one"])
def test_a_build_that_is_killed_at_any_time_harms_nothing(bench: Bench, way: int | None) -> None:
    dice = random.Random(7)  # noqa: S311
    for number in range(MOMENTS):
        bench.begin()
        outcome = bench.build(Fault(after=dice.uniform(0, 0.6), at_once=way))
        assert outcome.status in (0, -signal.SIGKILL), outcome.log
        assert is_whole(bench, way)
        goes_on(bench, back=bool(number % 2))


def test_a_first_build_that_is_killed_leaves_no_half_of_a_site(bench: Bench) -> None:
    bench.begin()
    shutil.rmtree(bench.site)
    shutil.rmtree(bench.folder / ".cache")
    assert bench.build(Fault(at=60)).status == -signal.SIGKILL
    assert not bench.site.exists()
    goes_on(bench, back=False)


def fails(outcome: Outcome, reason: str) -> None:
    """See that a build ended with an error that a reader understands."""
    assert outcome.status == 1, outcome.log
    assert "Traceback" not in outcome.log
    errors = [line for line in outcome.log.splitlines() if line.startswith("ERROR")]
    assert errors
    assert reason in errors[-1], outcome.log
    assert errors[-1].endswith("The old site stays.")


def test_where_no_file_can_be_written_the_old_site_stays(bench: Bench) -> None:
    bench.begin()
    most = max(map(len, bench.new.values())) // 2
    fails(bench.build(Fault(most=most)), "File too large")
    assert bench.files() == bench.old


@contextmanager
def disk(folder: Path, *options: str) -> Iterator[None]:
    """Mount something at a folder; whoever must not do that has no such test."""
    folder.mkdir(exist_ok=True)
    mounted = subprocess.run(["mount", *options, str(folder)], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("nothing can be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.skipif(os.getuid() != 0, reason="only the superuser mounts disks")
@pytest.mark.parametrize("way", [AT_ONCE, ONE_BY_ONE] if THOROUGH else [AT_ONCE])
def test_on_a_full_disk_the_old_site_stays(bench: Bench, way: int | None) -> None:
    shutil.rmtree(bench.folder, ignore_errors=True)
    fault = Fault(at_once=way)
    with disk(bench.folder, "-t", "tmpfs", "-o", "size=4m", "tmpfs"):
        smallsite.make(bench.folder)
        assert bench.build().status == 0
        assert bench.files() == bench.old
        ballast = bench.folder / "docs" / ".ballast"
        for room in (0, 20_000, 100_000) if THOROUGH else (0, 100_000):
            smallsite.edit(bench.folder)
            free = os.statvfs(bench.folder)
            ballast.write_bytes(bytes(max(0, free.f_bavail * free.f_frsize - room)))
            fails(bench.build(fault), "No space left on device")
            assert bench.files() == bench.old
            ballast.unlink()
        assert bench.build(fault).status == 0
        assert bench.files() == bench.new
        assert bench.left_over() == []
    bench.folder.rmdir()


@pytest.mark.skipif(os.getuid() != 0, reason="only the superuser mounts disks")
def test_a_site_on_a_disk_of_its_own_is_built_there(bench: Bench) -> None:
    bench.begin()
    with disk(bench.site, "-t", "tmpfs", "tmpfs"):
        goes_on(bench, back=True)
        smallsite.edit(bench.folder)
        assert bench.build(Fault(at=250)).status == -signal.SIGKILL
        assert is_whole_here(bench)
        goes_on(bench, back=False)


def is_whole_here(bench: Bench) -> bool:
    """Say whether each file is an old or a new one, less what is still aside."""
    found = {path: each for path, each in bench.files().items() if "-next-" not in path}
    return all(each in (bench.old.get(path), bench.new.get(path)) for path, each in found.items())


@contextmanager
def as_another(bench: Bench) -> Iterator[int | None]:
    """Give the project to a user who may not do everything, as the superuser may."""
    if os.getuid():
        yield None
        return
    for path in (bench.folder, *bench.folder.rglob("*")):
        os.chown(path, NOBODY, NOBODY)
    yield NOBODY


@contextmanager
def read_only(*folders: Path) -> Iterator[None]:
    for folder in folders:
        folder.chmod(0o555)
    try:
        yield
    finally:
        for folder in folders:
            folder.chmod(0o755)


@pytest.mark.parametrize(
    ("where", "way"),
    [
        ("site", AT_ONCE),
        ("site/papers", ONE_BY_ONE),
        *([("site", ONE_BY_ONE), ("site/papers", AT_ONCE)] if THOROUGH else []),
        *([(".", AT_ONCE), (".", ONE_BY_ONE)] if THOROUGH else []),
    ],
)
def test_a_read_only_folder_is_told_and_the_old_site_stays(
    bench: Bench, where: str, way: int | None
) -> None:
    bench.begin()
    closed = {"site": [bench.site], "site/papers": [bench.site / "papers"]}.get(
        where, [bench.site, bench.folder]
    )
    with as_another(bench) as user:
        with read_only(*closed):
            outcome = bench.build(Fault(user=user, at_once=way))
            if where == "site/papers" and way == AT_ONCE:
                # Nothing in the old folder has to change.
                assert outcome.status == 0, outcome.log
                assert bench.files() == bench.new
            else:
                fails(outcome, "Permission denied")
                assert bench.files() == bench.old
        outcome = bench.build(Fault(user=user))
    assert outcome.status == 0, outcome.log
    assert bench.files() == bench.new
    assert bench.left_over() == []


@pytest.mark.parametrize("harm", ["read-only", "a file"])
def test_a_cache_that_cannot_be_written_costs_time_alone(bench: Bench, harm: str) -> None:
    bench.begin()
    cache = bench.folder / ".cache" / "broadsheet"
    with as_another(bench) as user:
        if harm == "a file":
            shutil.rmtree(cache)
            cache.write_text("?", "utf-8")
            outcome = bench.build(Fault(user=user))
        else:
            with read_only(cache):
                outcome = bench.build(Fault(user=user))
    assert outcome.status == 0, outcome.log
    assert bench.files() == bench.new
    assert outcome.log.count("the next build will take longer") == 1
    if harm == "a file":
        cache.unlink()
        goes_on(bench, back=True)


def test_a_site_is_the_same_where_all_is_different(bench: Bench, tmp_path: Path) -> None:
    folder = tmp_path / "another place, à part"
    smallsite.make(folder)
    smallsite.edit(folder)
    same(build(folder, *EVERYTHING), bench.new)


def test_the_date_of_a_build_is_that_of_its_source(bench: Bench) -> None:
    bench.begin()
    theme = bench.folder / "overrides" / "main.html"
    theme.write_text("{{ build_date_utc }}", "utf-8")
    assert bench.build(Fault(epoch="86400")).status == 0
    assert bench.files()["about/index.html"].startswith(b"1970-01-02")
    outcome = bench.build(Fault(epoch="yesterday"))
    assert outcome.status == 1
    assert "Traceback" not in outcome.log
    assert "SOURCE_DATE_EPOCH is a number of seconds since 1970" in outcome.log
