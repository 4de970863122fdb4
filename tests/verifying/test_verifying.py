"""A built site that holds together, and the same with one fault of each kind planted in it."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from mkdocs.commands.build import build
from mkdocs.config import load_config

from generator.cli import main
from generator.verifying import verify
from generator.verifying.faults import KINDS

URL = "https://mine.example/papers/"
LAYOUT = """<!doctype html><html lang="en"><head><title>{{ page.title or "Mine" }}</title>
{% if page.canonical_url %}<link rel="canonical" href="{{ page.canonical_url }}">{% endif %}
<link rel="stylesheet" href="{{ base_url }}/look.css">
<script type="module" src="{{ base_url }}/a.js"></script></head><body>
<label for="field">Find</label><input id="field">
<img src="{{ base_url }}/dot.svg" srcset="{{ base_url }}/dot.svg 2x" alt="A dot">
{% for to in ["", "digests/", "tags/", "map/", "trends/", "glossary/", "saved/", "read/", "new/",
  "search/", "about/", "about/vocabulary/"] %}<a href="{{ base_url }}/{{ to }}">Go</a>{% endfor %}
<main>{{ page.content }}</main></body></html>
"""
DIGEST = "# Bees Dance\n\nWe film a bee in four hives.\n\n# Ants March\n\nWe follow an ant home.\n"
TAGS = "- {name: Bees, slug: bees, description: Of bees., phrases: [bee]}\n"
PAPER = "papers/bees-dance/index.html"
ABOUT = "about/index.html"


def made(folder: Path, url: str) -> Path:
    docs, theme = folder / "docs", folder / "overrides"
    (docs / "digests").mkdir(parents=True)
    theme.mkdir()
    for name in ("main.html", "generated.html"):
        (theme / name).write_text(LAYOUT, "utf-8")
    (theme / "look.css").write_text("main {\n  background: url(dot.svg);\n}\n", "utf-8")
    (theme / "a.js").write_text('import "./b.js";\nfetch(new URL("index.json", root));\n', "utf-8")
    (theme / "b.js").write_text('new Worker(new URL("a.js", import.meta.url));\n', "utf-8")
    (theme / "assets" / "images").mkdir(parents=True)
    for picture in ("dot.svg", "assets/images/favicon.svg"):
        (theme / picture).write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", "utf-8")
    (docs / "about.md").write_text("# About\n\n## Whose\n\n[Here](#whose), [tags](tags/index.md)\n")
    (docs / "vocabulary.yml").write_text(TAGS, "utf-8")
    (docs / "permalinks.txt").write_text("papers/old/ -> papers/bees-dance/\ntags/x/ gone: why\n")
    (docs / "digests" / "2025-03-11.txt").write_text(DIGEST, "utf-8")
    (folder / "mkdocs.yml").touch()
    config = load_config(
        str(folder / "mkdocs.yml"),
        site_name="Mine",
        site_url=url,
        site_dir=str(folder / "site"),
        exclude_docs="/permalinks.txt\n/vocabulary.yml",
        theme={"name": None, "custom_dir": str(theme)},
        plugins=["broadsheet"],
    )
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    return folder / "site"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("whole"), URL)


@pytest.fixture(scope="module")
def placeless(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("placeless"), "")


@pytest.fixture
def site(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "site"))


Plant = Callable[[Path], None]


def added(path: str, html: str) -> Plant:
    """Put something at the end of a page's body."""
    return swapped(path, "</main>", f"{html}</main>")


def swapped(path: str, old: str, new: str) -> Plant:
    def plant(site: Path) -> None:
        file = site / path
        text = file.read_text("utf-8")
        assert old in text, f"{path} has no {old}"
        file.write_text(text.replace(old, new, 1), "utf-8")
        if path == "sitemap.xml":
            (site / "sitemap.xml.gz").write_bytes(gzip.compress(file.read_bytes()))

    return plant


def removed(pattern: str) -> Plant:
    def plant(site: Path) -> None:
        (found,) = site.glob(pattern)
        found.unlink()

    return plant


def written(path: str, content: str | bytes) -> Plant:
    def plant(site: Path) -> None:
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(content if isinstance(content, bytes) else content.encode())

    return plant


def spoilt(pattern: str) -> Plant:
    def plant(site: Path) -> None:
        (found,) = site.glob(pattern)
        found.write_bytes(found.read_bytes() + b"\0")

    return plant


