"""File names, date lines, keys and their values, bytes: tables of single lines."""

from __future__ import annotations

from datetime import date

import pytest

from generator.model import Severity
from generator.reading import read_bytes, read_text
from generator.reading.chrome import Chrome, chrome_of
from generator.reading.dates import date_line_of, date_of, day_in, is_other_date, slug_of
from generator.reading.keys import (
    arxiv_of,
    doi_of,
    is_slip,
    items_of,
    key_line_of,
    nearest_key,
)
from generator.reading.lines import split_lines

DAY = date(2025, 3, 11)


@pytest.mark.parametrize(
    ("path", "slug", "day"),
    [
        ("docs/digests/2025-03-11.txt", "2025-03-11", DAY),
        ("2025-03-11-Reading-Group2.txt", "2025-03-11-reading-group2", DAY),
        ("C:\\lists\\2025-03-11.txt", "2025-03-11", DAY),
        ("2024-02-29.txt", "2024-02-29", date(2024, 2, 29)),
        ("2025-02-29.txt", "2025-02-29", None),
        ("2025-3-11.txt", "2025-3-11", None),
        ("2025-03-11.md", "2025-03-11", None),
        ("2025-03-11-.txt", "2025-03-11-", None),
        ("2025-03-11_a.txt", "2025-03-11_a", None),
        ("２０２５-03-11.txt", "２０２５-03-11", None),
        ("notes", "notes", None),
        ("", "", None),
    ],
)
def test_file_names_give_slug_and_day(path: str, slug: str, day: date | None) -> None:
    assert (slug_of(path), date_of(path)) == (slug, day)


@pytest.mark.parametrize(
    ("text", "agrees"),
    [
        ("Mar 11", True),
        ("mar. 11", True),
        ("March 11, 2025", True),
        ("Mar 11, 2025", True),
        ("March 11th 2025", True),
        ("2025-03-11", True),
        ("11 Mar", True),
        ("11 March 2025", True),
        ("Tue, 11 Mar 2025", True),
        ("Tuesday, March 11, 2025", True),
        ("Wed, 11 Mar 2025", False),
        ("Mar 12", False),
        ("March 11, 2024", False),
        ("2025-03-12", False),
        ("Feb 30", False),
        ("Marching 11", None),
        ("M 11", None),
        ("11", None),
        ("2025", None),
        ("Mar", None),
        ("Mar 11: A Story", None),
        ("Mar 111", None),
    ],
)
def test_date_lines_agree_disagree_or_are_none(text: str, agrees: bool | None) -> None:
    line = date_line_of(text)
    assert (None if line is None else line.agrees_with(DAY)) == agrees


@pytest.mark.parametrize("text", ["Mar 10", "Mar 12", "Feb 11", "Apr 11", "Feb 10", "Apr 12"])
def test_a_day_before_or_after_is_another_day(text: str) -> None:
    line = date_line_of(text)
    assert line is not None
    assert not line.agrees_with(DAY)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("3/11/2025", True),
        ("11.3.", True),
        ("20250311", True),
        ("12", True),
        ("Today", True),
        ("Yesterday's papers", True),
        ("Friday,", True),
        ("Mar 11", False),
        ("2025-03-11", False),
        ("Attention", False),
        ("3/11-2025", False),
        ("", False),
    ],
)
def test_dates_in_forms_that_are_not_read_are_known_as_such(text: str, other: bool) -> None:
    assert is_other_date(text) is other


def test_a_date_line_is_no_longer_than_people_write_one() -> None:
    assert date_line_of(f"Mar{' ' * 35}11") is not None
    assert date_line_of(f"Mar{' ' * 36}11") is None


@pytest.mark.parametrize(("path", "slug"), [(".txt", ".txt"), ("a/B", "b"), ("a.b/C.d.txt", "c.d")])
def test_a_slug_is_never_empty(path: str, slug: str) -> None:
    assert slug_of(path) == slug


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("byAK and the research community", Chrome.SLOGAN),
        ("by AK and the research community", Chrome.SLOGAN),
        ("By AK and the AI Research Community", Chrome.SLOGAN),
        ("Get trending papers in your email inbox!", Chrome.SLOGAN),
        ("Get trending papers in your email inbox once a day!", Chrome.SLOGAN),
        ("NEW", Chrome.BADGE),
        ("Sub scribe", Chrome.BADGE),
        ("New Methods", Chrome.NONE),
        ("", Chrome.NONE),
    ],
)
def test_chrome_is_an_exact_line_without_case_and_space(text: str, found: Chrome) -> None:
    assert chrome_of(text) is found


