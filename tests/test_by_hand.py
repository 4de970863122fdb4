"""Pages by hand are kept from one build to the next, unless they may be others by now."""

from __future__ import annotations

import logging
import shutil
import sys
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from markdown import Markdown
from mkdocs.commands.build import build
from mkdocs.config import load_config

PAPER = "# Wombats learn to read\n\nThey read a great deal, as we show by counting.\n"
LAYOUT = """<title>{{ page.title }}</title>{% include "partials/end.html" %}
{% include "linked/part.html" %}{% include ".icons/star.svg" %}{{ config.site_author }}
{% for item in nav.items %}{{ item.meta.icon }}{% endfor %}
{% for item in nav.items %}<a href="{{ item.url | url }}">{{ item.title }}</a>{% endfor %}
<main>{{ page.content }}</main>
"""


class Mine:
    """A project with two pages by hand, and a theme of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings: dict[str, Any] = {"nav": [{"Newest": "index.md"}, "about.md", "more.md"]}
        self.name_places("a")
        self.write("docs/about.md", "# About\n\n[More](more.md) [list](digests/2025-03-01.txt)\n")
        self.write("docs/more.md", "# More\n\nMuch\nmore.\n")
        self.write("docs/vocabulary.yml", "")
        self.write("docs/digests/2025-03-01.txt", PAPER)
        self.write("overrides/partials/end.html", "{{ config.extra.end }}")
        self.write("overrides/.icons/star.svg", "<svg></svg>")
        self.write("elsewhere/part.html", "A part.")
        (folder / "overrides" / "linked").symlink_to("../elsewhere")
        for name in ("main", "404", "generated"):
            self.write(f"overrides/{name}.html", LAYOUT)

    def write(self, path: str, text: str) -> None:
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_text(text, "utf-8")

    def name_places(self, word: str) -> None:
        """Let headings have names of this word, by a function that stands beside the site."""
        module = ModuleType("names_of_places")
        module.__file__ = str(self.folder / "names_of_places.py")
        self.write("names_of_places.py", f"def name(text, _): return {word!r} + text\n")
        exec(Path(module.__file__).read_text("utf-8"), module.__dict__)  # noqa: S102
        sys.modules[module.__name__] = module
        self.settings["markdown_extensions"] = [{"toc": {"slugify": module.__dict__["name"]}}]

    def add_a_digest(self) -> None:
        self.write("docs/vocabulary.yml", "")
        self.write("docs/digests/2025-03-02.txt", PAPER.replace("Wombats", "Koalas"))

    def build(self, folder: Path | None = None, serve_url: str | None = None) -> dict[str, bytes]:
        folder = folder or self.folder
        (folder / "mkdocs.yml").touch()
        theme = {"custom_dir": str(folder / "overrides"), "static_templates": ["404.html"]}
        config = load_config(
            str(folder / "mkdocs.yml"),
            site_name="Mine",
            theme={"name": None, **theme},
            plugins=["broadsheet"],
            **deepcopy(self.settings),
        )
        build(config, serve_url=serve_url)
        site = folder / "site"
        files = sorted(path for path in site.rglob("*") if path.is_file())
        return {path.relative_to(site).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def mine(tmp_path: Path) -> Mine:
    return Mine(tmp_path / "mine")


@pytest.fixture
def converted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """First lines of what went through Markdown."""
    found: list[str] = []
    whole = Markdown.convert

    def convert(self: Markdown, source: str) -> str:
        found.extend(source.splitlines()[:1])
        return whole(self, source)

    monkeypatch.setattr(Markdown, "convert", convert)
    return found


def test_a_new_digest_lets_no_page_by_hand_be_made_again(mine: Mine, converted: list[str]) -> None:
    before = mine.build()
    assert {"# About", "# More"} <= {*converted}
    converted.clear()
    mine.add_a_digest()
    after = mine.build()
    assert converted == []
    assert "papers/koalas-learn-to-read/index.html" in after
    for path in ("about/index.html", "more/index.html", "404.html"):
        assert after[path] == before[path], path


def test_ends_of_lines_are_kept_as_they_were(mine: Mine) -> None:
    mine.settings["extra"] = {"end": "One line\r\nand another"}
    before = mine.build()["about/index.html"]
    mine.add_a_digest()
    assert mine.build()["about/index.html"] == before


CHANGES: dict[str, Callable[[Mine], object]] = {
    "a page": lambda mine: mine.write("docs/more.md", "# Even more\n"),
    "a setting": lambda mine: mine.settings.update(extra={"end": "The end"}),
    "a part of the layout": lambda mine: mine.write("overrides/partials/end.html", "Fin".ljust(22)),
    "a part behind a link": lambda mine: mine.write("elsewhere/part.html", "Another"),
    "a picture in the layout": lambda mine: mine.write("overrides/.icons/star.svg", "<svg/>"),
    "a setting that mkdocs.yml takes from elsewhere": lambda mine: mine.settings.update(
        site_author="Ana Ax"
    ),
    "what stands before a page in the navigation": lambda mine: mine.write(
        "docs/more.md", "---\nicon: moon\n---\n# More\n\nMuch\nmore.\n"
    ),
    "the navigation": lambda mine: mine.settings.update(nav=[{"Front": "index.md"}, "more.md"]),
    "an extension": lambda mine: mine.settings.update(markdown_extensions=["nl2br"]),
    "how a heading is linked": lambda mine: mine.settings.update(
        markdown_extensions=[{"toc": {"permalink": True}}]
    ),
    "how places are named, in a module of the site's own": lambda mine: mine.name_places("x"),
    "a page that is made here and linked": lambda mine: mine.write(
        "docs/more.md", "# More\n\n[Word](glossary/index.md#w)\n"
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=list(CHANGES))
def test_what_pages_by_hand_rest_on_lets_them_be_made_again(
    mine: Mine, tmp_path: Path, change: Callable[[Mine], object]
) -> None:
    before = mine.build()
    change(mine)
    mine.add_a_digest()
    after = mine.build()
    clean = tmp_path / "clean"
    leave_out = shutil.ignore_patterns("site", ".cache")
    shutil.copytree(mine.folder, clean, symlinks=True, ignore=leave_out)
    assert after == mine.build(clean)
    changed = [
        path
        for path in ("about/index.html", "more/index.html", "404.html")
        if after[path] != before[path]
    ]
    assert changed


@pytest.mark.parametrize("times", [1, 2])
def test_what_was_said_of_a_page_is_said_in_each_build(
    mine: Mine, caplog: pytest.LogCaptureFixture, times: int
) -> None:
    mine.write("docs/more.md", "# More\n\n[Nothing](nowhere.md)\n")
    for _ in range(times):
        caplog.clear()
        mine.build()
    assert "nowhere.md" in caplog.text


def test_a_digest_that_a_page_leads_to_is_missed(
    mine: Mine, caplog: pytest.LogCaptureFixture
) -> None:
    mine.build()
    mine.add_a_digest()
    (mine.folder / "docs" / "digests" / "2025-03-01.txt").unlink()
    caplog.clear()
    mine.build()
    assert "digests/2025-03-01.txt" in caplog.text


def test_pages_are_not_kept_where_others_have_a_part_in_them(
    mine: Mine, converted: list[str]
) -> None:
    mine.settings["markdown_extensions"] = ["codehilite"]  # As good as any that may look around.
    for _ in range(2):
        converted.clear()
        mine.build()
        assert "# About" in converted


def test_a_template_that_tells_the_day_is_asked_in_each_build(
    mine: Mine, converted: list[str]
) -> None:
    mine.write("overrides/partials/end.html", "{{ build_date_utc }}")
    for _ in range(2):
        converted.clear()
        mine.build()
        assert "# About" in converted


def test_a_draft_is_shown_in_each_preview(mine: Mine, caplog: pytest.LogCaptureFixture) -> None:
    mine.write("docs/draft.md", "# Draft\n\nNot yet.\n")
    mine.settings["draft_docs"] = "/draft.md"
    # With -q nothing is said of drafts, so that pages are kept all the same.
    caplog.set_level(logging.ERROR, "mkdocs")
    for _ in range(2):
        assert b"Not yet." in mine.build(serve_url="http://localhost/")["draft/index.html"]
