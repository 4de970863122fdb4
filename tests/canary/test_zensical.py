"""Life after Material: Zensical makes the same site of an export as MkDocs does with our plugin.

Run by `make canary`, weekly in CI, with the newest Zensical: what a release of it breaks is known
long before anybody depends on it. What was found is told in docs/after-material.md.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import chromium
import pytest
from comparing import differences, files_of
from playwright.sync_api import expect, sync_playwright
from readers import DESK, Reader
from sitehost import ENVIRONMENT, PROJECT, BuiltSite, build, copy_project, serve

pytestmark = pytest.mark.canary

ZENSICAL = Path(os.environ.get("BROADSHEET_ZENSICAL", PROJECT / ".cache/canary/bin/zensical"))
DIGESTS = {
    "2025-03-11.txt": """\
# Diffusion Models for Ornithopters
Authors: Ada Lovelace; Kurt Gödel

Diffusion models make ornithopters fly, see arXiv:2403.01234 and https://github.com/example/code.

# Large Language Models (LLM) in $O(n^2)$ time
Authors: Ada Lovelace

We show that large language models (LLM) reason about $x^2 + \\alpha$. An LLM is large.

A second paragraph: https://example.org/a_b_c?x=1&y=2

# 2026-03-11

Its title is a date.
""",
    "2025-03-12.txt": """\
# <script>alert(1)</script> & "Quotes": {{ 7 * 7 }} {% include "x" %} of `code`
Authors: Ada Lovelace; J. R. <b>Smith</b>

