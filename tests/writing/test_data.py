"""The library as data, and the index that the site's own scripts fetch."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.enriching import build_library
from generator.enriching.vocabulary import read_vocabulary
from generator.memory import FORGETFUL, Memory
from generator.model import (
    Acronym,
    Appearance,
    Issue,
    Library,
    Link,
    LinkKind,
    Paper,
    Related,
    Source,
    Tag,
)
from generator.reading import read_text
from generator.textmarks import Formula, Marks, Repair
from generator.writing import Site, paperdata
from generator.writing.catalogue import Catalogue
from generator.writing.data import PER_PAGE, data_drafts

DOCUMENTED = Path(__file__).resolve().parents[2] / "docs" / "data.md"

VOCABULARY = """\
- name: Information retrieval
  slug: information-retrieval
  description: Finding documents that answer a need.

- name: Dense retrieval
  slug: dense-retrieval
  description: Finding documents by vectors.
  broader: information-retrieval
  phrases: [vector search, dense retrieval]

- name: Never used
  slug: never-used
  description: No paper has it.
"""
OLDER = """\
# Dense Retrieval, *Quickly*
arXiv: 2503.04715
Published: 2025-03-07
Authors: Ada Lovelace; Alan <b>Turing</b>
Link: https://huggingface.co/datasets/ada/quick

We make dense retrieval quick. Code: https://github.com/ada/quick.

A second paragraph.

# Birds

Songs of birds differ by valley & by year.
"""
NEWER = """\
# Fish

Fish are silent.

# Dense Retrieval, *Quickly*

We make dense retrieval quick. Code: https://github.com/ada/quick.

