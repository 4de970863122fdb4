"""Take off the labels `Title:` and `Abstract:` where a list has them throughout.

They count only together: every `Title:` line must be followed by an `Abstract:` line before the
next one. So a paper titled "Abstract: a Study" keeps its title.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.reading.lines import RawLine

_LABEL = re.compile(r"(title|abstract) ?[:：] ?(.*)", re.IGNORECASE | re.DOTALL)


def unlabelled(lines: Sequence[RawLine]) -> tuple[list[RawLine], int | None]:
    """Return the lines without labels, and the number of the first that had one, if any had.

    A labelled title reads as a marked one; a labelled abstract has `begins` set. A label that
    stands alone on its line leaves that line empty.
    """
    found: dict[int, tuple[str, str]] = {}
    for index, line in enumerate(lines):
        match = _LABEL.fullmatch(line.text)
        if match is not None:
            found[index] = (match[1].lower(), match[2])
    kinds = [kind for kind, _ in found.values()]
    if not kinds or len(kinds) % 2 or kinds != ["title", "abstract"] * (len(kinds) // 2):
        return list(lines), None
    if any(kind == "title" and not text for kind, text in found.values()):
        return list(lines), None
    result = list(lines)
    pending = False
    for index, line in enumerate(lines):
        kind, text = found.get(index, ("", ""))
        if kind == "title":
            result[index] = replace(line, text=f"# {text}")
        elif kind == "abstract":
            result[index] = replace(line, text=text, begins=bool(text), label=True)
            pending = not text
        elif pending and line.text:
            result[index] = replace(line, begins=True)
            pending = False
    return result, lines[min(found)].number
