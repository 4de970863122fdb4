"""`mkdocs serve` while somebody writes: one edit, one rebuild; a broken digest stops nothing."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect
from readers import OpenReader
from sitehost import ENVIRONMENT, HOST, copy_project

DIGEST = "# A first title\n\nAn abstract about neural networks, long enough to be one.\n"
_DEADLINE = 60


def _listen_to_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Serving:
    """A running `mkdocs serve` and what it has said so far."""

    def __init__(self, project: Path) -> None:
        with socket.create_server((HOST, 0)) as free:
            port: int = free.getsockname()[1]
        self.url = f"http://{HOST}:{port}/"
        self._said: list[str] = []
        self._news = threading.Condition()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"{HOST}:{port}"],
            cwd=project,
            env=ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            # A shell makes what it runs in the background deaf to Ctrl+C, and all below it.
            preexec_fn=_listen_to_interrupts,
        )
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with self._news:
                self._said.append(line.rstrip())
                self._news.notify_all()
        with self._news:
            self._said.append("(the end)")
            self._news.notify_all()

    def wait_for(self, *words: str) -> str:
        """Wait for a line that has all the words; return it."""

        def heard() -> str | None:
            return next((s for s in self._said if all(word in s for word in words)), None)

        with self._news:
            self._news.wait_for(lambda: heard() or "(the end)" in self._said, _DEADLINE)
            line = heard()
            assert line is not None, f"never said {words}:\n" + "\n".join(self._said)
            return line

    def builds(self) -> int:
        """How often the site has been built."""
        with self._news:
            return sum("Building documentation..." in line for line in self._said)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(_DEADLINE)
        finally:
            self.process.kill()
            self._listener.join()
            assert self.process.stdout is not None
            self.process.stdout.close()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copy_project(tmp_path / "project", {"2026-03-12.txt": DIGEST})


@pytest.fixture
def serving(project: Path) -> Iterator[Serving]:
    served = Serving(project)
    try:
        served.wait_for("Serving on")
        yield served
    finally:
        served.stop()


@pytest.mark.skipif(os.name == "nt", reason="stops the server by a signal")
def test_an_edit_shows_after_one_rebuild_and_a_broken_digest_only_warns(
    serving: Serving, project: Path, open_reader: OpenReader
) -> None:
    digests = project / "docs" / "digests"
    base = serving.wait_for("Serving on").split()[-1]
    reader = open_reader(base=base)
    reader.open()
    expect(reader.title(reader.entries.first)).to_have_text("A first title")
    # Only then does the page listen for changes.
    serving.wait_for("Browser connected")
    assert serving.builds() == 1

    edited = DIGEST.replace("first title", "second title")
    # In one step: on a busy machine there can be a rebuild while a file is being written.
    (project / "edited.txt").write_text(edited, encoding="utf-8")
    (project / "edited.txt").replace(digests / "2026-03-12.txt")
    expect(reader.title(reader.entries.first)).to_have_text("A second title", timeout=30_000)
    assert serving.builds() == 2
    # What takes longer than a page is never sent as it was.
    assert "A second title" in reader.page.request.get(f"{base}index.json").text()
    serving.wait_for("files made", "kept")

    (digests / "2026-03-13.txt").write_bytes(b"# Caf\xe9\n\nAn abstract in the wrong encoding.\n")
    serving.wait_for("WARNING", "2026-03-13.txt:1")
    assert serving.process.poll() is None

    mended = "# Café\n\nAn abstract about neural networks in the right encoding.\n"
    (digests / "2026-03-13.txt").write_text(mended, encoding="utf-8")
    expect(reader.title(reader.entries.first)).to_have_text("Café", timeout=30_000)
    # One build for each change: what a build writes does not set off the next one.
    assert serving.builds() == 4
