"""A build that goes on from the one before is, byte for byte, the build of a clean clone."""

from __future__ import annotations

import logging
import random
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.config_options import Hooks
from numpy.typing import NDArray

from generator import growth
from generator.enriching import comparing, growing, neighbours
from generator.enriching.rows import Rows
from generator.folders import CACHE
from generator.identities import Identities, Identity, written

PROJECT = Path(__file__).resolve().parents[1]
SEED = PROJECT / "tests" / "data" / "seed" / "2025-03-11.txt"
SEEDS = 3
VOCABULARY = """\
- name: Language
  slug: language
  description: What people say and write.
- name: Large language models
  slug: large-language-models
  description: Models of language, large.
  broader: language
  phrases: [large language model, LLM]
- name: Vision
  slug: vision
  description: What can be seen.
- name: Diffusion models
  slug: diffusion-models
  description: Pictures out of noise.
  broader: vision
  phrases: [diffusion model, diffusion]
- name: Video
  slug: video
  description: Pictures that move.
  broader: vision
"""
LAYOUT = """<title>{{ page.title }} - {{ config.site_name }}</title>
<link rel="canonical" href="{{ page.canonical_url }}">
{% for item in nav.items %}<a href="{{ item.url | url }}">{{ item.title }}</a>{% endfor %}
<main>{{ page.content }}</main>
"""


def papers() -> list[tuple[str, str]]:
    """Titles and abstracts of the first digest, to be dealt out anew."""
    blocks = [block.strip() for block in SEED.read_text("utf-8").split("\n\n") if block.strip()]
    long = [at for at, block in enumerate(blocks) if len(block) > 400 and at]
    return [(blocks[at - 1], blocks[at]) for at in long if len(blocks[at - 1]) < 200]


