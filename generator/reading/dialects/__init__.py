"""The forms in which lists of papers come, each in a module of its own.

`form` says what a dialect is. Here is the list of all, and the choice of the one that a text has.
The project's own text format, and plain pastes of titles and abstracts, are none of these: they are
what a text is read as when no dialect knows it.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.reading.dialects import (
    arxivlisting,
    arxivmail,
    bibtex,
    huggingface_api,
    huggingface_mail,
    huggingface_markdown,
    huggingface_page,
    huggingface_paper,
    keyvalue,
    markdownlist,
    paperscsv,
    papertable,
    ris,
    scholar,
    trending,
)
from generator.reading.dialects.form import Dialect, Sheet
from generator.reading.lines import RawLine

__all__ = ["DIALECTS", "Dialect", "Sheet", "dialect_of"]

DIALECTS: tuple[Dialect, ...] = (
    huggingface_page.DIALECT,
    huggingface_markdown.DIALECT,
    trending.DIALECT,
    huggingface_paper.DIALECT,
    huggingface_mail.DIALECT,
    huggingface_api.DIALECT,
    arxivmail.DIALECT,
    arxivlisting.DIALECT,
    markdownlist.DIALECT,
    papertable.DIALECT,
    paperscsv.DIALECT,
    keyvalue.DIALECT,
    scholar.DIALECT,
    bibtex.DIALECT,
    ris.DIALECT,
)
"""All that are known besides plain text, in the order in which messages list them."""

_SURE = 0.5


def dialect_of(lines: Sequence[RawLine]) -> Dialect | None:
    """Return the dialect that a text has by its lines; None for plain text."""
    sure = [dialect.signature(lines) for dialect in DIALECTS]
    best = max(sure, default=0.0)
    return DIALECTS[sure.index(best)] if best >= _SURE else None
