"""Citations read back by independent readers: bibtexparser, pybtex, rispy, a check of CSL."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import rispy
from bibtexparser.entrypoint import parse_string as read_bibtex
from bibtexparser.middlewares.latex_encoding import LatexDecodingMiddleware
from bibtexparser.middlewares.names import SeparateCoAuthors, SplitNameParts
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database import parse_string

from generator.enriching import build_library
from generator.enriching.vocabulary import Vocabulary
from generator.model import Appearance, Issue, Library, Link, LinkKind, Paper, Source, Tag
from generator.reading import read_bytes
from generator.textmarks import Formula, Marks
from generator.writing.catalogue import Catalogue
from generator.writing.citations import FORMATS, cite
from generator.writing.citations.entries import Entry, entry_of
from generator.writing.citations.people import Person
from generator.writing.citations.texmaths import is_safe
from generator.writing.site import Site

_BIB, _RIS, _CSL = FORMATS
_SITE = Site("The List", url="https://example.org/list/")
_MONTHS = "January February March April May June July August September October November December"

_SPIKES = [
    *"{}\\%$&#_~^@\"'`,=<>\n\r\t\x00\x0b\x1c\x85\u2028\u202e é漢\U0001d4aa\ud800-",
    *("ER  - ", "\nER  - \n", "TY  - JOUR", "@article{x,", "@ {BERT}", "@string{a=", "\\{", "\\}"),
    *(
        "\n\n",
        "\r\n\r\n",
        "--",
        "``",
        "''",
        "\\input{x}",
        "%\n",
        "BERT",
        "mRNA",
        " and ",
        "]\n",
        "AU  - ",
    ),
]
_TEXTS = st.lists(st.one_of(st.sampled_from(_SPIKES), st.text(max_size=6)), max_size=12).map(
    "".join
)
_TEX = st.lists(
    st.sampled_from(
        ["\\alpha", "\\input", "{", "}", "$", "%", "x", "^", "\\", " ", "O(N)", "@", "''"]
    ),
    max_size=6,
).map("".join)
_ARXIV = st.sampled_from([None, "2503.04715", "cs/0112017", "math.GT/0309136", "9999.99", "}{"])
_DOI = st.one_of(st.none(), _TEXTS.map(lambda text: f"10.1000/{''.join(text.split())}x"))


@st.composite
def _papers(draw: st.DrawFn) -> list[Paper]:
    papers = []
    for number in range(draw(st.integers(1, 3))):
        title = draw(_TEXTS) + "x"
        start = draw(st.integers(0, len(title)))
        formula = Formula(start, draw(st.integers(start, len(title))), draw(_TEX), "")
        papers.append(
            Paper(
                slug=f"paper-{number}",
                title=title,
                abstract=draw(_TEXTS),
                title_marks=Marks(formulas=(formula,) if draw(st.booleans()) else ()),
                authors=tuple(draw(st.lists(_TEXTS, max_size=3))),
                arxiv=draw(_ARXIV),
                doi=draw(_DOI),
                links=tuple(
                    Link(f"https://example.com/{text}", draw(st.sampled_from(LinkKind)), text)
                    for text in draw(st.lists(_TEXTS, max_size=2))
                ),
                tags=("tag",),
                appearances=(Appearance("2025-03-11", Source("2025-03-11.txt", 1)),),
            )
        )
    return papers


def _catalogue(papers: list[Paper], tag: str = "Language models") -> Catalogue:
    slug = papers[0].appearances[0].digest
    issue = Issue(slug, date(2025, 3, 11), "x.txt", tuple(paper.slug for paper in papers))
    return Catalogue(
        Library((issue,), {paper.slug: paper for paper in papers}, {"tag": Tag("tag", tag)})
    )


def _entries(papers: list[Paper], catalogue: Catalogue) -> list[Entry]:
    tags = catalogue.library.tags
    return [entry_of(paper, _SITE, catalogue.issue_of, tags) for paper in papers]


# BibTeX

_COMMANDS = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    **{f"\\{mark}": mark for mark in "#$%&_"},
}
_COMMAND = re.compile("|".join(map(re.escape, _COMMANDS)))


def _read_tex(tex: str) -> str:
    """What TeX prints of text in the few commands that our entries have."""
    parts: list[str] = []
    end = 0
    for found in _COMMAND.finditer(tex):
        parts += [re.sub(r"[{}]", "", tex[end : found.start()]), _COMMANDS[found[0]]]
        end = found.end()
    return "".join([*parts, re.sub(r"[{}]", "", tex[end:])])


def _by_bibtexparser(text: str) -> dict[str, dict[str, Any]]:
    library = read_bibtex(text)
    assert not library.failed_blocks
    assert not library.comments
    assert len(library.blocks) == len(library.entries)
    return {
        entry.key: {field.key.lower(): field.value for field in entry.fields}
        for entry in library.entries
    }


def _by_pybtex(text: str) -> dict[str, dict[str, Any]]:
    database = parse_string(text, "bibtex")
    assert not database.preamble
    found = {}
    for key, entry in database.entries.items():
        fields = {name.lower(): value for name, value in entry.fields.items()}
        if "month" in fields:
            fields["month"] = fields["month"][:3].lower()
        found[key] = fields
    return found


def _check_bibtex(text: str, entries: list[Entry]) -> None:
    first, second = _by_bibtexparser(text), _by_pybtex(text)
    assert list(first) == list(second) == [entry.key for entry in entries]
    for entry in entries:
        fields = first[entry.key]
        authors = fields.pop("author", "")
        assert fields == second[entry.key]
        assert bool(authors) == bool(entry.authors)
        if not any(is_safe(piece.tex) for piece in entry.pieces):
            assert _read_tex(fields["title"]) == entry.title
        assert "abstract" not in fields
        assert _read_tex(fields.get("keywords", "")) == ", ".join(entry.keywords)
        said = f"{_read_tex(fields.get('note', ''))} {_read_tex(fields.get('annote', ''))}"
        assert entry.digests in said
        assert entry.links in said
        assert fields.get("eprint") == (entry.arxiv.id if entry.arxiv else None)
        assert fields.get("year") == (str(entry.arxiv.year) if entry.arxiv else None)


def _check_people(text: str, entries: list[Entry]) -> None:
    split = [SeparateCoAuthors(), SplitNameParts()]
    read = read_bibtex(text, append_middleware=split).entries_dict
    also = parse_string(text, "bibtex").entries
    for entry in entries:
        if not entry.authors:
            continue
        by_first = [
            (" ".join([*name.von, *name.last]), " ".join(name.first), " ".join(name.jr))
            for name in read[entry.key]["author"]
        ]
        by_second = [
            (
                " ".join([*name.prelast_names, *name.last_names]),
                " ".join([*name.first_names, *name.middle_names]),
                " ".join(name.lineage_names),
            )
            for name in also[entry.key].persons["author"]
        ]
        assert by_first == by_second
        assert [tuple(map(_read_tex, name)) for name in by_first] == [
            (person.literal or person.family, person.given, person.suffix)
            for person in entry.authors
        ]


# RIS


def _check_ris(text: str, entries: list[Entry]) -> None:
    records = rispy.loads(text)
    for record, entry in zip(records, entries, strict=True):
        expected: dict[str, Any] = {
            "type_of_reference": "UNPB" if entry.arxiv else "GEN",
            "id": entry.key,
            "title": entry.title,
            "authors": [_shown(person) for person in entry.authors],
            "abstract": entry.abstract,
            "keywords": list(entry.keywords),
            "doi": entry.doi,
            # rispy takes a semicolon for the end of an address.
            "urls": [part.strip() for part in entry.url.split(";")],
            "notes": [entry.note],
        }
        if entry.arxiv:
            expected |= {
                "year": str(entry.arxiv.year),
                "date": f"{entry.arxiv.year}/{entry.arxiv.month:02}//",
                "publisher": "arXiv",
                "accession_number": f"arXiv:{entry.arxiv.id}",
            }
        assert record == {name: value for name, value in expected.items() if value}


def _shown(person: Person) -> str:
    parts = (person.family, person.given, person.suffix)
    return person.literal or ", ".join(part for part in parts if part)


# CSL-JSON: what its schema says of the properties that we use

_STRINGS = {"id", "title", "publisher", "number", "DOI", "URL", "abstract", "keyword", "note"}
_NAME_PARTS = {"family", "given", "suffix", "literal"}
_TYPES = {"article", "document"}


def _check_csl(text: str, entries: list[Entry]) -> None:
    items = json.loads(text)
    for item, entry in zip(items, entries, strict=True):
        assert set(item) <= _STRINGS | {"type", "author", "issued"}
        assert item["type"] in _TYPES
        assert all(type(item[key]) is str for key in _STRINGS & set(item))
        for person in item.get("author", []):
            assert set(person) <= _NAME_PARTS
            assert person
            assert all(type(part) is str and part for part in person.values())
        if "issued" in item:
            ((year, month),) = item["issued"]["date-parts"]
            assert set(item["issued"]) == {"date-parts"}
            assert type(year) is type(month) is int
            assert year >= 1991
            assert 1 <= month <= 12
        assert item["id"] == entry.key
        assert item["title"] == entry.title
        assert "abstract" not in item
        assert [Person(**person) for person in item.get("author", [])] == list(entry.authors)


_CHECKS: list[tuple[Any, Callable[[str, list[Entry]], None]]] = [
    (_BIB, _check_bibtex),
    (_BIB, _check_people),
    (_RIS, _check_ris),
    (_CSL, _check_csl),
]
_EACH = pytest.mark.parametrize(
    ("form", "check"), _CHECKS, ids=["bibtex", "bibtex-names", "ris", "csl"]
)


@_EACH
@settings(max_examples=40)
@given(papers=_papers(), tag=_TEXTS)
def test_whatever_was_pasted_reads_back_as_it_reads(
    form: Any, check: Callable[[str, list[Entry]], None], papers: list[Paper], tag: str
) -> None:
    # A comma in a tag's name would make two of it; BibTeX gets a semicolon.
    catalogue = _catalogue(papers, f"{tag}x".replace(",", ";"))
    check(cite(papers, catalogue, _SITE, form), _entries(papers, catalogue))


@settings(max_examples=40)
@given(papers=_papers())
def test_files_of_whatever_was_pasted_come_apart_into_their_entries(papers: list[Paper]) -> None:
    catalogue = _catalogue(papers)
    for form in FORMATS:
        whole = cite(papers, catalogue, _SITE, form)
        texts = whole[len(form.head) : -len(form.tail)].split(form.between)
        assert len(texts) == len(papers)
        whole.encode("utf-8")


@settings(max_examples=60)
@given(tex=st.one_of(_TEX, st.text(max_size=30)))
def test_a_safe_formula_leaves_braces_and_dollars_balanced(tex: str) -> None:
    if is_safe(tex):
        depth = 0
        for mark in tex:
            depth += (mark == "{") - (mark == "}")
            assert depth >= 0
        assert depth == 0
        assert "$" not in tex
        assert "\\input" not in tex


def _papers_in(path: Path) -> list[Paper]:
    digest = read_bytes(path.read_bytes(), path.name)
    return list(build_library([digest], Vocabulary()).papers.values())


_SEED = Path(__file__).parents[1] / "data" / "seed" / "2025-03-11.txt"


@_EACH
def test_all_of_the_seed_reads_back(form: Any, check: Callable[[str, list[Entry]], None]) -> None:
    papers = _papers_in(_SEED)
    assert len(papers) > 50
    catalogue = _catalogue(papers)
    check(cite(papers, catalogue, _SITE, form), _entries(papers, catalogue))


@_EACH
def test_five_hundred_real_papers_read_back(
    form: Any, check: Callable[[str, list[Entry]], None], shared: Path
) -> None:
    papers = _papers_in(shared / "digests" / "2025-12-31-real-500.txt")
    assert len(papers) > 400
    catalogue = _catalogue(papers)
    check(cite(papers, catalogue, _SITE, form), _entries(papers, catalogue))


def test_a_reader_of_tex_reads_the_seed_s_texts_as_they_were() -> None:
    papers = _papers_in(_SEED)
    catalogue = _catalogue(papers)
    text = cite(papers, catalogue, _SITE, _BIB)
    library = read_bibtex(text, append_middleware=[LatexDecodingMiddleware()])
    checked = 0
    for entry in _entries(papers, catalogue):
        fields = library.entries_dict[entry.key]
        # It does not know \\textbraceleft, and takes a circumflex for an accent.
        if not re.search(r"[{}^]", entry.title):
            assert fields["title"] == entry.title
            checked += 1
    assert checked > 50
