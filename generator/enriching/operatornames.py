"""The thin spaces around the names of functions in maths: "n log n", not "nlogn".

TeX gives them by what stands beside a name; latex2mathml does not, and MathML Core has spaces of
its own for signs only. `mathml` calls this on its tree before it writes it.
"""

from __future__ import annotations

from html import unescape
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from generator.enriching.symbols import OPERATORS

if TYPE_CHECKING:
    from collections.abc import Iterator

THIN = "0.1667em"
"""A sixth of an em, as in TeX."""

_SCRIPTED = frozenset(["msub", "msup", "msubsup", "munder", "mover", "munderover"])
"""Elements that are spaced as what they stand at, their first child."""
_ROWS = frozenset(["math", "mrow", "msqrt", "mstyle", "mtd", "mphantom", "mpadded"])
_CLOSING = frozenset(")]}⟩⌉⌋!")


def space_names(element: Element) -> None:
    """Put thin spaces around the names of functions, in the tree as it is; what is deep stays."""
    waiting = [element]
    while waiting:
        one = waiting.pop()
        _name(one)
        if one.tag in _ROWS and any(_is_name(_core(child)) for child in one):
            one[:] = list(_spaced(list(one)))
        waiting.extend(one)


def _name(element: Element) -> None:
    r"""Take from a name what is not its own: a sign's wide spaces, the backslash of `\arg`."""
    text = element.text or ""
    if element.tag == "mi" and text[:1] == "\\" and text[1:] in OPERATORS:
        element.text = text[1:]
    elif element.tag == "mo" and _is_name(element):
        element.set("lspace", "0em")
        element.set("rspace", "0em")


def _spaced(row: list[Element]) -> Iterator[Element]:
    if row:
        yield row[0]
    for before, behind in pairwise(row):
        left, right = _core(before), _core(behind)
        if (_is_name(left) and _begins(right)) or (_is_name(right) and _ends(left)):
            yield Element("mspace", width=THIN)
        yield behind


def _core(element: Element) -> Element:
    """Give what decides how an element is spaced: without its scripts, and out of its braces."""
    while len(element) and (
        element.tag in _SCRIPTED or (element.tag == "mrow" and len(element) == 1)
    ):
        element = element[0]
    return element


def _is_name(element: Element) -> bool:
    r"""Say whether this is the name of a function; `\bmod` is a sign between two things."""
    if element.tag not in ("mi", "mo") or len(element):
        return False
    letters = unescape(element.text or "").lstrip("\\")
    letters = "".join(letters.split())
    return len(letters) > 1 and letters.isalpha() and letters.isascii() and letters != "mod"


def _begins(element: Element) -> bool:
    """Say whether an operand begins here that would run into a name before it."""
    if element.tag == "mrow" and len(element):
        return _begins(_core(element[0]))
    return _is_operand(element)


def _ends(element: Element) -> bool:
    """Say whether an operand ends here that would run into a name behind it."""
    is_closing = element.tag == "mo" and unescape(element.text or "") in _CLOSING
    return is_closing or _is_operand(element)


def _is_operand(element: Element) -> bool:
    """Say whether this has no space of its own, as signs do."""
    if element.tag == "mo":
        return _is_name(element)
    if element.tag == "mtext":
        return bool(unescape(element.text or "").strip())
    return element.tag != "mspace" and (element.tag != "mrow" or len(element) > 0)
