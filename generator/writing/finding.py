"""The page of search results, and what lets a browser add the site to its search engines.

What is found is known in the reader's browser alone: the page is a frame that
overrides/assets/javascripts/search-page.js fills. The index that it asks is made by the room
`searching`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.model import Draft, FileDraft, Page, PageDraft
from generator.writing import addresses
from generator.writing.cards import CardMaker
from generator.writing.catalogue import Catalogue
from generator.writing.drafts import key_of
from generator.writing.escaping import html
from generator.writing.rendering import fill, render
from generator.writing.site import Site

DESCRIPTION = "opensearch.xml"

_SHORT_NAME = 16
"""Characters that OpenSearch allows a name."""


def search_draft(catalogue: Catalogue, site: Site) -> PageDraft:
    """Tell the frame of the page of results."""
    make = partial(search_page, catalogue, site)
    return Draft(addresses.document(addresses.SEARCH), key_of("search", site.name), make)


def search_page(catalogue: Catalogue, site: Site) -> Page:
    """Make the frame of the page of results."""
    cards = CardMaker(catalogue, addresses.SEARCH)
    return render(
        addresses.SEARCH,
        "search",
        title="Search",
        description=f"Search the titles and abstracts of all papers on {site.name}.",
        updated=None,
        scripts=("search-page",),
        ways=[
            (cards.to(address), name)
            for address, name in (
                (addresses.TAGS, "All tags"),
                (addresses.GLOSSARY, "The glossary"),
                (addresses.DIGESTS, "All digests"),
            )
        ],
    )


def opensearch_drafts(site: Site) -> Iterator[FileDraft]:
    """Describe the search for browsers, by OpenSearch 1.1; it needs the site's own address."""
    if site.url:
        key = key_of("opensearch", site.name, site.url)
        yield Draft(DESCRIPTION, key, partial(_opensearch, site))


def _opensearch(site: Site) -> bytes:
    name = site.name if len(site.name) <= _SHORT_NAME else f"{site.name[: _SHORT_NAME - 1]}…"
    return fill(
        "opensearch.xml",
        name=html(name),
        description=html(f"Papers on {site.name}"),
        results=html(site.address(addresses.SEARCH)),
        icon=html(site.address("assets/images/favicon.svg")),
        itself=html(site.address(DESCRIPTION)),
    ).encode()
