"""Who wrote what: the authors of a library by their names, and their papers.

An author of one paper has that paper's page; from two papers on an author has one. Which names
mean one author is the business of `names`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

import msgspec

from generator.model import Paper
from generator.writing.catalogue import Catalogue
from generator.writing.drafts import key_of
from generator.writing.names import author_slug, displayed, folded

FEWEST = 2
"""Papers of an author who has a page."""

_LINKED = 100
"""Authors of a paper that may have links on its page, and count as each other's co-authors: a
collaboration of thousands would make a page of nothing else, and millions of pairs."""

_ALSO = 4
"""Further ways to write a name that an author's page tells."""


class Author(msgspec.Struct, frozen=True):
    """Somebody who wrote two papers or more."""

    slug: str
    name: str
    """As most of the papers have it."""
    also: tuple[str, ...]
    """Other ways in which papers write it, besides capitals; the commonest ones."""
    papers: int
    listed: tuple[Paper | None, ...]
    """The papers, each time that a digest lists one, newest first; None where a newer one does."""


class Bylines:
    """All authors who have pages, found by their papers."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Gather the authors of a library, in time that grows with the number of names."""
        self._names = _Names()
        self._stamps: dict[str, bytes] = {}
        own = {
            slug: self._names.authors(paper)
            for slug, paper in catalogue.library.papers.items()
            if paper.authors
        }
        numbers = Counter(same for authors in own.values() for same in authors)
        slugs: dict[str, str] = {}
        for same in sorted(same for same, number in numbers.items() if number >= FEWEST):
            # Where two come to one slug after all, which takes a search, the first one keeps it.
            slugs.setdefault(author_slug(same), same)
        slug_of = {same: slug for slug, same in slugs.items()}
        self._of_paper = {
            slug: authors
            for slug, names in own.items()
            if (authors := {same: slug_of[same] for same in names if same in slug_of})
        }
        written = self._written(catalogue, slug_of)
        self.authors: dict[str, Author] = {
            slug: _author(slug, written[slug], papers)
            for slug, papers in sorted(self._listed(catalogue).items())
        }
        """By slug."""

    def of(self, paper: Paper) -> list[Author]:
        """Return those authors of a paper who have pages, in its order."""
        return [self.authors[slug] for slug in self._of_paper.get(paper.slug, {}).values()]

    def near(self, paper: Paper) -> list[Author]:
        """Return the same, but nobody of a paper that has very many authors."""
        return self.of(paper) if len(paper.authors) <= _LINKED else []

    def linked(self, paper: Paper) -> list[str]:
        """Return a slug for each of a paper's first authors: empty for one without a page."""
        known = self._of_paper.get(paper.slug)
        if not known:
            return []
        return [known.get(self._names.same(name), "") for name in paper.authors[:_LINKED]]

    def stamp(self, paper: Paper) -> bytes:
        """Return a digest of who of a paper's authors have pages, and of their names there."""
        if paper.slug not in self._stamps:
            named = [(author.slug, author.name) for author in self.near(paper)]
            self._stamps[paper.slug] = key_of(named)
        return self._stamps[paper.slug]

    def _listed(self, catalogue: Catalogue) -> dict[str, list[Paper | None]]:
        listed: dict[str, list[Paper | None]] = defaultdict(list)
        seen: set[str] = set()
        for issue in catalogue.library.issues:
            for slug in issue.papers:
                if slug in self._of_paper:
                    paper = None if slug in seen else catalogue.library.papers[slug]
                    seen.add(slug)
                    for author in self._of_paper[slug].values():
                        listed[author].append(paper)
        return listed

    def _written(self, catalogue: Catalogue, slug_of: Mapping[str, str]) -> dict[str, Counter[str]]:
        """Count how papers write the names of those who have pages, by slug."""
        written: dict[str, Counter[str]] = defaultdict(Counter)
        for slug in self._of_paper:
            for name in catalogue.library.papers[slug].authors:
                if author := slug_of.get(self._names.same(name)):
                    written[author][self._names.displayed(name)] += 1
        return written


class _Names:
    """What names mean, each looked at once."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, str]] = {}

    def authors(self, paper: Paper) -> tuple[str, ...]:
        """Return what the names of a paper's authors mean, each once."""
        return tuple(dict.fromkeys(filter(None, map(self.same, paper.authors))))

    def same(self, name: str) -> str:
        return self._look(name)[1]

    def displayed(self, name: str) -> str:
        return self._look(name)[0]

    def _look(self, name: str) -> tuple[str, str]:
        found = self._known.get(name)
        if found is None:
            shown = displayed(name)
            found = self._known[name] = (shown, folded(shown))
        return found


def bylines_of(catalogue: Catalogue) -> Bylines:
    """Return the authors of a library, gathered once."""
    key = ("bylines", "")
    if key not in catalogue.kept:
        catalogue.kept[key] = Bylines(catalogue)
    found: Bylines = catalogue.kept[key]
    return found


def has_authors(catalogue: Catalogue) -> bool:
    """Whether anybody has a page, so that there is an index to lead to."""
    return bool(bylines_of(catalogue).authors)


def _author(slug: str, written: Counter[str], listed: list[Paper | None]) -> Author:
    papers = sum(paper is not None for paper in listed)
    if len(written) == 1:  # As most are.
        return Author(slug, next(iter(written)), (), papers, tuple(listed))
    first, *others = sorted(written, key=lambda name: (-written[name], _capitals(name), name))
    also = {name.casefold(): name for name in reversed(others)}
    also.pop(first.casefold(), None)
    return Author(slug, first, tuple(reversed(also.values()))[:_ALSO], papers, tuple(listed))


def _capitals(text: str) -> int:
    return sum(mark.isupper() for mark in text)
