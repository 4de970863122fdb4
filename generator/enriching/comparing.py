"""Every paper against every other: what is related, and where each stands on the map.

Apart from `library`, because only a site needs it: checking digests does not wait for it. A small
library is compared as a whole; from some hundred papers on it is `growing`. What comes out is
remembered: if no text and no tag has changed, nothing is compared again.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from generator.enriching.growing import Grown, Kept, grow, keep, opened, places
from generator.enriching.landscape import FEWEST, place
from generator.enriching.readings import Texts
from generator.enriching.related import keys_of, relate
from generator.enriching.relating import Relations, relations
from generator.enriching.remembering import NO_ARRAY, decoded, digest, encoded
from generator.enriching.saying import Text
from generator.enriching.shelves import mark_of
from generator.enriching.spelling import Key
from generator.enriching.vectors import nearest, vectorise
from generator.growth import FIRST
from generator.memory import FORGETFUL, Memory, at_hand, hold
from generator.memory import keep as remember
from generator.model import Library, Related

_NAME, _ROWS = "compared", "compared-rows"


class _Compared(msgspec.Struct, frozen=True):
    """What came out, and what it rests on."""

    subjects: bytes
    fitted: bytes
    relations: Relations
    places: list[tuple[int, int]]
    told: list[Key] | None = None
    """The subjects as keys, if somebody asked for them: half of what a new digest costs here."""
    marks: list[bytes] = []
    """The papers' own marks, by which the keys of their texts are found again."""


class _Rows(msgspec.Struct, frozen=True):
    """What a library that grows goes on from."""

    texts: list[bytes]
    grown: Grown


def compare(library: Library, memory: Memory = FORGETFUL) -> Library:
    """Return the library with `Paper.related` and `Library.positions` filled in."""
    slugs = list(library.papers)
    if not slugs:
        return library
    texts = [(paper.title, paper.abstract) for paper in library.papers.values()]
    subjects = [name for tag in library.tags.values() for name in (tag.name, *tag.phrases)]
    marks = [paper.mark for paper in library.papers.values()]
    compared = _compared(texts, marks, slugs, subjects, memory)
    papers = {
        slug: replace(paper, related=related)
        for (slug, paper), related in zip(
            library.papers.items(), compared.relations.related, strict=True
        )
    }
    positions = dict(zip(slugs, compared.places, strict=False))
    return replace(library, papers=papers, positions=positions)


def _compared(
    texts: Sequence[Text],
    marks: list[bytes],
    slugs: list[str],
    subjects: Sequence[str],
    memory: Memory,
) -> _Compared:
    """Compare texts, or recall how they compared."""
    named = digest(subjects)
    recalled = _recalled(memory)
    keys = _keys(texts, marks, recalled)
    if (
        recalled
        and recalled.subjects == named
        and (recalled.relations.texts, recalled.relations.slugs) == (keys, slugs)
    ):
        hold(memory, _NAME, recalled)
        return recalled
    if len(texts) < FIRST:
        vectors = vectorise(texts)
        near = nearest(vectors)
        related = [
            tuple(Related(slugs[other], terms) for other, terms in relations)
            for relations in relate(texts, vectors, near, subjects)
        ]
        found = Relations(keys, slugs, NO_ARRAY, related)
        compared = _Compared(named, b"", found, place(texts, vectors, near), marks=marks)
    else:
        said = Texts(texts, keys, memory)
        rows = _Rows(keys, grow(said, keys, *_known_rows(memory)))
        grown = rows.grown
        told = _told(recalled, named)
        if told is None:
            told = keys_of(subjects)
        is_same = recalled and (recalled.subjects, recalled.fitted) == (named, grown.fitted)
        known = recalled.relations if recalled and is_same else None
        found = relations(grown, keys, slugs, said.__getitem__, told, known)
        compared = _Compared(named, grown.fitted, found, places(grown), sorted(told), marks)
        remember(memory, _ROWS, rows, lambda: encoded(keep(grown, keys)))
        said.remember()
    remember(memory, _NAME, compared, lambda: encoded(compared))
    return compared


def _keys(texts: Sequence[Text], marks: Sequence[bytes], recalled: _Compared | None) -> list[bytes]:
    """Return a key for each text; a paper that has the mark it had has the text it had."""
    known = dict(zip(recalled.marks, recalled.relations.texts, strict=True)) if recalled else {}
    known.pop(b"", None)
    return [known.get(mark) or mark_of(*text) for mark, text in zip(marks, texts, strict=True)]


def _known_rows(memory: Memory) -> tuple[list[bytes], Grown | None]:
    """Return what is known of papers' rows, and the keys of these papers."""
    if rows := at_hand(memory, _ROWS, _Rows):
        return rows.texts, rows.grown
    kept = decoded(memory.recall(_ROWS), Kept)
    return (kept.texts, opened(kept)) if kept else ([], None)


def _told(recalled: _Compared | None, named: bytes) -> frozenset[Key] | None:
    """Return the subjects as keys, if they are known."""
    if recalled is None or recalled.subjects != named or recalled.told is None:
        return None
    return frozenset(recalled.told)


def _recalled(memory: Memory) -> _Compared | None:
    """Recall what came out; take what does not fit together as nothing."""
    if compared := at_hand(memory, _NAME, _Compared):
        return compared
    recalled = decoded(memory.recall(_NAME), _Compared)
    if recalled is None:
        return None
    count = len(recalled.relations.texts)
    placed = count if count >= FEWEST else 0
    fits = recalled.relations.fits() and len(recalled.places) == placed
    return recalled if fits and len(recalled.marks) == count else None
