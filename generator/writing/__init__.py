"""Writing: a library made into Markdown pages.

`page_drafts` takes a `Library` and a `Site` (what the site is called and where it stands) and
yields a `Draft` of each `Page`: it tells whether the page is as it was before it is made.
`markdown` gives a page as Markdown with front matter, ready for a builder that gives pages
addresses ending in a slash, `html` as a layout takes it in. `file_drafts` tells the files of data
beside them; `write_pages` and `write_files` make everything. Nothing is written to disk here.

    addresses   where each page stands, and how pages link to each other
    escaping    the only way by which pasted text gets into a page
    catalogue   look-ups over a library: which papers a tag has, what comes next
    marked      text with its formulas, repairs, links and acronyms made into HTML
    cards       papers, tags and digests as finished values for the templates
    entries     a paper as an entry of a list, made once for all pages that list it
    listing     long lists cut into pages; lists says what such a page shows
    pages       all pages and files in their order; digests, archive, papers, tags make them
    glossary    what acronyms stand for, by meanings
    landscape   the map of papers; trends, the page of tags over time; related, a page's section
    finding     the page of search results
    queue       frames of the reader's own lists, which scripts fill
    head        what programs read in a page
    takeaway    a digest as one file
    data        the library as JSON; feeds and citations have their formats
    drafts      digests of what a page or a file rests on
    shapes      a page as Markdown and as HTML
    rendering   a template and its values made into a page
    templates   layout; they decide nothing else

What this package gives is imported when it is asked for: a build that finds nothing new asks for
names and addresses only, and would else wait for all the rest.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generator.writing.pages import file_drafts, page_drafts, write_files, write_pages
    from generator.writing.shapes import anchor, html, markdown
    from generator.writing.site import Site

__all__ = [
    "Site",
    "anchor",
    "file_drafts",
    "html",
    "markdown",
    "page_drafts",
    "write_files",
    "write_pages",
]

_ROOMS = {"Site": "site", "anchor": "shapes", "html": "shapes", "markdown": "shapes"}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ROOMS.get(name, 'pages')}"), name)