A second paragraph.
"""


class Kept(dict[str, bytes]):
    """A memory that is only there for one test."""

    def recall(self, name: str) -> bytes | None:
        return self.get(name)

    def remember(self, name: str, content: bytes) -> None:
        self[name] = content


def catalogue_of(older: str, newer: str, words: str = VOCABULARY) -> Catalogue:
    vocabulary, _ = read_vocabulary(words, "vocabulary.yml")
    digests = [read_text(older, "2025-03-11.txt"), read_text(newer, "2025-03-12-late-list.txt")]
    return Catalogue(build_library(digests, vocabulary))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return catalogue_of(OLDER, NEWER)


def files(catalogue: Catalogue, url: str = "", memory: Memory = FORGETFUL) -> dict[str, Any]:
    drafts = data_drafts(catalogue, Site("Broadsheet", "Papers", url), memory)
    return {draft.path: json.loads(draft.make()) for draft in drafts}


def library_of(papers: int) -> Catalogue:
    day = date(2025, 3, 11)
    place = (Appearance("2025-03-11", Source("2025-03-11.txt", 1)),)
    made = {
        f"p{n}": Paper(f"p{n}", f"Paper {n}", "Text.", appearances=place) for n in range(papers)
    }
    issue = Issue("2025-03-11", day, "2025-03-11.txt", tuple(made))
    return Catalogue(Library((issue,), made) if made else Library())


def test_the_index_says_all_that_filters_need_in_reading_order(catalogue: Catalogue) -> None:
    assert files(catalogue)["index.json"] == {
        "version": 1,
        "tags": [
            {"slug": "information-retrieval", "name": "Information retrieval", "broader": None},
            {"slug": "dense-retrieval", "name": "Dense retrieval", "broader": 0},
        ],
        "digests": [
            {"slug": "2025-03-12-late-list", "name": "12 March 2025, late list"},
            {"slug": "2025-03-11", "name": "11 March 2025"},
        ],
        "papers": [
            ["fish", "Fish", [], [], [0]],
            [
                "dense-retrieval-quickly",
                "Dense Retrieval, *Quickly*",
                [1],
                ["paper", "code", "data"],
                [0, 1],
            ],
            ["birds", "Birds", [], [], [1]],
        ],
    }


@pytest.mark.parametrize(
    ("then", "url"),
    [
        (catalogue_of(OLDER, NEWER), "https://y.example/"),
        (catalogue_of(OLDER, f"# Frogs\n\nFrogs are not silent.\n\n{NEWER}"), ""),
        (catalogue_of(OLDER.replace("by valley", "by hill"), NEWER), ""),
        (catalogue_of(OLDER, NEWER, VOCABULARY.replace("Dense r", "Vector r")), ""),
        (
            Catalogue(
                replace(
                    (one := catalogue_of(OLDER, NEWER).library),
                    papers=one.papers
                    | {"birds": replace(one.papers["birds"], related=(Related("fish", ("by",)),))},
                )
            ),
            "",
        ),
    ],
)
def test_a_library_with_papers_of_an_earlier_build_is_the_one_that_would_be_written_anew(
    then: Catalogue, url: str
) -> None:
    memory = Kept()
    assert files(catalogue_of(OLDER, NEWER), memory=memory) == files(catalogue_of(OLDER, NEWER))
    assert files(then, url, memory) == files(then, url)
    assert files(then, url, memory) == files(then, url)


def test_a_new_digest_has_only_its_own_papers_written(monkeypatch: pytest.MonkeyPatch) -> None:
    memory, written = Kept(), []

    def paper_as_json(catalogue: Catalogue, site: Site, paper: Paper) -> bytes:
        written.append(paper.slug)
        return was(catalogue, site, paper)

    was = paperdata.paper_as_json
    monkeypatch.setattr("generator.writing.data.paper_as_json", paper_as_json)
    files(catalogue_of(OLDER, NEWER), memory=memory)
    written.clear()
    more = catalogue_of(OLDER, f"{NEWER}\n# Frogs\n\nFrogs are not silent.\n")
    assert len(files(more, memory=memory)["papers.json"]["papers"]) == 4
    assert written == ["frogs"]


def test_a_paper_comes_with_everything_that_is_known_of_it(catalogue: Catalogue) -> None:
    data = files(catalogue, "https://x.example/")["papers.json"]
    assert data["site"] == {
        "name": "Broadsheet",
        "description": "Papers",
        "url": "https://x.example/",
    }
    assert (data["total"], data["page"], data["pages"], data["next"]) == (3, 1, 1, None)
    assert data["updated"] == "2025-03-12"
    paper = data["papers"][0]
    assert paper["slug"] == "dense-retrieval-quickly"
    assert paper["url"] == "https://x.example/papers/dense-retrieval-quickly/"
    assert paper["abstract"] == [
        "We make dense retrieval quick. Code: https://github.com/ada/quick.",
        "A second paragraph.",
    ]
    assert paper["authors"] == ["Ada Lovelace", "Alan <b>Turing</b>"]
    assert (paper["arxiv"], paper["doi"]) == ("2503.04715", None)
    assert {"url": "https://github.com/ada/quick", "kind": "code"} in paper["links"]
    assert paper["tags"] == [{"slug": "dense-retrieval", "name": "Dense retrieval"}]
    assert paper["digests"] == [
        {"slug": "2025-03-12-late-list", "date": "2025-03-12", "position": 2},
        {"slug": "2025-03-11", "date": "2025-03-11", "position": 1},
    ]


def test_marks_stand_where_they_are_in_the_title_or_in_a_paragraph() -> None:
    paper = Paper(
        "a",
        "Of 2 × 3",
        "First.\n\nThen ε and 4 × 5.",
        Marks(repairs=(Repair(3, 8, "2times3", "times"),)),
        Marks(
            formulas=(Formula(13, 14, r"\epsilon", "<math></math>"),),
            repairs=(Repair(19, 24, "4times5", "times"),),
        ),
        appearances=(Appearance("2025-03-11", Source("x", 1)),),
        acronyms=(Acronym("AB", "a bird"),),
        related=(Related("b", ("bird song", "valley")),),
    )
    other = replace(paper, slug="b", related=())
    issue = Issue("2025-03-11", date(2025, 3, 11), "x", ("a", "b"))
    data = files(Catalogue(Library((issue,), {"a": paper, "b": other})))["papers.json"]
    first = data["papers"][0]
    assert first["formulas"] == [
        {"in": "abstract", "paragraph": 1, "start": 5, "end": 6, "text": "ε", "tex": r"\epsilon"}
    ]
    assert first["repairs"] == [
        {
            "in": "title",
            "start": 3,
            "end": 8,
            "text": "2 × 3",
            "supplied": "2times3",
            "rule": "times",
        },
        {
            "in": "abstract",
            "paragraph": 1,
            "start": 11,
            "end": 16,
            "text": "4 × 5",
            "supplied": "4times5",
            "rule": "times",
        },
    ]
    for mark in first["formulas"] + first["repairs"][1:]:
        paragraph = first["abstract"][mark["paragraph"]]
        assert paragraph[mark["start"] : mark["end"]] == mark["text"]
    assert first["acronyms"] == [{"short": "AB", "long": "a bird"}]
    assert first["related"] == [{"slug": "b", "terms": ["bird song", "valley"]}]


@pytest.mark.parametrize(
    ("papers", "paths"),
    [
        (0, ["papers.json"]),
        (1, ["papers.json"]),
        (PER_PAGE, ["papers.json"]),
        (PER_PAGE + 1, ["papers.json", "papers-2.json"]),
        (2 * PER_PAGE + 1, ["papers.json", "papers-2.json", "papers-3.json"]),
    ],
)
def test_following_next_gives_every_paper_once(papers: int, paths: list[str]) -> None:
    data = files(library_of(papers))
    assert list(data) == ["index.json", *paths]
    seen: list[str] = []
    followed: list[str] = []
    path: str | None = "papers.json"
    while path:
        followed.append(path)
        page = data[path]
        assert (page["total"], page["pages"]) == (papers, len(paths))
        seen += [paper["slug"] for paper in page["papers"]]
        path = page["next"]
    assert followed == paths
    assert seen == [f"p{n}" for n in range(papers)]


def test_a_new_digest_moves_no_paper_to_another_file(catalogue: Catalogue) -> None:
    digests = [read_text(OLDER, "2025-03-11.txt")]
    before = files(Catalogue(build_library(digests, read_vocabulary("", "v")[0])))["papers.json"]
    after = files(catalogue)["papers.json"]
    slugs = [paper["slug"] for paper in before["papers"]]
    assert slugs == [paper["slug"] for paper in after["papers"]][: len(slugs)]


def test_ways_are_relative_to_the_root_of_a_site_that_does_not_say_where_it_stands() -> None:
    data = files(library_of(PER_PAGE + 1))["papers.json"]
    assert data["site"]["url"] is None
    assert data["next"] == "papers-2.json"
    assert data["papers"][0]["url"] == "papers/p0/"


def fields(text: str, heading: str) -> set[str]:
    """The names that the first column of the table below a heading gives."""
    table = text.split(f"## {heading}\n")[1].split("\n## ")[0]
    return set(re.findall(r"^\| `([a-z]+)`", table, re.MULTILINE))


def test_every_field_is_documented_and_nothing_else(catalogue: Catalogue) -> None:
    data = files(catalogue)["papers.json"]
    text = DOCUMENTED.read_text(encoding="utf-8")
    assert fields(text, "A file of papers.json") == set(data)
    assert fields(text, "A paper") == set(data["papers"][0])


@given(st.text(st.characters(), max_size=60), st.text(st.characters(), max_size=60))
def test_any_text_can_be_published_and_comes_back(title: str, abstract: str) -> None:
    place = (Appearance("2025-03-11", Source("x", 1)),)
    tag = Tag("t", title)
    paper = Paper(
        "a",
        title,
        abstract,
        links=(Link("https://x.example/", LinkKind.CODE, title),),
        tags=("t",),
        appearances=place,
    )
    issue = Issue("2025-03-11", date(2025, 3, 11), "x", ("a",))
    catalogue = Catalogue(Library((issue,), {"a": paper}, {"t": tag}))
    for draft in data_drafts(catalogue, Site(title, abstract)):
        draft.make().decode("utf-8")
    back = files(catalogue)["papers.json"]["papers"][0]
    assert back["title"] == re.sub("[\ud800-\udfff]", "\ufffd", title)
