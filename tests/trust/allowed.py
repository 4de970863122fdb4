"""What a page may be made of, and whether a piece of HTML is made of anything else.

The list says what our templates write, and nothing more; `nh3`, which browsers' own rules are built
into, takes out whatever else there is. If that changes nothing, there was nothing else.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

import nh3

_ANY = "aria-label class dir id role"
_ATTRIBUTES = {
    "a": "aria-current aria-live download draggable hidden href rel",
    "abbr": "title tabindex aria-description",
    "article": "",
    "aside": "",
    "b": "",
    "bdi": "",
    "button": "aria-controls aria-expanded form hidden type value",
    "code": "",
    "dd": "",
    "del": "",
    "details": "open",
    "dialog": "aria-labelledby",
    "div": "data-acts data-desk data-paper data-tools hidden tabindex",
    "dl": "",
    "dt": "",
    "em": "",
    "fieldset": "",
    "form": "action autocomplete hidden method",
    "g": "",
    "h1": "",
    "h2": "",
    "h3": "",
    "header": "",
    "input": "accept autocapitalize autocomplete checked enterkeyhint hidden name placeholder"
    " readonly spellcheck type value",
    "ins": "",
    "label": "",
    "legend": "",
    "li": "",
    "main": "",
    "nav": "aria-labelledby",
    "ol": "start",
    "output": "data-alien data-goes data-none data-part data-stay",
    "p": "data-empty data-refused data-since data-what",
    "path": "d",
    "rect": "height width",
    "section": "data-list data-total hidden",
    "small": "",
    "span": "aria-current aria-description aria-hidden hidden tabindex title",
    "strong": "",
    "summary": "",
    "svg": "aria-hidden preserveAspectRatio viewBox",
    "table": "",
    "tbody": "",
    "td": "",
    "th": "scope",
    "thead": "",
    "tr": "",
    "ul": "",
}
_FORMULA = """
    mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow mspace msqrt mstyle
    msub msubsup msup mtable mtd mtext mtr munder munderover
"""
_LOOKS = """
    accent accentunder columnspan depth displaystyle fence form height largeop linethickness lspace
    mathvariant maxsize minsize movablelimits rowspan rspace scriptlevel separator stretchy
    symmetric voffset width
"""
ALLOWED = {
    **{name: {*_ANY.split(), *more.split()} for name, more in _ATTRIBUTES.items()},
    **{name: set(_LOOKS.split()) for name in _FORMULA.split()},
    "math": {"data-tex"},
}
"""By element, the attributes that it may have. None of them runs or fetches anything; links and
forms lead somewhere: to an address of `http` or `https`, or within the site."""

_DATA = re.compile(r'\n<script type="application/ld\+json">([^<]*)</script>\n\Z')
"""What a machine reads of a paper, at a page's end: no `<` in it, so nothing can end it."""

Piece = str | tuple[str, tuple[tuple[str, str], ...]]
"""A text without white space, or an element's start."""


class _Pieces(HTMLParser):
    """Takes HTML apart; ends of elements are left aside, since many may be left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Piece] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        plain = ((name, "".join((value or "").split())) for name, value in attrs)
        self.found.append((tag, tuple(sorted(plain))))

    handle_startendtag = handle_starttag

    def handle_data(self, data: str) -> None:
        text = "".join(data.split()).strip("\ufeff")
        if text and self.found and isinstance(self.found[-1], str):
            self.found[-1] += text
        elif text:
            self.found.append(text)

    def handle_comment(self, data: str) -> None:
        self.found.append(("a comment", (("text", data),)))

    def handle_decl(self, decl: str) -> None:
        self.found.append(("a declaration", (("text", decl),)))

    def handle_pi(self, data: str) -> None:
        self.found.append(("an instruction", (("text", data),)))

    def unknown_decl(self, data: str) -> None:
        self.found.append(("a section", (("text", data),)))


def pieces(fragment: str) -> list[Piece]:
    """Return the elements and texts of a fragment in order."""
    parser = _Pieces()
    parser.feed(fragment)
    parser.close()
    return parser.found


def shown(fragment: str) -> str:
    """Return the text of a fragment, without white space."""
    return "".join(piece for piece in pieces(_DATA.sub("", fragment)) if isinstance(piece, str))


def foreign(fragment: str) -> str:
    """Return the first thing in a fragment that our templates do not write; "" if there is none."""
    # What a template holds is no part of the document, so it would be looked at by nobody.
    body = re.sub(r"<(/?)template\b", r"<\1section", _DATA.sub("", fragment))
    cleaned = nh3.clean(
        body,
        tags=set(ALLOWED),
        attributes=ALLOWED,
        url_schemes={"http", "https"},
        link_rel=None,
        clean_content_tags=set(),
        strip_comments=False,
    )
    before, after = pieces(body), pieces(cleaned)
    if before == after:
        return ""
    pairs = zip(before, after, strict=False)
    return next((f"{one} → {other}" for one, other in pairs if one != other), "something was cut")
