"""Build the site as its readers get it, and serve it from this machine alone.

It is served below a path, as GitHub Pages serves a project's site, if `site_url` has one.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from generator.identities import Identities, Identity, begins, written
from generator.reading import read_text

PROJECT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {
    **os.environ,
    "NO_MKDOCS_2_WARNING": "1",
    "DISABLE_MKDOCS_2_WARNING": "true",
    "PYTHONUNBUFFERED": "1",
    "SITE_URL": "http://localhost/broadsheet/",
}
HOST = "127.0.0.1"
BLANK = "blank.txt"
"""A page with nothing on it, which every site that is served here has."""


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """A site on disk, and where it is served."""

    folder: Path
    url: str
    """Ends in a slash."""
    log: str
    """What the build said."""

    def addresses(self, below: str) -> list[str]:
        """Addresses of all pages one level below an address such as `papers/`, by name."""
        return sorted(
            f"{below}{page.parent.name}/" for page in (self.folder / below).glob("*/index.html")
        )

    def kinds(self) -> dict[str, str]:
        """One address for each kind of page."""
        return {
            "home": "",
            "digests": "digests/",
            "digest": self.addresses("digests/")[-1],
            "source": f"{self.addresses('digests/')[-1]}source/",
            "paper": self.addresses("papers/")[0],
            "tags": "tags/",
            "tag": self.addresses("tags/")[0],
            "authors": "authors/",
            "author": "authors/ada-lovelace/",
            "map": "map/",
            "trends": "trends/",
            "glossary": "glossary/",
            "saved": "saved/",
            "read": "read/",
            "new": "new/",
            "search": "search/",
            "about": "about/",
            "vocabulary": "about/vocabulary/",
            "data": "data/",
            "404": "no/such/page/",
        }


KINDS = (
    "home",
    "digests",
    "digest",
    "source",
    "paper",
    "tags",
    "tag",
    "authors",
    "author",
    "map",
    "trends",
    "glossary",
    "saved",
    "read",
    "new",
    "search",
    "about",
    "vocabulary",
    "data",
    "404",
)


def identities(digest: str) -> str:
    """Say who wrote a few papers of a digest, as `broadsheet identify` would."""
    records = sorted(read_text(digest, "2025-03-11.txt").records, key=lambda record: record.title)
    bylines = [
        ("Ada Lovelace", "Ludwig van Beethoven", "Émile Zola"),
        ("ADA LOVELACE", "李伟", "Ludwig van Beethoven"),
        ("Lovelace, Ada", "李伟", "J. R. <b>Smith</b>", "Émile Zola"),
        ("J R <b>Smith</b>", "Ada Lovelace"),
    ]
    found = date(2025, 3, 12)
    return written(
        Identities(
            Identity(record.title, begins(record), found, 100.0, f"2503.0000{at}", authors=byline)
            for at, (record, byline) in enumerate(zip(records, bylines, strict=False))
        )
    )


def copy_project(to: Path, digests: Mapping[str, str]) -> Path:
    """Copy what a build reads, with these digests (file name → text) for the project's own."""
    docs = to / "docs"
    shutil.copytree(
        PROJECT / "docs", docs, ignore=shutil.ignore_patterns("20*.txt", "permalinks.txt")
    )
    shutil.copytree(PROJECT / "overrides", to / "overrides")
    shutil.copy(PROJECT / "mkdocs.yml", to)
    (docs / "digests").mkdir(exist_ok=True)
    for name, text in digests.items():
        (docs / "digests" / name).write_text(text, encoding="utf-8")
    return to


def build(project: Path, to: Path, *, strict: bool) -> str:
    """Build a project's site into a folder and return the log; a failed build fails the test."""
    command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(to)]
    result = subprocess.run(
        [*command, "--strict"] if strict else command,
        cwd=project,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 0, f"{' '.join(result.args)} failed:\n{result.stdout}"
    return result.stdout


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of browsers that hang up when a page is left; tell all else."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@contextmanager
def serve(folder: Path, log: str = "") -> Iterator[BuiltSite]:
    """Serve a built site until the block ends."""
    prefix = _prefix(folder)

    class Handler(SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if self.path == f"{prefix}{BLANK}":
                self.send_response(HTTPStatus.OK)
                self.send_header("Content-Type", "text/plain")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            super().do_GET()

        def translate_path(self, path: str) -> str:
            if not path.startswith(prefix):
                return str(folder / "outside of the site")
            return super().translate_path(path.removeprefix(prefix.rstrip("/")))

        def send_error(
            self, code: int, message: str | None = None, explain: str | None = None
        ) -> None:
            page = folder / "404.html"
            if code != HTTPStatus.NOT_FOUND or not page.exists():
                super().send_error(code, message, explain)
                return
            content = page.read_bytes()
            self.send_response(code)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing: the tests look at the browser's side."""

    def handler(*args: object) -> Handler:
        return Handler(*args, directory=str(folder))  # type: ignore[arg-type]

    server = _Server((HOST, 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield BuiltSite(folder, f"http://{HOST}:{server.server_port}{prefix}", log)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _prefix(folder: Path) -> str:
    """The path that the site expects to stand at: its 404 page must know it."""
    page = (folder / "404.html").read_text(encoding="utf-8")
    found = re.search(r'<script id="__config"[^>]*>(.*?)</script>', page, re.DOTALL)
    base = str(json.loads(found.group(1))["base"]) if found else "/"
    return f"/{base.strip('/')}/" if base.strip("/.") else "/"
