"""What is kept on disk comes back whole, or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.caching import Store

MADE_BY = b"code of today"


def test_what_is_remembered_comes_back(tmp_path: Path) -> None:
    Store(tmp_path / "cache", MADE_BY).remember("related", b"some bytes")
    assert Store(tmp_path / "cache", MADE_BY).recall("related") == b"some bytes"


def test_nothing_comes_back_of_what_was_not_remembered(tmp_path: Path) -> None:
    assert Store(tmp_path, MADE_BY).recall("related") is None


def test_what_other_code_made_is_as_good_as_nothing(tmp_path: Path) -> None:
    Store(tmp_path, b"code of yesterday").remember("related", b"some bytes")
    assert Store(tmp_path, MADE_BY).recall("related") is None


def test_a_file_under_another_name_is_as_good_as_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path, MADE_BY)
    store.remember("related", b"some bytes")
    (tmp_path / "related.bin").rename(tmp_path / "digests.bin")
    assert store.recall("digests") is None


@given(st.binary(max_size=80))
def test_foreign_bytes_are_as_good_as_nothing(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        (Path(folder) / "related.bin").write_bytes(content)
        assert Store(Path(folder), MADE_BY).recall("related") is None


@given(st.data())
def test_a_cut_or_altered_file_is_as_good_as_nothing(data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        store = Store(Path(folder), MADE_BY)
        store.remember("related", b"some bytes that matter")
        path = store.folder / "related.bin"
        whole = path.read_bytes()
        at = data.draw(st.integers(0, len(whole) - 1))
        if data.draw(st.booleans()):
            path.write_bytes(whole[:at])
        else:
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert store.recall("related") is None


def test_a_place_that_cannot_be_written_only_forgets(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "cache").write_bytes(b"a file where the folder should be")
    store = Store(tmp_path / "cache", MADE_BY)
    with caplog.at_level("INFO"):
        store.remember("related", b"some bytes")
        store.remember("digests", b"some bytes")
    assert store.recall("related") is None
    assert len([r for r in caplog.records if "the next build will take longer" in r.message]) == 1


def test_of_many_only_the_latest_stay(tmp_path: Path) -> None:
    store = Store(tmp_path, MADE_BY)
    for number in range(6):
        store.remember(f"site-{number}", b"x")
        os.utime(tmp_path / f"site-{number}.bin", (number, number))
    store.remember("related", b"x")
    store.thin_out("site-*", 2)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "related.bin",
        "site-4.bin",
        "site-5.bin",
    ]
