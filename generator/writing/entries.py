"""A paper as an entry of a list: made once, and put on every page that lists it.

Pages stand at different depths, so an entry is kept with a sign where the way from the page to the
site's root goes.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from markupsafe import Markup

from generator.model import Issue, Paper
from generator.writing import addresses, wording
from generator.writing.cards import text_of, title_of
from generator.writing.catalogue import Catalogue
from generator.writing.escaping import html
from generator.writing.forms import SIGNS, Form
from generator.writing.rendering import fill

_BRIEF = 90
"""Characters of an abstract that tell whether to unfold it, on the pages of its many tags."""

_ROOT = "\x00"
"""Stands for the way to the root: no text on a page has it, since escaping drops it."""


def entry(catalogue: Catalogue, paper: Paper, here: str) -> Markup:
    """Return the whole entry for a page at the address `here`.

    It has all that a reader of a digest wants: links, tags, the whole abstract.
    """
    key = ("entry", paper.slug)
    if key not in catalogue.kept:
        catalogue.kept[key] = fill(
            "entry.html",
            slug=paper.slug,
            href=_to(addresses.paper(paper.slug)),
            tags=[_chip(catalogue, slug) for slug in paper.tags],
            text=text_of(catalogue, paper),
        )
    return _seen_from(here, catalogue.kept[key])


def brief_entries(catalogue: Catalogue, papers: Iterable[Paper], here: str) -> Markup:
    """Return brief entries for a page at the address `here`, below the digests that list them.

    A brief entry has the title and first words: a paper stands on the pages of many tags. A script
    fetches the rest from the paper's page when it is asked for.
    """
    texts = []
    for issue, group in catalogue.by_issue(papers):
        before, after = _heading(catalogue, issue)
        texts += [before, *[_brief(catalogue, paper) for paper in group], after]
    return _seen_from(here, "".join(texts))


def _seen_from(here: str, text: str) -> Markup:
    return Markup(text.replace(_ROOT, addresses.up(here)))  # noqa: S704 - from templates


def _brief(catalogue: Catalogue, paper: Paper) -> str:
    key = ("brief", paper.slug)
    if key not in catalogue.kept:
        # All that a paper says takes ten times as long to make.
        catalogue.kept[key] = _brief_form().filled(
            html(paper.slug),
            title_of(catalogue, paper),
            html(wording.cut(paper.abstract, _BRIEF)),
        )
    found: str = catalogue.kept[key]
    return found


def _heading(catalogue: Catalogue, issue: Issue) -> list[str]:
    """Return what stands before and after the brief entries of a digest."""
    key = ("heading", issue.slug)
    if key not in catalogue.kept:
        catalogue.kept[key] = fill(
            "briefs.html",
            href=_to(addresses.digest(issue.slug)),
            day=wording.day(issue.date),
            words=html(wording.digest_words(issue.slug)),
            entries=SIGNS[0],
        ).split(SIGNS[0])
    found: list[str] = catalogue.kept[key]
    return found


@cache
def _brief_form() -> Form:
    slug, title, brief, _ = SIGNS
    href = Markup(_ROOT + addresses.paper(slug))  # noqa: S704 - signs in a constant
    return Form(fill("brief.html", href=href, title=title, brief=brief))


def _chip(catalogue: Catalogue, slug: str) -> tuple[Markup, Markup]:
    key = ("tag", slug)
    if key not in catalogue.kept:
        name = catalogue.library.tags[slug].name
        catalogue.kept[key] = (_to(addresses.tag(slug)), html(name))
    found: tuple[Markup, Markup] = catalogue.kept[key]
    return found


def _to(address: str) -> Markup:
    return Markup("".join((_ROOT, html(address))))  # noqa: S704 - it is escaped
