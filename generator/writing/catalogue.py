"""Look-ups over a library that several pages need: made once, read often."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from itertools import chain
from operator import itemgetter
from typing import Any

from generator.model import Issue, Library, Paper, Tag
from generator.writing.drafts import SIZE, digest_of, key_of, stamp_of

_NO_STAMP = bytes(SIZE)


class Catalogue:
    """A library with an index to everything that pages ask for.

    Papers of a tag come in reading order: newest digest first, within it as in the file.
    A paper that several digests list stands where the newest of them has it.
    """

    def __init__(self, library: Library) -> None:
        """Take a library; it is not changed."""
        self.library = library
        self.kept: dict[tuple[str, str], Any] = {}
        """What a module makes of a paper that many pages show, by the module's word and slug."""
        self.issue_of = {issue.slug: issue for issue in library.issues}
        self.narrower: dict[str, list[Tag]] = defaultdict(list)
        for tag in library.tags.values():
            if tag.broader is not None:
                self.narrower[tag.broader].append(tag)
        self._place_of_issue = {issue.slug: at for at, issue in enumerate(library.issues)}
        self._places: dict[str, list[tuple[Issue, int]]] = defaultdict(list)
        self._listed: dict[str, list[Paper | None]] = defaultdict(list)
        self._shelves: dict[str, list[str]] = {}
        broader = {tag.slug: tag.broader for tag in library.tags.values()}
        for issue in library.issues:
            for at, slug in enumerate(issue.papers):
                self._places[slug].append((issue, at))
                paper = None
                if slug not in self._shelves:
                    paper = library.papers[slug]
                    above = filter(None, map(broader.__getitem__, paper.tags))
                    self._shelves[slug] = list(dict.fromkeys((*paper.tags, *above)))
                for tag_slug in self._shelves[slug]:
                    self._listed[tag_slug].append(paper)
        self._order = {slug: at for at, slug in enumerate(self._places)}
        self._papers = {
            slug: [paper for paper in listed if paper] for slug, listed in self._listed.items()
        }

    @property
    def newest(self) -> date | None:
        """Day of the newest digest."""
        return self.library.issues[0].date if self.library.issues else None

    def place_of_issue(self, issue: Issue) -> int:
        """Return a digest's place: the newest has 0."""
        return self._place_of_issue[issue.slug]

    def shelves(self, paper: Paper) -> list[str]:
        """Slugs of all tags whose pages list a paper: its own, and the broader ones."""
        return self._shelves[paper.slug]

    def papers_with(self, tag: Tag) -> list[Paper]:
        """Papers that a tag's page lists, in reading order."""
        return self._papers.get(tag.slug, [])

    def listed_with(self, tag: Tag) -> list[Paper | None]:
        """Papers of a tag, each time that a digest lists one, newest first.

        None stands for one that a newer digest lists as well.
        """
        return self._listed.get(tag.slug, [])

    def stamp(self, paper: Paper) -> bytes:
        """Return a digest of all that a paper says: see `drafts`."""
        return self._stamps[paper.slug]

    def stamps(self, papers: Iterable[Paper | None]) -> bytes:
        """Return digests of what papers say, one after the other."""
        known = self._stamps
        return b"".join([known[paper.slug] if paper else _NO_STAMP for paper in papers])

    def stamps_around(self, issue: Issue, at: int) -> bytes:
        """Return digests of what a paper of a digest and those beside it say."""
        return self._stamps_in[issue.slug][SIZE * max(at - 1, 0) : SIZE * (at + 2)]

    def dated_stamps(self, papers: Iterable[Paper]) -> bytes:
        """Return digests of what papers say and of which digests list them, and when."""
        return self.dated_stamps_of([paper.slug for paper in papers])

    def dated_stamp(self, slug: str) -> bytes:
        """Return the same for a paper that is known by its slug."""
        return self._dated_stamps[slug]

    def dated_stamps_of(self, slugs: Iterable[str]) -> bytes:
        """Return the same for papers that are known by their slugs."""
        known = self._dated_stamps
        return b"".join([known[slug] for slug in slugs])

    @cached_property
    def _stamps(self) -> dict[str, bytes]:
        tags = {slug: tag.name for slug, tag in self.library.tags.items()}
        return {slug: stamp_of(paper, tags) for slug, paper in self.library.papers.items()}

    @cached_property
    def _stamps_in(self) -> dict[str, bytes]:
        return {issue.slug: self.stamps(self.papers_in(issue)) for issue in self.library.issues}

    @cached_property
    def _dated_stamps(self) -> dict[str, bytes]:
        day = {issue.slug: key_of(issue.slug, issue.date) for issue in self.library.issues}
        # Slug and day of each digest that lists a paper, newest first.
        days = {
            slug: b"".join([day[issue.slug] for issue, _ in places])
            for slug, places in self._places.items()
        }
        stamps = self._stamps.items()
        return {slug: digest_of(stamp + days.get(slug, b"")) for slug, stamp in stamps}

    def used_tags(self) -> list[Tag]:
        """Tags that at least one paper has, in the order of the vocabulary."""
        return [tag for tag in self.library.tags.values() if tag.slug in self._papers]

    def newest_issue(self, paper: Paper) -> Issue:
        """Return the newest digest that lists a paper."""
        return self._places[paper.slug][0][0]

    def places_of(self, paper: Paper) -> list[tuple[Issue, int]]:
        """Digests that list a paper, newest first, and where: 0 is the first paper of a digest."""
        return self._places[paper.slug]

    def beside(self, issue: Issue, at: int) -> tuple[Paper | None, Paper | None]:
        """Return the papers before and after a place in a digest."""
        papers = self.library.papers
        return (
            papers[issue.papers[at - 1]] if at else None,
            papers[issue.papers[at + 1]] if at + 1 < len(issue.papers) else None,
        )

    def by_issue(self, papers: Iterable[Paper]) -> list[tuple[Issue, list[Paper]]]:
        """Group papers by the newest digest that lists them, newest digest first."""
        groups: dict[str, list[Paper]] = defaultdict(list)
        for paper in sorted(papers, key=lambda paper: self._order[paper.slug]):
            groups[self.newest_issue(paper).slug].append(paper)
        return [(self.issue_of[slug], group) for slug, group in groups.items()]

    def papers_in(self, issue: Issue) -> list[Paper]:
        """Papers of a digest, in the order of its file."""
        return [self.library.papers[slug] for slug in issue.papers]

    def commonest_tags(self, papers: Iterable[Paper], most: int) -> list[tuple[Tag, int]]:
        """Tags that the given papers carry, with the number of papers, commonest first."""
        counts = Counter(chain.from_iterable([paper.tags for paper in papers]))
        least = min(sorted(counts.values())[-most:], default=0)
        ranked = sorted([each for each in counts.items() if each[1] >= least])
        ranked.sort(key=itemgetter(1), reverse=True)
        return [(self.library.tags[slug], number) for slug, number in ranked[:most]]

    def neighbours(self, tag: Tag, most: int = 10) -> list[tuple[Tag, int]]:
        """Tags that stand beside a tag on papers, with the number of papers they share.

        What the tag's page shows elsewhere, its broader and narrower tags, is left out.
        """
        shown = {tag.slug, tag.broader, *(narrow.slug for narrow in self.narrower[tag.slug])}
        everything = self.commonest_tags(self.papers_with(tag), most + len(shown))
        return [(other, n) for other, n in everything if other.slug not in shown][:most]


def catalogue_of(library: Library) -> Catalogue:
    """Return the catalogue of a library, the same one if asked again for the last one.

    Pages and files are told one after the other, and rest on the same things.
    """
    if not _last or _last[0].library is not library:
        _last[:] = [Catalogue(library)]
    return _last[0]


_last: list[Catalogue] = []
