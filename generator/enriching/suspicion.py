"""Links that lead where no author meant to lead a reader, told from their form alone.

Nothing is looked up. What `addresses` refuses is no link at all; here are links that work and are
worth a look: pages for logging in, a site's own pages that came along when a list was copied,
short addresses that hide where they lead, and names that only look like a well-known one.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

import msgspec

from generator.enriching.addresses import host_of, steps_of


class Suspicion(msgspec.Struct, frozen=True):
    """What is odd about a link."""

    code: str
    what: str
    """The end of a sentence that begins with the link."""
    hint: str


_SHORTENER_HOSTS = """
    bit.ly bitly.com buff.ly cutt.ly dlvr.it git.io goo.gl is.gd lnkd.in ow.ly rb.gy rebrand.ly
    s.id shorturl.at t.co t.ly tiny.cc tinyurl.com v.gd
    """
_SHORTENERS = frozenset(_SHORTENER_HOSTS.split())
_LOGIN = re.compile(r"(?:log|sign)[-_]?(?:in|up|on)", re.IGNORECASE)
_FRONT_DOOR = re.compile(r"join|register|sso|oauth2?|auth|account", re.IGNORECASE)
"""Paths that are for logging in on the sites of `_CHROME`; elsewhere they may be a thing's name."""
_USERS = re.compile(r"(?:users?|accounts?|members?|auth|oauth2?|sso)", re.IGNORECASE)
_ACCOUNTS = re.compile(r"(?:accounts?|login|signin|auth|sso|idp)\.[a-z0-9.-]+")
_CHROME = {
    "huggingface.co": re.compile(
        r"|papers(?:/(?:date|week|month|trending)(?:/.*)?|/submit)?|models|datasets|spaces|posts|docs"
        r"|blog|pricing|enterprise|settings(?:/.*)?|new|chat|learn|tasks|collections|huggingface"
        r"|terms-of-service|privacy|brand|changelog|inference/.*|storage|support"
    ),
    "github.com": re.compile(
        r"|huggingface|features|pricing|about|explore|topics|trending|marketplace|sponsors|settings"
    ),
    "arxiv.org": re.compile(r"|list/.*|search/?.*|help/?.*|about/?.*|archive/.*|new"),
    "twitter.com": re.compile(r"|huggingface|home|share|intent/.*"),
    "x.com": re.compile(r"|huggingface|home|share|intent/.*"),
    "linkedin.com": re.compile(r"|company/huggingface|feed|sharing/.*|sharearticle"),
    "discord.com": re.compile(r"|invite/.*"),
    "scholar.google.com": re.compile(r"|citations|scholar_alerts.*"),
}
"""By host: paths of pages that are the site's own, and no paper's."""

_WELL_KNOWN = (
    *("arxiv.org", "github.com", "github.io", "gitlab.com", "huggingface.co", "kaggle.com"),
    *("openreview.net", "youtube.com", "zenodo.org", "aclanthology.org", "wikipedia.org"),
)
_ALSO_KNOWN = frozenset({"huggingface.com", "gitlab.io", "gitlab.co"})
_CONFUSED = str.maketrans("аеорсухіјѕԁɡһӏοανικτ", "aeopcyxijsdghloavikt")
"""Letters of other scripts, and the Latin ones that they are taken for."""

_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|msclkid|twclid|yclid|igshid|igsh|mc_[ce]id|_hsenc|_hsmi|mkt_tok"
    r"|ref_src|ref_url|spm|trk|vero_id|oly_enc_id|s_cid)",
    re.IGNORECASE,
)


def suspicion(url: str) -> Suspicion | None:
    """Say what is odd about a complete address; None if nothing is."""
    for look in _LOOKS:
        found = look(url)
        if found is not None:
            return found
    return None


def untracked(url: str) -> str:
    """Return an address without parameters that only tell who led a reader to it."""
    parts = urlsplit(url)
    kept = [pair for pair in parts.query.split("&") if not _TRACKING.fullmatch(pair.split("=")[0])]
    return urlunsplit(parts._replace(query="&".join(kept)))


