"""Short entries that are remembered are those that would be written anew."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec import structs
from msgspec.structs import replace

from generator.model import Appearance, Issue, Library, Paper, Source
from generator.writing.catalogue import Catalogue
from generator.writing.citations import briefs, citation_drafts
from generator.writing.site import Site

SITE = Site("The List", url="https://example.org/")


class Kept(dict[str, bytes]):
    """A memory that is only there for one test."""

    def recall(self, name: str) -> bytes | None:
        return self.get(name)

    def remember(self, name: str, content: bytes) -> None:
        self[name] = content


def library(*titles: str) -> Library:
    slugs = tuple(f"p{at}" for at in range(len(titles)))
    place = (Appearance("2025-03-11", Source("x", 1)),)
    papers = {
        slug: Paper(slug, title, "", appearances=place)
        for slug, title in zip(slugs, titles, strict=True)
    }
    return Library((Issue("2025-03-11", date(2025, 3, 11), "x", slugs),), papers)


def files(of: Library, site: Site = SITE, memory: Kept | None = None) -> dict[str, bytes]:
    drafts = citation_drafts(Catalogue(of), site, Kept() if memory is None else memory)
    return {draft.path: draft.make() for draft in drafts if not draft.path.startswith("papers/")}


ONE, OTHER = library("Birds", "Fish", "Knots"), library("Birds", "Fishes", "Knots", "Maps")


def test_only_what_is_new_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    memory, written = Kept(), []
    files(ONE, memory=memory)

    def entry_in(catalogue: Catalogue, site: Site, paper: Paper) -> object:
        written.append(paper.title)
        return was(catalogue, site, paper)

    was = briefs.entry_in
    monkeypatch.setattr(briefs, "entry_in", entry_in)
    assert files(OTHER, memory=memory) == files(OTHER)
    assert written[:2] == ["Fishes", "Maps"]
    written.clear()
    files(OTHER, memory=memory)
    assert not written


def test_papers_that_went_are_forgotten() -> None:
    memory = Kept()
    files(OTHER, memory=memory)
    files(ONE, memory=memory)
    anew = Kept()
    files(ONE, memory=anew)
    assert memory == anew


def test_a_site_that_moved_and_a_digest_of_another_day_get_entries_of_their_own() -> None:
    memory = Kept()
    files(ONE, memory=memory)
    moved = replace(SITE, url="https://example.com/")
    assert files(ONE, moved, memory) == files(ONE, moved)
    files(ONE, memory=memory)
    issue = structs.replace(ONE.issues[0], date=date(2025, 3, 12))
    later = structs.replace(ONE, issues=(issue,))
    assert files(later, memory=memory) == files(later)


@pytest.mark.parametrize("spoilt", [b"", b"\x80", b"\x93\x01\x02\x03", b"\xc1" * 40])
def test_what_cannot_be_read_counts_as_nothing(spoilt: bytes) -> None:
    memory = Kept()
    files(ONE, memory=memory)
    for name in memory:
        memory[name] = spoilt
    assert files(ONE, memory=memory) == files(ONE)
    for name, content in memory.items():
        memory[name] = content[: len(content) // 2]
    assert files(ONE, memory=memory) == files(ONE)
