r"""Addresses that a space broke when a PDF or a web page was copied: joined again, or given up.

    https://github.com/ MIT- REALM/architect       a line ended after `/` and after `-`
    https://github.com/XMed-Lab/EPL SemiDG         TeX's `\_` got lost
    https://cis.temple.edu/ edragut/DebugSL.webm   TeX's `~` got lost
    https://www.youtube.com/watch?v=Nqsegaq x-o    the same, and the identifier says so

A piece is joined only where the address cannot be whole without it. Where it probably is not
whole, but the missing piece is not certain, the answer is a doubt: `links` then links nothing,
because a fragment leads to the wrong place. Where nothing speaks against it, it is whole.
"""

from __future__ import annotations

import re

import msgspec

from generator.enriching.addresses import host_of, steps_of, untex


class Mended(msgspec.Struct, frozen=True):
    """What became of an address that a space may have broken."""

    address: str | None
    """The address with its next piece; None when in doubt what it is."""
    end: int
    """Where the piece ends in the text."""


_PIECE = re.compile(r"(?:[ \u00a0]{1,2}|\n)((?:[A-Za-z0-9~/_?.%=&#+-]|\\[_%#&~]){1,300})")
_SENTENCE_ENDS = re.compile(
    r"""[.!?]["'”’)\]}]{0,3}\s{1,3}[A-Z0-9"(] | [.,;!?"'”’)\]}]{0,6}\s{0,9}(?:\Z|\n\n)""",
    re.VERBOSE,
)
_SLUG = re.compile(r"[a-z][A-Z]|[A-Za-z0-9][-_][A-Za-z0-9]|[0-9]")
_PAGE = re.compile(r"\.(?:html?|php|aspx?|jsp|pdf|webm|mp4)\b", re.IGNORECASE)
_NO_VALUE = re.compile(r"[?&][a-z_]{1,20}=\Z", re.IGNORECASE)
_LABEL = re.compile(r"\s?[:：]|\s\(?(?:https?:|www\.)")
_ACADEMIC = re.compile(r"(?:^|\.)(?:edu|ac|edu\.[a-z]{2}|ac\.[a-z]{2})$|(?:^|\.)(?:cs|uni-)")
_WORDS = re.compile(
    "a|also|an|and|are|as|at|but|by|can|for|from|has|have|here|in|is|it|now|of|on|or|our|out|see"
    "|soon|that|the|their|these|this|to|under|upon|via|was|we|were|when|where|which|will|with"
    "|you|your|github|gitlab|arxiv|youtube|huggingface|openreview",
    re.IGNORECASE,
)
"""What follows a whole address: words of a sentence, and names of places that hold things."""
_LEAST_STEPS = {
    "github.com": 2,
    "gitlab.com": 2,
    "bitbucket.org": 2,
    "codeberg.org": 2,
    "sites.google.com": 2,
    "arxiv.org": 2,
    "anonymous.4open.science": 2,
    "huggingface.co": 2,
}
"""How many parts the path of a thing has at these hosts: `github.com/owner/name` has two."""
_LISTS = ("datasets", "spaces", "collections")
"""At Hugging Face these stand before owner and name."""
_FOLDERS = re.compile(
    "abs|code|data|datasets?|demos?|downloads?|labs?|papers?|pdf|people|projects?|pubs?"
    "|publications?|research|resources|software|tools",
    re.IGNORECASE,
)
"""What the first part of a path is called when it is nobody's home page."""
_RUN_ON = re.compile(r"(?=(?: \w{1,20}){0,3} [A-Z]{2,20}\b)(?: [A-Z]\w{0,20}){2,4} and ")
"""Names in the middle of a sentence: `…/LiDAR IMU Init and also …`."""
_EVIDENCE = 4000
"""Characters before an address in which its name may stand whole: `VIRUS-NeRF`."""
_VIDEO = re.compile(
    r"https?://(?:www\.)?(?:youtube\.com/watch\?v=|youtu\.be/)([\w-]{1,20})", re.IGNORECASE
)
_VIDEO_LENGTH = 11


