"""The lines that show what was found: a title, and what its address cannot be told from.

A paper's line is its title, and behind a tab its slug if the title does not tell it. Any other
leaf's is title, address and what it is about, with tabs between.

Lines are half of the index, so the commonest words of titles are written as one character each,
from U+0080 to U+07FF, which stands for the space behind the word as well. A line that has such
characters itself is left as it is, behind U+0001. Which words these are is
learned from the papers of the lower layer: see `layers`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from generator.searching.leaves import PAGE, PAPER, Leaf, Leaves, plain_slug
from generator.writing.wording import cut

MOST = 0x800 - 0x80
"""Words that can be written as one character."""

_TOKEN = re.compile(r"[A-Za-z]{2,}")
_TIGHT = r",:;.?!)\-\t\n"
"""Characters that follow a word without a space; and the end of a line."""
_WORD = re.compile(
    rf"(?<![A-Za-z])([A-Za-z]{{2,}}(?![A-Za-z])(?: (?=[^{_TIGHT}])|(?=[{_TIGHT}])|\Z))"
)
"""A word that is followed as words are: with its space, if it has one."""
_TAKEN = re.compile("[\u0080-\u07ff]")
_PLAIN = "\x01"


_ABOUT = 80
"""Characters of what a leaf is about that stand beside postings; all do in the files of lines."""


def written(leaves: Leaves, words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the lines that stand beside postings, and those of the files of lines."""
    made = [leaves.make(number) for number in range(len(leaves.kinds))]
    beside = shorten([line_of(leaf, _ABOUT) for leaf in made], codes_of(words))
    # Only what is written by hand is told at more length in the one than in the other.
    whole = [_PLAIN + line_of(leaf) for leaf in made if leaf.kind == PAGE]
    return beside, beside[: len(made) - len(whole)] + whole


def line_of(leaf: Leaf, about: int | None = None) -> str:
    """Write what shows a leaf; `about` is how many characters may tell what it is about."""
    title = " ".join(leaf.title.split())
    if leaf.kind == PAPER:
        return title if plain_slug(title) == leaf.slug else f"{title}\t{leaf.slug}"
    text = " ".join(leaf.about.split())
    return f"{title}\t{leaf.address}\t{cut(text, about) if about else text}"


def common_words(titles: Iterable[str]) -> list[str]:
    """Return the words that titles have most often, as they are written, the commonest first."""
    counts = Counter(_TOKEN.findall("\n".join(titles)))
    worth = sorted(counts, key=lambda word: (-counts[word] * len(word), word))[:MOST]
    return sorted(worth, key=lambda word: (-counts[word], word))


def shorten(lines: Sequence[str], codes: Mapping[str, str]) -> list[str]:
    """Write common words as one character each; `search.js` takes that back.

    No line has an end of line in it. All are taken apart at once: to be asked word by word takes
    five times as long.
    """
    signs = {**codes, **{f"{word} ": code for word, code in codes.items()}}
    taken = {at for at, line in enumerate(lines) if not line.isascii() and _TAKEN.search(line)}
    parts = _WORD.split("\n".join(lines))
    parts[1::2] = [signs.get(word, word) for word in parts[1::2]]
    short = "".join(parts).split("\n") if lines else []
    for at in taken:
        short[at] = _PLAIN + lines[at]
    return short


def codes_of(words: Sequence[str]) -> dict[str, str]:
    """Return the character for each word."""
    return {word: chr(0x80 + at) for at, word in enumerate(words)}
