"""The text of a record as a reader should see it, with everything known of spots in it.

Links are found in the text as it was supplied, and kept out of the mending; acronyms are found
in the mended text. What is left to others: `mending` says what TeX and damage mean, `links` and
`acronyms` find theirs.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from msgspec.structs import replace

from generator.enriching.acronyms import acronyms_of
from generator.enriching.kept import Readable
from generator.enriching.links import find_mentions
from generator.enriching.mending import mend
from generator.model import Mention, Record
from generator.textmarks import Abbreviation, Emphasis, Formula, Marks, Repair


def readable(record: Record) -> Readable:
    """Make a record's text readable; nothing raises, and what is not understood stays as it is."""
    title = mend(record.title)
    found = find_mentions(record.abstract)
    abstract = mend(record.abstract, [(mention.start, mention.end) for mention in found])
    # An address that `\href` had twice stands once: both links are then at the same place.
    placed = {
        span: replace(mention, start=span[0], end=span[1])
        for mention, span in zip(found, abstract.spans, strict=True)
    }
    mentions = tuple(sorted(placed.values(), key=lambda mention: mention.start))
    marked: list[Mention | Formula | Repair] = [*mentions]
    marked += [*abstract.marks.formulas, *abstract.marks.repairs]
    taken = sorted((mark.start, mark.end) for mark in marked)
    acronyms = acronyms_of(title.text, abstract.text, taken)
    uses = _whole(acronyms.abbreviations, abstract.marks.emphases)
    return Readable(
        # A title of TeX alone that says nothing is better shown as it is than not at all.
        title=title.text if title.text.strip() else record.title,
        abstract=abstract.text,
        title_marks=title.marks if title.text.strip() else Marks(),
        abstract_marks=replace(abstract.marks, abbreviations=uses),
        mentions=mentions,
        acronyms=acronyms.acronyms,
    )


def _whole(uses: Sequence[Abbreviation], emphases: Sequence[Emphasis]) -> tuple[Abbreviation, ...]:
    """Give the uses of acronyms that are emphasised as a whole or not at all.

    Two marks that overlap in part could not both become elements.
    """
    edges = sorted(edge for mark in emphases for edge in (mark.start, mark.end))
    return tuple(
        use for use in uses if bisect_right(edges, use.start) == bisect_left(edges, use.end)
    )
