"""A site that keeps what it promised: a build fails before an address vanishes, or leads on."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from generator.permalinks.pages import POLICY

LAYOUT = "<title>{{ page.title }}</title><h1>{{ page.title }}</h1><main>{{ page.content }}</main>"
TAGS = "- {name: Bees, slug: bees, description: Of bees., phrases: [bee]}\n"
DIGEST = "# Bees Dance\n\nWe film a bee in four hives and decode what it dances.\n"
URL = "https://mine.example/papers/"
Build = Callable[..., dict[str, bytes]]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "docs" / "digests").mkdir(parents=True)
    (tmp_path / "overrides").mkdir()
    for name in ("main.html", "generated.html"):
        (tmp_path / "overrides" / name).write_text(LAYOUT, "utf-8")
    (tmp_path / "docs" / "about.md").write_text("# About\n", "utf-8")
    (tmp_path / "docs" / "vocabulary.yml").write_text(TAGS, "utf-8")
    (tmp_path / "docs" / "digests" / "2025-03-11.txt").write_text(DIGEST, "utf-8")
    (tmp_path / "mkdocs.yml").touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def promise(project: Path, *lines: str) -> None:
    text = "".join(f"{line}\n" for line in lines)
    (project / "docs" / "permalinks.txt").write_text(text, "utf-8")


def built(
    project: Path, folder: str = "site", command: str = "build", url: str = URL
) -> dict[str, bytes]:
    site = project / folder
    config = load_config(
        str(project / "mkdocs.yml"),
        site_name="Mine & Co",
        site_url=url,
        site_dir=str(site),
        exclude_docs="/permalinks.txt",
        theme={"name": None, "custom_dir": str(project / "overrides")},
        plugins=["broadsheet"],
    )
    config.plugins.on_startup(command=command, dirty=False)  # type: ignore[arg-type]
    build(config)
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def said(caplog: pytest.LogCaptureFixture) -> str:
    return "\n".join(record.getMessage() for record in caplog.records)


class Tags(HTMLParser):
    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str, **attributes: str) -> list[dict[str, str | None]]:
        return [
            found
            for name, found in self.tags
            if name == tag and attributes.items() <= found.items()
        ]


def test_a_new_site_has_promised_nothing(project: Path) -> None:
    assert "papers/bees-dance/index.html" in built(project)


def test_a_build_that_keeps_every_address_passes(project: Path) -> None:
    promise(project, "about/", "digests/2025-03-11/", "papers/bees-dance/", "tags/bees/")
    assert "permalinks.txt" not in built(project)


@pytest.mark.parametrize("address", ["papers/bees-waltz/", "team/"])
def test_a_build_that_would_drop_an_address_fails_and_the_site_stays(
    project: Path, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    before = built(project)
    promise(project, "papers/bees-dance/", address)
    with pytest.raises(Abort):
        built(project)
    assert f"docs/permalinks.txt:2: error[B601]: {address} was published" in said(caplog)
    site = project / "site"
    assert {p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file()} == set(before)


def test_it_says_what_took_the_place_of_a_page_and_the_line_to_write(
    project: Path, caplog: pytest.LogCaptureFixture
) -> None:
    promise(project, "papers/bees-danced/")
    with pytest.raises(Abort):
        built(project)
    assert "\n    papers/bees-danced/ -> papers/bees-dance/\n" in said(caplog)


def test_serving_goes_on_with_a_word(project: Path, caplog: pytest.LogCaptureFixture) -> None:
    promise(project, "papers/bees-waltz/")
    assert "papers/bees-dance/index.html" in built(project, command="serve")
    warned = [record for record in caplog.records if record.levelno == logging.WARNING]
    assert any("error[B601]" in record.getMessage() for record in warned)


@pytest.mark.parametrize("url", [URL, ""])
def test_what_has_moved_leads_on_without_a_script(project: Path, url: str) -> None:
    promise(project, "papers/old/ -> papers/bees-dance/", "team/ -> about/")
    files = built(project, url=url)
    for old, new in {"papers/old/": "papers/bees-dance/", "team/": "about/"}.items():
        page = Tags(files[f"{old}index.html"])
        (refresh,) = page.all("meta", **{"http-equiv": "refresh"})
        wait, _, target = (refresh["content"] or "").partition("; url=")
        assert (wait, urljoin(f"/{old}", target)) == ("0", f"/{new}")
        (link,) = page.all("a")
        assert urljoin(f"/{old}", link["href"] or "") == f"/{new}"
        canonical = [found["href"] for found in page.all("link", rel="canonical")]
        assert canonical == ([f"{url}{new}"] if url else [])
        assert page.all("meta", name="robots", content="noindex")
        assert not page.all("script")
        assert page.tags[2] == (
            "meta",
            {"http-equiv": "Content-Security-Policy", "content": POLICY},
        )
    assert b"old/" not in files["sitemap.xml"]


def test_its_policy_lets_in_the_style_that_it_has_and_nothing_else(project: Path) -> None:
    import base64
    import hashlib

    promise(project, "papers/old/ -> papers/bees-dance/")
    page = built(project)["papers/old/index.html"].decode()
    (style,) = re.findall(r"<style>(.*?)</style>", page)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in page
    assert "default-src 'none'" in page
    assert "unsafe" not in page


def test_a_withdrawn_page_says_why_as_text(project: Path) -> None:
    promise(project, "papers/old/ gone: its authors said <script>alert(1)</script> & left")
    files = built(project)
    page = Tags(files["papers/old/index.html"])
    assert not page.all("script")
    assert not page.all("link")
    assert page.all("meta", name="robots", content="noindex")
    assert page.all("a")[0]["href"] == "../../"
    assert b"its authors said &#60;script&#62;" in files["papers/old/index.html"]


def test_who_subscribed_to_a_renamed_tag_goes_on_hearing_of_it(project: Path) -> None:
    promise(project, "tags/hives/ -> tags/bees/")
    files = built(project)
    assert files["tags/hives/feed.xml"] == files["tags/bees/feed.xml"]


def test_a_warm_build_is_the_clean_one_and_takes_out_what_no_longer_moved(project: Path) -> None:
    steps: list[tuple[str, ...]] = [
        ("papers/old/ -> papers/bees-dance/", "tags/hives/ -> tags/bees/"),
        ("papers/old/ gone: no bees", "tags/hives/ -> tags/"),
        ("papers/bees-dance/", "team/ -> about/"),
    ]
    for at, lines in enumerate(steps):
        promise(project, *lines)
        assert built(project) == built(project, f"clean-{at}"), lines
    assert "tags/hives/index.html" not in built(project)


def test_a_list_that_cannot_be_read_stops_the_build(
    project: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (project / "docs" / "permalinks.txt").write_bytes(b"papers/\xff\xfe/\n")
    with pytest.raises(Abort):
        built(project)
    assert "docs/permalinks.txt:1: error[B004]" in said(caplog)


HIDING = [
    "digests/2025-03-11/source/",
    "feed.xml/",
    "papers/bees-dance/index.html/",
    "feed.xml/old/",
]


@pytest.mark.parametrize("address", HIDING)
@pytest.mark.parametrize("fate", ["-> about/", "gone: why"])
def test_no_old_address_hides_what_is_there(
    project: Path, address: str, fate: str, caplog: pytest.LogCaptureFixture
) -> None:
    before = built(project)
    promise(project, "about/", f"{address} {fate}")
    for _ in range(2):
        with pytest.raises(Abort):
            built(project)
    assert f"docs/permalinks.txt: {address}" in said(caplog)
    assert files_in(project / "site") == before
    assert built(project, command="serve") == before


def files_in(site: Path) -> dict[str, bytes]:
    found = sorted(path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in found}


@pytest.mark.skipif(os.name == "nt", reason="no such files there")
@pytest.mark.parametrize("kind", ["pipe", "link", "folder"])
def test_a_list_that_is_no_file_of_the_project_is_one_error(
    project: Path, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = project / "docs" / "permalinks.txt"
    (project / "elsewhere.txt").write_text("what nobody else may read\n", "utf-8")
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "link":
        path.symlink_to(project / "elsewhere.txt")
    else:
        path.mkdir()
    with pytest.raises(Abort):
        built(project)
    assert "docs/permalinks.txt:1: error[B004]" in said(caplog)
    assert "nobody else" not in said(caplog)
