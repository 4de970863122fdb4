"""What `read_text` makes of small lists: one list, what stands in it, what is said of it."""

from __future__ import annotations

import pytest

from generator.model import Digest, LineClass, Severity
from generator.reading import read_text

A = "We study things at hand. It turns out to be good, and our method beats all baselines by far."
B = "Graphs are hard to draw. This paper presents a way of drawing them that needs linear time."
LETTERS = {
    LineClass.CHROME: "c",
    LineClass.DATE: "d",
    LineClass.TITLE: "t",
    LineClass.KEY: "k",
    LineClass.ABSTRACT: "a",
    LineClass.BLANK: ".",
    LineClass.UNCLASSIFIED: "?",
}


def read(text: str) -> Digest:
    return read_text(text, "docs/digests/2025-03-11.txt")


def classes(digest: Digest) -> str:
    return "".join(LETTERS[line.kind] for line in digest.lines)


def found(digest: Digest) -> list[tuple[int, str]]:
    return [(p.source.line, "E" if p.severity is Severity.ERROR else "W") for p in digest.problems]


CASES = [
    pytest.param("", [], "", [(1, "E")], id="empty"),
    pytest.param(" \n\t\n", [], "..", [(1, "E")], id="blank"),
    pytest.param("new\n\nSubscribe\n", [], "c.c", [(1, "E")], id="only chrome"),
    pytest.param(f"On Things\n\n{A}", ["On Things"], "t.a", [], id="one paper"),
    pytest.param(f"On Things\n{A}", ["On Things"], "ta", [], id="no blank line below the title"),
    pytest.param(
        f"On Things\n{A}\nGraphs and Trees\n{B}",
        ["On Things", "Graphs and Trees"],
        "tata",
        [],
        id="no blank lines",
    ),
    pytest.param(
        f"New\n\n{A}\n\nSubscribe\n\n{B}",
        ["New", "Subscribe"],
        "t.a.t.a",
        [],
        id="titled like chrome",
    ),
    pytest.param(
        f"new\n\nSubscribe\n\nbyAK and the research community\n\nMar 11\n\nNew\n\n{A}",
        ["New"],
        "c.c.c.d.t.a",
        [],
        id="titled New below chrome",
    ),
    pytest.param(
        f"Daily Papers\nby\nAK\nand the research community\nMar 11\n\nOn Graphs\n{B}",
        ["On Graphs"],
        "ccccd.ta",
        [],
        id="chrome without blank lines",
    ),
    pytest.param(f"Mar 12\n\nOn Things\n\n{A}", ["On Things"], "d.t.a", [(1, "E")], id="other day"),
    pytest.param(
        f"On Things\n\n{A}\n\nMar 12\n\nOn Graphs\n\n{B}",
        ["On Things", "On Graphs"],
        "t.a.?.t.a",
        [(5, "E")],
        id="a date among papers",
    ),
    pytest.param(
        f"On Things\n\nOn Graphs\n\n{B}", ["On Graphs"], "?.t.a", [(1, "E")], id="two titles"
    ),
    pytest.param(
        f"On Graphs\n\n{B}\n\nThings of Late",
        ["On Graphs"],
        "t.a.?",
        [(5, "E")],
        id="title at the end",
    ),
    pytest.param(
        f"{A}\n\nOn Graphs\n\n{B}", ["On Graphs"], "?.t.a", [(1, "E")], id="abstract at the start"
    ),
    pytest.param(
        f"Hello all, here is the list.\n\n# On Graphs\n\n{B}",
        ["On Graphs"],
        "?.t.a",
        [(1, "E")],
        id="a greeting",
    ),
    pytest.param(f"# On Things\n\n# Graphs\n{B}", ["Graphs"], "?.ta", [(1, "E")], id="mark alone"),
    pytest.param(f"#\n\n# Graphs\n\n{B}", ["Graphs"], "?.t.a", [(1, "E")], id="empty mark"),
    pytest.param(
        f"# Things\n\n{A}\n\n{B}\n\n# Graphs\n\n{B}\n\n{A}",
        ["Things", "Graphs"],
        "t.a.a.t.a.a",
        [],
        id="paragraphs between marks",
    ),
    pytest.param(
        f"# Learning Things\nfrom Other Things\n\n{A}",
        ["Learning Things from Other Things"],
        "tt.a",
        [],
        id="a marked title on two lines",
    ),
    pytest.param(
        f"On Graphs\n\n{B}\n\nOn Graphs\n\n{B}", ["On Graphs"] * 2, "t.a.t.a", [], id="double card"
    ),
    pytest.param(
        f"Graphs Are Hard.\n\n{B}", ["Graphs Are Hard."], "t.a", [(1, "W")], id="sentence"
    ),
    pytest.param("Echo\n\nEcho", ["Echo"], "t.a", [(3, "W")], id="abstract is the title"),
    pytest.param(
        "On Things\n\nPlease give a thumbs up if you like this comment.",
        ["On Things"],
        "t.a",
        [(3, "W")],
        id="bot",
    ),
    pytest.param("On Things\n\nWe propose …", ["On Things"], "t.a", [(3, "W")], id="cut"),
    pytest.param("On Things\n\nCheck this out!", ["On Things"], "t.a", [], id="a short comment"),
    pytest.param(
        f"On Things\n\nDataset: https://zenodo.org/1\n\nOn Graphs\n\n{B}",
        ["On Things", "On Graphs"],
        "t.a.t.a",
        [],
        id="an address as abstract",
    ),
    pytest.param(
        "大语言模型的推理\n\n我们提出一种新的方法。该方法有效。\n\n图的绘制\n\n图很难画。本文提出一种方法。",
        ["大语言模型的推理", "图的绘制"],
        "t.a.t.a",
        [],
        id="Chinese",
    ),
    pytest.param(
        f"On Things\n\n{A}\n\nTags: late\n\nOn Graphs\n\n{B}",
        ["On Things", "On Graphs"],
        "t.a.?.t.a",
        [(5, "E")],
        id="a key below the abstract",
    ),
    pytest.param(
        f"On Things\n\nVenue: ICLR 2025\n\n{A}", ["On Things"], "t.?.a", [(3, "E")], id="no key"
    ),
    pytest.param(
        f"On Things\nAuthors: A\n\nOn Graphs\n\n{B}",
        ["On Graphs"],
        "??.t.a",
        [(1, "E")],
        id="keys without an abstract",
    ),
]


