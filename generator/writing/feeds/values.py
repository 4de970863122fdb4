"""What a feed says, whatever its form: its entries are papers, the newest digest's first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import chain, islice

import msgspec
from markupsafe import Markup

from generator.enriching.linkkinds import label_of
from generator.model import LinkKind, Paper, Tag
from generator.textmarks import Marks
from generator.writing import addresses
from generator.writing.catalogue import Catalogue
from generator.writing.escaping import clean, html
from generator.writing.feeds.ids import name_of
from generator.writing.marked import MarkedText
from generator.writing.site import Site

ATOM, JSON, OPML = "feed.xml", "feed.json", "feeds.opml"
"""Names of files; a feed's files stand in the folder of the page that it is for."""

_SITE, _LARGE = 100, 200
"""Papers in the site's feed; in it when the newest digest alone is larger."""

_TAG, _LARGE_TAG = 10, 50
"""The same for a tag's feed: there are hundreds of them."""

RIGHTS = "Titles and abstracts are their authors’."

_NO_DAY = date(1970, 1, 1)
"""A feed must say when it changed; one without papers never has."""

_OUT = Markup('<a href="{}" rel="noopener nofollow">{}</a>')


class Way(msgspec.Struct, frozen=True):
    """A link that belongs to a paper."""

    url: str
    kind: LinkKind
    label: str


class Entry(msgspec.Struct, frozen=True):
    """A paper in a feed. Texts are plain and clean unless they are Markup."""

    id: str
    title: str
    page: str
    """The address of its page, from the site's root."""
    published: date
    """Day of the oldest digest that lists it."""
    updated: date
    """Day of the newest one: a list has named it again, and it comes up again."""
    content: Markup
    authors: tuple[str, ...]
    tags: tuple[tuple[str, str], ...]
    """Slugs and names."""
    ways: tuple[Way, ...]


class Feed(msgspec.Struct, frozen=True):
    """What is new in the site, or under a tag."""

    id: str
    title: str
    about: str
    home: str
    """The address of the page that it is for, from the site's root; its files stand there."""
    author: str
    updated: date
    papers: tuple[Paper, ...]

    def to(self, site: Site, path: str) -> str:
        """Return the way to a page or file: absolute if the site says where it stands.

        Else it is relative to the feed, which most programs resolve and some do not.
        """
        return site.address(path) or addresses.relative(self.home, path)

    def root(self, site: Site) -> str:
        """Return the way to the site's root, on which the ways in entries rest."""
        return site.url or addresses.up(self.home)


def site_feed(catalogue: Catalogue, site: Site) -> Feed:
    """Make the feed of the whole site."""
    library = catalogue.library
    slugs = dict.fromkeys(chain.from_iterable(issue.papers for issue in library.issues))
    newest = len(library.issues[0].papers) if library.issues else 0
    most = min(max(_SITE, newest), _LARGE)
    papers = [library.papers[slug] for slug in islice(slugs, most)]
    title = _line(site.name) or "Papers"
    return _feed(catalogue, site, papers, addresses.HOME, title, _line(site.description))


def tag_feed(catalogue: Catalogue, site: Site, tag: Tag) -> Feed:
    """Make the feed of a tag; a broad one has the papers of the finer ones below it."""
    papers = catalogue.papers_with(tag)
    newest = catalogue.newest_issue(papers[0])
    fresh = sum(catalogue.newest_issue(paper) is newest for paper in papers[:_LARGE_TAG])
    papers = papers[: max(_TAG, fresh)]
    title = f"{_line(site.name)}: {_line(tag.name)}".removeprefix(": ")
    about = _line(tag.description)
    return _feed(catalogue, site, papers, addresses.tag(tag.slug), title, about)


def _feed(
    catalogue: Catalogue, site: Site, papers: Iterable[Paper], home: str, title: str, about: str
) -> Feed:
    shown = tuple(papers)
    return Feed(
        id=name_of(site, f"{home}feed"),
        title=title,
        about=about,
        home=home,
        author=_line(site.name) or "Papers",
        updated=max((catalogue.newest_issue(paper).date for paper in shown), default=_NO_DAY),
        papers=shown,
    )


def entry_of(catalogue: Catalogue, site: Site, paper: Paper) -> Entry:
    """Gather what a feed says of a paper."""
    tags = catalogue.library.tags
    address = addresses.paper(paper.slug)
    places = catalogue.places_of(paper)
    ways = tuple(Way(clean(link.url), link.kind, clean(label_of(link))) for link in paper.links)
    return Entry(
        id=name_of(site, address),
        title=_line(paper.title),
        page=address,
        published=places[-1][0].date,
        updated=places[0][0].date,
        content=_content(paper, ways),
        authors=tuple(filter(None, map(_line, paper.authors))),
        tags=tuple((slug, _line(tags[slug].name)) for slug in paper.tags),
        ways=ways,
    )


def _content(paper: Paper, ways: Iterable[Way]) -> Markup:
    """Return the abstract with links, formulas and emphasis, then the links of the paper.

    What a page shows on hover is left out: programs that read feeds drop what it needs.
    """
    known = paper.abstract_marks
    marks = Marks(formulas=known.formulas, emphases=known.emphases)
    text = MarkedText(paper.abstract, marks, paper.mentions)
    paragraphs = list(text.paragraphs()) if paper.abstract else []
    links = Markup(" · ").join(_OUT.format(html(way.url), html(way.label)) for way in ways)
    if links:
        paragraphs.append(Markup("Links: ") + links)
    return Markup("\n").join(Markup("<p>{}</p>").format(each) for each in paragraphs)


def _line(text: str) -> str:
    return " ".join(clean(text).split())
