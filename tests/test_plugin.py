"""Digests in a site that MkDocs builds: pages, navigation, problems, and the same bytes twice."""

from __future__ import annotations

import atexit
import gc
import gzip
import logging
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.structure.files import Files

PROJECT = Path(__file__).resolve().parents[1]
GOOD = "# A Paper\n\nIts abstract is here.\n\n# Same Again\n\nSame again\n"
BAD = "# A Title Without Anything Below\n\n# Another Paper\n\nIts abstract is here.\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "docs" / "digests").mkdir(parents=True)
    (tmp_path / "docs" / "about.md").write_text("# About\n", encoding="utf-8")
    (tmp_path / "docs" / "vocabulary.yml").write_text("", encoding="utf-8")
    (tmp_path / "docs" / "digests" / "2025-03-11.txt").write_text(GOOD, encoding="utf-8")
    return tmp_path


def config_of(project: Path, **settings: Any) -> MkDocsConfig:
    file = project / "mkdocs.yml"
    file.touch()
    return load_config(
        str(file),
        site_name="Mine",
        site_url="https://mine.example/papers/",
        nav=["index.md", {"More": ["tags/index.md"]}, "about.md"],
        **{"plugins": ["broadsheet"], "theme": {"name": "material", "font": False}, **settings},
    )


def built(project: Path, folder: str = "site", **settings: Any) -> dict[str, bytes]:
    site = project / folder
    config = config_of(project, site_dir=str(site), **settings)
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def test_every_address_is_a_page(project: Path) -> None:
    files = built(project, strict=True)
    assert {
        "index.html",
        "digests/index.html",
        "digests/2025-03-11/index.html",
        "digests/2025-03-11.txt",
        "papers/a-paper/index.html",
        "papers/same-again/index.html",
        "tags/index.html",
        "about/index.html",
        "about/vocabulary/index.html",
    } <= set(files)


def test_papers_stay_out_of_the_navigation(project: Path) -> None:
    page = built(project)["about/index.html"].decode()
    assert 'href="../tags/"' in page
    assert "papers/a-paper" not in page


def searched(files: dict[str, bytes]) -> bytes:
    """All that the index of the search holds, unpacked."""
    return b"".join(
        gzip.decompress(files[name]) for name in files if name.startswith("search/data/")
    )


def test_pages_by_hand_can_be_found_unless_they_ask_not_to_be(project: Path) -> None:
    (project / "docs" / "about.md").write_text("# About\n\nWe **love** ornithopters.\n", "utf-8")
    hidden = "---\nsearch:\n  exclude: true\n---\n# Hidden\n\nAll about wyverns.\n"
    (project / "docs" / "hidden.md").write_text(hidden, "utf-8")
    (project / "docs" / "gone.md").write_text("# Gone\n\nAll about basilisks.\n", "utf-8")
    index = searched(built(project, exclude_docs="/gone.md"))
    assert b"ornithopters" in index
    assert b"wyverns" not in index
    assert b"basilisks" not in index


def test_a_digest_s_file_is_published_as_it_is_and_as_it_becomes(project: Path) -> None:
    (project / "docs" / "about.md").write_text(
        "# About\n\n[One](digests/2025-03-11.txt)\n", "utf-8"
    )
    file = project / "docs" / "digests" / "2025-03-11.txt"
    for text in (GOOD, GOOD, BAD):
        file.write_text(text, encoding="utf-8")
        files = built(project)
        assert files["digests/2025-03-11.txt"] == text.encode()
        assert b'href="../digests/2025-03-11.txt"' in files["about/index.html"]
    assert "digests/2025-03-11.txt" not in built(project, exclude_docs="/digests/*.txt")
    file.unlink()
    assert "digests/2025-03-11.txt" not in built(project)


def test_nothing_of_the_theme_s_own_search_is_published(project: Path) -> None:
    files = set(built(project))
    assert "search/data/root.bin" in files
    assert "search/search_index.json" not in files
    assert not [name for name in files if "lunr" in name or "workers/" in name]