def moved_entry(path: str, old: str, new: str) -> Plant:
    return swapped(path, f"{URL}{old}", f"{URL}{new}")


PAGE = '<!doctype html><html lang="en"><title>A</title><meta name="robots" content="noindex">'
PLANTS: list[tuple[str, str, Plant]] = [
    ("link", PAPER, added(PAPER, '<a href="../ants-marched/">Gone</a>')),
    ("link", PAPER, added(PAPER, '<a href="../../no.txt?a=1">Gone</a>')),
    ("link", PAPER, added(PAPER, f'<a href="{URL}no/">Gone</a>')),
    ("link", PAPER, added(PAPER, '<a href="/papers/no/">Gone</a>')),
    ("link", PAPER, added(PAPER, '<img src="no.png" alt="">')),
    ("link", PAPER, added(PAPER, '<img srcset="../../dot.svg 1x, no.png 2x" alt="">')),
    ("link", PAPER, added(PAPER, '<form action="../../find/"></form>')),
    ("link", PAPER, added(PAPER, '<video poster="no.png"></video>')),
    ("link", PAPER, added(PAPER, '<svg><use href="no.svg#a"/></svg>')),
    ("link", PAPER, added(PAPER, "<p style=\"background: url('no.png')\"></p>")),
    ("link", PAPER, added(PAPER, "<style>p { background: url(no.png) }</style>")),
    ("link", PAPER, swapped(PAPER, "look.css", "lock.css")),
    ("link", PAPER, swapped(PAPER, "a.js", "z.js")),
    ("link", PAPER, added(PAPER, '<meta property="og:image" content="no.png">')),
    ("slash", PAPER, added(PAPER, '<a href="../ants-march">Slow</a>')),
    ("outside", PAPER, added(PAPER, '<a href="../../../etc/">Out</a>')),
    ("outside", PAPER, added(PAPER, '<a href="/elsewhere/">Out</a>')),
    ("scheme", PAPER, added(PAPER, '<a href=" java\nscript:alert(1)">Run</a>')),
    ("scheme", PAPER, added(PAPER, '<a rel="nofollow" href="javascript:alert(1)">Run</a>')),
    ("fragment", PAPER, added(PAPER, '<a href="#nowhere">There</a>')),
    ("fragment", PAPER, added(PAPER, '<a href="../../about/#whosoever">There</a>')),
    ("id", PAPER, added(PAPER, '<i id="field"></i>')),
    ("reference", PAPER, added(PAPER, '<label for="fields">Find</label>')),
    ("reference", PAPER, added(PAPER, '<p aria-labelledby="field fields"></p>')),
    ("alt", PAPER, added(PAPER, '<img src="../../dot.svg">')),
    ("title", ABOUT, swapped(ABOUT, "<title>About", "<title> ")),
    ("title", ABOUT, swapped(ABOUT, ' lang="en"', "")),
    ("canonical", PAPER, swapped(PAPER, f"{URL}papers/bees-dance/", f"{URL}papers/ants-march/")),
    ("canonical", PAPER, swapped(PAPER, '<link rel="canonical"', "<link")),
    ("moved", "papers/old/index.html", swapped("papers/old/index.html", "../bees-d", "../bees-b")),
    ("moved", "papers/old/index.html", swapped("papers/old/index.html", f'="{URL}', f'="{URL}a/')),
    ("moved", PAPER, added(PAPER, '<meta http-equiv="refresh" content="0; url=../old/">')),
    ("orphan", "lost/index.html", written("lost/index.html", LAYOUT.partition("{%")[0])),
    ("style", "look.css", swapped("look.css", "dot.svg", "dots.svg")),
    ("style", "look.css", swapped("look.css", "main", '@import "no.css"; main')),
    ("script", "a.js", swapped("a.js", "b.js", "c.js")),
    ("script", "a.js", swapped("a.js", "index.json", "indices.json")),
    ("script", "b.js", swapped("b.js", "a.js", "z.js")),
    ("feed", "feed.xml", moved_entry("feed.xml", "papers/bees-dance/", "papers/bees-dances/")),
    ("feed", "feed.xml", moved_entry("feed.xml", "feed.xml", "feeds.xml")),
    ("feed", "feed.json", moved_entry("feed.json", "papers/bees-dance/", "papers/b/")),
    ("feed", "feeds.opml", moved_entry("feeds.opml", "tags/bees/feed.xml", "tags/b/feed.xml")),
    ("feed", "opensearch.xml", moved_entry("opensearch.xml", "search/", "find/")),
    ("sitemap", "sitemap.xml", moved_entry("sitemap.xml", "tags/bees/", "tags/wasps/")),
    ("sitemap", "papers/old/index.html", moved_entry("sitemap.xml", "tags/bees/", "papers/old/")),
    ("sitemap", "sitemap.xml", swapped("sitemap.xml", URL, "https://other.example/")),
    ("sitemap", "sitemap.xml.gz", written("sitemap.xml.gz", gzip.compress(b""))),
    ("citation", "papers.bib", moved_entry("papers.bib", "papers/bees-dance/", "papers/b/")),
    ("citation", "papers.ris", moved_entry("papers.ris", "papers/bees-dance/", "papers/b/")),
    ("citation", "papers.csl.json", moved_entry("papers.csl.json", "papers/bees-dance/", "b/")),
    ("data", "papers.json", moved_entry("papers.json", "papers/bees-dance/", "papers/b/")),
    ("data", "index.json", swapped("index.json", '"bees-dance"', '"b"')),
    ("data", "digests.json", swapped("digests.json", "2025-03-11", "2025-03-12")),
    ("data", PAPER, added(PAPER, '<script type="application/ld+json">{"url": "no/"}</script>')),
    ("index", "search/data/root.bin", removed("search/data/t0.*.bin")),
    ("index", "search/data/root.bin", removed("search/data/root.bin")),
    ("index", "search/data/root.bin", written("search/data/root.bin", "not packed")),
    ("index", "search/data/t0.*.bin", spoilt("search/data/t0.*.bin")),
    ("index", "search/data/x9.00000000.bin", written("search/data/x9.00000000.bin", "")),
    ("form", "papers.json", written("papers.json", "{")),
    ("form", "feed.xml", swapped("feed.xml", "</feed>", "")),
    ("form", "papers.json", written("papers.json", "[" * 100_000)),
    ("form", PAPER, swapped(PAPER, "</main></body></html>", "")),
    ("form", "odd.html", lambda site: (site / "odd.html").symlink_to("nowhere.html")),
    ("form", "sitemap.xml", removed("sitemap.xml.gz")),
    ("form", PAPER, added(PAPER, '<script type="application/ld+json">{"url"}</script>')),
]  # fmt: skip


