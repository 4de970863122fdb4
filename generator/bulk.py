"""The library as lines that a search engine on a server takes in: `broadsheet bulk`.

It reads the files of `papers.json` of a built site one after the other, so that a library of any
size passes through, and knows nothing of digests. What engines there are, what to send them first
and how to ask them is told on the page docs/larger.md, which a test holds against this module.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from generator.model import Problem, Severity, Source
from generator.project import shown
from generator.writing.data import VERSION, library_path

_LONGEST_ID = 511
"""Bytes: Meilisearch takes so many, OpenSearch one more."""

_PLAIN = re.compile(r"[A-Za-z0-9-][A-Za-z0-9_-]*")

_BREAKS = str.maketrans({mark: f"\\u{ord(mark):04x}" for mark in "\x7f\x85\u2028\u2029"})
"""JSON allows them in a text, but some programs take them for the end of a line."""

_SURROGATE = re.compile(r"[\ud800-\udfff]")


class Engine(StrEnum):
    """Whose format to write."""

    OPENSEARCH = "opensearch"
    """An action line and a document line a paper, for `_bulk`; Elasticsearch takes the same."""
    MEILISEARCH = "meilisearch"
    """A document a line, with an `id`."""


class BulkError(ValueError):
    """A file is missing or is not what a site publishes; `problem` says where and what to do."""

    def __init__(self, path: str, line: int, message: str, hint: str = "") -> None:
        super().__init__(message)
        again = "Build the site again, and name its folder: broadsheet bulk site"
        self.problem = Problem(Source(path, line), Severity.ERROR, message, hint or again, "B551")


def read_papers(place: Path) -> Iterator[dict[str, Any]]:
    """Yield the papers of a built site, each as `papers.json` has it.

    Takes the site's folder or the path of its `papers.json`. Files are read when their papers
    are wanted. Raises BulkError where a file is missing, damaged or of another build.
    """
    folder = place if place.is_dir() else place.parent
    if place != folder and place.name != library_path(1):
        raise BulkError(
            shown(place), 1, f"expected a site's folder or its {library_path(1)}, found a file"
        )
    first: dict[str, Any] = {}
    slugs: set[str] = set()
    number, read = 1, 0
    while True:
        path = folder / library_path(number)
        page = _parse(path)
        # No more of it: its papers are not to be held.
        first = first or {key: page.get(key) for key in ("total", "pages", "updated")}
        for key, value in first.items():
            if page.get(key) != value:
                raise BulkError(shown(path), 1, f"{key} is not what {library_path(1)} says")
        if page.get("page") != number:
            raise BulkError(shown(path), 1, f"expected page {number}, found {page.get('page')!r}")
        for at, paper in enumerate(page["papers"], 1):
            try:
                slug = _checked(paper)["slug"]
                if slug in slugs:
                    raise ValueError(f"an earlier one has the slug {slug} too")
            except (AttributeError, KeyError, TypeError, ValueError) as error:
                raise BulkError(
                    shown(path), 1, f"paper {at} of this file: {_said(error)}"
                ) from error
            slugs.add(slug)
            yield paper
        read += len(page["papers"])
        if page.get("next") is None:
            break
        number += 1
    if read != first.get("total"):
        message = f"expected {first.get('total')!r} papers, found {read}"
        raise BulkError(shown(folder / library_path(number)), 1, message)


def bulk_lines(papers: Iterable[dict[str, Any]], engine: Engine) -> Iterator[str]:
    """Make lines for an engine of papers as `papers.json` has them; each ends in a newline."""
    for paper in papers:
        name, found = identifier(paper["slug"]), document(paper)
        if engine is Engine.OPENSEARCH:
            yield _line({"index": {"_id": name}})
        else:
            day = found["date"]
            # Numbers can be compared in a filter of any version.
            found = {"id": name, **found, "day": int(day.replace("-", "")) if day else None}
        yield _line(found)


def document(paper: dict[str, Any]) -> dict[str, Any]:
    """Return what is searched, filtered by and shown of a paper, without anything nested."""
    return {
        "slug": paper["slug"],
        "url": paper["url"],
        "title": paper["title"],
        "abstract": "\n\n".join(paper["abstract"]),
        "authors": paper["authors"],
        "arxiv": paper["arxiv"],
        "doi": paper["doi"],
        "tags": [tag["name"] for tag in paper["tags"]],
        "tag_slugs": [tag["slug"] for tag in paper["tags"]],
        "acronyms": [f"{a['short']} {a['long']}" for a in paper["acronyms"]],
        "has": list(dict.fromkeys(link["kind"] for link in paper["links"])),
        "digests": [digest["slug"] for digest in paper["digests"]],
        "date": max((digest["date"] for digest in paper["digests"]), default=None),
    }


def identifier(slug: str) -> str:
    """Return a slug as every engine takes it: as it is, or `_` and a hash of it.

    No two slugs share one, since a slug that begins with `_` is hashed too.
    """
    if len(slug) <= _LONGEST_ID and _PLAIN.fullmatch(slug):
        return slug
    return f"_{hashlib.sha256(slug.encode('utf-8', 'surrogatepass')).hexdigest()}"


def _line(value: dict[str, Any]) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_BREAKS)
    return _SURROGATE.sub("\ufffd", text) + "\n"


def _parse(path: Path) -> dict[str, Any]:
    """Read one file of the library, as far as all of them are alike."""
    name = shown(path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise BulkError(name, 1, f"cannot be read: {error.strerror}") from error
    try:
        page = json.loads(raw.decode("utf-8"), parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise BulkError(name, raw.count(b"\n", 0, error.start) + 1, "expected UTF-8") from error
    except json.JSONDecodeError as error:
        raise BulkError(name, error.lineno, f"no JSON: {error.msg}") from error
    except (RecursionError, ValueError) as error:
        raise BulkError(name, 1, f"no JSON of ours: {error}") from error
    if not isinstance(page, dict) or not isinstance(page.get("papers"), list):
        raise BulkError(name, 1, "expected an object with a list of papers")
    if page.get("version") != VERSION:
        found = f"expected version {VERSION}, found {page.get('version')!r}"
        raise BulkError(name, 1, found, "Use the release of broadsheet that built the site.")
    return page


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _checked(paper: dict[str, Any]) -> dict[str, Any]:
    """Return a paper if its fields are of their kinds; raises one of four errors if not."""
    texts = [paper["slug"], paper["url"], paper["title"], *paper["abstract"], *paper["authors"]]
    texts += [text for tag in paper["tags"] for text in (tag["slug"], tag["name"])]
    texts += [text for a in paper["acronyms"] for text in (a["short"], a["long"])]
    texts += [link["kind"] for link in paper["links"]]
    texts += [text for text in (paper["arxiv"], paper["doi"]) if text is not None]
    for digest in paper["digests"]:
        texts.append(digest["slug"])
        if date.fromisoformat(digest["date"]).isoformat() != digest["date"]:
            raise ValueError(f"expected a date such as 2025-03-11, found {digest['date']!r}")
    wrong = [text for text in texts if not isinstance(text, str)]
    if wrong:
        raise TypeError(f"expected a text, found {wrong[0]!r}")
    if not isinstance(paper["abstract"], list) or not isinstance(paper["authors"], list):
        raise TypeError("expected lists of paragraphs and authors")
    if not paper["slug"]:
        raise ValueError("the slug is empty")
    return paper


def _said(error: Exception) -> str:
    return f"there is no {error}" if isinstance(error, KeyError) else str(error)
