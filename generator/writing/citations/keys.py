r"""Citation keys: what a writer types into `\cite{…}`, and what tells entries apart in a file.

A key is the last part of the paper's permalink. That is long, but it is the one name that never
changes, that no other paper has, and that needs no look at other papers: a key made of author
and year would need both, and a shorter one could come to mean another paper.
"""

from __future__ import annotations

import re

_OTHER = re.compile(r"[^a-z0-9-]")


def key_of(slug: str) -> str:
    """Return the key of the paper with this slug: only letters, digits, `-` and `_`.

    Slugs of papers are their own keys. Any other character becomes its code between underscores,
    so that two names never share a key, whatever is passed in.
    """
    return _OTHER.sub(lambda found: f"_{ord(found[0]):x}_", slug)