def test_a_site_that_keeps_the_theme_s_search_gets_it_whole(project: Path) -> None:
    files = set(built(project, plugins=["search", "broadsheet"]))
    assert "search/search_index.json" in files
    assert [name for name in files if "workers/search" in name]


def test_a_strict_build_fails_on_what_was_left_out(
    project: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (project / "docs" / "digests" / "2025-03-12.txt").write_text(BAD, encoding="utf-8")
    with pytest.raises(Abort):
        built(project, strict=True)
    warnings = [r.getMessage() for r in caplog.records if r.levelno == logging.WARNING]
    assert any("2025-03-12.txt:1: error[B" in message for message in warnings)


def test_one_bad_paper_does_not_take_the_others_down(project: Path) -> None:
    (project / "docs" / "digests" / "2025-03-12.txt").write_text(BAD, encoding="utf-8")
    (project / "docs" / "digests" / "2025-03-13.txt").write_bytes(b"\xff\xfe\x00")
    assert "papers/another-paper/index.html" in built(project)


def test_a_strict_build_passes_when_something_is_only_doubtful(
    project: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        built(project, strict=True)
    assert any("2025-03-11.txt:7: warning[B107]: " in r.getMessage() for r in caplog.records)


def test_the_same_input_gives_the_same_bytes(project: Path) -> None:
    assert built(project, "one") == built(project, "two")


def test_the_sitemap_is_dated_by_the_digests(project: Path) -> None:
    sitemap = built(project)["sitemap.xml"].decode()
    by_hand_or_by_the_reader = ("/about/<", "/saved/<", "/read/<", "/new/<", "/search/<")
    dated = [
        entry
        for entry in sitemap.split("<url>")[1:]
        if not any(place in entry for place in by_hand_or_by_the_reader)
    ]
    assert len(dated) == 11
    assert all("<lastmod>2025-03-11</lastmod>" in entry for entry in dated)
    assert sitemap.count("<lastmod>") == len(dated), "a page by hand has no day of its own"


def test_a_page_by_hand_at_one_of_our_addresses_is_put_aside_with_a_word(
    project: Path, caplog: pytest.LogCaptureFixture
) -> None:
    papers = project / "docs" / "papers"
    papers.mkdir()
    (papers / "a-paper.md").write_text("# By hand\n", encoding="utf-8")
    files = built(project)
    assert b"Its abstract is here." in files["papers/a-paper/index.html"]
    assert any("papers/a-paper.md" in r.getMessage() for r in caplog.records)


def test_addresses_without_a_slash_are_refused(project: Path) -> None:
    config = config_of(project, use_directory_urls=False)
    with pytest.raises(ConfigurationError, match="use_directory_urls"):
        build(config)


def test_no_heading_is_taken_for_a_part_of_the_page_that_scripts_look_for(project: Path) -> None:
    text = "# __config\n\nIts abstract is here.\n\n# BS keys\n\nAnother one is here.\n"
    (project / "docs" / "digests" / "2025-03-11.txt").write_text(text, encoding="utf-8")
    files = built(project)
    assert b"<h1>" in files["papers/config/index.html"]
    assert files["papers/config/index.html"].count(b'id="__config"') == 1
    assert b'id="bs-keys"' not in files["papers/paper-bs-keys/index.html"]


def test_a_site_without_digests_says_so_and_builds(project: Path) -> None:
    (project / "docs" / "digests" / "2025-03-11.txt").unlink()
    assert b"There is no digest yet" in built(project, strict=True)["index.html"]


@pytest.mark.parametrize("name", ["papers/a-paper/index.md", "tags.md", "README.md"])
def test_any_file_at_one_of_our_addresses_is_named(
    project: Path, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = project / "docs" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("# By hand\n", encoding="utf-8")
    built(project)
    warnings = [r.getMessage() for r in caplog.records if r.levelno == logging.WARNING]
    assert any(message.startswith(name) for message in warnings)


def test_a_link_out_of_the_documents_is_not_published(
    project: Path, caplog: pytest.LogCaptureFixture
) -> None:
    secret = project / "secret.txt"
    secret.write_text("Mar 12\n\n# A Secret\n\nNobody may read this.\n", encoding="utf-8")
    (project / "docs" / "digests" / "2025-03-12.txt").symlink_to(secret)
    files = built(project)
    assert not any(b"Nobody may read this" in content for content in files.values())
    assert any("2025-03-12.txt" in r.getMessage() for r in caplog.records)


def test_this_projects_own_site_passes_a_strict_build(tmp_path: Path) -> None:
    file = str(PROJECT / "mkdocs.yml")
    config = load_config(file, strict=True, site_dir=str(tmp_path / "site"))
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    assert (tmp_path / "site" / "index.html").is_file()


def test_the_first_digest_is_kept_as_it_was_supplied() -> None:
    kept = PROJECT / "docs" / "digests" / "2025-03-11.txt"
    if not kept.exists():
        pytest.skip("this site has taken the first digest out")
    seed = PROJECT / "tests" / "data" / "seed" / "2025-03-11.txt"
    assert kept.read_bytes() == seed.read_bytes()


def test_the_end_of_a_process_is_not_spent_on_looking_through_its_memory(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_the_end: list[object] = []
    monkeypatch.setattr(atexit, "register", at_the_end.append)
    config_of(project).plugins.on_startup(command="build", dirty=False)
    assert at_the_end == [gc.freeze]


def test_what_the_theme_publishes_is_found_without_a_look_at_its_icons(project: Path) -> None:
    icons = project / "overrides" / ".icons" / "one"
    icons.mkdir(parents=True)
    (icons / "icon.svg").write_text("<svg/>", encoding="utf-8")
    (project / "overrides" / "assets").mkdir()
    (project / "overrides" / "assets" / "own.css").write_text("a {}", encoding="utf-8")
    theme = {"name": "material", "font": False, "custom_dir": str(project / "overrides")}
    config = config_of(project, theme=theme)
    env = config.theme.get_env()
    lean = config.plugins.on_config(config).theme.get_env()
    config.plugins.on_shutdown()
    known, found = env.list_templates(), lean.list_templates()
    assert ".icons/one/icon.svg" in known
    assert found == [path for path in known if not f"/{path}".count("/.")]
    assert lean.get_template(".icons/one/icon.svg").render() == "<svg/>"
    lists = []
    for each in (env, lean):
        files = Files([])
        files.add_files_from_theme(each, config)
        lists.append([(file.src_uri, file.src_dir) for file in files])
    assert lists[0] == lists[1]
    assert "assets/own.css" in {path for path, _ in lists[0]}


def _loaded(project: Path, names: tuple[str, ...]) -> list[str]:
    """Build as a command does; say which of these modules that took."""
    program = (
        "import sys\n"
        "from generator import growth\n"
        "growth.FIRST = 32\n"  # What is learned of so many papers is kept for a while.
        "from mkdocs.commands.build import build\n"
        "from mkdocs.config import load_config\n"
        "config = load_config('mkdocs.yml')\n"
        "config.plugins.on_startup(command='build', dirty=False)\n"
        "build(config)\n"
        f"print(*[name for name in {names!r} if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=project, capture_output=True, check=True, text=True
    )
    return done.stdout.split()


def test_a_build_loads_no_more_than_what_has_changed_takes(project: Path) -> None:
    (project / "mkdocs.yml").write_text(
        "site_name: Mine\nplugins: [broadsheet]\ntheme: {name: material, font: false}\n", "utf-8"
    )
    ours = ("generator.checking.steps", "generator.exporting", "generator.mailing")
    never = (*ours, "mkdocs.livereload")
    rooms = ("generator.reading", "generator.writing.pages", "generator.searching", "numpy")
    assert not _loaded(project, never)
    assert not _loaded(project, never + rooms)
    more = project / "docs" / "digests" / "2025-03-12.txt"
    more.write_text("# Another\n\nIts abstract is here.\n", "utf-8")
    assert _loaded(project, never + rooms) == list(rooms)
