"""Collect the values of one paper's keys, and say what is wrong with a line."""

from __future__ import annotations

from datetime import date

import msgspec

from generator.model import Given, Problem, Record, Source
from generator.reading import keyproblems
from generator.reading.dates import day_in
from generator.reading.keys import (
    AUTHORS_APART,
    SINGLE,
    TAGS_APART,
    KeyLine,
    arxiv_of,
    doi_of,
    in_one_piece,
    items_of,
)

_MANY_COMMAS = 2


class Values(msgspec.Struct):
    """What the key lines of one paper gave so far."""

    seen: set[str] = msgspec.field(default_factory=set)
    authors: tuple[str, ...] = ()
    arxiv: str | None = None
    doi: str | None = None
    links: dict[str, Given] = msgspec.field(default_factory=dict)
    tags: dict[str, Given] = msgspec.field(default_factory=dict)
    notes: list[str] = msgspec.field(default_factory=list)
    published: date | None = None

    def record(self, *, title: str, abstract: str, source: Source) -> Record:
        """Return the paper with these values."""
        return Record(
            title=title,
            abstract=abstract,
            source=source,
            authors=self.authors,
            arxiv=self.arxiv,
            doi=self.doi,
            links=tuple(self.links.values()),
            tags=tuple(self.tags.values()),
            notes=tuple(self.notes),
            published=self.published,
        )

    def take(self, line: KeyLine, source: Source) -> list[Problem]:
        """Take in one line, whose key is known; return what is wrong with it."""
        key = line.key
        if key is None:
            return []
        if key in SINGLE and key in self.seen:
            return [keyproblems.repeated_key(source, key)]
        self.seen.add(key)
        items = items_of(line.value, {"Authors": AUTHORS_APART, "Tags": TAGS_APART}.get(key, "\0"))
        if not items:
            return [keyproblems.empty_key(source, key)]
        if self._set(key, line.value, items, source):
            found = []
            one = key == "Authors" and len(items) == 1 and line.value[-1] not in AUTHORS_APART
            if one and line.value.count(",") >= _MANY_COMMAS:
                found.append(keyproblems.commas_in_authors(source, line.value))
            return found
        return [keyproblems.bad_value(source, key, line.value)]

    def _set(self, key: str, value: str, items: tuple[str, ...], source: Source) -> bool:
        match key:
            case "Authors":
                self.authors = items
            case "Tags":
                for item in items:
                    self.tags.setdefault(item, Given(item, source))
            case "Note":
                self.notes.append(value)
            case "arXiv":
                self.arxiv = arxiv_of(value)
                return self.arxiv is not None
            case "DOI":
                self.doi = doi_of(value)
                return self.doi is not None
            case "Published":
                self.published = day_in(value)
                return self.published is not None
            case _:
                # Whether it is a safe and real address is judged where links are.
                if not in_one_piece(value):
                    return False
                self.links.setdefault(value, Given(value, source))
        return True
