"""Other machines to build a site on: what differs there, see `elsewhere` and the environment."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import smallsite

ELSEWHERE = Path(__file__).with_name("othermachine.py")
YEAR = 365 * 24 * 60 * 60
PLAIN = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
"""A locale that knows ASCII alone."""
THREADS = {"OMP_NUM_THREADS": "5", "OPENBLAS_NUM_THREADS": "5"}
DIFFERENT: dict[str, tuple[dict[str, int], dict[str, str]]] = {
    "clock": ({"seconds": 3 * YEAR}, {}),
    "SOURCE_DATE_EPOCH": ({}, {"SOURCE_DATE_EPOCH": "86400"}),
    "time zone": ({}, {"TZ": "Pacific/Kiritimati"}),
    "locale": ({}, PLAIN),
    "Turkish": ({}, {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"}),
    "hash seed": ({}, {"PYTHONHASHSEED": "4242"}),
    "order of files": ({"order": 7}, {}),
    "umask": ({"umask": 0o077}, {}),
    "one core": ({"cores": 1}, {}),
    "more threads": ({}, THREADS),
}
"""What may differ, by its name: see `elsewhere`, and the environment."""
EVERYTHING: tuple[dict[str, int], dict[str, str]] = (
    {"seconds": 3 * YEAR, "order": 11, "umask": 0o077, "cores": 1},
    {**PLAIN, "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "4242"},
)


def build(
    folder: Path, other: Mapping[str, int] = {}, environment: Mapping[str, str] = {}
) -> dict[str, bytes]:
    """Build the project in a folder somewhere else; return all files of its site."""
    subprocess.run(
        [sys.executable, ELSEWHERE, json.dumps(other)],
        cwd=folder,
        env={**smallsite.ENVIRONMENT, "SITE_URL": "https://mine.example/", **environment},
        check=True,
    )
    return smallsite.files_of(folder / "site")


def same(found: Mapping[str, bytes], expected: Mapping[str, bytes]) -> None:
    """See that two sites have the same files with the same content."""
    odd = found.keys() ^ expected.keys()
    assert not odd, sorted(odd)[:5]
    differing = [path for path in expected if found[path] != expected[path]]
    assert not differing, f"{len(differing)} files differ: {differing[:5]}"
