"""Find the key lines of a block: where they begin and end, and which lines go on with a value.

Whether they stand in the right place is for `steps` to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from generator.reading.evidence import ends_sentence, leaning
from generator.reading.keys import KeyLine, is_prose, is_slip, key_line_of, nearest_key
from generator.reading.names import names_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.reading.lines import RawLine

_FIRST = 64
"""Lines of a block among which its keys begin."""
_WRAPPED = 3
"""Lines that a value may go on for when only the next key shows that it does."""
_WORDY = frozenset({"Authors", "Tags", "Note"})
"""Keys whose value can be longer than a line."""
_OPEN_ENDS = (";", ",", "；", "，", " and", " &")


class KeyCuts(msgspec.Struct):
    """Indices of lines in a block."""

    cuts: set[int] = msgspec.field(default_factory=set)
    """Where to cut: above each key, and below the last one."""
    late: set[int] = msgspec.field(default_factory=set)
    """Keys that cannot be text, if an abstract stands above them."""
    doubtful: set[int] = msgspec.field(default_factory=set)
    """Lines that perhaps go on with the value above."""
    values: set[int] = msgspec.field(default_factory=set)
    """Lines that go on with the value above, surely or perhaps."""
    within: set[int] = msgspec.field(default_factory=set)
    """Unknown keys with a known one right below: a key that there is not."""


def key_cuts(block: Sequence[RawLine], below: str) -> KeyCuts:
    """Return where a block's keys are; `below` is the text of the next block's first lines."""
    found = KeyCuts()
    keys = [_as_key(line) for line in block]
    first = next(
        (i for i, key in enumerate(keys[:_FIRST]) if key and _counts(key, below=i > 0)), None
    )
    run = range(0)
    if first is not None:
        stop = first
        while stop < len(keys) and keys[stop] is not None:
            found.cuts.add(stop)
            key, stop = keys[stop], stop + 1
            end = _end_of_value(block, keys, stop, key, below, found)
            found.values |= set(range(stop, end))
            stop = end
        found.cuts.add(stop)
        run = range(first, stop)
        while first > 1 and _is_short(keys[first - 1]):
            first -= 1
            found.cuts.add(first)
    for index in range(1, len(keys) - 1):
        below_key = keys[index + 1]
        if _is_short(keys[index]) and below_key is not None and below_key.key is not None:
            found.within.add(index)
    _add_late(block, keys, found, run)
    return found


def _as_key(line: RawLine) -> KeyLine | None:
    return None if line.text.startswith("# ") or line.begins else key_line_of(line.text)


def _is_short(key: KeyLine | None) -> bool:
    return key is not None and key.key is None and 0 < len(key.value) <= 60


def _counts(key: KeyLine, *, below: bool) -> bool:
    """Whether a line may begin the key lines; below a title also with a word that means a key."""
    if key.key is not None:
        return True
    if is_slip(key.word):
        return key.value != ""
    return below and key.value != "" and key.word[0].isupper() and nearest_key(key.word) is not None


def _end_of_value(
    block: Sequence[RawLine],
    keys: Sequence[KeyLine | None],
    stop: int,
    key: KeyLine | None,
    below: str,
    found: KeyCuts,
) -> int:
    """Return the index of the line below a key's value."""
    top = stop - 1
    while stop < len(block) and keys[stop] is None and not block[stop].begins:
        if block[stop].text.startswith("# "):
            break
        if block[stop - 1].text.lower().endswith(_OPEN_ENDS):
            stop += 1
            continue
        if key is None or key.key not in _WORDY:
            break
        following = next(
            (i for i in range(stop + 1, min(stop + _WRAPPED + 1, len(keys))) if keys[i]), None
        )
        rest = " ".join(line.text for line in block[stop : stop + _WRAPPED + 1])
        text_below = leaning(below) > 1.5
        if following is not None and (known := keys[following]) and known.key is not None:
            between = " ".join(line.text for line in block[stop:following])
            if leaning(between) < 2 or (key.key == "Note" and text_below):
                return following
        if block[stop].indent > block[top].indent and (text_below or leaning(rest) < 1):
            stop += 1
            continue
        if text_below and len(block) - stop <= _WRAPPED and leaning(rest) < 1:
            if not rest[0].islower() and not (key.key == "Authors" and names_of(rest)):
                found.doubtful.add(stop)
            return len(block)
        break
    return stop


def _add_late(
    block: Sequence[RawLine], keys: Sequence[KeyLine | None], found: KeyCuts, run: range
) -> None:
    tail = len(block)
    while tail > 0 and _is_value(keys[tail - 1]):
        tail -= 1
    for index, key in enumerate(keys):
        if key is None or key.key is None:
            continue
        sure = index == 0 or index >= tail or ends_sentence(block[index - 1].text)
        if index - 1 in found.late or (_is_value(key) and sure):
            found.late.add(index)
            if index not in run:
                found.cuts |= {index, index + 1}


def _is_value(key: KeyLine | None) -> bool:
    return key is not None and key.key is not None and bool(key.value) and not is_prose(key)
