"""Whether something without a scheme certainly is an address, or only looks like a host.

`lerftogo.github.io`, `zaidkhan.me/SIMLA` and `Website: foo.ai` are addresses; `debate.org` in
`arguments from debate.org`, `systems.In this`, `Node.js` and `main.py` are none. Where in doubt,
the answer is no: a missing link costs a reader less than a wrong one.
"""

from __future__ import annotations

import re

from linkify_it.tlds import TLDS

from generator.enriching.addresses import host_of, steps_of

_TOP_LEVEL = frozenset(tld.lower() for tld in TLDS)
_FILE_ENDINGS = re.compile("app|cc|ink|java|md|mov|pl|ps|py|rs|sh|so|zip")
"""Top-level domains that are more often the ending of a file's name."""
_WORDS = re.compile("am|as|at|be|by|do|in|is|it|me|my|no|so|to|us")
"""Top-level domains that are more often a word after a full stop without its space."""
_GIVES_PAGES = (
    ".github.io",
    ".gitlab.io",
    ".readthedocs.io",
    ".hf.space",
    ".netlify.app",
    ".vercel.app",
    ".pages.dev",
    ".streamlit.app",
)
_EVERYBODYS = re.compile(
    r"(?:arxiv|doi|zenodo)\.org|(?:github|gitlab|google|kaggle|youtube)\.com"
    r"|huggingface\.co|openreview\.net"
)
"""Hosts whose front page is nobody's work: their bare names are only talked about."""
_STATES = "available|accessible|released|hosted|published|shared|provided|accessed|deployed|online"
_ANNOUNCED = re.compile(
    rf"""(?: \b(?:{_STATES})(?:\ \w+){{0,2}}\ (?:at|via|under|through)
          | \bcan\ be\ \w+(?:\ \w+)?\ (?:at|via|from|on|under|through)
          | \b(?:please|to)\ (?:visit|see)
          | \b(?:(?:web)?(?:site|page)|homepage|url|link|demo|code|data|datasets?|videos?|models?
               |leaderboard|project|paper|platform|repository|here|is\ at)\ ?[:：]
          | [\U0001F300-\U0001FAFF]\ufe0f?
          | \\(?:url|href)(?=\{{) | \](?=\()
        )(?:\ is)?[:：]?\ ?[(\[{{<"'“]?\Z""",
    re.VERBOSE | re.IGNORECASE,
)
_INTRODUCES = re.compile(
    r"\b(?:present|introduc|releas|propos|develop|launch|describ|provid|maintain|built|build)",
    re.IGNORECASE,
)
_BEFORE = 80
"""Characters before a bare host in which its announcement may stand."""


def is_certain(text: str, start: int, written: str, address: str) -> bool:
    """Tell whether what is written at `start` of a text is meant as an address.

    `address` is what it would be with a scheme; its host must be public.
    """
    host, steps = host_of(address), steps_of(address)
    if written.lower().startswith("www.") or host.endswith(_GIVES_PAGES):
        return True
    if _EVERYBODYS.fullmatch(host):
        return bool(steps)
    ending = written.split("/")[0].split(":")[0].rpartition(".")[2]
    if not ending.islower() or (_FILE_ENDINGS.fullmatch(ending) and host.count(".") < 2):
        return False
    if _speaks_for_itself(written, ending, steps):
        return True
    before = text[max(0, start - _BEFORE) : start]
    return bool(_ANNOUNCED.search(before)) or _explains_a_name(before, host, text, start, written)


def _speaks_for_itself(written: str, ending: str, steps: list[str]) -> bool:
    """Tell whether a path shows an address, not two words or two names with a slash between."""
    if len("".join(steps)) < 2 or not written.split("/")[0].islower():
        return False
    if len(steps) > 1:
        return True
    if _WORDS.fullmatch(ending) and steps[0].isalpha() and steps[0].islower():
        return False
    return steps[0].rpartition(".")[2].lower() not in _TOP_LEVEL - {"html", "php"} or (
        "." not in steps[0]
    )


def _explains_a_name(before: str, host: str, text: str, start: int, written: str) -> bool:
    """Tell whether a host alone in brackets is of a thing that is introduced before them.

    `We present Climate TRACE (climatetrace.org)`, but not `posts of Booking (booking.com)`.
    """
    if not before.endswith("(") or text[start + len(written) :][:1] != ")":
        return False
    name = host.split(".")[0].replace("-", "")
    words = before[:-1].split()
    named = any("".join(words[-count:]).lower() == name for count in (1, 2, 3))
    return named and bool(_INTRODUCES.search(before))


def is_public(host: str) -> bool:
    """Tell whether a host ends in a top-level domain, or is a number."""
    ending = host.rpartition(".")[2]
    return "." in host and (ending in _TOP_LEVEL or ending.isdigit())


def has_top_level(host: str) -> bool:
    """Tell whether any part of a host but the first could be its end."""
    return not _TOP_LEVEL.isdisjoint(host.lower().split(".")[1:])
