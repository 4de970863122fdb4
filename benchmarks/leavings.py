"""What measurements leave behind: put out of the way at once, removed when all of them are over.

ext4 looks for minutes at the places of files that were just removed, at each file that is made:
a build of thousands of files in the minutes after such a removal takes up to twice the CPU time.
So nothing is removed between two measurements.
"""

from __future__ import annotations

import shutil
from itertools import count
from pathlib import Path

_put_aside: list[Path] = []


def put_aside(path: Path) -> None:
    """Let nothing stand there any more. Raises OSError."""
    if path.exists():
        free = (path.with_name(f"{path.name}-old-{number}") for number in count(1))
        place = next(place for place in free if not place.exists())
        path.rename(place)
        _put_aside.append(place)


def remove() -> None:
    """Remove all that was put aside."""
    while _put_aside:
        shutil.rmtree(_put_aside.pop(), ignore_errors=True)
