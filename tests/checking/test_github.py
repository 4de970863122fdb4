"""What a pull request is told: ten of each severity beside the lines, all in the summary."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from markdown_it import MarkdownIt

from generator.checking.findings import find
from generator.checking.github import annotated, summary
from generator.model import Problem, Severity, Source

HOSTILE = [
    "<script>alert(1)</script>",
    "</pre></details><img src=x onerror=alert(1)>",
    "@octocat closes #1, see https://evil.example/ and [x](javascript:alert(1))",
    "``` \n\n# A heading\n\n| a | b |\n|---|---|\n",
    "&lt;b&gt; *bold* _it_ ~~gone~~ <!-- ![x](https://evil.example/x.png)",
    "\x1b[31m \u202e \ud800 ::error::x",
]


def problems(number: int, severity: Severity, text: str = "") -> list[Problem]:
    return [
        Problem(Source("docs/a.txt", n), severity, f'found "{text}{n}"', f"way out\n{text}", "B204")
        for n in range(1, number + 1)
    ]


class Reader(HTMLParser):
    """Notes the tags and the text that stands in `pre`."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.inside = self.outside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert attrs in ([], [("open", None)], [("open", "")])
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if {"pre", "code"} & set(self.open):
            self.inside += data
        else:
            self.outside += data


def shown(text: str) -> Reader:
    reader = Reader()
    reader.feed(
        MarkdownIt("commonmark", {"html": True, "linkify": False}).enable("table").render(text)
    )
    reader.close()
    assert reader.open == []
    return reader


def test_ten_of_each_severity_are_annotations_and_the_rest_is_counted() -> None:
    found = find([*problems(13, Severity.WARNING), *problems(12, Severity.ERROR)], lambda _: ())
    lines = annotated(found)
    assert sum(line.startswith("::error ") for line in lines) == 10
    assert sum(line.startswith("::warning ") for line in lines) == 10
    assert lines[0].startswith("::error file=docs/a.txt,line=1,title=B204::")
    assert lines[-1].startswith("5 more problems not shown")
    assert len(lines) == 21


def test_few_problems_have_no_word_about_others() -> None:
    lines = annotated(find(problems(10, Severity.ERROR), lambda _: ()))
    assert len(lines) == 10


def test_an_annotation_is_one_line_and_one_command() -> None:
    for text in HOSTILE:
        for line in annotated(find(problems(1, Severity.ERROR, text), lambda _: ())):
            assert line.isprintable()
            assert re.match(r"::error file=docs/a\.txt,line=1,title=B204::", line)


def test_the_summary_shows_what_is_pasted_as_text_only() -> None:
    found = find(
        [p for text in HOSTILE for p in problems(1, Severity.ERROR, text)],
        lambda _: ["x</pre> <b>bold</b> &amp; `x`"],
    )
    page = shown(summary(found, "1 digest, 6 papers", ""))
    assert set(page.tags) == {"h2", "p", "details", "summary", "code", "pre"}
    assert "alert" not in page.outside
    assert "octocat" not in page.outside
    assert "<script>alert(1)</script>" in page.inside
    assert "@octocat closes #1" in page.inside
    assert "&lt;b&gt; *bold*" in page.inside
    assert "x</pre> <b>bold</b> &amp; `x`" in page.inside


def test_a_hostile_path_is_text_too() -> None:
    source = Source("docs/<img src=x>\n\n# x</summary>.txt", 1)
    found = find([Problem(source, Severity.ERROR, "m", "", "B001")], lambda _: ())
    page = shown(summary(found, "1 digest", ""))
    assert set(page.tags) == {"h2", "p", "details", "summary", "code", "pre"}


def test_a_summary_that_would_be_too_large_ends_with_a_word() -> None:
    found = find(problems(500, Severity.ERROR, "図" * 40), lambda _: ())
    whole = summary(found, "1 digest", "")
    cut = summary(found, "1 digest", "", room=40_000)
    assert len(whole.encode()) > 40_000 >= len(cut.encode())
    page = shown(cut)
    told = page.inside.count("error[B204]")
    assert 50 < told < 500
    assert f"{500 - told} more problems not listed" in page.outside
    assert "not listed" not in whole


def test_the_summary_counts_repairs() -> None:
    text = summary([], "1 digest, 6 papers", "2 repairs of damaged text: times 2")
    assert "0 errors, 0 warnings" in text
    assert "2 repairs of damaged text: times 2. `broadsheet check -v`" in text
