r"""Pasted text → text as it is meant: maths read, TeX understood, known damage repaired.

The one function that the rest of the room calls is `mend`. `formulas` and `mathml` know maths,
`tex` what a backslash means in running text, `repairs` which damage there is; here they are put
to use, from the first character to the last, once. What nobody understands stays as it was
supplied. Nothing raises, whatever the text, and the work grows with its length and no faster.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

import msgspec

from generator.enriching import tex
from generator.enriching.delimiters import brackets, dollars, pair_braces
from generator.enriching.leftovers import Leftovers, ordered
from generator.enriching.marking import Writer, is_words
from generator.enriching.repairs import PATTERNS, has_trace
from generator.enriching.symbols import DRESS, SWITCHES
from generator.enriching.typography import dash, quotation, tie
from generator.textmarks import Marks

if TYPE_CHECKING:
    from collections.abc import Sequence

_QUICK = re.compile(r"[$\\{}`~]|--")
_SPOT = re.compile(
    rf"""
    (?=(?<![A-Za-z0-9])[A-Za-z\d]|[$\\{{`~)|\]&-])
    (?:{PATTERNS}
  | (?P<dollar>\$\$?)
  | (?P<command>\\(?:[A-Za-z]+|.))
  | (?P<group>\{{)
  | (?P<quote>`{{1,9}})
  | (?P<dash>-{{2,99}})
  | (?P<tie>~))
    """,
    re.VERBOSE,
)
"""First what all have in common: it passes over the insides of words in a third of the time."""
_STAND_IN = re.compile(r"this (?:https?|ftp) URL", re.IGNORECASE)
_SWITCH = re.compile(r"\{\\([A-Za-z]{2,14})(?![A-Za-z]) ?")
_CAPITALS = re.compile(r"\{[A-Z][A-Za-z0-9/+-]{0,15}(?:\$[^$\n]{1,20}\$[A-Za-z0-9/+-]{0,9})?\}")
_DASH = re.compile(r"\{[–—-]{1,3}\}")
_PROTECTED = re.compile(
    r"\{[A-Z][A-Za-z/]{0,15}\$_[^$\n]{1,9}\$|[ (]\{[A-Z]\}-?[a-z]{2}"
    r"|\{[A-Z][A-Za-z]{0,8}\}[-/]\{[A-Z]|\(\{[IVX]{1,4}\}\)"
)
"""What shows that braces in a text keep capitals, as BibTeX has it, and are no placeholders."""
_DEEPEST = 20


class Mended(msgspec.Struct, frozen=True):
    """A text as it is meant."""

    text: str
    marks: Marks = msgspec.field(default_factory=Marks)
    """Its formulas, emphasis and repairs."""
    spans: tuple[tuple[int, int], ...] = ()
    """Where each kept span now stands, in the order in which they were given.

    Two are the same where `\\href` had its address twice.
    """


def mend(text: str, keep: Sequence[tuple[int, int]] = ()) -> Mended:
    """Make a text what it means, but for the spans to keep, such as links: they stay verbatim.

    `keep` has pairs of start and end, in order, without overlap, none of them empty; else
    ValueError. No text raises.
    """
    spans = list(keep)
    if not ordered(spans):
        raise ValueError(f"spans must be in order and apart: {spans}")
    if not _QUICK.search(text) and not has_trace(text):
        return Mended(text, spans=tuple(spans))
    mender = _Mender(text, spans)
    mender.walk(0, len(text), 0)
    writer = mender.writer
    return Mended(writer.text(), writer.marks(), tuple(writer.spans[span] for span in spans))


class _Mender:
    """Goes through one text; every method gives the place from which to go on, None if not its."""

    def __init__(self, text: str, keep: list[tuple[int, int]]) -> None:
        self.text = text
        self.keep = keep
        self.starts = [start for start, _ in keep]
        self.writer = Writer()
        self.closing = pair_braces(text, keep)
        self.quoting = tex.is_quoting(text)
        self.protects = bool(_PROTECTED.search(text))
        self.leftovers = Leftovers(text, self.closing, self.writer, self.walk)

    def within(self, start: int, end: int) -> list[tuple[int, int]]:
        """Give the kept spans that begin in a stretch."""
        return self.keep[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def walk(self, at: int, end: int, depth: int) -> None:
        """Write the stretch from `at` to `end` as it is meant."""
        while at < end:
            number = bisect_left(self.starts, at)
            kept = self.keep[number] if number < len(self.keep) else (end, end)
            at = self.walk_between(at, min(end, kept[0]), end, depth)
            if at == kept[0] < end:
                self.writer.keep(kept, self.text[kept[0] : kept[1]])
                at = kept[1]

    def walk_between(self, at: int, stop: int, end: int, depth: int) -> int:
        """Write up to the next kept span; a group that holds it may take us further."""
        while at < stop:
            match = _SPOT.search(self.text, at, stop)
            if match is None:
                self.writer.write(self.text[at:stop])
                return stop
            self.writer.write(self.text[at : match.start()])
            after = self.step(match, stop, end, depth) if depth < _DEEPEST else None
            if after is None:
                after = match.end()
                self.writer.write(match[0])
            at = after
        return at

    def step(self, match: re.Match[str], stop: int, end: int, depth: int) -> int | None:
        """Write one spot as it is meant, and give the place behind it; None if it is not sure."""
        at = match.start()
        match match.lastgroup:
            case "dollar":
                return self.formula(at, dollars(self.text, at, stop), depth)
            case "command":
                return self.command(match, stop, end, depth)
            case "group":
                return self.group(at, stop, end, depth)
            case "quote":
                return self.quote(match, end, depth)
            case "dash":
                return self.sign(dash(self.text, match.start(), match.end()), match)
            case "tie":
                return self.sign(tie(self.text, at), match)
            case _:
                return self.leftovers.mend(match, stop, end, depth)

    def formula(self, at: int, found: tuple[str, int] | None, depth: int) -> int | None:
        """Write a formula, or leave it whole as it was supplied where it cannot be shown."""
        if not found:
            return None
        content, after = found
        if is_words(content):
            start = at + (after - at - len(content)) // 2
            self.walk(start, start + len(content), depth + 1)
        elif not self.writer.formula(content):
            self.writer.write(self.text[at:after])
        return after

    def command(self, match: re.Match[str], stop: int, end: int, depth: int) -> int | None:
        """Read what begins with a backslash."""
        text, at, name = self.text, match.start(), match[0][1:]
        if name in "([":
            return self.formula(at, brackets(text, at, stop), depth)
        if tex.is_raw(text, at):
            return None
        found = tex.accent(text, at, stop, quoting=self.quoting) or tex.letter(text, at, stop)
        found = found or tex.sign(text, at, match.end(), stop)
        if found:
            self.writer.write(found[1])
            return found[0]
        if name == "href":
            return self.link(match.end(), end, depth)
        if name in DRESS:
            return self.dressed(name, match.end(), end, depth)
        return self.leftovers.bare(at, stop)

    def dressed(self, name: str, at: int, end: int, depth: int) -> int | None:
        r"""Read `\emph{…}` and its like: what stands in the braces."""
        close = self.closing.get(at)
        if close is None or close >= end:
            return None
        before, behind = DRESS[name]
        start = self.writer.here()
        room = before[:1] == " " and self.writer.last() in ("", " ", "\n")
        self.writer.write(before[1:] if room else before)
        blank = self.text[at + 1] == " " and not self.within(at + 1, at + 2)
        self.walk(at + 2 if blank else at + 1, close, depth + 1)
        self.writer.write(behind)
        self.writer.emphasise(start, name)
        return close + 1

    def link(self, at: int, end: int, depth: int) -> int | None:
        r"""Read `\href{address}{words}` as "words (address)"."""
        close = self.closing.get(at)
        last = None if close is None else self.closing.get(close + 1)
        if close is None or last is None or last >= end:
            return None
        address, words = self.text[at + 1 : close], self.text[close + 2 : last]
        named, worded = (self.within(at, close), self.within(close, last))
        if not words.strip() and not worded:
            self.walk(at + 1, close, depth + 1)
            return last + 1
        self.walk(close + 2, last, depth + 1)
        shift = close + 1 - at
        if address == words and [(start + shift, end + shift) for start, end in named] == worded:
            spans = self.writer.spans
            spans.update(zip(named, [spans[span] for span in worded], strict=True))
        elif named or not _STAND_IN.fullmatch(address.strip()):
            self.writer.write(" (")
            self.walk(at + 1, close, depth + 1)
            self.writer.write(")")
        return last + 1

    def group(self, at: int, stop: int, end: int, depth: int) -> int | None:
        r"""Read `{\o}`, `{\em word}`, `{\epsilon}` and the braces that keep a capital."""
        close = self.closing.get(at)
        if close is None or close >= end:
            return None
        if found := tex.grouped(self.text, at, stop):
            self.writer.write(found[1])
            return found[0]
        if after := self.leftovers.braced(at, stop):
            return after
        switch = _SWITCH.match(self.text, at, min(close, stop))
        if switch and switch[1] in SWITCHES:
            start = self.writer.here()
            self.walk(switch.end(), close, depth + 1)
            self.writer.emphasise(start, switch[1])
            return close + 1
        capital = self.protects and _CAPITALS.match(self.text, at, stop)
        if not capital and not _DASH.match(self.text, at, stop):
            return None
        self.walk(at + 1, close, depth + 1)
        return close + 1

    def quote(self, match: re.Match[str], end: int, depth: int) -> int | None:
        """Read words in quotation marks as TeX writes them."""
        quoted = quotation(self.text, match, end)
        if not quoted:
            return None
        start, stop, after = quoted
        kept = self.within(match.start(), after)
        if kept and kept[-1][1] > stop:
            return None
        opening, closing = ("“", "”") if len(match[0]) == 2 else ("‘", "’")
        self.writer.write(opening)
        self.walk(start, stop, depth + 1)
        self.writer.write(closing)
        return after

    def sign(self, sign: str | None, match: re.Match[str]) -> int | None:
        """Write the sign that a spot is as a whole, if it is one."""
        if sign is None:
            return None
        self.writer.write(sign)
        return match.end()
