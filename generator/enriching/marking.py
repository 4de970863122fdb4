"""Writes a mended text piece by piece and keeps book of where things came to stand.

Decides nothing: `mending` says what to write. Offsets are those of the text that is written.
"""

from __future__ import annotations

import re

import msgspec

from generator.enriching.formulas import reading
from generator.enriching.mathml import mathml
from generator.enriching.symbols import EMPHASES, MACROS
from generator.textmarks import Emphasis, Formula, Marks, Repair

_MACRO = re.compile(rf"\\({'|'.join(MACROS)})(?![A-Za-z])")
_PLAIN = re.compile(r"[\d.,%+\-×±∼→←↑↓↔≈≤≥<>=/: ]*|[₀-₉]*|[⁰¹²³⁴-⁹⁺]*|[\d.,]*°")
"""Readings that lose nothing as plain text: a number, an arrow, the ₂ of Cu₂O."""
_PLAIN_TEXT = re.compile(
    r"\\(?:text|mbox|emph|underline)[a-z]{0,4}\s?\{"
    r"(?:[^{}\\$^_]|\\(?:text|emph|underline)[a-z]{0,4}\{|\}){1,300}"
)
"""Maths that is no maths but a way to print words: `$\\textbf{Name}$`."""


def is_words(tex: str) -> bool:
    r"""Say whether maths only prints words, such as `\textbf{Name}`."""
    return bool(_PLAIN_TEXT.fullmatch(tex)) and reading(tex) is not None


class Writer(msgspec.Struct):
    """The text so far, and the marks in it."""

    parts: list[str] = msgspec.field(default_factory=list)
    length: int = 0
    formulas: list[Formula] = msgspec.field(default_factory=list)
    repairs: list[Repair] = msgspec.field(default_factory=list)
    emphases: list[Emphasis] = msgspec.field(default_factory=list)
    """Those that ended first come first."""
    spans: dict[tuple[int, int], tuple[int, int]] = msgspec.field(default_factory=dict)
    """Where each kept span came to stand."""

    def write(self, text: str) -> None:
        """Put text at the end."""
        self.parts.append(text)
        self.length += len(text)

    def keep(self, span: tuple[int, int], text: str) -> None:
        """Put a kept span's text at the end."""
        start = self.length
        self.write(text)
        self.spans[span] = (start, self.length)

    def formula(self, tex: str) -> bool:
        """Put a formula at the end; False, and nothing written, if it cannot be shown."""
        tex = tex.strip()
        whole = _MACRO.sub(lambda name: MACROS[name[1]], tex)
        plain = reading(whole)
        if plain is None:
            return False
        if _PLAIN.fullmatch(plain) or _PLAIN_TEXT.fullmatch(tex):
            self.write(plain)
            return True
        drawn = mathml(whole, tex)
        if drawn is None:
            return False
        start = self.length
        self.write(plain)
        self.formulas.append(Formula(start, self.length, tex, drawn))
        return True

    def here(self) -> tuple[int, int]:
        """Give the place where the next thing will stand, for `note` and `emphasise`."""
        return self.length, len(self.parts)

    def repair(self, original: str, rule: str, text: str, tex: str | None = None) -> None:
        """Put a mended spot at the end: as the formula `tex` if there is one, else as `text`."""
        place = self.here()
        if tex is None or not self.formula(tex):
            self.write(text)
        self.note(place, original, rule)

    def note(self, place: tuple[int, int], original: str, rule: str) -> None:
        """Take down that what stands from `place` to the end is mended.

        What was mended within it before is no repair of its own any more.
        """
        start, part = place
        if self.length == start or "".join(self.parts[part:]) == original:
            return
        while self.repairs and self.repairs[-1].start >= start:
            self.repairs.pop()
        self.repairs.append(Repair(start, self.length, original, rule))

    def emphasise(self, place: tuple[int, int], command: str) -> None:
        """Take down that what stands from `place` to the end is set apart, if `command` does so."""
        start, part = place
        kind = EMPHASES.get(command)
        if kind and "".join(self.parts[part:]).strip():
            self.emphases.append(Emphasis(start, self.length, kind))

    def last(self) -> str:
        """Give the last character written, or nothing."""
        for part in reversed(self.parts):
            if part:
                return part[-1]
        return ""

    def marks(self) -> Marks:
        """Give the marks in order."""
        # Of two with the same words the outer one ended last.
        last_first = self.emphases[::-1]
        return Marks(
            formulas=tuple(self.formulas),
            repairs=tuple(self.repairs),
            emphases=tuple(sorted(last_first, key=_outer_first)),
        )

    def text(self) -> str:
        """Give the whole text."""
        return "".join(self.parts)


def _outer_first(mark: Emphasis) -> tuple[int, int]:
    """By where it begins; of two that begin together, the longer one first."""
    return (mark.start, -mark.end)
