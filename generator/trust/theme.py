"""The inline scripts that a theme has: known by its own templates, whatever its version.

Each is taken out of its template and filled in as the theme would fill it in, for pages of a
certain depth. A script in a page is the theme's if it is the same to the letter.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, Template, TemplateError

from generator.trust.policy import hash_of

_SCRIPT = re.compile(r"<script(?![^>]*\ssrc\s*=)[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_BEGIN, _END = "<script>", "</script>"


class ThemeScripts:
    """What a theme's templates have of inline scripts."""

    def __init__(
        self, folders: Iterable[Path], environment: Environment, context: Mapping[str, Any]
    ) -> None:
        """Take the theme's folders, without those of the site, and what its templates are given."""
        texts = list(_texts(folders))
        self._text = "\n".join(text for text in texts if "//" in text)
        self._templates = list(_templates(texts, environment))
        self._context = context
        self.hashes = cache(self._hashes)

    def mentions(self, origin: str) -> bool:
        """Whether the theme itself takes something from another machine, such as a library."""
        return f"{origin}/" in self._text

    def _hashes(self, base_url: str) -> frozenset[str]:
        """Return the hashes of all scripts as they stand in a page with this `base_url`."""
        found = set()
        for template in self._templates:
            try:
                text = template.render(self._context, base_url=base_url)
            # A script for a setting that this site does not have.
            except (TemplateError, TypeError, ValueError):
                continue
            found.add(hash_of(text[len(_BEGIN) : -len(_END)]))
        return frozenset(found)


def _templates(texts: Iterable[str], environment: Environment) -> Iterator[Template]:
    scripts = (found[1] for text in texts for found in _SCRIPT.finditer(text))
    for script in dict.fromkeys(scripts):
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
