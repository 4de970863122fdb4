"""What mailings, listings, lists and catalogues mean by a line: one small text for each case."""

from __future__ import annotations

import json
from datetime import date

import pytest

from generator.model import Digest, LineClass
from generator.reading import read_text
from generator.reading.dialects.people import catalogued, people_of
from generator.reading.dialects.texnames import untexed

NAME = "2025-03-20.txt"
TEXT = "We show that one small text is enough to see what a grammar does."


def read(text: str, dialect: str) -> Digest:
    digest = read_text(text, NAME)
    assert digest.dialect == dialect
    assert "".join(text[line.start : line.end] for line in digest.lines) == text
    return digest


def codes(digest: Digest) -> list[tuple[str, int]]:
    return [(problem.code, problem.source.line) for problem in digest.problems]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("A. B., C. D. and E. F.", ("A. B.", "C. D.", "E. F.")),
        ("Ann Lee, Bo Ek, and Cy Oh", ("Ann Lee", "Bo Ek", "Cy Oh")),
        (
            r"Mar Canet Sol\`a, {\O}rsted and Fl\"orchinger",
            ("Mar Canet Solà", "Ørsted", "Flörchinger"),
        ),
        ("Ann Lee (1), Bo Ek (1 and 2) ((1) U. of X, (2) Y)", ("Ann Lee", "Bo Ek")),
        ("Ann Lee, +, Bo Ek", ("Ann Lee", "Bo Ek")),
        ("Ann Lee, Bo Ek, et al. (12 additional authors not shown)", ("Ann Lee", "Bo Ek")),
        ("Ann Lee, Jr., Bo Ek III", ("Ann Lee, Jr.", "Bo Ek III")),
        ("Anderson Alexander", ("Anderson Alexander",)),
        ("Ann Lee, Ann Lee", ("Ann Lee",)),
        ("Ann Lee (never closed, Bo Ek", ("Ann Lee (never closed", "Bo Ek")),
        ("", ()),
    ],
)
def test_names_are_taken_one_by_one(text: str, names: tuple[str, ...]) -> None:
    assert people_of(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Lee, Ann and Bo Ek", ("Ann Lee", "Bo Ek")),
        ("Lee, Jr., Ann and Ek, Bo, III", ("Ann Lee, Jr.", "Bo Ek, III")),
        ("{Barnes and Noble} and van den Berg, A.", ("Barnes and Noble", "A. van den Berg")),
        (r"Erd\H{o}s, P. and \'{I}m, {\L}ucja and others", ("P. Erdős", "Łucja Ím")),
        ("Ann~Lee", ("Ann Lee",)),
    ],
)
def test_names_of_catalogues_are_put_as_they_are_spoken(text: str, names: tuple[str, ...]) -> None:
    assert catalogued(text) == names


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"{BERT}: {A} Study", "BERT: A Study"),
        (r"5\% \& more", "5% & more"),
        (r"of \$O(n)\$ and $\mathcal{O}({n})$", r"of $O(n)$ and $\mathcal{O}({n})$"),
        (r"\emph{very {Deep}} x_{i}", r"\emph{very Deep} x_{i}"),
        (r"{\textless}b{\textgreater} \textbackslash{}n", r"<b> \n"),
        (r"na\"{\i}ve \v{S}ik \c{C}elik \ss", "naïve Šik Çelik ß"),
        ("}{", "}{"),
        ("a" + "{" * 5000, "a"),
        ("\\", "\\"),
    ],
)
def test_tex_becomes_letters_where_it_is_no_formula(text: str, shown: str) -> None:
    assert untexed(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        f"# A Title\nAuthors: Ann Lee\narXiv: 2503.04715\nLink: https://a.example/b\n\n{TEXT}\n",
        f"Title: A Title\nAbstract: {TEXT}\n\nTitle: Another\nAbstract: {TEXT} It is.\n",
        f"Title, Abstract, and Authors: What Readers Look At\n\n{TEXT}\n\nNew\n\n{TEXT} It is.\n",
        f"A Title - Lee, 2020\n\n{TEXT} @article{{x}} and \\\\ stand in it, as [1] arXiv:2503.1.\n",
        f"### A Title\n\n{TEXT}\n\n### [Another](https://a.example/b)\n\n{TEXT} It is.\n",
        f"A Title\n\n{TEXT}\nAI - the powered kind - is\nTY - no tag.\n",
        f"| A Title |\n\n{TEXT} | [Paper](https://arxiv.org/abs/2503.04715) |\n",
        f"Summary: A Title\n\n{TEXT}\nPDF: https://arxiv.org/pdf/2503.04715\n",
    ],
)
def test_what_has_one_sign_of_a_form_only_is_plain_text(text: str) -> None:
    assert read_text(text, NAME).dialect == "text"


def mailed(identifier: str, header: str, abstract: str = "") -> str:
    body = f"  {abstract}\n" if abstract else ""
    end = f"\\\\ ( https://arxiv.org/abs/{identifier} ,  1kb)\n{'-' * 78}\n"
    return f"\\\\\narXiv:{identifier}\n{header}\n\\\\\n{body}{end}"


