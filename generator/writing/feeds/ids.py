"""Names of feeds and papers as `tag:` URIs (RFC 4151): the same for ever, never looked up.

A name is made of the site's host, the folder that the site stands in, and a page's address. A
paper that another digest lists again keeps its name, so that no reader is shown it as new.
Programs know what they have shown by these names alone: a site that moves to another host gives
every paper a new one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, urlsplit

from slugify import slugify

from generator.writing.site import Site

_YEAR = "2025"
"""RFC 4151 wants a date on which the name's giver held the host. It must never change."""

_NOWHERE = "broadsheet.invalid"
"""Stands for the host of a site that does not say where it stands; RFC 2606 keeps it free."""

_HOST = re.compile(r"[a-z0-9]+(?:[.-]+[a-z0-9]+)*")
_SPECIFIC = "/-._~!$&'()*+,;=:@%"


def name_of(site: Site, address: str) -> str:
    """Return the name of what stands at an address in the site: `tag:x.org,2025:/papers/y`."""
    host, folder = _home(site)
    return f"tag:{host},{_YEAR}:{folder}{quote(address.rstrip('/'), safe=_SPECIFIC)}"


@lru_cache(maxsize=1)
def _home(site: Site) -> tuple[str, str]:
    """Return the host and the folder of a site, the latter between slashes."""
    try:
        parts = urlsplit(site.url)
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except ValueError:  # A wrong IPv6 address, or a label that is empty or too long.
        host = ""
    if not _HOST.fullmatch(host):
        called = slugify(site.name, max_length=60)
        return _NOWHERE, f"/{called}/" if called else "/"
    folder = quote(parts.path.strip("/"), safe=_SPECIFIC)
    return host, f"/{folder}/" if folder else "/"
