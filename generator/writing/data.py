"""The library as data: `papers.json` for everybody, `index.json` for this site's own scripts.

What the fields mean is told to readers on the page docs/data.md, which a test holds against this
module. How a page looks, and feeds, stand elsewhere.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from typing import Any, TypeVar

import msgspec

from generator.model import Draft, FileDraft, Issue, LinkKind, Paper
from generator.textmarks import Formula, Marks, Repair
from generator.writing import addresses, wording
from generator.writing.catalogue import Catalogue
from generator.writing.drafts import key_of
from generator.writing.site import Site

VERSION = 1
"""Of both formats. A field may come to them; none goes or changes its meaning without a new one."""

PER_PAGE = 500
"""Papers in one file of `papers.json`."""

INDEX = "index.json"

_Mark = TypeVar("_Mark", Formula, Repair)

_SURROGATE = re.compile(r"[\ud800-\udfff]")


def data_drafts(catalogue: Catalogue, site: Site) -> Iterator[FileDraft]:
    """Tell the files of data: the index for scripts, then the library, page by page."""
    papers = list(catalogue.library.papers.values())
    known = catalogue.dated_stamps(papers)
    tags = [(tag.slug, tag.name, tag.broader) for tag in catalogue.used_tags()]
    issues = [(issue.slug, issue.date, issue.papers) for issue in catalogue.library.issues]
    yield Draft(INDEX, key_of("index", known, tags, issues), partial(_index, catalogue))
    pages = max(-(-len(papers) // PER_PAGE), 1)
    of_all = (site.name, site.description, site.url, catalogue.newest, len(papers), pages)
    for number in range(1, pages + 1):
        here = papers[PER_PAGE * (number - 1) : PER_PAGE * number]
        values = [
            (
                catalogue.stamp(paper),
                [(issue.slug, issue.date, at) for issue, at in catalogue.places_of(paper)],
                paper.related,
            )
            for paper in here
        ]
        make = partial(_library, catalogue, site, number, pages, here)
        yield Draft(library_path(number), key_of("papers", of_all, number, values), make)


def _library(
    catalogue: Catalogue, site: Site, number: int, pages: int, papers: list[Paper]
) -> bytes:
    content = {
        "version": VERSION,
        "site": {"name": site.name, "description": site.description, "url": site.url or None},
        "updated": catalogue.newest.isoformat() if catalogue.newest else None,
        "total": len(catalogue.library.papers),
        "page": number,
        "pages": pages,
        "next": _at(site, library_path(number + 1)) if number < pages else None,
        "papers": [_paper(catalogue, site, paper) for paper in papers],
    }
    return json_file(content)


def library_path(number: int) -> str:
    """Return the path of a file of the library, counted from 1: `papers.json`, `papers-2.json`."""
    return "papers.json" if number == 1 else f"papers-{number}.json"


def _index(catalogue: Catalogue) -> bytes:
    """Make what filters and the reader's own lists need to know, as small as it goes."""
    library = catalogue.library
    tags = catalogue.used_tags()
    place = {tag.slug: at for at, tag in enumerate(tags)}
    reading_order = dict.fromkeys(chain.from_iterable(issue.papers for issue in library.issues))
    content = {
        "version": VERSION,
        "tags": [
            {
                "slug": tag.slug,
                "name": tag.name,
                "broader": place.get(tag.broader) if tag.broader else None,
            }
            for tag in tags
        ],
        "digests": [{"slug": issue.slug, "name": _name(issue)} for issue in library.issues],
        # Rows, for there may be thousands: the names of fields would be much of the file.
        "papers": [
            [
                paper.slug,
                paper.title,
                [place[tag] for tag in paper.tags],
                _kinds(paper),
                [catalogue.place_of_issue(issue) for issue, _ in catalogue.places_of(paper)],
            ]
            for paper in (library.papers[slug] for slug in reading_order)
        ],
    }
    return json_file(content)


def _kinds(paper: Paper) -> list[LinkKind]:
    """Return what a paper's links lead to, in one order for all papers."""
    kinds = {link.kind for link in paper.links}
    return [kind for kind in LinkKind if kind in kinds] if kinds else []


def _name(issue: Issue) -> str:
    """Return what lists call a digest: `12 March 2025, late list`."""
    return ", ".join(filter(None, (wording.day(issue.date), wording.digest_words(issue.slug))))


def _paper(catalogue: Catalogue, site: Site, paper: Paper) -> dict[str, Any]:
    return {
        "slug": paper.slug,
        "url": _at(site, addresses.paper(paper.slug)),
        "title": paper.title,
        "abstract": paper.abstract.split("\n\n") if paper.abstract else [],
        "authors": list(paper.authors),
        "arxiv": paper.arxiv,
        "doi": paper.doi,
        # Only where it is known, so that a library without such days stays as it was.
        **({"published": paper.published.isoformat()} if paper.published else {}),
        "links": [{"url": link.url, "kind": link.kind.value} for link in paper.links],
        "tags": [_tag(catalogue, slug) for slug in paper.tags],
        "digests": [
            {"slug": issue.slug, "date": issue.date.isoformat(), "position": at + 1}
            for issue, at in catalogue.places_of(paper)
        ],
        "notes": list(paper.notes),
        "acronyms": [{"short": a.short, "long": a.long} for a in paper.acronyms],
        "formulas": [spot | {"tex": mark.tex} for mark, spot in _spots(paper, _formulas)],
        "repairs": [
            spot | {"supplied": mark.original, "rule": mark.rule}
            for mark, spot in _spots(paper, _repairs)
        ],
        "related": [{"slug": r.slug, "terms": list(r.terms)} for r in paper.related],
    }


def _tag(catalogue: Catalogue, slug: str) -> dict[str, str]:
    key = ("data of tag", slug)
    if key not in catalogue.kept:
        catalogue.kept[key] = {"slug": slug, "name": catalogue.library.tags[slug].name}
    found: dict[str, str] = catalogue.kept[key]
    return found


def _formulas(marks: Marks) -> tuple[Formula, ...]:
    return marks.formulas


def _repairs(marks: Marks) -> tuple[Repair, ...]:
    return marks.repairs


def _spots(
    paper: Paper, kind: Callable[[Marks], tuple[_Mark, ...]]
) -> Iterator[tuple[_Mark, dict[str, Any]]]:
    """Yield the marks of one kind, each with where it stands; paragraphs count from 0."""
    for mark in kind(paper.title_marks):
        yield mark, {"in": "title", **_range(mark, 0, paper.title)}
    if not kind(paper.abstract_marks):
        return
    starts = [0, *(found.end() for found in re.finditer("\n\n", paper.abstract))]
    for mark in kind(paper.abstract_marks):
        number = bisect_right(starts, mark.start) - 1
        place = _range(mark, starts[number], paper.abstract)
        yield mark, {"in": "abstract", "paragraph": number, **place}


def _range(mark: Formula | Repair, first: int, text: str) -> dict[str, Any]:
    here = text[mark.start : mark.end]
    return {"start": mark.start - first, "end": mark.end - first, "text": here}


def _at(site: Site, path: str) -> str:
    """Return the absolute address if the site's is known, else the one from the site's root."""
    return site.address(path) or path


def json_file(content: dict[str, Any]) -> bytes:
    """Write compact JSON in UTF-8; a lone surrogate, which no UTF-8 can hold, becomes U+FFFD."""
    try:
        text = msgspec.json.encode(content)
    except UnicodeEncodeError:
        plain = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        text = _SURROGATE.sub("\ufffd", plain).encode("utf-8")
    return text + b"\n"
