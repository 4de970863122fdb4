"""The library as data: `papers.json` for everybody, `index.json` for this site's own scripts.

What the fields mean is told to readers on the page docs/data.md, which a test holds against this
module. How a paper is written down, how a page looks, and feeds, stand elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, partial
from itertools import chain
from typing import Any

from msgspec import Raw

from generator.memory import FORGETFUL, Memory
from generator.model import Draft, FileDraft, Issue, LinkKind, Paper
from generator.writing import wording
from generator.writing.catalogue import Catalogue
from generator.writing.drafts import key_of
from generator.writing.paperdata import address_in, json_of, paper_as_json
from generator.writing.remembered import rows_of
from generator.writing.site import Site

VERSION = 1
"""Of both formats. A field may come to them; none goes or changes its meaning without a new one."""

PER_PAGE = 500
"""Papers in one file of `papers.json`."""

INDEX = "index.json"

_NAME = "papers"


def data_drafts(
    catalogue: Catalogue, site: Site, memory: Memory = FORGETFUL
) -> Iterator[FileDraft]:
    """Tell the files of data: the index for scripts, then the library, page by page."""
    papers = list(catalogue.library.papers.values())
    known = catalogue.dated_stamps(papers)
    tags = [(tag.slug, tag.name, tag.broader) for tag in catalogue.used_tags()]
    issues = [(issue.slug, issue.date, issue.papers) for issue in catalogue.library.issues]
    yield Draft(INDEX, key_of("index", known, tags, issues), partial(_index, catalogue))
    pages = max(-(-len(papers) // PER_PAGE), 1)
    of_all = (site.name, site.description, site.url, catalogue.newest, len(papers), pages)
    written = _Written(catalogue, site, papers, memory)
    for number in range(1, pages + 1):
        here = slice(PER_PAGE * (number - 1), PER_PAGE * number)
        key = key_of("papers", of_all, number, written.keys[here])
        make = partial(_library, catalogue, site, number, pages, written, here)
        yield Draft(library_path(number), key, make)


class _Written:
    """Papers as JSON, of which most are as the build before had them."""

    def __init__(
        self, catalogue: Catalogue, site: Site, papers: list[Paper], memory: Memory
    ) -> None:
        self.keys = [_key(catalogue, paper) for paper in papers]
        self._catalogue = catalogue
        self._site = site
        self._papers = papers
        self._memory = memory

    @cached_property
    def texts(self) -> list[bytes]:
        grounds = key_of(self._site.url)
        rows = rows_of(self._memory, _NAME, grounds, self.keys, lambda at: (self._write(at),))
        return [text for (text,) in rows]

    def _write(self, at: int) -> bytes:
        return paper_as_json(self._catalogue, self._site, self._papers[at])


def _key(catalogue: Catalogue, paper: Paper) -> bytes:
    """Return a digest of what is written of a paper in any site."""
    places = [at for _, at in catalogue.places_of(paper)]
    return key_of(catalogue.dated_stamp(paper.slug), places, paper.related)


def _library(
    catalogue: Catalogue, site: Site, number: int, pages: int, written: _Written, here: slice
) -> bytes:
    content = {
        "version": VERSION,
        "site": {"name": site.name, "description": site.description, "url": site.url or None},
        "updated": catalogue.newest.isoformat() if catalogue.newest else None,
        "total": len(catalogue.library.papers),
        "page": number,
        "pages": pages,
        "next": address_in(site, library_path(number + 1)) if number < pages else None,
        "papers": [Raw(text) for text in written.texts[here]],
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


def json_file(content: dict[str, Any]) -> bytes:
    """Write compact JSON as a file: see `json_of`."""
    return json_of(content) + b"\n"
