"""`broadsheet identify`: look papers up at arXiv."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import click
from msgspec.structs import replace

from generator.checking.excerpt import harmless
from generator.commands.common import DIGESTS
from generator.identifying.answers import Answer, RefusedError
from generator.identifying.asking import API, AT_ONCE, Asker, UnreachableError
from generator.identifying.matching import Match, best, has_title, score
from generator.identities import (
    NAME,
    Identities,
    Identity,
    all_of,
    begins,
    read_identities,
    written,
)
from generator.model import Digest, Record
from generator.project import find_digests, read_digest
from generator.writing.wording import count

_AGAIN = timedelta(days=30)
"""After that a paper of which nothing was found is looked up once more: it may have come since."""
_GIVEN_UP = timedelta(days=365)
"""A digest that is older gets no second look."""
_SLIP = 65.0
"""Score below which the paper with the digest's own identifier is another paper."""
_SAVE = 20
"""Papers after which the file is written, so that a run that is broken off goes on from there."""

Pair = tuple[Digest, Record]


@click.command(epilog="Exit codes: 0 all looked up; 1 no answer, or a damaged file; 2 wrong usage.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True), metavar="[PATH]…")
@click.option("--limit", type=click.IntRange(min=1), help="Look up at most that many papers.")
@click.option("--again", is_flag=True, help="Look up once more what was not found before.")
@click.option("--dry-run", is_flag=True, help="Say what would be looked up; ask nobody.")
@click.option(
    "--contact",
    envvar="BROADSHEET_CONTACT",
    default="",
    help="Your e-mail address, told to arXiv so that they can write to you.",
    show_envvar=True,
)
@click.option("--api", envvar="BROADSHEET_API", default=API, show_default=True, help="Whom to ask.")
def identify(
    paths: tuple[Path, ...], limit: int | None, again: bool, dry_run: bool, contact: str, api: str
) -> None:
    """Look papers up at arXiv: authors, identifier, day of publication.

    PATH is a digest or a folder of digests; without one, docs/digests. What is found goes into
    docs/digests/identities.yml, with a score of at most 100; what is not near enough claims
    nothing. Builds read that file alone, and never the network. Papers that are known are not asked
    for again: a run that was broken off goes on where it stopped. arXiv wants three seconds between
    questions.

    \b
    Examples:
      broadsheet identify --dry-run
      broadsheet identify docs/digests/2025-03-11.txt
      broadsheet identify --limit 100 --contact me@example.org
    """
    if not paths and not DIGESTS.is_dir():
        raise click.UsageError(f"There is no {DIGESTS} here: name a digest or a folder of digests")
    if not api.startswith(("https://", "http://")):
        raise click.UsageError(f"--api is {api!r}; expected an address such as {API}")
    if not re.fullmatch(r"[!-~]*", contact):
        raise click.UsageError(f"--contact is {contact!r}; expected an address as me@example.org")
    file = _file_of(paths[0] if paths else DIGESTS)
    known = _known(file)
    digests = [read_digest(path) for path in find_digests(paths or (DIGESTS,))]
    today = datetime.now(UTC).date()
    wanted = [pair for pair in all_of(digests) if _is_wanted(pair, known, again, today)]
    wanted = wanted[:limit]
    if dry_run:
        for _, record in wanted:
            click.echo(f"{record.source}: {harmless(record.title)}")
        click.echo(f"{count(len(wanted), 'paper')} would be looked up", err=True)
        return
    asker = Asker(api=api, contact=contact)
    done = found = 0
    failure = ""
    try:
        for record, match in _matches(wanted, asker, known):
            known.add(_identity(record, match, today, _refused(record, known)))
            done += 1
            found += match.answer is not None
            _tell(record, match, done, len(wanted))
            if done % _SAVE == 0:
                _save(file, known)
    except (UnreachableError, KeyboardInterrupt) as error:
        failure = str(error) or "stopped"
    if done:
        _save(file, known)
    click.echo(f"{count(done, 'paper')} looked up, {found} found: {file}", err=True)
    if failure:
        left = len(wanted) - done
        click.echo(f"Error: {failure}. {left} are left: run it again later.", err=True)
        sys.exit(1)


def _file_of(path: Path) -> Path:
    return (path if path.is_dir() else path.parent) / NAME


def _known(file: Path) -> Identities:
    """Read what is known; a file with a damaged part is not written over."""
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Identities()
    except (OSError, UnicodeDecodeError) as error:
        click.echo(f"Error: {file} cannot be read: {error}", err=True)
        sys.exit(1)
    known, problems = read_identities(text, str(file))
    for problem in problems:
        click.echo(str(problem), err=True)
    if problems:
        click.echo(f"Error: mend {file} first: it would be written over", err=True)
        sys.exit(1)
    return known


def _is_wanted(pair: Pair, known: Identities, again: bool, today: date) -> bool:
    digest, record = pair
    identity = known.of(record)
    if identity is None:
        # What a digest says of itself needs nobody's answer.
        return not (record.arxiv and record.authors and record.published)
    if identity.arxiv is not None:
        return record.arxiv not in (None, identity.arxiv)
    recent = digest.date is not None and today - digest.date < _GIVEN_UP
    return again or (recent and today - identity.looked_up >= _AGAIN)


def _matches(
    wanted: Sequence[Pair], asker: Asker, known: Identities
) -> Iterator[tuple[Record, Match]]:
    """Yield each paper with what was found: those with identifiers many at once, others alone."""
    named = [pair for pair in wanted if pair[1].arxiv]
    for start in range(0, len(named), AT_ONCE):
        part = named[start : start + AT_ONCE]
        answers = {answer.arxiv: answer for answer in _by_identifier(part, asker)}
        for _, record in part:
            yield record, _checked(record, _answer_to(record.arxiv or "", answers))
    for digest, record in wanted:
        if not record.arxiv:
            yield record, _by_title(digest, record, asker, _refused(record, known))


def _answer_to(identifier: str, answers: Mapping[str, Answer]) -> Answer | None:
    """Find the answer to an identifier, which is answered without a class: `math/0309136`."""
    answer = answers.get(re.sub(r"\.[A-Z]{2}(?=/)", "", identifier), answers.get(identifier))
    return None if answer is None else replace(answer, arxiv=identifier)


def _checked(record: Record, answer: Answer | None) -> Match:
    """Take the paper with an identifier, unless it is another one: then the digest has a slip."""
    if answer is None:
        return Match(None, 0.0)
    alike = score(record, answer)
    # A list of titles has no abstract that could agree, and others have a summary in its place.
    same = alike >= _SLIP or has_title(record, answer)
    return Match(answer if same else None, alike)


def _by_identifier(part: Iterable[Pair], asker: Asker) -> list[Answer]:
    identifiers = list(dict.fromkeys(record.arxiv for _, record in part if record.arxiv))
    try:
        return asker.by_identifier(identifiers)
    except RefusedError:
        if len(identifiers) == 1:
            return []
        # One that arXiv does not know makes it refuse all: then each is asked for alone.
        found = []
        for identifier in identifiers:
            try:
                found += asker.by_identifier([identifier])
            except RefusedError:
                continue
        return found


def _refused(record: Record, known: Identities) -> tuple[str, ...]:
    """Return identifiers of which a person has said that they are not this paper's."""
    identity = known.of(record)
    return identity.refused if identity else ()


def _by_title(digest: Digest, record: Record, asker: Asker, refused: Sequence[str]) -> Match:
    match = Match(None, 0.0)
    for ask in (asker.by_title, asker.by_words):
        try:
            answers = [each for each in ask(record.title) if each.arxiv not in refused]
        except RefusedError:
            continue
        match = max(match, best(record, digest.date, answers), key=lambda each: each.score)
        if match.answer is not None:
            break
    return match


def _identity(record: Record, match: Match, today: date, refused: tuple[str, ...]) -> Identity:
    identity = Identity(record.title, begins(record), today, match.score, refused=refused)
    answer = match.answer
    if answer is None:
        return identity
    return replace(
        identity,
        arxiv=answer.arxiv,
        doi=answer.doi,
        authors=answer.authors,
        published=answer.published,
        source=f"https://arxiv.org/abs/{answer.arxiv}",
    )


def _tell(record: Record, match: Match, done: int, number: int) -> None:
    what = f"arXiv:{match.answer.arxiv}" if match.answer else "nothing near enough"
    title = harmless(record.title)[:60]
    click.echo(f"{done} of {number}: {title}: {what} ({match.score:.0f})", err=True)


def _save(file: Path, known: Identities) -> None:
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        beside.write_text(written(known), encoding="utf-8", newline="\n")
        beside.replace(file)
    except OSError as error:
        beside.unlink(missing_ok=True)
        click.echo(f"Error: {file} cannot be written: {error.strerror}", err=True)
        sys.exit(1)
