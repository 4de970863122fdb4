"""Where in a digest's file each repair was made, so that a contributor can look."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from generator.enriching.readable import readable
from generator.model import Digest, LineClass, Source
from generator.textmarks import Repair


@dataclass(frozen=True, slots=True)
class Repaired:
    """One repair and where it stands in the file."""

    source: Source
    rule: str
    original: str
    mended: str


def repairs_in(digest: Digest, text: str) -> Iterator[Repaired]:
    """Yield the repairs in titles and abstracts of a digest, in the order of the file.

    `text` is the decoded text that the digest was read from: its lines tell where a repair is.
    """
    for number, record in enumerate(digest.records):
        shown = readable(record)
        spots = [(repair, shown.title) for repair in shown.title_marks.repairs]
        spots += [(repair, shown.abstract) for repair in shown.abstract_marks.repairs]
        if spots:
            yield from _placed(digest, text, number, spots)


def _placed(
    digest: Digest, text: str, number: int, spots: list[tuple[Repair, str]]
) -> Iterator[Repaired]:
    supplied, starts, lines = "", [0], [digest.records[number].source.line]
    for line in digest.lines:
        if line.record == number and line.kind in (LineClass.TITLE, LineClass.ABSTRACT):
            starts.append(len(supplied))
            lines.append(line.number)
            supplied += " ".join(text[line.start : line.end].split()) + " "
    at = 0
    for repair, shown in spots:
        found = supplied.find(" ".join(repair.original.split()), at)
        at = found if found >= 0 else at
        source = Source(digest.path, lines[bisect_right(starts, at) - 1])
        mended = shown[repair.start : repair.end]
        yield Repaired(source, repair.rule, repair.original, mended)
