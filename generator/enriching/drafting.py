"""A paper of its records alone: what can be told without the vocabulary and the other papers.

This is the costly part of enriching, and the part that stays as it is while its records do:
`desk` keeps it from build to build, and loads this module only where there is something new.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.enriching.addresses import complete, why_not
from generator.enriching.kept import Draft
from generator.enriching.linkkinds import kind_of
from generator.enriching.links import unique_links
from generator.enriching.readable import readable
from generator.enriching.repeats import short
from generator.enriching.shelves import mark_of
from generator.model import Found, Link, LinkKind, Problem, Record, Severity

_NOTHING = Found("")


def draft(records: Sequence[Record]) -> Draft:
    """Draft one paper of its records, oldest digest first: the oldest text, all the keys.

    What a digest says counts more than what was found elsewhere, and what was found of another
    paper than digests name counts nothing.
    """
    text = readable(records[0])
    own = next((record.arxiv for record in records if record.arxiv), None)
    every = (record.found for record in records if record.found)
    known = next((each for each in every if own in (None, each.arxiv)), _NOTHING)
    arxiv = own or known.arxiv or None
    published = next((record.published for record in records if record.published), known.published)
    doi = next((record.doi for record in records if record.doi), known.doi)
    problems: list[Problem] = []
    given = [link for record in records for link in _given_links(record, problems)]
    found = [mention.link for mention in text.mentions]
    authors = next((record.authors for record in records if record.authors), known.authors)
    notes = tuple(dict.fromkeys(note for record in records for note in record.notes))
    links = unique_links([*_identifier_links(arxiv, doi), *given, *found])
    return Draft(
        text=text,
        authors=authors,
        arxiv=arxiv,
        doi=doi,
        notes=notes,
        links=links,
        problems=tuple(problems),
        published=published,
        mark=mark_of(text, authors, arxiv, doi, notes, links, published),
    )


def _given_links(record: Record, problems: list[Problem]) -> list[Link]:
    links = []
    for given in record.links:
        text = given.text.rstrip(".,;")
        url = complete(text)
        if url is not None:
            links.append(Link(url, kind_of(url), text))
            continue
        problems.append(
            Problem(
                given.source,
                Severity.ERROR,
                f'the link "{short(given.text)}" was left out: {why_not(text)}',
                "Expected a complete address, e.g. Link: https://github.com/owner/name",
                "B407",
            )
        )
    return links


def _identifier_links(arxiv: str | None, doi: str | None) -> list[Link]:
    links = []
    if arxiv:
        links.append(Link(f"https://arxiv.org/abs/{arxiv}", LinkKind.PAPER, f"arXiv:{arxiv}"))
    if doi:
        url = complete(f"doi:{doi}")
        if url is not None:
            links.append(Link(url, LinkKind.PAPER, f"doi:{doi}"))
    return links
