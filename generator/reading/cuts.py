"""Say where a block of lines may have lost a blank line: the places to cut it into pieces.

A title may end in the middle of a block, a line may end though the next word had room on it, a
mark or a list of names may stand between. Where keys are is for `keyblocks` to find, what the
pieces are for `atoms`, whether a cut stands for `pairing`.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from generator.reading.chrome import Chrome, chrome_of
from generator.reading.evidence import ends_sentence, leaning, odds_of, word_count
from generator.reading.keys import key_line_of
from generator.reading.names import names_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.reading.keyblocks import KeyCuts
    from generator.reading.lines import RawLine

MARK = "# "
_TITLE_LINES = 16
"""Lines of a block among which a title without a blank line below it is looked for."""
_COLUMNS = 24
"""Columns that are tried to explain how a block is wrapped."""
_NARROW = 2.5
"""Words a line; below it, how full a line is tells nothing."""
START = 160
"""Characters below a possible title that are weighed: where an abstract begins."""
_KEY_START = 400
"""Characters of a line among which a key is looked for."""
_OPEN_WORDS = """
    a an and are as at by der des die du et for from in into is of on or over than that the to
    under und using via von with without
"""
_NO_END = frozenset(_OPEN_WORDS.split())
"""Words that end neither a title nor a sentence."""


def cuts_of(block: list[RawLine], keys: KeyCuts, below: str) -> dict[int, bool]:
    """Return where to cut a block: index of the line below the cut, and whether it is firm."""
    cuts: dict[int, bool] = {}
    if len(block) > 1:
        cuts = _ragged(block)
        cuts = _below_title(block[: min(cuts, default=len(block))]) | cuts
    cuts |= dict.fromkeys(keys.cuts, True)
    cuts |= dict.fromkeys(_names_cuts(block), True)
    if ends_in_title(block, below):
        cuts[len(block) - 1] = True
    for index, line in enumerate(block):
        if line.begins:
            cuts[index] = True
        if is_mark(block, index):
            cuts[index] = True
            if index + 1 < len(block) and not _continues(line, block[index + 1]):
                cuts.setdefault(index + 1, False)
        elif chrome_of(line.text) is Chrome.SLOGAN:
            cuts[index] = cuts[index + 1] = True
    return {
        index: firm
        for index, firm in cuts.items()
        if 0 < index < len(block) and index not in keys.values
    }


def is_mark(block: Sequence[RawLine], index: int) -> bool:
    """Whether a line begins with a mark; `# of parameters` inside a sentence is none."""
    text = block[index].text
    if not text.startswith(MARK):
        return text == "#"
    if index == 0 or block[index - 1].text.startswith("#"):
        return True
    above = block[index - 1].text
    return not (text[2:].split(" ", 1)[0].islower() and not may_end(above) and len(above) > 20)


def _names_cuts(block: Sequence[RawLine]) -> set[int]:
    """Cut around a list of names below a title of one to three lines."""
    for index in range(1, min(len(block), 4)):
        stop = index + 1
        while stop < min(len(block), index + 12) and block[stop - 1].text.endswith((",", ";")):
            stop += 1
        if names_of(" ".join(line.text for line in block[index:stop])):
            # A wrapped text below may be all of one abstract, names included.
            whole = len(block) - stop <= 1 or key_line_of(block[stop].text) is not None
            return {index, stop} if whole else set()
    return set()


def ends_in_title(block: Sequence[RawLine], below: str) -> bool:
    """Whether a block's last line looks like the title of what stands below."""
    if len(block) < 2 or leaning(below) < 1:
        return False
    above, text = block[-2].text, block[-1].text
    return (
        ends_sentence(above)
        and not ends_sentence(text)
        and text[0].isupper()
        and 2 <= word_count(text) <= 30
        and leaning(text) < -0.5
        and key_line_of(text[:_KEY_START]) is None
    )


def _ragged(block: list[RawLine]) -> dict[int, bool]:
    """Cut where a line ends before it is full, and then also where a sentence ends a full line."""
    if len(block) >= 4 and sum(line.text.count(" ") + 1 for line in block) < _NARROW * len(block):
        return {}
    lengths = [len(line.text) for line in block]
    needs = [len(line.text.split(" ", 1)[0]) + 1 for line in block[1:]]
    firm = min(
        (_unfilled(lengths, needs, width) for width in _widths(lengths)), key=len, default=set()
    )
    firm = {index for index in firm if not _announces(block[index - 1], block[index])}
    firm |= {index for index, line in enumerate(block) if index and _labels(line)}
    if 2 * len(firm) >= len(block):
        return dict.fromkeys(
            (i for i in range(1, len(block)) if not _announces(block[i - 1], block[i])), True
        )
    full = {
        index
        for index, (above, below) in enumerate(pairwise(block), start=1)
        if firm and ends_sentence(above.text) and not below.text[0].islower()
    }
    return dict.fromkeys(full, False) | dict.fromkeys(firm, True)


def _widths(lengths: list[int]) -> list[int]:
    """Return the columns at which a block may be wrapped: its most common lengths."""
    common = [length for length, _ in Counter(lengths).most_common(_COLUMNS)]
    return sorted({max(lengths), *common}, reverse=True)


def _unfilled(lengths: list[int], needs: list[int], width: int) -> set[int]:
    """Return the breaks that wrapping at a column does not explain: a short line, a long one."""
    return {
        index + 1
        for index, need in enumerate(needs)
        if lengths[index] + need <= width or lengths[index] > width or lengths[index + 1] > width
    }


def _continues(above: RawLine, below: RawLine) -> bool:
    """Whether a line surely goes on with the text of the line above."""
    return (
        below.text[0].islower()
        or above.text[-1] in ",:;-–—"
        or above.text.rsplit(" ", 1)[-1].lower() in _NO_END
    )


def _announces(above: RawLine, below: RawLine) -> bool:
    """Whether a line ends in a colon and the next one is the address that it speaks of."""
    return above.text[-1] in ":：" and below.text.startswith(("http://", "https://", "www."))


def _labels(line: RawLine) -> bool:
    """Whether a line has the form `Project page: https://…`."""
    key = key_line_of(line.text[:_KEY_START])
    return key is not None and key.value.startswith(("http://", "https://"))


def may_end(text: str) -> bool:
    """Whether a line may be the last one of an abstract: a sentence, an address, a bracket."""
    return ends_sentence(text) or "/" in text.rsplit(" ", 1)[-1] or text[-1] in "!?？！)"


def _below_title(block: list[RawLine]) -> dict[int, bool]:
    """Find the one place in a full block where a title most likely ends and an abstract begins."""
    best: tuple[float, int] | None = None
    for index in range(1, min(len(block), _TITLE_LINES + 1)):
        if _continues(block[index - 1], block[index]):
            continue
        above = " ".join(line.text for line in block[:index])
        below = " ".join(line.text[:START] for line in block[index : index + 40])[:START]
        cost = odds_of(above) - odds_of(below.rpartition(" ")[0] or below)
        if best is None or cost < best[0]:
            best = (cost, index)
    return {} if best is None else {best[1]: False}
