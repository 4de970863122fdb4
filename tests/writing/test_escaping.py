"""Pasted text stays text, in Markdown and in HTML."""

from __future__ import annotations

import re

import lxml.html
import markdown as python_markdown
import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.writing.escaping import clean, html, markdown

HOSTILE = [
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "![x](https://evil.example/x.png)",
    "<![>",
    "<!-- -->",
    "{{ 7*7 }} {% raw %}",
    '--8<-- "mkdocs.yml"',
    "# not a heading #",
    "| a | b |",
    "$$x$$ \\(y\\)",
    "&lt;b&gt; &amp; &#60;",
    ":smile:",
    "*a* _b_ **c** `d` ~~e~~",
    "x {: onclick=alert(1) }",
    "    indented",
    "1. one",
    "- a",
    "[^1]: note",
    "[x]: https://example.org",
    "https://example.org <https://example.org>",
    "\u0002wzxhzdk:0\u0003",
    "\u202eevil\u202c",
    "a\\*b\\",
]


def shown(text: str) -> str:
    """What a reader sees of a text."""
    return " ".join(clean(text).split())


def rendered(source: str) -> str:
    return python_markdown.markdown(source, extensions=["tables", "toc"])


def text_of(fragment: str) -> str:
    element = lxml.html.fromstring(f"<div>{fragment}</div>")
    return " ".join("".join(map(str, element.itertext())).split())


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_a_heading_is_shown_as_it_is(text: str) -> None:
    page = rendered(f"# {markdown(text)}\n")
    assert text_of(page) == shown(text)
    assert re.findall(r"<(\w+)", page) == ["h1"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_a_block_of_html_is_shown_as_it_is(text: str) -> None:
    page = rendered(f'<div>\n<p title="{html(text)}">{html(text)}</p>\n</div>\n')
    assert text_of(page) == shown(text)
    assert re.findall(r"<(\w+)", page) == ["div", "p"]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_survives_both_ways_and_is_nothing_but_text(text: str) -> None:
    block = rendered(f"<div><p>{html(text)}</p></div>\n")
    assert "".join(text_of(block).split()) == "".join(clean(text).split())
    assert nh3.clean(str(html(text)), tags=set()).translate({60: None, 62: None}) == nh3.clean(
        str(html(text)), tags=set()
    )
    heading = rendered(f"# {markdown(text)}x\n")
    assert re.findall(r"<(\w+)", heading) == ["h1"]


def test_a_lone_surrogate_becomes_the_replacement_character() -> None:
    assert html("a\ud800b") == "a\ufffdb"