def mend(text: str, end: int, address: str) -> Mended | None:
    """Look at what follows an address that ends at `end`; None when the address is whole.

    `address` has its scheme and no TeX. The result may be broken in its turn: ask again.
    """
    found = _PIECE.match(text, end)
    if not found:
        return None
    piece = found[1].rstrip(".?")
    stop = end + len(found[0]) - (len(found[1]) - len(piece))
    if not piece or ("/" not in piece and _LABEL.match(text, stop)):
        return None
    if piece.lower().startswith(("http", "www.")):
        return None
    last = bool(_SENTENCE_ENDS.match(text, stop))
    joiner = _joiner(address, untex(piece), last)
    if joiner is None and 0 < _least(address) == len(steps_of(address)):
        joiner = _name_joiner(text, end, address, untex(piece), last)
    if joiner is None:
        return None
    return Mended(None if joiner is _DOUBT else address + joiner + untex(piece), stop)


_DOUBT = "?"


def _name_joiner(text: str, end: int, address: str, piece: str, last: bool) -> str | None:
    """Look for an underscore that got lost in the name of a repository, before the piece."""
    if address.endswith("/") or not piece.isalnum():
        return None
    if _RUN_ON.match(text, end):
        return _DOUBT
    if not last:
        return None
    before = text[max(0, end - _EVIDENCE) : end].lower()
    name = steps_of(address)[-1].lower()
    return "_" if any(f"{name}{sign}{piece.lower()}" in before for sign in "-_") else None


def _joiner(address: str, piece: str, last: bool) -> str | None:
    """Give what to put between an address and the next piece; None: the address is whole."""
    if video := _VIDEO.fullmatch(address):
        return _video_joiner(video[1], piece)
    if _NO_VALUE.search(address) or (address.endswith(("-", "_")) and "?" not in address):
        return _DOUBT if _WORDS.fullmatch(piece) else ""
    if piece[0] in "/_" and piece[1:2].isalnum():
        return ""
    host, steps, least = host_of(address), steps_of(address), _least(address)
    if len(steps) < least:
        return _short_joiner(address, len(steps), least, piece, last)
    if not address.endswith("/"):
        if least and len(steps) == least and last and _SLUG.search(piece):
            return None if _WORDS.fullmatch(piece) or "/" in piece or piece.isdigit() else "_"
        return _DOUBT if _PAGE.search(piece) and "/" not in piece.strip("/") else None
    if "/" in piece.strip("/") or _PAGE.search(piece):
        if piece.startswith("~"):
            return ""
        if piece.startswith(("tree/", "blob/")) and len(steps) == least:
            return ""
        if steps:
            return _DOUBT
        if _FOLDERS.fullmatch(piece.split("/")[0]):
            return ""
        return "~" if _ACADEMIC.search(host) else _DOUBT
    if piece.startswith("~"):
        return ""
    alone = last and not steps and not _WORDS.fullmatch(piece)
    return _DOUBT if alone and (_ACADEMIC.search(host) or _SLUG.search(piece)) else None


def _least(address: str) -> int:
    host = host_of(address)
    listed = host == "huggingface.co" and steps_of(address)[:1]
    return 3 if listed and listed[0] in _LISTS else _LEAST_STEPS.get(host, 0)


def _short_joiner(address: str, steps: int, least: int, piece: str, last: bool) -> str | None:
    if not address.endswith("/"):
        return _DOUBT if "/" in piece.strip("/") else None
    if steps + 1 < least:
        if "/" in piece.strip("/") or piece.endswith("-"):
            return ""
        return None if _WORDS.fullmatch(piece) else _DOUBT
    if _WORDS.fullmatch(piece):
        return None
    if last or _SLUG.search(piece) or "sites.google.com/" in address:
        return ""
    return None


def _video_joiner(identifier: str, piece: str) -> str | None:
    if len(identifier) == _VIDEO_LENGTH:
        return None
    missing = _VIDEO_LENGTH - len(identifier) - len(re.split(r"[?&]", piece)[0])
    return {0: "", 1: "_"}.get(missing, _DOUBT)
