"""Lets the script in by which `mkdocs serve` reloads pages.

MkDocs writes it into every page as it is sent, never twice the same, so that no built page can have
its hash. It is given to the page's policy in the same moment; the files on disk stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from generator.trust.policy import hash_of

_RELOAD = re.compile(rb"<script>(\s*var livereload = (?:(?!</script>).)*)</script>", re.DOTALL)
_OURS = re.compile(
    rb"""(<meta http-equiv="?Content-Security-Policy"? content="[^"]*script-src 'self')"""
)

App = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
"""A web application as WSGI has it."""


def reloading(app: App) -> App:
    """Return an application that gives the same pages, in which the script of MkDocs may run."""

    def serve(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        said: list[tuple[str, list[tuple[str, str]]]] = []

        def note(status: str, headers: list[tuple[str, str]], *_: object) -> None:
            said.append((status, headers))

        parts = app(environ, note)
        status, headers = said[-1]
        kinds = [value for name, value in headers if name.lower() == "content-type"]
        if not kinds or not kinds[0].startswith("text/html"):
            start_response(status, headers)
            return parts
        try:
            content = with_reload(b"".join(parts))
        finally:
            if hasattr(parts, "close"):
                parts.close()
        others = [(name, value) for name, value in headers if name.lower() != "content-length"]
        start_response(status, [*others, ("Content-Length", str(len(content)))])
        return [content]

    return serve


def with_reload(page: bytes) -> bytes:
    """Return a page whose policy knows the script of MkDocs in it, if there is one."""
    scripts = _RELOAD.findall(page)
    if not scripts:
        return page
    known = hash_of(scripts[-1].decode("utf-8", "replace")).encode("ascii")
    return _OURS.sub(lambda found: b"%b %b" % (found[1], known), page, count=1)