def test_a_mailing_tells_the_papers_own_day_and_the_later_day_of_its_list() -> None:
    top = "received from  Tue 18 Mar 25 18:00:00 GMT  to  Thu 20 Mar 25 18:00:00 GMT\n"
    header = "Date: Wed, 19 Mar 2025 10:00:00 GMT   (5kb)\n\nTitle: A\n  Title\nAuthors: Ann Lee"
    digest = read(top + mailed("2503.90001", header, TEXT), "arxiv-mail")
    (record,) = digest.records
    assert (record.title, record.published) == ("A Title", date(2025, 3, 19))
    assert [(day.month, day.day, day.year) for day in digest.days] == [(3, 20, 2025)]
    assert digest.problems == ()


def test_replacements_of_a_mailing_have_one_warning() -> None:
    new = mailed("2503.90001", "Date: Wed, 19 Mar 2025 10:00:00 GMT   (5kb)\nTitle: A", TEXT)
    old = "replaced with revised version Wed, 19 Mar 2025 10:00:00 GMT   (5kb)\nTitle: B"
    digest = read(new + mailed("2403.90001", old) + mailed("2403.90002", old), "arxiv-mail")
    assert [record.title for record in digest.records] == ["A"]
    assert codes(digest) == [("B304", 10)]


def test_a_listing_without_abstracts_has_one_problem() -> None:
    entry = (
        "[{0}] arXiv:2503.9000{0} [pdf, html, other]\nTitle: T{0}\nAnn Lee\nSubjects: X (cs.LG)\n"
    )
    digest = read("".join(entry.format(number) for number in range(1, 8)), "arxiv-listing")
    assert [problem for problem in digest.problems if problem.code == "B301"] == [
        problem for problem in digest.problems if "7 papers" in problem.message
    ]
    assert digest.records == ()


def test_a_bot_that_never_ends_takes_nothing_of_the_next_paper() -> None:
    text = (
        "### 1. [A](https://arxiv.org/abs/2503.90001)\n**Authors**: Ann Lee\n"
        f"**ArXiv ID**: 2503.90001v1\n#### Abstract\n{TEXT}\n<details>\n"
        "<summary><strong>AI Summary</strong> - expand</summary>\n# Words of a bot\n"
        f"### 2. [B](https://arxiv.org/abs/2503.90002)\n**Authors**: Bo Ek\n#### Abstract\n{TEXT}\n"
    )
    digest = read(text, "markdown-list")
    assert [record.title for record in digest.records] == ["A", "B"]
    assert {record.abstract for record in digest.records} == {TEXT}
    assert digest.problems == ()


def test_a_lister_s_words_in_place_of_an_abstract_have_a_note() -> None:
    rows = "| **Paper** | **Links** |\n| --- | --- |\n"
    digest = read(
        f"{rows}| 1) **A** - words | [Paper](https://arxiv.org/abs/2503.90001) |\n", "paper-table"
    )
    assert [code for code, _ in codes(digest)] == ["B302"]
    assert "summary" in digest.records[0].notes[0]


def test_a_list_of_summaries_alone_is_said_once() -> None:
    rows = "| **Paper** | **Links** |\n| --- | --- |\n"
    row = "| {0}) **Paper {0}** - words | [Paper](https://arxiv.org/abs/2503.9000{0}) |\n"
    digest = read(rows + "".join(map(row.format, range(1, 4))), "paper-table")
    assert codes(digest) == [("B302", 3)]
    assert "all 3 papers" in digest.problems[0].message
    assert all("summary" in record.notes[0] for record in digest.records)


@pytest.mark.parametrize("number", [1, 999, 1000, 12345])
def test_rows_of_long_tables_are_read(number: int) -> None:
    rows = "| **Paper** | **Links** |\n| --- | --- |\n| 1) **A** - x | [P](https://a.org) |\n"
    text = f"{rows}| {number}) **B** - words | [Paper](https://arxiv.org/abs/2503.90001) |\n"
    assert [record.title for record in read(text, "paper-table").records] == ["A", "B"]


GREETINGS = (
    "Hi all,\n\nhere is today's list.\n\n",
    "---------- Forwarded message ---------\nFrom: Ada <ada@example.org>\nTo: Bo\n\n",
    "```\n",
)


@pytest.mark.parametrize("above", GREETINGS)
def test_a_greeting_above_a_table_of_csv_is_reported_and_the_table_read(above: str) -> None:
    digest = read(f'{above}Title,Abstract,URL\nA,"{TEXT}",x\n  "B, C", "{TEXT}",x\n', "papers-csv")
    assert [record.title for record in digest.records] == ["A", "B, C"]
    assert {code for code, _ in codes(digest)} == {"B012"}


