"""A small library, its index, and the site's own search module under node to ask it."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import playwright
import pytest
from msgspec.structs import replace

from generator.model import (
    Acronym,
    Appearance,
    Issue,
    Library,
    Link,
    LinkKind,
    Paper,
    Source,
    Tag,
)
from generator.searching import File, WrittenPage, search_files

PROJECT = Path(__file__).resolve().parents[2]
SCRIPT = PROJECT / "overrides/assets/javascripts/search.js"
QUERY = SCRIPT.with_name("query.js")
DRIVER = PROJECT / "benchmarks/search_driver.mjs"

Ask = Callable[..., list[dict[str, Any]]]
Run = Callable[[str, Any], Any]

TAGS = {
    "language-models": Tag("language-models", "Language models"),
    "rag": Tag(
        "rag", "Retrieval-augmented generation", "Text made from found text.", "language-models"
    ),
    "vision": Tag("vision", "Computer vision"),
    "unused": Tag("unused", "Never given"),
}
CODE = Link("https://github.com/a/b", LinkKind.CODE, "code")
VIDEO = Link("https://youtu.be/x", LinkKind.VIDEO, "video")
RAG = Acronym("RAG", "retrieval-augmented generation")


def paper(slug: str, title: str, abstract: str, day: str = "2025-03-11", **more: Any) -> Paper:
    """A paper of one digest."""
    return Paper(slug, title, abstract, appearances=(Appearance(day, Source(day, 1)),), **more)


PAPERS = [
    paper(
        "rag-for-code",
        "Retrieval-Augmented Generation for Code",
        "We study retrieval-augmented generation (RAG). Programs are long. Top-k helps.",
        tags=("rag",),
        links=(CODE,),
        acronyms=(RAG,),
        authors=("Zoë Müller",),
    ),
    paper(
        "t5-and-gpt-4",
        "T5 and GPT-4 Compared",
        "T5 is smaller than GPT-4 and LLaMA-3.1. Quantized weights save memory.",
        tags=("language-models",),
        links=(CODE, VIDEO),
    ),
    paper(
        "attention-is-all-you-need",
        "Attention Is All You Need",
        "A transformer needs no recurrence. State of the art results with pre-training.",
        "2024-06-01",
        tags=("language-models",),
    ),
    paper(
        "seeing-birds",
        "Seeing Birds",
        "Convolutional neural networks see birds in images. The network is neural; birds sing.",
        "2024-06-01",
        tags=("vision",),
        links=(VIDEO,),
    ),
    paper("强化", "强化学习的新方法", "我们研究大规模强化学习。结果很好。", "2024-06-01"),
    paper(
        "odd-title",
        "<b>Odd</b> & \u0394 café\u0301: {{ title }} __proto__, C++ tricks",
        "Pretraining a network <script>alert(1)</script> quickly.",
        "2024-06-01",
    ),
]
PAGE = WrittenPage("about/", "About this site", "Colophon and thanks. How digests are made. " * 20)


def library_of(papers: Iterable[Paper]) -> Library:
    """A library of papers, in digests by their days."""
    found = {one.slug: one for one in papers}
    days = sorted({one.appearances[0].digest for one in found.values()}, reverse=True)
    issues = tuple(
        Issue(
            day,
            date.fromisoformat(day),
            f"{day}.txt",
            tuple(slug for slug, one in found.items() if one.appearances[0].digest == day),
        )
        for day in days
    )
    return Library(issues=issues, papers=found, tags=TAGS)


@pytest.fixture(scope="session")
def indexed() -> Callable[..., list[File]]:
    """Make the index of papers, each as the arguments of `paper`, and of pages."""

    def made(
        *papers: tuple[Any, ...], pages: Iterable[WrittenPage] = (), **more: Any
    ) -> list[File]:
        return list(search_files(library_of(paper(*one, **more) for one in papers), pages))

    return made


@pytest.fixture(scope="session")
def small() -> list[File]:
    """The index of the small library."""
    return list(search_files(library_of(PAPERS), [PAGE]))


@pytest.fixture(scope="session")
def again() -> list[File]:
    """The same, made once more of papers that are named in another order."""
    library = library_of(PAPERS)
    papers = dict(reversed(library.papers.items()))
    return list(search_files(replace(library, papers=papers), [PAGE]))


@pytest.fixture(scope="session")
def other() -> list[File]:
    """The index of a library that has one word more."""
    changed = replace(PAPERS[3], abstract=PAPERS[3].abstract + " Indeed.")
    return list(search_files(library_of([*PAPERS[:3], changed, *PAPERS[4:]]), [PAGE]))


@pytest.fixture(scope="session")
def node() -> str:
    """Where node is: the one that Playwright brings along, so that no machine skips a test."""
    ours = Path(playwright.__file__).parent / "driver" / "node"
    found = str(ours) if ours.exists() else shutil.which("node")
    assert found, "neither Playwright's node nor another one is there"
    return found


@pytest.fixture(scope="session")
def ask(node: str, tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """Ask the module queries: texts, or pairs of a text and options."""

    def asked(files: Iterable[File], queries: Sequence[Any], **how: Any) -> list[dict[str, Any]]:
        folder = tmp_path_factory.mktemp("site")
        for file in files:
            (folder / file.path).parent.mkdir(parents=True, exist_ok=True)
            (folder / file.path).write_bytes(file.content)
        for one in PAPERS:
            abstract = " ".join(one.abstract.split())
            path = folder / "papers" / one.slug / "papers.ris"
            path.parent.mkdir(parents=True)
            path.write_text(f"TI  - {one.title}\nAB  - {abstract}\nER  - \n", encoding="utf-8")
        pairs = [query if isinstance(query, tuple) else (query, {}) for query in queries]
        asks = [{"text": text, "options": options} for text, options in pairs]
        done = subprocess.run(
            [node, str(DRIVER), str(SCRIPT), f"{folder.as_uri()}/"],
            input=json.dumps({"asks": asks, **how}).encode(),
            capture_output=True,
            check=True,
        )
        return [json.loads(line) for line in done.stdout.splitlines()[:-1]]

    return asked


@pytest.fixture(scope="session")
def run(node: str) -> Run:
    """Give a value to a function in JavaScript that sees the modules as `search` and `query`."""

    def ran(code: str, value: Any) -> Any:
        program = f"""
            import {{ readFileSync }} from "node:fs";
            const [search, query] = await Promise.all(process.argv.slice(1).map((path) =>
              import("data:text/javascript;base64," + readFileSync(path, "base64"))));
            const value = JSON.parse(readFileSync(0, "utf8"));
            console.log(JSON.stringify(({code})(value)));
        """
        done = subprocess.run(
            [node, "--input-type=module", "-e", program, str(SCRIPT), str(QUERY)],
            input=json.dumps(value).encode(),
            capture_output=True,
            check=True,
        )
        return json.loads(done.stdout)

    return ran
