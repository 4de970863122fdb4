"""Read an answer of arXiv's API: an Atom feed with an entry for each paper.

The form is that of arXiv's API manual (info.arxiv.org/help/api/user-manual.html): a paper's entry
has id, title, summary, published and authors, and arxiv:doi where there is one. An error comes as
an entry, too, whose id begins with `http://arxiv.org/api/errors`.
"""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import msgspec

from generator.reading.keys import arxiv_of, doi_of

_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
_ERRORS = "http://arxiv.org/api/errors"
_MOST_BYTES = 20_000_000


class AnswerError(Exception):
    """The answer is none; the text says why. Asking once more may help."""


class RefusedError(Exception):
    """The API says that the question is wrong; asking once more does not help."""


class Answer(msgspec.Struct, frozen=True):
    """A paper as arXiv has it."""

    arxiv: str
    title: str
    abstract: str
    authors: tuple[str, ...]
    published: date
    """The day of the first version."""
    doi: str | None = None


def read_answers(data: bytes) -> list[Answer]:
    """Return the papers in an answer, best first as they come.

    Raises AnswerError for what is no feed, RefusedError for an error that the API names. An entry
    without what a paper must have is left out.
    """
    if len(data) > _MOST_BYTES:
        raise AnswerError(f"the answer has {len(data):,} bytes")
    # Nobody's feed has a document type; entities that grow without bound need one.
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise AnswerError("the answer has a document type: it is no feed")
    try:
        root = ElementTree.fromstring(data)  # noqa: S314 - without entities, of bounded size
    except ElementTree.ParseError as error:
        raise AnswerError(f"the answer is not whole: {error}") from error
    if root.tag != f"{_ATOM}feed":
        raise AnswerError("the answer is no Atom feed")
    found = []
    for entry in root.iter(f"{_ATOM}entry"):
        name = _text(entry, f"{_ATOM}id")
        if name.startswith(_ERRORS):
            raise RefusedError(_text(entry, f"{_ATOM}summary") or "the question was refused")
        answer = _answer(entry, name)
        if answer is not None:
            found.append(answer)
    return found


def _answer(entry: ElementTree.Element, name: str) -> Answer | None:
    arxiv = arxiv_of(name)
    title = _text(entry, f"{_ATOM}title")
    names = (_text(author, f"{_ATOM}name") for author in entry.iter(f"{_ATOM}author"))
    try:
        published = date.fromisoformat(_text(entry, f"{_ATOM}published")[:10])
    except ValueError:
        return None
    if arxiv is None or not title:
        return None
    return Answer(
        arxiv,
        title,
        _text(entry, f"{_ATOM}summary"),
        tuple(filter(None, names)),
        published,
        doi_of(_text(entry, f"{_ARXIV}doi")),
    )


def _text(element: ElementTree.Element, tag: str) -> str:
    return " ".join((element.findtext(tag) or "").split())
