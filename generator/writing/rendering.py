"""Templates and values made into a page: front matter, heading, body.

Front matter is printed raw by themes, so what it holds is escaped for HTML first. Templates
escape whatever is not marked as escaped already.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping
from datetime import date
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from generator.model import Page
from generator.writing import addresses, wording
from generator.writing.escaping import html, markdown

_TITLE = 300
"""Characters of a title in the browser's tab; the page's heading has them all."""

_DESCRIPTION = 160
"""Characters of a description: search engines and previews show no more."""


class _Templates(Environment):
    """Templates whose global names are looked up in one step: each page asks for all of them."""

    def make_globals(self, d: Mapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(d or {})}


_templates = _Templates(
    loader=PackageLoader("generator.writing"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
    auto_reload=False,
    # Looking for constants to work out is a third of the compiling, and there are none.
    optimized=False,
)


def fill(template: str, **values: Any) -> str:
    """Return a template's whole document, such as `takeaway.html`, with values put in."""
    return _template(template).render(values)


@cache
def _template(name: str) -> Template:
    return _templates.get_template(f"{name}.jinja")


def render(
    address: str,
    template: str,
    *,
    title: str,
    description: str,
    updated: date | None,
    tags: Iterable[str] = (),
    scripts: Iterable[str] = (),
    heading: Markup | None = None,
    head_values: Mapping[str, Any] | None = None,
    linked_data: str = "",
    **values: Any,
) -> Page:
    """Render a page.

    `scripts` are names of modules that this page alone needs; `heading` is the title with its
    formulas, if it has any; `head_values` is further front matter, escaped already;
    `linked_data` is JSON that is safe in a script element.
    """
    head: dict[str, Any] = {"title": str(html(wording.cut(title, _TITLE)))}
    if description:
        head["description"] = str(html(wording.cut(description, _DESCRIPTION)))
    names = [str(html(name)) for name in tags]
    if names:
        head["tags"] = names
    head["hide"] = ["navigation", "toc"]
    if own_scripts := list(scripts):
        head["scripts"] = own_scripts
    head.update(head_values or {})
    body = _template(f"{template}.md").render(values)
    if linked_data:
        body += f'\n<script type="application/ld+json">{linked_data}</script>\n'
    return Page(
        addresses.document(address),
        head,
        markdown(title) if heading is None else heading,
        body,
        updated,
    )
