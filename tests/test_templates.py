"""The site's templates keep to what other builders read too: Jinja's language has more.

Zensical renders templates with minijinja. What that lacks is found here, without it; whether it
makes the same pages of them is for the canary to see (tests/canary).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

OVERRIDES = Path(__file__).resolve().parents[1] / "overrides"
TEMPLATES = sorted(path.relative_to(OVERRIDES).as_posix() for path in OVERRIDES.rglob("*.html"))

STATEMENTS = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Assign, nodes.If, nodes.For),
    *(nodes.Block, nodes.Extends, nodes.Include, nodes.Macro),
)
EXPRESSIONS = (
    *(nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem, nodes.Slice, nodes.Compare),
    *(nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Concat, nodes.CondExpr, nodes.Neg),
    *(nodes.List, nodes.Tuple, nodes.Dict, nodes.Pair, nodes.Filter, nodes.Test, nodes.Call),
)
FILTERS = {"default", "e", "length", "replace", "script_tag", "string", "striptags", "url"}
TESTS = {"string"}
OF_PAGES = {"canonical_url", "content", "meta", "title", "url"}
"""What pages of Zensical have; `is_homepage`, for one, they have not."""


def faults(source: str) -> Iterator[str]:
    """Say what in a template another builder would stumble on, with its line."""
    tree = Environment(autoescape=True).parse(source)
    macros = {macro.name for macro in tree.find_all(nodes.Macro)}
    for node in (tree, *tree.find_all(nodes.Node)):
        if fault := _fault(node, {"super", *macros}):
            yield f"{node.lineno}: {fault}"


def _fault(node: nodes.Node, functions: set[str]) -> str:
    match node:
        case nodes.Filter() if node.name not in FILTERS:
            return f"the filter {node.name}"
        case nodes.Test() if node.name not in TESTS:
            return f"the test {node.name}"
        case nodes.Call() if not _is_name(node.node, functions):
            return "a method or a function: texts and mappings have none"
        case nodes.Getattr(node=nodes.Getattr() as inner) if _is_name(inner.node, {"page"}):
            return f"page.{inner.attr} may not be there, and then has no {node.attr}"
        case nodes.Getattr() if _is_name(node.node, {"page"}) and node.attr not in OF_PAGES:
            return f"page.{node.attr}"
    return "" if isinstance(node, STATEMENTS + EXPRESSIONS) else type(node).__name__


def _is_name(node: nodes.Node, names: set[str]) -> bool:
    return isinstance(node, nodes.Name) and node.name in names


@pytest.mark.parametrize("name", TEMPLATES)
def test_templates_keep_to_what_other_builders_read(name: str) -> None:
    assert list(faults((OVERRIDES / name).read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "source",
    [
        '{{ base_url.rstrip("/") }}',
        '{% if url.startswith("papers/") %}{% endif %}',
        "{% if page.is_homepage %}{% endif %}",
        "{{ page.meta.hide }}",
        "{{ name | urlize }}",
        "{% if name is callable %}{% endif %}",
        "{{ range(3) }}",
        '{% import "x.html" as x %}',
    ],
)
def test_what_other_builders_lack_is_found(source: str) -> None:
    assert list(faults(source))
