"""A project of a few papers, with a theme of its own: quick to build, and whole."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
SEED = PROJECT / "tests" / "data" / "seed" / "2025-03-11.txt"
SETTINGS = """\
site_name: Mine
site_description: All mine.
site_url: https://mine.example/papers/
nav:
  - Newest: index.md
  - about.md
theme:
  name: null
  custom_dir: overrides
  static_templates: [404.html]
plugins: [broadsheet]
"""
VOCABULARY = """\
- name: Vision
  slug: vision
  description: What can be seen.
- name: Diffusion models
  slug: diffusion-models
  description: Pictures out of noise.
  broader: vision
  phrases: [diffusion model, diffusion]
"""
LAYOUT = """\
<title>{{ page.title }} - {{ config.site_name }}</title>
{% for item in nav.items %}<a href="{{ item.url | url }}">{{ item.title }}</a>{% endfor %}
<main>{{ page.content }}</main>
"""
ENVIRONMENT = {
    **os.environ,
    "NO_MKDOCS_2_WARNING": "1",
    "DISABLE_MKDOCS_2_WARNING": "true",
    "PYTHONDONTWRITEBYTECODE": "1",
}


def papers() -> list[tuple[str, str]]:
    """Titles and abstracts of the first digest."""
    blocks = [block.strip() for block in SEED.read_text("utf-8").split("\n\n") if block.strip()]
    long = [at for at, block in enumerate(blocks) if len(block) > 400 and at]
    return [(blocks[at - 1], blocks[at]) for at in long if len(blocks[at - 1]) < 200]


def make(folder: Path) -> None:
    """Make the project: two digests, one page by hand."""
    docs, theme = folder / "docs", folder / "overrides"
    (docs / "digests").mkdir(parents=True)
    theme.mkdir()
    (folder / "mkdocs.yml").write_text(SETTINGS, "utf-8")
    for name in ("generated.html", "main.html", "404.html"):
        (theme / name).write_text(LAYOUT, "utf-8")
    (docs / "about.md").write_text("# About\n\n[Tags](tags/index.md), naïvely.\n", "utf-8")
    (docs / "vocabulary.yml").write_text(VOCABULARY, "utf-8")
    write(folder, "2025-03-01", papers()[:3])
    write(folder, "2025-03-02", papers()[3:6])


def write(folder: Path, day: str, texts: list[tuple[str, str]]) -> None:
    """Write a digest."""
    text = "\n\n".join(f"# {title}\n\n{abstract}" for title, abstract in texts)
    (folder / "docs" / "digests" / f"{day}.txt").write_text(f"{text}\n", "utf-8")


def edit(folder: Path) -> None:
    """Do what people do: a digest more, a paper less."""
    write(folder, "2025-03-02", papers()[4:6])
    write(folder, "2025-03-03", papers()[6:8])


def files_of(site: Path) -> dict[str, bytes]:
    """Return the content of all files of a site, by their path in it."""
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def restore(saved: Path, folder: Path) -> None:
    """Let a folder be as it was saved, times of change included."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(saved, folder, symlinks=True)
