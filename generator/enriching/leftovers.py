"""Mends what is left of maths that lost its dollars: one spot at a time, by the rules of `repairs`.

`mending` finds the spots and goes on behind them. Here a spot is read as far as it reaches, with
what is raised and lowered at it, and is written with its repair. A spot that does not read as
maths from end to end is refused, and stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

import msgspec

from generator.enriching.formulas import reading
from generator.enriching.marking import Writer
from generator.enriching.repairs import as_tex, numbers
from generator.enriching.symbols import FONTS, GREEK, MATHS_ACCENTS, OPERATORS, RELATIONS, SIGNS

_NAMED = re.compile(r"\\?(circ|star|ast|top|dagger)(?![A-Za-z])|\\([A-Za-z]{2,10})(?![A-Za-z{])")
_COMMAND = re.compile(r"\\([A-Za-z]{2,20})")
_ONE_SIGN = re.compile(r"\\([A-Za-z]{2,20})(?:\{[^{}]{1,20}\})?")
_GREEK_WORD = re.compile(r"([A-Za-z]+)([_^])(.+)")
_SURE_OF_WORDS = re.compile(r"[0-9+-]{1,4}|[A-Za-z*]|\\[A-Za-z]{1,10}|star|ast|dagger")
_WORDY = frozenset({"textbf", "textit", "texttt"})
_ARGUMENTS = {
    **dict.fromkeys(FONTS - {"emph", "text", "mbox", "underline", "textup", "smash"}, 1),
    **dict.fromkeys((name for name in FONTS if name.startswith("text")), 0),
    **dict.fromkeys(MATHS_ACCENTS, 1),
    "text": 0,
    "sqrt": 1,
    "frac": 2,
    "binom": 2,
}
_SHORT = "in ni to ne le ge ll gg top bot Re Im mid vee lor neg int circ"
_NEED_ROOM = frozenset(_SHORT.split())
"""Commands that are also the beginning of a word, or a word: only with room around them."""
_LONGEST = 200


class Leftovers(msgspec.Struct):
    """The spots of one text. Methods give the place behind the spot, None if it is refused."""

    text: str
    closing: dict[int, int]
    """Where the group that opens at a place ends."""
    writer: Writer
    walk: Callable[[int, int, int], None]
    """Writes a stretch of the text as it is meant."""

    def mend(self, match: re.Match[str], stop: int, end: int, depth: int) -> int | None:
        """Mend a spot that a pattern of `repairs` has found; maths reaches to `stop` at most."""
        rule, spot = match.lastgroup or "", match[0]
        if rule == "script":
            return self.script(match, stop)
        if rule == "greek":
            name, mark, rest = _GREEK_WORD.fullmatch(spot).groups()  # type: ignore[union-attr]
            name = name if len(name) == 1 else f"\\{name}"
            self.formula(spot, rule, f"{name}{mark}{{{as_tex(rest)}}}")
            return match.end()
        if rule == "wrapper":
            return self.wrapper(match, stop, end, depth)
        if rule == "factor" and self.writer.last() == "×":
            return None
        self.writer.repair(spot, rule, numbers(rule, spot))
        return match.end()

    def formula(self, original: str, rule: str, tex: str) -> bool:
        """Write a spot as the maths that it was; False if it does not read as maths."""
        plain = reading(tex)
        if plain is None:
            return False
        self.writer.repair(original, rule, plain, tex)
        return True

    def script(self, match: re.Match[str], stop: int) -> int | None:
        """Mend `Q^{star}`: a letter, number or word and what is raised or lowered at it."""
        base, start = match[0], match.start()
        scripts, end = self.scripts(match.end(), stop)
        if not scripts or end - start > _LONGEST:
            return None
        if base.isdigit() or (len(base) == 1 and base.isalpha()):
            return end if self.formula(self.text[start:end], "script", base + scripts) else None
        if base in GREEK:
            tex = f"\\{base}{scripts}"
            return end if self.formula(self.text[start:end], "script", tex) else None
        given = self.text[match.end() + 1 : end].strip("{}")
        if len(base) > 2 and not _SURE_OF_WORDS.fullmatch(given):
            return None
        plain = reading(scripts)
        if plain is None:
            return None
        self.writer.repair(self.text[start:end], "script", base + plain)
        return end

    def scripts(self, at: int, stop: int) -> tuple[str, int]:
        """Read what is raised and lowered from a place on, as TeX; empty if there is nothing."""
        tex = ""
        for _ in range(3):
            sign = self.text[at : at + 1]
            if at + 1 >= stop or sign not in ("^", "_"):
                break
            close = self.closing.get(at + 1)
            if close is not None and close < stop:
                inner = as_tex(self.text[at + 2 : close]) if close - at < _LONGEST else None
                if inner is None:
                    break
                tex, at = f"{tex}{sign}{{{inner}}}", close + 1
            elif named := _NAMED.match(self.text, at + 1, stop):
                if not (named[1] or named[2] in GREEK or named[2] in SIGNS):
                    break
                tex, at = f"{tex}{sign}{{\\{named[1] or named[2]}}}", named.end()
            elif self.text[at + 1] in "0123456789*+" or self.is_lone_letter(at + 1):
                tex, at = f"{tex}{sign}{{{self.text[at + 1]}}}", at + 2
            else:
                break
        return tex, at

    def is_lone_letter(self, at: int) -> bool:
        """Say whether one plain letter stands at a place, and no word."""
        behind = self.text[at + 1 : at + 2]
        letter = self.text[at]
        return letter.isascii() and letter.isalpha() and not (behind.isalnum() or behind == "_")

    def wrapper(self, match: re.Match[str], stop: int, end: int, depth: int) -> int | None:
        """Mend `mathcal{O}` and `textbf{word}`."""
        name, at = match[0], match.end()
        close = self.closing.get(at)
        if close is None or close >= end:
            return None
        if name in _WORDY:
            start = self.writer.here()
            self.walk(at + 1, close, depth + 1)
            self.writer.emphasise(start, name)
            self.writer.note(start, self.text[match.start() : close + 1], "wrapper")
            return close + 1
        return self.command(match.start(), name, at, stop, "wrapper")

    def bare(self, at: int, stop: int) -> int | None:
        r"""Mend a command of maths outside of maths: `\epsilon^{-2}`, `3.6\times`."""
        match = _COMMAND.match(self.text, at, stop)
        if not match:
            return None
        name = match[1]
        before, behind = (
            self.text[at - 1 : at] if at else "",
            self.text[match.end() : match.end() + 1],
        )
        if name in _NEED_ROOM and (before.isalpha() or behind not in (" ", "\\", "")):
            return None
        if name == "deg":
            self.writer.repair(match[0], "command", "°")
            return match.end()
        if name in RELATIONS:
            tight = bool(before.strip()) and bool(behind.strip()) and behind not in ".,;:)%-"
            sign = f" {RELATIONS[name]} " if tight else RELATIONS[name]
            self.writer.repair(match[0], "command", sign)
            return match.end()
        if name in OPERATORS:
            room = " " if before.isalnum() else ""
            self.writer.repair(match[0], "command", room + name)
            return match.end()
        return self.command(at, name, match.end(), stop, "command")

    def command(self, start: int, name: str, at: int, stop: int, rule: str) -> int | None:
        """Mend a command with its arguments, which follow at `at`, and its scripts."""
        if name in GREEK or name in SIGNS:
            needed = 0
        else:
            needed = _ARGUMENTS.get(name, 0)
            if not needed:
                return None
        tex = f"\\{name}"
        for _ in range(needed):
            close = self.closing.get(at)
            if close is None or close >= stop or close - start > _LONGEST:
                return None
            inner = as_tex(self.text[at + 1 : close])
            if inner is None:
                return None
            tex, at = f"{tex}{{{inner}}}", close + 1
        scripts, at = self.scripts(at, stop)
        if not self.formula(self.text[start:at], rule, tex + scripts):
            return None
        if name == "sqrt" and self.text[at : at + 1].isalpha():
            self.writer.write(" ")
        return at

    def braced(self, at: int, stop: int) -> int | None:
        r"""Mend `{\epsilon}`: a group that holds one sign of maths and nothing else."""
        close = self.closing.get(at)
        if close is None or close >= stop or close - at > 45:
            return None
        inner = self.text[at + 1 : close].strip()
        sign = _ONE_SIGN.fullmatch(inner)
        if not sign or not (
            sign[1] in GREEK or sign[1] in SIGNS or sign[1] in RELATIONS or _ARGUMENTS.get(sign[1])
        ):
            return None
        if sign[1] == "deg":
            self.writer.repair(self.text[at : close + 1], "braced", "°")
            return close + 1
        scripts, end = self.scripts(close + 1, stop)
        return end if self.formula(self.text[at:end], "braced", inner + scripts) else None


def ordered(spans: list[tuple[int, int]]) -> bool:
    """Say whether spans are in order, without overlap, and none is empty."""
    return all(start < end for start, end in spans) and all(
        one[1] <= two[0] for one, two in pairwise(spans)
    )