class Project:
    """A small site that somebody works on; its theme is small too, so that builds are quick."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.dice = random.Random(seed)  # noqa: S311
        self.settings: dict[str, Any] = {"site_name": "Mine", "site_description": "All mine."}
        self.docs = folder / "docs"
        self.digests = self.docs / "digests"
        self.theme = folder / "overrides"
        self.first_cache = folder / "first"
        self.digests.mkdir(parents=True)
        self.theme.mkdir()
        (self.theme / "generated.html").write_text(f"<!-- ours -->{LAYOUT}", "utf-8")
        for name in ("main.html", "404.html"):
            (self.theme / name).write_text(LAYOUT, "utf-8")
        (self.docs / "about.md").write_text("# About\n\n[Tags](tags/index.md)\n", "utf-8")
        (self.docs / "vocabulary.yml").write_text(VOCABULARY, "utf-8")
        for day in (1, 2, 3):
            self.write(f"2025-03-{day:02}.txt", self.dice.sample(papers(), 4))

    def write(self, name: str, texts: list[tuple[str, str]]) -> None:
        text = "\n\n".join(f"# {title}\n\n{abstract}" for title, abstract in texts)
        (self.digests / name).write_text(f"{text}\n", "utf-8")

    def build(self) -> dict[str, bytes]:
        """Build the project as it stands; return all files of the site."""
        folder, site = self.folder, self.folder / "site"
        (folder / "mkdocs.yml").touch()
        config = load_config(
            str(folder / "mkdocs.yml"),
            docs_dir=str(folder / "docs"),
            site_dir=str(site),
            site_url="https://mine.example/papers/",
            theme={
                "name": None,
                "custom_dir": str(folder / "overrides"),
                "static_templates": ["404.html"],
            },
            plugins=["broadsheet"],
            **{"nav": [{"Newest": "index.md"}, "about.md"], **self.settings},
        )
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        return {
            path.relative_to(site).as_posix(): path.read_bytes()
            for path in sorted(site.rglob("*"))
            if path.is_file()
        }

    def build_cleanly(self) -> dict[str, bytes]:
        """Build as in a clean clone, and leave everything as it was."""
        places = [self.folder / "site", self.folder / CACHE.parts[0]]
        for place in places:
            place.rename(place.with_suffix(".kept"))
        site = self.build()
        for place in places:
            shutil.rmtree(place)
            place.with_suffix(".kept").rename(place)
        return site

    # What people do

    def edits(self) -> list[Callable[[], None]]:
        return [
            self.add_a_digest,
            self.add_an_older_digest,
            self.change_a_paper,
            self.remove_a_digest,
            self.rename_a_digest,
            self.repeat_a_paper,
            self.move_a_page,
            self.learn_who_wrote_papers,
            self.change_the_vocabulary,
            self.change_the_layout,
            self.change_the_name,
            self.change_the_navigation,
            self.link_from_a_page_by_hand,
            self.damage_the_cache,
            self.damage_the_site,
            self.do_nothing,
            self.change_a_letter,
            self.shuffle_a_digest,
            self.move_a_paper,
            self.list_twins,
            self.list_a_paper_twice,
            self.lose_half_of_the_digests,
            self.change_what_the_layout_takes_in,
            self.show_a_picture,
            self.find_an_older_cache,
        ]

    def add_a_digest(self) -> None:
        day = len(list(self.digests.glob("*.txt"))) + 3
        self.write(f"2025-04-{day:02}.txt", self.dice.sample(papers(), 3))

    def add_an_older_digest(self) -> None:
        self.write(f"2024-01-{self.dice.randint(1, 28):02}.txt", self.dice.sample(papers(), 2))

    def change_a_paper(self) -> None:
        file = self.one_digest()
        text = file.read_text("utf-8")
        file.write_text(text.replace(". ", ". Quantised wombats do it better. ", 1), "utf-8")

    def move_a_page(self) -> None:
        old, new = self.dice.choice("abc"), self.dice.choice(["-> about/", "gone: why", ""])
        lines = f"papers/{old}/ {new}\ntags/{old}/ -> digests/\n" if new else ""
        (self.docs / "permalinks.txt").write_text(lines, "utf-8")

    def learn_who_wrote_papers(self) -> None:
        known = Identities(
            Identity(
                title,
                abstract[:120].strip(),
                date(2025, 5, 1),
                100.0,
                f"2503.{self.dice.randrange(10**5):05}",
                authors=tuple(self.dice.sample(["Ana Ax", "Bo Bix", "Cy Cox", "Di Dax"], 2)),
                published=date(2025, 2, self.dice.randint(1, 28)),
            )
            for title, abstract in self.dice.sample(papers(), 20)
        )
        (self.digests / "identities.yml").write_text(written(known), "utf-8")

    def remove_a_digest(self) -> None:
        if len(list(self.digests.glob("*.txt"))) > 1:
            self.one_digest().unlink()

    def rename_a_digest(self) -> None:
        file = self.one_digest()
        file.rename(file.with_stem(f"{file.stem[:10]}-words-{self.dice.randint(1, 99)}"))

    def repeat_a_paper(self) -> None:
        text = self.one_digest().read_text("utf-8")
        first = "# ".join(text.split("# ", 2)[:2])
        (self.digests / "2025-05-30.txt").write_text(first, "utf-8")

    def change_the_vocabulary(self) -> None:
        file = self.docs / "vocabulary.yml"
        lines = file.read_text("utf-8").splitlines(keepends=True)
        at = self.dice.choice([n for n, line in enumerate(lines) if "name:" in line])
        lines[at] = lines[at].rstrip("\n") + "s\n"
        file.write_text("".join(lines), "utf-8")

    def change_the_layout(self) -> None:
        number = self.dice.randint(1, 999)
        (self.theme / "generated.html").write_text(f"<!-- {number} -->{LAYOUT}", "utf-8")

    def change_the_name(self) -> None:
        self.settings["site_name"] = f"Mine {self.dice.randint(1, 999)}"

    def change_the_navigation(self) -> None:
        self.settings["nav"] = [{"Front page": "index.md"}, "tags/index.md", "about.md"]

    def link_from_a_page_by_hand(self) -> None:
        with (self.docs / "about.md").open("a", encoding="utf-8") as file:
            file.write(f"\n[Glossary](glossary/index.md#a) {self.dice.randint(1, 999)}\n")

    def damage_the_cache(self) -> None:
        files = sorted((self.folder / CACHE).glob("*.bin"))
        for file in self.dice.sample(files, min(2, len(files))):
            whole = file.read_bytes()
            file.write_bytes(whole[: len(whole) // 2] + self.dice.randbytes(40))

    def damage_the_site(self) -> None:
        files = sorted((self.folder / "site").rglob("*.*"))
        for file in self.dice.sample(files, min(5, len(files))):
            if file.is_file():
                file.write_bytes(b"?") if self.dice.random() < 0.5 else file.unlink()

    def do_nothing(self) -> None:
        pass

    def change_a_letter(self) -> None:
        file = self.one_digest()
        text = file.read_text("utf-8")
        at = self.dice.choice([at for at, letter in enumerate(text) if letter == "e"])
        file.write_text(f"{text[:at]}x{text[at + 1 :]}", "utf-8")

    def shuffle_a_digest(self) -> None:
        file = self.one_digest()
        papers = self.papers_of(file)
        self.dice.shuffle(papers)
        file.write_text("".join(papers), "utf-8")

    def move_a_paper(self) -> None:
        first, *_, last = sorted(self.digests.glob("*.txt"))
        moved, *rest = self.papers_of(first)
        first.write_text("".join(rest), "utf-8")
        last.write_text("".join([*self.papers_of(last), moved]), "utf-8")

    def list_twins(self) -> None:
        title, abstract = self.dice.choice(papers())
        twins = [f"# {title}\narXiv: 2503.0000{number}\n\n{abstract}\n" for number in (1, 2)]
        (self.digests / "2025-06-01.txt").write_text("\n".join(twins), "utf-8")

    def list_a_paper_twice(self) -> None:
        file = self.one_digest()
        listed = self.papers_of(file)
        file.write_text("".join([*listed, listed[0]]), "utf-8")

    def lose_half_of_the_digests(self) -> None:
        for file in sorted(self.digests.glob("*.txt"))[1::2]:
            file.unlink()

    def change_what_the_layout_takes_in(self) -> None:
        (self.theme / "part.txt").write_text(f"Part {self.dice.randint(1, 999)}", "utf-8")
        for name in ("generated.html", "404.html"):
            layout = f"{{% include 'part.txt' %}}{LAYOUT}"
            (self.theme / name).write_text(layout, "utf-8")

    def show_a_picture(self) -> None:
        with (self.docs / "about.md").open("a", encoding="utf-8") as file:
            file.write("\n![Missing](picture.png)\n")

    def find_an_older_cache(self) -> None:
        """Let some of what is remembered be that of the first build."""
        for file in sorted(self.first_cache.glob("*.bin"))[:: self.dice.randint(1, 2)]:
            shutil.copy2(file, self.folder / CACHE)

    def papers_of(self, file: Path) -> list[str]:
        parts = re.split(r"^(?=# )", file.read_text("utf-8"), flags=re.MULTILINE)
        return [f"{part.strip()}\n\n" for part in parts if part.strip()]

    def one_digest(self) -> Path:
        return self.dice.choice(sorted(self.digests.glob("*.txt")))


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a dozen papers be as many as hundreds are: a library that grows, step by step."""
    for module in (growth, comparing):
        monkeypatch.setattr(module, "FIRST", 8)
    for module in (growing, neighbours):
        monkeypatch.setattr(module, "MOST", 13)
    monkeypatch.setattr(neighbours, "BROAD", 4)
    # Laying the map out takes seconds, however few papers there are.
    monkeypatch.setattr(growing, "arranged", in_a_row)


