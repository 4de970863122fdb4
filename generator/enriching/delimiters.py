r"""Where maths and groups of TeX begin and end: `$…$`, `\(…\)`, `{…}`.

Above all, what is *not* maths though it stands between dollars: sums of money, names of shell
variables, prose between stray dollars. Nothing is translated here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from generator.enriching.symbols import FUNCTIONS

_BRACES = re.compile(r"\\[^\n]|[{}]|\n\n")
_INSIDE = r"((?:[^$\\\n]|\\[^\n]){1,500}?)"
_ONE_DOLLAR = re.compile(rf"\${_INSIDE}\$")
_TWO_DOLLARS = re.compile(rf"\$\${_INSIDE}\$\$")
_BRACKETED = re.compile(
    r"\\\(((?:[^\\\n]|\\[^()\[\]\n]){1,500})\\\)|\\\[((?:[^\\\n]|\\[^()\[\]\n]){1,500})\\\]"
)
_SURELY_MATHS = re.compile(r"[\^_]|[A-Za-z0-9)] ?[=<>+*/] ?[A-Za-z0-9(]|\A\s?[A-Z]\([a-z]")
_STRONG = re.compile(
    r"\\[A-Za-z]{1,20}|\\[{}|]|\^|(?<![A-Za-z][A-Za-z])_(?:[A-Za-z0-9](?![A-Za-z])|\W)|_\{"
)
_WEAK = re.compile(r"[A-Za-z0-9 =<>+\-*/|(),.'!:;%\[\]≤≥∞α-ωΓ-Ω×]{1,120}")
_GROUPED = re.compile(r"\\[,;!]|[{}]")
_WORDS_IN_TEXT = re.compile(
    r"\\(?:text|mbox|operatorname|math)[a-z]{0,6} ?\{[^{}]{0,120}\}|\\[A-Za-z]{1,30}"
)
_PROSE = re.compile(r"(?<![A-Za-z])[a-z]{2,} [a-z]{2,}(?![A-Za-z(])|[.,;] [a-z]{2,} ")
_WORD = re.compile(r"[A-Za-z]{2,}(?!\()")
_AMOUNT = re.compile(r"\d[\d.,]*\s?(?:[KMB]|bn|million|billion|thousand)?\s?[-–/,;]?\s?")
_NUMBERS = re.compile(r"[\d.,% ]+[A-Za-z]{0,2}[.,)]?")
_OPERATION = re.compile(r"[=<>+*/|(×≤≥-]")
_COUNT = re.compile(r"\d[\d.,]*")
_UNIT = re.compile(r"[KMBTx](?![A-Za-z0-9])")
_ONE_NAME = re.compile(r"\(?[A-Za-z]{1,8}'?\)?|[A-Za-z]{1,3}_[A-Za-z0-9]")


def pair_braces(text: str, keep: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Say where each group ends: none that reaches out of its paragraph, none in a kept span."""
    starts = [start for start, _ in keep]
    closing: dict[int, int] = {}
    opened: list[int] = []
    at = 0
    while match := _BRACES.search(text, at):
        at = match.end()
        number = bisect_right(starts, match.start()) - 1
        if number >= 0 and match.start() < keep[number][1]:
            at = max(at, keep[number][1])
        elif match[0] == "{":
            opened.append(match.start())
        elif match[0] == "}":
            if opened:
                closing[opened.pop()] = match.start()
        elif match[0] == "\n\n":
            opened.clear()
    return closing


def dollars(text: str, at: int, stop: int) -> tuple[str, int] | None:
    """Give the maths between the dollars that stand at `at`, and the place behind; None if none."""
    doubled = text.startswith("$$", at)
    match = (_TWO_DOLLARS if doubled else _ONE_DOLLAR).match(text, at, stop)
    if not match or (text[at - 1 : at].isalpha() and at and match[1][0].isdigit()):
        return None  # As in US$5.
    number = _COUNT.fullmatch(match[1]) and _UNIT.match(text, match.end())
    if not number and not is_maths(match[1], text[match.end() : match.end() + 1]):
        return None
    return match[1], match.end()


def brackets(text: str, at: int, stop: int) -> tuple[str, int] | None:
    r"""Do the same for `\(…\)` and `\[…\]`, which Markdown also uses for plain brackets."""
    match = _BRACKETED.match(text, at, stop)
    if not match:
        return None
    content = match[1] or match[2]
    plain = "\\" not in content and (match[2] or len(content.strip()) > 1)
    if (plain and not _SURELY_MATHS.search(content)) or not is_maths(content, ""):
        return None
    return content, match.end()


def is_maths(content: str, after: str) -> bool:
    """Say whether what stands between two dollars is maths; `after` is the character behind it.

    Sums of money ("$5 and $6"), names of shell variables and prose between stray dollars are
    none: maths without a command of TeX has no words, and no space on only one side.
    """
    inner = content.strip()
    if not inner or "`" in inner:
        return False
    one_sided = content[0].isspace() != content[-1].isspace()
    if _AMOUNT.fullmatch(inner) and (one_sided or after.isalnum() or not inner[-1].isdigit()):
        return False
    if _STRONG.search(inner):
        prose = _PROSE.search(_WORDS_IN_TEXT.sub("\\\\", inner))
        stray = one_sided and (content[-1].isspace() or _WORD.search(inner)) and "\\" not in inner
        return not prose and not stray
    if one_sided or (content != inner and len(inner) > 1 and inner.isalpha()):
        return False
    return _is_plain_maths(_GROUPED.sub("", inner.replace("\\%", "%")), after)


def _is_plain_maths(inner: str, after: str) -> bool:
    """Judge what has no command of TeX, no raised and no lowered sign."""
    if not _WEAK.fullmatch(inner.replace("_", "")) or inner[0] in ",.;:!":
        return False
    if after.isalnum() and (len(inner) > 2 or inner[0].isdigit()):
        return False
    if _ONE_NAME.fullmatch(inner):
        return True
    if inner[0].isdigit() and not _NUMBERS.fullmatch(inner) and not _OPERATION.search(inner):
        return False
    known = all(word in FUNCTIONS or word in ("dim", "bits") for word in _WORD.findall(inner))
    return known or ("(" in inner and not _PROSE.search(inner))
