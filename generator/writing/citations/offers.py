"""The line "Cite: BibTeX · RIS · CSL-JSON" as finished values for the templates."""

from __future__ import annotations

import msgspec
from markupsafe import Markup

from generator.writing import addresses
from generator.writing.citations.files import FORMATS
from generator.writing.escaping import html

_LABELS = {form.label: html(form.label) for form in FORMATS}

_LONGEST = 40
"""Characters of a downloaded file's name, without its ending."""


class OfferedFile(msgspec.Struct, frozen=True):
    """A link to a file of citations."""

    href: Markup
    label: Markup
    download: Markup
    """The name that the file gets on the reader's machine."""


class Offer(msgspec.Struct, frozen=True):
    """The files of one page's papers, one for each format."""

    files: tuple[OfferedFile, ...]
    what: Markup
    """What they hold, as the title of a dialogue has it: `the digest of 11 March 2025`; empty for
    one paper."""


def offer(here: str, folder: str, what: str, name: str) -> Offer:
    """Make the links from the page `here` to the files in a folder, both addresses of pages.

    `what` says what the files hold, `name` is what a downloaded file is called, without ending.
    """
    name = name[:_LONGEST].rstrip("-")
    return Offer(
        tuple(
            OfferedFile(
                href=html(addresses.relative(here, form.path(folder))),
                label=_LABELS[form.label],
                download=html(f"{name}.{form.ending}"),
            )
            for form in FORMATS
        ),
        html(what),
    )
