"""From a pasted text to a `Digest`: the first room of the generator.

The way of a text through this room:

1. `decoding` turns bytes into text, or says which byte is not UTF-8. `dialects` finds whether the
   text has a form of its own: then that form's grammar reads it, and what follows is not asked.
2. `lines` cuts the text into lines, `atoms` puts lines together that read as one piece;
   `labels` takes `Title:` and `Abstract:` off before, `keyblocks` finds where keys begin and
   end, `cuts` where a blank line was lost; `chrome`, `dates`, `keys` and `names` know the forms
   a line can have, `evidence` what titles and abstracts look like.
3. `pairing` decides what all pieces are: which are titles, keys, abstracts, and which belong to
   no paper. `walk` finds the cheapest reading for it: `roles` names what a piece can be, `steps`
   says what can follow what, `prices` what it costs. `kinship` helps to tell a further paragraph
   from an abstract whose title was lost.
4. `records` makes records, lines and problems of it; `keyvalues` reads the keys' values.
   `fileproblems`, `paperproblems` and `keyproblems` hold the problems' words, `wording` what
   these share.

Nothing here looks at a disk, a clock or a network, and no input raises. Links, tags and
repeats are left to `enriching`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.model import Digest, LineClass, Problem, Source
from generator.reading import fileproblems
from generator.reading.atoms import atoms_of
from generator.reading.dates import date_of, file_name, slug_of
from generator.reading.decoding import decode
from generator.reading.dialects import Dialect, Sheet, dialect_of
from generator.reading.labels import unlabelled
from generator.reading.lines import RawLine, fold, split_lines
from generator.reading.pairing import read
from generator.reading.records import Assembly

__all__ = ["read_bytes", "read_text"]

_LOST = re.compile("\ufffd|â€[™œ¦˜\x9d\x80-\x9f]|Ã[©¨¼¶¤±³¡­]")


def read_bytes(data: bytes, path: str) -> Digest:
    """Return the digest in a file's bytes; `path` names the file in problems and gives its day.

    Bytes that are not UTF-8 give a digest without records or lines, and an error that names the
    byte and its line.
    """
    text = decode(data, path)
    if isinstance(text, Problem):
        return Digest(path, slug_of(path), date_of(path), problems=(*_name_problems(path), text))
    return read_text(text, path)


def read_text(text: str, path: str) -> Digest:
    """Return the digest in a text; of `path` only the file's name is used, for day and slug.

    The spans of the digest's lines give the text back. Whatever is doubtful, or went into no
    record, has a problem; problems come in the order of lines.
    """
    day = date_of(path)
    plain = split_lines(text)
    dialect = dialect_of(plain)
    if dialect is not None:
        return _read_dialect(dialect, text, path, plain)
    raw, label = unlabelled(plain)
    atoms = atoms_of(raw)
    assembly = Assembly(path, day, read(atoms), atoms)
    lines = assembly.lines(raw)
    records = assembly.records()
    found = [*_name_problems(path), *_losses(text, path), *assembly.problems]
    if label is not None:
        found.append(fileproblems.labels(Source(path, label)))
    if not records and not any(line.kind is LineClass.UNCLASSIFIED for line in lines):
        found.append(fileproblems.no_papers(Source(path, 1)))
    return Digest(path, slug_of(path), day, records, lines, tuple(sorted(found)))


def _read_dialect(dialect: Dialect, text: str, path: str, raw: Sequence[RawLine]) -> Digest:
    """Read a text by the grammar of a dialect."""
    sheet = Sheet(path, raw)
    dialect.read(text, sheet)
    found = [*_name_problems(path), *_losses(text, path), *sheet.problems, *sheet.unread()]
    if not sheet.records:
        found.append(fileproblems.no_papers(Source(path, 1)))
    return Digest(
        path,
        slug_of(path),
        date_of(path),
        tuple(sheet.records),
        sheet.lines(),
        tuple(sorted(found)),
        dialect.name,
        tuple(sheet.days),
    )


def _name_problems(path: str) -> list[Problem]:
    if date_of(path) is not None:
        return []
    return [fileproblems.bad_file_name(Source(path, 1), file_name(path))]


def _losses(text: str, path: str) -> list[Problem]:
    """Report the first sign that the text went through a wrong encoding."""
    match = _LOST.search(text)
    if match is None:
        return []
    line = 1 + len(re.findall(r"\r\n|\r|\n", text[: match.start()]))
    around = text[max(0, match.start() - 20) : match.end() + 20]
    return [fileproblems.lost_characters(Source(path, line), fold(around))]
