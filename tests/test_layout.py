"""A page in its layout, whatever was made once for several pages, and what it rests on."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from jinja2 import Environment, FileSystemLoader

from generator.layout import Layout, frame_of
from generator.model import Page

OVERRIDES = Path(__file__).resolve().parents[1] / "overrides"
THEME = SimpleNamespace(language="en", favicon="favicon.ico", logo="")
CONFIG = SimpleNamespace(
    site_name="Papers",
    site_description="",
    copyright="",
    theme=THEME,
    extra_css=[],
    extra_javascript=[],
)


def entry(title: str, url: str, *children: SimpleNamespace) -> SimpleNamespace:
    return SimpleNamespace(title=title, url=url or None, children=list(children))


NAV = SimpleNamespace(
    items=[
        SimpleNamespace(title="Newest", url="", children=None),
        entry("Digests", "digests/"),
        entry("Tags", "", entry("All", "tags/"), entry("Agents", "tags/agents/")),
        entry("Saved", "saved/"),
    ]
)
PATHS = (
    *("index.md", "digests/index.md", "digests/2025-03-11.md", "digests/2025-03-11/2.md"),
    *("papers/one.md", "papers/two.md", "tags/index.md", "tags/agents.md", "tags/agents/2.md"),
    *("tags/vision.md", "tags/agents-of-old.md", "saved.md", "read.md", "trends.md"),
)


def environment(folder: Path) -> Environment:
    loader = FileSystemLoader(folder)
    return Environment(loader=loader, trim_blocks=True, lstrip_blocks=True)  # noqa: S701


@pytest.fixture(scope="module")
def layout() -> Layout:
    env = environment(OVERRIDES)
    env.filters |= {"script_tag": str, "url": str}
    return Layout(env, {"config": CONFIG, "nav": NAV}, "https://papers.example/", b"")


@pytest.mark.parametrize("path", PATHS)
def test_a_page_has_the_header_that_it_would_have_alone(path: str, layout: Layout) -> None:
    text = layout.made(Page(path, {"title": "A page"}, "A page", "")).content.decode()
    url = text.partition('property=og:url href="https://papers.example/')[2].partition('"')[0]
    base = "/".join([".."] * url.count("/")) or "."
    page = SimpleNamespace(url=url, title="A page")
    for part in ("header", "footer"):
        made = (
            environment(OVERRIDES)
            .get_template(f"partials/{part}.html")
            .render(config=CONFIG, nav=NAV, page=page, base_url=base)
        )
        assert made in text


def test_a_template_that_takes_in_its_own_header_needs_no_other(tmp_path: Path) -> None:
    (tmp_path / "generated.html").write_text("<p>{{ page.title }}</p>{{ page.content }}", "utf-8")
    made = Layout(environment(tmp_path), {"config": CONFIG, "nav": NAV}, "", b"").made(
        Page("papers/one.md", {"title": "One"}, "One", "<p>Text")
    )
    assert made.content.startswith(b"<p>One</p>")


@pytest.mark.parametrize(
    ("layout", "counts"),
    [
        ("{% include 'a.css' %}", True),
        ('{%- include "styles/a.css" ignore missing -%}', True),
        ("{% include ['part.html', 'a.css'] %}", True),
        ("{% include style %}", True),
        ("{% include 'part.html' %}<link rel=stylesheet href=a.css>", False),
    ],
)
def test_a_stylesheet_counts_where_it_stands_in_pages(
    tmp_path: Path, layout: str, counts: bool
) -> None:
    (tmp_path / "main.html").write_text(layout, "utf-8")
    style = tmp_path / "a.css"
    style.write_text("p {}", "utf-8")
    before = frame_of((), [tmp_path])
    style.write_text("b {}", "utf-8")
    assert (frame_of((), [tmp_path]) != before) == counts


@pytest.mark.parametrize("name", ["part.html", ".icons/star.svg", "linked/note.txt"])
def test_what_a_layout_may_take_in_counts_wherever_it_stands(tmp_path: Path, name: str) -> None:
    folder, elsewhere = tmp_path / "overrides", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.mkdir()
    (folder / "linked").symlink_to(elsewhere)
    (folder / "back").symlink_to(folder)
    (folder / name).parent.mkdir(exist_ok=True)
    frames = set()
    for text in ("One", "Two"):
        (folder / name).write_text(text, "utf-8")
        frames.add(frame_of((), [folder]))
    assert len(frames) == 2
