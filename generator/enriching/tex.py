r"""TeX in running text → what it means: `\'e` is é, `\%` is %, `{\o}` is ø.

Only what is sure. In a path (`C:\new`), a pattern (`\d+`) or a quoted string (`\"so\"`) the same
signs mean something else, so that a backslash stays where nothing says that it is TeX. Commands
with an argument that is itself text (`\emph{…}`) are the business of `mending`.
"""

from __future__ import annotations

import re
import unicodedata

from generator.enriching.symbols import (
    DRESS,
    FONTS,
    FUNCTIONS,
    GREEK,
    LETTERS,
    MATHS_ACCENTS,
    RELATIONS,
    SIGNS,
    SWITCHES,
    TEXT_ACCENTS,
    WORDS,
)

_ACCENT = re.compile(
    r"""\\(?:
          (?P<mark>['"`^~=.vuHckrdb])\ ?\{\ ?\\?(?P<braced>[A-Za-z])\ ?\}
        | (?P<sign>['"`^~=])\\?(?P<bare>[A-Za-z])(?:\{\})?
        )""",
    re.VERBOSE,
)
_GROUPED = re.compile(
    r"""\{\\(?:
          (?P<mark>['"`^~=.])\ ?\{?\\?(?P<accented>[A-Za-z])\}?
        | (?P<letters>[vuHckrdb])\ ?\{?\\?(?P<base>[A-Za-z])\}?
        | (?P<letter>[A-Za-z]{1,20})\ ?(?:\{\})?
        )\}""",
    re.VERBOSE,
)
_LETTER = re.compile(r"\\([A-Za-z]{1,2})(?:\{\}|\ (?=[a-z])|(?![A-Za-z{]))")
_QUOTED = re.compile(r"""\\["'`](?![A-Za-z{\\])|[A-Za-z]\\'(?:s|t|re|ll|ve|m|d)(?![A-Za-z])""")
_RAW = re.compile(
    r"(?<![A-Za-z])[A-Za-z]:\\|\\\\|\\[dwsbDWSB][+*?)\]]|\\[dwsDWS]\{\d|\[\^|\(\?[:=!<]|\.\*|\\[nrt]\\"
)
_COMMAND = re.compile(r"\\([A-Za-z]{2,})")
_KNOWN = (
    frozenset(WORDS)
    | frozenset(DRESS)
    | frozenset(LETTERS)
    | frozenset(GREEK)
    | frozenset(RELATIONS)
    | frozenset(SIGNS)
    | FUNCTIONS
    | FONTS
    | frozenset(MATHS_ACCENTS)
    | SWITCHES
    | {"href", "sqrt", "frac", "big", "Big", "left", "right", "quad"}
)
_BARE = {
    "'": "aeiouyAEIOUYcnszCNSZ",
    '"': "aeiouyAEIOUY",
    "`": "aeiouAEIOU",
    "^": "aeiouAEIOU",
    "~": "naoNAO",
    "=": "aeiouAEIOU",
}
_AROUND = 80


def is_raw(text: str, at: int) -> bool:
    """Say whether the backslash at `at` stands in a path or a pattern, which stay as they are.

    Looks at the word around it, at most some 80 characters to each side.
    """
    before = text[max(0, at - _AROUND) : at]
    after = text[at : at + _AROUND]
    word = (before.split()[-1] if before and not before[-1].isspace() else "") + (
        after.split(maxsplit=1)[0] if after.strip() else ""
    )
    if _RAW.search(word):
        return True
    return "{" not in word and any(name not in _KNOWN for name in _COMMAND.findall(word))


def is_quoting(text: str) -> bool:
    r"""Say whether a text has backslashes before quotation marks, as programs print strings."""
    return bool(_QUOTED.search(text))


def accent(text: str, at: int, end: int, *, quoting: bool) -> tuple[int, str] | None:
    r"""Read an accent at a backslash: where it ends, and the letter; None if there is none.

    With `quoting`, `\"` and the like count only with braces.
    """
    match = _ACCENT.match(text, at, end)
    if not match:
        return None
    if match["mark"]:
        letter = _composed(match["braced"], match["mark"])
        return (match.end(), letter) if letter else None
    sign, bare = match["sign"], match["bare"]
    if quoting or bare not in _BARE[sign]:
        return None
    if bare not in "aeiouyAEIOUY" and not text[at - 1 : at].isalpha():
        return None
    letter = _composed(bare, sign)
    return (match.end(), letter) if letter else None


def grouped(text: str, at: int, end: int) -> tuple[int, str] | None:
    r"""Read a letter in a group of its own, such as `{\'e}` or `{\o}`, at an opening brace."""
    match = _GROUPED.match(text, at, end)
    if not match:
        return None
    if match["letter"]:
        letter = LETTERS.get(match["letter"]) or WORDS.get(match["letter"])
    else:
        letter = _composed(match["accented"] or match["base"], match["mark"] or match["letters"])
    return (match.end(), letter) if letter else None


def letter(text: str, at: int, end: int) -> tuple[int, str] | None:
    r"""Read a letter that has a command of its own, `\ss` or `\o{}`, within or before a word."""
    match = _LETTER.match(text, at, end)
    if not match or match[1] not in LETTERS:
        return None
    touches = text[at - 1 : at].isalpha() if at else False
    if not touches and len(match[1]) == 1 and not match[1].isupper():
        return None
    if not touches and not text[match.end() : match.end() + 1].isalpha():
        return None
    return match.end(), LETTERS[match[1]]


def sign(text: str, at: int, end: int, stop: int) -> tuple[int, str] | None:
    r"""Read an escaped sign (`\%`), a space of TeX or a command that is a word."""
    name = text[at + 1 : end]
    before, after = text[at - 1 : at] if at else "", text[end : end + 1]
    if name in ("%", "&", "_", "#", "$"):
        return end, name
    if name in ("{", "}"):
        return None
    if name in (",", ";", " ") and (before.isalnum() or before in (".", ")")) and after.strip():
        return end, " "
    if name == "-" and before.isalpha() and after.isalpha():
        return end, ""
    if name == "\\" and before == after == " " and end < stop:
        return end + 1, ""
    if name not in WORDS:
        return None
    if text.startswith("{}", end, stop):
        return end + 2, WORDS[name]
    return end, WORDS[name]


def _composed(base: str, mark: str) -> str | None:
    """Put an accent on a letter; None where no such letter exists."""
    whole = unicodedata.normalize("NFC", base + TEXT_ACCENTS[mark])
    return whole if len(whole) == 1 else None
