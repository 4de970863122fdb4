"""Acronyms and what they stand for, as a text defines them.

The method is Schwartz and Hearst's (2003, "A simple algorithm for identifying abbreviation
definitions in biomedical text", Pacific Symposium on Biocomputing 8, 451-462): what stands in
parentheses is a short form if it looks like one, and its long form is found by walking back over
at most `min(n + 5, 2n)` words, for n characters. It takes the shortest stretch in which the
characters occur in order, the first of them at the beginning of a word.

Here every such stretch is weighed instead (`acronymfit`), and a poor one is refused: a wrong
explanation is worse than none. What is done with acronyms on pages is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from itertools import chain, islice

import msgspec
from msgspec.structs import replace

from generator.enriching.acronymfit import best_start, fits_whole
from generator.enriching.acronymforms import is_short, plural, singular, stem
from generator.model import Acronym
from generator.textmarks import Abbreviation


class Found(msgspec.Struct, frozen=True):
    """What a text says of its acronyms."""

    acronyms: tuple[Acronym, ...] = ()
    """In order of first definition; a short form stands once for each different long form."""
    abbreviations: tuple[Abbreviation, ...] = ()
    """Later uses, in order and without overlap; the definition itself is none."""


class _Definition(msgspec.Struct, frozen=True):
    acronym: Acronym
    several: str
    """The long form in the plural."""
    start: int
    end: int
    """What defines: no use stands within, and uses that count come after it."""


_INSIDE = 160
"""Characters in parentheses at most: a longer one defines nothing."""

_BEFORE = 240
"""Characters before a parenthesis that are looked at."""

_PARENTHESIS = re.compile(rf"\(([^()\n]{{2,{_INSIDE}}})\)")

_FENCE = re.compile(r"[.!?][\"'”’]?\s|[;:()\[\]{}\n\"“”—]|\s[-–]{1,3}\s")
"""What no long form reaches across."""

_NAMED = re.compile(r"^(?:named|called|dubbed|termed|denoted|abbreviated)(?:\s+as)?\s+")

_LAST_WORD = re.compile(r"(?:^|[\s\"'“‘])([^\s()\[\],;:\"“”]{2,24})\s?$")
_LAST = 26
"""Characters that it needs at most: one before it, and white space behind it."""
_FEW = 20
"""Short forms that are looked for one by one; more, and that would take longer than to read all."""
_EXAMPLE = re.compile(r"(?:i\.?e|e\.?g)\b")
_COMMA = re.compile(r"[,;]")

_WORD = re.compile(r"(?<![\w.@#+\\^-])[^\W_]++(?:[-‐‑–&^][^\W_]++)*+(?![\w+@\\^]|\.\w)")
_PIECE = re.compile(r"[^-‐‑–]+")


def find_acronyms(text: str, taken: Sequence[tuple[int, int]] = ()) -> Found:
    """Find what a text defines and where it uses that later.

    A definition holds from there to the end of the text, across paragraphs, until the same short
    form is defined anew. No abbreviation overlaps a span of `taken`. Raises nothing, and takes
    time in proportion to the text.
    """
    return _found(list(_definitions(text)), text, taken)


def acronyms_of(title: str, abstract: str, taken: Sequence[tuple[int, int]] = ()) -> Found:
    """Find what a paper's title and abstract define, and the later uses in the abstract.

    `taken` and the abbreviations' offsets are those of the abstract; what the title defines holds
    in all of it.
    """
    of_title = [replace(definition, start=0, end=0) for definition in _definitions(title)]
    return _found([*of_title, *_definitions(abstract)], abstract, taken)


def _found(
    definitions: Sequence[_Definition], text: str, taken: Sequence[tuple[int, int]]
) -> Found:
    once: dict[tuple[str, str], Acronym] = {}
    for definition in definitions:
        acronym = definition.acronym
        once.setdefault((acronym.short, acronym.long.casefold()), acronym)
    return Found(tuple(once.values()), tuple(_uses(text, definitions, taken)))


def _definitions(text: str) -> Iterator[_Definition]:
    for parenthesis in _PARENTHESIS.finditer(text):
        inside = _NAMED.sub("", parenthesis[1].strip())
        if not _EXAMPLE.match(inside):
            yield from islice(_defined_by(inside, text, *parenthesis.span()), 1)


def _defined_by(inside: str, text: str, start: int, end: int) -> Iterator[_Definition]:
    """Yield what a parenthesis defines, likeliest reading first."""
    before = _before(text, start)
    first = _COMMA.split(inside, maxsplit=1)[0].strip()
    if is_short(first):
        begin = best_start(stem(first), before)
        if begin is not None:
            yield _definition(first, before[begin:], start, end)
    word = _LAST_WORD.search(before, max(0, len(before) - _LAST))
    if word and is_short(word[1]):
        for long in (inside.partition(";")[0].strip(), first):
            if fits_whole(stem(word[1]), long):
                yield _definition(word[1], long, start - len(before) + word.start(1), end)
    last = _COMMA.split(inside)[-1].strip()
    long = inside[: -len(last)].rstrip(" ,;")
    if is_short(last) and fits_whole(stem(last), long):
        yield _definition(last, long, start, end)


def _definition(short: str, long: str, start: int, end: int) -> _Definition:
    words = long.replace("*", "").strip(" \"'“”‘’\t~")
    one = stem(short)
    if one == short:
        return _Definition(Acronym(short, words), plural(words), start, end)
    return _Definition(Acronym(one, singular(words)), plural(words), start, end)


def _before(text: str, end: int) -> str:
    """Return what could be a long form that ends here: no further back than its sentence."""
    start = max(0, end - _BEFORE)
    window = text[start:end]
    words = window.rstrip('"”’* ')
    fences = [fence.end() for fence in _FENCE.finditer(words)]
    if fences:
        return window[fences[-1] :]
    # A word that the window cuts is no word.
    return window if start == 0 else window.partition(" ")[2]


def _uses(
    text: str, definitions: Sequence[_Definition], taken: Sequence[tuple[int, int]]
) -> Iterator[Abbreviation]:
    """Yield every whole word that is an acronym defined before it."""
    if not any(text.find(known.acronym.short, known.end) >= 0 for known in definitions):
        return
    spans = [*taken, *((definition.start, definition.end) for definition in definitions)]
    free = _Free(spans)
    waiting = sorted(definitions, key=lambda definition: definition.end, reverse=True)
    known: dict[str, str] = {}
    shorts = {definition.acronym.short for definition in definitions}
    words = chain.from_iterable(_words(text, *run, shorts) for run in _runs(text, shorts))
    for start, end in words:
        while waiting and waiting[-1].end <= start:
            definition = waiting.pop()
            known[definition.acronym.short] = definition.acronym.long
            known[f"{definition.acronym.short}s"] = definition.several
        long = known.get(text[start:end])
        if long and free.between(start, end):
            yield Abbreviation(start, end, long)


def _runs(text: str, shorts: Collection[str]) -> list[tuple[int, int]]:
    """Return where there is a short form, in order, each time from space to space.

    No word reaches across a space, nor does what must not stand beside it. To read the words of
    these runs takes a tenth of the time of reading all.
    """
    if len(shorts) > _FEW:
        return [(0, len(text))]
    runs: set[tuple[int, int]] = set()
    for short in shorts:
        at = text.find(short)
        while at >= 0:
            start, end = text.rfind(" ", 0, at) + 1, text.find(" ", at)
            end = len(text) if end < 0 else end
            runs.add((start, end))
            at = text.find(short, end)
    return sorted(runs)


def _words(text: str, start: int, end: int, shorts: Container[str]) -> Iterator[tuple[int, int]]:
    """Yield where whole words stand, and a short form in `LLM-based`, but not in `EE-MLLM`."""
    for word in _WORD.finditer(text, start, end):
        if word[0].islower():
            continue  # Nearly all words; a short form has a capital.
        start, end = word.span()
        if word[0].isalnum() or stem(word[0]) in shorts:
            yield start, end
            continue
        pieces = list(_PIECE.finditer(word[0]))
        if sum(not piece[0].islower() for piece in pieces) == 1:
            for piece in pieces:
                if not piece[0].islower():
                    yield start + piece.start(), start + piece.end()


class _Free:
    """Says which stretches overlap no taken span; asked in the order of the text."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._ahead = sorted((span for span in spans if span[0] < span[1]), reverse=True)
        self._end = 0

    def between(self, start: int, end: int) -> bool:
        while self._ahead and self._ahead[-1][0] < end:
            self._end = max(self._end, self._ahead.pop()[1])
        return self._end <= start
