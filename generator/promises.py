"""What a project has promised: its list of permalinks, read from disk and held against a site.

The edges share this module. It is light, since every build asks.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from urllib.parse import quote

import msgspec

from generator.files import content_of
from generator.folders import PERMALINKS, shown
from generator.model import Problem
from generator.permalinks import Verdict, judge, read_ledger


class Promises(msgspec.Struct, frozen=True):
    """The list of permalinks of a project."""

    path: Path
    text: str
    """Empty where there is no list, or none that can be read."""
    problems: tuple[Problem, ...] = ()
    """Why it cannot be read."""

    def judged(self, existing: Collection[str]) -> Verdict:
        """Compare the list with the addresses of all pages of a site."""
        return judge(read_ledger(self.text), existing, shown(self.path))


def read_promises(docs: Path) -> Promises:
    """Read what was published from a folder of documents; without a list, nothing was."""
    path = docs / PERMALINKS
    try:
        text = content_of(path).decode("utf-8")
        return Promises(path, text.replace("\r\n", "\n").replace("\r", "\n"))
    except FileNotFoundError:
        return Promises(path, "")
    except (OSError, UnicodeDecodeError) as error:
        from generator.project import unreadable  # Heavy, and not for every build.

        known = error if isinstance(error, OSError) else OSError(0, "it is not UTF-8")
        return Promises(path, "", (unreadable(shown(path), known),))


def by_hand(docs: Path, hidden: str = "") -> list[str]:
    """Return the addresses of pages that are written by hand, in order.

    `hidden` is `exclude_docs` of mkdocs.yml: patterns of what is not published.
    """
    from pathspec import GitIgnoreSpec

    excluded = GitIgnoreSpec.from_lines(hidden.splitlines())
    found = []
    for path in sorted(docs.rglob("*.md")):
        inside = path.relative_to(docs)
        if path.is_file() and not excluded.match_file(inside):
            steps = (
                inside.parts[:-1]
                if inside.stem in ("index", "README")
                else inside.with_suffix("").parts
            )
            found.append("".join(f"{quote(step)}/" for step in steps))
    return list(filter(None, found))
