"""Papers, tags and digests as finished values for the templates.

Everything a template prints comes from here, escaped; a template's own autoescaping is the
second line, not the first.
"""

from __future__ import annotations

from functools import cache

import msgspec
from markupsafe import Markup

from generator.enriching.findit import find_it_on
from generator.enriching.linkkinds import label_of
from generator.model import Issue, Link, Paper, Tag
from generator.writing import addresses, wording
from generator.writing.catalogue import Catalogue
from generator.writing.escaping import html
from generator.writing.marked import MarkedText

_AUTHORS = 5
"""Authors that a list shows of a paper with many."""


class Anchor(msgspec.Struct, frozen=True):
    """A link as a template prints it."""

    href: Markup
    text: Markup
    kind: str = ""
    """For a link that leads out: what it leads to. Becomes part of a class name."""
    count: int = 0
    detail: str = ""


class PaperText(msgspec.Struct, frozen=True):
    """What a paper says, on whatever page."""

    title: Markup
    """For use within a link."""
    heading: Markup
    """For the heading of the paper's own page, in Markdown."""
    authors: Markup
    first_authors: Markup
    """Few enough for a list, with the number of the others."""
    links: tuple[Anchor, ...]
    teaser: Markup
    paragraphs: tuple[Markup, ...]
    """The whole abstract, links clickable where they stand."""
    notes: tuple[Markup, ...]


class PaperCard(msgspec.Struct, frozen=True):
    """A paper as lists and its own page show it."""

    slug: str
    href: Markup
    tags: tuple[Anchor, ...]
    text: PaperText


class CardMaker:
    """Makes cards for one page; links are relative to where that page stands."""

    def __init__(self, catalogue: Catalogue, here: str) -> None:
        """Take the look-ups and the address of the page."""
        self._catalogue = catalogue
        self._here = here
        self._chips: dict[str, Anchor] = {}

    def to(self, address: str) -> Markup:
        """Return the way from this page to another page of the site."""
        return html(addresses.relative(self._here, address))

    def paper(self, paper: Paper) -> PaperCard:
        """Make the card of a paper."""
        return PaperCard(
            slug=paper.slug,
            href=self.to(addresses.paper(paper.slug)),
            tags=tuple(map(self._chip, paper.tags)),
            text=text_of(self._catalogue, paper),
        )

    def _chip(self, slug: str) -> Anchor:
        if slug not in self._chips:
            self._chips[slug] = self.tag(self._catalogue.library.tags[slug])
        return self._chips[slug]

    def tag(self, tag: Tag, count: int = 0) -> Anchor:
        """Make the link to a tag's page, with a number of papers where one is given."""
        return Anchor(self.to(addresses.tag(tag.slug)), self._name(tag), "tag", count)

    def _name(self, tag: Tag) -> Markup:
        key = ("name", tag.slug)
        if key not in self._catalogue.kept:
            self._catalogue.kept[key] = html(tag.name)
        name: Markup = self._catalogue.kept[key]
        return name

    def shelf(self, tag: Tag) -> Anchor:
        """Make the link to a tag's page, with the number of all its papers."""
        return self.tag(tag, len(self._catalogue.papers_with(tag)))

    def issue(self, issue: Issue) -> Anchor:
        """Make the link to a digest's page, with the number of its papers."""
        words = wording.digest_words(issue.slug)
        return Anchor(
            self.to(addresses.digest(issue.slug)),
            html(wording.day(issue.date)),
            "digest",
            len(issue.papers),
            html(words),
        )

    def title(self, paper: Paper) -> Anchor:
        """Make the link to a paper's page."""
        return Anchor(
            self.to(addresses.paper(paper.slug)), title_of(self._catalogue, paper), "paper"
        )


def title_of(catalogue: Catalogue, paper: Paper) -> Markup:
    """Return a paper's title for use within a link: the same on every page that shows it."""
    key = ("title", paper.slug)
    if key not in catalogue.kept:
        catalogue.kept[key] = MarkedText(paper.title, paper.title_marks).label()
    title: Markup = catalogue.kept[key]
    return title


def text_of(catalogue: Catalogue, paper: Paper) -> PaperText:
    """Return what a paper says: the same on every page that shows it."""
    key = ("text", paper.slug)
    if key not in catalogue.kept:
        catalogue.kept[key] = _text(paper, title_of(catalogue, paper))
    text: PaperText = catalogue.kept[key]
    return text


def _text(paper: Paper, title: Markup) -> PaperText:
    return PaperText(
        title=title,
        heading=MarkedText(paper.title, paper.title_marks).heading(),
        authors=html(", ".join(paper.authors)),
        first_authors=html(_first(paper.authors)),
        links=tuple(map(out, paper.links)),
        teaser=html(wording.teaser(paper.abstract)),
        paragraphs=MarkedText(paper.abstract, paper.abstract_marks, paper.mentions).paragraphs(),
        notes=tuple(map(html, paper.notes)),
    )


def out(link: Link) -> Anchor:
    """Make a link that leads out of the site."""
    kind, _, place = label_of(link).partition(" · ")
    return Anchor(html(link.url), html(kind), link.kind.value, detail=html(place))


def searches(title: str) -> tuple[Anchor, ...]:
    """Make links to other sites' searches for a title."""
    return tuple(Anchor(html(url), _place(name), "search") for name, url in find_it_on(title))


_place = cache(html)
"""Of names that are always the same."""


def _first(authors: tuple[str, ...]) -> str:
    if len(authors) <= _AUTHORS + 1:
        return ", ".join(authors)
    return f"{', '.join(authors[:_AUTHORS])} and {len(authors) - _AUTHORS} more"
