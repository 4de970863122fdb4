"""What the specifications ask of the files that programs read, as checks that name each fault.

Atom: RFC 4287. JSON Feed 1.1. OPML 2.0. OpenSearch 1.1. Sitemaps 0.9. Linked data: schema.org, as
far as its types are used here. Each check takes a file's content and yields what is wrong in it.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

_ATOM = "{http://www.w3.org/2005/Atom}"
_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_RELATIVE = re.compile(r"""\s(?:href|src)=["']?(?!https?://|mailto:|["'])""")


def _xml(content: bytes) -> Element:
    return ElementTree.fromstring(content)  # noqa: S314 - of the site that the tests build


def atom(content: bytes) -> Iterator[str]:
    """RFC 4287."""
    feed = _xml(content)
    if feed.tag != f"{_ATOM}feed":
        yield f"the root is {feed.tag}"
    yield from _atom_parts(feed, "the feed")
    links = [link for link in feed.findall(f"{_ATOM}link") if link.get("rel") == "self"]
    if len(links) != 1:
        yield "the feed does not say where it stands"
    entries = feed.findall(f"{_ATOM}entry")
    yield from _repeats("id", [entry.findtext(f"{_ATOM}id") or "" for entry in entries])
    for entry in entries:
        name = f"entry {entry.findtext(f'{_ATOM}id')}"
        yield from _atom_parts(entry, name)
        if entry.find(f"{_ATOM}author") is None and feed.find(f"{_ATOM}author") is None:
            yield f"{name} has no author"
        text = entry.find(f"{_ATOM}content")
        if text is None and not entry.findall(f"{_ATOM}link[@rel='alternate']"):
            yield f"{name} has neither content nor a page"
        if text is not None and _RELATIVE.search(text.text or ""):
            yield f"{name} has a relative address in its content"


def _atom_parts(node: Element, name: str) -> Iterator[str]:
    for part in ("id", "title", "updated"):
        if len(found := node.findall(f"{_ATOM}{part}")) != 1 or not (found[0].text or "").strip():
            yield f"{name} has no {part}, or several"
    if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:.", node.findtext(f"{_ATOM}id") or ""):
        yield f"{name}: its id is no absolute IRI"
    for part in ("updated", "published"):
        for moment in node.findall(f"{_ATOM}{part}"):
            yield from _moment(name, part, moment.text)
    for author in node.findall(f"{_ATOM}author"):
        if len(author.findall(f"{_ATOM}name")) != 1:
            yield f"{name} has an author without a name"
    for text in node.findall(f"{_ATOM}content") + node.findall(f"{_ATOM}title"):
        if text.get("type", "text") not in ("text", "html", "xhtml"):
            yield f"{name} has text of the type {text.get('type')}"
    for category in node.findall(f"{_ATOM}category"):
        if not category.get("term"):
            yield f"{name} has a category without a term"
    links = node.findall(f"{_ATOM}link")
    for link in links:
        yield from _absolute(f"{name}: a link", link.get("href"))
    pages = [(k.get("type"), k.get("hreflang")) for k in links if k.get("rel") == "alternate"]
    if len(pages) != len(set(pages)):
        yield f"{name} has two pages of one type"


def json_feed(content: bytes) -> Iterator[str]:
    """JSON Feed 1.1."""
    feed = json.loads(content)
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        yield "the version is not 1.1's address"
    if not feed.get("title") or not isinstance(feed.get("items"), list):
        yield "the feed has no title or no list of items"
        return
    for key in ("home_page_url", "feed_url"):
        yield from _absolute(key, feed.get(key))
    yield from _json_authors("the feed", feed)
    yield from _repeats("id", [item.get("id", "") for item in feed["items"]])
    for item in feed["items"]:
        name = f"item {item.get('id')}"
        if not item.get("id") or not isinstance(item["id"], str):
            yield f"{name} has no id that is text"
        if not (item.get("content_html") or item.get("content_text")):
            yield f"{name} has no content"
        if _RELATIVE.search(item.get("content_html", "")):
            yield f"{name} has a relative address in its content"
        yield from _absolute(f"{name}: url", item.get("url"))
        for key in ("date_published", "date_modified"):
            if key in item:
                yield from _moment(name, key, item[key])
        if not all(isinstance(tag, str) for tag in item.get("tags", [])):
            yield f"{name} has a tag that is no text"
        yield from _json_authors(name, item)


def _json_authors(name: str, values: dict[str, Any]) -> Iterator[str]:
    if "author" in values:
        yield f"{name} has `author`, which 1.1 calls `authors`"
    for author in values.get("authors", []):
        if not set(author) & {"name", "url", "avatar"}:
            yield f"{name} has an author about whom nothing is said"


def opml(content: bytes) -> Iterator[str]:
    """OPML 2.0, as a list of feeds."""
    root = _xml(content)
    if root.tag != "opml" or root.get("version") != "2.0":
        yield "the root is not opml 2.0"
    if [part.tag for part in root] != ["head", "body"]:
        yield "there is not one head and one body"
    outlines = list(root.iter("outline"))
    if not outlines:
        yield "there is no outline"
    for outline in outlines:
        if not outline.get("text"):
            yield "an outline has no text"
        if outline.get("type") == "rss":
            yield from _absolute(f"{outline.get('text')}: xmlUrl", outline.get("xmlUrl"))
        elif not len(outline):
            yield f"{outline.get('text')} is neither a feed nor a group"
    urls = [outline.get("xmlUrl", "") for outline in outlines if outline.get("type") == "rss"]
    # A feed may stand in two groups, but not twice in one.
    for group in root.iter():
        yield from _repeats("xmlUrl", [o.get("xmlUrl", "") for o in group if o.get("xmlUrl")])
    if not urls:
        yield "there is no feed"


def opensearch(content: bytes) -> Iterator[str]:
    """OpenSearch 1.1."""
    root = _xml(content)
    if root.tag != f"{_OPENSEARCH}OpenSearchDescription":
        yield f"the root is {root.tag}"
    for part, most in (("ShortName", 16), ("Description", 1024)):
        found = root.findall(f"{_OPENSEARCH}{part}")
        if len(found) != 1 or not 0 < len(found[0].text or "") <= most:
            yield f"there is no {part}, several, or one of more than {most} characters"
    addresses = root.findall(f"{_OPENSEARCH}Url")
    for address in addresses:
        if not address.get("type"):
            yield "a Url has no type"
        yield from _absolute("template", address.get("template"))
    results = [a for a in addresses if a.get("rel", "results") == "results"]
    if not results or any("{searchTerms}" not in (a.get("template") or "") for a in results):
        yield "no Url takes {searchTerms}"
    for image in root.findall(f"{_OPENSEARCH}Image"):
        yield from _absolute("Image", image.text)


def sitemap(content: bytes) -> Iterator[str]:
    """Sitemaps 0.9."""
    root = _xml(content)
    if root.tag != f"{_SITEMAP}urlset":
        yield f"the root is {root.tag}"
    places = []
    for url in root:
        locations = [part.text or "" for part in url if part.tag == f"{_SITEMAP}loc"]
        if url.tag != f"{_SITEMAP}url" or len(locations) != 1:
            yield "an entry is no url with one loc"
            continue
        places += locations
        yield from _absolute("loc", locations[0])
        if len(locations[0]) >= 2048:
            yield f"{locations[0]} is too long"
        for day in url.findall(f"{_SITEMAP}lastmod"):
            if not _is_day(day.text or "") and not _MOMENT.fullmatch(day.text or ""):
                yield f"{locations[0]} was changed on {day.text}, which is no day"
    yield from _repeats("loc", places)
    if not 0 < len(places) <= 50_000:
        yield f"{len(places)} addresses"


_TYPES: dict[str, tuple[set[str], set[str]]] = {
    "Article": ({"headline"}, {"url", "isPartOf", "about"}),
    "CollectionPage": ({"name"}, {"url", "isPartOf", "mainEntity"}),
    "ItemList": ({"numberOfItems"}, set()),
    "Person": ({"name"}, set()),
    "ScholarlyArticle": ({"name"}, {"author", "identifier", "sameAs", "datePublished"}),
    "WebSite": ({"name"}, {"url"}),
}
"""What must be said of things of a type, and what else these pages say that schema.org has."""
_CONTAINED: dict[str, Callable[[Any], bool]] = {
    "about": lambda value: _type(value) == "ScholarlyArticle",
    "author": lambda value: isinstance(value, list) and all(_type(v) == "Person" for v in value),
    "isPartOf": lambda value: _type(value) == "WebSite",
    "mainEntity": lambda value: _type(value) == "ItemList",
    "numberOfItems": lambda value: isinstance(value, int) and value >= 0,
    "datePublished": lambda value: _is_day(value),
    "url": lambda value: not list(_absolute("url", value)),
    "sameAs": lambda value: all(not list(_absolute("sameAs", each)) for each in value),
    "identifier": lambda value: all(re.fullmatch(r"(arXiv|doi):\S+", each) for each in value),
}


def linked_data(content: bytes) -> Iterator[str]:
    """JSON-LD by schema.org: the types that are used, and what each of them must have."""
    data = json.loads(content)
    if data.pop("@context", None) != "https://schema.org":
        yield "the context is not schema.org"
    yield from _thing(data)


def _thing(data: dict[str, Any]) -> Iterator[str]:
    kind = data.get("@type", "")
    if kind not in _TYPES:
        yield f"nobody knows the type {kind}"
        return
    needed, known = _TYPES[kind]
    if missing := sorted(key for key in needed if data.get(key) in (None, "")):
        yield f"{kind} has no {', '.join(missing)}"
    if odd := sorted(set(data) - needed - known - {"@type"}):
        yield f"{kind} has {', '.join(odd)}, which nobody knows"
    for key, value in data.items():
        if key in _CONTAINED and not _CONTAINED[key](value):
            yield f"{kind}: {key} cannot be {value}"
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                yield from _thing(each)


def _type(value: object) -> object:
    return value.get("@type") if isinstance(value, dict) else None


def _absolute(name: str, address: str | None) -> Iterator[str]:
    try:
        parts = urlsplit(address or "")
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.netloc or re.search(r"\s", address or ""):
        yield f"{name} is no absolute address: {address}"


def _moment(name: str, key: str, text: str | None) -> Iterator[str]:
    try:
        good = bool(_MOMENT.fullmatch(text or "")) and bool(datetime.fromisoformat(text or ""))
    except ValueError:
        good = False
    if not good:
        yield f"{name}: {key} is no moment by RFC 3339: {text}"


def _is_day(text: str) -> bool:
    try:
        return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _repeats(name: str, values: list[str]) -> Iterator[str]:
    for value, times in Counter(values).items():
        if times > 1:
            yield f"{name} {value} comes {times} times"
