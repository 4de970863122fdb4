"""Puts the policy first into a finished page's head, and says what it forbids in that page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

import msgspec

from generator.model import Severity
from generator.trust.policy import Policy, hash_of, origin_of, runs
from generator.trust.scanning import Scan, scan

_FAR = 1024
"""Bytes within which a browser looks for a page's encoding."""

_CHARSET = re.compile(r"\s*<meta\s+charset=[^>]*>", re.IGNORECASE)
_GAP = re.compile(r"[ \t\n\r\f]+|<!--(?!-?>)(?:(?!--).)*-->", re.DOTALL)
_DOCTYPE = re.compile(r"<!doctype[^>]*>", re.IGNORECASE)
_TAGS = (re.compile(r"<html", re.IGNORECASE), re.compile(r"<head", re.IGNORECASE))
_ATTRIBUTE = re.compile(r"""[ \t\n\r\f]+[\w:-]+(?:="[^"]*"|='[^']*'|=[\w:-]+)?""")
_TAG_END = re.compile(r"[ \t\n\r\f]*>")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_LONGEST = 60

_WAY_OUT = (
    "Put it into a file below docs/ and name that under extra_javascript in mkdocs.yml, "
    "or allow just this one:"
)


class Finding(msgspec.Struct, frozen=True):
    """Something in a page that its readers' browsers would refuse."""

    severity: Severity
    """An error is a script within the page: there must be no such site. A warning is what the page
    lacks in browsers. What a theme itself would take from elsewhere is only refused."""
    message: str
    hint: str


def sealed(
    page: str,
    name: str,
    policy: Policy,
    known: Callable[[str], bool] = lambda _: False,
    mentioned: Callable[[str], bool] = lambda _: False,
    found: Scan | None = None,
) -> tuple[str, tuple[Finding, ...]]:
    """Return a page with its policy, and what that forbids in the page.

    `name` is how messages call the page; `known` tells whether an inline script is the
    theme's, and `mentioned` what machines the theme itself would take something from. `found` is
    what there is in the page, where that is known.
    """
    found = scan(page) if found is None else found
    by_name = policy.spare.get("script-src", ())
    scripts = {script: hash_of(script) for script in found.scripts}
    unknown = [each for each in scripts if scripts[each] not in by_name and not known(each)]
    allowed = dict.fromkeys(digest for each, digest in scripts.items() if each not in unknown)
    styles = list(dict.fromkeys(map(hash_of, (*found.styles, *found.style_attributes))))
    if found.style_attributes:
        styles.insert(0, "'unsafe-hashes'")
    forms = {origin_of(address) for to, address in found.fetched if to == "form-action"}
    forms &= policy.spare.get("form-action", frozenset())
    used = {"script-src": allowed, "style-src": styles, "form-action": sorted(forms)}
    text = policy.text(used)
    return _with_policy(page, text), (
        *_running(found, unknown, name),
        *_refused(found, name, policy, mentioned),
    )


def _with_policy(page: str, policy: str) -> str:
    head = _head_end(page)
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    charset = _CHARSET.search(page, head)
    if charset and len(f"{page[: charset.end()]}{meta}".encode()) > _FAR:
        # A policy with many hashes: no script stands before it all the same.
        between = page[head : charset.start()]
        return f"{page[:head]}{charset[0].strip()}{meta}{between}{page[charset.end() :]}"
    return f"{page[:head]}{meta}{page[head:]}"


def _head_end(page: str) -> int:
    """Return where the head's content begins, or would.

    What every browser reads as nothing but the beginning of a page is passed. Where something odd
    stands in it, the policy stands before that: a browser may see there what is not seen here.
    """
    start = 1 if page.startswith("\ufeff") else 0
    found = _DOCTYPE.match(page, _past(_GAP, page, start))
    at = found.end() if found else start
    for tag in _TAGS:
        if (begun := tag.match(page, _past(_GAP, page, at))) and (
            ended := _TAG_END.match(page, _past(_ATTRIBUTE, page, begun.end()))
        ):
            at = ended.end()
    return at


def _past(pattern: re.Pattern[str], page: str, at: int) -> int:
    while found := pattern.match(page, at):
        at = found.end()
    return at


def _running(found: Scan, unknown: Iterable[str], name: str) -> Iterator[Finding]:
    for script in unknown:
        yield Finding(
            Severity.ERROR,
            f"{name} has an inline script that nobody has allowed: {_short(script)}",
            f"{_WAY_OUT}\n{_setting('script-src', hash_of(script))}",
        )
    for text in dict.fromkeys((*found.handlers, *found.script_urls)):
        yield Finding(
            Severity.ERROR,
            f"{name} has a script in an attribute: {_short(text)}",
            "No page may have one. Take it out, or do the same by a file under extra_javascript.",
        )


def _refused(
    found: Scan, name: str, policy: Policy, mentioned: Callable[[str], bool]
) -> Iterator[Finding]:
    for directive, address in dict.fromkeys(found.fetched):
        origin = origin_of(address)
        if _is_forbidden(policy, directive, address) and not (origin and mentioned(origin)):
            yield Finding(
                Severity.WARNING,
                f"{name} uses what the site's policy has browsers refuse: {_short(address)}",
                _way_in(directive, address),
            )


def _is_forbidden(policy: Policy, directive: str, address: str) -> bool:
    if directive == "base-uri":
        return True
    if address.startswith("data:image/") and directive == "img-src":
        return False
    elsewhere = origin_of(address) or _SCHEME.match(address)
    own = "'self'" in policy.sources.get(directive, policy.sources["default-src"])
    return not policy.allows(directive, address) if elsewhere else not own and bool(address)


def _way_in(directive: str, address: str) -> str:
    if directive == "base-uri":
        return "No page may have a base element: write addresses that are relative to the page."
    if source := origin_of(address):
        return f"Put it into docs/, or allow its origin:\n{_setting(directive, source)}"
    if runs(directive, address):
        return "Put it into a file below docs/, and name that."
    scheme = _SCHEME.match(address)
    return f"Allow it:\n{_setting(directive, scheme[0] if scheme else 'self')}"


def _setting(directive: str, source: str) -> str:
    bare = source.strip("'")
    return f"plugins:\n  - broadsheet:\n      policy:\n        {directive}: [{bare}]"


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return f"“{plain if len(plain) <= _LONGEST else plain[:_LONGEST] + '…'}”"
