"""Where in a digest's file each repair was made, so that a contributor can look."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

import msgspec

from generator.enriching.kept import Readable
from generator.enriching.readable import readable
from generator.model import Digest, Line, LineClass, Paper, Source
from generator.textmarks import Repair


class Repaired(msgspec.Struct, frozen=True):
    """One repair and where it stands in the file."""

    source: Source
    rule: str
    original: str
    mended: str


def repairs_in(
    digest: Digest, text: str, shown_of: Callable[[int], Readable | Paper] | None = None
) -> Iterator[Repaired]:
    """Yield the repairs in titles and abstracts of a digest, in the order of the file.

    `text` is the decoded text that the digest was read from: its lines tell where a repair is.
    `shown_of` gives a record as it is shown, by its index, for whoever has it already.
    """
    lines: dict[int, list[Line]] = defaultdict(list)
    for line in digest.lines:
        if line.record is not None and line.kind in (LineClass.TITLE, LineClass.ABSTRACT):
            lines[line.record].append(line)
    for number, record in enumerate(digest.records):
        shown = shown_of(number) if shown_of else readable(record)
        spots = [(repair, shown.title) for repair in shown.title_marks.repairs]
        spots += [(repair, shown.abstract) for repair in shown.abstract_marks.repairs]
        if spots:
            yield from _placed(digest, text, number, lines[number], spots)


def _placed(
    digest: Digest,
    text: str,
    number: int,
    lines: Sequence[Line],
    spots: Sequence[tuple[Repair, str]],
) -> Iterator[Repaired]:
    pieces = [" ".join(text[line.start : line.end].split()) + " " for line in lines]
    supplied, starts, places = "".join(pieces), [0], [digest.records[number].source.line]
    begin = 0
    for line, piece in zip(lines, pieces, strict=True):
        starts.append(begin)
        places.append(line.number)
        begin += len(piece)
    at = after = 0
    for repair, shown in spots:
        original = " ".join(repair.original.split())
        found = supplied.find(original, after)
        if found >= 0:
            at, after = found, found + len(original)
        source = Source(digest.path, places[bisect_right(starts, at) - 1])
        mended = shown[repair.start : repair.end]
        yield Repaired(source, repair.rule, repair.original, mended)
