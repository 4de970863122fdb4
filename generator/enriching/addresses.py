"""Addresses of the web: completing what somebody wrote, refusing what is unsafe, comparing.

Only http and https leave this module, always with a host that the whole web can reach. Where an
address begins and ends in running text is the business of `links`; what it leads to, of
`linkkinds`. Nothing is looked up: no network, no disk.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from urllib.parse import SplitResult, quote, unquote, urlsplit

LONGEST = 2000
"""Characters of the longest address taken; what is longer is an accident or an attack."""

_WRAPPED = re.compile(
    r"<([^<>]*)>|\\url\{([^{}]*)\}|\\href\{([^{}]*)\}\{[^{}]*\}|\[[^\[\]]*\]\(([^\s]*)\)"
)
_TEX = re.compile(
    r"""(?P<tilde>\{?\\textasciitilde\ ?(?:\{\})?\}? | \$\\(?:sim|tilde\{\})\$ | \\string~
        | \\~(?:\{\})? | \{~\})
      | (?P<underscore>\{?\\textunderscore\ ?(?:\{\})?\}? | \{\\?_\})
      | \\(?P<sign>[_%\#&$/-])""",
    re.VERBOSE,
)
_DOI = re.compile(r"(?:doi[ \u00a0]{0,2}:?[ \u00a0]{0,2})?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_ARXIV = re.compile(
    r"arxiv[ \u00a0]{0,2}:?[ \u00a0]{0,2}"
    r"(\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}(?:v\d{1,2})?|[a-z-]{2,12}(?:\.[a-z]{2})?/\d{7}(?:v\d{1,2})?)"
    r"(?:[ \u00a0]{0,2}\[[^\[\]]*\])?",
    re.IGNORECASE,
)
_FILE = re.compile(
    r"[\w.-]{1,200}\.(?:cpp|csv|html?|ipynb|java|js|json|md|pdf|png|py|rs|sh|tex|toml|txt|xml|ya?ml|zip)",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"([a-z][a-z0-9+-]{0,30}):", re.IGNORECASE)
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?", re.IGNORECASE)
_UNSAFE = re.compile(r'["<>\\^`{|}]')

_RESERVED = frozenset({"example", "invalid", "local", "localhost", "test"})
_BLANK_HOST = re.compile(
    r"(?:your|this|insert|some|dummy|fake|placeholder)"
    r"(?:project|repository|repo|code|web|website|site|page|domain|link|url|address|name|https?)+"
    r"(?:goes)?(?:here)?"
    r"|(?:the)?(?:link|url|domain|website)(?:goes)?(?:here)?|x{3,}|xxx+yyy+|placeholder"
)
_BLANK_PART = re.compile(
    r"x{3,}|(?:your|insert|this)-?_?(?:[a-z]{1,12}[-_]?){0,3}(?:name|link|here|url|repo|repository|user|org)"
    r"|(?:this|your)-?_?(?:link|url)|placeholder|(?:link|url)-?_?here"
)

_STAND_IN = re.compile(r"[\[(<]?this (?:https?|ftp) URL[\])>]?", re.IGNORECASE)
"""What arXiv's pages show in place of an address."""
_PLACEHOLDER = "it is a placeholder, not a real address"

_SAME_HOST = {
    "dx.doi.org": "doi.org",
    "export.arxiv.org": "arxiv.org",
    "hf.co": "huggingface.co",
    "m.youtube.com": "youtube.com",
}
_NO_CASE = frozenset({"doi.org", "github.com"})
"""Hosts whose paths mean the same in upper and lower case (of GitHub: owner and name)."""


def complete(text: str) -> str | None:
    r"""Give the complete address for one thing that somebody wrote, None if it is not a safe one.

    Takes an address with or without its scheme, `doi:10.1000/182`, `arXiv:2503.04715`, and
    any of these inside `<…>`, `\url{…}`, `\href{…}{…}` or `[…](…)`. What comes back begins
    with http:// or https:// and has no character that could end an HTML attribute.
    """
    return _judge(text)[0]


def why_not(text: str) -> str:
    """Say why `complete` gives None for a text, as the end of a sentence; empty if it does not."""
    return _judge(text)[1]


def untex(text: str) -> str:
    r"""Give an address without TeX's escapes and `&amp;`: `a\_b` is `a_b`, `\string~` is `~`."""
    if "\\" in text or "{" in text:
        text = _TEX.sub(_plain, text)
    return text.replace("&amp;", "&")


def _plain(match: re.Match[str]) -> str:
    if match["tilde"]:
        return "~"
    if match["underscore"]:
        return "_"
    sign: str = match["sign"]
    return "" if sign == "-" else sign


def _judge(text: str) -> tuple[str | None, str]:
    text = text.strip().strip("\u200b\ufeff")
    if wrapped := _WRAPPED.fullmatch(text):
        text = next(group for group in wrapped.groups() if group is not None).strip()
    text = untex(text)
    if not text:
        return None, "nothing is there"
    if len(text) > LONGEST:
        return None, f"it is longer than {LONGEST} characters"
    if found := _ARXIV.fullmatch(text):
        return f"https://arxiv.org/abs/{found[1]}", ""
    if (found := _DOI.fullmatch(text)) and not _bad_character(found[1]):
        return "https://doi.org/" + quote(found[1], safe="/:;()-._~!$&'*+,=@%"), ""
    if _STAND_IN.fullmatch(text):
        return None, _PLACEHOLDER
    if why := _bad_character(text):
        return None, why
    if text.startswith("//"):
        text = "https:" + text
    elif _FILE.fullmatch(text):
        return None, "it looks like the name of a file; an address begins with https://"
    elif not (scheme := _SCHEME.match(text)):
        text = "https://" + text
    elif scheme[1].lower() not in ("http", "https"):
        return None, f"it begins with {scheme[0]}, not with https:// or http://"
    elif not text[scheme.end() :].startswith("//"):
        return None, f"{scheme[0]} is not followed by //"
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return None, "its host or port is malformed"
    if why := _bad_host(parts) or _blank(parts) or _unfinished(text):
        return None, why
    scheme_end = text.index(":")
    whole = text[:scheme_end].lower() + text[scheme_end:]
    return _UNSAFE.sub(lambda sign: f"%{ord(sign[0]):02X}", whole), ""


def _bad_character(text: str) -> str:
    for character in text:
        category = unicodedata.category(character)
        if category.startswith("Z"):
            return "it has a space in it"
        if category in ("Cc", "Cf", "Cs"):
            return f"it has the invisible character U+{ord(character):04X} in it"
    if "\\" in text:
        return "it has a backslash in it"
    return ""


def _bad_host(parts: SplitResult) -> str:
    if "@" in parts.netloc:
        if parts.path or parts.query or ":" in parts.netloc:
            return "it has a user name before the host"
        return "it is an e-mail address"
    host = (parts.hostname or "").rstrip(".")
    if not host:
        return "it has no host"
    try:
        if not ipaddress.ip_address(host).is_global:
            return "its host is not on the public web"
    except ValueError:
        pass
    else:
        return ""
    if "." not in host:
        return f"its host, {host}, has no dot"
    try:
        labels = host.encode("idna").decode("ascii").split(".")
    except UnicodeError:
        return "its host is malformed"
    if not all(map(_LABEL.fullmatch, labels)) or not re.search("[a-z]", labels[-1]):
        return "its host is malformed"
    return ""


def _blank(parts: SplitResult) -> str:
    """Say that an address only stands where the real one was to go, if it does."""
    labels = (parts.hostname or "").rstrip(".").split(".")
    name = labels[-2:][0].replace("-", "").replace("_", "")
    if labels[-1] in _RESERVED or name == "example" or _BLANK_HOST.fullmatch(name):
        return _PLACEHOLDER
    steps = parts.path.lower().split("/")[1:4]
    return _PLACEHOLDER if any(len(s) < 60 and _BLANK_PART.fullmatch(s) for s in steps) else ""


def _unfinished(url: str) -> str:
    host, steps = host_of(url), steps_of(url)
    if host == "arxiv.org" and steps[:1] in (["abs"], ["pdf"]):
        return "" if re.search(r"[./]\d", "/".join(steps[1:])) else "its identifier is not whole"
    if host == "doi.org" and steps:
        return "" if len(steps) > 1 else "its identifier is not whole"
    return ""


def host_of(url: str) -> str:
    """Give the host of a complete address, in lower case and without `www.`; empty if none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    host = host.rstrip(".").removeprefix("www.")
    return _SAME_HOST.get(host, host)


def steps_of(url: str) -> list[str]:
    """Give the parts of an address's path that are not empty: `/a//b/` is `["a", "b"]`."""
    try:
        return [step for step in urlsplit(url).path.split("/") if step]
    except ValueError:
        return []


def key(url: str) -> str:
    """Give what is equal for two addresses that lead to the same place.

    Scheme, `www.`, a closing slash, `.git`, percent signs, campaign parameters and the case of
    the host make no difference; a fragment does: it is another place on the page.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url
    host = host_of(url)
    path = unquote(parts.path, errors="backslashreplace").rstrip("/").removesuffix(".git")
    query = "&".join(pair for pair in parts.query.split("&") if not pair.startswith("utm_"))
    if host == "youtu.be" and path:
        video = f"v={path[1:]}"
        host, path, query = "youtube.com", "/watch", f"{video}&{query}" if query else video
    if host == "arxiv.org":
        path = path.removesuffix(".pdf")
    if host in _NO_CASE:
        path = _lower(path, None if host == "doi.org" else 3)
    return "".join(
        (
            host,
            f":{port}" if port not in (None, 80, 443) else "",
            path,
            f"?{query}" if query else "",
            f"#{parts.fragment}" if parts.fragment else "",
        )
    )


def _lower(path: str, steps: int | None) -> str:
    parts = path.split("/")
    return "/".join([part.lower() for part in parts[:steps]] + (parts[steps:] if steps else []))
