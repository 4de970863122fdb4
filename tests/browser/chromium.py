"""Find the Chromium that the tests drive, or install one: `python tests/browser/chromium.py`.

Taken is the first that runs of: the one that `BROADSHEET_CHROMIUM` names, `NAMES` on the PATH,
Playwright's own. First among the names is the build of Chromium without the browser's own
interface, which tests never see: the same pages take two thirds of the processor's time in it.
If there is none, tried are:

1. what `playwright install --with-deps chromium` does, but the download first, so that a machine
   that cannot reach Playwright's server learns it within seconds, before anything is installed;
2. the package `chromium-headless-shell`, else `chromium`, by apt, as root, on Debian and its like.

What the browser is then used for is told in conftest.py.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

VARIABLE = "BROADSHEET_CHROMIUM"
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
)
"""No sandbox, since containers seldom allow one; no traffic of the browser's own."""

ALONE = ("--proxy-server=http://127.0.0.1:1",)
"""Cuts a browser off: all but this machine is behind a proxy that does not exist."""

_ADVICE = f"""\
No Chromium was found, and none could be installed. Any one of these helps:
  - on Debian: sudo apt install chromium fonts-liberation
  - with access to Playwright's server: .venv/bin/playwright install --with-deps chromium
  - a Chromium or Chrome elsewhere: {VARIABLE}=/path/to/chrome make test"""


def find() -> Path | None:
    """The browser to use, or None. Raises SystemExit if `BROADSHEET_CHROMIUM` names none."""
    if named := os.environ.get(VARIABLE):
        if _runs(named):
            return Path(named)
        sys.exit(f"{VARIABLE} is {named!r}, which is not a browser that runs.")
    for name in NAMES:
        path = shutil.which(name)
        if path and _runs(path):
            return Path(path)
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return Path(path) if _runs(path) else None


def install() -> Path | None:
    """Try the ways to get a browser, in order; return the one that runs then, or None."""
    for way in (_from_playwright, _from_apt):
        way()
        if (found := find()) is not None:
            return found
    return None


def _from_playwright() -> None:
    # Five seconds for a connection: Playwright tries several times on its own.
    environment = {**os.environ, "PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": "5000"}
    playwright = [sys.executable, "-m", "playwright"]
    downloaded = _run([*playwright, "install", "--no-shell", "chromium"], environment)
    if downloaded and sys.platform == "linux":
        _run([*playwright, "install-deps", "chromium"], environment)


def _from_apt() -> None:
    if shutil.which("apt-get") is None or os.getuid() != 0:
        return
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    quietly = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    if _run([*quietly, "update"], environment):
        for package in ("chromium-headless-shell", "chromium"):
            packages = [package, "fonts-liberation"]
            install = [*quietly, "install", "-y", "--no-install-recommends", *packages]
            if _run(install, environment):
                break


def _run(command: list[str], environment: dict[str, str]) -> bool:
    """Whether the command succeeded; of a failure the reason is shown."""
    result = subprocess.run(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if result.returncode != 0:
        lines = result.stdout.strip().splitlines()
        reason = next((line for line in lines if line.startswith(("E:", "Error:"))), lines[-1:])
        print(f"`{' '.join(command[-4:])}` failed: {reason}", file=sys.stderr)  # noqa: T201
    return result.returncode == 0


def _runs(path: str) -> bool:
    """Whether it is a browser: some distributions have a script there that only tells of a snap."""
    try:
        result = subprocess.run([path, "--version"], capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return result.returncode == 0


def main() -> None:
    """Make sure that there is a browser; exit 1 with advice if there can be none."""
    if find() is not None:
        return
    print("Installing Chromium for the tests; this happens once …", file=sys.stderr)  # noqa: T201
    if install() is None:
        sys.exit(_ADVICE)


if __name__ == "__main__":
    main()
