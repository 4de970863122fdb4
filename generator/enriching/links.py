r"""Links in running text: where they stand, and what is meant by them.

linkify-it-py judges how far an address reaches inside a run of address characters. It is used
with its guessing switched off, because abstracts are copied from PDFs and web pages and hold
what a finder for chat messages never meets; these rules are ours:

- text may touch an address on either side: `work.https://…`, `11https://…`, `…/TinySAM에서`,
  `…/convokit[2]`, `\href{https://…}{…}`, `url={https://…}`;
- TeX's escapes are part of an address (`\_`, `\%`, `\textasciitilde`);
- an address without a scheme is a link only when that is certain (`linkcertainty`): `www.`, a
  path, a host that gives pages to everybody (`x.github.io`), or words around it that announce
  an address; `debate.org` and `systems.In` are none;
- `doi:` and `arXiv:` forms are addresses;
- what a space broke is mended or left alone, never linked as a fragment (`linkrepair`).

Whether an address is safe and real is the business of `addresses`. Every pattern is linear, and
what is looked at from one place is at most a few thousand characters.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from linkify_it import LinkifyIt

from generator.enriching.addresses import complete, host_of, key, steps_of, untex
from generator.enriching.linkcertainty import has_top_level, is_certain, is_public
from generator.enriching.linkkinds import kind_of
from generator.enriching.linkrepair import mend
from generator.model import Link, Mention

if TYPE_CHECKING:
    from collections.abc import Iterable

_FINDER = LinkifyIt(options={"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
_ANCHOR = re.compile(
    r"""(?:https?://){0,2}(?P<scheme>https?\ {0,2}:\ {0,2}//\ {0,2})
      | (?<![A-Za-z0-9_@./\\-])(?:
            (?P<doi>doi[ \u00a0]{0,2}:?[ \u00a0]{0,2}(?=10\.\d{4,9}/[a-z0-9]))
          | (?P<arxiv>arxiv[ \u00a0]{0,2}:?[ \u00a0]{0,2}
                (?:\d\d(?:0[1-9]|1[0-2])\.\d{4,5}|[a-z-]{2,12}(?:\.[a-z]{2})?/\d{7})
                (?:v\d{1,2})?(?![\d.]?\d))
          | \d{0,3}(?P<host>(?:[a-z0-9][a-z0-9-]{0,62}\.){1,6}[a-z]{2,24})(?![a-z0-9@-]|\ ?:\ ?//)
        )""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_IN_HOST = re.compile(r"\.[A-Za-z]")
_RUN = re.compile(
    r"""(?: \\textasciitilde\ ?(?:\{\})? | \{\\?textasciitilde\ ?(?:\{\})?\} | \\textunderscore\ ?
          | \$\\(?:sim|tilde\{\})\$ | \\string~ | \\~(?:\{\})? | \{~\} | \{\\?_\} | \\[_%#&$/-]
          | &(?!(?:nbsp|quot|apos|lt|gt|\#\d{1,6});)
          | [A-Za-z0-9À-ɏ._~:/?\#@!$'()*+,;=%-]
          | (?<=/wiki/)\w{1,200}
        ){1,2000}""",
    re.VERBOSE,
)
_NEXT_ADDRESS = re.compile(r"(?<![/=])https?://", re.IGNORECASE)
_NEXT_SENTENCE = re.compile(
    r"\.(?:A|Also|And|Code|Data|Demo|For|In|It|Our|Project|See|The|These|This|To|We|With)\Z"
)
_GLUED_WWW = re.compile(r"(?:[a-z0-9.-]{0,200}\.)?\d{0,3}(?=www\.)", re.IGNORECASE)
_CUT_SHORT = re.compile(r"…|\.\.\.|<\d")
"""What stands after an address of which the end is missing; old DOIs go on after a `<`."""
_HOST_GOES_ON = re.compile(r"\. (?:com|org|net|edu|io|co|ac|gov|dev|ai)/\w", re.IGNORECASE)
_BROKEN_HOST = re.compile(r" (?!https?:|www\.)(?=[a-z0-9./-])", re.IGNORECASE)
_PLAIN = re.compile(
    r"(?=[a-z0-9.-]{1,63}(?:/|[.,)]{0,2}\Z))(?:[a-z0-9]+(?:-+[a-z0-9]+)*\.)+[a-z0-9]+"
    r"(?:/(?:[a-z0-9_~=%&+/-]|\.(?=[a-z0-9_]))*)?(?=(?:\)?[.,]?)?\Z)",
    re.IGNORECASE | re.ASCII,
)
"""An address that has nothing to be judged, and what may close a sentence behind it."""
_CLOSING = {")": "(", "]": "[", "}": "{"}
_GOES_ON = ("/", ":", "?", "#", ".")
_TRAILING = ".,;:!?'*$&"

_PLAIN_NAMES = frozenset({"github.com", "gitlab.com", "huggingface.co", "bitbucket.org"})
"""Hosts whose paths never hold brackets, commas and the like."""


def find_mentions(text: str) -> tuple[Mention, ...]:
    """Give the links of a text in order, without overlap: `text[start:end]` is what is clickable.

    Nothing raises, whatever the text. Placeholders, e-mail addresses, file names and addresses
    whose missing pieces cannot be known are left out.
    """
    if not _may_have_address(text):
        return ()
    mentions: list[Mention] = []
    position = 0
    while anchor := _ANCHOR.search(text, position):
        start, end, address = _read(text, anchor)
        position = max(end, anchor.end())
        url = complete(address) if address and not _CUT_SHORT.match(text, end) else None
        if url:
            written = text[start:end]
            mentions.append(Mention(start, end, Link(url, kind_of(url), written)))
    return tuple(mentions)


def _may_have_address(text: str) -> bool:
    """Say whether there is anything that every anchor has; most texts are done with that."""
    return (
        "//" in text
        or "10." in text
        or _IN_HOST.search(text) is not None
        or "arxiv" in text.lower()
    )


def unique_links(links: Iterable[Link]) -> tuple[Link, ...]:
    """Give each address once, the first of each kept; `addresses.key` says which are the same."""
    first: dict[str, Link] = {}
    for link in links:
        first.setdefault(key(link.url), link)
    return tuple(first.values())


def _read(text: str, anchor: re.Match[str]) -> tuple[int, int, str]:
    """Give where the address at an anchor starts and ends, and the address; empty if none."""
    if anchor["arxiv"]:
        return anchor.start(), anchor.end(), anchor[0]
    if anchor["doi"]:
        end = anchor.end() + _reach("doi.org/", _run(text, anchor.end()))
        return anchor.start(), end, f"doi:{untex(text[anchor.end() : end])}"
    if anchor["scheme"]:
        scheme = "".join(anchor["scheme"].split())
        return _read_with_scheme(text, anchor.start("scheme"), anchor.end(), scheme)
    return _read_bare(text, anchor)


def _read_with_scheme(text: str, start: int, at: int, scheme: str) -> tuple[int, int, str]:
    run = _run(text, at)
    reach = _reach("", run)
    host = host_of(scheme + run[:reach])
    if not reach or not is_public(host) or _HOST_GOES_ON.match(text, at + reach):
        return start, *_mend_host(text, at, run, scheme)
    end, address = _mend_path(text, at + reach, scheme + untex(run[:reach]))
    return start, end, address


def _mend_host(text: str, at: int, run: str, scheme: str) -> tuple[int, str]:
    """Join a host that a space broke (`anonymous. 4open.science/r/x`); else pass it by."""
    end = at + len(run)
    piece = _BROKEN_HOST.match(text, end)
    if not run.rstrip(".-") or not piece:
        return end, ""
    rest = _run(text, piece.end())
    joined = run + rest
    reach = _reach("", joined)
    url = scheme + untex(joined[:reach])
    if reach > len(run) and is_public(host_of(url)) and steps_of(url):
        return _mend_path(text, piece.end() + reach - len(run), url)
    return (piece.end() + len(rest) if "/" in rest else end), ""


def _mend_path(text: str, end: int, address: str) -> tuple[int, str]:
    for _ in range(4):
        mended = mend(text, end, address)
        if mended is None:
            return end, address
        end = mended.end
        if mended.address is None:
            return end, ""
        address = mended.address
    return end, ""


def _read_bare(text: str, anchor: re.Match[str]) -> tuple[int, int, str]:
    """Read an address without a scheme, if it certainly is one."""
    start, stop = anchor.span("host")
    if not has_top_level(anchor["host"]):
        return start, stop, ""
    if glued := _GLUED_WWW.match(anchor["host"]):
        start += glued.end()
    run = _run(text, start) if text[stop : stop + 1] in _GOES_ON else text[start:stop]
    reach = _reach("", run)
    address = "https://" + untex(run[:reach])
    if not is_public(host_of(address)) or not is_certain(text, start, run[:reach], address):
        return start, start + reach, ""
    end, address = _mend_path(text, start + reach, address)
    return start, end, address


def _run(text: str, at: int) -> str:
    """Give the address characters from a place on, up to the next address."""
    found = _RUN.match(text, at)
    if not found:
        return ""
    following = _NEXT_ADDRESS.search(found[0])
    return found[0][: following.start()] if following else found[0]


def _reach(before: str, run: str) -> int:
    """Give how many characters of a run belong to an address that starts with it."""
    address = f"https://{before}{run}"
    if plain := _PLAIN.match(before + run):
        # As nearly all are: what judges the others takes longer to get ready than 60 papers.
        reach = max(0, plain.end() - len(before))
    else:
        end = _FINDER.test_schema_at(address, "https:", len("https:"))
        reach = max(0, end + len("https:") - len("https://") - len(before)) if end else 0
    reach = _close(run, reach)
    if host_of(address) in _PLAIN_NAMES and (odd := re.search(r"[(),;!'*\[\]]", run[:reach])):
        reach = _close(run, odd.start())
    if sentence := _NEXT_SENTENCE.search(run, 0, reach):
        before_it = run[: sentence.start()]
        reach = (
            len(before_it) if "/" in before_it or is_public(host_of("//" + before_it)) else reach
        )
    return reach


def _close(run: str, reach: int) -> int:
    """Leave out closing punctuation, and brackets that are not opened inside."""
    open_more = {
        close: run.count(open_, 0, reach) - run.count(close, 0, reach)
        for close, open_ in _CLOSING.items()
    }
    while reach:
        last = run[reach - 1]
        if last in _TRAILING:
            reach -= 1
        elif last in _CLOSING and open_more[last] < 0:
            open_more[last] += 1
            reach -= 1
        else:
            break
    return reach
