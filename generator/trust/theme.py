"""The inline scripts that a theme has: known by its own templates, whatever its version.

Each is taken out of its template and filled in as the theme would fill it in, for pages of a
certain depth. A script in a page is the theme's if it is the same to the letter; or if what stands
between the template's own words, where that writes values as JSON, is JSON and nothing else.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, Template, TemplateError

_SCRIPT = re.compile(r"<script(?![^>]*\ssrc\s*=)[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_VALUE = re.compile(r"\{\{(?:(?!\}\}).)*\|\s*tojson\s*(?:\|\s*safe\s*)?\}\}")
_JSON = json.JSONDecoder()
_BEGIN, _END = "<script>", "</script>"


class ThemeScripts:
    """What a theme's templates have of inline scripts."""

    def __init__(
        self, folders: Iterable[Path], environment: Environment, context: Mapping[str, Any]
    ) -> None:
        """Take the theme's folders, without those of the site, and what its templates are given."""
        self._folders = list(folders)
        self._environment = environment
        self._context = context
        self._rendered = cache(self._render)

    @cached_property
    def _texts(self) -> list[str]:
        # A site whose pages are all as they were has no script to be looked for.
        return list(_texts(self._folders))

    @cached_property
    def _text(self) -> str:
        return "\n".join(text for text in self._texts if "//" in text)

    @cached_property
    def _scripts(self) -> list[str]:
        found = (script[1] for text in self._texts for script in _SCRIPT.finditer(text))
        return list(dict.fromkeys(found))

    @cached_property
    def _with_values(self) -> list[list[str]]:
        return [_VALUE.split(script) for script in self._scripts if _has_values(script)]

    def has(self, script: str, base_url: str) -> bool:
        """Whether the theme would put a script into a page with this `base_url`."""
        if script in self._rendered(base_url):
            return True
        return any(_fits(script, words) for words in self._with_values)

    def mentions(self, origin: str) -> bool:
        """Whether the theme itself takes something from another machine, such as a library."""
        return f"{origin}/" in self._text

    @cached_property
    def _templates(self) -> list[Template]:
        return list(_templates(self._scripts, self._environment))

    def _render(self, base_url: str) -> frozenset[str]:
        found = set()
        for template in self._templates:
            try:
                text = template.render(self._context, base_url=base_url)
            # A script for a setting that this site does not have.
            except (TemplateError, TypeError, ValueError):
                continue
            found.add(text[len(_BEGIN) : -len(_END)])
        return frozenset(found)


def _has_values(script: str) -> bool:
    """Whether all that a template fills in are values, written as JSON."""
    return bool(_VALUE.search(script)) and not re.search(r"\{[{%#]", _VALUE.sub("", script))


def _fits(script: str, words: list[str]) -> bool:
    """Whether a script is made of these words, with JSON between them."""
    if not script.startswith(words[0]):
        return False
    at = len(words[0])
    for word in words[1:]:
        try:
            _, at = _JSON.raw_decode(script, at)
        except ValueError:
            return False
        if not script.startswith(word, at):
            return False
        at += len(word)
    return at == len(script)


def _templates(scripts: Iterable[str], environment: Environment) -> Iterator[Template]:
    for script in scripts:
        try:
            yield environment.from_string(f"{_BEGIN}{script}{_END}")
        except TemplateError:
            continue


def _texts(folders: Iterable[Path]) -> Iterator[str]:
    for folder in folders:
        for at, names, files in os.walk(folder):
            # Ten thousand icons, and what is not a template.
            names[:] = sorted(name for name in names if not name.startswith((".", "assets")))
            for file in sorted(files):
                if file.endswith(".html"):
                    yield (Path(at) / file).read_text(encoding="utf-8", errors="replace")