@pytest.mark.parametrize(
    ("value", "identifier"),
    [
        ("2503.04715", "2503.04715"),
        ("arXiv:2503.04715v2", "2503.04715"),
        ("https://arxiv.org/abs/2503.04715v1", "2503.04715"),
        ("http://www.arxiv.org/pdf/2503.04715.pdf", "2503.04715"),
        ("https://arxiv.org/abs/2503.04715?context=cs", "2503.04715"),
        ("arxiv.org/html/2503.04715", "2503.04715"),
        ("2503.04715 [cs.CL]", "2503.04715"),
        ("0704.0001", "0704.0001"),
        ("cs/0112017", "cs/0112017"),
        ("math.GT/0309136", "math.GT/0309136"),
        ("https://arxiv.org/abs/hep-th/9901001v3", "hep-th/9901001"),
        ("2513.04715", None),
        ("2503.4715.1", None),
        ("2503", None),
        ("", None),
        ("arXiv:" * 9, None),
    ],
)
def test_arxiv_values(value: str, identifier: str | None) -> None:
    assert arxiv_of(value) == identifier


@pytest.mark.parametrize(
    ("value", "identifier"),
    [
        ("10.1000/182", "10.1000/182"),
        ("doi:10.1000/ABC", "10.1000/abc"),
        ("DOI: 10.1000/ABC", "10.1000/abc"),
        ("https://doi.org/10.18653/v1/2020.acl-main.1", "10.18653/v1/2020.acl-main.1"),
        ("http://dx.doi.org/10.1000%2F182", "10.1000/182"),
        ("doi.org/10.1000/182.", "10.1000/182"),
        ("doi.org/10.1000/18%002", None),
        ("doi.org/10.1000/18%ff2", None),
        ("11.1000/182", None),
        ("10.1000", None),
        ("10.1000/a b", None),
        (
            "10.1002/(SICI)17:15<1661::AID-S8>3.0.CO;2-#",
            "10.1002/(sici)17:15<1661::aid-s8>3.0.co;2-#",
        ),
        ("10.1000/182</a>", None),
        ("<10.1000/182>", None),
        ("", None),
    ],
)
def test_doi_values(value: str, identifier: str | None) -> None:
    assert doi_of(value) == identifier


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2025-03-09", date(2025, 3, 9)),
        ("9 March 2025", date(2025, 3, 9)),
        ("Sun, Mar 9, 2025", date(2025, 3, 9)),
        ("2024-02-29", date(2024, 2, 29)),
        ("2025-02-29", None),
        ("Mon, Mar 9, 2025", None),
        ("Mar 9", None),
        ("2025", None),
        ("0000-01-01", None),
        ("", None),
    ],
)
def test_days_with_their_year(value: str, day: date | None) -> None:
    assert day_in(value) == day


def test_a_papers_own_day_is_read_and_a_wrong_one_is_a_problem_with_an_example() -> None:
    text = "# T One\nPublished: {}\n\nWe study things. They are good.\n"
    good = read_text(text.format("2025-03-09"), "2025-03-11.txt")
    assert (good.records[0].published, good.problems) == (date(2025, 3, 9), ())
    bad = read_text(text.format("last spring"), "2025-03-11.txt")
    (problem,) = bad.problems
    assert bad.records[0].published is None
    assert (problem.source.line, problem.hint) == (2, "Published: 2025-03-09")
    assert '"last spring" is not a day with its year' in problem.message


