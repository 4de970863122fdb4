"""Texts → what they say: the keys by which their words are compared, in their order. Pure.

A text is read once; what it weighs (`vectors`, `rows`) and why two papers are close (`reasons`)
both go by that. Of a word that a hyphen ties to others it is known that it is a piece, and of
each where it stands in the text.
"""

from __future__ import annotations

import re
from array import array
from itertools import accumulate
from typing import NamedTuple

from generator.enriching.memo import Memo
from generator.enriching.stopwords import STOP_WORDS
from generator.enriching.words import key

Text = tuple[str, str]
"""Title and abstract of a paper."""

BREAK = "."
"""Stands in a line of keys for what no pair of words reaches across: a stop word, a comma."""

GLUE = "~"
"""Stands in a line of keys at the side of one where the word goes on behind a hyphen."""

HYPHENS = frozenset("-‐‑")
_MAY_GO_ON = HYPHENS | {"/"}
_TIES = frozenset({" ", "\n"}) | HYPHENS
_LONGEST = 40
"""Characters of a word; what is longer is an address or a slip, not a subject."""
_MOST_KEYS = 1 << 16
"""Words whose keys are known at a time."""
_SPLIT = re.compile(r"((?:https?://|www\.)\S*|[^\W_]+(?:[-.]\d+[^\W_]*)*)")
"""An address, which is passed over, or a word; "GPT-4" and "Qwen2.5" are one."""


class Said(NamedTuple):
    """What a paper says."""

    text: Text
    title: str
    """The keys of the title as a line."""
    glued: str
    """Those of title and abstract, with `BREAK` and `GLUE`: " . few~ ~shot learn . . cat "."""
    spans: array[int]
    """Where each key or break of the line begins and ends in `"\\n".join(text)`."""

    @property
    def line(self) -> str:
        """The keys without `GLUE`."""
        return self.glued.replace(GLUE, "")


def said_of(text: Text) -> Said:
    """Return what a paper says. Never raises."""
    spans: list[int] = []
    title = _line(text[0], 0, spans)
    spans += (0, 0)
    abstract = _line(text[1], len(text[0]) + 1, spans)
    kind = "H" if sum(map(len, text)) < (1 << 16) - 1 else "L"
    return Said(text, title, f" {title} {BREAK} {abstract} ", array(kind, spans))


def _line(text: str, start: int, spans: list[int]) -> str:
    """Return the keys of words that are neither stop words nor numbers, and note their spans."""
    parts = _SPLIT.split(text)
    gaps, words, places = parts[::2], parts[1::2], list(accumulate(map(len, parts), initial=start))
    keys = list(map(_KEYS.__getitem__, map(str.lower, words) if text.isupper() else words))
    said: list[str] = []
    before = -2
    for at in [at for at, found in enumerate(keys) if found]:
        found, gap, rest = keys[at], gaps[at], gaps[at + 1]
        if before != at - 1 or (gap != " " and gap not in _TIES):
            said.append(BREAK)
            spans += (0, 0)
        before = at
        stop = places[2 * at + 2]
        if gap != " " and gap and gap[-1] in HYPHENS:
            last = words[at - 1] if at else ""
            if (last + gap)[-2:-1].isalnum():
                found = GLUE + found
        if rest != " " and rest and rest[0] in _MAY_GO_ON and _goes_on(text, stop - start):
            found += GLUE
        said.append(found)
        spans += (places[2 * at + 1], stop)
    return " ".join(said)


def _goes_on(text: str, stop: int) -> bool:
    """Whether a word goes on behind a hyphen, as "Zero" does in "Zero/Few-Shot"."""
    end = stop
    if text[end : end + 1] == "/":
        end += 1
        while end - stop < _LONGEST and text[end : end + 1].isalnum():
            end += 1
    return text[end : end + 1] in HYPHENS and text[end + 1 : end + 2].isalnum()


def _key(word: str) -> str:
    """Return what a word is compared by, or nothing for one that does not tell anything."""
    small = word.lower()
    address = small.startswith(("http:", "https:", "www."))
    if address or not 2 <= len(word) <= _LONGEST or small in STOP_WORDS or small[0].isdigit():
        return ""
    return key(word)


_KEYS = Memo(_key, _MOST_KEYS)
