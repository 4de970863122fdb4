"""Pages that another builder made get their policy after it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main

THEME = '<script>scope("{{ base_url }}")</script><script id="c" type="application/json">{}</script>'
PAGE = (
    "\n<!doctype html>\n<html lang=en>\n<head>\n<meta charset=utf-8>\n{head}\n</head><body></body>"
)
OURS = '<!doctype html>\n<html>\n<head>\n<meta http-equiv="Content-Security-Policy" content="x">'
CONFIG = """\
site_name: Mine
site_url: https://example.org/lib/
plugins:
  - broadsheet:
      policy:
        img-src: [https://images.example]
theme:
  name: material
  font: false
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    theme, site = tmp_path / "theme", tmp_path / "site"
    (theme / "partials").mkdir(parents=True)
    (theme / "partials" / "scripts.html").write_text(THEME, encoding="utf-8")
    for name, head in {
        "404.html": '<script>scope("/lib")</script>',
        "about/index.html": '<script>scope("..")</script>',
        "a/deep/index.html": '<script>scope("../..")</script>',
    }.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(PAGE.format(head=head), encoding="utf-8")
    (site / "index.html").write_text(OURS, encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    return tmp_path


def seal(place: Path, *options: str) -> tuple[int, str]:
    config = ["--config", str(place / "mkdocs.yml")]
    done = CliRunner().invoke(main, ["seal", *config, *options, str(place / "site")])
    return done.exit_code, done.output


def read(place: Path, name: str) -> str:
    return (place / "site" / name).read_text(encoding="utf-8")


def test_pages_get_the_sites_policy_with_the_scripts_of_the_theme(place: Path) -> None:
    assert seal(place, "--theme", str(place / "theme")) == (0, "")
    for name in ("404.html", "about/index.html", "a/deep/index.html"):
        first = r'<head>\s*<meta http-equiv="Content-Security-Policy" content="([^"]*)">'
        found = re.search(first, read(place, name))
        assert found, name
        assert re.search(r"script-src 'self' 'sha256-[^ ]*';", found[1])
        assert "img-src 'self' data: https://images.example" in found[1]
    assert read(place, "index.html") == OURS


def test_a_second_time_changes_nothing(place: Path) -> None:
    seal(place, "--theme", str(place / "theme"))
    before = read(place, "about/index.html")
    assert seal(place, "--theme", str(place / "theme")) == (0, "")
    assert read(place, "about/index.html") == before


def test_a_script_that_nobody_allowed_is_named_and_stays_out(place: Path) -> None:
    page = PAGE.format(head="<script>steal()</script>")
    (place / "site" / "about" / "index.html").write_text(page, encoding="utf-8")
    code, said = seal(place, "--theme", str(place / "theme"))
    assert code == 1
    assert "about/index.html has an inline script that nobody has allowed: “steal()”" in said
    assert "script-src 'self';" in read(place, "about/index.html")


def test_without_a_theme_it_says_what_to_name(place: Path) -> None:
    code, said = seal(place)
    assert code == 2
    assert "--theme" in said
    assert "Content-Security-Policy" not in read(place, "about/index.html")
