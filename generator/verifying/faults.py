"""What can be wrong with a built site."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = {
    "link": "nothing stands at an address",
    "slash": "a page's address lacks its slash, which costs readers a detour",
    "outside": "an address leads out of the site's folder",
    "scheme": "an address would run as a script",
    "fragment": "a page has no such place",
    "id": "one page has an id twice",
    "reference": "a label or description names an id that the page does not have",
    "alt": "a picture has no text in its place",
    "title": "a page has no title or no language",
    "canonical": "a page gives another address as its own",
    "moved": "a page that leads on does so to nowhere, or says that it stands elsewhere",
    "orphan": "no way leads to a page from the first one",
    "style": "a stylesheet names a file that there is not",
    "script": "a script names a file that there is not",
    "feed": "a feed names what there is not",
    "sitemap": "the sitemap has an address too many, or one too few",
    "citation": "a file of citations names a page that there is not",
    "data": "a file of data names what there is not",
    "index": "the index of the search is not whole",
    "form": "a file is not of the form that its name says",
}
"""Kinds of faults, and what each means."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """Something in a file of a site that is not right."""

    path: str
    """Of the file, from the site's folder."""
    line: int
    """Counted from 1; 1 where a whole file is meant."""
    kind: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: error[{self.kind}]: {self.message}"
