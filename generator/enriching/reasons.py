"""By which words two papers are close: of what both say, up to three terms that tell most.

Terms are shown as the first of the two papers writes them (see `spelling`). Several words, a name
in capitals and a subject of the vocabulary tell more than one word alone, which would often be
"online" or "balance". A piece of a word with a hyphen ("Shot" of "Few-Shot") tells nothing:
rather than that, one term stands alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain, product

from generator.enriching.saying import GLUE, Said
from generator.enriching.spelling import Form, Key, Spelling
from generator.enriching.stopwords import FAINT

DIGITS = 9
"""Digits of a weight that count: the last bits of a sum must not decide an order."""
_EXACT = float(1 << 24)
"""From here on two floats are further apart than the last digit counts: there is none to round."""
_TERMS, _FEWEST = 3, 2
_SEVERAL, _SUBJECT, _NAME, _ALONE, _FAINT = 2.0, 1.3, 1.3, 1.0, 0.1
"""How many times its weight a term counts, by what it is."""

_Term = tuple[Key, Form]


def reasons(
    weights: Mapping[str, float], spelling: Spelling, other: Said, subjects: Collection[Key]
) -> tuple[str, ...]:
    """Choose the terms that tell most; a longer one counts what it consists of as well.

    `weights` are those of the shared words and pairs of words, `subjects` what tags are called.
    Two papers that do not share two terms have no reason at all.
    """
    runs, rests = spelling.phrases(weights, other.line)

    def weighed(phrases: Mapping[Key, tuple[int, int]]) -> list[tuple[Key, float]]:
        return [
            (phrase, round(sum(map(weights.__getitem__, spelling.parts(*at))), DIGITS))
            for phrase, at in sorted(phrases.items())
        ]

    def written(phrases: Iterable[tuple[Key, float]]) -> Iterator[_Term]:
        return ((phrase, spelling.of(phrase)) for phrase, _ in phrases)

    shared = weighed(runs)
    # Whether they share enough is told by weights alone, whatever is best to show.
    heaviest = sorted(shared, key=lambda each: -each[1])
    if len(_apart(written(heaviest), _FEWEST)) < _FEWEST:
        return ()
    shared += weighed({phrase: at for phrase, at in rests.items() if phrase not in runs})
    shared.sort(key=lambda each: -_rounded(each[1] * _telling(each[0], subjects)))
    whole = (
        (phrase, form)
        for phrase, form in written(shared)
        if form.is_whole and _is_whole(phrase, other.glued)
    )
    chosen = _apart(whole, _TERMS)
    if len(chosen) == _TERMS and _telling(chosen[-1][0], subjects) < _ALONE:
        chosen.pop()
    if len(chosen) < _FEWEST:
        stretched = _stretched(written(shared), spelling, other)
        chosen = _apart(chain(chosen, stretched), _FEWEST)
    return tuple(form.shown for _, form in chosen or written(shared[:1]))


def _apart(terms: Iterable[_Term], most: int) -> list[_Term]:
    """Take the first few that share nothing."""
    chosen: list[_Term] = []
    for term in terms:
        for one in chosen:
            if _overlap(term, one):
                break
        else:
            chosen.append(term)
            if len(chosen) == most:
                break
    return chosen


def _overlap(one: _Term, other: _Term) -> bool:
    """Whether two terms share a word, or one stands in the other as it is written."""
    (phrase, form), (their_phrase, theirs) = one, other
    return (
        form.small in theirs.small
        or theirs.small in form.small
        or not set(phrase).isdisjoint(their_phrase)
    )


def _rounded(weight: float) -> float:
    """Return a weight in the digits that count; from some size on it has no more than these."""
    return weight if weight >= _EXACT else round(weight, DIGITS)


def _telling(phrase: Key, subjects: Collection[Key]) -> float:
    """Say how much a term tells, whatever its weight."""
    if len(phrase) > 1:
        return _SEVERAL
    if phrase in subjects:
        return _SUBJECT
    if phrase[0][0] == "=":
        return _NAME
    return _FAINT if phrase[0] in FAINT else _ALONE


def _is_whole(phrase: Key, line: str) -> bool:
    """Whether a glued line has a phrase that begins and ends with a whole word."""
    if len(phrase) == 1:
        return f" {phrase[0]} " in line
    inner = (" ", f"{GLUE} {GLUE}")
    return any(
        f" {phrase[0]}{''.join(map(str.__add__, gaps, phrase[1:]))} " in line
        for gaps in product(inner, repeat=len(phrase) - 1)
    )


def _stretched(terms: Iterable[_Term], spelling: Spelling, other: Said) -> Iterator[_Term]:
    """Yield the whole words with hyphens that terms are pieces of, where both papers have them."""
    theirs = " ".join(" ".join(other.text).split()).casefold()
    for phrase, form in terms:
        for longer in spelling.stretched(phrase):
            if longer != form.shown and longer.casefold() in theirs:
                yield phrase, Form(longer, longer.casefold(), is_whole=True)
                break
