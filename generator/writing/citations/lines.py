"""Pasted text on one line, for formats in which a line end means something."""

from __future__ import annotations

import re

from generator.writing.escaping import clean

_SPACE = re.compile(r"\s")


def line(text: str) -> str:
    """Drop control characters and fold all white space, line and paragraph ends included."""
    return " ".join(spaced(text).split())


def spaced(text: str) -> str:
    """Make every kind of white space a space and drop control characters, without folding."""
    if text.isprintable():  # Of white space that is only the space.
        return text
    # In this order: some controls are line ends for Python and for readers of these formats.
    return clean(_SPACE.sub(" ", text))
