"""Builds with something in a page that would run: there is no such site."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any, Literal

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, ConfigurationError

from generator.trust.policy import hash_of

SCRIPT = "window.pwned=1"
DIGEST = "# A Paper\n\nIts abstract is here, long enough to be one.\n"
PLANTED = f"# About\n\nWords.\n\n<script>{SCRIPT}</script>\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "docs" / "digests").mkdir(parents=True)
    (tmp_path / "docs" / "about.md").write_text("# About\n", encoding="utf-8")
    (tmp_path / "docs" / "vocabulary.yml").write_text("", encoding="utf-8")
    (tmp_path / "docs" / "digests" / "2025-03-11.txt").write_text(DIGEST, encoding="utf-8")
    return tmp_path


def built(
    project: Path,
    theme: dict[str, Any] | None = None,
    command: Literal["build", "serve"] = "build",
    **settings: Any,
) -> dict[str, str]:
    """The pages of the site, by path."""
    (project / "mkdocs.yml").touch()
    config = load_config(
        str(project / "mkdocs.yml"),
        site_name="Mine",
        theme=theme or {"name": "material", "font": False},
        **{"plugins": ["broadsheet"], **settings},
    )
    config.plugins.on_startup(command=command, dirty=False)
    build(config)
    site = project / "site"
    return {
        path.relative_to(site).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(site.rglob("*.html"))
    }


def test_an_inline_script_in_a_page_by_hand_fails_the_build_and_leaves_the_old_site(
    project: Path, caplog: pytest.LogCaptureFixture
) -> None:
    before = built(project)
    (project / "docs" / "about.md").write_text(PLANTED, encoding="utf-8")
    with pytest.raises(Abort):
        built(project)
    site = project / "site"
    assert (site / "about" / "index.html").read_text("utf-8") == before["about/index.html"]
    said = "\n".join(record.getMessage() for record in caplog.records)
    assert "about/index.html has an inline script that nobody has allowed" in said
    digest = hash_of(SCRIPT).strip("'")
    assert f"script-src: [{digest}]" in said

    # The way out that the message names.
    plugin = {"broadsheet": {"policy": {"script-src": [digest]}}}
    pages = built(project, plugins=[plugin])
    assert hash_of(SCRIPT) in pages["about/index.html"]
    assert hash_of(SCRIPT) not in pages["404.html"]


def test_an_inline_script_of_the_site_s_own_template_fails_the_build(project: Path) -> None:
    (project / "over").mkdir()
    text = f"{{% extends 'base.html' %}}{{% block libs %}}<script>{SCRIPT}</script>{{% endblock %}}"
    (project / "over" / "404.html").write_text(text, encoding="utf-8")
    theme = {"name": "material", "font": False, "custom_dir": str(project / "over")}
    with pytest.raises(Abort):
        built(project, theme)


def test_a_setting_that_opens_pages_to_any_script_is_refused(project: Path) -> None:
    plugin = {"broadsheet": {"policy": {"script-src": ["'unsafe-inline'"]}}}
    with pytest.raises(ConfigurationError, match="unsafe-inline"):
        built(project, plugins=[plugin])


@pytest.mark.parametrize("name", ["mkdocs", "readthedocs"])
def test_another_theme_s_pages_have_a_policy_with_its_own_scripts(project: Path, name: str) -> None:
    extra = ["https://cdn.example/extra.js"]
    pages = built(project, {"name": name}, strict=True, extra_javascript=extra)
    assert {"index.html", "about/index.html", "404.html"} <= set(pages)
    assert "papers/a-paper/index.html" in pages
    for path, page in pages.items():
        head = page.partition("<head>")[2].lstrip()
        assert head.startswith('<meta http-equiv="Content-Security-Policy"'), path
        policy = head.partition(">")[0]
        if path.endswith("/mine-2025-03-11.html"):  # A file of its own, to take along.
            continue
        assert "script-src 'self' https://cdn.example 'sha256-" in policy
        assert "unsafe-inline" not in policy


def test_while_serving_a_script_is_told_and_kept_from_running(
    project: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (project / "docs" / "about.md").write_text(PLANTED, encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        page = built(project, command="serve")["about/index.html"]
    assert "about/index.html has an inline script that nobody has allowed" in caplog.text
    assert SCRIPT in page
    assert hash_of(SCRIPT) not in page
