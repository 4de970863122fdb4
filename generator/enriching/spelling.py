"""How one paper writes its words: terms, which are keys, as they stand in title and abstract."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from generator.enriching.saying import BREAK, GLUE, HYPHENS, Said, said_of
from generator.enriching.stopwords import DULL

_LONGEST = 4
"""Words of a shown term at most."""

Key = tuple[str, ...]
"""A term as the keys of its words."""


class Form(NamedTuple):
    """How a term is written."""

    shown: str
    small: str
    """The same for comparing."""
    is_whole: bool
    """Whether it begins and ends with a whole word."""


def whole_key(name: str) -> Key:
    """Return a name as keys; nothing where words of it are passed over, as in "online methods"."""
    said = said_of((name, ""))
    keys = said.title.replace(GLUE, "").split()[1:]
    spans = said.spans[2 : 2 * len(keys) + 2]
    whole = keys and BREAK not in keys and (spans[0], spans[-1]) == (0, len(name))
    return tuple(keys) if whole else ()


class Spelling:
    """What a paper says, and where it says it."""

    def __init__(self, said: Said) -> None:
        """Take a paper."""
        self._said = said
        self._text = "\n".join(said.text)
        self._glued = said.glued.split()
        self.keys = tuple(said.line.split())
        """Of its line, one after the other."""
        self._forms: dict[Key, Form] = {}
        self._key_at: dict[str, list[int]] = {}
        """Where those keys stand that a paper was seen to share."""

    def phrases(
        self, shared: Mapping[str, object], their_line: str
    ) -> tuple[dict[Key, tuple[int, int]], dict[Key, tuple[int, int]]]:
        """Return words and phrases of this text that stand in the other paper's text as well.

        And what is left of those that begin or end with a piece of a word without it. With each
        comes where it stands, as places in the line. `shared` has words, and pairs of words with
        a space between, that both papers have.
        """
        runs: dict[Key, tuple[int, int]] = {}
        rests: dict[Key, tuple[int, int]] = {}
        keys, glued, least = self.keys, self._glued, 0
        places = [at for at, key in enumerate(keys) if key in shared]
        self._remember(places)
        for at in places:
            if at < least:
                continue
            end, most = at + 1, min(at + _LONGEST, len(keys))
            while end < most and f"{keys[end - 1]} {keys[end]}" in shared:
                if end - at > 1 and f" {' '.join(keys[at : end + 1])} " not in their_line:
                    break
                end += 1
            if end - at > 1:
                least = end - 1  # What a phrase ends with can begin the next.
            elif keys[at] in DULL:
                continue
            runs[keys[at:end]] = (at, end)
            if glued[at][0] == GLUE or glued[end - 1][-1] == GLUE:
                at, end = self._rest(at, end)
                if end - at > 1 or (end > at and keys[at] not in DULL):
                    rests[keys[at:end]] = (at, end)
        return runs, rests

    def parts(self, at: int, end: int) -> list[str]:
        """Return the words and pairs of words of a phrase, each once."""
        words = self.keys[at:end]
        return list(dict.fromkeys([*words, *map(" ".join, pairwise(words))]))

    def of(self, phrase: Key) -> Form:
        """Return how the text writes a phrase.

        With whole words where that can be; then with the fewest capitals, and as the text has it
        most often.
        """
        known = self._forms.get(phrase)
        if known is None:
            glued = self._glued
            forms = [
                (glued[at][0] == GLUE or glued[end - 1][-1] == GLUE, self._written(at, end))
                for at, end in self._places_of(phrase)
            ]
            broken, shown = forms[0] if len(set(forms)) == 1 else min(forms, key=_order(forms))
            known = self._forms[phrase] = Form(shown, shown.casefold(), not broken)
        return known

    def stretched(self, phrase: Key) -> Iterator[str]:
        """Yield for each place of a phrase the words with hyphens that it is a piece of."""
        for at, end in self._places_of(phrase):
            start, stop = self._said.spans[2 * at], self._said.spans[2 * end - 1]
            while start > 0 and _is_of_word(self._text[start - 1]):
                start -= 1
            while stop < len(self._text) and _is_of_word(self._text[stop]):
                stop += 1
            yield " ".join(self._text[start:stop].split())

    def _remember(self, places: list[int]) -> None:
        new: dict[str, list[int]] = {}
        for at in places:
            key = self.keys[at]
            if key not in self._key_at:
                new.setdefault(key, []).append(at)
        self._key_at |= new

    def _rest(self, at: int, end: int) -> tuple[int, int]:
        while at < end and self._begins_inside(at):
            at += 1
        while at < end and self._ends_inside(end):
            end -= 1
        return at, end

    def _begins_inside(self, at: int) -> bool:
        return self._glued[at][0] == GLUE

    def _ends_inside(self, end: int) -> bool:
        return self._glued[end - 1][-1] == GLUE

    def _written(self, at: int, end: int) -> str:
        spans = self._said.spans
        return " ".join(self._text[spans[2 * at] : spans[2 * end - 1]].split())

    def _places_of(self, phrase: Key) -> Iterator[tuple[int, int]]:
        keys, size = self.keys, len(phrase)
        for at in self._key_at.get(phrase[0], ()):
            if size == 1 or keys[at : at + size] == phrase:
                yield at, at + size


def _order(forms: list[tuple[bool, str]]) -> Callable[[tuple[bool, str]], tuple[bool, int, int]]:
    uses = Counter(forms)
    return lambda form: (form[0], sum(map(str.isupper, form[1])), -uses[form])


def _is_of_word(sign: str) -> bool:
    return sign.isalnum() or sign in HYPHENS
