"""A small site before and after an edit, to be built while something breaks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import smallsite
from workshop import Fault, Outcome, Workshop


@dataclass(frozen=True, slots=True)
class Bench:
    """One project: as it was built first, and as it is to be after an edit."""

    workshop: Workshop
    folder: Path
    saved: Path
    old: dict[str, bytes]
    """All files of the site before the edit."""
    new: dict[str, bytes]
    """All files of a clean build after it."""

    @property
    def site(self) -> Path:
        return self.folder / "site"

    def begin(self) -> None:
        """Let the project be as it was after its first build, and edit it."""
        smallsite.restore(self.saved, self.folder)
        smallsite.edit(self.folder)

    def build(self, fault: Fault | None = None) -> Outcome:
        return self.workshop.build(self.folder, fault)

    def files(self) -> dict[str, bytes]:
        return smallsite.files_of(self.site)

    def left_over(self) -> list[str]:
        """What nobody asked for: what stands beside the site, and halves in the cache."""
        ours = ["docs", "mkdocs.yml", "overrides", "site"]
        beside = [path.name for path in self.folder.iterdir() if path.name not in [*ours, ".cache"]]
        cache = self.folder / ".cache" / "broadsheet"
        kept = [path.name for path in cache.iterdir()] if cache.is_dir() else []
        within = [path.name for path in self.site.glob(".*")]
        return [*beside, *within, *(name for name in kept if name.startswith("."))]
