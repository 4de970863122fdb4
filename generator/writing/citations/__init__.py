"""Citations: what the site knows of papers, in the formats of reference managers.

A paper becomes an `Entry`, an entry becomes text once in each format, and every file is a join
of such texts: of one paper, a digest, a tag, the library. Scripts on the site's pages join the
same texts for a reader's selection; tests/data/citations/cases.json is the table both are held to.

    entries   what is known of a paper
    people    names split where the split is sure
    keys      the key of a paper, for ever
    bibtex, ris, csl   an entry in each format; texmaths says which formulas BibTeX gets as TeX
    coins     the metadata within a paper's page
    files     how entries are joined, and where the files stand
    offers    the line of links to the files, for the templates
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from generator.model import File, Paper
from generator.writing import addresses
from generator.writing.catalogue import Catalogue
from generator.writing.citations.coins import coins
from generator.writing.citations.entries import Entry, entry_of
from generator.writing.citations.files import FORMATS, Format
from generator.writing.citations.offers import Offer, offer
from generator.writing.site import Site

__all__ = ["FORMATS", "Format", "Offer", "citation_pages", "cite", "coins", "offer"]


@dataclass(frozen=True, slots=True)
class _Shelf:
    """A folder that gets files of citations."""

    folder: str
    slugs: Iterable[str]
    updated: date | None
    """Day of the newest digest among its papers'."""
    brief: bool = False
    """Without abstracts. A paper has several tags, and each of their files would repeat it: of
    ten thousand papers, tags' files would be far the most of the site."""


def citation_pages(catalogue: Catalogue, site: Site) -> Iterator[File]:
    """Make the files of citations: library, digests, used tags and papers, in every format."""
    entries = {
        slug: _entry(paper, catalogue, site) for slug, paper in catalogue.library.papers.items()
    }
    brief = {slug: replace(entry, abstract="") for slug, entry in entries.items()}
    for form in FORMATS:
        whole_texts = {slug: form.write(entry) for slug, entry in entries.items()}
        brief_texts = {slug: form.write(entry) for slug, entry in brief.items()}
        for shelf in _shelves(catalogue):
            texts = brief_texts if shelf.brief else whole_texts
            content = form.join(texts[slug] for slug in shelf.slugs)
            yield File(form.path(shelf.folder), content)


def cite(papers: Iterable[Paper], catalogue: Catalogue, site: Site, form: Format) -> str:
    """Return the file for any papers, in the order given: what scripts join must equal it."""
    return form.join(form.write(_entry(paper, catalogue, site)) for paper in papers)


def _entry(paper: Paper, catalogue: Catalogue, site: Site) -> Entry:
    return entry_of(paper, site, catalogue.issue_of, catalogue.library.tags)


def _shelves(catalogue: Catalogue) -> Iterator[_Shelf]:
    library = catalogue.library
    everything = dict.fromkeys(slug for issue in library.issues for slug in issue.papers)
    yield _Shelf(addresses.HOME, everything, catalogue.newest)
    for issue in library.issues:
        yield _Shelf(addresses.digest(issue.slug), issue.papers, issue.date)
    for tag in catalogue.used_tags():
        papers = catalogue.papers_with(tag)
        day = catalogue.newest_issue(papers[0]).date
        slugs = [paper.slug for paper in papers]
        yield _Shelf(addresses.tag(tag.slug), slugs, day, brief=True)
    for paper in library.papers.values():
        day = catalogue.newest_issue(paper).date
        yield _Shelf(addresses.paper(paper.slug), [paper.slug], day)
