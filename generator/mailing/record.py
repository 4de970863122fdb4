"""Which digests went out by e-mail: a file in the project, so that none goes out twice.

Before a server is asked, the record says that a digest is on its way; then, that it was sent. A run
that was broken off in between leaves the first, and nobody can know whether the message went out:
the next run says so and sends nothing until somebody has looked.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

import yaml

from generator.mailing.settings import MailError

NAME = "mailed.yml"
"""Of the record, in the folder of digests."""
_HEAD = "# Written by `broadsheet mail --send`: digests that went out, and do not go out again.\n"


class State(StrEnum):
    """How far a digest came."""

    SENT = "sent"
    UNCLEAR = "unclear"
    """A server was asked, and what it did is not known."""


@dataclass(frozen=True, slots=True)
class Sending:
    """One digest on its way to a list."""

    state: State
    to: str
    message_id: str
    when: str
    """As ISO 8601 has it, in UTC."""


class Record:
    """The record of one project."""

    def __init__(self, path: Path) -> None:
        """Take the path of the file, which need not be there."""
        self._path = path

    def of(self, digest: str) -> Sending | None:
        """Return how far a digest came; raises MailError if the record cannot be understood."""
        return self._read().get(digest)

    def begin(
        self, digest: str, to: str, message_id: str, when: datetime, before: Sending | None
    ) -> Path:
        """Note that a digest is on its way; return the lock that `end` or `forget` takes away.

        Raises MailError if another run is at it, or has been since it was `before`.
        """
        lock = self._path.with_name(f".{self._path.name}.lock")
        try:
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        except FileExistsError as error:
            raise MailError(
                f"{lock} is there: another run is sending, or one was broken off. "
                "If none runs, delete it."
            ) from error
        except OSError as error:
            raise MailError(f"{self._path} cannot be written: {error.strerror}") from error
        sending = Sending(State.UNCLEAR, to, message_id, when.isoformat(timespec="seconds"))
        try:
            known = self._read()
            if known.get(digest) != before:
                raise MailError(f"another run has sent {digest} just now; nothing was sent")
            self._write({**known, digest: sending})
        except BaseException:
            lock.unlink()
            raise
        return lock

    def end(self, digest: str, lock: Path) -> None:
        """Note that a digest was sent."""
        known = self._read()
        before = known[digest]
        known[digest] = Sending(State.SENT, before.to, before.message_id, before.when)
        self._write(known)
        lock.unlink()

    def forget(self, digest: str, lock: Path, before: Sending | None) -> None:
        """Note that a digest was not sent: a server said so, or none was reached."""
        known = self._read()
        del known[digest]
        if before is not None:
            known[digest] = before
        self._write(known)
        lock.unlink()

    def leave(self, lock: Path) -> None:
        """Leave it unclear whether a digest was sent."""
        lock.unlink()

    def _read(self) -> dict[str, Sending]:
        try:
            values = yaml.safe_load(self._path.read_text("utf-8")) or {}
            return {
                str(slug): Sending(
                    State(each["state"]),
                    str(each["to"]),
                    str(each["message_id"]),
                    str(each["when"]),
                )
                for slug, each in values.items()
            }
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, KeyError, TypeError, AttributeError, yaml.YAMLError) as error:
            raise MailError(
                f"{self._path} cannot be understood, so nothing is sent ({type(error).__name__}): "
                "mend it, or take it back from the history"
            ) from error

    def _write(self, known: dict[str, Sending]) -> None:
        plain = {slug: {**asdict(each), "state": str(each.state)} for slug, each in known.items()}
        text = _HEAD + (yaml.safe_dump(plain, sort_keys=True) if plain else "")
        beside = self._path.with_name(f".{self._path.name}.{os.getpid()}")
        try:
            beside.write_text(text, "utf-8")
            beside.replace(self._path)
        except OSError as error:
            with suppress(OSError):
                beside.unlink()
            raise MailError(f"{self._path} cannot be written: {error.strerror}") from error
