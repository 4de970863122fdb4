"""Cut a digest's lines into atoms: the pieces that are title, key or abstract as a whole.

A block (lines without a blank one between) is one atom when it reads as one hard-wrapped text.
It is cut where a blank line may have been lost: before a marked title, around key lines, and
after a line that ends though the next word had room on it. A cut decides nothing; `pairing`
may join what was cut here, but cannot cut what was left whole.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING

from generator.reading.chrome import Chrome, chrome_of, is_card_value
from generator.reading.dates import DateLine, date_line_of, is_other_date
from generator.reading.evidence import ends_sentence, leaning, odds_of, word_count
from generator.reading.keyblocks import KeyCuts, key_cuts
from generator.reading.keys import KeyLine, key_line_of
from generator.reading.names import names_of

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
    late: bool = False
    """A key line that is no text if an abstract stands above."""
    below_key: bool = False
    """A key line stands right above."""
    within: bool = False
    """An unknown key with a known one right below."""
    begins: bool = False
    """A label says that the abstract begins here."""
    names: tuple[str, ...] = ()
    """The names, where the text is a list of them."""
    ends_block: bool = False
    """A line like a title below a sentence, with a blank line and prose below."""
    other_date: bool = False
    """A date in a form that is not read."""
    card: bool = False
    """A value like those beside a card's words, below one: `23`."""
    doubtful: tuple[int, ...] = ()
    """Lines, from 0, that perhaps go on with the key's value above."""
    odd_marks: tuple[int, ...] = ()
    """Lines, from 0, that begin with a mark but go on with the text above."""


def atoms_of(lines: Sequence[RawLine]) -> list[Atom]:
    """Return the atoms of all lines that are not blank, in order."""
    atoms: list[Atom] = []
    head = True
    blocks = list(_blocks(lines))
    for block, following in zip_longest(blocks, blocks[1:], fillvalue=()):
        rest, below = list(block), " ".join(line.text[:_START] for line in following[:6])
        while head and rest and _is_top(rest[0]):
            atoms.append(_top(rest, opens=not atoms or atoms[-1].stop < rest[0].number - 1))
            rest = rest[1:]
        head = head and not rest
        if rest:
            opens = not atoms or atoms[-1].stop < rest[0].number - 1
            atoms.extend(_atoms(rest, below, opens=opens))
    return [_on_card(above, atom) for above, atom in zip([None, *atoms], atoms, strict=False)]


def _on_card(above: Atom | None, atom: Atom) -> Atom:
    """Flag what stands below `Upvote` or `Submitted by` if it can be its value."""
    if above is None or above.chrome is not Chrome.CARD or not is_card_value(atom.text):
        return atom
    return replace(atom, card=True)


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
    return (
        chrome_of(line.text) is not Chrome.NONE
        or date_line_of(line.text) is not None
        or is_other_date(line.text)
    )


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
        other_date=is_other_date(line.text),
    )


def _cuts(block: list[RawLine], keys: KeyCuts, below: str) -> dict[int, bool]:
    """Return where to cut a block: index of the line below the cut, and whether it is firm."""
    cuts: dict[int, bool] = {}
    if len(block) > 1:
        cuts = _ragged(block)
        cuts = _below_title(block[: min(cuts, default=len(block))]) | cuts
    cuts |= dict.fromkeys(keys.cuts, True)
    cuts |= dict.fromkeys(_names_cuts(block), True)
    if _ends_in_title(block, below):
        cuts[len(block) - 1] = True
    for index, line in enumerate(block):
        if line.begins:
            cuts[index] = True
        if _is_mark(block, index):
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


def _is_mark(block: Sequence[RawLine], index: int) -> bool:
    """Whether a line begins with a mark; `# of parameters` inside a sentence is none."""
    text = block[index].text
    if not text.startswith(_MARK):
        return text == "#"
    if index == 0 or block[index - 1].text.startswith("#"):
        return True
    above = block[index - 1].text
    return not (text[2:].split(" ", 1)[0].islower() and not _may_end(above) and len(above) > 20)


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


def _ends_in_title(block: Sequence[RawLine], below: str) -> bool:
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
        and key_line_of(text[:_PEEK]) is None
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


def _atoms(block: list[RawLine], below: str, *, opens: bool) -> Iterator[Atom]:
    keys = key_cuts(block, below)
    cuts = _cuts(block, keys, below)
    ends_in_title = _ends_in_title(block, below)
    starts = sorted({0, *cuts})
    before, above, above_key = "", 0.0, False
    for start, stop in zip(starts, [*starts[1:], len(block)], strict=True):
        text = " ".join(line.text for line in block[start:stop])
        marked = _is_mark(block, start)
        if marked:
            text = text[len(_MARK) :]
        own = leaning(text)
        key = None if marked or block[start].begins else key_line_of(text)
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
            key=key,
            leaning=own,
            above=above,
            joined=leaning(f"{before[-_PEEK:]} {text[:_PEEK]}".strip()) if start else own,
            words=word_count(text),
            late=start in keys.late,
            below_key=above_key,
            within=start in keys.within,
            begins=block[start].begins,
            names=() if marked else names_of(text),
            ends_block=ends_in_title and start == len(block) - 1,
            doubtful=tuple(sorted(block[i].number - 1 for i in keys.doubtful if start <= i < stop)),
            odd_marks=tuple(
                block[i].number - 1
                for i in range(start, stop)
                if block[i].text.startswith(_MARK) and not _is_mark(block, i)
            ),
        )
        before, above, above_key = text, own, key is not None and key.key is not None
