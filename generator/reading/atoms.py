"""Put a digest's lines together into atoms: the pieces that are title, key or abstract as a whole.

A block (lines without a blank one between) is one atom when it reads as one hard-wrapped text;
`cuts` says where a blank line may have been lost. A cut decides nothing; `pairing` may join
what was cut here, but cannot cut what was left whole.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from generator.reading.chrome import Chrome, chrome_of, is_card_value
from generator.reading.cuts import MARK, START, cuts_of, ends_in_title, is_mark, may_end
from generator.reading.dates import DateLine, date_line_of, is_other_date
from generator.reading.evidence import leaning, word_count
from generator.reading.keyblocks import key_cuts
from generator.reading.keys import KeyLine, key_line_of
from generator.reading.names import names_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.reading.lines import RawLine

_PEEK = 400
"""Characters of two pieces of a block that are weighed together."""


class Atom(msgspec.Struct, frozen=True):
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
        rest, below = list(block), " ".join(line.text[:START] for line in following[:6])
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


def _atoms(block: list[RawLine], below: str, *, opens: bool) -> Iterator[Atom]:
    keys = key_cuts(block, below)
    cuts = cuts_of(block, keys, below)
    titled = ends_in_title(block, below)
    starts = sorted({0, *cuts})
    before, above, above_key = "", 0.0, False
    for start, stop in zip(starts, [*starts[1:], len(block)], strict=True):
        text = " ".join(line.text for line in block[start:stop])
        marked = is_mark(block, start)
        if marked:
            text = text[len(MARK) :]
        own = leaning(text)
        key = None if marked or block[start].begins else key_line_of(text)
        yield Atom(
            first=block[start].number - 1,
            stop=block[stop - 1].number,
            text=text,
            opens=opens and start == 0,
            firm=cuts.get(start, True),
            after_end=start == 0 or may_end(block[start - 1].text),
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
            ends_block=titled and start == len(block) - 1,
            doubtful=tuple(sorted(block[i].number - 1 for i in keys.doubtful if start <= i < stop)),
            odd_marks=tuple(
                block[i].number - 1
                for i in range(start, stop)
                if block[i].text.startswith(MARK) and not is_mark(block, i)
            ),
        )
        before, above, above_key = text, own, key is not None and key.key is not None
