"""What a page says of itself to programs: link previews, search engines, feed readers.

Title and description are front matter that `rendering` writes, and overrides/main.html prints them
once more for previews (Open Graph); from here comes what only some kinds of pages have. Linked
data (JSON-LD) stands in the page itself: as front matter it would be written and read as YAML,
which took eight times as long. It cannot end the script element that it stands in.

The address of a page stands in it once, as the canonical one: Open Graph takes it from there, and
linked data speaks of the page that it stands in.

Only what is known is said: no picture, and no time at which a page was published. There are no
`citation_*` names either: what a paper page says of its paper to reference managers stands in
the page itself, as COinS, and both together would give them two records.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from generator.enriching.addresses import complete
from generator.model import Issue, Paper, Tag
from generator.writing import addresses, wording
from generator.writing.escaping import clean, html
from generator.writing.feeds import ATOM
from generator.writing.site import Site

LINKED_DATA = 1500
"""Bytes of linked data on a page."""

_HEADLINE = 110
_NAME = 220
_FEW = 8
"""Authors of a paper that has too many to name all."""

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_FOR_SCRIPTS = re.compile("[<>&\u2028\u2029]")

Values = dict[str, Any]


def paper_data(site: Site, paper: Paper) -> str:
    """Return the linked data of a paper's page, an article about a scholarly article."""
    for data in _papers_data(site, paper):
        text = script_text(data)
        if len(text.encode("utf-8")) <= LINKED_DATA:
            return text
    return ""  # None is better than one that is cut off.


def digest_data(site: Site, issue: Issue, title: str) -> str:
    """Return the linked data of one page of a digest."""
    return script_text(
        {
            "@context": "https://schema.org",
            "@type": "CollectionPage",
            "name": wording.cut(title, _HEADLINE),
            **_where(site),
            "mainEntity": {"@type": "ItemList", "numberOfItems": len(issue.papers)},
        }
    )


def tag_head(site: Site, tag: Tag) -> Values:
    """Return the front matter of any page of a tag: which feed is its own."""
    home = addresses.tag(tag.slug)
    feed = {"title": f"{site.name}: {tag.name}", "atom": home + ATOM}
    return {"feed": {key: str(html(value)) for key, value in feed.items()}}


def script_text(data: Mapping[str, Any]) -> str:
    """Write JSON that stands safely in a script element, whatever the texts in it say."""
    return _FOR_SCRIPTS.sub(_escaped, clean(_encode(data)))


def _escaped(mark: re.Match[str]) -> str:
    return f"\\u{ord(mark[0]):04x}"


def _papers_data(site: Site, paper: Paper) -> Iterator[Values]:
    """Yield what can be said of a paper, less and less of it.

    Tags are left to the page's links, and so is what would only say the headline again.
    """
    name, headline = (wording.cut(paper.title, most) for most in (_NAME, _HEADLINE))
    known = {key: value for key, value in _identity(paper).items() if value}
    authors = [{"@type": "Person", "name": author} for author in paper.authors]
    for more in ({"author": authors} | known, {"author": authors[:_FEW]} | known, known, {}):
        more = {key: value for key, value in more.items() if value}
        about = {"@type": "ScholarlyArticle", "name": name} | more
        yield {
            "@context": "https://schema.org",
            "@type": "Article",
            "headline": headline,
            **_where(site),
            **({"about": about} if more or name != headline else {}),
        }


def _identity(paper: Paper) -> Values:
    names = {
        f"arXiv:{paper.arxiv}": paper.arxiv and f"https://arxiv.org/abs/{paper.arxiv}",
        f"doi:{paper.doi}": paper.doi and complete(f"doi:{paper.doi}"),
    }
    known = {name: url for name, url in names.items() if url}
    return {
        "identifier": list(known),
        "sameAs": list(known.values()),
        "datePublished": paper.published.isoformat() if paper.published else "",
    }


def _where(site: Site) -> Values:
    whole: Values = {"@type": "WebSite", "name": site.name}
    return {"isPartOf": whole | {"url": site.url} if site.url else whole}
