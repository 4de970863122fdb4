"""Whether a site keeps what its list of permalinks promises, and what stands where pages were."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from urllib.parse import unquote

import msgspec

from generator.model import Problem, Severity, Source
from generator.permalinks.guessing import Guess, guesses
from generator.permalinks.ledger import Fate, Ledger, is_address

_FORMS = """A line is one of these:
papers/on-bees/
papers/old-title/ -> papers/new-title/
papers/never-meant/ gone: its authors withdrew it"""


class Verdict(msgspec.Struct, frozen=True):
    """What there is to say of a list of permalinks, and to publish because of it."""

    problems: tuple[Problem, ...]
    moved: dict[str, str]
    """Where the page of an address stands now, by the old address."""
    gone: dict[str, str]
    """Why a page was withdrawn, by its address."""
    lost: dict[str, Guess | None]
    """Addresses at which nothing stands and of which nothing is said; and what took their place."""

    @property
    def breaks(self) -> bool:
        """Whether an address would vanish: such a site is not published."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


def judge(ledger: Ledger, existing: Collection[str], path: str) -> Verdict:
    """Compare a list with the addresses of all pages; `path` is the list's, for the messages."""
    lost = [address for address in ledger.plain if address not in existing]
    odd = [*ledger.odd, *((each, ledger.plain[each]) for each in lost if not is_address(each))]
    lost = [address for address in lost if is_address(address)]
    probable = guesses(lost, existing, ledger) if lost else {}
    moved: dict[str, str] = {}
    gone: dict[str, str] = {}
    problems = [_odd(Source(path, line), text) for text, line in odd]
    problems += [_lost(Source(path, ledger.plain[each]), each, probable[each]) for each in lost]
    problems += [_twice(Source(path, line), address) for address, line in ledger.twice]
    places = {unquote(each) for each in existing} if ledger.fates else set()
    for address, fate in ledger.fates.items():
        source = Source(path, fate.line)
        if unquote(address) in places:
            problems.append(_back(source, address))
        elif fate.reason:
            gone[address] = fate.reason
        else:
            target, way = _end_of(address, fate, ledger, existing)
            if target in existing:
                moved[address] = target
            problems += _on_the_way(source, address, target, way, existing)
    return Verdict(tuple(sorted(problems)), moved, gone, probable)


def _end_of(
    address: str, fate: Fate, ledger: Ledger, existing: Collection[str]
) -> tuple[str, list[str]]:
    """Follow what is said of an address to its end; return that, and the steps before it."""
    way = [address]
    target = fate.target
    while target not in existing and target not in way:
        after = ledger.fates.get(target)
        if after is None or not after.target:
            break
        way.append(target)
        target = after.target
    return target, way


def _on_the_way(
    source: Source, address: str, target: str, way: list[str], existing: Collection[str]
) -> Iterator[Problem]:
    if target in way:
        yield Problem(
            source,
            Severity.ERROR,
            f"this leads in a circle: {' -> '.join([*way, target])}",
            "One of these lines must lead to a page that there is.",
            "B604",
        )
    elif target not in existing:
        yield Problem(
            source,
            Severity.ERROR,
            f"{address} moved to {target}, and there is no such page",
            "Name the address of a page, as it stands behind the site's own, e.g. papers/on-bees/",
            "B603",
        )
    elif len(way) > 1:
        yield Problem(
            source,
            Severity.WARNING,
            f"{address} moved to {way[1]}, which has moved on itself",
            f"Readers get there in one step all the same; this says so too: {address} -> {target}",
            "B605",
        )


def _odd(source: Source, text: str) -> Problem:
    return Problem(
        source, Severity.ERROR, f"{_short(text)} is neither an address nor its fate", _FORMS, "B602"
    )


def _lost(source: Source, address: str, guess: Guess | None) -> Problem:
    way_out = (
        f"It is probably {guess.address} now. Write in its place:\n{address} -> {guess.address}"
        if guess
        else f"Write in its place where that is told now:\n{address} -> {_example(address)}"
    )
    return Problem(
        source,
        Severity.ERROR,
        f"{address} was published, and now no page stands there",
        f"{way_out}\nOr, if nothing is to stand there again, why:\n{address} gone: …",
        "B601",
    )


def _twice(source: Source, address: str) -> Problem:
    return Problem(
        source,
        Severity.ERROR,
        f"an earlier line says something else of {address}",
        "Take one of the two out.",
        "B606",
    )


def _back(source: Source, address: str) -> Problem:
    return Problem(
        source,
        Severity.WARNING,
        f"a page stands at {address} again, so this line means nothing",
        f"Write in its place:\n{address}",
        "B607",
    )


def _example(address: str) -> str:
    first, _, rest = address.partition("/")
    return f"{first}/…/" if rest else "…/"


def _short(text: str) -> str:
    return repr(text if len(text) <= 80 else f"{text[:79]}…")
