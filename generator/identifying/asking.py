"""Ask arXiv's API, as its terms of use want it: one question at a time, three seconds apart.

A server that is busy (429, 503), broken (5xx), silent, or that answers with half a feed is asked
again, later each time and as late as it says; then it is given up, and what was found stays.
"""

from __future__ import annotations

import re
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from textwrap import shorten

from generator import __version__
from generator.identifying.answers import Answer, AnswerError, read_answers

API = "https://export.arxiv.org/api/query"
APART = 3.0
"""Seconds between the beginnings of two questions: arXiv's API terms of use."""
_TRIES = 5
_FIRST_WAIT = 5.0
_LONGEST_WAIT = 300.0
_TIMEOUT = 30.0
_MOST_BYTES = 20_000_000
_MOST_REFUSAL = 100_000
_ANSWERS = 5
AT_ONCE = 50
"""Identifiers in one question."""
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})


class UnreachableError(Exception):
    """The API does not answer; the text says how it failed at last."""


@dataclass(slots=True)
class Asker:
    """Asks one question after the other. Clock and pause can be others, for tests."""

    api: str = API
    contact: str = ""
    """An address that arXiv can write to, in the name that the questions come under."""
    now: Callable[[], float] = time.monotonic
    pause: Callable[[float], None] = time.sleep
    _last: float = field(default=float("-inf"))

    def by_title(self, title: str) -> list[Answer]:
        """Return papers whose titles have the words of a title.

        Raises UnreachableError, or RefusedError where the API refuses the question.
        """
        # What is a mark of the query language is none of a title's.
        words = shorten(" ".join(re.findall(r"\w+", title)), 250, placeholder="")
        if not words:
            return []
        return self._ask({"search_query": f'ti:"{words}"', "max_results": str(_ANSWERS)})

    def by_words(self, title: str) -> list[Answer]:
        """Return papers whose titles have most of the words: for one that was changed since."""
        words = sorted(set(re.findall(r"\w{4,}", title)), key=lambda word: (-len(word), word))[:6]
        if len(words) < 2:
            return []
        query = " AND ".join(f"ti:{word}" for word in words)
        return self._ask({"search_query": query, "max_results": str(_ANSWERS)})

    def by_identifier(self, identifiers: Sequence[str]) -> list[Answer]:
        """Return the papers with these identifiers of arXiv, at most `AT_ONCE`."""
        return self._ask({"id_list": ",".join(identifiers), "max_results": str(len(identifiers))})

    def _ask(self, question: dict[str, str]) -> list[Answer]:
        address = f"{self.api}?{urllib.parse.urlencode(question)}"
        wait, why = _FIRST_WAIT, ""
        for attempt in range(_TRIES):
            if attempt:
                self.pause(wait)
                wait = min(2 * wait, _LONGEST_WAIT)
            try:
                return read_answers(self._fetch(address))
            except AnswerError as error:
                why = str(error)
            except urllib.error.HTTPError as error:
                why = f"{error.code} {error.reason}"
                if error.code not in _AGAIN:
                    _refuse(error)
                    raise UnreachableError(f"{self.api} answers {why}") from error
                asked = _asked_for(error.headers.get("Retry-After"))
                if asked > _LONGEST_WAIT:
                    raise UnreachableError(
                        f"{self.api} answers {why} and asks to wait {asked:,.0f} seconds"
                    ) from error
                wait = max(wait, asked)
            except (OSError, HTTPException) as error:
                why = str(getattr(error, "reason", error)) or type(error).__name__
        raise UnreachableError(f"{self.api} does not answer: {why} ({_TRIES} times)")

    def _fetch(self, address: str) -> bytes:
        rest = self._last + APART - self.now()
        if rest > 0:
            self.pause(rest)
        self._last = self.now()
        contact = f"; mailto:{self.contact}" if self.contact else ""
        request = urllib.request.Request(  # noqa: S310 - the address is ours
            address, headers={"User-Agent": f"broadsheet/{__version__} (identify{contact})"}
        )
        with urllib.request.urlopen(request, timeout=_TIMEOUT) as response:  # noqa: S310
            data = response.read(_MOST_BYTES + 1)
            if not data:
                raise AnswerError("the answer is empty")
            return bytes(data)


def _refuse(error: urllib.error.HTTPError) -> None:
    """Raise RefusedError if the error says in arXiv's own form what is wrong with the question."""
    with suppress(AnswerError, OSError, HTTPException):
        read_answers(error.read(_MOST_REFUSAL))


def _asked_for(header: str | None) -> float:
    """Return the seconds that a server asks to wait: it says them, or a moment."""
    if not header:
        return 0.0
    if header.strip().isdecimal():
        return float(header)
    try:
        return max(0.0, parsedate_to_datetime(header).timestamp() - time.time())
    except (TypeError, ValueError):
        return 0.0
