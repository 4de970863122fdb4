"""Enriching: what several digests say, made into one library in which each paper stands once.

The rest of the project calls `build_library`, and for a site `comparing.compare` with its result.
It takes digests as `generator.reading` gives them and the vocabulary of tags; it returns a
`Library`. Nothing here reads a file, asks the network or looks at a clock, and nothing depends on
the order in which files were found: the same digests give the same library.

    desk         one paper after the other, with shelves that keep from build to build what it took
                 to make them (kept says what that is); drafting makes a paper of its records
    repeats      which records are the same paper
    slugs        the last part of each paper's address
    links        addresses in text: where they stand, with linkcertainty and linkrepair
    addresses    completing, refusing and comparing addresses; linkkinds says what they lead to
    findit       searches for a title at other sites
    vocabulary   the tags there are, read by vocabularytext and entries
    tagging      the tags that a paper gets, by words
    forms        one form for characters that mean the same
    comparing    every paper against every other, for a site alone: by vectors, related papers
                 (related) and places on a map (landscape); stopwords tell nothing
    trends       tags over time, and what rises or falls; chances has the distributions for it
"""

from __future__ import annotations

from generator.enriching.library import build_library

__all__ = ["build_library"]
