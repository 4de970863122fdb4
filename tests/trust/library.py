"""A library that has each text of the corpus in each field, and all that is made of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

import yaml

from generator.enriching import build_library
from generator.enriching.comparing import compare
from generator.enriching.mending import mend
from generator.enriching.vocabulary import Vocabulary, read_vocabulary
from generator.identities import Identities, Identity, begins, identified, read_identities, written
from generator.model import Digest, Issue, Library, Page
from generator.publishing import drafts_beside
from generator.reading import read_text
from generator.writing.escaping import clean
from generator.writing.pages import page_drafts
from generator.writing.site import Site
from generator.writing.sourcelines import Reading

from .corpus import ONE_LINE

PATH = "docs/digests/2026-03-12.txt"
DAY = date(2026, 3, 12)
TEXTS = list(ONE_LINE.values())


class Supplied:
    """The text of the one digest."""

    def __init__(self, digest: Digest, text: str) -> None:
        self._reading = Reading(digest, text, "plain text")

    def mark(self, issue: Issue) -> bytes:
        return b"the one"

    def read(self, issue: Issue) -> Reading:
        return self._reading

    def explained(self, code: str) -> str:
        return f"problems/x/#{code}"


def squeezed(text: str) -> str:
    """Return a text without what HTML does not keep: white space, and a mark of byte order."""
    return "".join(text.split()).strip("\ufeff")


def drawn(text: str) -> str:
    """Return what a page shows of a text: mended, a formula as its TeX."""
    found = mend(" ".join(clean(text).split()))
    parts, end = [], 0
    for formula in found.marks.formulas:
        parts += [found.text[end : formula.start], f"⟨{formula.tex}⟩"]
        end = formula.end
    return squeezed("".join([*parts, found.text[end:]]))


def with_tex(page: str) -> str:
    """Put the TeX that a formula carries in its place."""
    # Of escaped text, `re.sub` would escape what it puts together.
    return re.sub(r'<math data-tex="([^"]*)">.*?</math>', r"⟨\1⟩", str(page), flags=re.DOTALL)


def pasted(texts: Sequence[str]) -> str:
    """A digest that has each text in each field that a digest has."""
    papers = ["Format: broadsheet\n"]
    for at, text in enumerate(texts):
        other = [texts[(at + step) % len(texts)] for step in (3, 7, 11, 13, 5, 17)]
        papers.append(
            f"# {text}\nAuthors: {other[0]}; Ada Lovelace\nTags: {other[1]}\nLink: {other[2]}\n"
            f"Link: https://evil.invalid/{at}\nNote: {other[3]}\narXiv: {other[4]}\n"
            f"DOI: 10.1000/{squeezed(other[5])}\n\n"
            f"Here stands {text} in the midst of calm words: unique{at:03}.\n\n"
            f"Then {text} begins it.\n"
        )
    return "\n".join(papers)


def tags_of(texts: Iterable[str]) -> Vocabulary:
    """A vocabulary that has each text as a name, a description and a phrase."""
    entries = [
        {"name": f"{text} x", "slug": f"tag-{at}", "description": f"{text} y", "phrases": [text]}
        for at, text in enumerate(texts)
    ]
    return read_vocabulary(yaml.safe_dump(entries, allow_unicode=True), "docs/vocabulary.yml")[0]


@cache
def whole() -> tuple[str, Digest, Library]:
    """The library of all texts in all fields."""
    text = pasted(TEXTS)
    digest = read_text(text, PATH)
    known = written(
        Identities(
            Identity(
                record.title, begins(record), DAY, 99.0, f"2603.{at:05}", authors=(TEXTS[at], "A B")
            )
            for at, record in enumerate(digest.records)
            if at % 9 == 0
        )
    )
    identities, problems = read_identities(known, "docs/digests/identities.yml")
    assert problems == ()
    library = build_library([identified(digest, identities)], tags_of(TEXTS[::4]))
    return text, digest, compare(library)


SITE = Site("Papers </title> <b>\"'& {{ 7*7 }}", "On <script> {% raw %}", "https://x.example/p/")


@cache
def pages() -> tuple[Page, ...]:
    text, digest, library = whole()
    return tuple(draft.make() for draft in page_drafts(library, SITE, Supplied(digest, text)))


@cache
def files() -> dict[str, bytes]:
    return {draft.path: draft.make() for draft in drafts_beside(whole()[2], SITE, [])}
