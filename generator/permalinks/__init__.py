"""Addresses for ever: which were published, and what stands there when a page has moved or gone.

`docs/permalinks.txt` has a line for each address that readers may have kept. A line that no page
answers must say what became of it:

    papers/on-bees/
    papers/old-title/ -> papers/new-title/
    papers/never-meant/ gone: its authors withdrew it

    ledger      the text of that file, as it stands
    permanent   which addresses of a site are for ever; standing tells those of a library
    judging     whether a site keeps what the file promises, with problems by line
    guessing    what has probably taken the place of a page
    recording   the file written anew, with what is new and what became of the old
    pages       the page at an address that has moved or gone
    feeds       feeds of a tag that moved, where they were

Nothing here touches disk. Without a file every address is free to go: a new site has none.
"""

from __future__ import annotations

from generator.permalinks.judging import Verdict, judge
from generator.permalinks.ledger import Ledger, read_ledger

__all__ = ["Ledger", "Verdict", "judge", "read_ledger"]
