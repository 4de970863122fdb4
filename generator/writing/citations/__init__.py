"""Citations: what the site knows of papers, in the formats of reference managers.

A paper becomes an `Entry`, an entry becomes text once in each format, and every file is a join
of such texts: of one paper, a digest, a tag, the library. Scripts on the site's pages join the
same texts for a reader's selection; tests/data/citations/cases.json is the table both are held to.

    entries   what is known of a paper
    people    names split where the split is sure
    keys      the key of a paper, for ever
    bibtex, ris, csl   an entry in each format; texmaths says which formulas BibTeX gets as TeX
    coins     the metadata within a paper's page
    files     how entries are joined, and where the files stand
    briefs    short entries for files of many papers, remembered
    shelves   which files there are, and what each holds
    offers    the line of links to the files, for the templates
"""

from __future__ import annotations

from generator.writing.citations.coins import coins
from generator.writing.citations.files import FORMATS, Format
from generator.writing.citations.offers import Offer, cite_line, offer
from generator.writing.citations.shelves import citation_drafts, cite

__all__ = ["FORMATS", "Format", "Offer", "citation_drafts", "cite", "cite_line", "coins", "offer"]
