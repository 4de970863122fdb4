"""Pages written by hand, as the search has them: what a reader would read, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.searching import WrittenPage, byhand, written_page, written_pages

TITLES = {
    "front matter": ("---\ntitle: Of us\n---\n# About\n", "Of us"),
    "the first heading": ("# About **us**\n\n# Later\n", "About us"),
    "an underlined heading": ("About\n=====\n", "About"),
    "front matter without a title": ("---\ntags: [a]\n---\n# About\n", "About"),
    "a title that is no text": ("---\ntitle: 7\n---\n# About\n", "About"),
    "front matter that is no YAML": ("---\n: [\n---\n# About\n", "About"),
    "a day that no month has": ("---\ndate: 2025-02-30\n---\n# About\n", "About"),
    "a number without end": (f"---\na: {'9' * 9999}\n---\n# About\n", "About"),
    "brackets without end": (f"---\na: {'[' * 3000}\n---\n# About\n", "About"),
    "no heading": ("Only words.\n", "How to read"),
    "a rule, which is no front matter": ("Words\n\n---\n\n# About\n", "About"),
}


@pytest.mark.parametrize(("source", "title"), TITLES.values(), ids=TITLES)
def test_a_page_is_called_what_its_reader_sees(source: str, title: str) -> None:
    page = written_page("how-to-read/", source)
    assert page is not None
    assert page.title == title
    assert page.address == "how-to-read/"


TEXTS = {
    "marks of Markdown": ("Some **bold** and `code` and [a link](https://a.example)", "Some bold "
                          "and code and a link"),
    "elements within a word": ("re<b>tri</b>eval", "retrieval"),
    "paragraphs": ("One\n\nTwo\n", "One Two"),
    "a list": ("- One\n- Two\n", "One Two"),
    "a table": ("| A | B |\n|---|---|\n| one | two |\n", "A B one two"),
    "headings and listings": (
        "## One\n\nTwo:\n\n    three()\n\nFour.\n\n## Five?\n",
        "One. Two: Four. Five? three()",
    ),
    "a script": ("Before\n\n<script>alert(1)</script>\n\nBehind", "Before Behind"),
    "a stylesheet": ("<style>p { color: red }</style>\n\nWords", "Words"),
    "entities": ("Q&amp;A &lt;b&gt;", "Q&A <b>"),
    "the heading, which is the title": ("# About\n\nWords", "Words"),
}  # fmt: skip


@pytest.mark.parametrize(("source", "text"), TEXTS.values(), ids=TEXTS)
def test_the_words_of_a_page_are_found_and_its_markup_is_not(source: str, text: str) -> None:
    page = written_page("about/", source)
    assert page is not None
    assert page.text == text


def test_the_words_of_lists_within_lists_are_found() -> None:
    source = "\n".join(f"{'    ' * depth}- word{depth}" for depth in range(400))
    page = written_page("about/", source)
    assert page is not None
    assert "word399" in page.text


def test_a_page_can_ask_to_be_left_out() -> None:
    assert written_page("about/", "---\nsearch:\n  exclude: true\n---\n# About\n") is None
    assert written_page("about/", "---\nsearch:\n  exclude: false\n---\n# About\n") is not None


@given(st.text() | st.text(alphabet="-\n:[]{}<>!#`*_&;\"'= ab"))
def test_no_page_is_too_odd_to_be_read(source: str) -> None:
    written_page("a/", source)
    written_page("a/", f"---\n{source}\n---\n{source}")


class Kept(dict[str, bytes]):
    """A memory."""

    recall = dict.get
    remember = dict.__setitem__


def test_a_page_that_is_as_it_was_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = Kept()
    sources = [
        ("a/", "# A\n\nOne."),
        ("b/", "# B\n\nTwo."),
        ("c/", "---\nsearch: {exclude: true}\n---\n"),
    ]
    first = written_pages(sources, memory)
    assert [page.title for page in first] == ["A", "B"]
    read: list[str] = []
    was = written_page

    def reading(address: str, source: str) -> WrittenPage | None:
        read.append(address)
        return was(address, source)

    monkeypatch.setattr(byhand, "written_page", reading)
    assert written_pages(sources, memory) == first
    assert read == []
    changed = [("a/", "# A\n\nOther."), *sources[1:]]
    assert written_pages(changed, memory) == written_pages(changed)
    assert read == ["a/", *(address for address, _ in changed)]
