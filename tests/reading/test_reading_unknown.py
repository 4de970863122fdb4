"""Texts in no form that is known: refused once, with what could be read instead."""

from __future__ import annotations

import pytest

from generator.model import LineClass
from generator.reading import read_text
from generator.reading.dialects import DIALECTS

DAY = "2025-03-11.txt"
A = "We study things. They are good. It is what we do, and we show that it works."
HTML = """\
<!DOCTYPE html>
<html>
<body>
<h2>Bees Dance</h2>
<p>We film four hives and decode the dances.</p>
</body>
</html>
"""
XML = """\
<?xml version="1.0"?>
<papers>
  <paper><title>Bees Dance</title><abstract>We film four hives.</abstract></paper>
</papers>
"""
JSON = """\
{
  "papers": [
    {
      "name": "Bees Dance",
      "text": "We film four hives."
    }
  ]
}
"""
PROGRAM = """\
import sys

def main(path):
    for line in open(path):
        if line.startswith("#"):
            print(line)
    return 0

if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
"""
TABLE = """\
id;name;points;place
1;Bees Dance;180;Vienna
2;Ants Walk;20;Graz
"""
CSV = """\
id,name,points
1,Bees,180
2,Ants,20
"""
SCRIPT = """\
function show(papers) {
  for (const paper of papers) {
    console.log(paper.title);
  }
}
"""


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param(HTML, "HTML or XML", id="html"),
        pytest.param(XML, "HTML or XML", id="xml"),
        pytest.param(JSON, "JSON", id="json"),
        pytest.param(PROGRAM, "a program", id="python"),
        pytest.param(SCRIPT, "a program", id="script"),
        pytest.param(TABLE, "a table", id="table"),
        pytest.param(CSV, "a table", id="csv"),
    ],
)
def test_what_nobody_reads_is_refused_with_one_problem(text: str, kind: str) -> None:
    digest = read_text(text, DAY)
    (problem,) = digest.problems
    assert (digest.records, problem.code, problem.source.line) == ((), "B016", 1)
    assert f"this is {kind}, and in no form that is known" in problem.message
    kinds = {line.kind for line in digest.lines}
    assert kinds <= {LineClass.UNCLASSIFIED, LineClass.BLANK}
    assert "".join(text[line.start : line.end] for line in digest.lines) == text


def test_all_known_forms_are_listed() -> None:
    (problem,) = read_text(HTML, DAY).problems
    assert all(f"- {dialect.title}" in problem.hint.splitlines() for dialect in DIALECTS)
    assert "- titles and abstracts, with a blank line after each" in problem.hint
    assert "not its source" in problem.hint


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_a_text_of_the_signs_of_a_form_is_nearest_to_it(dialect: object) -> None:
    from generator.reading.dialects import Dialect
    from generator.reading.lines import split_lines
    from generator.reading.unknown import _nearest

    assert isinstance(dialect, Dialect)
    assert _nearest(split_lines(dialect.looks)) is dialect


def test_the_nearest_form_is_shown_with_its_example() -> None:
    text = "".join(f"TI  - Paper {n};\nAU  - Somebody;\n" for n in range(9))
    (problem,) = read_text(text, DAY).problems
    assert "the nearest is a file of RIS" in problem.message
    assert "What a file of RIS looks like:" in problem.hint
    assert "TI  - Attention" in problem.hint


@pytest.mark.parametrize(
    ("text", "papers"),
    [
        pytest.param(f"<b>Bold</b> Titles\n\n{A}\n\nOn <i>Graphs</i>\n\n{A}\n", 2, id="marks"),
        pytest.param(f"From A; to B; and C;\n\n{A}\n\nOn Graphs\n\n{A}\n", 2, id="semicolons"),
        pytest.param(f"for each and all\n\n{A}\n\nif only\n\n{A}\n", 2, id="words of programs"),
        pytest.param(f'"Quoted"\n\n{A}\n\n"Titles"\n\n{A}\n', 2, id="quotes"),
        pytest.param("A Title\n\nAnother Title\n\nA Third\n", None, id="titles"),
        pytest.param("", 0, id="nothing"),
        pytest.param("one line", 0, id="one line"),
    ],
)
def test_what_is_merely_messy_is_read(text: str, papers: int | None) -> None:
    digest = read_text(text, DAY)
    assert papers in (None, len(digest.records))
    assert "B016" not in [problem.code for problem in digest.problems]


def test_a_text_of_which_next_to_nothing_is_understood_is_refused() -> None:
    text = "\n\n".join(["Subscribe", "Upvote", "23", "byAK and the research community"] * 9)
    (problem,) = read_text(text, DAY).problems
    assert problem.code == "B016"
    assert problem.message.startswith("this is in no form that is known")


def test_titles_that_are_marked_are_told_one_by_one_what_they_lack() -> None:
    text = "\n\n".join(f"# Title {number}" for number in range(20))
    assert {problem.code for problem in read_text(text, DAY).problems} == {"B101"}


def test_papers_among_much_that_is_not_understood_are_kept() -> None:
    noise = "\n\n".join(["Upvote", "23", "Submitted by", "someone"] * 4)
    text = "\n\n".join(f"On the Number {n}\n\n{A}\n\n{noise}" for n in range(3))
    assert "B016" not in [problem.code for problem in read_text(text, DAY).problems]
