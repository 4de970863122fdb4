"""The way out: pages on disk that any builder of MkDocs sites can take."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from comparing import differences
from sitehost import copy_project

from generator.export import MANIFEST, ExportError, export_site

DIGEST = """\
# A Paper
Authors: Ada Lovelace

Its abstract is here.

# Another
Authors: Ada Lovelace

This one has another one.
"""
CONFIG = """\
site_name: Mine
docs_dir: texts
site_dir: out
theme:
  name: material
  custom_dir: theirs
  font: false
plugins:
  - search
  - broadsheet
extra:
  key: !ENV [SECRET, none]
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    (root / "texts" / "digests").mkdir(parents=True)
    (root / "theirs").mkdir()
    (root / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    (root / "theirs" / "main.html").write_text('{% extends "base.html" %}', encoding="utf-8")
    (root / "texts" / "about.md").write_text("# About\n", encoding="utf-8")
    (root / "texts" / "vocabulary.yml").write_text("", encoding="utf-8")
    (root / "texts" / "digests" / "2025-03-11.txt").write_text(DIGEST, encoding="utf-8")
    return root


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_every_page_and_every_file_by_hand_is_written(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    export_site(project / "mkdocs.yml", out)
    assert files(out) >= {
        MANIFEST,
        "mkdocs.yml",
        "overrides/main.html",
        "docs/about.md",
        "docs/index.md",
        "docs/digests/2025-03-11/index.md",
        "docs/digests/2025-03-11.txt",
        "docs/papers/a-paper/index.md",
        "docs/tags/index.md",
        "docs/authors/index.md",
        "docs/authors/ada-lovelace/index.md",
        "docs/search/index.md",
        "docs/search/data/root.bin",
    }


def test_what_is_exported_can_be_searched_as_the_site_can(project: Path, tmp_path: Path) -> None:
    docs = project / "texts"
    (docs / "more").mkdir()
    (docs / "more" / "index.md").write_text("# More\n\nOf ornithopters.\n", encoding="utf-8")
    (docs / "draft.md").write_text("# Draft\n\nOf wyverns.\n", encoding="utf-8")
    with (project / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write("exclude_docs: |\n  /draft.md\n")
    out = tmp_path / "out"
    export_site(project / "mkdocs.yml", out)
    packed = (out / "docs" / "search" / "data").rglob("*.bin")
    index = b"".join(gzip.decompress(path.read_bytes()) for path in packed)
    assert b"ornithopters" in index
    assert b"more/\tOf" in index
    assert b"wyverns" not in index


def test_the_configuration_loses_our_plugin_and_nothing_else(project: Path, tmp_path: Path) -> None:
    export_site(project / "mkdocs.yml", tmp_path / "out")
    text = (tmp_path / "out" / "mkdocs.yml").read_text(encoding="utf-8")
    assert "!ENV [SECRET, none]" in text
    settings = yaml.safe_load(text.replace("!ENV ", ""))
    assert settings["plugins"] == ["search"]
    theme = {"name": "material", "font": False, "custom_dir": "overrides", "variant": "classic"}
    assert settings["theme"] == theme
    assert settings["docs_dir"] == "docs"
    assert settings["site_name"] == "Mine"


HAND_WRITTEN = """\
# More

[All](../tags/index.md), a [paper](../digests/2025-03-11.md#a-paper), [about][here],
<a href="../../feed.xml">news</a>, a [sibling](other.md),
![a picture](pic.svg), `[code](../map.md)`.

```
[more code](../map.md)
```

[here]: <../about.md>
"""


def build(project: Path, *options: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", *options],
        cwd=project,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_plain_mkdocs_makes_the_same_site_of_an_export(tmp_path: Path) -> None:
    project, out = tmp_path / "project", tmp_path / "out"
    copy_project(project, {"2025-03-11.txt": DIGEST})
    docs = project / "docs"
    (docs / "permalinks.txt").write_text("old/ -> about/\nstaff/ gone: left\n", encoding="utf-8")
    (docs / "notes").mkdir()
    (docs / "notes" / "more.md").write_text(HAND_WRITTEN, encoding="utf-8")
    (docs / "notes" / "other.md").write_text("# Other\n", encoding="utf-8")
    (docs / "notes" / "pic.svg").write_text("<svg/>", encoding="utf-8")
    config = (project / "mkdocs.yml").read_text(encoding="utf-8")
    config = config.replace('!ENV [SITE_URL, ""]', "https://example.org/lib/")
    policy = "  - broadsheet:\n      policy:\n        img-src: [https://images.example]\n"
    config = config.replace("  - broadsheet\n", policy)
    config = config.replace("not_in_nav: |\n", "not_in_nav: |\n  /notes/*.md\n")
    (project / "mkdocs.yml").write_text(config, encoding="utf-8")
    build(project)

    _, problems = export_site(project / "mkdocs.yml", out)
    assert problems == ()
    build(out)
    # MkDocs has no policy for pages by hand, but they say the same.
    assert list(differences(project / "site", out / "site")) == []
    page = (out / "site" / "papers" / "a-paper" / "index.html").read_text(encoding="utf-8")
    assert "https://images.example" in page
    assert "old/index.html" in files(out / "site")


def test_pages_by_hand_move_only_for_addresses_within_their_html(
    project: Path, tmp_path: Path
) -> None:
    docs = project / "texts"
    (docs / "plain.md").write_text("# Plain\n\n[About](about.md)\n", encoding="utf-8")
    elsewhere = (
        '<a href="https://example.org/">x</a> <a class=y href = "#z">x</a> <img src=/w.png>\n'
    )
    (docs / "elsewhere.md").write_text(elsewhere, encoding="utf-8")
    (docs / "html.md").write_text('# A\n\n<a href="../feed.xml">x</a>\n', encoding="utf-8")
    out = tmp_path / "out"
    export_site(project / "mkdocs.yml", out)
    assert {"docs/plain.md", "docs/elsewhere.md", "docs/html/index.md"} <= files(out)
    assert "docs/html.md" not in files(out)


def test_an_address_that_would_vanish_is_a_problem_of_the_export(
    project: Path, tmp_path: Path
) -> None:
    (project / "texts" / "permalinks.txt").write_text("papers/lost/\n", encoding="utf-8")
    _, problems = export_site(project / "mkdocs.yml", tmp_path / "out")
    assert any("papers/lost/" in problem.message for problem in problems)


def test_no_old_address_hides_a_file_of_the_export(project: Path, tmp_path: Path) -> None:
    (project / "texts" / "permalinks.txt").write_text("feed.xml/ -> map/\n", encoding="utf-8")
    with pytest.raises(ExportError, match=r"feed\.xml/ would hide"):
        export_site(project / "mkdocs.yml", tmp_path / "out")


def test_feeds_have_the_address_that_the_environment_names(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = project / "mkdocs.yml"
    config.write_text(f'{CONFIG}site_url: !ENV [HERE, ""]\n', encoding="utf-8")
    out = tmp_path / "out"
    export_site(config, out)
    assert "site_url" not in (out / "mkdocs.yml").read_text(encoding="utf-8")
    monkeypatch.setenv("HERE", "https://example.org/lib")
    export_site(config, out)
    assert "https://example.org/lib/papers/a-paper/" in (out / "docs" / "feed.xml").read_text(
        "utf-8"
    )
    assert "https://example.org/lib" in (out / "mkdocs.yml").read_text(encoding="utf-8")
    assert "<lastmod>2025-03-11<" in (out / "overrides" / "sitemap.xml").read_text("utf-8")


def test_a_second_export_takes_out_what_is_gone(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    export_site(project / "mkdocs.yml", out)
    (out / "mine.txt").write_text("keep", encoding="utf-8")
    digest = project / "texts" / "digests" / "2025-03-11.txt"
    digest.write_text("# Another Paper\n\nIts abstract.\n", encoding="utf-8")
    export_site(project / "mkdocs.yml", out)
    assert "docs/papers/another-paper/index.md" in files(out)
    assert "docs/papers/a-paper/index.md" not in files(out)
    assert "mine.txt" in files(out)


def test_a_list_that_points_out_of_the_folder_deletes_nothing(
    project: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    export_site(project / "mkdocs.yml", out)
    victim = tmp_path / "victim.txt"
    victim.write_text("keep", encoding="utf-8")
    with (out / MANIFEST).open("a", encoding="utf-8") as manifest:
        manifest.write(f"../victim.txt\n{victim}\n")
    export_site(project / "mkdocs.yml", out)
    assert victim.exists()


def test_somebody_elses_folder_is_refused(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(ExportError, match="not empty"):
        export_site(project / "mkdocs.yml", out)
    assert files(out) == {"thesis.txt"}


def test_a_folder_within_the_documents_is_refused(project: Path) -> None:
    with pytest.raises(ExportError, match="outside"):
        export_site(project / "mkdocs.yml", project / "texts" / "out")


def test_a_configuration_that_is_no_yaml_is_refused(project: Path, tmp_path: Path) -> None:
    (project / "mkdocs.yml").write_text("a: [", encoding="utf-8")
    with pytest.raises(ExportError, match="not YAML"):
        export_site(project / "mkdocs.yml", tmp_path / "out")


def test_a_linked_folder_within_the_export_is_not_followed(project: Path, tmp_path: Path) -> None:
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "victim").write_text("keep", encoding="utf-8")
    export_site(project / "mkdocs.yml", out)
    (out / "sub").symlink_to(elsewhere, target_is_directory=True)
    with (out / MANIFEST).open("a", encoding="utf-8") as manifest:
        manifest.write("sub/victim\n")
    export_site(project / "mkdocs.yml", out)
    assert (elsewhere / "victim").exists()


def test_a_list_that_is_no_text_is_refused(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / MANIFEST).write_bytes(b"\xff\xfe")
    with pytest.raises(ExportError, match="not what an export wrote"):
        export_site(project / "mkdocs.yml", out)


def test_a_link_out_of_the_project_is_refused(project: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    (project / "texts" / "secret.txt").symlink_to(secret)
    with pytest.raises(ExportError, match="link to a file outside"):
        export_site(project / "mkdocs.yml", tmp_path / "out")
