"""The page Subscribe: feeds always, the list's form only where one is configured."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from mkdocs.commands.build import build
from mkdocs.config import load_config

PROJECT = Path(__file__).resolve().parents[2]


def page(folder: Path, **extra: Any) -> Any:
    (folder / "docs" / "digests").mkdir(parents=True)
    text = "# A Paper\n\nIts abstract is here.\n"
    (folder / "docs" / "digests" / "2025-03-11.txt").write_text(text, encoding="utf-8")
    for name in (
        "about.md",
        "data.md",
        "identify.md",
        "larger.md",
        "mailing.md",
        "subscribe.md",
        "vocabulary.yml",
    ):
        shutil.copy(PROJECT / "docs" / name, folder / "docs" / name)
    shutil.copy(PROJECT / "mkdocs.yml", folder)
    shutil.copytree(PROJECT / "overrides", folder / "overrides")
    config = load_config(str(folder / "mkdocs.yml"), extra={"generator": False, **extra})
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    return html.fromstring((folder / "site" / "subscribe" / "index.html").read_bytes())


@pytest.mark.parametrize(
    "mail",
    [
        *(None, {"subscribe": "javascript:alert(1)"}, {"subscribe": 5}),
    ],
    ids=["nothing", "a script", "a number"],
)
def test_without_a_safe_form_there_are_feeds_alone(tmp_path: Path, mail: Any) -> None:
    tree = page(tmp_path, **({} if mail is None else {"mail": mail}))
    assert {"../feed.xml", "../feed.json", "../feeds.opml"} <= set(tree.xpath("//article//a/@href"))
    assert not tree.xpath("//form[@method='post']")


def test_the_list_s_form_is_offered_with_a_label(tmp_path: Path) -> None:
    tree = page(tmp_path, mail={"subscribe": "https://lists.example.org/join?a=1&b=2"})
    (form,) = tree.xpath("//form[@method='post']")
    assert form.get("action") == "https://lists.example.org/join?a=1&b=2"
    assert form.xpath(".//label/@for") == form.xpath(".//input[@type='email']/@id")