def test_a_site_that_was_built_has_no_fault(whole: Path, placeless: Path) -> None:
    for site in (whole, placeless):
        report = verify(site)
        assert report.faults == []
        assert report.pages > 12
        assert report.named > 200


@pytest.mark.parametrize(
    ("kind", "path", "plant"),
    PLANTS,
    ids=[f"{kind}-{at}" for at, (kind, _, _) in enumerate(PLANTS)],
)
def test_a_planted_fault_is_found_where_it_is(
    kind: str, path: str, plant: Plant, site: Path
) -> None:
    plant(site)
    told = [(fault.kind, fault.path) for fault in verify(site).faults]
    assert any(found == kind and Path(where).match(path) for found, where in told), told


def test_a_fault_of_each_kind_is_planted() -> None:
    assert {kind for kind, _, _ in PLANTS} == set(KINDS)


def test_links_that_came_with_a_digest_are_their_supplier_s(site: Path) -> None:
    added(PAPER, f'<a rel="nofollow noopener" href="{URL}no/">Code</a>')(site)
    added(PAPER, '<a href="https://other.example/no">Else</a><a href="mailto:a@b.example">M</a>')(
        site
    )
    assert verify(site).faults == []


def test_the_command_tells_faults_with_their_lines(site: Path, tmp_path: Path) -> None:
    def run(*arguments: str) -> tuple[int, str, str]:
        result = CliRunner().invoke(main, ["verify", *arguments], catch_exceptions=False)
        return result.exit_code, result.stdout, result.stderr

    assert run(str(site)) == (0, "", run(str(site))[2])
    added(ABOUT, '\n\n<a href="no\x1b[31m/">No</a>')(site)
    code, out, _ = run(str(site))
    assert code == 1
    assert out.startswith("about/index.html:")
    assert "error[link]" in out
    assert "\x1b" not in out
    (tmp_path / "empty").mkdir()
    assert run(str(tmp_path / "empty"))[0] == 2
    assert run("--site-url", "https://mine.example/other", str(site))[0] == 1