def in_a_row(rows: Rows, _others: object) -> NDArray[np.int64]:
    """Lay a map out with no look at what stands on it."""
    return np.arange(2 * len(rows)).reshape(-1, 2)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("number", range(SEEDS))
def test_a_build_that_goes_on_is_the_same_as_a_clean_one(
    tmp_path: Path, number: int, caplog: pytest.LogCaptureFixture
) -> None:
    project = Project(tmp_path / "project", number)
    project.build()
    shutil.copytree(project.folder / CACHE, project.first_cache)
    edits = project.edits()
    random.Random(SEEDS).shuffle(edits)  # noqa: S311
    # Together they make every edit.
    for edit in edits[number::SEEDS]:
        edit()
        caplog.clear()
        warm, warnings = project.build(), said(caplog)
        caplog.clear()
        clean = project.build_cleanly()
        assert warnings == said(caplog), edit.__name__
        assert sorted(warm) == sorted(clean), edit.__name__
        differing = [path for path in clean if warm[path] != clean[path]]
        assert not differing, edit.__name__


def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what a strict build would fail for."""
    found = [each.getMessage() for each in caplog.records if each.levelno >= logging.WARNING]
    return sorted(found)


def test_a_second_build_makes_nothing_anew(tmp_path: Path) -> None:
    project = Project(tmp_path / "project", 1)
    site = project.folder / "site"
    project.build()
    times = {path: path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}
    project.build()
    assert {path: path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()} == times


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "project", 1)


def warnings(project: Project, caplog: pytest.LogCaptureFixture) -> list[str]:
    """Build a project; return what a strict build would fail for."""
    caplog.clear()
    project.build()
    return said(caplog)


def test_what_was_said_of_a_page_is_said_in_each_build(
    project: Project, caplog: pytest.LogCaptureFixture
) -> None:
    (project.theme / "generated.html").unlink()
    far = "{% if 'digests/2025' in page.url %}<img src=https://far.example/i.png>{% endif %}"
    (project.theme / "main.html").write_text(f"{far}{LAYOUT}", "utf-8")
    first = warnings(project, caplog)
    assert len(first) > 2
    assert warnings(project, caplog) == first
    project.add_a_digest()
    assert {*first} < {*warnings(project, caplog)}


def test_a_file_is_named_from_where_somebody_stands(
    project: Project, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project.digests / "notes.doc").write_text("Mine.", "utf-8")
    for folder, name in ((project.folder, "docs/digests/notes.doc"), (project.docs, "digests/")):
        monkeypatch.chdir(folder)
        assert [said.startswith(name) for said in warnings(project, caplog)] == [True]


def test_a_folder_of_digests_that_is_gone_is_missed(
    project: Project, caplog: pytest.LogCaptureFixture
) -> None:
    for path in project.digests.iterdir():
        path.unlink()
    assert warnings(project, caplog) == []
    project.digests.rmdir()
    assert any("folder of digests is missing" in each for each in warnings(project, caplog))


def test_what_a_hook_gives_to_templates_is_in_all_pages(project: Project) -> None:
    hook = project.folder / "hook.py"
    (project.theme / "generated.html").write_text(f"<b>{{{{ said }}}}</b>{LAYOUT}", "utf-8")
    project.settings["hooks"] = [str(hook)]
    for word in ("One", "Other"):
        hook.write_text(f"def on_env(env, **_):\n    env.globals['said'] = '{word}'\n", "utf-8")
        Hooks._load_hook.cache_clear()  # A process would load it once.
        site = project.build()
        assert f"<b>{word}</b>".encode() in site["digests/2025-03-01/index.html"]
