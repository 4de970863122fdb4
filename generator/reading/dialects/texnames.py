r"""TeX in catalogues and names → letters: `Sol\`a` is Solà, `{BERT}` is BERT.

Accents, letters with a command of their own, escaped signs and braces that only keep capitals
are made into what they mean. The rest of TeX in a title or an abstract, formulas above all, is
left as it stands: `enriching` knows what it means.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_WORDS = {
    "asciicircum": "^",
    "asciitilde": "~",
    "backslash": "\\",
    "bar": "|",
    "braceleft": "{",
    "braceright": "}",
    "endash": "–",
    "emdash": "—",
    "greater": ">",
    "less": "<",
    "quotedbl": '"',
    "underscore": "_",
}
_TOKEN = re.compile(
    r"""
    (?P<maths>\$[^$\n]{1,400}\$)
    | \\text(?P<word>[a-z]{3,11})(?:\{\}|\ |(?![A-Za-z]))
    | \\(?P<sign>[%&_\#${}])
    | (?P<accent>\\(?:["'`^~=.]|[cvuHkrdbt](?![A-Za-z]))\ ?
        (?:\{\ ?\\?[A-Za-z]{1,2}\ ?\}|\\?[A-Za-z]))
    | (?P<letter>\\(?:ss|ae|AE|oe|OE|aa|AA|o|O|l|L|i|j|dh|DH|th|TH)
        (?:\{\}|\ (?=[a-z])|(?![A-Za-z])))
    | (?P<open>\{) | (?P<close>\})
    """,
    re.VERBOSE,
)
_NEEDS_BRACES = re.compile(r"(?:\\[A-Za-z]{1,30}\s?|[\^_}\]])$")
"""What a group belongs to: a command, an index, a command's group before it."""
_LOOK_BACK = 32


def untexed(text: str) -> str:
    r"""Return the text with letters for TeX's; `$…$` and other commands stay as they are."""
    if "\\" not in text and "{" not in text:
        return text
    parts: list[str] = []
    groups: list[bool] = []
    seen = 0
    for match in _TOKEN.finditer(text):
        parts.append(text[seen : match.start()])
        seen = match.end()
        match match.lastgroup:
            case "word":
                parts.append(_WORDS.get(match["word"], match[0]))
            case "sign":
                parts.append(match["sign"])
            case "accent" | "letter":
                parts.append(_letters()(match[0]))
            case "open":
                before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
                groups.append(_NEEDS_BRACES.search(before) is not None)
                parts.append("{" if groups[-1] else "")
            case "close":
                parts.append("}" if not groups or groups.pop() else "")
            case _:
                parts.append(match[0])
    return "".join([*parts, text[seen:]])


@cache
def _letters() -> Callable[[str], str]:
    """Return what turns one short piece of TeX into a letter. The library loads slowly."""
    from pylatexenc.latex2text import LatexNodes2Text

    made: Any = LatexNodes2Text()

    @cache
    def letter(piece: str) -> str:
        return str(made.latex_to_text(piece)) or piece

    return letter
