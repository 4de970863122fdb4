"""Names of authors as citations want them: family and given name, where they are sure.

Digests give names as they are displayed, "Ludwig van Beethoven". A wrong split is worse than
none, so a name that is not plainly a person's stays in one piece: a team, a single word, a
script that has no capitals, a capitalised "Van" that may be a particle or a given name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from generator.writing.citations.lines import line

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.‐-])*")
_INITIAL = re.compile(r"(?:[^\W\d_]\.?-?){1,2}")
_SUFFIXES = frozenset({"Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"})
_PARTICLE_WORDS = """
    al ben bin da das de del della den der di do dos du el ibn la le ten ter van von zu zur
"""
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_GROUP_WORDS = """
    ai and association center centre collaboration college committee community company consortium
    core deepmind department facebook foundation google group ibm inc institute intelligence lab
    laboratory labs ltd meta microsoft network nvidia openai organization others project research
    team the university workshop
"""
_GROUPS = frozenset(_GROUP_WORDS.split())
_MOST_WORDS = 5


class Person(msgspec.Struct, frozen=True):
    """An author: either `family` and `given`, or `literal` where the split is not sure."""

    family: str = ""
    """With its particle: `van Beethoven`."""
    given: str = ""
    suffix: str = ""
    literal: str = ""


def people_of(names: Iterable[str]) -> tuple[Person, ...]:
    """Split display names; empty ones are left out."""
    return tuple(person_of(name) for name in map(line, names) if name)


def person_of(name: str) -> Person:
    """Split one display name, `Given Family` or `Family, Given`, on one line."""
    before, comma, after = name.partition(", ")
    if comma:
        family, given = before.split(), after.split()
        names = [word for word in family if word not in _PARTICLES]
        # "Ada Lovelace, Ludwig van Beethoven" may well be two people.
        one = len(names) == 1 or (names and (len(given) == 1 or _all_initials(given[1:])))
        if one and given and given[-1] not in _SUFFIXES and _is_person([*family, *given]):
            return Person(" ".join(family), " ".join(given))
        return Person(literal=name)
    words = name.split()
    suffix = words.pop() if len(words) > 2 and words[-1] in _SUFFIXES else ""
    if len(words) < 2 or not _is_person(words) or _INITIAL.fullmatch(words[-1]):
        return Person(literal=name)
    start = len(words) - 1
    while start > 1 and words[start - 1] in _PARTICLES:
        start -= 1
    middle = words[1:start]
    if words[0] in _PARTICLES or any(word.lower() in _PARTICLES for word in middle):
        return Person(literal=name)
    return Person(" ".join(words[start:]), " ".join(words[:start]), suffix)


def _all_initials(words: list[str]) -> bool:
    return all(_INITIAL.fullmatch(word) for word in words)


def _is_person(words: list[str]) -> bool:
    return len(words) <= _MOST_WORDS and all(
        _WORD.fullmatch(word)
        and word.lower().strip(".") not in _GROUPS
        and (word[0].isupper() or word in _PARTICLES)
        for word in words
    )
