"""A build that goes on from the one before is, byte for byte, the build of a clean clone."""

from __future__ import annotations

import logging
import random
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.config_options import Hooks

from generator.folders import CACHE
from generator.identities import Identities, Identity, written

PROJECT = Path(__file__).resolve().parents[1]
SEED = PROJECT / "tests" / "data" / "seed" / "2025-03-11.txt"
STEPS = 7
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

    def build(self, folder: Path, site: Path) -> dict[str, bytes]:
        """Build the project as it stands in a folder; return all files of the site."""
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

    def one_digest(self) -> Path:
        return self.dice.choice(sorted(self.digests.glob("*.txt")))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_build_that_goes_on_is_the_same_as_a_clean_one(tmp_path: Path, seed: int) -> None:
    project = Project(tmp_path / "project", seed)
    site = project.folder / "site"
    project.build(project.folder, site)
    edits = project.edits()
    project.dice.shuffle(edits)
    # Together the seeds make every edit at least twice.
    for edit in edits[:STEPS]:
        edit()
        warm = project.build(project.folder, site)
        clean_folder = tmp_path / "clean"
        shutil.copytree(
            project.folder, clean_folder, ignore=shutil.ignore_patterns("site", ".cache")
        )
        clean = project.build(clean_folder, clean_folder / "site")
        shutil.rmtree(clean_folder)
        assert sorted(warm) == sorted(clean), edit.__name__
        differing = [path for path in clean if warm[path] != clean[path]]
        assert not differing, edit.__name__


def test_a_second_build_makes_nothing_anew(tmp_path: Path) -> None:
    project = Project(tmp_path / "project", 1)
    site = project.folder / "site"
    project.build(project.folder, site)
    times = {path: path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}
    project.build(project.folder, site)
    assert {path: path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()} == times


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "project", 1)


def warnings(project: Project, caplog: pytest.LogCaptureFixture) -> list[str]:
    """Build a project; return what is said of it that a strict build would fail for."""
    caplog.clear()
    project.build(project.folder, project.folder / "site")
    return [each.getMessage() for each in caplog.records if each.levelno >= logging.WARNING]


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
    assert "the folder of digests is missing" in warnings(project, caplog)[0]


def test_what_a_hook_gives_to_templates_is_in_all_pages(project: Project) -> None:
    hook = project.folder / "hook.py"
    (project.theme / "generated.html").write_text(f"<b>{{{{ said }}}}</b>{LAYOUT}", "utf-8")
    project.settings["hooks"] = [str(hook)]
    for word in ("One", "Other"):
        hook.write_text(f"def on_env(env, **_):\n    env.globals['said'] = '{word}'\n", "utf-8")
        Hooks._load_hook.cache_clear()  # A process would load it once.
        site = project.build(project.folder, project.folder / "site")
        assert f"<b>{word}</b>".encode() in site["digests/2025-03-01/index.html"]
