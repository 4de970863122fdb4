"""Cut a digest's lines into atoms: the pieces that are title, key or abstract as a whole.

A block (lines without a blank one between) is one atom when it reads as one hard-wrapped text.
It is cut where a blank line may have been lost: before a marked title, around key lines, and
after a line that ends though the next word had room on it. A cut decides nothing; `pairing`
may join what was cut here, but cannot cut what was left whole.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from generator.reading.chrome import Chrome, chrome_of
from generator.reading.dates import DateLine, date_line_of
from generator.reading.evidence import ends_sentence, leaning, odds_of, word_count
from generator.reading.keys import KeyLine, is_slip, key_line_of, nearest_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.reading.lines import RawLine

_MARK = "# "
_TITLE_LINES = 16
"""Lines of a block among which a title without a blank line below it is looked for."""
_COLUMNS = 24
"""Columns that are tried to explain how a block is wrapped."""
_NARROW = 2.5
"""Words a line; below it, how full a line is tells nothing."""
_START = 160
"""Characters below a possible title that are weighed: where an abstract begins."""
_PEEK = 400
"""Characters of two pieces of a block that are weighed together."""
_OPEN_WORDS = """
    a an and are as at by der des die du et for from in into is of on or over than that the to
    under und using via von with without
"""
_NO_END = frozenset(_OPEN_WORDS.split())
"""Words that end neither a title nor a sentence."""


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece of a digest with one meaning."""

    first: int
    stop: int
    """Indices of its first line and of the one after its last, among all lines."""
    text: str
    """Lines joined by a space, without the title's mark."""
    opens: bool
    """Whether a blank line, or the file's start, stands above."""
    firm: bool = False
    """Without a blank line above: whether the line above has room for this one's first word."""
    after_end: bool = True
    """Without a blank line above: whether the line above may end an abstract."""
    marked: bool = False
    head: bool = False
    """Whether chrome and the date can stand here: nothing else stands above."""
    glued: bool = False
    """Whether the line below is not blank, and no chrome or date either."""
    chrome: Chrome = Chrome.NONE
    date: DateLine | None = None
    key: KeyLine | None = None
    leaning: float = 0.0
    above: float = 0.0
    """Leaning of the atom above, if no blank line stands between."""
    joined: float = 0.0
    """Leaning of both together."""
    words: float = 0.0


def atoms_of(lines: Sequence[RawLine]) -> list[Atom]:
    """Return the atoms of all lines that are not blank, in order."""
    atoms: list[Atom] = []
    head = True
    for block in _blocks(lines):
        while head and block and _is_top(block[0]):
            atoms.append(_top(block, opens=not atoms or atoms[-1].stop < block[0].number - 1))
            block = block[1:]
        head = head and not block
        if block:
            opens = not atoms or atoms[-1].stop < block[0].number - 1
            atoms.extend(_atoms(block, _cuts(block), opens=opens))
    return atoms


def _blocks(lines: Sequence[RawLine]) -> Iterator[list[RawLine]]:
    block: list[RawLine] = []
    for line in lines:
        if line.text:
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _is_top(line: RawLine) -> bool:
    return chrome_of(line.text) is not Chrome.NONE or date_line_of(line.text) is not None


def _top(block: list[RawLine], *, opens: bool) -> Atom:
    line = block[0]
    return Atom(
        first=line.number - 1,
        stop=line.number,
        text=line.text,
        opens=opens,
        firm=True,
        head=True,
        glued=len(block) > 1 and not _is_top(block[1]),
        chrome=chrome_of(line.text),
        date=date_line_of(line.text),
        leaning=leaning(line.text),
        words=word_count(line.text),
    )


def _cuts(block: list[RawLine]) -> dict[int, bool]:
    """Return where to cut a block: index of the line below the cut, and whether it is firm."""
    cuts: dict[int, bool] = {}
    if len(block) > 1:
        cuts = _ragged(block)
        cuts = _below_title(block[: min(cuts, default=len(block))]) | cuts
    cuts |= dict.fromkeys(_key_cuts(block), True)
    for index, line in enumerate(block):
        if line.text.startswith(_MARK) or line.text == "#":
            cuts[index] = True
            if index + 1 < len(block) and not _continues(line, block[index + 1]):
                cuts.setdefault(index + 1, False)
        elif chrome_of(line.text) is Chrome.SLOGAN:
            cuts[index] = cuts[index + 1] = True
    return {index: firm for index, firm in cuts.items() if 0 < index < len(block)}


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
    key = key_line_of(line.text[:_PEEK])
    return key is not None and key.value.startswith(("http://", "https://"))


def _may_end(text: str) -> bool:
    return ends_sentence(text) or "/" in text.rsplit(" ", 1)[-1] or text[-1] in "!?？！)"


def _below_title(block: list[RawLine]) -> dict[int, bool]:
    """Find the one place in a full block where a title most likely ends and an abstract begins."""
    best: tuple[float, int] | None = None
    for index in range(1, min(len(block), _TITLE_LINES + 1)):
        if _continues(block[index - 1], block[index]):
            continue
        above = " ".join(line.text for line in block[:index])
        below = " ".join(line.text[:_START] for line in block[index : index + 40])[:_START]
        cost = odds_of(above) - odds_of(below.rpartition(" ")[0] or below)
        if best is None or cost < best[0]:
            best = (cost, index)
    return {} if best is None else {best[1]: False}


def _key_cuts(block: list[RawLine]) -> list[int]:
    """Find the key lines below a block's first lines, or at its start, and cut around each."""
    cuts: list[int] = []
    keys = [_as_key(line) for line in block[: 4 * _TITLE_LINES]]
    known = [
        index for index, key in enumerate(keys) if key is not None and _counts(key, below=index > 0)
    ]
    for first in known[:1]:
        stop = first
        while stop < len(keys) and keys[stop] is not None:
            cuts.append(stop)
            stop += 1
            while (
                stop < len(keys)
                and block[stop - 1].text.endswith((";", ","))
                and keys[stop] is None
            ):
                stop += 1
        cuts.append(stop)
    return cuts


def _goes_on(line: RawLine) -> bool:
    return line.text.endswith((";", ","))


def _as_key(line: RawLine) -> KeyLine | None:
    return None if line.text.startswith(_MARK) else key_line_of(line.text)


def _counts(key: KeyLine, *, below: bool) -> bool:
    """Whether a line may begin the key lines; below a title also with a word that means a key."""
    if key.key is not None:
        return True
    if is_slip(key.word):
        return key.value != ""
    return below and key.value != "" and key.word[0].isupper() and nearest_key(key.word) is not None


def _atoms(block: list[RawLine], cuts: dict[int, bool], *, opens: bool) -> Iterator[Atom]:
    starts = sorted({0, *cuts})
    before, above = "", 0.0
    for start, stop in zip(starts, [*starts[1:], len(block)], strict=True):
        text = " ".join(line.text for line in block[start:stop])
        marked = text.startswith(_MARK) or text == "#"
        if marked:
            text = text[len(_MARK) :]
        own = leaning(text)
        yield Atom(
            first=block[start].number - 1,
            stop=block[stop - 1].number,
            text=text,
            opens=opens and start == 0,
            firm=cuts.get(start, True),
            after_end=start == 0 or _may_end(block[start - 1].text),
            marked=marked,
            chrome=chrome_of(text) if stop - start == 1 else Chrome.NONE,
            date=date_line_of(text),
            key=None if marked else key_line_of(text),
            leaning=own,
            above=above,
            joined=leaning(f"{before[-_PEEK:]} {text[:_PEEK]}".strip()) if start else own,
            words=word_count(text),
        )
        before, above = text, own
