"""Pictures of the site: `python tests/browser/screenshots.py [--all DIR]`.

Without an option it renews the picture in the README. With `--all` it shoots every kind of page on
a phone and at a desk, light and dark, into a folder, for looking at.
"""

from __future__ import annotations

import argparse
import tempfile
from itertools import product
from pathlib import Path

import chromium
from playwright.sync_api import Browser, sync_playwright
from readers import DESK, PHONE, SCHEMES, Reader, Scheme, Screen
from sitehost import PROJECT, BuiltSite, build, serve

PICTURE = PROJECT / "docs" / "images" / "screenshot.png"
_README = Screen("readme", 1280, 800)


def main() -> None:
    """Build the site into a temporary folder and take the pictures."""
    parser = argparse.ArgumentParser(description="Take pictures of the site.")
    parser.add_argument("--all", type=Path, metavar="DIR", help="every kind of page, into DIR")
    folder: Path | None = parser.parse_args().all
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        path = chromium.find()
        browser = playwright.chromium.launch(executable_path=path, args=list(chromium.FLAGS))
        build(PROJECT, Path(temporary), strict=False)
        with serve(Path(temporary)) as site:
            if folder is None:
                PICTURE.parent.mkdir(exist_ok=True)
                shoot(browser, site, "home", _README, "light", PICTURE)
            else:
                folder.mkdir(parents=True, exist_ok=True)
                for kind, screen, scheme in product(site.kinds(), (PHONE, DESK), SCHEMES):
                    picture = folder / f"{kind}-{screen.name}-{scheme}.png"
                    shoot(browser, site, kind, screen, scheme, picture)
        browser.close()


def shoot(
    browser: Browser, site: BuiltSite, kind: str, screen: Screen, scheme: Scheme, picture: Path
) -> None:
    """Take one picture of what a reader sees first."""
    reader = Reader(browser, site.url, screen, scheme)
    reader.open(site.kinds()[kind], missing=kind == "404")
    reader.page.screenshot(path=picture, animations="disabled")
    reader.close()


if __name__ == "__main__":
    main()
