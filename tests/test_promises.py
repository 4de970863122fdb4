"""The page of promises names tests that are there."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
PAGE = PROJECT / "docs" / "promises.md"
_ROW = re.compile(r"^\| (?P<promise>[^|]+) \| (?P<tests>[^|]+) \|$", re.MULTILINE)
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def rows() -> list[tuple[str, str]]:
    found = _ROW.findall(PAGE.read_text("utf-8"))
    return [row for row in found if row[0] != "Promise" and not row[0].startswith("-")]


@cache
def names_in(path: str) -> set[str]:
    text = (PROJECT / path).read_text("utf-8")
    return set(re.findall(r"^ *def (test_\w+)\(", text, re.MULTILINE))


@pytest.mark.parametrize(("promise", "tests"), rows())
def test_a_promise_has_tests_that_are_there(promise: str, tests: str) -> None:
    named = _TEST.findall(tests)
    assert named, f"{promise}: no test"
    for path, name in named:
        assert name in names_in(path), f"{path} has no {name}"


def test_no_promise_is_made_twice() -> None:
    promises = [promise for promise, _ in rows()]
    assert len(promises) == len(set(promises)) > 30
