"""A paper as an entry of a list: made once, and put on every page that lists it.

Pages stand at different depths, so an entry is kept in pieces, between which the way from the page
to the site's root goes.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from markupsafe import Markup

from generator.model import Paper
from generator.writing import addresses, wording
from generator.writing.cards import text_of, title_of
from generator.writing.catalogue import Catalogue
from generator.writing.escaping import html
from generator.writing.rendering import fill

_BRIEF = 90
"""Characters of an abstract that tell whether to unfold it, on the pages of its many tags."""

_ROOT = "\x00"
"""Stands for the way to the root: no text on a page has it, since escaping drops it."""
_SLUG, _TITLE, _WORDS = "\x01", "\x02", "\x03"
"""Stand for what differs in brief entries, likewise."""


class Look(StrEnum):
    """How much of a paper an entry holds; the value is the name of its template."""

    WHOLE = "entry.html"
    """All that a reader of a digest wants: links, tags, the whole abstract."""
    BRIEF = "brief.html"
    """Title and first words: a paper stands on the pages of many tags. A script fetches the rest
    from the paper's page when it is asked for."""


def entry(catalogue: Catalogue, paper: Paper, here: str, look: Look = Look.WHOLE) -> Markup:
    """Return the HTML of an entry for a page at the address `here`."""
    key = (look.value, paper.slug)
    if key not in catalogue.kept:
        catalogue.kept[key] = _pieces(catalogue, paper, look)
    return Markup(addresses.up(here).join(catalogue.kept[key]))  # noqa: S704 - from templates


def _pieces(catalogue: Catalogue, paper: Paper, look: Look) -> list[str]:
    if look is Look.BRIEF:
        # All that a paper says takes ten times as long to make.
        text = _brief_form().replace(_SLUG, html(paper.slug))
        text = text.replace(_TITLE, title_of(catalogue, paper))
        text = text.replace(_WORDS, html(wording.cut(paper.abstract, _BRIEF)))
    else:
        text = fill(
            look.value,
            slug=paper.slug,
            href=_to(addresses.paper(paper.slug)),
            tags=[_chip(catalogue, slug) for slug in paper.tags],
            text=text_of(catalogue, paper),
        )
    return text.split(_ROOT)


@cache
def _brief_form() -> str:
    """Fill the template of brief entries with signs, for there are tens of thousands of them."""
    slug, title, words = map(Markup, (_SLUG, _TITLE, _WORDS))
    href = Markup(_ROOT + addresses.paper(_SLUG))  # noqa: S704 - a constant
    return fill(Look.BRIEF.value, slug=slug, href=href, title=title, brief=words)


def _chip(catalogue: Catalogue, slug: str) -> tuple[Markup, Markup]:
    key = ("chip", slug)
    if key not in catalogue.kept:
        name = catalogue.library.tags[slug].name
        catalogue.kept[key] = (_to(addresses.tag(slug)), html(name))
    found: tuple[Markup, Markup] = catalogue.kept[key]
    return found


def _to(address: str) -> Markup:
    return Markup(_ROOT) + html(address)  # noqa: S704 - a constant