def _login(url: str) -> Suspicion | None:
    host, steps = host_of(url), steps_of(url)
    alone = len(steps) == 1
    if not (
        _ACCOUNTS.fullmatch(host)
        or (alone and host in _CHROME and _FRONT_DOOR.fullmatch(steps[0]))
        or (steps and _LOGIN.fullmatch(steps[-1]) and (alone or _USERS.fullmatch(steps[-2])))
    ):
        return None
    return Suspicion(
        "B411",
        "is a page for logging in, not a paper's",
        "take the line out, or give the address of what is behind it",
    )


def _chrome(url: str) -> Suspicion | None:
    host = host_of(url)
    own = _CHROME.get(host)
    if own is None or not own.fullmatch("/".join(steps_of(url)).lower()) or "?id=" in url:
        return None
    return Suspicion(
        "B412",
        f"is one of {host}'s own pages, which came along when the list was copied",
        "take it out, or give the address of the paper, its code or its data",
    )


def _short(url: str) -> Suspicion | None:
    if host_of(url) not in _SHORTENERS or not steps_of(url):
        return None
    return Suspicion(
        "B413",
        "is a short address: it hides where it leads, and may lead nowhere one day",
        "open it once, and give where it leads below the title:\n"
        "Link: https://github.com/owner/name",
    )


def _number(url: str) -> Suspicion | None:
    try:
        ipaddress.ip_address(host_of(url))
    except ValueError:
        return None
    return Suspicion(
        "B414",
        "leads to the number of a machine, not to a name that lasts",
        "give the address of a page that stays: Link: https://github.com/owner/name",
    )


def _look_alike(url: str) -> Suspicion | None:
    host = host_of(url)
    meant = _meant(host)
    if meant is None:
        return None
    return Suspicion(
        "B415",
        f"only looks like {meant}" if meant else "mixes alphabets in its host's name",
        f"if {meant or 'another host'} is meant, correct it; if not, make sure that it is safe",
    )


def _tracking(url: str) -> Suspicion | None:
    plain = untracked(url)
    if plain == url or plain + "?" == url:
        return None
    return Suspicion(
        "B416",
        "has parameters that only tell who led a reader to it",
        f"leave them out: {plain}",
    )


_LOOKS: tuple[Callable[[str], Suspicion | None], ...] = (
    *(_login, _chrome, _short, _number, _look_alike, _tracking),
)


def _meant(host: str) -> str | None:
    """Return the well-known host that another one looks like, or "" if it mixes alphabets."""
    shown = _unicode(host)
    plain = unicodedata.normalize("NFKD", shown).translate(_CONFUSED)
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    known = next(
        (name for name in _WELL_KNOWN if (host == name or host.endswith("." + name))), None
    )
    if known or host in _ALSO_KNOWN:
        return None
    # What is typed with one letter wrong is as wrong as what was made to be taken for it.
    for name in _WELL_KNOWN:
        part = ".".join(plain.split(".")[-2:])
        if part == name or (len(name) >= 9 and _one_apart(part, name)):
            return name
    return "" if any(map(_is_mixed, shown.split("."))) else None


def _one_apart(one: str, other: str) -> bool:
    from rapidfuzz.distance import DamerauLevenshtein

    return bool(DamerauLevenshtein.distance(one, other, score_cutoff=1) == 1)


def _is_mixed(label: str) -> bool:
    """Whether a label has letters of the Latin alphabet and of another that looks like it."""
    scripts = {unicodedata.name(char, "").split(" ")[0] for char in label if char.isalpha()}
    return "LATIN" in scripts and not scripts.isdisjoint({"CYRILLIC", "GREEK", "ARMENIAN"})


def _unicode(host: str) -> str:
    """Return a host with its names in punycode as they are shown."""
    labels = []
    for label in host.split("."):
        try:
            labels.append(label.encode("ascii").decode("idna"))
        except UnicodeError:
            labels.append(label)
    return ".".join(labels)
