"""What all pages rest on: settings, and what their layout takes in."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.layout import frame_of


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
