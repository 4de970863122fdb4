"""See what is odd about an abstract, whatever form it came in."""

from __future__ import annotations

from generator.model import Problem, Source
from generator.reading import paperproblems
from generator.reading.evidence import is_cut

_BOT = (
    "this is an automated message from the librarian bot",
    "please give a thumbs up",
    "i found the following papers similar to this paper",
    "you can directly ask librarian bot",
)
_SHORT = 40
"""Characters up to which an abstract without a letter is warned of."""


def doubt_of(title: str, abstract: str, source: Source) -> Problem | None:
    """Return what a careful person would look at twice; `source` is where the abstract begins."""
    if abstract.casefold() == title.casefold():
        return paperproblems.abstract_is_title(source, title)
    if len(abstract) < _SHORT and not any(char.isalpha() for char in abstract):
        return paperproblems.empty_abstract(source, abstract)
    if any(map(abstract[:2000].lower().__contains__, _BOT)):
        return paperproblems.bot_abstract(source, abstract)
    if is_cut(abstract):
        return paperproblems.cut_abstract(source, abstract)
    return None
