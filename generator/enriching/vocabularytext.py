"""The text of docs/vocabulary.yml → the vocabulary, and what is wrong with it.

What is wrong is left out and reported with its line; the rest stays. An entry by itself is read
by `entries`; here entries are compared with each other.
"""

from __future__ import annotations

from rapidfuzz import fuzz, process

from generator.enriching.entries import EXAMPLE, Entry, Phrase, Report, read_entries, shown
from generator.enriching.vocabulary import Vocabulary
from generator.enriching.words import paths
from generator.model import Problem, Severity, Source, Tag


def read(text: str, path: str) -> tuple[Vocabulary, tuple[Problem, ...]]:
    """Read YAML text into tags, and problems by line; `path` is for the messages. Never raises."""
    problems: list[Problem] = []

    def report(code: str, line: int, message: str, hint: str = EXAMPLE) -> None:
        problems.append(Problem(Source(path, line), Severity.ERROR, message, hint, code))

    entries = _placed(_distinct(read_entries(text, report), report), report)
    vocabulary = _assembled(entries, report)
    return vocabulary, tuple(sorted(problems, key=lambda problem: problem.source.line))


def _distinct(entries: list[Entry], report: Report) -> list[Entry]:
    """Entries whose slug and name no earlier entry has."""
    slugs: dict[str, int] = {}
    names: dict[str, int] = {}
    kept = []
    for entry in entries:
        name = entry.name.casefold()
        if entry.slug in slugs:
            report(
                "B433",
                entry.lines["slug"],
                f"the slug {shown(entry.slug)} is taken in line {slugs[entry.slug]}",
                "A slug is a part of the tag's address, so each tag needs its own.",
            )
        elif name in names:
            report(
                "B434",
                entry.lines["name"],
                f"the name {shown(entry.name)} is taken in line {names[name]}",
                "If both mean the same, join them into one entry; if not, name the difference.",
            )
        else:
            slugs[entry.slug], names[name] = entry.lines["slug"], entry.lines["name"]
            kept.append(entry)
    return kept


def _placed(entries: list[Entry], report: Report) -> list[Entry]:
    """Broad entries, then those that stand below one."""
    broad = {entry.slug: entry for entry in entries if entry.broader is None}
    all_slugs = {entry.slug: entry for entry in entries}
    kept = list(broad.values())
    for entry in entries:
        if entry.broader is None:
            continue
        if entry.broader in broad:
            kept.append(entry)
        elif entry.broader in all_slugs:
            above = all_slugs[entry.broader].broader
            report(
                "B435",
                entry.lines["broader"],
                f"{shown(entry.broader)} is not a broad tag: it stands below {shown(str(above))}",
                "There are two levels. Name a tag that has no `broader` itself"
                + (f", such as `broader: {above}`." if above in broad else "."),
            )
        else:
            near = process.extractOne(entry.broader, list(broad), scorer=fuzz.WRatio)
            report(
                "B436",
                entry.lines["broader"],
                f"no broad tag has the slug {shown(entry.broader)}",
                f"Did you mean `broader: {near[0]}`?" if near else EXAMPLE,
            )
    return kept


def _assembled(entries: list[Entry], report: Report) -> Vocabulary:
    """Make the vocabulary, each phrase with one tag only: the first in the file that has it."""
    owners: dict[tuple[str, ...], tuple[str, int]] = {}
    lost: set[tuple[str, str]] = set()
    weights: dict[str, float] = {}
    own_name = [(e, Phrase(e.name, 1.0, e.lines["name"])) for e in entries]
    listed = [(entry, phrase) for entry in entries for phrase in entry.phrases]
    for entry, phrase in sorted(own_name + listed, key=lambda pair: pair[1].line):
        keys = paths(phrase.text)
        taken = next((owners[k] for k in keys if k in owners and owners[k][0] != entry.slug), None)
        if taken:
            lost.add((entry.slug, phrase.text))
            report(
                "B437",
                phrase.line,
                f"the phrase {shown(phrase.text)} already shows the tag {shown(taken[0])}, "
                f"line {taken[1]}",
                "Case, plural and hyphens make no difference. Keep it with the tag it fits best.",
            )
            continue
        same_as_name = keys[0] in paths(entry.name)
        owners.update((k, (entry.slug, phrase.line)) for k in keys)
        weights[entry.name if same_as_name else phrase.text] = phrase.weight
    tags = tuple(
        Tag(
            slug=entry.slug,
            name=entry.name,
            description=entry.description,
            broader=entry.broader,
            phrases=tuple(
                dict.fromkeys(p.text for p in entry.phrases if (entry.slug, p.text) not in lost)
            ),
        )
        for entry in entries
    )
    return Vocabulary(tags, {text: weight for text, weight in weights.items() if weight != 1})
