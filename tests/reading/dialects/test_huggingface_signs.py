"""What is and what is not a page of Hugging Face, and that long ones are read whole."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest

from generator.model import LineClass, StatedDay
from generator.reading import read_text
from generator.reading.dates import DateLine
from generator.reading.dialects import huggingface_api
from generator.reading.dialects.huggingface import visible
from generator.reading.dialects.huggingface_cards import published

NAME = "2025-03-11.txt"
PAPERS = "https://huggingface.co/papers/"
LOGIN = "https://huggingface.co/login?next=%2Fpapers%2F"
ABSTRACT = "It is known that lists are long. We read them to the end."


def page(number: int, id_: str) -> str:
    link = f"{PAPERS}{id_}"
    return (
        f"{LOGIN}{id_}\nOn List {number}\n{link}\n{ABSTRACT}\n{link}\n2 authors\n·\nMar 7, 2025\n"
    )


def markdown(number: int, id_: str) -> str:
    link = f"{PAPERS}{id_}"
    return (
        f"[-]({LOGIN}{id_})\n### [On List {number}]({link})\n[{ABSTRACT}]({link})\n"
        f"[- 2 authors]({link})\n·\nMar 7, 2025\n"
    )


def trending(number: int, id_: str) -> str:
    card = f"Submitted by\nsomeone\n### On List {number}\n{ABSTRACT}\n- 2 authors\n"
    tail = f"Upvote\n9\n[arXiv Page](https://arxiv.org/abs/{id_})\n"
    return f"{card}· Published on Mar 7, 2025\n{tail}{card}· Mar 7, 2025\n{tail}"


def paper(number: int, id_: str) -> str:
    return (
        f"Paper page - On List {number}\nPapers\narxiv:{id_}\nOn List {number}\n"
        f"Published on Mar 7, 2025\nAuthors:\nAda Lovelace\nAbstract\n{ABSTRACT}\n"
        "View arXiv page\nView PDF\nAdd to collection\nCommunity\n"
    )


def api(number: int, id_: str) -> str:
    inner = {"id": id_, "title": f"On List {number}", "summary": ABSTRACT}
    inner["publishedAt"] = "2025-03-07T10:00:00.000Z"
    return json.dumps({"paper": inner, "publishedAt": "2025-03-11T00:00:00.000Z"}) + "\n"


def mail(number: int, id_: str) -> str:
    return f"On List {number} (3 ▲)\n\n{ABSTRACT}\n\n"


MAIL_TOP = "Daily Papers\n\nHere is the selection of papers for today (11 Mar):\n\n"
FORMS: dict[str, tuple[str, Callable[[int, str], str]]] = {
    "huggingface-page": ("Daily Papers\n", page),
    "huggingface-markdown": ("# Daily Papers\n", markdown),
    "huggingface-trending": ("Trending Papers\n", trending),
    "huggingface-paper": ("", paper),
    "huggingface-api": ("", api),
    "huggingface-mail": (MAIL_TOP, mail),
}
LONG = {"huggingface-api": 5000}
"""Papers of the longest list; of forms with many lines for a paper fewer say as much."""


@pytest.mark.parametrize("name", FORMS)
def test_a_long_list_is_read_whole(name: str) -> None:
    top, card = FORMS[name]
    long = LONG.get(name, 500)
    text = top + "".join(card(number, f"2503.{number:05}") for number in range(long))
    digest = read_text(text, NAME)
    assert digest.dialect == name
    assert [record.title for record in digest.records] == [f"On List {n}" for n in range(long)]
    assert {record.abstract for record in digest.records} == {ABSTRACT}
    assert digest.problems == ()
    if name != "huggingface-mail":
        assert {record.published for record in digest.records} == {date(2025, 3, 7)}
    if name not in ("huggingface-mail", "huggingface-paper"):
        assert digest.records[17].arxiv == "2503.00017"


PLAIN = f"""Daily Papers

by AK and the research community

Mar 11

Reading the Hub: What Model Cards Say

We read all model cards at https://huggingface.co/papers and say what is in them. Of 400,000
cards, a third says nothing. The data is at {PAPERS}2503.04715 and {PAPERS}2503.04715.

Upvote: Votes as Reward

Link: {PAPERS}2503.00001

