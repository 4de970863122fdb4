"""How heavy a built site is: bytes by kind of file, biggest pages, what a first visit takes.

Bytes of a visit are those of the bodies that go over the wire, texts gzipped. "Ours" are the styles
and scripts that are not the theme's.
"""

from __future__ import annotations

import gzip
import sys
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

from lxml import html
from playwright.sync_api import Request, sync_playwright

from benchmarks.serving import Host

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT / "tests" / "browser"))

import chromium  # noqa: E402

SETTLED = 1000
"""Milliseconds after which all that a page asks for has come."""


def kind_of(path: str) -> str:
    """Say what a file of a site is for."""
    if path.endswith(".html"):
        return "pages of papers" if path.startswith("papers/") else "other pages"
    if path.startswith("search/"):
        return "search"
    if path.startswith("assets/"):
        return "assets"
    return "data of papers" if path.startswith("papers/") else "other data"


def bytes_by_kind(site: Path) -> dict[str, int]:
    """Add up the bytes of all files, uncompressed."""
    sizes: Counter[str] = Counter()
    for file in site.rglob("*"):
        if file.is_file():
            sizes[kind_of(file.relative_to(site).as_posix())] += file.stat().st_size
    return dict(sorted(sizes.items()))


def biggest(site: Path) -> dict[str, Any]:
    """Find the page of the most bytes and the page of the most elements."""
    most_bytes, most_nodes = (0, ""), (0, "")
    for page in site.rglob("*.html"):
        content, name = page.read_bytes(), page.relative_to(site).as_posix()
        nodes = sum(1 for _ in html.fromstring(content).iter(html.etree.Element))
        most_bytes = max(most_bytes, (len(content), name))
        most_nodes = max(most_nodes, (nodes, name))
    return {
        "bytes": most_bytes[0],
        "bytes_page": most_bytes[1],
        "nodes": most_nodes[0],
        "nodes_page": most_nodes[1],
    }


def first_visits(site: Path, pages: list[str]) -> dict[str, dict[str, Any]]:
    """Open pages in a fresh window each. Raises RuntimeError if there is no browser."""
    path = chromium.find()
    if path is None:
        raise RuntimeError("there is no Chromium here: `make browser` installs one")
    found: dict[str, dict[str, Any]] = {}
    with Host(site) as host, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(chromium.FLAGS))
        for page in pages:
            context = browser.new_context(viewport={"width": 412, "height": 823})
            window = context.new_page()
            asked: list[str] = []
            window.on("request", partial(_note, asked))
            window.goto(host.url + page, wait_until="load")
            window.wait_for_timeout(SETTLED)
            context.close()
            found[page or "home"] = visit(site, host.url, asked)
        browser.close()
    return found


def _note(asked: list[str], request: Request) -> None:
    asked.append(request.url)


def visit(site: Path, root: str, asked: list[str]) -> dict[str, Any]:
    """Weigh what was asked for."""
    addresses = [address for address in asked if not address.startswith(("data:", "blob:"))]
    inside = [address.removeprefix(root) for address in addresses if address.startswith(root)]
    sizes = {path: _sent(site, path.partition("?")[0]) for path in inside}
    ours = [path for path in sizes if path.endswith((".css", ".js")) and ".min." not in path]
    return {
        "requests": len(addresses),
        "third_party": len(addresses) - len(inside),
        "bytes": sum(sizes.values()),
        "bytes_of_our_styles_and_scripts": sum(sizes[path] for path in ours),
        "files": dict(sorted(sizes.items())),
    }


def _sent(site: Path, path: str) -> int:
    file = site / path
    file = file / "index.html" if file.is_dir() else file
    if not file.is_file():
        return 0
    texts = (".html", ".css", ".js", ".json", ".svg", ".xml")
    content = file.read_bytes()
    return len(gzip.compress(content, 6)) if file.suffix in texts else len(content)
