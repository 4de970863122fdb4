"""What there is to compare of two sites that were built of the same pages.

A generated page has our own layout in both, and must be the same but for white space around it: its
article is the same to the byte. A page written by hand has the builder's own theme around it: there
it is what programs and readers get that must be the same.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from lxml import html

from generator.lean import lean_script, lean_style

THEMES = re.compile(
    r"assets/javascripts/(bundle|workers/|lunr/|LICENSE)|assets/stylesheets/(classic|modern)/"
    r"|assets/stylesheets/(main|palette)\.|assets/images/favicon\.png|\.icons/|search\.json$"
)
"""Files that a builder's theme brings along: their names are not among a site's addresses."""

_LEAN: Mapping[str, Callable[[str], str]] = {".css": lean_style, ".js": lean_script}
_ARTICLE = re.compile(r'(?<=id="bs-content">\n)(.*?)(?=\s*</article>)', re.DOTALL)

Facts = dict[str, list[str]]


def files_of(site: Path) -> set[str]:
    """Name all files of a site but those of the theme."""
    found = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    return {name for name in found if not THEMES.match(name)}


def differences(ours: Path, theirs: Path) -> Iterator[str]:
    """Say all in which another builder's site is not ours, a line for each."""
    one, other = files_of(ours), files_of(theirs)
    yield from (f"{name} is missing" for name in sorted(one - other))
    yield from (f"{name} is more" for name in sorted(other - one))
    for name in sorted(one & other):
        left, right = ((site / name).read_bytes() for site in (ours, theirs))
        if name.endswith(".gz"):
            # The time of its making may stand in it.
            left, right = gzip.decompress(left), gzip.decompress(right)
        if lean := _LEAN.get(Path(name).suffix):
            # An export has them as they were written.
            right = lean(right.decode("utf-8")).encode("utf-8")
        if left == right:
            continue
        if name.endswith(".html"):
            pages = (each.decode("utf-8") for each in (left, right))
            yield from _between(name, *(facts_of(page, name) for page in pages))
        else:
            yield f"{name} has other bytes"


def facts_of(page: str, name: str) -> Facts:
    """Return what a page tells programs and readers."""
    if 'id="bs-content"' not in page:
        return {"page": [page]}
    if 'class="bs-page md-grid"' in page:
        article = _ARTICLE.search(page)
        around = re.sub(r"(?<=>)\s+|\s+(?=<)", "", _ARTICLE.sub("", page))
        around = re.sub(r'((?:href|src)="?)\./', r"\1", around)
        return {
            "layout": around.replace("<", "\n<").split("\n"),
            # Markdown leaves out empty lines at the end.
            "article": article[1].rstrip().split("\n") if article else [],
        }
    return _facts_by_hand(page, name)


def _facts_by_hand(page: str, name: str) -> Facts:
    tree: Any = html.document_fromstring(page)
    article = tree.get_element_by_id("bs-content")
    # As its readers' browsers follow addresses.
    leading = partial(_leading, urljoin("https://example.org/broadsheet/", name))
    return {
        "language": [tree.get("lang", "")],
        "title": [_text(each) for each in tree.xpath("//head/title")],
        "canonical": leading(tree, '//link[@rel="canonical"]', "href"),
        "description": _values(tree, '//meta[@name="description"]', "content"),
        "previews": [
            f"{each.get('property')}={each.get('content')}"
            for each in tree.xpath('//meta[starts-with(@property, "og:")]')
        ],
        "feeds": leading(tree, '//link[@rel="alternate" or @rel="search"]', "href"),
        "their titles": _values(tree, '//link[@rel="alternate" or @rel="search"]', "title"),
        "icon": leading(tree, '//link[@rel="icon"]', "href"),
        "navigation": leading(tree, '//nav[@aria-label="Tabs"]//a', "href"),
        "contents": _values(tree, '//nav[contains(@class, "md-nav--secondary")]//li//a', "href"),
        "headings": [
            f"{each.tag} #{each.get('id')} {_text(each)}"
            for each in article.xpath(".//*[self::h1 or self::h2 or self::h3]")
        ],
        "links": leading(article, ".//a", "href"),
        "pictures": leading(article, ".//img", "src"),
        "forms": leading(article, ".//form", "action"),
        "text": [_text(article)],
        "our scripts": [
            address
            for address in leading(tree, "//script[@src]", "src")
            if not THEMES.search(address)
        ],
    }


def _between(name: str, ours: Facts, theirs: Facts) -> Iterator[str]:
    for what, values in ours.items():
        if values == theirs.get(what, []):
            continue
        pairs = zip([*values, ""], [*theirs.get(what, []), ""], strict=False)
        one, other = next((pair for pair in pairs if pair[0] != pair[1]), ("", ""))
        start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
        cut = slice(max(0, start - 30), start + 90)
        yield f"{name}: {what}: “{one[cut]}” is “{other[cut]}”"


def _text(element: Any) -> str:
    return " ".join(str(element.text_content()).split())


def _values(tree: Any, path: str, name: str) -> list[str]:
    return [each.get(name, "") for each in tree.xpath(path)]


def _leading(base: str, tree: Any, path: str, name: str) -> list[str]:
    return [urljoin(base, each) for each in _values(tree, path, name)]
