"""Keys of drafts: digests of values, so that what came out of equal values is not made again.

Whoever drafts a page names the values that the page is made of, and nothing else goes into it.
Of a paper, which many pages show, a digest of its own stands for its text: see `stamp_of`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import msgspec

from generator.model import Paper

SIZE = 16
"""Bytes of a digest."""

_encode = msgspec.msgpack.Encoder().encode


def key_of(*values: Any) -> bytes:
    """Return a digest of plain values, structs, and lists and mappings of them."""
    return hashlib.blake2b(_encoded(values), digest_size=SIZE).digest()


def stamp_of(paper: Paper, tags: Mapping[str, str]) -> bytes:
    """Return a digest of all that a paper says, wherever it is shown, with its tags' names.

    `tags` are names by slug. Where it stands and what is related to it change with other papers:
    they are left out.
    """
    return key_of(
        paper.slug,
        paper.title,
        paper.abstract,
        paper.title_marks,
        paper.abstract_marks,
        paper.mentions,
        paper.authors,
        paper.arxiv,
        paper.doi,
        paper.links,
        [(slug, tags[slug]) for slug in paper.tags],
        paper.notes,
        paper.published,
        paper.acronyms,
    )


def _encoded(values: Any) -> bytes:
    try:
        return _encode(values)
    except UnicodeEncodeError:  # A lone surrogate, which no UTF-8 can hold.
        return repr(values).encode("utf-8", "backslashreplace")
