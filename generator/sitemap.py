"""The sitemap: all pages, with the day of the newest digest that each shows.

Of ten thousand pages a builder knows a few only, so the whole is written here. The format is that
of sitemaps.org, 0.9, which allows 50,000 pages a file: beyond them an index names several files.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Mapping
from datetime import date
from html import escape
from urllib.parse import urljoin

MOST = 50_000
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'

_LEVEL = 5
"""The highest takes two and a half times as long for a file that is 3 % smaller."""

_PLAIN = re.compile(r"(?:[a-z0-9-]+/)+")
"""Addresses that only have to be put behind that of the site: those of nearly all pages."""


def sitemap(
    site_url: str, days: Mapping[str, date | None], most: int = MOST
) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of each file; `days` has the pages by address from the site's root.

    Without an address of the site nothing can be said of its pages, and the sitemap is empty.
    """
    pages = list(days.items()) if site_url else []
    if len(pages) <= most:
        yield from _with_gzip("sitemap", _pages(site_url, pages))
        return
    names = []
    for number, start in enumerate(range(0, len(pages), most), 1):
        names.append(f"sitemap-{number}")
        yield from _with_gzip(names[-1], _pages(site_url, pages[start : start + most]))
    parts = "".join(
        f"<sitemap><loc>{escape(urljoin(site_url, f'{name}.xml'))}</loc></sitemap>\n"
        for name in names
    )
    yield from _with_gzip("sitemap", f"{_HEAD}<sitemapindex {_SPACE}>\n{parts}</sitemapindex>\n")


def _pages(site_url: str, pages: list[tuple[str, date | None]]) -> str:
    root = escape(urljoin(site_url, "-/").removesuffix("-/"))
    is_plain = _PLAIN.fullmatch
    entries = "".join(
        [
            f"<url><loc>{root + url if is_plain(url) else escape(urljoin(site_url, url))}</loc>"
            f"{f'<lastmod>{day.isoformat()}</lastmod>' if day else ''}</url>\n"
            for url, day in pages
        ]
    )
    return f"{_HEAD}<urlset {_SPACE}>\n{entries}</urlset>\n"


def _with_gzip(name: str, text: str) -> Iterator[tuple[str, bytes]]:
    content = text.encode("utf-8")
    yield f"{name}.xml", content
    # The clock is not part of it: the same pages give the same bytes.
    yield f"{name}.xml.gz", gzip.compress(content, _LEVEL, mtime=0)
