"""The text of docs/permalinks.txt: a line for each address, read but not judged.

Of ten thousand lines nearly all are a plain address at which a page stands, so nothing more is
made of such a line than a key. Lines may stand twice, as they do when two branches were merged.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

import msgspec

_MOVED = re.compile(r"(\S+)\s+->\s+(\S+)")
_GONE = re.compile(r"(\S+)\s+gone:\s*(\S.*)")
_STEP = re.compile(r"(?!\.)[A-Za-z0-9._~!$&'()*+,;=:@%-]+")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\]|^\.")

LONGEST = 1000
"""Characters of an address, or of a reason."""

LONGEST_STEP = 255
"""Bytes of a folder's name, on most disks."""


class Fate(msgspec.Struct, frozen=True):
    """What became of an address: it moved to a target, or it is gone for a reason."""

    line: int
    """Counted from 1."""
    target: str = ""
    reason: str = ""


class Ledger(msgspec.Struct, frozen=True):
    """What the file says."""

    plain: dict[str, int] = msgspec.field(default_factory=dict)
    """Addresses that were published, and the line of each; not yet known to be addresses."""
    fates: dict[str, Fate] = msgspec.field(default_factory=dict)
    """By address: those that say what became of them."""
    twice: tuple[tuple[str, int], ...] = ()
    """Addresses with another fate than an earlier line says, and the line."""
    odd: tuple[tuple[str, int], ...] = ()
    """Lines of no known form, and where they stand."""

    def lines(self) -> dict[str, int]:
        """Return all addresses, with their lines."""
        return self.plain | {address: fate.line for address, fate in self.fates.items()}


def read_ledger(text: str) -> Ledger:
    """Read the text of a file; an empty one, or none, promises nothing."""
    plain: dict[str, int] = {}
    fates: dict[str, Fate] = {}
    twice: list[tuple[str, int]] = []
    odd: list[tuple[str, int]] = []
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if line.endswith("/") and line[0] != "#" and " " not in line and "\t" not in line:
            plain.setdefault(line, number)
        elif (bare := line.strip()) and not bare.startswith("#"):
            address, fate = _fate(bare, number)
            if not address:
                odd.append((bare, number))
            elif fate is None:
                plain.setdefault(address, number)
            elif _same(fates.setdefault(address, fate), fate):
                continue
            else:
                twice.append((address, number))
    # A line that says what became of an address outdoes one that only names it.
    for address in fates:
        plain.pop(address, None)
    return Ledger(plain, fates, tuple(twice), tuple(odd))


def is_address(text: str) -> bool:
    """Say whether this can be a page's address, seen from the site's root: `papers/on-bees/`.

    It then stays within the site, whatever it is joined to.
    """
    if not text.endswith("/") or len(text) > LONGEST:
        return False
    return all(map(_is_step, text[:-1].split("/")))


def _is_step(text: str) -> bool:
    name = unquote(text)
    short = len(text) <= LONGEST_STEP or len(name.encode()) <= LONGEST_STEP
    return bool(short and _STEP.fullmatch(text) and not _UNSAFE.search(name))


def _fate(line: str, number: int) -> tuple[str, Fate | None]:
    """Return a line's address, and what became of it; no address if the line has no known form."""
    if moved := _MOVED.fullmatch(line):
        address, target = moved.groups()
        good = is_address(address) and is_address(target)
        return (address, Fate(number, target=target)) if good else ("", None)
    if gone := _GONE.fullmatch(line):
        address, reason = gone.groups()
        good = is_address(address) and len(reason) <= LONGEST
        return (address, Fate(number, reason=reason)) if good else ("", None)
    return (line, None) if is_address(line) else ("", None)


def _same(one: Fate, other: Fate) -> bool:
    return (one.target, one.reason) == (other.target, other.reason)
