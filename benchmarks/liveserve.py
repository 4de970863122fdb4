"""What `mkdocs serve` spends until a digest that was saved is on its pages.

It runs in a process of its own. Counted is the CPU time of it and its children from the moment
before the digest is saved until it has reloaded the browsers and the digest's page was fetched, and
until the rest of the site is made, too (Linux only).
"""

from __future__ import annotations

import socket
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.request import urlopen

from benchmarks.processes import CommandError, Running

DIGESTS = Path("docs", "digests")
_BUILT, _RELOADED, _WHOLE = "Serving on", "Reloading browsers", " kept\n"
_MARK = "Wombats were not mentioned before."


def saved(
    project: Path, digest: tuple[str, str], environment: Mapping[str, str]
) -> dict[str, float]:
    """Save a new digest, then amend an abstract of it. Raises CommandError.

    Returns CPU seconds: of the first build; until the new digest is shown, and until all else is
    made; and the same two for the abstract. The new digest is taken away again.
    """
    name, text = digest
    target = project / DIGESTS / name
    address = f"127.0.0.1:{_free_port()}"
    command = [sys.executable, "-u", "-m", "mkdocs", "serve", "--dev-addr", address]
    try:
        with Running(command, project, environment) as serve:
            serve.wait_for(_BUILT)
            found = {"start": round(serve.cpu(), 2)}
            page = serve.said().rpartition(f"{_BUILT} ")[2].split()[0]
            page = f"{page}digests/{Path(name).stem}/"
            for times, (what, content) in enumerate(
                (("new digest", text), ("abstract amended", f"{text.rstrip()} {_MARK}\n")), 1
            ):
                before = serve.cpu()
                target.write_text(content, encoding="utf-8", newline="")
                serve.wait_for(_RELOADED, times)
                _shows(page, content)
                found[what] = round(serve.cpu() - before, 2)
                serve.wait_for(_WHOLE, times + 1)
                found[f"{what}, all"] = round(serve.cpu() - before, 2)
        return found
    finally:
        target.unlink(missing_ok=True)


def _shows(address: str, digest: str) -> None:
    """Make sure that the page of a digest is the new one. Raises CommandError if it is not."""
    try:
        with urlopen(address, timeout=30) as answer:  # noqa: S310
            shown = answer.read().decode("utf-8")
    except OSError as problem:
        raise CommandError(f"{address} cannot be fetched from `mkdocs serve`: {problem}") from None
    if _MARK in digest and _MARK.split()[0] not in shown:
        raise CommandError(f"{address} does not show what was saved")


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
