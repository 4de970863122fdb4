"""The file of identities: YAML that people mend by hand, read with nothing believed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from generator.identities.known import Identities, Identity
from generator.model import Problem, Severity, Source

if TYPE_CHECKING:
    import yaml

NAME = "identities.yml"
"""Of the file, in the folder of digests."""

_HEAD = """\
# What arXiv says of papers: written by `broadsheet identify`, read by every build.
# An entry without an identifier says that nothing near enough was found, and when.
# Where another paper was found, write `not` in place of `arxiv` and take out the rest of what was
# found: it is not proposed again. An entry that is gone is looked up again. What a digest says
# counts more.
"""
_MOST_NAMES = 20_000
"""Papers of 5,000 authors are real."""


def read_identities(text: str, path: str) -> tuple[Identities, tuple[Problem, ...]]:
    """Read the file's text; what is wrong with one entry leaves that entry out, with a problem."""
    import yaml  # Slow to import, as rapidfuzz is: not for builds that know the file.

    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 1
        return Identities(), (_problem(path, line, "this is not YAML; nothing of it is used"),)
    if root is None:
        return Identities(), ()
    if not isinstance(root, yaml.SequenceNode):
        return Identities(), (_problem(path, 1, "expected a list of entries; nothing is used"),)
    found: list[Identity] = []
    problems: list[Problem] = []
    seen: set[int] = set()
    for node in root.value:
        line = node.start_mark.line + 1
        try:
            found.append(_identity(_plain(node, seen)))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            what = str(error).strip("'\"") or type(error).__name__
            problems.append(_problem(path, line, f"this entry is left out: {what}"))
    return Identities(found), tuple(problems)


def written(identities: Identities) -> str:
    """Return the text of the file."""
    import yaml

    entries = [_entry(identity) for identity in identities]
    if not entries:
        return _HEAD + "[]\n"
    return _HEAD + yaml.dump(
        entries, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=100
    )


def _plain(node: yaml.Node, seen: set[int]) -> Mapping[str, object]:
    """Return an entry with every scalar as it is written: a title may read like a number.

    `seen` knows all lists so far: one that comes again by an alias could stand for millions.
    """
    import yaml

    if not isinstance(node, yaml.MappingNode):
        raise TypeError("expected a title, and what is known of it")
    entry: dict[str, object] = {}
    for key, value in node.value:
        name = _scalar(key)
        if isinstance(value, yaml.SequenceNode):
            if id(value) in seen:
                raise TypeError("expected a list, found an alias of one")
            seen.add(id(value))
            entry[name] = [_scalar(item) for item in value.value]
        else:
            entry[name] = _scalar(value)
    return entry


def _scalar(node: yaml.Node) -> str:
    """Return a text; what is nested deeper is none, and could be without end."""
    if not isinstance(node.value, str):
        raise TypeError("expected texts, and lists of texts")
    return node.value


def _identity(entry: Mapping[str, object]) -> Identity:
    from generator.reading.keys import arxiv_of, doi_of

    title, start = entry["title"], entry.get("begins", "")
    if not isinstance(title, str) or not isinstance(start, str) or not title.strip():
        raise ValueError("title and begins are texts")
    names = entry.get("authors", [])
    if not isinstance(names, list) or len(names) > _MOST_NAMES:
        raise ValueError("authors is a list of names")
    arxiv, doi = entry.get("arxiv"), entry.get("doi")
    if arxiv is not None and arxiv_of(str(arxiv)) is None:
        raise ValueError(f"arxiv is {str(arxiv)[:40]!r}; expected e.g. 2503.04715")
    if doi is not None and doi_of(str(doi)) is None:
        raise ValueError(f"doi is {str(doi)[:40]!r}; expected e.g. 10.1000/182")
    published = entry.get("published")
    score = float(str(entry["score"]))
    if not 0 <= score <= 100:
        raise ValueError("score is a number from 0 to 100")
    refused = entry.get("not", [])
    names_not = [
        arxiv_of(str(each)) for each in (refused if isinstance(refused, list) else [refused])
    ]
    if None in names_not:
        raise ValueError("not names identifiers of arXiv; expected e.g. 2503.04715")
    return Identity(
        title=title,
        begins=start,
        looked_up=date.fromisoformat(str(entry["looked_up"])),
        score=score,
        arxiv=arxiv_of(str(arxiv)) if arxiv is not None else None,
        doi=doi_of(str(doi)) if doi is not None else None,
        authors=tuple(" ".join(str(name).split()) for name in names if str(name).strip()),
        published=date.fromisoformat(str(published)) if published is not None else None,
        source=str(entry.get("source", "")),
        refused=tuple(filter(None, names_not)),
    )


def _entry(identity: Identity) -> dict[str, object]:
    entry: dict[str, object] = {"title": identity.title, "begins": identity.begins}
    if identity.arxiv:
        entry["arxiv"] = identity.arxiv
    if identity.doi:
        entry["doi"] = identity.doi
    if identity.authors:
        entry["authors"] = list(identity.authors)
    if identity.published:
        entry["published"] = identity.published.isoformat()
    if identity.source:
        entry["source"] = identity.source
    if identity.refused:
        entry["not"] = list(identity.refused)
    return {
        **entry,
        "score": round(identity.score, 1),
        "looked_up": identity.looked_up.isoformat(),
    }


def _problem(path: str, line: int, message: str) -> Problem:
    return Problem(
        Source(path, line),
        Severity.ERROR,
        message,
        "- title: Attention Is All You Need\n"
        "  begins: The dominant sequence transduction models are based on\n"
        "  arxiv: '1706.03762'\n  score: 100.0\n  looked_up: '2025-03-12'",
        "B501",
    )
