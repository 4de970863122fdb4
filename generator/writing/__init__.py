"""Writing: a library made into Markdown pages.

`write_pages` takes a `Library` and a `Site` (what the site is called) and returns `Page`s:
Markdown with front matter, ready for a builder that gives pages addresses ending in a slash.
Nothing is written to disk here.

    addresses   where each page stands, and how pages link to each other
    escaping    the only way by which pasted text gets into a page
    catalogue   look-ups over a library: which papers a tag has, what comes next
    cards       papers, tags and digests as finished values for the templates
    pages       one function for each kind of page
    rendering   a template and its values made into a page
    templates   layout; they decide nothing else
"""

from __future__ import annotations

from generator.writing.pages import Site, write_pages

__all__ = ["Site", "write_pages"]
