"""A digest as one file to take along: it needs no network, no scripts, and no other file.

It is a page of its own, apart from the site's chrome, so it has its own template and style. Links
to the site are absolute, and left out if the site does not say where it stands: a file that
travels has no place to be relative to. Its policy allows its own style and nothing else.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode

import msgspec
from markupsafe import Markup
from slugify import slugify

from generator.enriching.linkkinds import label_of
from generator.model import Issue, Paper
from generator.textmarks import Marks
from generator.writing import addresses, wording
from generator.writing.cards import Anchor, text_of
from generator.writing.catalogue import Catalogue
from generator.writing.escaping import html
from generator.writing.marked import MarkedText
from generator.writing.rendering import fill
from generator.writing.site import Site

_NAME = 40
"""Characters of the site's name in the name of a file."""


class _Paper(msgspec.Struct, frozen=True):
    title: Markup
    authors: Markup
    paragraphs: tuple[Markup, ...]
    notes: tuple[Markup, ...]
    tags: tuple[Markup, ...]
    links: tuple[Anchor, ...]
    page: Anchor | None
    """The way to its page on this site, if the site says where it stands."""


def takeaway(catalogue: Catalogue, site: Site, issue: Issue, title: str) -> str:
    """Make the file of a digest; `title` is what the digest's page is called."""
    papers = catalogue.papers_in(issue)
    page = fill(
        "takeaway.html",
        title=html(title),
        site=html(site.name),
        home=html(site.url),
        address=html(site.address(addresses.digest(issue.slug))),
        tally=wording.count(len(papers), "paper"),
        papers=[_kept(catalogue, site, paper) for paper in papers],
    )
    return _with_policy(page)


def _with_policy(page: str) -> str:
    style = page.partition("<style>")[2].partition("</style>")[0]
    known = b64encode(hashlib.sha256(style.encode("utf-8", "replace")).digest()).decode("ascii")
    policy = f"default-src 'none';style-src 'sha256-{known}';form-action 'none';base-uri 'none'"
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return page.replace("<head>\n", f"<head>\n{meta}\n", 1)


def file_name(site: Site, issue: Issue) -> str:
    """Return a name that says in a folder of downloads what it is: `broadsheet-2025-03-11.html`."""
    return f"{slugify(site.name, max_length=_NAME) or 'digest'}-{issue.slug}.html"


def size(text: str) -> str:
    """Return the size of a file in words: `1 KB`, `180 KB`, `12.4 MB`."""
    number = len(text.encode("utf-8"))
    if number < 999_500:
        return f"{max(1, round(number / 1000))} KB"
    return f"{number / 1_000_000:.1f} MB"


def _kept(catalogue: Catalogue, site: Site, paper: Paper) -> _Paper:
    key = (f"takeaway {site.name} {site.url}", paper.slug)
    if key not in catalogue.kept:
        catalogue.kept[key] = _paper(catalogue, site, paper)
    found: _Paper = catalogue.kept[key]
    return found


def _paper(catalogue: Catalogue, site: Site, paper: Paper) -> _Paper:
    tags = catalogue.library.tags
    text = text_of(catalogue, paper)
    known = paper.abstract_marks
    paragraphs = text.paragraphs
    if known.repairs or known.abbreviations:
        # What a page shows on hover stays there: this is the text to read.
        marks = Marks(formulas=known.formulas, emphases=known.emphases)
        paragraphs = MarkedText(paper.abstract, marks, paper.mentions).paragraphs()
    links = [Anchor(html(link.url), html(label_of(link))) for link in paper.links]
    page = html(site.address(addresses.paper(paper.slug)))
    return _Paper(
        title=text.title,
        authors=text.authors,
        paragraphs=paragraphs if paper.abstract else (),
        notes=text.notes,
        tags=tuple(html(tags[slug].name) for slug in paper.tags),
        links=tuple(links),
        page=Anchor(page, html(f"On {site.name}")) if page else None,
    )
