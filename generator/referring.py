"""Which of the pages that are made here pages by hand lead to.

A builder checks the links of pages by hand against the files that it knows, so it has to know
those; of all others, which are many, it need not hear.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Container, Mapping
from urllib.parse import unquote

_LINK = re.compile(
    r"(?<![^\s()<>\[\]\"'|])([^\s()<>\[\]\"'|]+?\.md)(#[^\s()<>\"']*)?(?=[\s)>\"'?]|$)",
    re.MULTILINE,
)
"""What ends in `.md`, however it is linked; a word that only looks so does no harm.

It begins where a word does: else a picture within a page, a word of a million letters, would be
gone through from each of them.
"""


def references(paths: Container[str], texts: Mapping[str, str]) -> dict[str, bool]:
    """Return the paths that texts link to, and whether to a place within one.

    `texts` are the Markdown of pages by hand, by their paths, relative to which links are.
    """
    found: dict[str, bool] = {}
    for here, text in texts.items():
        for match in _LINK.finditer(text):
            target = unquote(match.group(1))
            for base in ("", posixpath.dirname(here)):
                path = posixpath.normpath(posixpath.join(base, target.lstrip("/")))
                if path in paths:
                    found[path] = found.get(path, False) or bool(match.group(2))
    return found


def named(nav: object, title: str | None = None) -> dict[str, bool]:
    """Return the paths that a navigation in mkdocs.yml has, and whether each has a name there."""
    found: dict[str, bool] = {}
    if isinstance(nav, str):
        found[nav] = bool(title)
    elif isinstance(nav, dict):
        for name, item in nav.items():
            found |= named(item, name)
    elif isinstance(nav, list):
        for item in nav:
            found |= named(item)
    return found
