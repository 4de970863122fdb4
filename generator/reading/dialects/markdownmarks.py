r"""Read marks of Markdown inside a line: links, emphasis, escapes, tags.

Only what lists of papers have. What an abstract says stays as it is: stars and backslashes there
are formulas more often than marks.
"""

from __future__ import annotations

import html
import re

from generator.reading.lines import fold

_LINK = re.compile(
    r"!?\[([^\[\]]{0,300})\]\(<?([^()\s<>]{0,500}(?:\([^()\s<>]{0,200}\)[^()\s<>]{0,500})?)>?\)"
)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~-])")
_STRONG = re.compile(r"\*\*|__(?=\w)|(?<=\w)__")
_ONLY_MARKS = re.compile(
    r"(?:\[!\[[^\[\]]{0,200}\]\([^()\s]{0,500}\)\]\([^()\s]{0,500}\)|<summary>[^<>]{0,60}</summary>"
    r"|<[/!]?[A-Za-z][^<>]{0,200}>|!\[[^\[\]]{0,200}\]\([^()\s]{0,500}\)|[-*_]{3,}|\s)+"
)
_BULLET = re.compile(r"(?:[-*+•●▪◦‣]|[0-9]{1,2}[.)]) ?(?=\S)")
_ITALIC = re.compile(r"([*_])(?=[^*_\s])([^*]{1,5000})\1")


def plain(text: str) -> str:
    """Return a heading or a summary as it reads: links by their words, no emphasis."""
    shown = _LINK.sub(lambda match: match[1], text)
    shown = _ESCAPE.sub(lambda match: match[1], _STRONG.sub("", shown))
    return fold(html.unescape(shown))


def links_of(text: str) -> list[tuple[str, str]]:
    """Return words and address of each link of a line, in order; pictures are none."""
    return [
        (fold(match[1]), match[2])
        for match in _LINK.finditer(text)
        if not match[0].startswith("!") and match[2].startswith(("http://", "https://"))
    ]


def is_only_marks(text: str) -> bool:
    """Whether a line has nothing to read: a rule, tags, pictures."""
    return _ONLY_MARKS.fullmatch(text) is not None


def unbulleted(text: str) -> str | None:
    """Return an item of a list without its bullet; None if the line is no item."""
    match = _BULLET.match(text)
    return text[match.end() :] if match and not text.startswith("**") else None


def emphasised(text: str) -> str | None:
    """Return the words of a line that is in italics from end to end; None for any other."""
    match = _ITALIC.fullmatch(text)
    return match[2] if match else None
