"""Where the documentation explains each kind of problem, by its code."""

from __future__ import annotations

PAGES = {
    "0": "files",
    "1": "papers",
    "2": "keys",
    "3": "forms",
    "4": "library",
    "5": "commands",
    "6": "permalinks",
}
"""By the first digit of a code: the page below docs/problems/ that has a heading for it."""


def address(code: str, site: str = "") -> str:
    """Return where a code is explained: on a site if its address is given, else in the sources."""
    page = PAGES.get(code[1:2], "index")
    if site:
        return f"{site.rstrip('/')}/problems/{page}/#{code.lower()}"
    return f"docs/problems/{page}.md#{code.lower()}"
