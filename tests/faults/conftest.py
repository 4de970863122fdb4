"""Builds in forks, and the states of a small site: before and after an edit."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import smallsite
from benches import Bench
from workshop import Workshop


@pytest.fixture(scope="session")
def workshop() -> Iterator[Workshop]:
    """Where builds can be had for little."""
    opened = Workshop()
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def bench(workshop: Workshop) -> Iterator[Bench]:
    """A project that was built, and what its site is to be after an edit."""
    # Not in pytest's folder for such things, which nobody else may enter; in memory if that is
    # possible, which saves three seconds.
    memory = Path("/dev/shm")  # noqa: S108
    fast = memory.is_dir() and os.access(memory, os.W_OK) and os.environ.get("THOROUGH") != "1"
    with TemporaryDirectory(dir=memory if fast else None) as place:
        Path(place).chmod(0o755)
        yield _made(workshop, Path(place).resolve() / "mine")


def _made(workshop: Workshop, folder: Path) -> Bench:
    clean, saved = folder.with_name("clean"), folder.with_name("saved")
    smallsite.make(clean)
    smallsite.edit(clean)
    assert workshop.build(clean).status == 0
    new = smallsite.files_of(clean / "site")
    smallsite.make(folder)
    first = workshop.build(folder)
    assert first.status == 0, first.log
    shutil.copytree(folder, saved, symlinks=True)
    old = smallsite.files_of(folder / "site")
    assert old.keys() - new.keys(), "nothing goes"
    assert new.keys() - old.keys(), "nothing comes"
    assert any(old[path] != new[path] for path in old.keys() & new.keys()), "nothing changes"
    return Bench(workshop, folder, saved, old, new)
