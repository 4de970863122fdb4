"""A host for measurements: a built site as a host on the web sends it, and what was fetched.

Texts go gzipped, everything else as it is; a browser may keep all of it for ten minutes. With a
library the citations of its papers, which search quotes, are made when they are asked for; without
one they are what the folder has.
"""

from __future__ import annotations

import gzip
import re
import threading
import zlib
from collections import defaultdict
from collections.abc import Callable
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urlencode, urlsplit

from generator.model import Library

PREFIX = "/broadsheet/"
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".xml": "application/xml",
}
CITED = re.compile(r"papers/([^/]+)/papers\.csl\.json")


class Host:
    """Serves a folder while its block lasts, and counts."""

    def __init__(self, folder: Path, library: Library | None = None) -> None:
        self._folder = folder
        self._cite = _citations(library) if library else lambda _: None
        self._lock = threading.Lock()
        self._taken: dict[str, list[int]] = defaultdict(list)
        self.body = lru_cache(maxsize=None)(self._body)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self._server.server_port}{PREFIX}"
        """The site's root."""

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    @staticmethod
    def query(**parts: str) -> str:
        """Return parts of an address behind its question mark."""
        return urlencode(parts)

    def take(self) -> dict[str, list[int]]:
        """Return the bytes of each answer since the last time, by what they are for."""
        with self._lock:
            taken, self._taken = dict(self._taken), defaultdict(list)
        return taken

    def note(self, path: str, size: int) -> None:
        """Count an answer."""
        with self._lock:
            self._taken[_purpose(path)].append(size)

    def _body(self, path: str) -> tuple[bytes, str] | None:
        """Return what stands at a path, gzipped if it is text, and its type."""
        if (cited := CITED.fullmatch(path)) and (text := self._cite(cited[1])):
            return gzip.compress(text.encode(), 6), TYPES[".json"]
        file = self._folder / path
        file = file / "index.html" if file.is_dir() else file
        if not file.is_file() or ".." in path:
            return None
        kind = TYPES.get(file.suffix, "")
        content = file.read_bytes()
        return (gzip.compress(content, 6), kind) if kind else (content, "application/octet-stream")


def _citations(library: Library) -> Callable[[str], str | None]:
    """Return what cites a paper by its slug."""
    from generator.writing.catalogue import Catalogue
    from generator.writing.citations import FORMATS, cite
    from generator.writing.site import Site

    (form,) = (form for form in FORMATS if CITED.fullmatch(form.path("papers/x/")))
    catalogue, site = Catalogue(library), Site("", "", "")

    def citation(slug: str) -> str | None:
        paper = library.papers.get(slug)
        return cite([paper], catalogue, site, form) if paper else None

    return citation


def _purpose(path: str) -> str:
    if path.startswith("search/data/") or path.endswith("/javascripts/search.js"):
        return "search"
    if CITED.fullmatch(path):
        return "sentences"
    return "page"


def _handler(host: Host) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path).removeprefix(PREFIX)
            found = host.body(path)
            content, kind = found or (b"", "")
            mark = f'"{zlib.crc32(content)}"'
            status = 404 if found is None else 200
            if found and self.headers.get("If-None-Match") == mark:
                status, content = 304, b""
            host.note(path, len(content))
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Cache-Control", "max-age=600")
            self.send_header("ETag", mark)
            if kind:
                self.send_header("Content-Type", kind)
            if kind in TYPES.values() and status == 200:
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing: the lines of JSON stand alone."""

    return Handler
