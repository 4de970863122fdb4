"""Addresses of the site's pages, and the way from one page to another.

These addresses are for ever. They end in a slash and links between them are relative, so that
the site works at any depth below its host.
"""

from __future__ import annotations

HOME = ""
DIGESTS = "digests/"
TAGS = "tags/"
AUTHORS = "authors/"
MAP = "map/"
TRENDS = "trends/"
ABOUT = "about/"
VOCABULARY = "about/vocabulary/"
GLOSSARY = "glossary/"
SAVED = "saved/"
READ = "read/"
NEW = "new/"
SEARCH = "search/"


def digest(slug: str, number: int = 1) -> str:
    """Return the address of a digest's page, or of a further page of its list."""
    return _numbered(f"{DIGESTS}{slug}/", number)


def source(slug: str, number: int = 1) -> str:
    """Return the address of the page on how a digest was read, or of a further page of it."""
    return _numbered(f"{DIGESTS}{slug}/source/", number)


def year(number: int, part: int = 1) -> str:
    """Return the address of the page of a year's digests, or of a further page of them."""
    return _numbered(f"years/{number}/", part)


def paper(slug: str) -> str:
    """Return the address of a paper's page."""
    return f"papers/{slug}/"


def tag(slug: str, number: int = 1) -> str:
    """Return the address of a tag's page, or of a further page of its list."""
    return _numbered(f"{TAGS}{slug}/", number)


def author(slug: str, number: int = 1) -> str:
    """Return the address of an author's page, or of a further page of the list."""
    return _numbered(f"{AUTHORS}{slug}/", number)


def authors(letter: str, number: int = 1) -> str:
    """Return the address of the authors of a letter, or of a further page of them."""
    return _numbered(f"{AUTHORS}by-letter/{letter}/", number)


def glossary(letter: str, number: int = 1) -> str:
    """Return the address of the glossary's page of a letter, or of a further one of it."""
    return _numbered(f"{GLOSSARY}{letter}/", number)


def relative(here: str, there: str) -> str:
    """Return what to write on the page `here` to get to the page or file `there`."""
    while here:
        folder, slash, further = here.partition("/")
        if not slash or not there.startswith(f"{folder}/"):
            break
        here, there = further, there[len(folder) + 1 :]
    return "../" * here.count("/") + there or "./"


def up(here: str) -> str:
    """Return the way from the page `here` to the site's root, to write an address behind it."""
    return "../" * here.count("/")


def document(address: str) -> str:
    """Return the path of the Markdown file whose page has this address."""
    if address in (HOME, DIGESTS, TAGS, AUTHORS, GLOSSARY):
        return f"{address}index.md"
    return f"{address.rstrip('/')}.md"


def _numbered(address: str, number: int) -> str:
    return address if number == 1 else f"{address}{number}/"
