"""`broadsheet permalinks`: the list of published addresses, and what became of them."""

from __future__ import annotations

import sys
from collections.abc import Container, Iterable
from pathlib import Path

import click
import yaml

from generator.caching.store import write_whole
from generator.checking.excerpt import harmless
from generator.commands.common import DIGESTS, print_findings, with_lines
from generator.folders import VOCABULARY, shown
from generator.identities import identified
from generator.model import Severity
from generator.permalinks import read_ledger
from generator.permalinks.ledger import Fate, is_address
from generator.permalinks.recording import recorded
from generator.project import find_digests, read_known, read_records, read_tags
from generator.promises import Promises, by_hand, read_promises
from generator.writing.wording import count

_TOLD = 20
"""Addresses that are named; a list that was emptied has thousands."""


@click.command(epilog="Exit codes: 0 all are kept; 1 some would vanish; 2 wrong usage.")
@click.option("--update", is_flag=True, help="Add the addresses that are new.")
@click.option("--keep", is_flag=True, help="Say of those that would vanish where they lead now.")
@click.option(
    "--move",
    nargs=2,
    multiple=True,
    metavar="OLD NEW",
    help="Say that a page has moved, and where to.",
)
@click.option(
    "--gone",
    nargs=2,
    multiple=True,
    metavar="ADDRESS REASON",
    help="Say that a page was withdrawn, and why: readers are told.",
)
@click.option(
    "--against",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The list as it was: none of its addresses may be missing.",
)
def permalinks(
    update: bool,
    keep: bool,
    move: tuple[tuple[str, str], ...],
    gone: tuple[tuple[str, str], ...],
    against: Path | None,
) -> None:
    """Hold the site against the list of all addresses that were published.

    The list is docs/permalinks.txt. An address of which it knows must have a page, or the list says
    what became of it; else no site is built. Without an option, what would vanish is told, with the
    line to write, and nothing is changed. --keep writes those lines where it is clear what has
    taken the place of a page: look at them. The workflow that publishes the site runs --update.

    \b
    Examples:
      broadsheet permalinks
      broadsheet permalinks --update
      broadsheet permalinks --keep
      broadsheet permalinks --move papers/old-title/ papers/new-title/
      broadsheet permalinks --gone papers/never-meant/ "its authors withdrew it"
      broadsheet permalinks --against list-of-main.txt
    """
    if not DIGESTS.is_dir():
        raise click.UsageError(f"There is no {DIGESTS} here: go to the folder of a project")
    said = {**_moves(move), **_ends(gone)}
    docs = DIGESTS.parent
    promises = read_promises(docs)
    if promises.problems:
        print_findings(with_lines(promises.problems))
        sys.exit(1)
    there = _standing(docs)
    text = recorded(promises.text, (), said) if said else promises.text
    if keep:
        text = _kept(Promises(promises.path, text), there)
    if update:
        text = _updated(text, there)
    if text != promises.text:
        write_whole(promises.path, text.encode("utf-8"))
        promises.path.chmod(0o644)
    problems = Promises(promises.path, text).judged(set(there)).problems
    print_findings(with_lines(problems))
    known = read_ledger(text)
    missing = _missing(against, known.lines()) if against else 0
    new = sum(address not in known.plain for address in there)
    click.echo(
        f"{shown(promises.path)}: {count(len(known.lines()), 'address', 'addresses')}, "
        f"{new:,} not in it yet",
        err=True,
    )
    wrong = any(problem.severity is Severity.ERROR for problem in problems)
    sys.exit(1 if wrong or missing else 0)


def _missing(before: Path, known: Container[str]) -> int:
    """Tell which addresses of a list as it was are no longer in it, and how many these are."""
    old = read_ledger(before.read_text("utf-8", "replace")).lines()
    missing = [address for address in old if address not in known]
    for address in missing[:_TOLD]:
        click.echo(
            f"{harmless(address)} was published, and has no line in the list any more", err=True
        )
    if missing:
        click.echo(
            f"error: {count(len(missing), 'line')} went from the list of permalinks. Put "
            "them back; of a page that has moved or was withdrawn the line says so, "
            "e.g. papers/old/ -> papers/new/",
            err=True,
        )
    return len(missing)


def _standing(docs: Path) -> list[str]:
    """Return the permanent addresses of the project's site as it would be built now."""
    from generator.enriching import build_library
    from generator.permalinks.standing import permanent_of

    tags, _ = read_tags(docs / VOCABULARY)
    known, _ = read_known(DIGESTS)
    records = read_records(find_digests([DIGESTS]))
    library = build_library([identified(digest, known) for digest in records], tags)
    return list(dict.fromkeys([*permanent_of(library), *by_hand(docs, _hidden())]))


def _kept(promises: Promises, there: Iterable[str]) -> str:
    fates = {}
    for address, guess in sorted(promises.judged(set(there)).lost.items()):
        if guess and guess.sure:
            fates[address] = Fate(0, target=guess.address)
            click.echo(f"{harmless(address)} -> {harmless(guess.address)}")
    return recorded(promises.text, (), fates) if fates else promises.text


def _updated(text: str, there: Iterable[str]) -> str:
    known = read_ledger(text).lines()
    new = [address for address in there if address not in known]
    return recorded(text, new) if new else text


def _moves(pairs: Iterable[tuple[str, str]]) -> dict[str, Fate]:
    return {_address(old): Fate(0, target=_address(new)) for old, new in pairs}


def _ends(pairs: Iterable[tuple[str, str]]) -> dict[str, Fate]:
    fates = {}
    for address, reason in pairs:
        told = " ".join(reason.split())
        if not told:
            raise click.UsageError(f"Say why {address} is gone: readers are told")
        fates[_address(address)] = Fate(0, reason=told)
    return fates


def _address(text: str) -> str:
    address = f"{text.strip('/')}/"
    if not is_address(address):
        raise click.UsageError(
            f"{text!r} is no address of a page; expected what stands behind the site's own, "
            "e.g. papers/on-bees/"
        )
    return address


def _hidden() -> str:
    """Return what mkdocs.yml says is not published."""
    try:
        root = yaml.compose(Path("mkdocs.yml").read_text("utf-8"), Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError):
        return ""
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    return next((value.value for key, value in pairs if key.value == "exclude_docs"), "")