@pytest.mark.parametrize(("text", "titles", "kinds", "problems"), CASES)
def test_lists_are_read_as_a_person_would(
    text: str, titles: list[str], kinds: str, problems: list[tuple[int, str]]
) -> None:
    digest = read(text)
    assert [record.title for record in digest.records] == titles
    assert classes(digest) == kinds
    assert found(digest) == problems


def test_all_keys_are_read_below_the_title_or_after_blank_lines() -> None:
    digest = read(
        f"On Things\nauthors: A. B;\n  C D\nARXIV: arXiv:2503.04715v2\nDoi: 10.1000/ABC\n\n"
        "Link: https://x.org/a\nlink: github.com/x/y\n\n"
        f"Tags: a, b; c\nTags: d\nNote: see: Link: no\n{A}"
    )
    (record,) = digest.records
    assert digest.problems == ()
    assert classes(digest) == "tkkkk.kk.kkka"
    assert record.authors == ("A. B", "C D")
    assert (record.arxiv, record.doi) == ("2503.04715", "10.1000/abc")
    links = [(given.text, given.source.line) for given in record.links]
    assert links == [("https://x.org/a", 7), ("github.com/x/y", 8)]
    tags = [(given.text, given.source.line) for given in record.tags]
    assert tags == [("a", 10), ("b", 10), ("c", 10), ("d", 11)]
    assert record.notes == ("see: Link: no",)
    assert record.abstract == A


def test_bad_keys_are_errors_and_the_paper_survives() -> None:
    digest = read(
        "On Things\nAutors: X\narXiv: nope\nDOI: nope\narXiv: 2503.04715\n"
        f"Link: see our page\nTags:\nFoo: bar\n\n{A}"
    )
    (record,) = digest.records
    assert (record.title, record.abstract) == ("On Things", A)
    assert (record.arxiv, record.doi, record.links, record.tags) == (None, None, (), ())
    assert classes(digest) == "t?kkkkk?.a"
    assert found(digest) == [(line, "E") for line in range(2, 9)]
    assert all(problem.hint for problem in digest.problems)


def test_the_words_of_keys_inside_an_abstract_are_abstract() -> None:
    (record,) = read(f"On Things\n\n{A}\nNote: a line, with Link: https://x.org in it.\n").records
    assert record.abstract == f"{A} Note: a line, with Link: https://x.org in it."
    assert (record.notes, record.links) == ((), ())


def test_white_space_is_folded_and_paragraphs_stay() -> None:
    digest = read(
        f"# On\u00a0 Things\r\rWe   study\tthings\u2028here.\r\n \u3000\r\n\r{B}\n\n# Graphs\n{A}"
    )
    assert [(record.title, record.abstract) for record in digest.records] == [
        ("On Things", f"We study things here.\n\n{B}"),
        ("Graphs", A),
    ]


def test_doubt_has_a_way_out() -> None:
    (problem,) = read(f"On Things\n\nOn Graphs\n\n{B}").problems
    assert "mark" in problem.hint
    assert "# " in problem.hint


def test_a_bad_file_name_is_an_error_and_the_papers_are_read() -> None:
    digest = read_text(f"On Things\n\n{A}", "lists/2025-02-30.txt")
    assert (digest.date, digest.slug, len(digest.records)) == (None, "2025-02-30", 1)
    assert found(digest) == [(1, "E")]


def test_problems_name_the_file_as_the_user_did() -> None:
    assert str(read("On Things").problems[0]).startswith(
        "docs/digests/2025-03-11.txt:1: error[B101]: "
    )


@pytest.mark.parametrize(
    "unit",
    [
        "x" * 60,
        "Word ",
        "a\n\n",
        "# T\n",
        "T\nAuthors: a;\n",
        "Authors: a\n",
        f"{A}\n\n",
        "w\n",
        "new\n",
        "Mar 11\n",
        "a. ",
        ")]}",
        ":",
        " ",
        "arXiv:",
    ],
)
def test_hostile_repetition_is_read_and_accounted_for(unit: str) -> None:
    text = unit * 1500
    digest = read(text)
    assert "".join(text[line.start : line.end] for line in digest.lines) == text
