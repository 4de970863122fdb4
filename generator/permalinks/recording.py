"""The list of permalinks written anew: in order, each line once, with comments where they stood."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.permalinks.ledger import Fate, is_address, read_ledger

HEAD = """\
# Addresses that were published, for ever. Written by `broadsheet permalinks --update`; a line of a
# page that is no longer there says what became of it: see the documentation's page "Permalinks".
"""


def recorded(text: str, addresses: Iterable[str], fates: Mapping[str, Fate] | None = None) -> str:
    """Return the list with more addresses in it, and with what became of some.

    What an earlier line says of the same address is left out. Comments at the top stay there, and
    any other stays above its line; lines that are not understood come last.
    """
    head, notes, odd, tail = _taken_apart(text)
    ledger = read_ledger(text)
    lines = {each: each for each in (*ledger.plain, *addresses) if is_address(each)}
    for address, fate in {**ledger.fates, **(fates or {})}.items():
        said = f"-> {fate.target}" if fate.target else f"gone: {fate.reason}"
        lines[address] = f"{address} {said}"
    body = [line for each in sorted(lines) for line in (*notes.get(each, ()), lines[each])]
    return "".join(f"{line}\n" for line in (*(head or [HEAD.rstrip("\n")]), *body, *odd, *tail))


def _taken_apart(text: str) -> tuple[list[str], dict[str, list[str]], list[str], list[str]]:
    """Return the comments at the top, those above an address, what is odd, and those at the end."""
    head: list[str] = []
    notes: dict[str, list[str]] = {}
    odd: list[str] = []
    waiting: list[str] = []
    begun = False
    plain = text.lstrip("\ufeff").removesuffix("\n")
    for line in plain.split("\n") if plain else ():
        bare = line.strip()
        if not bare or bare.startswith("#"):
            (waiting if begun else head).append(bare)
            continue
        begun = True
        address = bare.split()[0]
        known = read_ledger(bare)
        if known.odd or not is_address(address):
            odd += [*waiting, bare]
        elif waiting:
            notes.setdefault(address, []).extend(waiting)
        waiting = []
    return head, notes, odd, waiting
