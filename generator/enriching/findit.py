"""Searches by title at places where papers can be read: addresses only, nothing is asked for.

These are no links of the authors: pages must show them as a different thing.
"""

from __future__ import annotations

from urllib.parse import quote_plus

PLACES = (
    ("arXiv", "https://arxiv.org/search/?searchtype=title&query="),
    ("Hugging Face", "https://huggingface.co/papers?q="),
    ("Semantic Scholar", "https://www.semanticscholar.org/search?q="),
    ("Google Scholar", "https://scholar.google.com/scholar?q="),
)
"""Name of each place, and the address of a search there but for what is asked."""

_LONGEST = 300
"""Characters of a title that are searched for: enough to find it, short enough for any server."""


def find_it_on(title: str) -> tuple[tuple[str, str], ...]:
    """Give (name of the place, address of its search for the title), always the same places."""
    query = query_of(title)
    return tuple((name, address + query) for name, address in PLACES)


def query_of(title: str) -> str:
    """Return what stands for a title in the address of a search.

    The title may be any text; characters that cannot be written in UTF-8 are left out.
    """
    words = " ".join(title.encode("utf-8", "ignore").decode("utf-8").split())
    if len(words) > _LONGEST:
        words = words[:_LONGEST].rsplit(" ", 1)[0]
    return quote_plus(words)
