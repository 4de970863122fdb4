"""Where in a digest's file links stand that a person should look at: see `suspicion`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from generator.enriching.addresses import complete, why_not
from generator.enriching.repeats import short
from generator.enriching.suspicion import suspicion
from generator.model import Digest, LineClass, Paper, Problem, Record, Severity, Source

_WITH_SCHEME = re.compile(r"https?://[^\s<>()\[\]{}\"'`（）。，、；]{3,200}", re.IGNORECASE)
_END = ".,;:!?"


def odd_links(digest: Digest, text: str, papers: Mapping[Source, Paper]) -> Iterator[Problem]:
    """Yield problems of links that are odd, in the order of the file.

    `text` is the decoded text that the digest was read from, `papers` has the paper of each record
    whose text it shows, by where the record's title stands.
    """
    lines = _lines(digest, text)
    for number, record in enumerate(digest.records):
        for given in record.links:
            url = complete(given.text.rstrip(".,;"))
            if url is not None:
                yield from _odd(url, given.text, given.source)
        yield from _in_abstract(record, papers.get(record.source), lines.get(number, ()))


def _in_abstract(
    record: Record, paper: Paper | None, lines: Sequence[tuple[Source, str]]
) -> Iterator[Problem]:
    mentioned = [mention.link for mention in paper.mentions] if paper else []
    for link in mentioned:
        yield from _odd(link.url, link.text, _place(link.text, lines, record.source))
    if "://" not in record.abstract:
        return
    for found in _WITH_SCHEME.finditer(record.abstract):
        written = found[0].rstrip(_END)
        if complete(written) is None and not any(written in link.text for link in mentioned):
            yield Problem(
                _place(written, lines, record.source),
                Severity.WARNING,
                f'"{short(written)}" in the abstract is no link: {why_not(written)}',
                "leave it as it is; if it should lead somewhere, say so below the title:\n"
                "Link: https://github.com/owner/name",
                "B417",
            )


def _odd(url: str, written: str, source: Source) -> Iterator[Problem]:
    found = suspicion(url)
    if found is not None:
        message = f'the link "{short(written)}" {found.what}'
        yield Problem(source, Severity.WARNING, message, found.hint, found.code)


def _lines(digest: Digest, text: str) -> dict[int, list[tuple[Source, str]]]:
    """Return the lines of each record's abstract, by the record's index."""
    lines: dict[int, list[tuple[Source, str]]] = {}
    for line in digest.lines:
        if line.record is not None and line.kind is LineClass.ABSTRACT:
            there = (Source(digest.path, line.number), text[line.start : line.end])
            lines.setdefault(line.record, []).append(there)
    return lines


def _place(written: str, lines: Sequence[tuple[Source, str]], otherwise: Source) -> Source:
    """Return the line on which something stands, or where the title does if it is on none."""
    return next((source for source, line in lines if written in line), otherwise)
