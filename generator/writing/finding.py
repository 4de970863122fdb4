"""The page of search results, and what lets a browser add the site to its search engines.

What is found is known in the reader's browser alone: the page is a frame that
overrides/assets/javascripts/search-page.js fills. The index that it asks is made by the room
`searching`.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import File, Page
from generator.writing import addresses
from generator.writing.cards import CardMaker
from generator.writing.catalogue import Catalogue
from generator.writing.escaping import html
from generator.writing.rendering import fill, render
from generator.writing.site import Site

DESCRIPTION = "opensearch.xml"

_SHORT_NAME = 16
"""Characters that OpenSearch allows a name."""


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


def opensearch_files(site: Site) -> Iterator[File]:
    """Describe the search for browsers, by OpenSearch 1.1; it needs the site's own address."""
    if site.url:
        name = site.name if len(site.name) <= _SHORT_NAME else f"{site.name[: _SHORT_NAME - 1]}…"
        yield File(
            DESCRIPTION,
            fill(
                "opensearch.xml",
                name=html(name),
                description=html(f"Papers on {site.name}"),
                results=html(site.address(addresses.SEARCH)),
                icon=html(site.address("assets/images/favicon.svg")),
                itself=html(site.address(DESCRIPTION)),
            ),
        )
