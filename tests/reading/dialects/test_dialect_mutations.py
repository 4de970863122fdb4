"""Damage the samples of all dialects in the ways that copying does, and see what is still read.

A sample is every `tests/data/dialects/NAME/*` file that is no golden; a new dialect comes in by
its folder.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import pytest
from msgspec.structs import replace

from generator.model import Digest, Line, LineClass, Record, Source
from generator.reading import read_bytes, read_text
from generator.reading.dialects import DIALECTS, Sheet
from generator.reading.lines import split_lines

DATA = Path(__file__).resolve().parents[2] / "data"
SAMPLES = sorted(
    path for path in (DATA / "dialects").glob("*/*") if not path.name.endswith(".found.txt")
)
NATIVE = sorted(
    path
    for path in (
        *(DATA / "seed").glob("*-*.txt"),
        *(DATA / "reading").glob("*.txt"),
        *(DATA / "dreadful").glob("*-dreadful.txt"),
        *(DATA.parents[1] / "docs" / "digests").glob("*.txt"),
    )
)
KNOWN = {dialect.name: dialect for dialect in DIALECTS}
CUTS = 12
"""Places where each sample is cut off."""
SURE = 0.5
FOR_MANY = {"B301", "B303", "B304"}
"""Problems that speak of more than the lines right below theirs."""

each_sample = pytest.mark.parametrize(
    "path", SAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}"
)


def text_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8").removeprefix("\ufeff")


def seen(text: str) -> str:
    """Return a text as a reader sees it: without what has no width, white space folded."""
    return "\n\n".join(
        " ".join(re.sub("[\u200b\ufeff]", "", part).split()) for part in text.split("\n\n")
    )


def papers(digest: Digest) -> list[Record]:
    """Return all that was read of papers, but for where it stands."""
    nowhere = Source("", 0)
    return [
        replace(
            record,
            title=seen(record.title),
            abstract=seen(record.abstract),
            source=nowhere,
            authors=tuple(map(seen, record.authors)),
            links=tuple(replace(link, source=nowhere) for link in record.links),
            tags=tuple(replace(tag, text=seen(tag.text), source=nowhere) for tag in record.tags),
            notes=tuple(map(seen, record.notes)),
        )
        for record in digest.records
    ]


def flat(digest: Digest) -> list[Record]:
    """Return the same where blank lines were lost: they may have parted paragraphs."""
    return [replace(paper, abstract=" ".join(paper.abstract.split())) for paper in papers(digest)]


def is_whole(text: str, digest: Digest) -> None:
    """Assert that nothing of a text is lost in silence."""
    assert "".join(text[line.start : line.end] for line in digest.lines) == text
    reported = {problem.source.line for problem in digest.problems}
    for_many = min((p.source.line for p in digest.problems if p.code in FOR_MANY), default=10**9)
    full = [line for line in digest.lines if line.kind is not LineClass.BLANK]
    for left_out, run in groupby(full, lambda line: line.kind is LineClass.UNCLASSIFIED):
        numbers = [line.number for line in run]
        assert not left_out or reported.intersection(numbers) or for_many < numbers[0], (
            f"lines {numbers} are dropped in silence"
        )
    assert all(
        line.record is None or 0 <= line.record < len(digest.records) for line in digest.lines
    )
    assert list(digest.problems) == sorted(digest.problems)


def with_odd_spaces(text: str) -> str:
    """Make spaces no-break ones, and put characters without width at lines' ends and alone."""
    lines = text.replace(" ", "\u00a0").split("\n")
    return "\n".join(f"{line}\u200b" for line in lines)


def wide(text: str) -> str:
    return text.replace("\n\n", "\n \t\u00a0\n\u200b\n\n")


def first_of_a_paper(digest: Digest) -> Line:
    """Return the first line that went to a paper, or that would have, were nothing missing."""
    return min(
        (line for line in digest.lines if line.kind not in (LineClass.BLANK, LineClass.CHROME)),
        key=lambda line: (line.record is None and line.kind is not LineClass.KEY, line.number),
    )


LOSSLESS: dict[str, Callable[[str], str]] = {
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "CR": lambda text: text.replace("\n", "\r"),
    "byte order mark": lambda text: "\ufeff" + text,
    "no-break spaces and characters without width": with_odd_spaces,
    "more blank lines": wide,
    "no blank line at the end": lambda text: text.rstrip("\n"),
    "blank lines around": lambda text: f"\n\n\n{text}\n\n\n",
}


@pytest.fixture(scope="module")
def read() -> Callable[[Path], Digest]:
    """Read a sample once, however many tests ask for it."""
    known: dict[Path, Digest] = {}

    def once(path: Path) -> Digest:
        if path not in known:
            known[path] = read_text(text_of(path), path.name)
        return known[path]

    return once


