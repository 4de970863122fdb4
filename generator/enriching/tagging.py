"""Title and abstract → the tags that a paper gets, best first.

The vocabulary says which phrases show a tag and how much each counts; here they are looked up
in one pass over the words, and their mentions weighed. What a word is, `words` knows; tags that
a contributor names on a `Tags:` line are added elsewhere.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from generator.enriching.words import Step, paths, steps

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.enriching.kept import Phrase
    from generator.enriching.vocabulary import Vocabulary

MOST = 6
"""A paper gets at most so many tags."""

_TITLE = 3.0
"""What a mention in the title counts; the abstract's first word counts 1, its last `_LATE`."""
_LATE = 0.5
_REPEATED = 0.5
"""Each further mention counts so much of the one before: ten are never worth two in the title."""
_INSIDE = 0.25
"""A phrase inside a longer one ("language models" in "large language models") counts so much."""
_BROAD = 0.8
"""Between equals, a broad tag stands after a narrow one."""
_ENOUGH = 0.4
"""What a tag must reach."""
_BARELY = 0.2
"""What the best tag must reach of a paper that has no better one."""


class _Node(msgspec.Struct):
    """A place in the tree of phrases, reached by the keys so far."""

    next: dict[str, _Node] = msgspec.field(default_factory=dict)
    slug: str = ""
    weight: float = 0.0


def phrases_of(vocabulary: Vocabulary) -> tuple[Phrase, ...]:
    """Give every way in which a tag's name or one of its phrases can stand in a text."""
    return tuple(
        (path, tag.slug, vocabulary.weights.get(phrase, 1.0))
        for tag in vocabulary.tags
        for phrase in dict.fromkeys((tag.name, *tag.phrases))
        for path in paths(phrase)
    )


class Tagger:
    """Finds the tags of papers. Made once per vocabulary: it holds all phrases in one tree."""

    def __init__(self, vocabulary: Vocabulary, phrases: Iterable[Phrase] | None = None) -> None:
        """Plant the tree; `phrases` are those of the vocabulary, where somebody has them."""
        self._root = _Node()
        self._order = {tag.slug: at for at, tag in enumerate(vocabulary.tags)}
        self._broad = {tag.slug for tag in vocabulary.tags if tag.broader is None}
        for phrase in phrases_of(vocabulary) if phrases is None else phrases:
            self._add(*phrase)

    def tags(self, title: str, abstract: str) -> tuple[str, ...]:
        """Slugs of the tags that the paper's text supports, best first, at most `MOST`."""
        scores = self.scores(title, abstract)
        ranked = sorted(scores, key=lambda slug: (-scores[slug], self._order[slug]))
        good = [slug for slug in ranked if scores[slug] >= _ENOUGH]
        return tuple((good or [slug for slug in ranked[:1] if scores[slug] >= _BARELY])[:MOST])

    def scores(self, title: str, abstract: str) -> dict[str, float]:
        """Every tag that any phrase shows, and how strongly."""
        mentions: dict[str, list[float]] = defaultdict(list)
        for slug, worth, _ in self._found(steps(title)):
            mentions[slug].append(_TITLE * worth)
        words = steps(abstract)
        for slug, worth, at in self._found(words):
            mentions[slug].append(worth * (1 - (1 - _LATE) * at / len(words)))
        return {
            slug: (_BROAD if slug in self._broad else 1.0) * _summed(worths)
            for slug, worths in mentions.items()
        }

    def _add(self, path: tuple[str, ...], slug: str, weight: float) -> None:
        node = self._root
        for key in path:
            node = node.next.setdefault(key, _Node())
        if not node.slug:
            node.slug, node.weight = slug, weight

    def _found(self, words: list[list[Step]]) -> list[tuple[str, float, int]]:
        """Slug, worth and place of each mention; of several that start at a word, the longest."""
        found = []
        reached = 0
        begins = self._root.next
        # Most words begin no phrase, and have one way to read on.
        starts = [
            at for at, ways in enumerate(words) if len(ways) > 1 or (ways and ways[0][0] in begins)
        ]
        for at in starts:
            if not self._may_begin(words, at):
                continue
            node, end = self._longest(words, at)
            if node:
                inside = end <= reached
                found.append((node.slug, node.weight * (_INSIDE if inside else 1.0), at))
                reached = max(reached, end)
        return found

    def _may_begin(self, words: list[list[Step]], at: int) -> bool:
        """Whether a phrase may begin at a word: most are done with after a look or two."""
        begins = self._root.next
        for key, width in words[at]:
            if key in begins:
                node, end = begins[key], at + width
                if node.slug:
                    return True
                for following, _ in words[end] if end < len(words) else ():
                    if following in node.next:
                        return True
        return False

    def _longest(self, words: list[list[Step]], start: int) -> tuple[_Node | None, int]:
        best: tuple[_Node | None, int] = (None, start)
        open_ends = [(start, self._root.next)]
        while open_ends:
            at, following = open_ends.pop()
            for key, width in words[at]:
                if after := following.get(key):
                    end = at + width
                    if after.slug and end > best[1]:
                        best = (after, end)
                    if after.next and end < len(words):
                        open_ends.append((end, after.next))
        return best


def _summed(worths: list[float]) -> float:
    """Add up: the strongest mention in full, each further one less."""
    worths.sort(reverse=True)
    return sum(worth * _REPEATED**at for at, worth in enumerate(worths))
