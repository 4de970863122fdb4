"""Makes papers one by one, and remembers from build to build what it took to make them.

What is kept of a paper: its sign (what tells it from others), its draft (what its records alone
say) and the tags that its text supports; and of a name on a `Tags:` line, what it means. Each
lies on a shelf under the mark of what it was made of, and is made only where it lies there not.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from generator.enriching.kept import Draft, Meaning, Phrase, Sign
from generator.enriching.repeats import fold, short
from generator.enriching.shelves import Shelf, mark_of
from generator.enriching.slugs import base_slug, fingerprint_of, tag_slug
from generator.enriching.vocabulary import Vocabulary
from generator.memory import Memory
from generator.model import Appearance, Digest, Given, Paper, Problem, Record, Severity, Tag

if TYPE_CHECKING:
    from generator.enriching.tagging import Tagger


_MOST_TAGS = 50
"""Tags that a digest names for one paper: each has a page, which shows all tags of its papers."""


class Desk:
    """Keeps the tags and problems that turn up while it makes papers."""

    def __init__(self, digests: Sequence[Digest], vocabulary: Vocabulary, memory: Memory) -> None:
        """Lay out the records of all digests; from here on they are named by their index."""
        self._records = [record for digest in digests for record in digest.records]
        self._marks = [mark for digest in digests for mark in digest.marks or marks_of(digest)]
        self._vocabulary = vocabulary
        ground = mark_of(vocabulary.tags, tuple(vocabulary.weights.items()))
        self._signs = Shelf(memory, "signs", dict[bytes, Sign])
        self._drafts = Shelf(memory, "drafts", dict[bytes, Draft])
        self._supported = Shelf(memory, "tags", dict[bytes, tuple[str, ...]], ground)
        self._meanings = Shelf(memory, "names", dict[bytes, Meaning], ground)
        self._phrases = Shelf(memory, "phrases", dict[bytes, tuple[Phrase, ...]], ground)
        self._all_phrases = self._phrases.get(b"", lambda: _phrases(vocabulary))
        self.tags: dict[str, Tag] = {tag.slug: tag for tag in vocabulary.tags}
        self.problems: list[Problem] = []

    def sign(self, index: int) -> Sign:
        """Say what tells a record from others."""
        return self._signs.get(self._marks[index], lambda: _sign(self._records[index]))

    def paper(self, slug: str, group: Sequence[int], appearances: tuple[Appearance, ...]) -> Paper:
        """Make one paper of its records, oldest digest first."""
        records = [self._records[index] for index in group]
        marks = [self._marks[index] for index in group]
        own = marks[0] if len(marks) == 1 else mark_of(*marks)
        draft = self._drafts.get(own, lambda: _draft(records))
        self.problems += draft.problems
        tags = self._supported.get(marks[0], lambda: self._supported_tags(records[0]))
        named = [record for record in records if record.tags]
        if named:
            given = [self._named_tag(given) for record in named for given in self._tags(record)]
            tags = tuple(dict.fromkeys([*given, *tags]))
        text = draft.text
        return Paper(
            slug=slug,
            title=text.title,
            abstract=text.abstract,
            title_marks=text.title_marks,
            abstract_marks=text.abstract_marks,
            mentions=text.mentions,
            authors=draft.authors,
            arxiv=draft.arxiv,
            doi=draft.doi,
            links=draft.links,
            tags=tags,
            notes=draft.notes,
            published=draft.published,
            appearances=appearances,
            acronyms=text.acronyms,
            mark=draft.mark,
        )

    def put_away(self) -> None:
        """Let the next build go on from here."""
        for shelf in (self._signs, self._drafts, self._supported, self._meanings, self._phrases):
            shelf.put_away()

    @cached_property
    def _tagger(self) -> Tagger:
        from generator.enriching.tagging import Tagger

        return Tagger(self._vocabulary, self._all_phrases)

    def _tags(self, record: Record) -> tuple[Given, ...]:
        """Return the tags that a record names, as many as one paper can have."""
        if len(record.tags) > _MOST_TAGS:
            self.problems.append(_too_many_tags(record))
        return record.tags[:_MOST_TAGS]

    def _supported_tags(self, record: Record) -> tuple[str, ...]:
        return self._tagger.tags(record.title, record.abstract)

    def _named_tag(self, given: Given) -> str:
        mark = given.text.encode("utf-8", "surrogatepass")
        meaning = self._meanings.get(mark, lambda: self._meaning(given.text))
        if meaning.slug in self.tags:
            return meaning.slug
        self.tags[meaning.slug] = Tag(meaning.slug, given.text, listed=False)
        # Without a vocabulary there is nothing that the name could be missing from.
        if self._vocabulary.tags:
            self.problems.append(_unknown_tag(given, meaning))
        return meaning.slug

    def _meaning(self, name: str) -> Meaning:
        known = self._vocabulary.find(name)
        if known is not None:
            return Meaning(known.slug)
        return Meaning(tag_slug(name), self._vocabulary.nearest(name))


def marks_of(digest: Digest) -> tuple[bytes, ...]:
    """Return the marks of a digest's records."""
    return tuple(map(_mark, digest.records))


def _mark(record: Record) -> bytes:
    """Return the mark of what a paper takes of a record; where its title stands does not count."""
    return mark_of(
        record.title,
        record.abstract,
        record.authors,
        record.arxiv,
        record.doi,
        record.links,
        record.notes,
        record.published,
        record.found,
    )


def _sign(record: Record) -> Sign:
    title = fold(record.title)
    fingerprint = fingerprint_of(title, fold(record.abstract))
    return Sign(title, base_slug(record.title, fingerprint), fingerprint)


def _draft(records: Sequence[Record]) -> Draft:
    from generator.enriching.drafting import draft

    return draft(records)


def _phrases(vocabulary: Vocabulary) -> tuple[Phrase, ...]:
    from generator.enriching.tagging import phrases_of

    return phrases_of(vocabulary)


def _too_many_tags(record: Record) -> Problem:
    return Problem(
        record.tags[_MOST_TAGS].source,
        Severity.ERROR,
        f"this paper has {len(record.tags):,} tags; all but the first {_MOST_TAGS} are left out",
        "Name the few that tell most: each tag has a page, and leads to the paper.",
        "B409",
    )


def _unknown_tag(given: Given, meaning: Meaning) -> Problem:
    near = ", ".join(meaning.near)
    known_names = f"If you mean one of these, write it so: {near}. " if near else ""
    return Problem(
        given.source,
        Severity.WARNING,
        f'the tag "{short(given.text)}" is not in the vocabulary; it gets a page of its own',
        f"{known_names}If it is new, add it to the vocabulary, with `slug: {meaning.slug}` "
        "so that its address stays.",
        "B406",
    )
