"""By which words two papers are close: of what both say, up to three terms that tell most.

Terms are shown as the first of the two papers writes them. Several words, a name in capitals and
a subject of the vocabulary tell more than one word alone, which would often be "online" or
"balance". A piece of a word with a hyphen ("Shot" of "Few-Shot") tells nothing: rather than that,
one term stands alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise, product

from generator.enriching.stopwords import DULL, FAINT
from generator.enriching.vectors import GLUE, HYPHENS, Text, Word, goes_before, goes_behind, words

DIGITS = 9
"""Digits of a weight that count: the last bits of a sum must not decide an order."""
_TERMS, _FEWEST = 3, 2
_LONGEST = 4
"""Words of a shown term at most."""
_SEVERAL, _SUBJECT, _NAME, _ALONE, _FAINT = 2.0, 1.3, 1.3, 1.0, 0.1
"""How many times its weight a term counts, by what it is."""

Key = tuple[str, ...]
"""A term as the keys of its words."""


@dataclass(frozen=True, slots=True)
class Other:
    """What is asked of the other paper."""

    text: Text
    line: str
    """Its keys, as in `Vectors.lines`."""
    glued: str
    """The same, as in `Vectors.glued`."""


@dataclass(frozen=True, slots=True)
class _Term:
    """A term that both papers have."""

    phrase: Key
    shown: str
    is_whole: bool
    """Whether it begins and ends with a whole word where this paper has it."""
    weight: float


def whole_key(name: str) -> Key:
    """Return a name as keys; nothing where words of it are passed over, as in "online methods"."""
    found = list(words(name))
    whole = found and found[0].start == 0 and found[-1].end == len(name)
    return tuple(w.key for w in found) if whole and all(w.tied for w in found[1:]) else ()


def reasons(
    weights: dict[str, float], spelling: Spelling, other: Other, subjects: Collection[Key]
) -> tuple[str, ...]:
    """Choose the terms that tell most; a longer one counts what it consists of as well.

    `weights` are those of the shared words and pairs of words, `subjects` what tags are called.
    Two papers that do not share two terms have no reason at all.
    """
    runs, rests = spelling.phrases(weights, other.line)
    shared = [_term(phrase, weights, spelling) for phrase in sorted(runs)]
    # Whether they share enough is told by weights alone, whatever is best to show.
    if len(_apart(sorted(shared, key=lambda term: -term.weight))) < _FEWEST:
        return ()
    shared += [_term(phrase, weights, spelling) for phrase in sorted(rests - runs)]
    tell = {term.phrase: _telling(term.phrase, subjects) for term in shared}
    shared.sort(key=lambda term: -round(term.weight * tell[term.phrase], DIGITS))
    chosen = _apart(shared, other)
    if len(chosen) == _TERMS and tell[chosen[-1].phrase] < _ALONE:
        chosen.pop()
    if len(chosen) < _FEWEST:
        chosen = _apart([*chosen, *_stretched(shared, spelling, other)])[:_FEWEST]
    return tuple(term.shown for term in chosen or shared[:1])


def _term(phrase: Key, weights: dict[str, float], spelling: Spelling) -> _Term:
    weight = sum(weights.get(" ".join(part), 0.0) for part in _parts(phrase))
    return _Term(phrase, *spelling.of(phrase), round(weight, DIGITS))


def _parts(phrase: Key) -> list[Key]:
    """Words and pairs of words in a phrase, each once."""
    return list(dict.fromkeys([*zip(phrase), *pairwise(phrase)]))


def _apart(terms: Collection[_Term], other: Other | None = None) -> list[_Term]:
    """Take the first three that share nothing; with `other`, of those that both have whole."""
    chosen: list[_Term] = []
    for term in terms:
        if any(_overlap(term, one) for one in chosen):
            continue
        if other is None or (term.is_whole and _is_whole(term.phrase, other.glued)):
            chosen.append(term)
            if len(chosen) == _TERMS:
                break
    return chosen


def _overlap(one: _Term, other: _Term) -> bool:
    """Whether two terms share a word, or one stands in the other as it is written."""
    small, large = sorted((one.shown.casefold(), other.shown.casefold()), key=len)
    return not set(one.phrase).isdisjoint(other.phrase) or small in large


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
    inner = (" ", f"{GLUE} {GLUE}")
    return any(
        f" {phrase[0]}{''.join(map(str.__add__, gaps, phrase[1:]))} " in line
        for gaps in product(inner, repeat=len(phrase) - 1)
    )


def _stretched(terms: Collection[_Term], spelling: Spelling, other: Other) -> Iterator[_Term]:
    """Yield the whole words with hyphens that terms are pieces of, where both papers have them."""
    theirs = " ".join(" ".join(other.text).split()).casefold()
    for term in terms:
        for form in spelling.stretched(term.phrase):
            if form != term.shown and form.casefold() in theirs:
                yield replace(term, shown=form)
                break


class Spelling:
    """How one paper writes its words: where each key stands in its title and abstract."""

    def __init__(self, text: Text) -> None:
        """Take a title and an abstract."""
        self._words: list[tuple[str, Word]] = [(part, w) for part in text for w in words(part)]
        self._keys = [word.key for _, word in self._words]
        self._forms: dict[Key, tuple[str, bool]] = {}
        self._places: dict[str, list[int]] = defaultdict(list)
        for at, key in enumerate(self._keys):
            self._places[key].append(at)

    def phrases(self, shared: Mapping[str, float], their_line: str) -> tuple[set[Key], set[Key]]:
        """Return words and phrases of this text that stand in the other paper's text as well.

        And what is left of them without the pieces of words that they begin or end with.
        """
        found: set[Key] = set()
        rests: set[Key] = set()
        least, count = 0, len(self._keys)
        for at in sorted(
            at for key in self._places.keys() & shared.keys() for at in self._places[key]
        ):
            if at < least:
                continue
            end = at + 1
            while end < min(count, at + _LONGEST) and self._goes_on(at, end, shared, their_line):
                end += 1
            if end - at > 1 or self._keys[at] not in DULL:
                found.add(tuple(self._keys[at:end]))
                rests.add(self._rest(at, end))
            # What a phrase ends with can begin the next.
            least = end - 1 if end - at > 1 else end
        return found, {rest for rest in rests if len(rest) > 1 or (rest and rest[0] not in DULL)}

    def _rest(self, at: int, end: int) -> Key:
        while at < end and goes_before(*self._words[at]):
            at += 1
        while at < end and goes_behind(*self._words[end - 1]):
            end -= 1
        return tuple(self._keys[at:end])

    def _goes_on(self, at: int, end: int, shared: Mapping[str, float], their_line: str) -> bool:
        """Whether the word at `end` belongs to the phrase that begins `at`, in both texts."""
        return (
            self._words[end][1].tied
            and f"{self._keys[end - 1]} {self._keys[end]}" in shared
            and f" {' '.join(self._keys[at : end + 1])} " in their_line
        )

    def of(self, phrase: Key) -> tuple[str, bool]:
        """Return how the text writes a phrase, and whether that is made of whole words.

        It is where that can be; then with the fewest capitals, and as the text has it most often.
        """
        if phrase not in self._forms:
            forms: dict[tuple[bool, str], int] = defaultdict(int)
            for at, end in self._places_of(phrase):
                part, first = self._words[at]
                form = " ".join(part[first.start : self._words[end - 1][1].end].split())
                forms[goes_before(part, first) or goes_behind(*self._words[end - 1]), form] += 1
            broken, form = min(
                forms, key=lambda each: (each[0], sum(map(str.isupper, each[1])), -forms[each])
            )
            self._forms[phrase] = (form, not broken)
        return self._forms[phrase]

    def stretched(self, phrase: Key) -> Iterator[str]:
        """Yield for each place of a phrase the words with hyphens that it is a piece of."""
        for at, end in self._places_of(phrase):
            part, first = self._words[at]
            start, stop = first.start, self._words[end - 1][1].end
            while start > 0 and _is_of_word(part[start - 1]):
                start -= 1
            while stop < len(part) and _is_of_word(part[stop]):
                stop += 1
            yield " ".join(part[start:stop].split())

    def _places_of(self, phrase: Key) -> Iterator[tuple[int, int]]:
        for at in self._places[phrase[0]]:
            end = at + len(phrase)
            tied = all(word.tied for _, word in self._words[at + 1 : end])
            if tuple(self._keys[at:end]) == phrase and tied:
                yield at, end


def _is_of_word(sign: str) -> bool:
    return sign.isalnum() or sign in HYPHENS
