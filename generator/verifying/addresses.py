"""From an address, as it stands in a file of a site, to the file that a host would send."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from posixpath import normpath
from urllib.parse import unquote, urlsplit

PAGE = "index.html"

_ELSEWHERE = frozenset({"http", "https", "mailto", "data", "tel", "blob", "urn"})


@dataclass(frozen=True, slots=True)
class Found:
    """What an address leads to."""

    path: str = ""
    """Of a file in the site, whether it is there or not; empty if it leads elsewhere."""
    fragment: str = ""
    fault: str = ""
    """The kind of fault that the address itself is; empty if it is none."""


_ELSE = Found()


class Addresses:
    """The addresses of a site's files."""

    def __init__(self, files: Collection[str], site_url: str = "") -> None:
        """Take the paths of all files, and where the site stands, ending in a slash, if known."""
        self.files = files
        self.site_url = site_url
        parts = urlsplit(site_url)
        self._origin = (parts.scheme, parts.netloc)
        self._root = parts.path or "/"
        self.find = lru_cache(maxsize=100_000)(self._find)

    def own(self, path: str) -> str:
        """Return the whole address of a file; empty if the site's is not known."""
        return f"{self.site_url}{path.removesuffix(PAGE)}" if self.site_url else ""

    def _find(self, here: str, text: str) -> Found:
        """Return what an address that stands in the file `here` leads to."""
        text = "".join(text.split("\n")).strip()
        try:
            parts = urlsplit(text)
        except ValueError:
            return Found(fault="form")
        path = parts.path
        if parts.scheme or parts.netloc:
            if parts.scheme not in _ELSEWHERE and parts.scheme:
                return Found(fault="scheme")
            same = (parts.scheme or self._origin[0], parts.netloc) == self._origin
            if not (self.site_url and same and path.startswith(self._root)):
                return _ELSE
        fragment = unquote(parts.fragment)
        if not path and not parts.netloc:
            return Found(here, fragment)
        if path.startswith("/"):
            if not path.startswith(self._root):
                return Found(fault="outside")
            whole = path[len(self._root) :]
        else:
            whole = f"{here.rpartition('/')[0]}/{path}".lstrip("/")
        whole = unquote(whole)
        plain = normpath(whole) if whole else "."
        if plain.startswith(".."):
            return Found(fault="outside")
        folder = whole.endswith(("/", "/.", "/..")) or whole in ("", ".", "..")
        plain = "" if plain == "." else plain
        if folder:
            return Found(f"{plain}/{PAGE}" if plain else PAGE, fragment)
        if plain not in self.files and f"{plain}/{PAGE}" in self.files:
            return Found(f"{plain}/{PAGE}", fragment, "slash")
        return Found(plain, fragment)
