"""A paper as an object of JSON.

What the fields mean is told to readers on the page docs/data.md, which a test holds against this
module.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import msgspec

from generator.model import Paper
from generator.textmarks import Formula, Marks, Repair
from generator.writing import addresses
from generator.writing.catalogue import Catalogue
from generator.writing.site import Site

_Mark = TypeVar("_Mark", Formula, Repair)

_SURROGATE = re.compile(r"[\ud800-\udfff]")


def paper_as_json(catalogue: Catalogue, site: Site, paper: Paper) -> bytes:
    """Write a paper."""
    return json_of(_paper(catalogue, site, paper))


def json_of(content: Any) -> bytes:
    """Write compact JSON in UTF-8; a lone surrogate, which no UTF-8 can hold, becomes U+FFFD."""
    try:
        return msgspec.json.encode(content)
    except UnicodeEncodeError:
        plain = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        return _SURROGATE.sub("\ufffd", plain).encode("utf-8")


def address_in(site: Site, path: str) -> str:
    """Return the absolute address if the site's is known, else the one from the site's root."""
    return site.address(path) or path


def _paper(catalogue: Catalogue, site: Site, paper: Paper) -> dict[str, Any]:
    return {
        "slug": paper.slug,
        "url": address_in(site, addresses.paper(paper.slug)),
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
