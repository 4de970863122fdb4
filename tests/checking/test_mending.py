"""What `--fix` mends, and that it never does more."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.checking.mending import mend
from generator.model import Record, Severity
from generator.reading import read_bytes

from ..conftest import PROJECT

FORMS = sorted(
    path
    for path in (PROJECT / "tests" / "data" / "dialects").glob("*/*.txt")
    if not path.name.endswith(".found.txt")
)
NAME = "docs/digests/2025-03-11.txt"
A = "We study things at hand. It turns out to be good, and our method beats all baselines by far."
B = "Graphs are hard to draw. This paper presents a way of drawing them that needs linear time."
MANY = "\n".join(f"# On Things, Part {n}\n\n{5 * B}\n" for n in range(6))
MARKED = f"# On Things of Late\n\n{A}\n\n# Drawing Graphs by Hand\n\n{B}\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(f"\ufeff# On Things\n\n{A}\n", f"# On Things\n\n{A}\n", id="byte order mark"),
        pytest.param(f"# On Things\r\n\r\n{A}\r\n", f"# On Things\n\n{A}\n", id="CRLF"),
        pytest.param(f"# On Things\r\r{A}\r", f"# On Things\n\n{A}\n", id="CR"),
        pytest.param(f"# On Things  \n \t\n{A} \n", f"# On Things\n\n{A}\n", id="trailing space"),
        pytest.param(
            f"# On Things\n\u200b\n{A}\n", f"# On Things\n\n{A}\n", id="a blank's filling"
        ),
        pytest.param(f"# On\u00a0Things\n\n{A}\n", f"# On Things\n\n{A}\n", id="no-break space"),
        pytest.param(f"# On Things\n\n{A}", f"# On Things\n\n{A}\n", id="no last line end"),
        pytest.param(
            f"\n\n# On Things\n\n\n\n{A}\n\n\n", f"# On Things\n\n{A}\n", id="blank lines"
        ),
        pytest.param(
            f"Title: On Things\nAbstract: {A}\n\nTitle: Of Graphs\nAbstract:\n{B}\n",
            f"# On Things\n\n{A}\n\n# Of Graphs\n\n{B}\n",
            id="labels",
        ),
        pytest.param(f"## On Things\n\n{A}\n", f"# On Things\n\n{A}\n", id="two marks"),
        pytest.param(f"**On C# and F#**\n\n{A}\n", f"# On C# and F#\n\n{A}\n", id="bold"),
        pytest.param(f"#On Things\n\n{A}\n", f"# On Things\n\n{A}\n", id="mark without space"),
        pytest.param(
            f"{MANY}\nTrees in Forests: A Survey\n\n{5 * A}\n\n{MANY}",
            f"{MANY}\n# Trees in Forests: A Survey\n\n{5 * A}\n\n{MANY}",
            id="a missing mark",
        ),
        pytest.param(f"3/11/2025\n\n{MARKED}", f"2025-03-11\n\n{MARKED}", id="American date"),
        pytest.param(f"11.03.2025\n\n{MARKED}", f"2025-03-11\n\n{MARKED}", id="German date"),
        pytest.param(f"20250311\n\n{MARKED}", f"2025-03-11\n\n{MARKED}", id="date of digits"),
        pytest.param(
            f"# On Things\nAutors: A. Bee; C. Dee\nTag: graphs\n\n{A}\n",
            f"# On Things\nAuthors: A. Bee; C. Dee\nTags: graphs\n\n{A}\n",
            id="misspelt keys",
        ),
        pytest.param(
            f"# On Things\narXiv: arxiv.org/abs/2503.04715v2\nDOI: doi:10.1000/ABC\n\n{A}\n",
            f"# On Things\narXiv: 2503.04715\nDOI: 10.1000/abc\n\n{A}\n",
            id="identifiers",
        ),
        pytest.param(
            f"# On Things\nLink: https://github.com/a/b?utm_source=x&tab=y\n\n{A}\n",
            f"# On Things\nLink: https://github.com/a/b?tab=y\n\n{A}\n",
            id="a link that tracks",
        ),
    ],
)
def test_what_is_mechanical_is_mended(before: str, after: str) -> None:
    mended = mend(before.encode(), NAME)
    assert mended.content.decode() == after
    assert mended.done
    assert mend(mended.content, NAME).content == mended.content


def test_utf16_that_says_so_is_saved_as_utf8() -> None:
    mended = mend(MARKED.encode("utf-16"), NAME)
    assert mended.content.decode() == MARKED
    assert mended.done == ("saved as UTF-8",)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(MARKED, id="nothing to do"),
        pytest.param(f"Mar 12\n\n{MARKED}", id="another day"),
        pytest.param(f"3/12/2025\n\n{MARKED}", id="another day in another form"),
        pytest.param(f"# On Things\nVote: 31\n\n{A}\n", id="no misspelt key"),
        pytest.param(f"# On Things\nVenue: ICLR\n\n{A}\n", id="a word that means a key"),
        pytest.param(f"# On Things\nAutors: A B\nAuthors: C D\n\n{A}\n", id="a key twice"),
        pytest.param(f"# On Things\nLink: not an address\n\n{A}\n", id="no address"),
        pytest.param(f"# On Things\n\n# On Graphs\n\n{A}\n", id="no abstract"),
        pytest.param(f"# On Things\n\nThe {B}  and\ttwo spaces: `a  b`\n", id="spaces within"),
        pytest.param("", id="empty"),
    ],
)
def test_what_needs_judgement_stays(text: str) -> None:
    assert mend(text.encode(), NAME).content == text.encode()


@pytest.mark.parametrize("content", [b"caf\xe9\n", b"a\0b\n", "Grüße".encode("utf-16-le"), b"\xff"])
def test_what_is_no_text_stays(content: bytes) -> None:
    mended = mend(content, NAME)
    assert (mended.content, mended.done, mended.diff) == (content, (), ())


def test_the_difference_shows_what_changed_and_not_every_line_end() -> None:
    mended = mend(f"# On Things\r\nAutors: A B\r\n\r\n{A}\r\n".encode(), NAME)
    changed = [line for line in mended.diff if re.match(r"[+-](?![+-])", line)]
    assert changed == ["-Autors: A B", "+Authors: A B"]


def words(record: Record) -> tuple[list[str], list[str]]:
    return record.title.strip("#＃* ").split(), record.abstract.split()


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_of_its_own_is_left_its_papers(path: Path) -> None:
    content = path.read_bytes()
    mended = mend(content.replace(b"\n", b"\r\n"), path.name).content
    assert mend(mended, path.name).content == mended
    before, after = read_bytes(content, path.name), read_bytes(mended, path.name)
    assert after.dialect == before.dialect
    assert list(map(words, after.records)) == list(map(words, before.records))
    assert len(after.problems) <= len(before.problems)


PIECES = st.sampled_from(
    [
        *("# On Things", "On Graphs", "## Two Marks", "**Bold**", "#Glued", "＃ Wide", "#", "##"),
        *(A, B, "A sentence. And another one, which is a bit longer than the first.", "Echo"),
        *("Mar 11", "3/11/2025", "Mar 12", "Subscribe", "Title: X", "Abstract: It is said here."),
        *("Autors: A B; C D", "Authors: A B", "arXiv: arXiv:2503.04715v1", "arXiv: x", "Tag: t"),
        *("DOI: https://doi.org/10.1000/ABC", "Link: https://a.org/?utm_a=1", "Link: x y", "Note:"),
        *("", "", "", " ", "\u200b", "\t", "a\u00a0b  c", "図の描き方", "\u202eabc", "café"),
    ]
)
ENDS = st.sampled_from(["\n", "\n", "\n\n", "\r\n", "\r", " \n", "\u00a0\n\n"])
TEXTS = st.lists(st.tuples(PIECES, ENDS), max_size=14).map(
    lambda pairs: "".join(piece + end for piece, end in pairs)
)


@settings(max_examples=50)
@given(TEXTS, st.booleans())
def test_the_same_papers_are_read_and_nothing_is_worse(text: str, bom: bool) -> None:
    content = ("\ufeff" * bom + text).encode()
    mended = mend(content, NAME)
    assert mend(mended.content, NAME).content == mended.content
    before, after = read_bytes(content, NAME), read_bytes(mended.content, NAME)
    assert list(map(words, after.records)) == list(map(words, before.records))
    for old, new in zip(before.records, after.records, strict=True):
        assert old.authors in ((), new.authors)
        assert old.arxiv in (None, new.arxiv)
        assert old.doi in (None, new.doi)
        assert len(old.links) <= len(new.links)
    assert len(after.problems) <= len(before.problems)
    assert sum(p.severity is Severity.ERROR for p in after.problems) <= sum(
        p.severity is Severity.ERROR for p in before.problems
    )
    assert mended.content == content or mended.done
