"""Read `Key: value` lines: which keys there are and what makes a good value.

Where a key line can stand is decided in `pairing`; here is only its form.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import unquote

import msgspec
from rapidfuzz import fuzz

from generator.reading.dates import day_in
from generator.reading.evidence import ends_sentence, leaning

_KEYS = ("Authors", "arXiv", "DOI", "Published", "Link", "Tags", "Note")
KEYS = {key.lower(): key for key in _KEYS}
SINGLE = frozenset({"Authors", "arXiv", "DOI", "Published"})
"""Keys that a paper may have once."""
AUTHORS_APART, TAGS_APART = ";；", ",;，；、"
"""What stands between the items of a value; no item can have it."""
EXAMPLES = {
    "Authors": "Authors: Ada Lovelace; Charles Babbage",
    "arXiv": "arXiv: 2503.04715",
    "DOI": "DOI: 10.1000/182",
    "Published": "Published: 2025-03-09",
    "Link": "Link: https://github.com/owner/name",
    "Tags": "Tags: retrieval, legal NLP",
    "Note": "Note: to appear at ICLR 2025",
}
_MEANT = {
    "Authors": "author authors by writer writers",
    "arXiv": "arxiv arxivid id identifier eprint",
    "Link": "links url urls web website homepage home code github project projectpage paper pdf "
    "demo video data dataset page source",
    "Tags": "tag keyword keywords topic topics subject subjects category categories area",
    "Note": "notes comment comments remark venue journal conference year publisher "
    "booktitle affiliation organisation organization institution",
}
_NEAREST = {word: key for key, words in _MEANT.items() for word in words.split()}
_HEAD = 40
"""Characters among which a key's colon stands."""
_PROSE = 3.0
"""Leaning from which a sentence behind `Tags:` is prose."""
_ALIKE = 75.0
"""Similarity, of 100, from which a word counts as a slip for a key: `Autors`, `Arxive`."""
_COLON = re.compile("[:：]")
_SHAPE = re.compile(
    r"([^\W\d_][\w./&-]{0,23}(?: [\w./&-]{1,24}){0,2}) ?[:：](?!//) ?(.*)", re.DOTALL
)

_ARXIV_PREFIX = re.compile(
    r"(?:arxiv:\s*|(?:https?://)?(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/)", re.IGNORECASE
)
_ARXIV_NEW = re.compile(r"([0-9]{2}(?:0[1-9]|1[0-2])\.[0-9]{4,5})(?:v[0-9]{1,3})?(?:\.pdf)?/?")
_ARXIV_OLD = re.compile(
    r"([a-z]{2,10}(?:-[a-z]{2,6})?)(\.[a-z]{2})?/([0-9]{7})(?:v[0-9]{1,3})?(?:\.pdf)?/?",
    re.IGNORECASE,
)
_ARXIV_CLASS = re.compile(r"\s+\[[\w.-]{2,20}\]$")
_DOI_PREFIX = re.compile(r"(?:doi:\s*|(?:https?://)?(?:dx\.|www\.)?doi\.org/)", re.IGNORECASE)
_DOI = re.compile(
    r"10\.[0-9]{4,9}(?:\.[0-9]{1,9})*/[^\s\"<>]{1,300}"
    r"(?:<[0-9]{1,9}:[A-Za-z0-9:#-]{1,30}>[^\s\"<>]{1,40})?"
)
"""Angle brackets stand only as in old ones: `…17:15/16<1661::AID-SIM968>3.0.CO;2-#`.

An address pasted with others, as of HTML, is not guessed at.
"""


class KeyLine(msgspec.Struct, frozen=True):
    """A line with the form `Word: value`."""

    word: str
    """As written."""
    key: str | None
    """The key in its usual spelling, None for a word that is no key."""
    value: str


def key_line_of(text: str) -> KeyLine | None:
    """Read a line with folded white space; None if it has not the form `Word: value`."""
    match = _SHAPE.fullmatch(text if text[:_HEAD].isascii() else _printing(text))
    if match is None:
        return None
    return KeyLine(match[1], KEYS.get(match[1].lower()), match[2])


def _printing(text: str) -> str:
    """Drop what prints nothing from a line's word: a soft hyphen hides no key.

    The value keeps all that it has: names are written with such characters in some languages.
    """
    colon = _COLON.search(text, 0, _HEAD)
    end = colon.end() if colon else _HEAD
    head = "".join(char for char in text[:end] if unicodedata.category(char) != "Cf")
    return head.lstrip() + text[end:]


def nearest_key(word: str) -> str | None:
    """Return the key that a wrong word stands for, None if it is like none of them."""
    plain = re.sub(r"[^a-z]", "", word.lower())
    return _NEAREST.get(plain) or _slip(plain)


def is_slip(word: str) -> bool:
    """Whether a wrong word is a key with a letter more, less or changed: `Autors`."""
    plain = re.sub(r"[^a-z]", "", word.lower())
    slip = _slip(plain)
    # "Publisher" is a word of its own, however near to "Published".
    return slip is not None and _NEAREST.get(plain, slip) == slip


@lru_cache(maxsize=1 << 12)
def _slip(plain: str) -> str | None:
    best = max(KEYS, key=lambda key: fuzz.ratio(plain, key))
    return KEYS[best] if fuzz.ratio(plain, best) >= _ALIKE else None


def arxiv_of(value: str) -> str | None:
    """Return the identifier without version or prefix: `2503.04715`, `cs/0112017`."""
    rest = _ARXIV_CLASS.sub("", value.strip())
    for _ in range(2):
        rest = _ARXIV_PREFIX.sub("", rest, count=1) if _ARXIV_PREFIX.match(rest) else rest
    rest = re.split(r"[?#]", rest, maxsplit=1)[0]
    if (new := _ARXIV_NEW.fullmatch(rest)) is not None:
        return new[1]
    if (old := _ARXIV_OLD.fullmatch(rest)) is not None:
        return f"{old[1].lower()}{(old[2] or '').upper()}/{old[3]}"
    return None


def doi_of(value: str) -> str | None:
    """Return the identifier in lower case without resolver: `10.1000/182`."""
    rest = value.strip()
    match = _DOI_PREFIX.match(rest)
    if match is not None:
        rest = rest[match.end() :]
        if "://" in match[0] or "/" in match[0]:
            rest = unquote(rest)
    rest = rest.rstrip(".,;").lower()
    # What an escape such as %00 stood for may not be text at all.
    return rest if rest.isprintable() and "\ufffd" not in rest and _DOI.fullmatch(rest) else None


def in_one_piece(value: str) -> bool:
    """Whether a value can be an address at all: there is no white space in it."""
    return bool(value) and not any(char.isspace() for char in value)


def items_of(value: str, separators: str) -> tuple[str, ...]:
    """Split a list at any of the separators; empty items and repeats are dropped."""
    parts = re.split(f"[{separators}]", value)
    return tuple(dict.fromkeys(part for part in map(str.strip, parts) if part))


def is_prose(line: KeyLine) -> bool:
    """Whether a line with a key's form may be text all the same: the value is not the key's."""
    match line.key:
        case "arXiv":
            return arxiv_of(line.value) is None
        case "DOI":
            return doi_of(line.value) is None
        case "Published":
            return day_in(line.value) is None
        case "Link":
            return not in_one_piece(line.value)
        case "Authors" | "Tags":
            return ends_sentence(line.value) and leaning(line.value) > _PROSE
        case key:
            return key == "Note"
