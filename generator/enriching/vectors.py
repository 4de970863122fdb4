"""Texts → what they are about, as numbers: one row of TF-IDF weights for each paper.

Words, and pairs of words that stand side by side, of the title (twice) and the abstract.
Measured on judged collections (`benchmarks/related.py`): the logarithm of the number of uses,
pairs at half the weight and a title that counts twice find related papers best. What is made of
the rows is the business of `related` (neighbours) and `landscape` (a map).

scikit-learn is imported only where it is needed: it takes longer to load than a digest to check.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log, sqrt
from typing import Any, NamedTuple

from generator.enriching.stopwords import STOP_WORDS
from generator.enriching.words import key

Text = tuple[str, str]
"""Title and abstract of a paper."""

BREAK = "."
"""Stands in a line of keys for what no pair of words reaches across: a stop word, a comma."""

GLUE = "~"
"""Stands in a glued line at the side of a key where the word goes on behind a hyphen."""

NEAREST = 46
"""Neighbours of each paper that are found: t-SNE takes three times its perplexity, here 15."""

PAIR_WEIGHT = 0.5
TITLE_COUNTS = 2
_LONGEST = 40
"""Characters of a word; what is longer is an address or a slip, not a subject."""
_ROWS = 500
_DIGITS = 9

_WORD = re.compile(r"(?:https?://|www\.)\S*|[^\W_]+(?:[-.]\d+[^\W_]*)*")
"""An address, which is passed over, or a word; "GPT-4" and "Qwen2.5" are one."""
_SPLIT = re.compile(f"({_WORD.pattern})")
HYPHENS = frozenset("-‐‑")
_MAY_GO_ON = HYPHENS | {"/"}
_TIES = frozenset({" ", "\n"}) | HYPHENS


class Word(NamedTuple):
    """A word that can tell what a text is about, where it stands."""

    key: str
    """What it is compared by."""
    start: int
    end: int
    tied: bool
    """Whether it follows the word before it directly, so that both make a pair."""


@dataclass(frozen=True, slots=True)
class Vectors:
    """What all papers are about."""

    matrix: Any
    """Sparse, in rows (CSR): a row for each paper, of length 1, or 0 where nothing is shared."""
    terms: tuple[str, ...]
    """What each column stands for: a key, or two with a space between. Sorted."""
    lines: tuple[str, ...]
    """Each paper's keys in the order of its text, with `BREAK` where a pair must not reach."""
    glued: tuple[str, ...]
    """The same lines with `GLUE` shown: "few~ ~shot learn"."""
    parts: tuple[float, ...]
    """How much of each paper's whole length, 0 to 1, its row is: the rest is said by it alone."""


def words(text: str) -> Iterator[Word]:
    """Yield the words of a text that are neither stop words nor numbers. Never raises."""
    shouted = text.isupper()
    end, whole = -1, False
    for match in _WORD.finditer(text):
        found = _key(match.group().lower() if shouted else match.group())
        if found:
            yield Word(found, *match.span(), whole and text[end : match.start()] in _TIES)
        end, whole = match.end(), bool(found)


def vectorise(texts: Sequence[Text]) -> Vectors:
    """Weigh words and pairs of words of titles and abstracts; terms of one paper are left out."""
    from scipy.sparse import csr_matrix, diags
    from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

    titles = [line_of(title) for title, _ in texts]
    glued = tuple(map(glued_of, titles, texts))
    titles = [title.replace(GLUE, "") for title in titles]
    lines = tuple(line.replace(GLUE, "") for line in glued)
    said = [
        f"{line}{f' {BREAK} {title}' * (TITLE_COUNTS - 1)}"
        for line, title in zip(lines, titles, strict=True)
    ]
    columns = _shared(said)
    if not columns:  # The vectoriser would raise.
        return Vectors(csr_matrix((len(texts), 0)), (), lines, glued, (0.0,) * len(texts))
    counts = CountVectorizer(analyzer=_grams, vocabulary=columns).transform(said)
    weights = TfidfTransformer(sublinear_tf=True, norm=None).fit_transform(counts)
    weights = weights @ diags([_weight(term) for term in columns])
    shared = [float(square) for square in weights.multiply(weights).sum(axis=1).A1]
    matrix = (diags([1 / sqrt(square) if square else 0.0 for square in shared]) @ weights).tocsr()
    matrix.sort_indices()
    rare = log((1 + len(texts)) / 2) + 1
    own = [rare * rare * _own(line, columns) for line in said]
    parts = (sqrt(a / (a + b)) if a else 0.0 for a, b in zip(shared, own, strict=True))
    return Vectors(matrix, tuple(columns), lines, glued, tuple(parts))


