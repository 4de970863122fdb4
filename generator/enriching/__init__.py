"""Enriching: what several digests say, made into one library in which each paper stands once.

The one function that the rest of the project calls is `build_library`. It takes digests as
`generator.reading` gives them and the vocabulary of tags; it returns a `Library`. Nothing here
reads a file, asks the network or looks at a clock, and nothing depends on the order in which
files were found: the same digests give the same library.

    repeats      which records are the same paper
    slugs        the last part of each paper's address
    links        addresses in text: where they stand, with linkcertainty and linkrepair
    addresses    completing, refusing and comparing addresses; linkkinds says what they lead to
    findit       searches for a title at other sites
    vocabulary   the tags there are, read by entries
    tagging      the tags that a paper gets, by words
    forms        one form for characters that mean the same
"""

from __future__ import annotations

from generator.enriching.library import build_library

__all__ = ["build_library"]
