"""Programs that measure under node; first of all the search module that the site ships."""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from generator.searching import File

HERE = Path(__file__).resolve().parent
_ERROR = re.compile(r"\s*(Uncaught )?\w*Error\b")
SCRIPT = HERE.parent / "overrides/assets/javascripts/search.js"


class RunError(RuntimeError):
    """A program that measures failed, or is not there; the message is its own."""


def run(command: Sequence[str], given: str, *, longest: float | None = None) -> str:
    """Run a program and return what it prints. Raises RunError, or TimeoutExpired."""
    try:
        done = subprocess.run(
            command,
            input=given.encode("utf-8", "replace"),
            capture_output=True,
            check=True,
            timeout=longest,
        )
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode("utf-8", "replace").strip().splitlines() or ["it failed"]
        raise RunError(next(filter(_ERROR.match, said), said[-1])) from error
    except OSError as error:
        raise RunError(f"{command[0]}: {error.strerror}") from error
    return done.stdout.decode("utf-8")


def ask(files: Iterable[File], asks: Sequence[dict[str, Any]], **how: Any) -> list[dict[str, Any]]:
    """Ask the shipped module under node; the last answer tells the memory."""
    with tempfile.TemporaryDirectory() as folder:
        for file in files:
            target = Path(folder, file.path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.content)
        done = run(
            [
                *("node", "--expose-gc", str(HERE / "search_driver.mjs"), str(SCRIPT)),
                f"{Path(folder).as_uri()}/",
            ],
            json.dumps({"asks": asks, **how}),
        )
    return [json.loads(line) for line in done.split("\n") if line]
