"""The files of citations: of each paper all that is known, of many what it takes to cite them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from generator.model import Draft, FileDraft, Paper
from generator.writing import addresses
from generator.writing.catalogue import Catalogue
from generator.writing.citations.entries import Entry, entry_of
from generator.writing.citations.files import FORMATS, Format
from generator.writing.drafts import key_of
from generator.writing.site import Site


def citation_drafts(catalogue: Catalogue, site: Site) -> Iterator[FileDraft]:
    """Tell the files of citations: library, digests, used tags and papers, in every format."""
    library = catalogue.library
    for folder, papers in _shelves(catalogue):
        key = key_of("citations", site.url, catalogue.dated_stamps(papers))
        for form in FORMATS:
            make = partial(_brief, papers, catalogue, site, form)
            yield Draft(form.path(folder), key_of(form.ending, key), make)
    of_site = key_of("citation", site.url)
    for paper in library.papers.values():
        folder = addresses.paper(paper.slug)
        key = of_site + catalogue.dated_stamps([paper])
        for form in FORMATS:
            make = partial(_whole, paper, catalogue, site, form)
            yield Draft(form.path(folder), key + form.ending.encode(), make)


def cite(papers: Iterable[Paper], catalogue: Catalogue, site: Site, form: Format) -> str:
    """Return the file for any papers, in the order given: what scripts join must equal it."""
    return form.join(form.write(_entry(paper, catalogue, site)) for paper in papers)


def _shelves(catalogue: Catalogue) -> Iterator[tuple[str, Sequence[Paper]]]:
    library = catalogue.library
    slugs = dict.fromkeys(slug for issue in library.issues for slug in issue.papers)
    yield addresses.HOME, [library.papers[slug] for slug in slugs]
    for issue in library.issues:
        yield addresses.digest(issue.slug), catalogue.papers_in(issue)
    for tag in catalogue.used_tags():
        yield addresses.tag(tag.slug), catalogue.papers_with(tag)


def _whole(paper: Paper, catalogue: Catalogue, site: Site, form: Format) -> bytes:
    return cite([paper], catalogue, site, form).encode()


def _brief(papers: Iterable[Paper], catalogue: Catalogue, site: Site, form: Format) -> bytes:
    return form.join(_brief_text(paper, catalogue, site, form) for paper in papers).encode()


def _brief_text(paper: Paper, catalogue: Catalogue, site: Site, form: Format) -> str:
    key = (f"{form.ending} {site.url}", paper.slug)
    if key not in catalogue.kept:
        entry = replace(_entry(paper, catalogue, site), abstract="", keywords=())
        catalogue.kept[key] = form.write(entry)
    text: str = catalogue.kept[key]
    return text


def _entry(paper: Paper, catalogue: Catalogue, site: Site) -> Entry:
    key = (f"citation {site.url}", paper.slug)
    if key not in catalogue.kept:
        catalogue.kept[key] = entry_of(paper, site, catalogue.issue_of, catalogue.library.tags)
    entry: Entry = catalogue.kept[key]
    return entry
