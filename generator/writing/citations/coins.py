"""COinS: a paper's metadata within its page, where Zotero and its like find it.

The form is OpenURL's Dublin Core. In its form for journals Zotero makes a journal article of
everything, whatever the genre; in this one it takes the type by name. The page's own `citation_*`
metadata would say that the page *is* the paper, so there is none: this speaks of the paper, and
its address is the paper's own, arXiv's or the DOI's, and said once: as `rft_id` Zotero takes it as
it takes `rft.identifier`. The abstract is left to the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote_plus

from markupsafe import Markup

from generator.model import Paper
from generator.writing import addresses
from generator.writing.citations.entries import address_of, arxiv_of, when_of
from generator.writing.citations.lines import line
from generator.writing.citations.people import people_of
from generator.writing.site import Site

_MOST_AUTHORS = 25
"""A page must stay small; the files beside it name all the authors."""
_MOST_TITLE = 500
_FORM = "ctx_ver=Z39.88-2004&amp;rft_val_fmt=info:ofi/fmt:kev:mtx:dc"


def coins(paper: Paper, site: Site) -> Markup:
    """Return an empty element that carries a paper's title, authors and identifiers."""
    # Of what quoting leaves, only the sign between the pairs means something to HTML.
    pairs = "&amp;".join(
        f"{key}={quote_plus(value, safe=':/,')}" for key, value in _pairs(paper, site)
    )
    return Markup(f'<span class=Z3988 title="{_FORM}&amp;{pairs}" aria-hidden=true></span>')  # noqa: S704


def _pairs(paper: Paper, site: Site) -> Iterator[tuple[str, str]]:
    arxiv = arxiv_of(paper)
    url = address_of(paper) or site.address(addresses.paper(paper.slug))
    yield "rft.type", "preprint" if arxiv else "document"
    yield "rft.title", line(paper.title)[:_MOST_TITLE]
    if url:
        yield "rft_id", url
    if paper.doi:
        yield "rft_id", f"info:doi/{paper.doi}"
    if arxiv:
        yield "rft.publisher", "arXiv"
    if when := when_of(paper):
        yield "rft.date", "-".join(f"{part:02}" for part in when)
    people = people_of(paper.authors)
    for person in people[:_MOST_AUTHORS]:
        if person.literal:
            # Of a name in one word nothing can be split off; any other would be.
            yield "rft.aucorp" if " " in person.literal else "rft.au", person.literal
        else:
            given = " ".join(filter(None, (person.given, person.suffix)))
            yield "rft.au", f"{person.family}, {given}"
    if len(people) > _MOST_AUTHORS:
        yield "rft.aucorp", "et al."
