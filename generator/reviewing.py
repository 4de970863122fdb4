"""What a change does to the library: the data of the comment on a pull request.

Two libraries are compared, that of the target and that of the change. The result is plain data
with bounds: it is made where a stranger's files are read, without any right to write, and is told
to people elsewhere (`.github/scripts/comment.py`), by code that trusts none of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from generator.model import Library, Paper, Problem, Severity

VERSION = 1
_PAPERS = 60
"""Papers that are named; the rest are counted."""
_PROBLEMS = 40
_TAGS = 20
_LONGEST = 200
"""Characters of any text."""


def review(before: Library, after: Library, checked: Sequence[Problem] = ()) -> dict[str, Any]:
    """Say what changes from one library to the other, as data for JSON.

    `checked` are problems besides those of the library after the change. Only problems that the
    library before did not have count: nobody has to answer for those of others.
    """
    new = [paper for slug, paper in after.papers.items() if slug not in before.papers]
    known = {issue.slug: issue for issue in before.issues}
    digests = []
    repeats: list[dict[str, Any]] = []
    for issue in after.issues:
        was = known.get(issue.slug)
        if was is not None and was.papers == issue.papers:
            continue
        listed = set(was.papers) if was else set()
        added = [slug for slug in issue.papers if slug not in listed]
        again = [slug for slug in added if slug in before.papers]
        repeats += [_repeat(after.papers[slug], issue.slug) for slug in again]
        digests.append(
            {
                "path": _short(issue.path),
                "date": issue.date.isoformat(),
                "papers": len(issue.papers),
                "new": len(added) - len(again),
                "repeats": len(again),
                "changed": was is not None,
            }
        )
    gone = sorted(slug for slug in before.papers if slug not in after.papers)
    problems = _new_problems((*after.problems, *checked), before.problems)
    return {
        "version": VERSION,
        "digests": digests[:_PAPERS],
        "papers": {"new": len(new), "named": [_paper(paper) for paper in new[:_PAPERS]]},
        "repeats": {"all": len(repeats), "named": repeats[:_PAPERS]},
        "gone": {"all": len(gone), "named": [_short(slug) for slug in gone[:_PAPERS]]},
        "retagged": sum(
            before.papers[slug].tags != paper.tags
            for slug, paper in after.papers.items()
            if slug in before.papers
        ),
        "tags": _tags(new, after),
        "problems": {
            "errors": sum(problem.severity is Severity.ERROR for problem in problems),
            "warnings": sum(problem.severity is Severity.WARNING for problem in problems),
            "named": [_problem(problem) for problem in sorted(problems, key=_gravity)[:_PROBLEMS]],
        },
    }


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _paper(paper: Paper) -> dict[str, Any]:
    return {
        "title": _short(paper.title),
        "slug": _short(paper.slug),
        "links": len(paper.links),
        "tags": len(paper.tags),
    }


def _repeat(paper: Paper, digest: str) -> dict[str, Any]:
    others = [each.digest for each in paper.appearances if each.digest != digest]
    return {
        "title": _short(paper.title),
        "slug": _short(paper.slug),
        "before": [_short(other) for other in others[:5]],
    }


def _tags(papers: Iterable[Paper], library: Library) -> list[dict[str, Any]]:
    """Count the tags of new papers, the most frequent first."""
    counts = Counter(slug for paper in papers for slug in paper.tags)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [
        {"name": _short(library.tags[slug].name), "papers": number}
        for slug, number in ordered[:_TAGS]
    ]


def _new_problems(after: Iterable[Problem], before: Iterable[Problem]) -> list[Problem]:
    """Leave out what was there already: lines may have moved, so only file and words count."""
    old = Counter(map(_words, before))
    found = []
    for problem in after:
        if old[_words(problem)] > 0:
            old[_words(problem)] -= 1
        else:
            found.append(problem)
    return found


def _words(problem: Problem) -> tuple[str, str]:
    return problem.source.path, problem.message


def _gravity(problem: Problem) -> tuple[bool, Problem]:
    return problem.severity is not Severity.ERROR, problem


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "path": _short(problem.source.path),
        "line": problem.source.line,
        "severity": problem.severity.value,
        "code": problem.code,
        "message": _short(problem.message),
    }
