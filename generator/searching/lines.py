"""The lines that show what was found: a title, and what its address cannot be told from.

A paper's line is its title, and behind a tab its slug if the title does not tell it. Any other
leaf's is title, address and what it is about, with tabs between.

Lines are half of the index, so the commonest words of titles are written as one character each,
from U+0080 to U+07FF, which stands for the space behind the word as well. A line that has such
characters itself is left as it is, behind U+0001. Which words these are is learned from the oldest
papers, as `growth` has it: till there are a quarter more, no line is written anew.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b

import msgspec

from generator.growth import learned_from
from generator.memory import Memory
from generator.searching.leaves import PAGE, PAPER, Leaf, Leaves, plain_slug
from generator.searching.remembering import recalled, remember
from generator.writing.catalogue import Catalogue
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

_NAME = "search-lines"
_KEY = 16


class _Kept(msgspec.Struct, array_like=True, frozen=True):
    """Lines of an earlier build."""

    learned: bytes = b""
    """Digest of the papers that the common words are learned from."""
    words: str = ""
    keys: bytes = b""
    lines: bytes = b""
    """With ends of lines between, in the order of the keys."""


class Lines:
    """The common words of titles, and lines that are written with them."""

    def __init__(self, catalogue: Catalogue, memory: Memory) -> None:
        """Learn the common words, unless they are known."""
        papers = list(catalogue.library.papers.values())
        oldest = papers[: learned_from(len(papers))]
        learned = blake2b(catalogue.stamps(oldest), digest_size=_KEY).digest()
        kept = recalled(memory, _NAME, _Kept)
        if kept is None or kept.learned != learned:
            kept = _Kept(learned, " ".join(common_words(paper.title for paper in oldest)))
        self.words = kept.words.split(" ") if kept.words else []
        self._learned = learned
        self._memory = memory
        lines = kept.lines.decode("utf-8", "surrogatepass").split("\n")
        keys = [kept.keys[at : at + _KEY] for at in range(0, len(kept.keys), _KEY)]
        self._known = dict(zip(keys, lines, strict=True)) if len(keys) == len(lines) else {}

    def of(self, leaves: Leaves) -> tuple[list[str], list[str]]:
        """Return the lines that stand beside postings, and those of the files of lines."""
        # Only what is written by hand is told at more length in the one than in the other.
        written = [at for at, kind in enumerate(leaves.kinds) if kind == PAGE]
        keys = [*leaves.keys, *(_whole_key(leaves.keys[at]) for at in written)]
        known = self._known
        new = [at for at, key in enumerate(keys) if key not in known]
        lines = []
        for at in new:
            is_whole = at >= len(leaves.keys)
            leaf = leaves.make(written[at - len(leaves.keys)] if is_whole else at)
            lines.append(line_of(leaf, None if is_whole else _ABOUT))
        known |= zip([keys[at] for at in new], shorten(lines, codes_of(self.words)), strict=True)
        found = [known[key] for key in keys]
        if new or len(known) > len(keys):
            content = "\n".join(found).encode("utf-8", "surrogatepass")
            kept = _Kept(self._learned, " ".join(self.words), b"".join(keys), content)
            remember(self._memory, _NAME, kept)
        beside = found[: len(leaves.keys)]
        return beside, beside[: len(beside) - len(written)] + found[len(beside) :]


def _whole_key(key: bytes) -> bytes:
    return blake2b(key, digest_size=_KEY, person=b"whole").digest()


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