def test_a_value_keeps_the_characters_without_width_that_its_language_needs() -> None:
    name = "Ali\u200cReza Rezaei"
    text = f"# T One\nAu\u00adthors: {name}\n\nWe study things. They are good.\n"
    assert read_text(text, "2025-03-11.txt").records[0].authors == (name,)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Authors: A; B", ("Authors", "Authors", "A; B")),
        ("ARXIV :2503.04715", ("ARXIV", "arXiv", "2503.04715")),
        ("tags：a", ("tags", "Tags", "a")),
        ("Autors: A", ("Autors", None, "A")),
        ("Project page: x", ("Project page", None, "x")),
        ("https://example.org", None),
        ("one two three four: x", None),
        ("10: x", None),
        ("no colon", None),
    ],
)
def test_key_lines(text: str, found: tuple[str, str | None, str] | None) -> None:
    line = key_line_of(text)
    assert (None if line is None else (line.word, line.key, line.value)) == found


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("Autors", "Authors"),
        ("Author", "Authors"),
        ("Arxive", "arXiv"),
        ("URL", "Link"),
        ("Keywords", "Tags"),
        ("Venue", "Note"),
        ("Banana", None),
        ("链接", None),
    ],
)
def test_wrong_words_lead_to_the_nearest_key(word: str, key: str | None) -> None:
    assert nearest_key(word) == key


def test_items_are_trimmed_and_given_once() -> None:
    assert items_of(" a ;b;; a ; c,d", ";") == ("a", "b", "c,d")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("a", ["a"]),
        ("a\n", ["a"]),
        ("a\rb\r\nc\n\rd", ["a", "b", "c", "", "d"]),
        ("\ufeffa", ["a"]),
        ("a\u2028b\x0bc\x0cd\x85e", ["a b c d e"]),
        (" \u00a0\u3000\t\n\u200b\u2060\n\x00", ["", "", ""]),
    ],
)
def test_only_lf_crlf_and_cr_end_a_line(text: str, lines: list[str]) -> None:
    assert [line.text for line in split_lines(text)] == lines


@pytest.mark.parametrize(
    ("data", "line", "said"),
    [
        (b"ok\ncaf\xe9 x\n", 2, ["0xe9", "offset 6", "Latin-1"]),
        (b"ok\r\n\x93quoted\x94", 2, ["0x93", "offset 4", "Windows-1252"]),
        (b"a\rb\r\xff", 3, ["0xff", "offset 4"]),
        ("ab".encode("utf-16"), 1, ["0xff", "UTF-16"]),
        ("ab".encode("utf-16-le"), 1, ["0x00", "UTF-16"]),
        ("图很难画，本文提出一种方法".encode("gb18030"), 1, ["East Asian"]),
        (b"ok \xe2\x80", 1, ["0xe2", "cut off"]),
        (b"PK\x03\x04\xff\xfe", 1, ["zip"]),
        (b"text" * 9 + b"\x00", 1, ["0x00", "offset 36", "binary"]),
    ],
)
def test_other_bytes_are_an_error_that_names_byte_and_line(
    data: bytes, line: int, said: list[str]
) -> None:
    digest = read_bytes(data, "2025-03-11.txt")
    assert (digest.records, digest.lines) == ((), ())
    (problem,) = digest.problems
    assert (problem.severity, problem.source.line) == (Severity.ERROR, line)
    assert all(part in problem.message for part in said)
    assert "UTF-8" in problem.hint


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    plain = b"A Title\n\nAn abstract of one sentence.\n"
    assert read_bytes(b"\xef\xbb\xbf" + plain, "2025-03-11.txt") == read_bytes(
        plain, "2025-03-11.txt"
    )


@pytest.mark.parametrize(
    ("word", "slip"), [("Autors", True), ("Autor", True), ("Publisher", False), ("Method", False)]
)
def test_a_letter_wrong_is_a_slip_and_another_word_is_none(word: str, slip: bool) -> None:
    assert is_slip(word) is slip


@pytest.mark.parametrize(
    ("value", "doi"),
    [
        ("https://doi.org/10.1000%2F182", "10.1000/182"),
        ("doi.org/10.1000%2F182", "10.1000/182"),
        ("doi:10.1000/a%2Fb", "10.1000/a%2fb"),
        ("10.1000/a%2Fb", "10.1000/a%2fb"),
    ],
)
def test_only_what_was_in_an_address_is_unescaped(value: str, doi: str) -> None:
    assert doi_of(value) == doi