@dataclass(frozen=True, slots=True)
class Near:
    """The closest others of every paper, closest first; equal ones in the order of papers."""

    others: Any
    """Indexes, a row for each paper."""
    cosines: Any
    """Of the rows of `Vectors.matrix`, 0 to 1, rounded so that noise decides no order."""


def nearest(vectors: Vectors, most: int = NEAREST) -> Near:
    """Find the closest others of every paper, as many as asked for or as there are.

    Papers are compared in blocks of rows: at 10,000 papers with about 40 MB at a time.
    """
    import numpy as np

    count = len(vectors.lines)
    most = max(min(most, count - 1), 0)
    columns = vectors.matrix.T.tocsr()
    others = np.zeros((count, most), dtype=np.int64)
    cosines = np.zeros((count, most))
    for start in range(0, count, _ROWS):
        stop = min(start + _ROWS, count)
        if not most:
            break
        block = (vectors.matrix[start:stop] @ columns).toarray().round(_DIGITS)
        block[np.arange(stop - start), np.arange(start, stop)] = -1
        # The least that is among the closest; ties at it are settled by the order of papers.
        least = np.partition(block, count - most, axis=1)[:, count - most]
        for row in range(stop - start):
            found = np.flatnonzero(block[row] >= least[row])
            found = found[np.argsort(-block[row, found], kind="stable")][:most]
            others[start + row], cosines[start + row] = found, block[row, found]
    return Near(others, cosines)


def _weight(term: str) -> float:
    return PAIR_WEIGHT if " " in term else 1.0


def _own(line: str, columns: dict[str, int]) -> float:
    """Return what the paper's own terms would add to the square of its row's length."""
    counts = Counter(term for term in _grams(line) if term not in columns)
    return sum(((1 + log(uses)) * _weight(term)) ** 2 for term, uses in counts.items())


@lru_cache(maxsize=1 << 16)
def _key(word: str) -> str:
    """Return what a word is compared by, or nothing for one that does not tell anything."""
    small = word.lower()
    address = small.startswith(("http:", "https:", "www."))
    if address or not 2 <= len(word) <= _LONGEST or small in STOP_WORDS or small[0].isdigit():
        return ""
    return key(word)


def goes_before(text: str, word: Word) -> bool:
    """Whether a word goes on to the left, behind a hyphen."""
    start = word.start
    return start > 1 and text[start - 1] in HYPHENS and text[start - 2].isalnum()


def goes_behind(text: str, word: Word) -> bool:
    """Whether a word goes on to the right, behind a hyphen, as "Zero" does in "Zero/Few-Shot"."""
    return _goes_behind(text, word.end)


def _goes_behind(text: str, stop: int) -> bool:
    end = stop
    if text[end : end + 1] == "/":
        end += 1
        while end - stop < _LONGEST and text[end : end + 1].isalnum():
            end += 1
    return text[end : end + 1] in HYPHENS and text[end + 1 : end + 2].isalnum()


def line_of(text: str) -> str:
    """Return the keys of a text in their order, as in `Vectors.glued`, without spaces around.

    Says what `words` says, without making a value of each: all of a library passes here.
    """
    shouted = text.isupper()
    parts = _SPLIT.split(text)
    said: list[str] = []
    stop, whole, last = 0, False, ""
    for gap, word, rest in zip(parts[::2], parts[1::2], parts[2::2], strict=False):
        stop += len(gap) + len(word)
        found = _key(word.lower() if shouted else word)
        if found:
            if not whole or gap not in _TIES:
                said.append(BREAK)
            if gap and gap[-1] in HYPHENS and (last + gap)[-2:-1].isalnum():
                found = GLUE + found
            if rest and rest[0] in _MAY_GO_ON and _goes_behind(text, stop):
                found += GLUE
            said.append(found)
        whole, last = bool(found), word
    return " ".join(said)


def glued_of(title: str, text: Text) -> str:
    """Return what stands in `Vectors.glued`, from the title's line and the text."""
    return f" {title} {BREAK} {line_of(text[1])} "


def _grams(line: str) -> Iterator[str]:
    before = BREAK
    for word in line.split():
        if word != BREAK:
            yield word
            if before != BREAK:
                yield f"{before} {word}"
        before = word


def _shared(lines: Sequence[str]) -> dict[str, int]:
    """Return the terms that two papers or more have, sorted, each with its column."""
    once: set[str] = set()
    shared: set[str] = set()
    for line in lines:
        grams = set(_grams(line))
        shared |= grams & once
        once |= grams
    return {term: column for column, term in enumerate(sorted(shared))}
