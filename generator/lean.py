"""Scripts and stylesheets as readers get them: without comments and indentation.

They are written to be read, and a sixth of what a page fetches would be remarks on why. Lines stay
lines, and nothing is renamed or joined, so that what a browser complains of can still be found in
the source. A minifier would save little more after compression and would have to be trusted with
every construct of two languages; this only takes out what stands on lines of its own, and leaves a
file alone in which a text runs over several lines.
"""

from __future__ import annotations

import re
from functools import lru_cache

_COMMENT = re.compile(r"^[ \t]*/\*(?:(?!\*/).)*\*/[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_REMARK = re.compile(r"^[ \t]*//.*$\n?", re.MULTILINE)
_INDENT = re.compile(r"^[ \t]+|[ \t]+$", re.MULTILINE)
_EMPTY = re.compile(r"\n{2,}")


@lru_cache(maxsize=128)
def lean_style(text: str) -> str:
    """Return a stylesheet without comments on lines of their own, indentation and empty lines."""
    return _tightened(_COMMENT.sub("", text))


@lru_cache(maxsize=128)
def lean_script(text: str) -> str:
    """Return a script likewise; as it is if a text in backticks runs over several lines."""
    plain = _REMARK.sub("", _COMMENT.sub("", text))
    if any(line.count("`") % 2 for line in plain.splitlines()):
        return text
    return _tightened(plain)


def _tightened(text: str) -> str:
    return _EMPTY.sub("\n", _INDENT.sub("", text)).lstrip("\n")
