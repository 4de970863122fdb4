"""A paper made into what a citation may claim of it; how that is written is for the formats.

Only what is known is claimed. A digest's date is the day of the list and never a paper's year.
A paper's own day is what a `Published:` line says; without one an arXiv identifier tells the
month of first submission (`2503.04715`: March 2025, `cs/0112017`: December 2001). No journal, no
publisher but arXiv.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote, unquote

import msgspec

from generator.enriching.linkkinds import label_of
from generator.model import Issue, Link, LinkKind, Paper, Tag
from generator.value import Value
from generator.writing import addresses, wording
from generator.writing.citations.keys import key_of
from generator.writing.citations.lines import line
from generator.writing.citations.people import Person, people_of
from generator.writing.site import Site

_NEW = re.compile(r"([0-9]{2})(0[1-9]|1[0-2])\.[0-9]{4,5}")
_OLD = re.compile(r"([a-z-]{2,20})(?:\.([A-Z]{2}))?/([0-9]{2})(0[1-9]|1[0-2])[0-9]{3}")
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(\S+)")
_ARXIV_URL = re.compile(r"https?://arxiv\.org/(?:abs|pdf)/([\w./-]+?)(?:v[0-9]{1,3})?(?:\.pdf)?")
_IN_DOI = "!$&'()*+,-./:;=@_~"
_FIRST_YEAR = 91
"""arXiv began in 1991: a two-digit year from here on belongs to the last century."""


class Arxiv(Value, frozen=True):
    """What an arXiv identifier tells."""

    id: str
    year: int
    """Of first submission, as the month."""
    month: int
    primary: str = ""
    """The primary class, where the identifier names it: `math.GT` in `math.GT/0309136`."""

    @property
    def url(self) -> str:
        """The paper's page on arXiv."""
        return f"https://arxiv.org/abs/{self.id}"


class Piece(msgspec.Struct, frozen=True):
    """A stretch of a title."""

    text: str
    """How it reads."""
    tex: str = ""
    """For a formula: the TeX that it was written in."""


class Entry(msgspec.Struct, frozen=True):
    """What is known of a paper, each text on one line."""

    key: str
    title: str
    pieces: tuple[Piece, ...]
    """The title once more, with its formulas set apart; white space is not yet folded."""
    authors: tuple[Person, ...]
    arxiv: Arxiv | None
    doi: str
    url: str
    """The best address: arXiv, DOI, a given link to the paper, else its page on this site."""
    abstract: str
    """Paragraphs are joined: neither BibTeX nor RIS can tell them apart."""
    keywords: tuple[str, ...]
    when: tuple[int, ...]
    """Year, month and day of publication, or year and month; empty where neither is known."""
    digests: str
    """`In the digest of 11 March 2025`, with the page on this site where `url` is another."""
    links: str
    """The other addresses, each with its kind: `code: https://…; data: https://…`."""

    @property
    def note(self) -> str:
        """Digests and links in one text, for formats with one place for remarks."""
        return ". ".join(filter(None, (self.digests, self.links)))


def entry_of(
    paper: Paper, site: Site, issues: Mapping[str, Issue], tags: Mapping[str, Tag]
) -> Entry:
    """Gather what is known of a paper; issues and tags are looked up by their slugs."""
    page = site.address(addresses.paper(paper.slug))
    url = address_of(paper) or page
    digests = _digests(paper, issues)
    return Entry(
        key=key_of(paper.slug),
        title=line(paper.title),
        pieces=_pieces(paper),
        authors=people_of(paper.authors),
        arxiv=arxiv_of(paper),
        doi=line(paper.doi or ""),
        url=url,
        abstract=line(paper.abstract),
        keywords=tuple(line(tags[slug].name) for slug in paper.tags if slug in tags),
        when=when_of(paper),
        digests=f"{digests} ({page})" if digests and page and page != url else digests,
        links="; ".join(
            f"{label_of(link).partition(' · ')[0]}: {line(link.url)}"
            for link in paper.links
            if link.url != url and unquote(link.url) not in (url, f"https://doi.org/{paper.doi}")
        ),
    )


def address_of(paper: Paper) -> str:
    """Return where the paper itself is to be found, empty if nobody gave an address."""
    arxiv = arxiv_of(paper)
    if arxiv is not None:
        return arxiv.url
    own = next((link.url for link in _own_links(paper)), "")
    return _doi_url(paper) or line(own)


def arxiv_of(paper: Paper) -> Arxiv | None:
    """Return what is known by the paper's arXiv identifier.

    A DOI of arXiv's own tells the identifier too, and so does the one arXiv page that the
    contributor linked to; a page that an abstract mentions may be another paper's.
    """
    if paper.arxiv:
        return _arxiv(paper.arxiv)
    if paper.doi and (found := _ARXIV_DOI.fullmatch(paper.doi)) is not None:
        return _arxiv(found[1])
    pages = [found for link in _own_links(paper) if (found := _ARXIV_URL.fullmatch(link.url))]
    return _arxiv(pages[0][1]) if len(pages) == 1 else None


def when_of(paper: Paper) -> tuple[int, ...]:
    """Return year, month and day on which a paper was published, or less where less is known."""
    if paper.published is not None:
        return paper.published.year, paper.published.month, paper.published.day
    arxiv = arxiv_of(paper)
    return (arxiv.year, arxiv.month) if arxiv is not None else ()


def _arxiv(identifier: str) -> Arxiv | None:
    if (new := _NEW.fullmatch(identifier)) is not None:
        return Arxiv(identifier, 2000 + int(new[1]), int(new[2]))
    if (old := _OLD.fullmatch(identifier)) is not None:
        year = int(old[3])
        century = 1900 if year >= _FIRST_YEAR else 2000
        primary = f"{old[1]}.{old[2]}" if old[2] else ""
        return Arxiv(identifier, century + year, int(old[4]), primary)
    return None


def _doi_url(paper: Paper) -> str:
    return f"https://doi.org/{quote(line(paper.doi), safe=_IN_DOI)}" if paper.doi else ""


def _own_links(paper: Paper) -> list[Link]:
    """Links to the paper that the contributor gave: not those that stand in the abstract."""
    mentioned = {mention.link.url for mention in paper.mentions}
    links = [link for link in paper.links if link.kind is LinkKind.PAPER]
    return [link for link in links if link.url not in mentioned]


def _pieces(paper: Paper) -> tuple[Piece, ...]:
    title, end = paper.title, 0
    pieces = []
    for formula in paper.title_marks.formulas:
        pieces.append(Piece(title[end : formula.start]))
        pieces.append(Piece(title[formula.start : formula.end], formula.tex))
        end = formula.end
    return (*pieces, Piece(title[end:]))


def _digests(paper: Paper, issues: Mapping[str, Issue]) -> str:
    days = []
    # One that lists it twice is named once.
    for slug in dict.fromkeys(appearance.digest for appearance in paper.appearances):
        issue = issues.get(slug)
        if issue is not None:
            words = wording.digest_words(issue.slug)
            days.append(wording.day(issue.date) + (f", {line(words)}" if words else ""))
    if not days:
        return ""
    return f"In the digest{'s' if len(days) > 1 else ''} of {' and of '.join(days)}"
