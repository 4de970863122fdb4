"""Digests that are to be written, and how they come to stand in the folder of digests."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import click

from generator.canonical import canonical_text
from generator.commands.common import DIGESTS
from generator.model import Record


@dataclass(frozen=True, slots=True)
class Draft:
    """A digest that is to be written."""

    path: Path
    records: tuple[Record, ...]

    @property
    def text(self) -> str:
        """What the file will hold."""
        return canonical_text(self.records)


def placed(drafts: Iterable[Draft]) -> list[Draft]:
    """Make one digest of the lists that got the same day, and see that every place is free."""
    by_path: dict[Path, tuple[Record, ...]] = {}
    for draft in drafts:
        by_path[draft.path] = (*by_path.get(draft.path, ()), *draft.records)
    taken = {path.name.lower() for path in DIGESTS.iterdir()}
    for path in by_path:
        if path.name.lower() in taken:
            raise click.ClickException(
                f"{path.as_posix()} is there already, and is not overwritten. "
                'Give this one a name of its own, such as --words "second list"'
            )
    return [Draft(path, records) for path, records in by_path.items()]


def show(drafts: Sequence[Draft]) -> None:
    """Print what would be written."""
    for draft in drafts:
        if len(drafts) > 1:
            click.echo(f"==> {draft.path.as_posix()} <==")
        click.echo(draft.text.encode(), nl=False)


def write(drafts: Sequence[Draft], *, asks: bool) -> None:
    """Write the digests, and say what to do next; first ask, if there is somebody to answer."""
    if not drafts:
        click.echo("The library has all of these papers already; nothing was written.", err=True)
        return
    names = ", ".join(draft.path.as_posix() for draft in drafts)
    if asks and not click.confirm(f"Write {names}?", default=True, err=True):
        raise click.ClickException("Nothing was written")
    for draft in drafts:
        try:
            _put(draft.path, draft.text.encode())
        except OSError as error:
            raise click.ClickException(
                f"{draft.path.as_posix()} was not written: {error.strerror}"
            ) from error
        click.echo(draft.path.as_posix())
    click.echo("Next: `make check`, then `make serve` and look at http://127.0.0.1:8000/", err=True)


def _put(path: Path, content: bytes) -> None:
    """Let a file come to be whole, and only where none is."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(content)
    try:
        try:
            os.link(beside, path)
        except FileExistsError:
            raise
        except OSError:
            # Where a file cannot have two names; then it may be seen before it is whole.
            with path.open("xb") as file:
                file.write(content)
    finally:
        with suppress(OSError):
            beside.unlink()
