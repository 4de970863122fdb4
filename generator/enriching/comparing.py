"""Every paper against every other: what is related, and where each stands on the map.

Apart from `library`, because only a site needs it: checking digests does not wait for it. A small
library is compared as a whole; from some hundred papers on it is `growing`. What comes out is
remembered: if no text and no tag has changed, nothing is compared again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import msgspec

from generator.enriching.growing import FIRST, Kept, grow, keep, places, relations
from generator.enriching.landscape import FEWEST, place
from generator.enriching.related import MOST, Tried, keys_of, relate
from generator.enriching.remembering import digest, seal, unseal
from generator.enriching.saying import Text
from generator.enriching.vectors import nearest, vectorise
from generator.memory import FORGETFUL, Memory
from generator.model import Library, Related

_NAME = "compared"
_ALGORITHM = "1"
"""To be changed with every change of what comes out."""
_KEY = 16


class _Compared(msgspec.Struct, frozen=True):
    """What came out, and what it rests on."""

    subjects: bytes
    texts: bytes
    """The key of each text, in order."""
    tried: list[Tried]
    places: list[tuple[int, int]]
    kept: Kept | None = None


def compare(library: Library, memory: Memory = FORGETFUL) -> Library:
    """Return the library with `Paper.related` and `Library.positions` filled in."""
    slugs = list(library.papers)
    if not slugs:
        return library
    texts = [(paper.title, paper.abstract) for paper in library.papers.values()]
    subjects = [name for tag in library.tags.values() for name in (tag.name, *tag.phrases)]
    compared = _compared(texts, subjects, memory)
    papers = {
        slug: replace(
            library.papers[slug],
            related=tuple(Related(slugs[other], terms) for other, terms in tried if terms)[:MOST],
        )
        for slug, tried in zip(slugs, compared.tried, strict=True)
    }
    positions = dict(zip(slugs, compared.places, strict=False))
    return replace(library, papers=papers, positions=positions)


def _compared(texts: Sequence[Text], subjects: Sequence[str], memory: Memory) -> _Compared:
    """Compare texts, or recall how they compared."""
    keys = [digest(text) for text in texts]
    named = digest([_ALGORITHM, *subjects])
    recalled = _whole(unseal(memory.recall(_NAME), _Compared))
    if recalled and (recalled.subjects, recalled.texts) == (named, b"".join(keys)):
        return recalled
    if len(texts) < FIRST:
        vectors = vectorise(texts)
        near = nearest(vectors)
        tried = relate(texts, vectors, near, subjects)
        compared = _Compared(named, b"".join(keys), tried, place(texts, vectors, near))
    else:
        compared = _grown(texts, keys, subjects, named, recalled)
    memory.remember(_NAME, seal(compared))
    return compared


def _grown(
    texts: Sequence[Text],
    keys: Sequence[bytes],
    subjects: Sequence[str],
    named: bytes,
    recalled: _Compared | None,
) -> _Compared:
    """Go on from what was recalled."""
    before = _cut(recalled.texts) if recalled else []
    grown, said = grow(texts, keys, before, recalled.kept if recalled else None)
    known: list[dict[int, tuple[str, ...]]] = [{} for _ in texts]
    if (
        recalled
        and recalled.kept
        and (recalled.subjects, recalled.kept.fitted) == (named, grown.fitted)
    ):
        at = {key: index for index, key in enumerate(keys)}
        now = [at.get(key, -1) for key in before]
        for index, reasons in zip(now, recalled.tried, strict=True):
            if index >= 0:
                known[index] = {now[other]: terms for other, terms in reasons}
    tried = relations(grown, said, keys_of(subjects), known)
    return _Compared(named, b"".join(keys), tried, places(grown), keep(grown))


def _cut(keys: bytes) -> list[bytes]:
    return [keys[at : at + _KEY] for at in range(0, len(keys), _KEY)]


def _whole(recalled: _Compared | None) -> _Compared | None:
    """Take what does not fit together as nothing."""
    if recalled is None or len(recalled.texts) % _KEY:
        return None
    count = len(recalled.texts) // _KEY
    fits = len(recalled.tried) == count and len(recalled.places) == (
        count if count >= FEWEST else 0
    )
    others = (other for tried in recalled.tried for other, _ in tried)
    return recalled if fits and all(0 <= other < count for other in others) else None
