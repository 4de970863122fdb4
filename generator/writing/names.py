"""Which names mean one author, and the last part of the author's address, for ever.

Both come from the name alone, so whoever else writes papers moves no page. Names that come to one
slug have to share a page: those that differ in case, width, stops after initials, accents, hyphens
or apostrophes. That is what lists do to the name of one person; it may as well be two people's,
and pages say so. Initials are never taken for full names. In letters that are not Latin different
names come to one slug too easily, 李伟 and 李薇 to `li-wei`: each gets a mark of its own behind it,
as does a name that leaves nothing to make a slug of.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from generator.enriching.slugs import RESERVED
from generator.writing.citations.lines import line
from generator.writing.citations.people import person_of

LONGEST = 60
"""Most characters of an author's slug."""

BY_LETTER = "by-letter"
"""Stands in addresses where an author's slug stands in others, so it is nobody's."""

_MOST = 120
"""Characters of a name: what is longer is no name, but something else that was pasted."""

_NOBODY = frozenset({"et al", "others", "and others", "anonymous", "anonymous authors"})

_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_WORDS = re.compile(r"[a-z0-9]+(?: [a-z0-9]+)*")


def displayed(name: str) -> str:
    """Return a name on one line, given name first, in composed letters of normal width."""
    text = line(name)
    if ", " in text:
        person = person_of(text)
        if person.family:
            text = " ".join(filter(None, (person.given, person.family, person.suffix)))
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def folded(name: str) -> str:
    """Return what all names have in common that mean one author; empty if a name means none.

    Takes the name as it is displayed: see `displayed`. Of Latin letters, words remain.
    """
    if len(name) > _MOST:
        return ""
    plain = name.casefold()
    if not plain.isascii():
        marked = unicodedata.normalize("NFKD", plain.replace("’", "'"))
        if not _is_latin(marked):
            return " ".join(plain.split())
        plain = "".join(mark for mark in marked if not unicodedata.combining(mark))
        if not plain.isascii():
            from slugify import slugify  # It knows what to make of ł and ø.

            plain = slugify(plain, entities=False, decimal=False, hexadecimal=False)
    words = _NOT_A_WORD.sub(" ", plain).strip()
    return "" if words in _NOBODY else words or " ".join(plain.split())


def author_slug(same: str) -> str:
    """Make the slug of an author of what all of the author's names have in common: see `folded`."""
    if _WORDS.fullmatch(same):
        slug = same.replace(" ", "-")
        if len(slug) <= LONGEST and slug != BY_LETTER and slug not in RESERVED:
            return slug
    else:
        from slugify import slugify

        # A name is plain text: "&#99;" is five characters, not a "c".
        slug = slugify(same, entities=False, decimal=False, hexadecimal=False)
    mark = hashlib.sha256(same.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    start = slug[: LONGEST - len(mark) - 1].strip("-")
    return f"{start or 'author'}-{mark}"


def _is_latin(text: str) -> bool:
    return all(
        mark.isascii() or not mark.isalnum() or unicodedata.name(mark, "").startswith("LATIN")
        for mark in text
    )
