"""Which papers of a library are close to each other, and by which words: pure, from `Vectors`.

The closest are those with the largest cosine of their TF-IDF rows. Whether that is close is told
by the cosine of all that both say, also of what no other paper says: with it one threshold holds
for a library of three papers and for one of thousands. Each pair comes with the two or three
shared terms that weigh most in it, as the first of the two papers writes them; neighbouring
pairs of words are joined ("large language models"). Who is the older paper, and how that is
shown, is the business of `writing`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from generator.enriching.stopwords import DULL
from generator.enriching.vectors import Near, Text, Vectors, Word, nearest, vectorise, words

MOST = 6
"""Papers that are named at most."""

CLOSE = 0.12
"""Below it nothing is shown. Chosen by reading pairs around it in a digest of 61 papers and one
of 500: from here on, most pairs share a subject and not only the talk of one."""

_TRIED = 12
"""How many others are asked for their reasons until six have some."""
_TERMS = 3
_LONGEST = 4
"""Words of a shown term at most."""
_DIGITS = 9
"""Digits of a closeness that count: the last bits of a sum must not decide an order."""

_Key = tuple[str, ...]
Relation = tuple[int, tuple[str, ...]]
"""Index of the other paper, and the shared terms."""


def relate(
    texts: Sequence[Text], vectors: Vectors | None = None, near: Near | None = None
) -> list[tuple[Relation, ...]]:
    """Return for each paper up to six others that are close to it, closest first.

    Equal ones stand in the order in which they came. `vectors` and `near` are those of the same
    texts, if they are made already. A paper that shares fewer than two telling terms is not close.
    """
    vectors = vectors or vectorise(texts)
    near = near or nearest(vectors)
    return [
        _explained(texts[at], at, others, vectors)
        for at, others in enumerate(_close(vectors, near))
    ]


def _close(vectors: Vectors, near: Near) -> Iterator[list[int]]:
    """Yield for each paper those that are close to it, closest first, more than are shown."""
    for part, others, cosines in zip(vectors.parts, near.others, near.cosines, strict=True):
        yield [
            other
            for other, cosine in zip(
                others[:_TRIED].tolist(), cosines[:_TRIED].tolist(), strict=True
            )
            if cosine * part * vectors.parts[other] >= CLOSE
        ]


def _explained(
    text: Text, at: int, others: Sequence[int], vectors: Vectors
) -> tuple[Relation, ...]:
    """Give the reasons, and leave out papers for which there are fewer than two."""
    if not others:
        return ()
    spelling = _Spelling(text)
    mine = dict(_row(vectors.matrix, at))
    relations: list[Relation] = []
    for other in others:
        weights = {
            vectors.terms[column]: round(weight * mine[column], _DIGITS)
            for column, weight in _row(vectors.matrix, other)
            if column in mine
        }
        terms = _reasons(weights, spelling, vectors.lines[other])
        if len(terms) > 1:
            relations.append((other, terms))
            if len(relations) == MOST:
                break
    return tuple(relations)


def _row(matrix: Any, at: int) -> Iterator[tuple[int, float]]:
    span = slice(matrix.indptr[at], matrix.indptr[at + 1])
    return zip(matrix.indices[span].tolist(), matrix.data[span].tolist(), strict=True)


def _reasons(weights: dict[str, float], spelling: _Spelling, their_line: str) -> tuple[str, ...]:
    """Choose the terms that weigh most; a longer one counts what it consists of as well."""
    phrases = {
        phrase: round(sum(weights.get(" ".join(part), 0.0) for part in _parts(phrase)), _DIGITS)
        for phrase in spelling.phrases(weights, their_line)
    }
    chosen: list[tuple[_Key, str]] = []
    for phrase in sorted(phrases, key=lambda phrase: (-phrases[phrase], phrase)):
        shown = spelling.of(phrase)
        if not any(_overlap(phrase, shown, *other) for other in chosen):
            chosen.append((phrase, shown))
            if len(chosen) == _TERMS:
                break
    return tuple(shown for _, shown in chosen)


def _parts(phrase: _Key) -> list[_Key]:
    """Words and pairs of words in a phrase, each once."""
    return list(dict.fromkeys([*zip(phrase), *pairwise(phrase)]))


def _overlap(phrase: _Key, shown: str, other: _Key, other_shown: str) -> bool:
    """Whether two terms share a word, or one stands in the other as it is written."""
    small, large = sorted((shown.casefold(), other_shown.casefold()), key=len)
    return not set(phrase).isdisjoint(other) or small in large


class _Spelling:
    """How one paper writes its words: where each key stands in its title and abstract."""

    def __init__(self, text: Text) -> None:
        self._words: list[tuple[str, Word]] = [(part, w) for part in text for w in words(part)]
        self._keys = [word.key for _, word in self._words]
        self._places: dict[str, list[int]] = defaultdict(list)
        for at, key in enumerate(self._keys):
            self._places[key].append(at)

    def phrases(self, shared: dict[str, float], their_line: str) -> set[_Key]:
        """Return words and phrases of this text that stand in the other paper's text as well."""
        found: set[_Key] = set()
        at, count = 0, len(self._keys)
        while at < count:
            end = at + 1
            if self._keys[at] in shared:
                while end < min(count, at + _LONGEST) and self._goes_on(
                    at, end, shared, their_line
                ):
                    end += 1
                if end - at > 1 or self._keys[at] not in DULL:
                    found.add(tuple(self._keys[at:end]))
            # What a phrase ends with can begin the next.
            at = end - 1 if end - at > 1 else end
        return found

    def _goes_on(self, at: int, end: int, shared: dict[str, float], their_line: str) -> bool:
        """Whether the word at `end` belongs to the phrase that begins `at`, in both texts."""
        return (
            self._words[end][1].tied
            and f"{self._keys[end - 1]} {self._keys[end]}" in shared
            and f" {' '.join(self._keys[at : end + 1])} " in their_line
        )

    def of(self, phrase: _Key) -> str:
        """Return how the text writes a phrase: with the fewest capitals, and the most often."""
        forms: dict[str, int] = defaultdict(int)
        for at in self._places[phrase[0]]:
            end = at + len(phrase)
            tied = all(word.tied for _, word in self._words[at + 1 : end])
            if tuple(self._keys[at:end]) == phrase and tied:
                part, first = self._words[at]
                forms[" ".join(part[first.start : self._words[end - 1][1].end].split())] += 1
        return min(forms, key=lambda form: (sum(map(str.isupper, form)), -forms[form]))
