"""The line "Cite: BibTeX · RIS · CSL-JSON" as finished values for the templates."""

from __future__ import annotations

from functools import cache

from markupsafe import Markup

from generator.value import Value
from generator.writing import addresses
from generator.writing.citations.files import FORMATS
from generator.writing.escaping import html
from generator.writing.forms import SIGNS, Form
from generator.writing.rendering import fill

_LABELS = {form.label: html(form.label) for form in FORMATS}

_LONGEST = 40
"""Characters of a downloaded file's name, without its ending."""


class OfferedFile(Value, frozen=True):
    """A link to a file of citations."""

    href: Markup
    label: Markup
    download: Markup
    """The name that the file gets on the reader's machine."""


class Offer(Value, frozen=True):
    """The files of one page's papers, one for each format."""

    files: tuple[OfferedFile, ...]
    what: Markup
    """What they hold, as the title of a dialogue has it: `the digest of 11 March 2025`; empty for
    one paper."""


def offer(here: str, folder: str, what: str, name: str) -> Offer:
    """Make the links from the page `here` to the files in a folder, both addresses of pages.

    `what` says what the files hold, `name` is what a downloaded file is called, without ending.
    """
    return _offer(here, folder, html(what), _short(name))


def cite_line(slug: str) -> Markup:
    """Return the line on a paper's own page: the files stand beside it, so only their names differ.

    A download gets the paper's slug for a name.
    """
    return _line_of_papers().filled(_short(slug))


@cache
def _line_of_papers() -> Form:
    any_paper = addresses.paper("any")
    return Form(fill("cite.html", cite=_offer(any_paper, any_paper, Markup(), SIGNS[0])))


def _offer(here: str, folder: str, what: Markup, name: Markup) -> Offer:
    return Offer(
        tuple(
            OfferedFile(
                html(addresses.relative(here, form.path(folder))),
                _LABELS[form.label],
                name + f".{form.ending}",
            )
            for form in FORMATS
        ),
        what,
    )


def _short(name: str) -> Markup:
    return html(name[:_LONGEST].rstrip("-"))
