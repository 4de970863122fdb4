"""Maths in TeX → one `<math>` element that is safe to put into a page.

latex2mathml does the translation. What it gives is not trusted: its tree is written anew here,
with the elements and attributes of MathML Core and no others, and every sign in a text that could
mean anything to HTML or Markdown as a numeric entity (as `writing.escaping` does). So the
element can stand in a block of HTML and in a line of Markdown alike. The TeX stands in the
attribute `data-tex`, for copying: not in an `<annotation>`, whose text would be doubled wherever
a page is read without its markup.
"""

from __future__ import annotations

import re
import string
import unicodedata
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING

from generator.enriching.operatornames import space_names

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

LONGEST = 400
"""Characters of the longest formula that is drawn."""
DEEPEST = 40
"""Elements within elements; TeX within reason needs far fewer."""

_CORE = """
    math mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow mspace msqrt
    mstyle msub msubsup msup mtable mtd mtext mtr munder munderover
"""
_ELEMENTS = frozenset(_CORE.split())
_CORE_ATTRIBUTES = """
    accent accentunder columnspan depth displaystyle fence form height largeop linethickness
    lspace maxsize minsize movablelimits rowspan rspace scriptlevel separator stretchy symmetric
    voffset width
"""
_ATTRIBUTES = frozenset(_CORE_ATTRIBUTES.split())
_VALUE = re.compile(r"[A-Za-z0-9.%+-]{1,16}")
_LOST = re.compile(r"[\x00-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_ESCAPED = {ord(mark): f"&#{ord(mark)};" for mark in string.punctuation}
_OWN_LETTERS = {
    "bold": "BOLD",
    "bold-italic": "BOLD ITALIC",
    "double-struck": "DOUBLE-STRUCK",
    "fraktur": "FRAKTUR",
    "monospace": "MONOSPACE",
    "sans-serif": "SANS-SERIF",
    "script": "SCRIPT",
}
"""MathML Core has no such attribute: the letters themselves are bold, or script."""


class _UnsafeError(Exception):
    """Something that MathML Core does not have, or what latex2mathml could not translate."""


@lru_cache(maxsize=4096)
def mathml(tex: str, written: str = "") -> str | None:
    """Draw a formula on one line of text; None where there is nothing sensible to show.

    `written` is the TeX to keep for copying, where it is not the same.
    """
    if len(tex) > LONGEST or _is_deep(tex):
        return None
    from latex2mathml.converter import convert_to_element  # Heavy, and most papers draw none.

    try:
        tree = convert_to_element(tex)
        space_names(tree)
        parts: list[str] = []
        _write(tree, parts, 0)
    except Exception:  # Whatever a foreign parser raises on hostile text.
        return None
    if not any(part[0] != "<" for part in parts):
        return None
    return f'<math data-tex="{_escape(written or tex)}">' + "".join(parts[1:])


def _is_deep(tex: str) -> bool:
    depth = 0
    for sign in tex:
        depth += (sign == "{") - (sign == "}")
        if depth > DEEPEST or depth < -DEEPEST:
            return True
    return tex.count("\\left") + tex.count("^") + tex.count("_") + tex.count("\\over") > DEEPEST


def _write(element: Element, parts: list[str], depth: int) -> None:
    name = element.tag
    if name not in _ELEMENTS or depth > DEEPEST or (depth and name == "math"):
        raise _UnsafeError(name)
    attributes = "".join(
        f' {key}="{value}"'
        for key, value in sorted(element.attrib.items())
        if key in _ATTRIBUTES and _VALUE.fullmatch(value)
    )
    variant = element.get("mathvariant", "")
    if name == "mi" and variant == "normal":
        attributes += ' mathvariant="normal"'
    parts.append(f"<{name}{attributes}>")
    if element.text:
        text = unescape(element.text)
        if "\\" in text and text != "\\":
            raise _UnsafeError(text)
        if name == "mi" and variant in _OWN_LETTERS:
            text = "".join(_letter(sign, _OWN_LETTERS[variant]) for sign in text)
        if plain := _escape(text):
            parts.append(plain)
    for child in element:
        _write(child, parts, depth + 1)
        if child.tail and child.tail.strip():
            raise _UnsafeError(child.tail)
    parts.append(f"</{name}>")


def _letter(sign: str, style: str) -> str:
    """Give a letter or digit of its own style, or as it is where Unicode has none."""
    if not sign.isascii() or not sign.isalnum():
        return sign
    kind = "DIGIT" if sign.isdigit() else "CAPITAL" if sign.isupper() else "SMALL"
    name = unicodedata.name(sign).rpartition(" ")[2]
    for start in ("MATHEMATICAL ", ""):
        try:
            return unicodedata.lookup(f"{start}{style} {kind} {name}")
        except KeyError:
            continue
    return sign


def _escape(text: str) -> str:
    text = _SURROGATE.sub("\ufffd", _LOST.sub(" ", text))
    return text.translate(_ESCAPED)
