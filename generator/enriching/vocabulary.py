"""The vocabulary of tags: the text of docs/vocabulary.yml → tags, and what is wrong with it.

The text is a YAML list of entries; an entry without `broader` is a broad tag:

    - name: Speculative decoding
      slug: speculative-decoding
      description: Draft several tokens cheaply, then let the large model check them at once.
      broader: efficiency
      phrases: [speculative sampling, draft model: 0.5]

What is wrong is left out and reported with its line; the rest stays. The text is read by
`vocabularytext`; here is what is known of the tags once they are there. How words are compared is
`words`' business, which tags a paper gets is `tagging`'s. What these need is loaded when they are
called upon: a build that finds nothing new does without.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from generator.enriching.slugs import tag_slug
from generator.model import Problem, Tag

__all__ = ["Vocabulary", "read_vocabulary", "tag_slug"]


@dataclass(frozen=True)
class Vocabulary:
    """The tags there are: broad tags first, otherwise in the order of the file."""

    tags: tuple[Tag, ...] = ()
    weights: Mapping[str, float] = field(default_factory=dict)
    """Phrases, as written, that count less than 1: how often authors mean them as a keyword."""

    @cached_property
    def _slugs(self) -> dict[str, Tag]:
        return {tag.slug: tag for tag in reversed(self.tags)}

    @cached_property
    def _names(self) -> dict[tuple[str, ...], Tag]:
        from generator.enriching.words import paths

        names: dict[tuple[str, ...], Tag] = {}
        for texts in ("name", "slug", "phrases"):  # A name outranks another tag's phrase.
            for tag in self.tags:
                value = getattr(tag, texts)
                for text in (value,) if isinstance(value, str) else value:
                    for path in paths(text, fold=True):
                        names.setdefault(path, tag)
        return names

    def by_slug(self, slug: str) -> Tag | None:
        """Return the tag with exactly this slug."""
        return self._slugs.get(slug)

    def find(self, name: str) -> Tag | None:
        """Return the tag that a person means by this name, slug or phrase, in any case."""
        from generator.enriching.words import paths

        if tag := self._slugs.get(name.strip()):
            return tag
        return next(
            (self._names[path] for path in paths(name, fold=True) if path in self._names), None
        )

    def nearest(self, name: str, n: int = 3) -> tuple[str, ...]:
        """Up to `n` names of tags that look most like this one, for messages."""
        from rapidfuzz import fuzz, process

        names = [tag.name for tag in self.tags]
        found = process.extract(
            name, names, scorer=fuzz.WRatio, processor=str.casefold, limit=n, score_cutoff=50
        )
        return tuple(match[0] for match in found)


def read_vocabulary(text: str, path: str) -> tuple[Vocabulary, tuple[Problem, ...]]:
    """Read YAML text into tags, and problems by line; `path` is for the messages. Never raises."""
    from generator.enriching.vocabularytext import read

    return read(text, path)