@pytest.mark.parametrize("above", GREETINGS)
@pytest.mark.parametrize("indent", [None, 2])
def test_a_greeting_above_json_is_reported_and_the_papers_read(
    above: str, indent: int | None
) -> None:
    paper = {"id": "2503.90001", "title": "A", "summary": TEXT, "upvotes": 3}
    entry = {"paper": paper, "publishedAt": "2025-03-20T00:00:00.000Z", "numComments": 1}
    digest = read(above + json.dumps([entry], indent=indent) + "\n", "huggingface-api")
    assert [record.title for record in digest.records] == ["A"]
    assert {code for code, _ in codes(digest)} == {"B012"}


def test_a_quotation_mark_that_nothing_closes_costs_its_row_only() -> None:
    text = f'Title,Abstract,URL\nA,"{TEXT},x\nB,{TEXT},x\nC,{TEXT},x\n'
    digest = read(text, "papers-csv")
    assert [record.title for record in digest.records] == ["B", "C"]
    assert codes(digest) == [("B303", 2)]


def test_a_broken_entry_of_bibtex_is_reported_with_its_line_and_nothing_else_is_printed(
    capfd: pytest.CaptureFixture[str],
) -> None:
    good = "@article{{{0},\n  title = {{{0}}},\n  abstract = {{{1}}}\n}}\n"
    broken = "@article{b,\n  title = {Never closed,\n  abstract = {x}\n}\n"
    text = good.format("A", TEXT) + broken + "some rest\n" + good.format("C", TEXT)
    digest = read(text, "bibtex")
    assert [(record.title, record.source.line) for record in digest.records] == [
        ("A", 2),
        ("C", 11),
    ]
    assert codes(digest) == [("B303", 5)]
    assert "closed" in digest.problems[0].message
    assert capfd.readouterr() == ("", "")


def test_lines_of_bibtex_are_right_below_several_broken_entries() -> None:
    broken = "@article{b,\n  title = {Never {closed,\n\n  year = 2020\n}\n\n"
    good = f"@article{{c,\n  title = {{C}},\n  abstract = {{{TEXT}}}\n}}\n"
    digest = read(broken * 3 + good, "bibtex")
    titles = [line for line in digest.lines if line.kind is LineClass.TITLE]
    assert [line.number for line in titles] == [20]
    assert digest.records[0].source.line == 20


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ("year = 2025, month = mar, day = 9", date(2025, 3, 9)),
        ("year = {2025}, month = {March}, day = {09}", date(2025, 3, 9)),
        ("date = {2025-03-09}", date(2025, 3, 9)),
        ("year = 2025, month = mar", None),
        ("date = {2025-03}", None),
        ("year = 2025, month = feb, day = 30", None),
    ],
)
def test_a_day_counts_only_if_it_is_whole(fields: str, day: date | None) -> None:
    text = f"@misc{{a,\n  title = {{A}},\n  abstract = {{{TEXT}}},\n  {fields}\n}}\n"
    assert read(text, "bibtex").records[0].published == day


@pytest.mark.parametrize(
    "field",
    [
        "eprint = {2503.90001}, archiveprefix = {arXiv}",
        "eprint = {2503.90001v2}",
        "journal = {arXiv preprint arXiv:2503.90001}",
        "url = {https://arxiv.org/abs/2503.90001}",
        "doi = {10.48550/arXiv.2503.90001}",
        "note = {arXiv:2503.90001 [cs]}",
    ],
)
def test_an_identifier_of_arxiv_is_found_wherever_it_stands(field: str) -> None:
    text = f"@misc{{a,\n  title = {{A}},\n  abstract = {{{TEXT}}},\n  {field}\n}}\n"
    (record,) = read(text, "bibtex").records
    assert record.arxiv == "2503.90001"
    assert record.notes == ()
    assert record.links == ()


def test_keywords_of_a_catalogue_become_no_tags() -> None:
    text = f"TY  - JOUR\nTI  - A\nAB  - {TEXT}\nAU  - Lee, Ann\nKW  - graphs\nER  - \n"
    (record,) = read(text, "ris").records
    assert (record.tags, record.authors) == ((), ("Ann Lee",))


def test_a_record_of_ris_without_an_end_costs_the_next_nothing() -> None:
    text = f"TY  - JOUR\nTI  - A\nAB  - {TEXT}\n\nTY  - JOUR\nTI  - B\nAB  - {TEXT}\nER  - \n"
    assert [record.title for record in read(text, "ris").records] == ["A", "B"]


def test_snippets_of_an_alert_are_no_abstracts() -> None:
    text = (
        "[PDF] A\nA Lee, B Ek… - Journal of …, 2025\n… some words … and others …\n\n"
        f"B\nA Lee - Journal of X, 2025\n{TEXT}\n\n"
        "This message was sent by Google Scholar because you follow somebody.\nCANCEL ALERT\n"
    )
    digest = read(text, "scholar-alert")
    assert [(record.title, record.abstract) for record in digest.records] == [("B", TEXT)]
    assert codes(digest) == [("B301", 1)]
