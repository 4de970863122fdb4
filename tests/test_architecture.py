"""The rooms import in one direction, and only one module knows the builder."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "generator"

ORDER = (
    {"caching", "files", "folders", "growth", "lean", "memory"},
    {"progress", "referring", "settings", "sitemap"},
    {"value"},
    {"textmarks", "verifying"},
    {"model"},
    {"building", "byhand", "enriching", "previewing", "reading", "reviewing"},
    {"canonical", "identifying", "identities", "trust", "writing"},
    {"checking", "exporting", "layout", "mailing", "permalinks", "searching"},
    {"adding", "publishing", "supply"},
    {"project"},
    {"bulk", "contents", "promises"},
    {"commands", "export", "plugin"},
    {"cli"},
    {"__main__"},
)
"""All rooms, and modules that are as good as one: each imports only what stands above it."""

ALLOWED = {
    "memory": set[str](),
    "caching": set[str](),
    "growth": set[str](),
    "value": set[str](),
    "textmarks": {"value"},
    "model": {"textmarks", "value"},
    "reading": {"model"},
    "enriching": {"growth", "memory", "model", "textmarks", "value"},
    "writing": {"memory", "model", "textmarks", "enriching", "value"},
    "mailing": {"enriching", "folders", "model", "writing"},
    "adding": {"checking", "enriching", "model", "writing"},
    "permalinks": {"model", "writing"},
    "trust": {"enriching", "memory", "model"},
    "searching": {"growth", "memory", "model", "writing"},
}
"""The rooms that know least: no more than this of what stands above them."""

ON_DISK = {"caching", "mailing", "trust"}
"""Rooms that are edges themselves: what they are for is on disk."""

BUILDERS = {"mkdocs", "material", "zensical"}
OUTSIDE = {
    *("os", "io", "pathlib", "shutil", "tempfile", "subprocess", "logging", "locale"),
    *("time", "random", "secrets", "socket", "http", "http.client", "urllib.request"),
}
CALLS = {"now", "today", "utcnow", "open", "print", "strftime", "getenv"}
"""Names of functions that ask or tell the world outside, whatever they are called upon."""


def imports(tree: ast.Module) -> Iterator[str]:
    """Yield what is imported anywhere in a module, in functions too, by its full name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "an import says where from"
            names = [alias.name for alias in node.names] if node.module == "generator" else []
            yield from (f"generator.{name}" for name in names)
            yield node.module or ""
        elif isinstance(node, ast.Call) and called(node) in {"__import__", "import_module"}:
            yield from (one.value for one in node.args if isinstance(one, ast.Constant))  # type: ignore[misc]


def called(node: ast.Call) -> str:
    return getattr(node.func, "attr", "") or getattr(node.func, "id", "")


def room_of(path: str) -> str:
    return path.split("/")[0].removesuffix(".py")


def rooms_of(tree: ast.Module) -> set[str]:
    """Give the rooms that a module imports from."""
    parts = (name.split(".") for name in imports(tree))
    return {room for first, *rest in parts if first == "generator" for room in rest[:1]}


def knows_the_builder(path: str, tree: ast.Module) -> set[str]:
    return set() if path == "plugin.py" else {one.split(".")[0] for one in imports(tree)} & BUILDERS


def imports_against_the_order(path: str, tree: ast.Module) -> set[str]:
    room = room_of(path)
    places = [at for at, rooms in enumerate(ORDER) if room in rooms]
    assert len(places) == 1, f"{room} has no place of its own in ORDER"
    above = {"__version__", room}.union(*ORDER[: places[0]])
    return rooms_of(tree) - above


def knows_too_much(path: str, tree: ast.Module) -> set[str]:
    room = room_of(path)
    return rooms_of(tree) - ALLOWED[room] - {room} if room in ALLOWED else set()


def touches_the_world(path: str, tree: ast.Module) -> set[str]:
    if room_of(path) not in ALLOWED.keys() - ON_DISK:
        return set()
    calls = {called(node) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    return {*imports(tree)} & OUTSIDE | calls & CALLS


Rule = Callable[[str, ast.Module], set[str]]
RULES = [knows_the_builder, imports_against_the_order, knows_too_much, touches_the_world]


@pytest.fixture(scope="module")
def modules() -> dict[str, ast.Module]:
    return {
        path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
        if path.parent != PACKAGE or path.name != "__init__.py"
    }


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_no_module_breaks_a_rule(rule: Rule, modules: dict[str, ast.Module]) -> None:
    found = {path: rule(path, tree) for path, tree in modules.items()}
    assert {path: broken for path, broken in found.items() if broken} == {}


def test_every_room_has_one_place(modules: dict[str, ast.Module]) -> None:
    rooms = [room for rooms in ORDER for room in rooms]
    assert len(rooms) == len({*rooms})
    assert {*map(room_of, modules)} | ALLOWED.keys() | ON_DISK <= {*rooms}


@pytest.mark.parametrize(
    ("rule", "path", "code"),
    [
        (knows_the_builder, "writing/pages.py", "import mkdocs.structure.files"),
        (knows_the_builder, "commands/plugin.py", "from mkdocs.config import load_config"),
        (knows_the_builder, "cli.py", "def f():\n    from material import plugins"),
        (knows_the_builder, "project.py", "importlib.import_module('mkdocs.utils')"),
        (imports_against_the_order, "writing/head.py", "from generator.searching import files"),
        (imports_against_the_order, "reading/lines.py", "from generator.enriching import links"),
        (imports_against_the_order, "model.py", "from generator import reading"),
        (imports_against_the_order, "project.py", "def f():\n    import generator.plugin"),
        (knows_too_much, "reading/lines.py", "from generator import textmarks"),
        (knows_too_much, "writing/pages.py", "from generator.reading import read_text"),
        (touches_the_world, "enriching/links.py", "import http.client"),
        (touches_the_world, "reading/lines.py", "path.open()"),
        (touches_the_world, "writing/feeds.py", "date.today()"),
    ],
)
def test_each_rule_finds_what_breaks_it(rule: Rule, path: str, code: str) -> None:
    assert rule(path, ast.parse(code))
    assert not rule(path, ast.parse("import re\nfrom typing import Any"))
