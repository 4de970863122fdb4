"""The page at an address from which a page has moved, or at which one was withdrawn.

A static host cannot answer "moved for good" or "gone"; this is as near as HTML comes. No script:
the reader is taken along at once, and a program finds the new place as the canonical one.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Collection, Iterator
from urllib.parse import unquote

from generator.permalinks.judging import Verdict
from generator.writing import addresses
from generator.writing.escaping import html
from generator.writing.site import Site

_STYLE = (
    ":root{color-scheme:light dark}"
    "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:15vh auto;padding:0 1rem}"
)
_DIGEST = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()

POLICY = f"default-src 'none'; style-src 'sha256-{_DIGEST}'; base-uri 'none'; form-action 'none'"
"""What the page may do: look as it does, and nothing else."""

_PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<title>{title} - {name}</title>
{head}<style>{style}</style>
</head>
<body>
<main>
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"""


def pages(verdict: Verdict, site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of each file that takes the place of a page, in order."""
    for address in sorted({**verdict.moved, **verdict.gone}):
        target = verdict.moved.get(address)
        page = (
            _moved(address, target, site) if target else _gone(address, verdict.gone[address], site)
        )
        yield _place(address), page.encode("utf-8", "xmlcharrefreplace")


def in_the_way(verdict: Verdict, files: Collection[str]) -> list[str]:
    """Return the old addresses at which, or at a step of which, one of these files stands.

    Most have no line in the list: the page on how a digest was read, a feed, the index of a page.
    """
    old = sorted({**verdict.moved, **verdict.gone})
    taken = {*files, *map(_place, old)} if old else set()
    return [
        address
        for address in old
        if _place(address) in files or not taken.isdisjoint(_steps(unquote(address)))
    ]


def _place(address: str) -> str:
    return f"{unquote(address)}index.html"


def _steps(folder: str) -> Iterator[str]:
    """Yield the names that must be folders for this one to be there."""
    return (folder[:at] for at, mark in enumerate(folder) if mark == "/")


def _moved(address: str, target: str, site: Site) -> str:
    way = html(addresses.relative(address, target))
    canonical = html(site.address(target))
    head = f'<link rel="canonical" href="{canonical}">\n' if canonical else ""
    head += f'<meta http-equiv="refresh" content="0; url={way}">\n'
    body = f'<p>It stands here now: <a href="{way}">{html(unquote(target))}</a></p>'
    return _laid_out("This page has moved", head, body, site)


def _gone(address: str, reason: str, site: Site) -> str:
    home = html(addresses.relative(address, addresses.HOME))
    body = (
        f"<p>Why: {html(reason)}</p>\n"
        f'<p>Nothing else has taken its place. <a href="{home}">{html(site.name)}</a> '
        "has everything that is there.</p>"
    )
    return _laid_out("This page was withdrawn", "", body, site)


def _laid_out(title: str, head: str, body: str, site: Site) -> str:
    return _PAGE.format(
        policy=POLICY, title=title, name=html(site.name), head=head, style=_STYLE, body=body
    )
