"""Where pages stand in an export, and the links of pages by hand that lead to them.

A page of ours is the `index.md` of a folder of its own. So it stands in the same folder before and
after it is built, and addresses within its HTML, which are relative to it, mean the same to a
builder that follows them from the Markdown file (Zensical) and to one that lets them be (MkDocs).
A page by hand moves only if it has such addresses.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Container, Mapping
from urllib.parse import quote, unquote

_INDEX = ("index", "README")

_LINK = re.compile(
    # What is shown as code is left alone.
    r"^[ ]{0,3}(?P<fence>`{3,}|~{3,})(?:.|\n)*?(?:^[ ]{0,3}(?P=fence)|\Z)"
    r"|(?P<ticks>`+)(?!`)[^\n]+?(?<!`)(?P=ticks)(?!`)"
    r"|(?P<before>\]\(\s*<?|^[ ]{0,3}\[[^\]\n]+\]:\s*<?)"
    r"(?P<target>[^\s()<>\"'#?]+)(?=[\s)>#?]|$)",
    re.MULTILINE,
)
_ADDRESS_IN_HTML = re.compile(
    r"<[a-z][^<>]*?\s(?:href|src)\s*=(?!\s*[\"']?(?:[a-z][a-z0-9+.-]*:|[/#?]))", re.IGNORECASE
)


def moved(path: str) -> str:
    """Return where a page goes: `papers/x.md` becomes `papers/x/index.md`."""
    plain = path.removesuffix(".md")
    return path if plain.rpartition("/")[2] in _INDEX else f"{plain}/index.md"


def address_of(path: str) -> str:
    """Return the address, from the site's root and quoted, of a page of Markdown."""
    plain = path.removesuffix(".md")
    folder, _, name = plain.rpartition("/")
    place = folder if name in _INDEX else plain
    return f"{quote(place)}/" if place else ""


def has_html_addresses(text: str) -> bool:
    """Whether a page by hand has HTML that leads to another place of the site."""
    return _ADDRESS_IN_HTML.search(text) is not None


def with_moved_links(text: str, here: str, moves: Mapping[str, str], files: Container[str]) -> str:
    """Return a page by hand whose links lead where they did before pages moved.

    `here` is its path as it was; `moves` has the new paths of pages by their old ones, perhaps its
    own; `files` are those that stay. Links to anything else are left as they are.
    """
    old, new = (posixpath.dirname(path) for path in (here, moves.get(here, here)))

    def renewed(found: re.Match[str]) -> str:
        target = found["target"]
        if target is None:
            return found[0]
        plain = unquote(target)
        start = "" if plain.startswith("/") else old
        path = posixpath.normpath(posixpath.join(start, plain.lstrip("/")))
        if path not in moves and (path not in files or old == new):
            return found[0]
        way = posixpath.relpath(moves.get(path, path), new or ".")
        return f"{found['before']}{way if plain == target else quote(way)}"

    return _LINK.sub(renewed, text)
