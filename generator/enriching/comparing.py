"""Every paper against every other: what is related, and where each stands on the map.

Apart from `library`, because only a site needs it: checking digests does not wait for it.
"""

from __future__ import annotations

from dataclasses import replace

from generator.enriching.landscape import place
from generator.enriching.related import relate
from generator.enriching.vectors import nearest, vectorise
from generator.model import Library, Related


def compare(library: Library) -> Library:
    """Return the library with `Paper.related` and `Library.positions` filled in."""
    slugs = list(library.papers)
    if not slugs:
        return library
    texts = [(paper.title, paper.abstract) for paper in library.papers.values()]
    vectors = vectorise(texts)
    near = nearest(vectors)
    subjects = [name for tag in library.tags.values() for name in (tag.name, *tag.phrases)]
    relations = relate(texts, vectors, near, subjects)
    papers = {
        slug: replace(
            library.papers[slug],
            related=tuple(Related(slugs[other], terms) for other, terms in found),
        )
        for slug, found in zip(slugs, relations, strict=True)
    }
    places = place(texts, vectors, near)
    return replace(library, papers=papers, positions=dict(zip(slugs, places, strict=False)))
