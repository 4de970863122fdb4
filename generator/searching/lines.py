"""The lines that show what was found: a title, and what its address cannot be told from.

A paper's line is its title, and behind a tab its slug if the title does not tell it. Any other
leaf's is title, address and what it is about, with tabs between.

Lines are half of the index, so the commonest words of titles are written as one character each,
from U+0080 to U+07FF, which stands for the space behind the word as well. A line that has such
characters itself is left as it is, behind U+0001.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from generator.searching.leaves import PAPER, Leaf, plain_slug
from generator.writing.wording import cut

MOST = 0x800 - 0x80
"""Words that can be written as one character."""

_TOKEN = re.compile(r"[A-Za-z]{2,}")
_WORD = re.compile(r"(?<![A-Za-z])([A-Za-z]{2,})(?![A-Za-z])( ?)(?=(.?))", re.DOTALL)
_TIGHT = frozenset(",:;.?!)-\t")
"""Characters that follow a word without a space."""
_TAKEN = re.compile("[\u0080-\u07ff]")
_PLAIN = "\x01"


def line_of(leaf: Leaf, about: int | None = None) -> str:
    """Write what shows a leaf; `about` is how many characters may tell what it is about."""
    title = " ".join(leaf.title.split())
    if leaf.kind == PAPER:
        return title if plain_slug(title) == leaf.slug else f"{title}\t{leaf.slug}"
    text = " ".join(leaf.about.split())
    return f"{title}\t{leaf.address}\t{cut(text, about) if about else text}"


def common_words(titles: Iterable[str]) -> list[str]:
    """Return the words that titles have most often, as they are written, the commonest first."""
    counts = Counter(word for title in titles for word in _TOKEN.findall(title))
    worth = sorted(counts, key=lambda word: (-counts[word] * len(word), word))[:MOST]
    return sorted(worth, key=lambda word: (-counts[word], word))


def shorten(line: str, codes: dict[str, str]) -> str:
    """Write common words as one character each; `search.js` takes that back."""
    if _TAKEN.search(line):
        return _PLAIN + line

    def short(match: re.Match[str]) -> str:
        word, space, behind = match[1], match[2], match[3]
        code = codes.get(word)
        tight = not behind or behind in _TIGHT
        return match[0] if code is None or tight == bool(space) else code

    return _WORD.sub(short, line)


def codes_of(words: Sequence[str]) -> dict[str, str]:
    """Return the character for each word."""
    return {word: chr(0x80 + at) for at, word in enumerate(words)}
