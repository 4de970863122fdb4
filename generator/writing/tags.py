"""The pages of tags: all in use, each one, and the whole vocabulary."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Page, Paper, Tag
from generator.writing import addresses, wording
from generator.writing.cards import CardMaker
from generator.writing.catalogue import Catalogue
from generator.writing.citations import offer
from generator.writing.escaping import html
from generator.writing.feeds import ATOM
from generator.writing.head import tag_head
from generator.writing.listing import Sheet, sheets
from generator.writing.lists import DESCRIPTION, list_of, totals, with_number
from generator.writing.rendering import render
from generator.writing.site import Site


def tags_page(catalogue: Catalogue) -> Page:
    """Make the page of all tags in use, by broad subject."""
    cards = CardMaker(catalogue, addresses.TAGS)
    used = catalogue.used_tags()
    groups = []
    broad_tags = [tag for tag in used if tag.broader is None and tag.listed]
    for broad in sorted(broad_tags, key=lambda tag: _by_size(catalogue, tag)):
        narrower = [tag for tag in catalogue.narrower[broad.slug] if catalogue.papers_with(tag)]
        narrower.sort(key=lambda tag: _by_size(catalogue, tag))
        groups.append(
            (cards.shelf(broad), html(broad.description), [cards.shelf(tag) for tag in narrower])
        )
    others = [cards.shelf(tag) for tag in used if not tag.listed]
    return render(
        addresses.TAGS,
        "tags",
        title="Tags",
        description="What the papers are about: broad subjects, and finer ones below them.",
        updated=catalogue.newest,
        groups=groups,
        others=others,
        vocabulary=cards.to(addresses.VOCABULARY),
        totals=totals(catalogue),
    )


def tag_pages(catalogue: Catalogue, site: Site, tag: Tag) -> Iterator[Page]:
    """Make the pages of a tag: one, or several for a long list."""
    papers = catalogue.papers_with(tag)
    neighbours = catalogue.neighbours(tag)
    for sheet in sheets(papers):
        yield _tag(catalogue, site, tag, papers, neighbours, sheet)


def _tag(
    catalogue: Catalogue,
    site: Site,
    tag: Tag,
    papers: list[Paper],
    neighbours: list[tuple[Tag, int]],
    sheet: Sheet,
) -> Page:
    here = addresses.tag(tag.slug, sheet.number)
    cards = CardMaker(catalogue, here)
    broader = catalogue.library.tags.get(tag.broader) if tag.broader else None
    narrower = [narrow for narrow in catalogue.narrower[tag.slug] if catalogue.papers_with(narrow)]
    narrower.sort(key=lambda narrow: _by_size(catalogue, narrow))
    tally = wording.count(len(papers), "paper")
    return render(
        here,
        "tag",
        title=with_number(tag.name, sheet),
        description=wording.cut(f"{tally}. {tag.description}".strip(), DESCRIPTION),
        head_values=tag_head(site, tag),
        updated=catalogue.newest_issue(papers[0]).date,
        about=html(tag.description),
        tally=tally,
        broader=cards.shelf(broader) if broader else None,
        narrower=[cards.shelf(narrow) for narrow in narrower],
        neighbours=[cards.tag(other, number) for other, number in neighbours],
        feed=cards.to(addresses.tag(tag.slug) + ATOM),
        all_tags=cards.to(addresses.TAGS),
        cite=offer(here, addresses.tag(tag.slug), f"all papers of {tag.name}", f"tag-{tag.slug}"),
        issues=[
            (cards.issue(issue), [cards.paper(paper) for paper in group])
            for issue, group in catalogue.by_issue(sheet.papers)
        ],
        list=list_of(
            cards,
            sheet,
            f"tag:{tag.slug}",
            len(papers),
            lambda number: addresses.tag(tag.slug, number),
        ),
    )


def vocabulary_page(catalogue: Catalogue) -> Page:
    """Make the page of the whole vocabulary, tags without papers included."""
    cards = CardMaker(catalogue, addresses.VOCABULARY)
    listed = [tag for tag in catalogue.library.tags.values() if tag.listed]
    rows = []
    for broad in (tag for tag in listed if tag.broader is None):
        for tag in (broad, *catalogue.narrower[broad.slug]):
            number = len(catalogue.papers_with(tag))
            link = cards.shelf(tag) if number else None
            about = html(tag.description)
            rows.append((html(tag.name), link, number, about, tag.broader is None))
    return render(
        addresses.VOCABULARY,
        "vocabulary",
        title="Vocabulary",
        description="All tags that papers can get, with the number of papers that each has.",
        updated=catalogue.newest,
        rows=rows,
        broad=sum(tag.broader is None for tag in listed),
        narrow=sum(tag.broader is not None for tag in listed),
        all_tags=cards.to(addresses.TAGS),
    )


def _by_size(catalogue: Catalogue, tag: Tag) -> tuple[int, str]:
    """Most papers first, then by slug."""
    return (-len(catalogue.papers_with(tag)), tag.slug)