**bold** [x](javascript:alert(1)) <![> :smile: [^1] ++key++ ==mark== --- && &amp; <img src=x>

# __config

An abstract about retrieval, called as the theme calls a part of its own.

# Diffusion Models for Ornithopters
Authors: Ada Lovelace; Kurt Gödel

Diffusion models make ornithopters fly, see arXiv:2403.01234 and https://github.com/example/code.

# 論文 über naïve Bienen\u200b

Bees are studied by reinforcement learning.
""",
}
NOTES = """\
---
title: "Notes: *all* & <more>"
description: 'A "quoted" <b>description</b>'
---

# Notes & more

[All](../tags/index.md), a [paper](../digests/2025-03-11.md#2026-03-11), [about][here],
<a href="../../feed.xml">news</a>, [another](other.md), ![a picture](pic.svg), `[code](../map.md)`.

| a | b |
|---|---|
| 1 | <kbd>2</kbd> |

[here]: <../about.md>

## Part two
"""
BY_HAND = {
    "notes/more.md": NOTES,
    "notes/other.md": "# Other\n\n[Back](more.md#part-two)\n",
    "notes/pic.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>\n',
    "own.css": "kbd { color: inherit }\n",
    "own.js": "document.documentElement.dataset.own = 1;\n",
    "permalinks.txt": "staff/ gone: nobody is left\nteam/ -> about/\n",
}
SETTINGS = {
    "not_in_nav: |\n": "not_in_nav: |\n  /notes/*.md\n",
    "extra:\n": "extra_css: [own.css]\nextra_javascript: [own.js]\nextra:\n"
    "  mail:\n    subscribe: https://list.example/join\n",
}
KINDS = (
    *("", "digests/", "digests/2025-03-11/", "digests/2025-03-12/source/"),
    *("papers/diffusion-models-for-ornithopters/", "papers/config/", "tags/", "authors/"),
    *("map/", "trends/", "glossary/", "saved/", "read/", "new/", "search/"),
    *("about/", "about/vocabulary/", "data/", "subscribe/", "problems/", "notes/more/"),
)


@dataclass(frozen=True, slots=True)
class Sites:
    """The same digests, built twice."""

    ours: Path
    theirs: Path
    log: str


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    """MkDocs' site with our plugin, and Zensical's of the export, sealed."""
    folder = tmp_path_factory.mktemp("canary")
    project = copy_project(folder / "project", DIGESTS)
    (project / "docs" / "notes").mkdir()
    for name, text in BY_HAND.items():
        (project / "docs" / name).write_text(text, encoding="utf-8")
    config = (project / "mkdocs.yml").read_text(encoding="utf-8")
    for before, after in SETTINGS.items():
        assert config.count(before) == 1
        config = config.replace(before, after)
    (project / "mkdocs.yml").write_text(config, encoding="utf-8")
    build(project, folder / "ours", strict=True)
    export = folder / "export"
    run(project, sys.executable, "-m", "generator", "export", str(export))
    log = run(export, str(ZENSICAL), "build", "--clean", "--strict")
    where = "import zensical; print(zensical.__path__[0])"
    theme = run(folder, str(ZENSICAL.with_name("python")), "-c", where).strip()
    site = str(export / "site")
    run(project, sys.executable, "-m", "generator", "seal", "--theme", f"{theme}/templates", site)
    return Sites(folder / "ours", export / "site", log)


@pytest.fixture(scope="module")
def served(sites: Sites) -> Iterator[BuiltSite]:
    """Zensical's site on this machine."""
    with serve(sites.theirs) as site:
        yield site


@pytest.fixture
def reader(served: BuiltSite) -> Iterator[Reader]:
    """Somebody at Zensical's site, who has nothing to complain about."""
    path = chromium.find()
    assert path is not None, "No Chromium: run `make canary`, which installs one."
    flags = [*chromium.FLAGS, *chromium.ALONE]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        opened = Reader(browser, served.url, DESK)
        yield opened
        opened.settle()
        opened.close()
        browser.close()
    assert opened.complaints == []


def run(where: Path, *command: str) -> str:
    done = subprocess.run(
        command,
        cwd=where,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{' '.join(command)} failed:\n{done.stdout}"
    return done.stdout


def test_zensical_has_nothing_to_say(sites: Sites) -> None:
    assert "No issues found" in sites.log


def test_the_sites_are_the_same(sites: Sites) -> None:
    assert list(differences(sites.ours, sites.theirs)) == []
    found = files_of(sites.theirs)
    assert {f"{address}index.html" for address in (*KINDS, "team/", "staff/")} <= found
    assert {"feed.xml", "papers.bib", "papers.json", "sitemap.xml", "opensearch.xml"} <= found


def test_every_page_has_its_policy_first(sites: Sites) -> None:
    first = re.compile(r'\s*<!doctype html>\s*<html[^>]*>\s*<head>\s*<meta http-equiv="Content-')
    pages = sorted(sites.theirs.rglob("*.html"))
    assert len(pages) > len(KINDS)
    lacking = [path for path in pages if not first.match(path.read_text(encoding="utf-8"))]
    assert [path.relative_to(sites.theirs).as_posix() for path in lacking] == []
    form = (sites.theirs / "subscribe" / "index.html").read_text(encoding="utf-8")
    assert "form-action 'self' https://list.example;" in form


def test_nothing_complains_on_any_kind_of_page(reader: Reader) -> None:
    for address in KINDS:
        reader.open(address)
        reader.settle()
        expect(reader.heading).to_have_count(1)
    reader.open("no/such/page/", missing=True)


@pytest.mark.parametrize("start", ["papers/config/", "about/"])
def test_the_search_finds_a_paper(reader: Reader, start: str) -> None:
    reader.open(start)
    reader.search("ornithopters", "keyboard")
    reader.results.first.click()
    expect(reader.heading).to_have_text("Diffusion Models for Ornithopters")
    assert reader.address == "papers/diffusion-models-for-ornithopters/"


def test_a_saved_paper_stands_on_the_list_of_saved_ones(reader: Reader) -> None:
    reader.open("papers/diffusion-models-for-ornithopters/")
    reader.page.locator("[data-act=save]").click()
    reader.page.get_by_role("link", name="Saved", exact=True).first.click()
    expect(reader.page.locator(".bs-main .bs-entry")).to_have_count(1)
    expect(reader.page.locator(".bs-main")).to_contain_text("Diffusion Models for Ornithopters")