Submitted by users, votes are a reward. We learn from them. Published on Mar 7, our model has
2 authors and a [GitHub](https://github.com/a/b) page.
"""


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        f"# [Hub Papers]({PAPERS}2503.04715)\n\n{ABSTRACT}\n\n# Another\n\n{ABSTRACT}\n",
        f"A Title\n{PAPERS}2503.04715\n\n{ABSTRACT}\n\nB Title\n{PAPERS}2503.04716\n\n{ABSTRACT}\n",
        f"Submitted by\nada\n\nA Title\n\n{ABSTRACT}\n\nUpvote\n\n12\n",
        '{A} Title in Braces: "paper"\n\n' + ABSTRACT + "\n",
        f"[1] A Title with a Number\n\n{ABSTRACT} See (140 ▲) below.\n",
    ],
    ids=["mentions", "headings", "links", "buttons", "braces", "triangle"],
)
def test_a_list_with_one_sign_or_two_is_plain(text: str) -> None:
    assert read_text(text, NAME).dialect == "text"


@pytest.mark.parametrize(
    ("line", "arxiv", "day"),
    [
        (DateLine(7, 10, 2024), None, date(2024, 10, 7)),
        (DateLine(29, 5), "2505.29001", date(2025, 5, 29)),
        (DateLine(31, 12), "2601.00001", date(2025, 12, 31)),
        (DateLine(28, 2), "2603.00001", date(2026, 2, 28)),
        (DateLine(29, 2), "2403.00001", date(2024, 2, 29)),
        (DateLine(29, 2), "2503.00001", None),
        (DateLine(31, 2, 2024), None, None),
        (DateLine(3, 3), None, None),
        (DateLine(3, 3), "cs/0112017", None),
        (None, "2505.29001", None),
    ],
)
def test_a_year_that_a_page_leaves_out_comes_from_the_identifier(
    line: DateLine | None, arxiv: str | None, day: date | None
) -> None:
    assert published(line, arxiv) == day


@pytest.mark.parametrize(
    ("before", "line", "year"),
    [("2026-03-24", "Mar 25", 2026), ("2025-12-31", "Jan 1", 2026), ("2024-02-28", "Feb 29", 2024)],
)
def test_the_year_of_a_page_comes_from_the_day_before(before: str, line: str, year: int) -> None:
    top = f"Daily Papers\n{PAPERS}date/{before}\n{line}\n"
    digest = read_text(top + page(1, "2503.00001") + page(2, "2503.00002"), NAME)
    assert [(day.year, day.first) for day in digest.days] == [(year, 0)]


def test_two_pages_in_one_text_say_two_days() -> None:
    one = "Daily Papers\nMar 11\n" + page(1, "2503.00001") + page(2, "2503.00002")
    two = "Daily Papers\nMar 12\n" + page(3, "2503.00003")
    digest = read_text(one + two, NAME)
    assert [(day.month, day.day, day.first) for day in digest.days] == [(3, 11, 0), (3, 12, 2)]
    assert len(digest.records) == 3


def test_entries_that_came_in_on_two_days_are_one_list() -> None:
    days = ["2025-03-10T23:00:00.000Z", "2025-03-11T01:00:00.000Z", "2025-03-10T22:00:00.000Z"]
    lines = [
        json.dumps({**json.loads(api(n, f"2503.0000{n}")), "publishedAt": day})
        for n, day in enumerate(days)
    ]
    digest = read_text("\n".join(lines), NAME)
    assert [(d.month, d.day, d.year, d.first) for d in digest.days] == [(3, 11, 2025, 0)]
    assert [type(day) for day in digest.days] == [StatedDay]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"paper":' * 20_000,
        '{"paper": {"title": "A", "summary": "' + "\\" * 30_001,
        '{"paper": {"title": ' + "9" * 100_000 + "}}",
        '[{"paper": {"title": "\\ud800 \\u0000", "summary": 3}, "publishedAt": [], "upvotes": {}}]',
        '\n{"'.join(['{"paper": {"summary": "x'] * 5000),
        "### [" * 20_000 + "\n·\n",
        f"### [{'[' * 50_000}]({PAPERS}2503.04715)\n·\n[a]({LOGIN})\n# Daily Papers\n",
        f"Submitted by\n{'[a](' * 30_000}\nUpvote\narXiv Page\nTrending Papers\n",
        "Abstract\nView arXiv page\nView PDF\nAuthors:\n" + "Published on\n" * 5000,
    ],
    ids=range(10),
)
def test_hostile_texts_raise_nothing_and_are_whole(text: str) -> None:
    digest = read_text(text, NAME)
    assert "".join(text[line.start : line.end] for line in digest.lines) == text
    for record in digest.records:
        (record.title + record.abstract).encode("utf-8")


def test_an_answer_in_one_line_is_not_looked_at_for_each_of_its_papers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked: list[int] = []

    def counted(text: str) -> str:
        looked.append(len(text))
        return visible(text)

    monkeypatch.setattr(huggingface_api, "visible", counted)
    text = "[" + ",".join(api(n, f"2503.{n:05}").strip() for n in range(50)) + "]"
    assert len(read_text(text, NAME).records) == 50
    assert sum(looked) < 5 * len(text)


def test_an_entry_that_is_broken_leaves_the_others_whole() -> None:
    lines = [api(n, f"2503.0000{n}").strip() for n in range(4)]
    lines[1] = lines[1][:60]
    digest = read_text("\n".join(lines), NAME)
    assert [record.title for record in digest.records] == ["On List 0", "On List 2", "On List 3"]
    assert [(p.code, p.source.line) for p in digest.problems] == [("B303", 2)]
    assert digest.lines[1].kind is LineClass.UNCLASSIFIED
