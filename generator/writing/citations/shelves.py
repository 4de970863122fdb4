"""The files of citations: of each paper all that is known, of many what it takes to cite them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from generator.memory import FORGETFUL, Memory
from generator.model import Draft, FileDraft, Paper
from generator.writing import addresses
from generator.writing.catalogue import Catalogue
from generator.writing.citations.briefs import Briefs, entry_in
from generator.writing.citations.files import FORMATS, Format
from generator.writing.drafts import key_of
from generator.writing.site import Site


def citation_drafts(
    catalogue: Catalogue, site: Site, memory: Memory = FORGETFUL
) -> Iterator[FileDraft]:
    """Tell the files of citations: library, digests, used tags and papers, in every format."""
    library = catalogue.library
    briefs = Briefs(catalogue, site, memory)
    for folder, papers, lean in _shelves(catalogue):
        key = key_of("citations", site.url, catalogue.dated_stamps(papers))
        for form in FORMATS:
            make = partial(briefs.file, papers, form, lean)
            yield Draft(form.path(folder), key_of(form.ending, key), make)
    of_site = key_of("citation", site.url)
    forms = [(form, form.path(""), form.ending.encode()) for form in FORMATS]
    for slug, paper in library.papers.items():
        folder = addresses.paper(slug)
        key = of_site + catalogue.dated_stamps_of((slug,))
        for form, name, ending in forms:
            make = partial(_whole, paper, catalogue, site, form)
            yield Draft(folder + name, key + ending, make)


def cite(papers: Iterable[Paper], catalogue: Catalogue, site: Site, form: Format) -> str:
    """Return the file for any papers, in the order given: what scripts join must equal it."""
    return form.join(form.write(entry_in(catalogue, site, paper)) for paper in papers)


def _shelves(catalogue: Catalogue) -> Iterator[tuple[str, Sequence[Paper], bool]]:
    """Yield the folder of each file of many papers, these, and whether it names no pages."""
    library = catalogue.library
    slugs = dict.fromkeys(slug for issue in library.issues for slug in issue.papers)
    yield addresses.HOME, [library.papers[slug] for slug in slugs], False
    for issue in library.issues:
        yield addresses.digest(issue.slug), catalogue.papers_in(issue), False
    for tag in catalogue.used_tags():
        yield addresses.tag(tag.slug), catalogue.papers_with(tag), True


def _whole(paper: Paper, catalogue: Catalogue, site: Site, form: Format) -> bytes:
    return cite([paper], catalogue, site, form).encode()
