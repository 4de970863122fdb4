"""What is known of single records and names: values that one build can keep for the next.

Apart from the modules that work them out, so that what is kept can be read without these.
"""

from __future__ import annotations

from datetime import date

from generator.model import Acronym, Link, Mention, Problem
from generator.textmarks import Marks
from generator.value import Value

Phrase = tuple[tuple[str, ...], str, float]
"""A way in which a phrase can stand in a text, as keys of words; the tag it shows; its weight."""


class Readable(Value, frozen=True):
    """Title and abstract of one record, ready to be shown."""

    title: str
    abstract: str
    title_marks: Marks
    abstract_marks: Marks
    mentions: tuple[Mention, ...]
    """Links in the abstract."""
    acronyms: tuple[Acronym, ...]


class Sign(Value, frozen=True):
    """What tells one record from another."""

    title: str
    """Folded."""
    base: str
    """The slug that its title asks for."""
    fingerprint: str


class Draft(Value, frozen=True):
    """A paper without its address, its appearances and its tags."""

    text: Readable
    authors: tuple[str, ...]
    arxiv: str | None
    doi: str | None
    notes: tuple[str, ...]
    links: tuple[Link, ...]
    problems: tuple[Problem, ...]
    published: date | None = None
    mark: bytes = b""
    """A hash of all of it that is shown."""


class Meaning(Value, frozen=True):
    """What a name on a `Tags:` line means."""

    slug: str
    near: tuple[str, ...] = ()
    """Names in the vocabulary that look like one that it does not have."""