@each_sample
def test_a_sample_is_claimed_by_its_dialect_alone(path: Path) -> None:
    lines = split_lines(text_of(path))
    sure = [dialect.name for dialect in DIALECTS if dialect.signature(lines) >= SURE]
    assert sure == [path.parent.name]


@pytest.mark.parametrize("path", NATIVE, ids=lambda path: path.name)
def test_plain_lists_are_claimed_by_no_dialect(path: Path) -> None:
    lines = split_lines(text_of(path))
    assert {d.name: d.signature(lines) for d in DIALECTS if d.signature(lines) >= SURE} == {}
    assert read_bytes(path.read_bytes(), path.name).dialect == "text"


@each_sample
def test_nothing_of_a_sample_is_lost_in_silence(path: Path, read: Callable[[Path], Digest]) -> None:
    digest = read(path)
    assert digest.dialect == path.parent.name
    is_whole(text_of(path), digest)


@pytest.mark.parametrize("name", LOSSLESS)
@each_sample
def test_papers_are_the_same_where_nothing_was_lost(
    path: Path, name: str, read: Callable[[Path], Digest]
) -> None:
    text = LOSSLESS[name](text_of(path))
    digest = read_text(text, path.name)
    assert digest.dialect == path.parent.name
    assert papers(digest) == papers(read(path))
    is_whole(text, digest)


@each_sample
def test_papers_are_the_same_without_blank_lines(
    path: Path, read: Callable[[Path], Digest]
) -> None:
    text = re.sub(r"\n(?:[ \t]*\n)+", "\n", text_of(path))
    digest = read_text(text, path.name)
    is_whole(text, digest)
    assert digest.dialect == path.parent.name
    found, expected = flat(digest), flat(read(path))
    assert [paper.title for paper in found] == [paper.title for paper in expected]
    assert found == expected


@each_sample
def test_papers_above_a_cut_are_the_same(path: Path, read: Callable[[Path], Digest]) -> None:
    text = text_of(path)
    whole = papers(read(path))
    for part in range(1, CUTS + 1):
        stop = len(text) * part // (CUTS + 1)
        cut = text[:stop]
        digest = read_text(cut, path.name)
        is_whole(cut, digest)
        if digest.dialect != path.parent.name:
            lines = split_lines(cut)
            assert KNOWN[path.parent.name].signature(lines) < SURE
            assert len(whole) < 2 or part <= CUTS // 2, "half a list tells its form"
            continue
        found = papers(digest)
        assert [paper.title for paper in found[:-1]] == [
            paper.title for paper in whole[: max(0, len(found) - 1)]
        ]


@each_sample
def test_a_sample_below_its_own_top_is_read_as_well(
    path: Path, read: Callable[[Path], Digest]
) -> None:
    """The first lines up to the first paper stand twice, as when a page is copied twice."""
    whole = read(path)
    text = text_of(path)
    top = text[: first_of_a_paper(whole).start]
    digest = read_text(top + text, path.name)
    is_whole(top + text, digest)
    assert digest.dialect == path.parent.name
    assert papers(digest) == papers(whole)


@each_sample
def test_a_sample_pasted_twice_is_read_twice(path: Path, read: Callable[[Path], Digest]) -> None:
    whole = read(path)
    text = text_of(path).rstrip("\n") + "\n\n" + text_of(path)
    digest = read_text(text, path.name)
    is_whole(text, digest)
    assert digest.dialect == path.parent.name
    titles = [paper.title for paper in whole.records]
    assert {paper.title for paper in digest.records} == set(titles)


@pytest.mark.parametrize("name", KNOWN)
def test_every_dialect_reads_nothing_from_nothing_and_raises_nothing(name: str) -> None:
    dialect = KNOWN[name]
    for text in (
        "",
        "\n",
        "\ufeff",
        "\u200b\n \n",
        "x",
        "{",
        "[",
        "\\\\",
        "@",
        "| |",
        "# \n[",
        "·",
    ):
        lines = split_lines(text)
        assert dialect.signature(lines) < SURE
        sheet = Sheet("2025-01-01.txt", lines)
        dialect.read(text, sheet)
        assert sheet.records == []
        sheet.lines()
        sheet.unread()


@pytest.mark.parametrize("name", KNOWN)
def test_no_dialect_raises_at_the_text_of_another(name: str) -> None:
    for path in [*SAMPLES, *NATIVE]:
        text = text_of(path)
        sheet = Sheet(path.name, split_lines(text))
        KNOWN[name].read(text, sheet)
        kinds = {line.kind for line in sheet.lines()}
        assert kinds <= set(LineClass)


def test_every_dialect_has_a_sample() -> None:
    assert {path.parent.name for path in SAMPLES} == set(KNOWN)
