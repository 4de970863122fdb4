"""Pictures of the site: `python tests/browser/screenshots.py [--all DIR]`.

Without an option it renews the pictures in the README and in CONTRIBUTING. With `--all` it shoots
every kind of page on a phone and at a desk, light and dark, into a folder, for looking at.
"""

from __future__ import annotations

import argparse
import html
import os
import shutil
import subprocess
import sys
import tempfile
from itertools import product
from pathlib import Path

import chromium
from playwright.sync_api import Browser, sync_playwright
from readers import DESK, PHONE, SCHEMES, Reader, Scheme, Screen
from sitehost import PROJECT, BuiltSite, build, copy_project, identities, serve

PICTURE = PROJECT / "docs" / "images" / "screenshot.png"
ADDING = PICTURE.with_name("adding.png")
PASTE = PROJECT / "tests" / "data" / "dialects" / "arxiv-mail" / "2026-02-12.txt"
_TERMINAL = """<style>
pre {{ margin: 0; padding: 20px 24px; width: max-content; max-width: 790px; white-space: pre-wrap;
  color: #e9e4da; background: #171614; font: 14px/1.5 "DejaVu Sans Mono", Menlo, monospace }}
b {{ color: #e5a08f }}
</style><pre><b>$ make add ARGS=paste.txt</b>
{text}</pre>"""
_README = Screen("readme", 1280, 800)


def main() -> None:
    """Build the site into a temporary folder and take the pictures."""
    parser = argparse.ArgumentParser(description="Take pictures of the site.")
    parser.add_argument("--all", type=Path, metavar="DIR", help="every kind of page, into DIR")
    folder: Path | None = parser.parse_args().all
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        path = chromium.find()
        browser = playwright.chromium.launch(executable_path=path, args=list(chromium.FLAGS))
        built = Path(temporary, "site")
        build(_authored(Path(temporary, "copy")) if folder else PROJECT, built, strict=False)
        with serve(built) as site:
            if folder is None:
                PICTURE.parent.mkdir(exist_ok=True)
                shoot(browser, site, "home", _README, "light", PICTURE)
                shoot_adding(browser, Path(temporary))
            else:
                folder.mkdir(parents=True, exist_ok=True)
                for kind, screen, scheme in product(site.kinds(), (PHONE, DESK), SCHEMES):
                    picture = folder / f"{kind}-{screen.name}-{scheme}.png"
                    shoot(browser, site, kind, screen, scheme, picture)
        browser.close()


def _authored(copy: Path) -> Path:
    """Copy the project with what makes all kinds of pages."""
    seed = PROJECT / "tests" / "data" / "seed" / "2025-03-11.txt"
    digest = seed.read_text(encoding="utf-8")
    return copy_project(copy, {seed.name: digest, "identities.yml": identities(digest)})


def shoot(
    browser: Browser, site: BuiltSite, kind: str, screen: Screen, scheme: Scheme, picture: Path
) -> None:
    """Take one picture of what a reader sees first."""
    reader = Reader(browser, site.url, screen, scheme)
    reader.open(site.kinds()[kind], missing=kind == "404")
    reader.page.screenshot(path=picture, animations="disabled")
    reader.close()


def shoot_adding(browser: Browser, folder: Path) -> None:
    """Take the picture of what `broadsheet add` says of a paste."""
    project = folder / "project"
    (project / "docs" / "digests").mkdir(parents=True)
    shutil.copy(PROJECT / "docs" / "vocabulary.yml", project / "docs")
    shutil.copy(PASTE, project / "paste.txt")
    done = subprocess.run(
        [sys.executable, "-m", "generator", "add", "--yes", "paste.txt"],
        cwd=project,
        env={**os.environ, "COLUMNS": "84", "PYTHONPATH": str(PROJECT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    page = browser.new_page(viewport={"width": 840, "height": 100}, device_scale_factor=1.5)
    page.set_content(_TERMINAL.format(text=html.escape(done.stdout)))
    page.locator("pre").screenshot(path=ADDING)
    page.close()


if __name__ == "__main__":
    main()
