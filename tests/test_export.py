"""The way out: pages on disk that any builder of MkDocs sites can take."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from generator.export import MANIFEST, ExportError, export_site

PROJECT = Path(__file__).resolve().parents[1]
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
        "docs/digests/2025-03-11.md",
        "docs/digests/2025-03-11.txt",
        "docs/papers/a-paper.md",
        "docs/tags/index.md",
        "docs/authors/index.md",
        "docs/authors/ada-lovelace.md",
        "docs/search.md",
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
    assert settings["theme"] == {"name": "material", "font": False, "custom_dir": "overrides"}
    assert settings["docs_dir"] == "docs"
    assert settings["site_name"] == "Mine"


def test_plain_mkdocs_builds_the_export_without_a_warning(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    config = project / "mkdocs.yml"
    config.write_text(CONFIG.replace("key: !ENV [SECRET, none]", "key: none"), encoding="utf-8")
    export_site(config, out)
    build = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=out,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert build.returncode == 0, build.stderr
    page = (out / "site" / "papers" / "a-paper" / "index.html").read_text(encoding="utf-8")
    assert "Its abstract is here." in page


def test_a_second_export_takes_out_what_is_gone(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    export_site(project / "mkdocs.yml", out)
    (out / "mine.txt").write_text("keep", encoding="utf-8")
    digest = project / "texts" / "digests" / "2025-03-11.txt"
    digest.write_text("# Another Paper\n\nIts abstract.\n", encoding="utf-8")
    export_site(project / "mkdocs.yml", out)
    assert "docs/papers/another-paper.md" in files(out)
    assert "docs/papers/a-paper.md" not in files(out)
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


def test_the_projects_own_export_passes_a_strict_build(tmp_path: Path) -> None:
    out = tmp_path / "out"
    export_site(PROJECT / "mkdocs.yml", out)
    build = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=out,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert build.returncode == 0, build.stderr


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
