"""Which papers of a library are close to each other, and by which words: pure, from `Vectors`.

The closest are those with the largest cosine of their TF-IDF rows. Whether that is close is told
by the cosine of all that both say, also of what no other paper says: with it one threshold holds
for a library of three papers and for one of thousands. Which of the shared terms are named is the
business of `reasons`; who is the older paper, and how that is shown, that of `writing`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from generator.enriching.reasons import DIGITS, reasons
from generator.enriching.rows import Rows, shared_with
from generator.enriching.saying import Said, Text
from generator.enriching.spelling import Key, Spelling, whole_key
from generator.enriching.vectors import Near, Vectors, nearest, vectorise

MOST = 6
"""Papers that are named at most."""

CLOSE = 0.12
"""Below it nothing is shown. Chosen by reading pairs around it in a digest of 61 papers and one
of 500: from here on, most pairs share a subject and not only the talk of one."""

TRIED = 12
"""How many others are asked for their reasons until six have some."""

Relation = tuple[int, tuple[str, ...]]
"""Index of the other paper, and the shared terms."""

Tried = tuple[Relation, ...]
"""All that were asked for reasons, also those that gave none: those are not related."""


def relate(
    texts: Sequence[Text],
    vectors: Vectors | None = None,
    near: Near | None = None,
    subjects: Collection[str] = (),
) -> list[tuple[Relation, ...]]:
    """Return for each paper up to six others that are close to it, closest first.

    Equal ones stand in the order in which they came. `vectors` and `near` are those of the same
    texts, if they are made already; `subjects` are names and phrases of tags, which tell more than
    others. A paper that shares fewer than two terms is not close.
    """
    vectors = vectors or vectorise(texts)
    near = near or nearest(vectors)
    known = keys_of(subjects)
    return [
        _explained(at, others, vectors, known) for at, others in enumerate(_close(vectors, near))
    ]


def keys_of(subjects: Collection[str]) -> frozenset[Key]:
    """Return names and phrases of tags as keys."""
    return frozenset(key for name in subjects if (key := whole_key(name)))


def _close(vectors: Vectors, near: Near) -> Iterator[list[int]]:
    """Yield for each paper those that are close to it, closest first, more than are shown."""
    for part, others, cosines in zip(vectors.parts, near.others, near.cosines, strict=True):
        yield [
            other
            for other, cosine in zip(others[:TRIED].tolist(), cosines[:TRIED].tolist(), strict=True)
            if cosine * part * vectors.parts[other] >= CLOSE
        ]


def _explained(
    at: int,
    others: Sequence[int],
    vectors: Vectors,
    subjects: Collection[Key],
) -> tuple[Relation, ...]:
    """Give the reasons, and leave out papers for which there are fewer than two."""
    if not others:
        return ()
    spelling = Spelling(vectors.said[at])
    mine = dict(_row(vectors.matrix, at))
    relations: list[Relation] = []
    for other in others:
        weights = {
            vectors.terms[column]: round(weight * mine[column], DIGITS)
            for column, weight in _row(vectors.matrix, other)
            if column in mine
        }
        terms = reasons(weights, spelling, vectors.said[other], subjects)
        if terms:
            relations.append((other, terms))
            if len(relations) == MOST:
                break
    return tuple(relations)


def _row(matrix: Any, at: int) -> Iterator[tuple[int, float]]:
    span = slice(matrix.indptr[at], matrix.indptr[at + 1])
    return zip(matrix.indices[span].tolist(), matrix.data[span].tolist(), strict=True)


def explained(
    rows: Rows,
    at: int,
    others: Sequence[int],
    said: Callable[[int], Said],
    subjects: Collection[Key],
    known: Mapping[int, tuple[str, ...]],
) -> Tried:
    """Do for a paper of rows what `relate` does: say of its closest, in order, why they are close.

    `known` are reasons that are known already, by the other paper.
    """
    tried: list[Relation] = []
    reason = None
    shown = 0
    for other in others:
        terms = known.get(other)
        if terms is None:
            reason = reason or _reasons_of(rows, at, said, subjects)
            terms = reason(other)
        tried.append((other, terms))
        shown += bool(terms)
        if shown == MOST:
            break
    return tuple(tried)


def _reasons_of(
    rows: Rows, at: int, said: Callable[[int], Said], subjects: Collection[Key]
) -> Callable[[int], tuple[str, ...]]:
    mine = said(at)
    spelling = Spelling(mine)
    shared = shared_with(rows, at, spelling.keys)

    def reason(other: int) -> tuple[str, ...]:
        theirs = said(other)
        return reasons(shared(other, theirs.line), spelling, theirs, subjects)

    return reason
