"""Many texts → their words, at once: as `words.cut` has it for one, in a fifth of the time.

Most of what an index costs is cutting abstracts. So all texts are laid end to end as an array of
signs: which of them make words, where words end and what ties them is asked of the whole array,
and the words come out of one call of `split`. A text that has something in it which needs a closer
look is left to `words.cut`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import msgspec
import numpy as np
from numpy.typing import NDArray

from generator.searching.packing import Numbers
from generator.searching.words import (
    DENSE,
    HAS_DENSE,
    HYPHENS,
    LONGEST,
    NOWHERE,
    NUMBER,
    cut,
    fold,
    is_name,
    joined_words,
    pairs,
)

_OWNED = re.compile(r"['\u2019]s(?:(?<=[^\W_]['\u2019]s)|(?<=\A['\u2019]s))(?![^\W_])")
_DENSE_RUN = re.compile(f"[{DENSE}]+")
_WORD = re.compile(r"[^\W_]+")
_TANGLED = re.compile(r"\.[0-9]+[^\W0-9_][^\W_]*\.[0-9]")
"""Numbers with letters between their dots, which end in their midst: "1.2b3.4"."""

NO_WORD = "A"
"""Not a word of any text: those have no capitals."""

_Signs = NDArray[np.uint32]
_LETTER, _FIGURE, _HYPHEN = 1, 2, 4
_ASCII = 128


class Words(msgspec.Struct, frozen=True):
    """The words of many texts."""

    words: Sequence[str]
    """Those of all texts, in order; each follows upon the one before in its text. `NO_WORD` keeps
    a place free."""
    counts: Sequence[int]
    """How many of them each text has."""
    besides: dict[int, list[tuple[str, int]]]
    """By the number of a text: words that are joined, or that stand elsewhere than in turn. Each
    with its place; `NOWHERE`: it has none."""


def cut_all(texts: Sequence[str]) -> Words:
    """Cut texts into words."""
    besides: dict[int, list[tuple[str, int]]] = {}
    plain: list[str] = []
    for number, text in enumerate(texts):
        folded = fold(text)
        if _is_careful(folded):
            besides[number] = list(cut(text))
            folded = ""
        elif "'s" in folded or "\u2019s" in folded:
            folded = _OWNED.sub("", folded)
        if not folded.isascii() and HAS_DENSE.search(folded):
            folded = _DENSE_RUN.sub(_paired, folded)
        plain.append(folded.replace("\n", "\t") if "\n" in folded else folded)
    signs = np.frombuffer("\n".join(plain).encode("utf-32-le", "surrogatepass"), np.uint32)
    kinds = _kinds(signs)
    starts, ends = _edges(signs, kinds)
    blank = np.where(_within(starts, ends, len(signs)), signs, ord(" ")).astype("<u4")
    words = blank.tobytes().decode("utf-32-le", "surrogatepass").split(" ")
    words = [word for word in words if word]
    for at in np.flatnonzero(ends - starts > LONGEST).tolist():
        words[at] = words[at][:LONGEST]
    text_ends = np.append(np.flatnonzero(signs == ord("\n")), len(signs))
    firsts = np.searchsorted(starts, text_ends)
    for at, joined in _joined(words, signs, kinds, starts, ends):
        number = int(np.searchsorted(firsts, at, "right"))
        besides.setdefault(number, []).append((joined, NOWHERE))
    return Words(words, np.diff(firsts, prepend=0).tolist(), besides)


def _is_careful(folded: str) -> bool:
    """Return whether a text has names of languages in it, or numbers that could be joined."""
    return (
        "#" in folded
        or "++" in folded
        or "'s." in folded
        or "\u2019s." in folded
        or _TANGLED.search(folded) is not None
    )


def _paired(match: re.Match[str]) -> str:
    """Write a run of signs without spaces as words; tabs tie nothing."""
    run = match.group()
    words = [run] if run.isalnum() else _WORD.findall(run)
    parts = [word if len(word) == 1 else f"{' '.join(pairs(word))} {NO_WORD}" for word in words]
    return "\t".join(["", *parts, ""])


@cache
def _kinds_of_ascii() -> NDArray[np.uint8]:
    return np.array([_kind(chr(number)) for number in range(_ASCII)], np.uint8)


def _kind(sign: str) -> int:
    if sign.isalnum():
        return _LETTER + (_FIGURE if sign in "0123456789" else 0)
    return _HYPHEN if sign in HYPHENS else 0


def _kinds(signs: _Signs) -> NDArray[np.uint8]:
    known = _kinds_of_ascii()
    kinds = known[np.minimum(signs, _ASCII - 1)]
    beyond = np.flatnonzero(signs >= _ASCII)
    few, which = np.unique(signs[beyond], return_inverse=True)
    kinds[beyond] = np.array([_kind(chr(sign)) for sign in few.tolist()], np.uint8)[which]
    return kinds


def _edges(signs: _Signs, kinds: NDArray[np.uint8]) -> tuple[Numbers, Numbers]:
    """Return where words start and end; a dot between figures is part of a number."""
    letters = kinds & _LETTER > 0
    figures = kinds & _FIGURE > 0
    dots = np.flatnonzero(signs[1:-1] == ord(".")) + 1
    letters[dots[figures[dots - 1] & figures[dots + 1]]] = True
    edges = np.flatnonzero(np.diff(letters, prepend=False, append=False))
    return edges[::2], edges[1::2]


def _within(starts: Numbers, ends: Numbers, size: int) -> NDArray[np.bool_]:
    turns = np.zeros(size + 1, np.int8)
    turns[starts] = 1
    turns[ends] = -1
    return np.cumsum(turns[:-1], dtype=np.int8) > 0


def _joined(
    words: Sequence[str],
    signs: _Signs,
    kinds: NDArray[np.uint8],
    starts: Numbers,
    ends: Numbers,
) -> Iterator[tuple[int, str]]:
    """Yield what hyphens tie to one word, and a name with the number behind it.

    Each comes with the number of a word that it is made of.
    """
    near = np.flatnonzero(starts[1:] == ends[:-1] + 1)
    gap = ends[near]
    tied = near[kinds[gap] & _HYPHEN > 0]
    breaks = np.flatnonzero(np.diff(tied) > 1)
    runs = zip(
        tied[np.append(0, breaks + 1)].tolist() if len(tied) else (),
        tied[np.append(breaks, -1)].tolist() if len(tied) else (),
        strict=True,
    )
    for first, last in runs:
        for word in joined_words(tuple(words[first : last + 2])):
            yield first, word
    spaced = near[(signs[gap] == ord(" ")) & (kinds[gap + 1] & _FIGURE > 0)]
    # Not `np.isin`: it imports what numpy knows of arrays with holes, which takes longer.
    behind_tie = np.zeros(len(starts) + 1, np.bool_)
    behind_tie[tied + 1] = True
    for at in spaced[~behind_tie[spaced]].tolist():
        if is_name(words[at]) and NUMBER.fullmatch(words[at + 1]):
            yield at, words[at] + words[at + 1]
