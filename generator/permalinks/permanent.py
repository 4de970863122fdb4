"""Which addresses of a site are for ever.

Papers, digests, tags, authors and years are, and each page at the top, such as `map/`; and so are
all pages written by hand. Not for ever are the further pages of a long list, such as `tags/x/2/`,
and the pages of a letter: what stands there moves on with every digest. The page on how a digest
was read, and the files beside a page, go where their page goes.
"""

from __future__ import annotations

from collections.abc import Iterable

from generator.writing import addresses

KINDS = ("papers", "digests", "tags", "authors", "years")
"""First steps of addresses below which each page stands for one thing."""


def is_permanent(address: str) -> bool:
    """Say of the address of a page that is made of digests whether it is for ever."""
    first, _, rest = address.partition("/")
    return (
        (bool(first) and not rest)
        or (first in KINDS and rest.count("/") == 1)
        or address == addresses.VOCABULARY
    )


def of_kind(known: Iterable[str], first: str) -> list[str]:
    """Return those addresses that stand for one thing below a first step, such as `papers`."""
    start = f"{first}/"
    return [address for address in known if address.startswith(start) and address.count("/") == 2]
