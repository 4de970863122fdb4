"""What the pages need to know of the site that they are for."""

from __future__ import annotations

import msgspec


class Site(msgspec.Struct, frozen=True):
    """A site as it calls itself, and where it stands."""

    name: str
    description: str = ""
    url: str = ""
    """The absolute address of the site, ending in a slash; empty if it is not known."""

    def address(self, page: str) -> str:
        """Return the absolute address of a page or file; empty if the site's is not known."""
        return f"{self.url}{page}" if self.url else ""
