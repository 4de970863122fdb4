"""`make validate`: every page of a built site through the Nu Html Checker.

Nothing may be said beyond tests/data/html_faults.json: the theme's own faults, and what the checker
takes for one without cause; each with its reason. The checker is one Java archive; npm fetches the
pinned release once, and it must have the hash that stands here. Needs Java 17, npm and, the first
time, a network; so it is no part of `make test`.
"""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sitehost import PROJECT, build, copy_project, identities

_NAME, _VERSION = "vnu-jar", "26.9.27"
_SHA512 = "TkQd5DFfOaWC9ebtvozTsrH2Vaod3jYg+vrOeREzIXxBexLz9+rS2DNtjn7+RPUiZhgli0SghgBX6RJRNea0KA=="
_INSIDE = "package/build/dist/vnu.jar"
_CACHE = PROJECT / ".cache" / "vnu"
_KNOWN = PROJECT / "tests" / "data" / "html_faults.json"
_SHOWN = 50
_ADVICE = "`make validate` needs {}. On Debian or Ubuntu: sudo apt-get install {}"


@dataclass(frozen=True, slots=True)
class Known:
    """What is no fault of ours: how what is said begins, and what the page has there."""

    message: str
    where: str
    why: str

    def covers(self, said: dict[str, Any]) -> bool:
        """Whether this is what was said."""
        return said["message"].startswith(self.message) and self.where in said.get("extract", "")


def known_faults() -> list[Known]:
    """Read the list."""
    return [Known(**entry) for entry in json.loads(_KNOWN.read_text(encoding="utf-8"))]


def verdict(said: Iterable[dict[str, Any]], known: Iterable[Known], folder: str) -> Iterator[str]:
    """Yield a line for each fault that nobody knows, and for each known one that is gone."""
    known = list(known)
    gone = {fault for fault in known if not fault.why.startswith("No fault")}
    for message in said:
        covering = [fault for fault in known if fault.covers(message)]
        gone -= set(covering)
        if not covering:
            page = message.get("url", "").partition(f"{folder}/")[2]
            line, extract = message.get("lastLine", 0), message.get("extract", "").strip()
            kind = message.get("subType") or message["type"]
            yield f"{page}:{line}: {kind}: {message['message']}\n    {extract}"
    for fault in sorted(gone, key=lambda fault: fault.where):
        yield f"nothing says any more: {fault.message} (take it out of {_KNOWN.name})"


def unpack(archive: bytes, to: Path) -> None:
    """Take the checker out of what npm fetched. Raises ValueError if it is not what was pinned."""
    found = base64.b64encode(hashlib.sha512(archive).digest()).decode("ascii")
    if found != _SHA512:
        raise ValueError(f"{_NAME}@{_VERSION} has the hash {found}; expected {_SHA512}")
    with tempfile.TemporaryFile() as file:
        file.write(archive)
        file.seek(0)
        with tarfile.open(fileobj=file) as package:
            inside = package.extractfile(_INSIDE)
            assert inside is not None
            part = to.with_suffix(".part")
            part.write_bytes(inside.read())
            part.replace(to)


def _checker() -> Path:
    """Return where the checker is; it is fetched if it is not there."""
    place = _CACHE / f"vnu-{_VERSION}.jar"
    if not place.is_file():
        if shutil.which("npm") is None:
            sys.exit(_ADVICE.format("npm", "npm"))
        _CACHE.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as folder:
            command = ["npm", "pack", "--silent", "--ignore-scripts", f"{_NAME}@{_VERSION}"]
            subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
            (fetched,) = Path(folder).glob("*.tgz")
            unpack(fetched.read_bytes(), place)
    return place


def _said_of(folder: Path, checker: Path) -> list[dict[str, Any]]:
    """Return all that the checker says of the pages in a folder."""
    command = ["java", "-jar", str(checker), "--skip-non-html", "--format", "json"]
    pages = sorted(str(page) for page in folder.rglob("*.html"))
    done = subprocess.run([*command, *pages], capture_output=True, text=True, check=False)
    try:
        messages: list[dict[str, Any]] = json.loads(done.stderr)["messages"]
    except (ValueError, KeyError):
        sys.exit(f"The checker failed:\n{done.stderr[-2000:]}")
    return messages


def main() -> None:
    """Build the site that the tests have, and check all its pages; exit 1 if there is a fault."""
    if shutil.which("java") is None:
        sys.exit(_ADVICE.format("Java 17 or newer", "default-jre-headless"))
    checker = _checker()
    seed = PROJECT / "tests" / "data" / "seed" / "2025-03-11.txt"
    digest = seed.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        digests = {seed.name: digest, "identities.yml": identities(digest)}
        build(copy_project(root / "project", digests), root / "site", strict=True)
        pages = len(list((root / "site").rglob("*.html")))
        faults = list(verdict(_said_of(root / "site", checker), known_faults(), str(root / "site")))
    for fault in faults[:_SHOWN]:
        print(fault)  # noqa: T201
    print(f"{pages} pages, {len(faults)} faults.")  # noqa: T201
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
