"""The Content-Security-Policy of pages: from where they may take what, as text for a meta element.

A site may widen it by name: `policy` among this plugin's options is a mapping of directives to
lists of sources. Nothing widens it to any inline script.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from urllib.parse import urlsplit

import msgspec
from msgspec.structs import replace

_OWN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "default-src": ("'none'",),
        "script-src": ("'self'",),
        "style-src": ("'self'",),
        "img-src": ("'self'", "data:"),
        "font-src": ("'self'",),
        "connect-src": ("'self'",),
        "form-action": ("'self'",),
        "base-uri": ("'none'",),
    }
)
"""All that generated pages need. Stylesheets draw signs from `data:`, scripts fetch lists and the
search, and the search is a form; a worker is a script."""

_MORE = ("frame-src", "manifest-src", "media-src", "object-src", "worker-src")
_FIXED = ("default-src", "base-uri")
_SOURCE = re.compile(r"[\w:/.*?=%+~-]+", re.ASCII)
_WORDS = ("self", "unsafe-eval", "wasm-unsafe-eval")
"""Sources that are no addresses; a policy has them in quotation marks, mkdocs.yml need not."""
_NEVER = ("none", "unsafe-hashes", "unsafe-inline")
_HASH = re.compile(r"'?(sha(?:256|384|512)-[A-Za-z0-9+/_-]+={0,2})'?")


_WITHIN = {"script-src": ("data:", "blob:")}
"""What would let a script in that stands within a page, if only as an address."""


class PolicyError(ValueError):
    """What mkdocs.yml adds to the policy cannot be; the message says why and what to do."""


class Policy(msgspec.Struct, frozen=True):
    """What pages may do, by directive."""

    sources: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=lambda: _OWN)
    spare: Mapping[str, frozenset[str]] = msgspec.field(default_factory=dict)
    """What is allowed as well, but stands in the policy of those pages alone which use it: hashes
    of inline scripts, and where a form may send what is typed."""

    def allowing(self, directive: str, more: Iterable[str]) -> Policy:
        """Return a policy with more sources or hashes for a directive.

        Raises PolicyError if that is none, or if it would let any inline script in.
        """
        if directive in _FIXED or directive not in (*_OWN, *_MORE):
            names = ", ".join((*(name for name in _OWN if name not in _FIXED), *_MORE))
            raise PolicyError(
                f"`{directive}` cannot be set under `policy`; expected one of {names}."
            )
        sources = list(self.sources.get(directive, ()))
        hashes = set(self.spare.get(directive, ()))
        for given in more:
            bare = given.strip("'")
            source = f"'{bare}'" if bare in _WORDS else given
            if found := _HASH.fullmatch(source):
                hashes.add(f"'{found[1]}'")
            elif bare in _NEVER or not _SOURCE.fullmatch(bare) or runs(directive, bare):
                raise PolicyError(
                    f"`{given}` is no source for `{directive}` under `policy`; "
                    "expected an address such as https://example.org, or a hash: sha256-…"
                )
            elif source not in sources:
                sources.append(source)
        return replace(
            self,
            sources={**self.sources, directive: tuple(sources)},
            spare={**self.spare, directive: frozenset(hashes)},
        )

    def sparing(self, directive: str, addresses: Iterable[str]) -> Policy:
        """Return a policy that allows the origins of addresses where a page uses them."""
        origins = self.spare.get(directive, frozenset()) | set(map(origin_of, addresses)) - {""}
        return replace(self, spare={**self.spare, directive: frozenset(origins)})

    def allows(self, directive: str, address: str) -> bool:
        """Whether something on another machine may be used.

        Addresses within the site are for others to see to, and so is what a browser makes of
        patterns: a source covers its own host, or what begins with it.
        """
        origin = origin_of(address)
        if origin in self.spare.get(directive, ()):
            return True
        for source in self.sources.get(directive) or self.sources["default-src"]:
            begins = source if "//" in source else f"https://{source}"
            if source.endswith(":") and address.lower().startswith(source):
                return True
            if source == "*" or origin == begins.rstrip("/") or address.startswith(f"{begins}/"):
                return True
            host = begins.partition("//*.")[2]
            if host and (urlsplit(address).hostname or "").endswith(f".{host}"):
                return True
        return False

    def text(self, more: Mapping[str, Iterable[str]] = MappingProxyType({})) -> str:
        """Return the policy as a page has it, with hashes of what stands in the page."""
        parts = []
        for directive, sources in self.sources.items():
            listed = " ".join((*sources, *more.get(directive, ())))
            if listed:
                parts.append(f"{directive} {listed}")
        return ";".join(parts)


def site_policy(
    asked: Mapping[str, Iterable[str]],
    scripts: Iterable[str] = (),
    styles: Iterable[str] = (),
    forms: Iterable[str] = (),
    *,
    web_fonts: bool = False,
) -> Policy:
    """Return the policy of a site whose mkdocs.yml asks for this.

    `asked` is its option `policy`; scripts and styles are addresses under extra_javascript and
    extra_css; forms are where the site's own forms lead. `web_fonts` are those of the theme, which
    come from elsewhere. Raises PolicyError if `asked` cannot be.
    """
    policy = Policy()
    for directive, sources in asked.items():
        listed = [sources] if isinstance(sources, str) else list(sources or ())
        policy = policy.allowing(str(directive), map(str, listed))
    policy = policy.allowing("script-src", filter(None, map(origin_of, scripts)))
    policy = policy.allowing("style-src", filter(None, map(origin_of, styles)))
    if web_fonts:
        policy = policy.allowing("style-src", ["https://fonts.googleapis.com"])
        policy = policy.allowing("font-src", ["https://fonts.gstatic.com"])
    return policy.sparing("form-action", forms)


def runs(directive: str, address: str) -> bool:
    """Whether an address is a script itself, so that no setting lets it in."""
    return address.lower().startswith(("javascript:", *_WITHIN.get(directive, ())))


def origin_of(address: str) -> str:
    """Return scheme and host of an address on another machine; nothing for one of the site."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    return f"{(parts.scheme or 'https').lower()}://{parts.netloc.lower()}" if parts.netloc else ""


def hash_of(content: str) -> str:
    """Return the hash by which a policy lets an inline script or style in."""
    plain = content.replace("\r\n", "\n").replace("\r", "\n")
    digest = hashlib.sha256(plain.encode("utf-8", "replace")).digest()
    return f"'sha256-{b64encode(digest).decode('ascii')}'"
