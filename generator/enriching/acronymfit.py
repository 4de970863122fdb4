"""How well a long form fits a short one: the characters of the short form, found in order.

Schwartz and Hearst take any stretch in which the characters occur in order. That also fits by
accident, so each stretch has a price here. The best place for a character is the beginning of a
part of a word; inside of a part, and words that give no character, cost. What costs too much does
not fit.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from generator.enriching.acronymforms import stem

_PART = re.compile(r"\d+|(?:[^\W\d_]|(?<=[^\W_])['’](?=[^\W_]))+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")

# fmt: off
_SMALL = frozenset({
    "a", "an", "and", "as", "at", "between", "by", "for", "from", "in", "into", "is", "of",
    "on", "or", "over", "that", "the", "through", "to", "towards", "under", "upon", "via",
    "with", "without",
})
# fmt: on
"""Words that a short form may leave out for nothing."""

_FIGURES = {
    "2": ("to", "two", "second"),
    "3": ("three", "third", "triple"),
    "4": ("for", "four", "fourth"),
    "1": ("one", "first"),
}

# fmt: off
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "λ": "lambda",
    "μ": "mu", "π": "pi", "σ": "sigma", "τ": "tau", "φ": "phi", "ω": "omega",
}
# fmt: on

# fmt: off
_GENERAL = frozenset({
    "algorithm", "approach", "architecture", "benchmark", "dataset", "framework", "generator",
    "loss", "mechanism", "method", "model", "module", "network", "paradigm", "policy",
    "problem", "procedure", "process", "strategy", "system", "task", "technique", "tool",
})
# fmt: on
"""Nouns at the end of a long form that a short form often leaves out."""

_NEVER = 99
_INSIDE_WORD = 2
_SMALL_INSIDE = 1
_SKIPPED = 2
_SKIPPED_PIECE = 1
_SKIPPED_LAST = 4
_BEGINS_INSIDE = 2


class _Part(NamedTuple):
    start: int
    text: str
    opens: bool
    """Whether a word begins here, and not only a piece of one: `-based`, `Net` of `ImageNet`."""


def best_start(short: str, before: str) -> int | None:
    """Return where in `before` the long form begins that ends with it, or None if nothing fits.

    Takes the cheapest stretch, and of equal ones the shortest.
    """
    marks = _marks(short)
    parts = _parts(before)
    words = min(len(marks) + 5, 2 * len(marks))
    best: tuple[int, int] | None = None
    for at in range(len(parts) - 1, -1, -1):
        part = parts[at]
        words -= part.opens
        if words < 0:
            break
        if not _begins(marks[0], part.text):
            continue
        price = _price(marks, parts[at:]) + (0 if part.opens else _BEGINS_INSIDE)
        if price <= _limit(marks) and (best is None or price < best[0]):
            best = (price, part.start)
            if price == 0:
                break
    if best is None or _names_itself(short, before[best[1] :]):
        return None
    return best[1]


def fits_whole(short: str, long: str) -> bool:
    """Whether a long form, all of it, fits a short one closely."""
    marks = _marks(short)
    parts = _parts(long)
    if len(parts) < 2 or len(long.split()) > min(len(marks) + 5, 2 * len(marks)):
        return False
    if parts[0].start or not _begins(marks[0], parts[0].text) or _names_itself(short, long):
        return False
    return _price(marks, parts) <= _limit(marks) - 1


def _marks(short: str) -> str:
    return "".join(mark for mark in short if mark.isalnum())


def _limit(marks: str) -> int:
    """Return what a fit may cost: the more characters agree, the more of them may stand oddly."""
    return min(len(marks) - 1, 3)


def _names_itself(short: str, long: str) -> bool:
    return len(long.strip()) <= len(short) or short in map(stem, re.split(r"[\s,]+", long))


def _parts(text: str) -> list[_Part]:
    parts = []
    for found in _PART.finditer(text):
        start = found.start()
        opens = start == 0 or text[start - 1] in " \"'“‘"
        if found[0].islower():
            parts.append(_Part(start, found[0], opens))
            continue
        for piece in _HUMP.split(found[0]):
            parts.append(_Part(start, piece, opens))
            start += len(piece)
            opens = False
    return parts


def _begins(mark: str, part: str) -> bool:
    low = mark.lower()
    head = part[0].lower()
    if head == low or (low == "x" and part[:2].lower() == "ex"):
        return True
    return part.lower() in _FIGURES.get(mark, ()) or part.lower() == _GREEK.get(low)


def _price(marks: str, parts: list[_Part]) -> int:
    """Return the least that it costs to find all marks in these parts, from the first part on.

    `prices[i]` is the price when the first i marks stand in the parts looked at so far.
    """
    prices = [_NEVER] * (len(marks) + 1)
    prices[0] = 0
    for at, part in enumerate(parts):
        skip = _skip(parts, at) if at else _NEVER
        after = [min(price + skip, _NEVER) for price in prices]
        for i, price in enumerate(prices[:-1]):
            if price < _NEVER and _begins(marks[i], part.text):
                for number, more in enumerate(_runs(marks[i:], part.text), 1):
                    after[i + number] = min(after[i + number], price + more)
        prices = after
    return prices[-1]


def _runs(marks: str, part: str) -> list[int]:
    """Prices of the first 1, 2, … marks in one part that begins with the first of them."""
    prices = [0]
    if part[0].lower() != marks[0].lower():
        return prices
    total = 0
    at = 1
    beside = True
    low = part.lower()
    for mark in marks[1:]:
        found = low.find(mark.lower(), at)
        if found < 0:
            break
        beside = beside and found == at
        if part[found] != mark or mark.islower():
            if mark.isupper():
                total += _SMALL_INSIDE if beside else _INSIDE_WORD
            elif not beside:
                total += _SMALL_INSIDE
        prices.append(total)
        at = found + 1
    return prices


def _skip(parts: list[_Part], at: int) -> int:
    """Return what it costs if a part gives no character."""
    part = parts[at]
    low = part.text.lower()
    if at == len(parts) - 1:
        return _SKIPPED_PIECE if low.removesuffix("s") in _GENERAL else _SKIPPED_LAST
    if low in _SMALL:
        return 0
    in_one_word = parts[at + 1].start == part.start + len(part.text)
    return _SKIPPED if part.opens and not in_one_word else _SKIPPED_PIECE
