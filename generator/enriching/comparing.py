"""Every paper against every other: what is related, and where each stands on the map.

Apart from `library`, because only a site needs it: checking digests does not wait for it. A small
library is compared as a whole; from some hundred papers on it is `growing`. What comes out is
remembered: if no text and no tag has changed, nothing is compared again.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from generator.enriching.growing import FIRST, Kept, grow, keep, places, relations
from generator.enriching.landscape import FEWEST, place
from generator.enriching.readings import Texts
from generator.enriching.related import MOST, Tried, keys_of, relate
from generator.enriching.remembering import decoded, digest, encoded
from generator.enriching.saying import Text
from generator.enriching.spelling import Key
from generator.enriching.vectors import nearest, vectorise
from generator.memory import FORGETFUL, Memory
from generator.model import Library, Related

_NAME, _ROWS = "compared", "compared-rows"


class _Compared(msgspec.Struct, frozen=True):
    """What came out, and what it rests on."""

    subjects: bytes
    texts: list[bytes]
    """The key of each text."""
    fitted: bytes
    tried: list[Tried]
    places: list[tuple[int, int]]
    told: list[Key] | None = None
    """The subjects as keys, if somebody asked for them: half of what a new digest costs here."""


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
    named = digest(subjects)
    recalled = _whole(decoded(memory.recall(_NAME), _Compared))
    if recalled and (recalled.subjects, recalled.texts) == (named, keys):
        return recalled
    if len(texts) < FIRST:
        vectors = vectorise(texts)
        near = nearest(vectors)
        tried = relate(texts, vectors, near, subjects)
        compared = _Compared(named, keys, b"", tried, place(texts, vectors, near))
    else:
        said = Texts(texts, keys, memory)
        grown = grow(said, keys, decoded(memory.recall(_ROWS), Kept))
        known = _known(recalled, keys, named, grown.fitted)
        told = _told(recalled, named)
        if told is None:
            told = keys_of(subjects)
        tried = relations(grown, said, told, known)
        compared = _Compared(named, keys, grown.fitted, tried, places(grown), sorted(told))
        memory.remember(_ROWS, encoded(keep(grown, keys)))
        said.remember()
    memory.remember(_NAME, encoded(compared))
    return compared


def _told(recalled: _Compared | None, named: bytes) -> frozenset[Key] | None:
    """Return the subjects as keys, if they are known."""
    if recalled is None or recalled.subjects != named or recalled.told is None:
        return None
    return frozenset(recalled.told)


def _known(
    recalled: _Compared | None, keys: Sequence[bytes], named: bytes, fitted: bytes
) -> list[dict[int, tuple[str, ...]]]:
    """Return the reasons that are known of each paper, by the other, as it is placed now."""
    known: list[dict[int, tuple[str, ...]]] = [{} for _ in keys]
    if recalled and (recalled.subjects, recalled.fitted) == (named, fitted):
        at = {key: index for index, key in enumerate(keys)}
        now = [at.get(key, -1) for key in recalled.texts]
        for index, reasons in zip(now, recalled.tried, strict=True):
            if index >= 0:
                known[index] = {now[other]: terms for other, terms in reasons}
    return known


def _whole(recalled: _Compared | None) -> _Compared | None:
    """Take what does not fit together as nothing."""
    if recalled is None:
        return None
    count = len(recalled.texts)
    fits = len(recalled.tried) == count and len(recalled.places) == (
        count if count >= FEWEST else 0
    )
    others = (other for tried in recalled.tried for other, _ in tried)
    return recalled if fits and all(0 <= other < count for other in others) else None
