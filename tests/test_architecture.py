"""The rooms import in one direction, and only one module knows the builder."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "generator"
MODULES = sorted(PACKAGE.rglob("*.py"))

ALLOWED = {
    "memory": set[str](),
    "caching": {"caching"},
    "textmarks": set[str](),
    "model": {"textmarks"},
    "reading": {"model", "reading"},
    "enriching": {"memory", "model", "textmarks", "enriching"},
    "writing": {"memory", "model", "textmarks", "enriching", "writing"},
    "mailing": {"enriching", "folders", "mailing", "model", "writing"},
    "adding": {"adding", "checking", "enriching", "model", "writing"},
    "permalinks": {"model", "permalinks", "writing"},
    "trust": {"enriching", "memory", "model", "trust"},
    "searching": {"memory", "model", "writing", "searching"},
}
"""What a room may import of this project. The edges may import everything."""

ON_DISK = {"caching", "mailing", "trust"}
"""Rooms that are edges themselves: what they are for is on disk."""


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


@cache
def calls(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call):
            function = node.func
            if isinstance(function, ast.Attribute):
                found.add(function.attr)
            elif isinstance(function, ast.Name):
                found.add(function.id)
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_only_the_plugin_imports_the_builder(path: Path) -> None:
    builders = {name for name in imports(path) if name.split(".")[0] in {"mkdocs", "material"}}
    assert path.name == "plugin.py" or not builders


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_rooms_import_in_one_direction(path: Path) -> None:
    room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if room in ALLOWED:
        ours = {name.split(".")[1] for name in imports(path) if name.startswith("generator.")}
        assert ours <= ALLOWED[room]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_the_rooms_touch_no_disk_clock_network_or_logging(path: Path) -> None:
    room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if room in ALLOWED.keys() - ON_DISK:
        outside = {
            *("os", "io", "pathlib", "shutil", "tempfile", "subprocess", "logging", "locale"),
            *("time", "random", "secrets", "socket", "http", "http.client", "urllib.request"),
        }
        assert not imports(path) & outside
        assert not calls(path) & {"now", "today", "utcnow", "open", "print", "strftime", "getenv"}
