"""Writing: a library made into Markdown pages.

`write_pages` takes a `Library` and a `Site` (what the site is called and where it stands) and
returns `Page`s: Markdown with front matter, ready for a builder that gives pages addresses ending
in a slash, and files that it publishes as they are.
Nothing is written to disk here.

    addresses   where each page stands, and how pages link to each other
    escaping    the only way by which pasted text gets into a page
    catalogue   look-ups over a library: which papers a tag has, what comes next
    marked      text with its formulas, repairs, links and acronyms made into HTML
    cards       papers, tags and digests as finished values for the templates
    listing     long lists cut into pages; lists says what such a page shows
    pages       all pages in their order; digests, papers, tags make them
    rendering   a template and its values made into a page
    templates   layout; they decide nothing else
"""

from __future__ import annotations

from generator.writing.pages import write_pages
from generator.writing.site import Site

__all__ = ["Site", "write_pages"]
