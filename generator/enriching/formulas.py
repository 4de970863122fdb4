r"""Maths in TeX → how it reads in plain words: `O(n^2)` is "O(n²)", `\alpha` is "α".

What is maths and what only looks like it is the business of `delimiters`, how a formula is drawn
that of `mathml`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from generator.enriching.symbols import (
    DOUBLE_STRUCK,
    FONTS,
    FUNCTIONS,
    GREEK,
    LOWERED,
    LOWERED_ALONE,
    MATHS_ACCENTS,
    OPERATORS,
    RAISED,
    RAISED_ALONE,
    RELATIONS,
    SIGNS,
    SIZES,
    SPACES,
)

LONGEST = 400
"""Characters of the longest formula that is taken; what is longer is left as it was supplied."""
DEEPEST = 12
"""Groups within groups."""

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\s+|.", re.DOTALL)
_SEVERAL = re.compile(r" {2,}")
_OPEN = re.compile(r"([(\[{⟨⌊⌈]) ")
_CLOSE = re.compile(r" ([)\]}⟩⌋⌉,])")
_CALL = re.compile(rf"\b((?:{'|'.join(sorted(FUNCTIONS))})[⁰¹²³⁴-⁹₀-₉]?) (?=[(\[{{])")
_DIVIDED = re.compile(rf"/ (?=(?:{'|'.join(sorted(OPERATORS))})\b)")
_TIMES_LAST = re.compile(r"(?<=[0-9]) ×\Z")

_SCRIPTS = frozenset("^_")
_FOREIGN = frozenset(["}", "&", "$", "#", "\\\\", "\\"])
"""Signs that mean nothing within one formula."""


class _UnreadableError(Exception):
    """A command that is not known, or a group that does not end."""


@lru_cache(maxsize=4096)
def reading(tex: str) -> str | None:
    """Give how a formula reads; None if it is too long, too deep or has an unknown command."""
    if len(tex) > LONGEST:
        return None
    try:
        plain = _Reader(tex).all()
    except _UnreadableError:
        return None
    return plain or None


class _Reader:
    """Reads tokens from left to right; every method leaves `at` behind what it has read."""

    def __init__(self, tex: str) -> None:
        self.tokens: list[str] = _TOKEN.findall(tex)
        self.at = 0

    def all(self) -> str:
        text = self.sequence("", 0)
        if self.at < len(self.tokens):
            raise _UnreadableError
        return text

    def sequence(self, end: str, depth: int) -> str:
        """Read up to a closing token, or to the end of the formula if that is empty."""
        if depth > DEEPEST:
            raise _UnreadableError
        parts: list[str] = []
        while self.at < len(self.tokens) and self.tokens[self.at] != end:
            parts.append(self.item(depth))
        return _tidy("".join(parts))

    def item(self, depth: int) -> str:
        """Read one thing with what is raised and lowered at it."""
        token = self.tokens[self.at]
        base = "" if token in _SCRIPTS else self.atom(depth)
        name = token[1:]
        bare = base.strip()
        while self.at < len(self.tokens) and self.tokens[self.at] in _SCRIPTS:
            raised = self.tokens[self.at] == "^"
            self.at += 1
            bare += _script(self.argument(depth), raised=raised)
        if token[0] == "\\" and (name in OPERATORS or name in RELATIONS or name == "operatorname"):
            return f" {bare} "
        return bare if bare != base.strip() else base

    def atom(self, depth: int) -> str:
        sign = self.tokens[self.at]
        self.at += 1
        if sign == "{":
            inner = self.sequence("}", depth + 1)
            if self.at >= len(self.tokens):
                raise _UnreadableError
            self.at += 1
            return inner
        if sign in _FOREIGN:
            raise _UnreadableError
        if sign[0] == "\\" and len(sign) > 1:
            return self.command(sign[1:], depth)
        if sign == "~" or sign.isspace():
            return " "
        return "′" if sign == "'" else sign

    def argument(self, depth: int) -> str:
        """Read what a command or a script stands over: one group or one thing."""
        while self.at < len(self.tokens) and self.tokens[self.at].isspace():
            self.at += 1
        if self.at >= len(self.tokens) or self.tokens[self.at] in ("^", "_", "}"):
            raise _UnreadableError
        if depth > DEEPEST:
            raise _UnreadableError
        return self.atom(depth + 1).strip()

    def command(self, name: str, depth: int) -> str:
        if name not in FUNCTIONS and (sign := GREEK.get(name) or SIGNS.get(name)):
            return sign
        if name in RELATIONS:
            return f" {RELATIONS[name]} "
        if name in OPERATORS:
            return f" {name} "
        if name in SPACES:
            return SPACES[name]
        if name in SIZES:
            return ""
        if name in "%$&_#{}":
            return name
        if name == "|":
            return "‖"
        if name in FONTS:
            inner = self.argument(depth)
            return DOUBLE_STRUCK.get(inner, inner) if name == "mathbb" else inner
        if name in MATHS_ACCENTS:
            inner = self.argument(depth)
            if len(unicodedata.normalize("NFC", inner)) != 1:
                return inner
            return unicodedata.normalize("NFC", inner + MATHS_ACCENTS[name])
        if name == "sqrt":
            return self.root(depth)
        if name in ("frac", "tfrac", "dfrac"):
            upper = _operand(self.argument(depth), named=True)
            whole = f"{upper}/{_operand(self.argument(depth))}"
            return f"({whole})" if self.is_followed() else whole
        if name == "binom":
            return f"({self.argument(depth)} choose {self.argument(depth)})"
        raise _UnreadableError

    def root(self, depth: int) -> str:
        if self.at < len(self.tokens) and self.tokens[self.at] == "[":
            self.at += 1
            index = self.sequence("]", depth + 1)
            self.at += 1
            return f"{_script(index, raised=True)}{self.root(depth)}"
        inner = _operand(self.argument(depth))
        if self.is_followed() and not inner.endswith(")"):
            inner = f"({inner})"
        return f"√{inner}"

    def is_followed(self) -> bool:
        """Say whether the next thing touches this one, so that it would read as part of it."""
        if self.at >= len(self.tokens):
            return False
        token = self.tokens[self.at]
        return token.isalnum() or token[1:] in GREEK


def _tidy(text: str) -> str:
    text = _SEVERAL.sub(" ", text).strip()
    text = _CALL.sub(r"\1", _CLOSE.sub(r"\1", _OPEN.sub(r"\1", text)))
    return _TIMES_LAST.sub("×", _DIVIDED.sub("/", text))


def _operand(text: str, *, named: bool = False) -> str:
    simple = (
        len(text) == 1
        or text.isdigit()
        or (named and text.isalnum())
        or (text[:1] == "(" and _is_enclosed(text))
    )
    return text if simple else f"({text})"


def _is_enclosed(text: str) -> bool:
    return text[-1:] == ")" and text.count("(") == 1


def _script(text: str, *, raised: bool) -> str:
    if not text:
        return ""
    if raised and text in ("∘", "°"):
        return "°"
    if raised and (not text.strip("′") or text in ("st", "nd", "rd", "th")):
        return text
    each: Mapping[str, str] = RAISED if raised else LOWERED
    alone = RAISED_ALONE if raised else LOWERED_ALONE
    if all(character in each for character in text) and text not in ("(", ")"):
        return "".join(each[character] for character in text)
    if text in alone:
        return alone[text]
    mark = "^" if raised else "_"
    simple = len(text) == 1 or text.replace(".", "").isalnum() or _is_enclosed(text)
    return mark + (text if simple and (text[0] == "(" or text[-1] != ")") else f"({text})")
