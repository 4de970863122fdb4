"""What programs read of the site is as its specification has it, and the checks see what is not."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import formats
import pytest
from sitehost import BuiltSite

Check = Callable[[bytes], Iterator[str]]

_DATA = re.compile(rb'<script type="?application/ld\+json"?>(.*?)</script>', re.DOTALL)
FILES: dict[str, tuple[Check, int]] = {
    "**/feed.xml": (formats.atom, 50),
    "**/feed.json": (formats.json_feed, 1),
    "feeds.opml": (formats.opml, 1),
    "opensearch.xml": (formats.opensearch, 1),
    "sitemap.xml": (formats.sitemap, 1),
}
"""By pattern: what checks these files, and how many of them there are at least."""


@pytest.mark.parametrize("pattern", FILES)
def test_files_for_programs_are_as_their_specification_has_them(
    site: BuiltSite, pattern: str
) -> None:
    check, least = FILES[pattern]
    paths = sorted(site.folder.glob(pattern))
    assert len(paths) >= least
    for path in paths:
        content = path.read_bytes()
        assert content.decode("utf-8").isprintable() or b"\n" in content
        assert list(check(content)) == [], path


def test_linked_data_says_what_its_types_must_have(site: BuiltSite) -> None:
    found: dict[str, int] = {}
    for path in sorted(site.folder.rglob("*.html")):
        for data in _DATA.findall(path.read_bytes()):
            assert list(formats.linked_data(data)) == [], path
            kind = path.relative_to(site.folder).parts[0]
            found[kind] = found.get(kind, 0) + 1
    assert found["papers"] > 50
    assert found["digests"] >= 1


def test_a_feed_says_where_it_stands_itself(site: BuiltSite) -> None:
    for path in sorted(site.folder.glob("**/feed.*")):
        place = path.relative_to(site.folder).as_posix()
        assert f"/broadsheet/{place}".encode() in path.read_bytes(), place


def test_the_list_of_feeds_leads_to_feeds_that_are_there(site: BuiltSite) -> None:
    places = re.findall(r'xmlUrl="([^"]+)"', (site.folder / "feeds.opml").read_text("utf-8"))
    assert len(places) > 50
    for place in places:
        assert (site.folder / urlsplit(place).path.removeprefix("/broadsheet/")).is_file(), place


def test_the_packed_sitemap_is_the_sitemap(site: BuiltSite) -> None:
    packed = gzip.decompress((site.folder / "sitemap.xml.gz").read_bytes())
    assert packed == (site.folder / "sitemap.xml").read_bytes()


ENTRY = (
    "<entry><id>tag:x,2025:1</id><title>One</title><updated>2025-03-11T00:00:00Z</updated>"
    '<link rel="alternate" href="https://x.org/1/"/><category term="a"/>'
    '<content type="html">&lt;a href="https://x.org/"&gt;x&lt;/a&gt;</content></entry>'
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:x,2025:</id><title>X</title>'
    "<updated>2025-03-11T00:00:00Z</updated><author><name>X</name></author>"
    f'<link rel="self" href="https://x.org/feed.xml"/>{ENTRY}</feed>'
)
JSON_FEED = (
    '{"version":"https://jsonfeed.org/version/1.1","title":"X","home_page_url":"https://x.org/",'
    '"feed_url":"https://x.org/feed.json","authors":[{"name":"X"}],"items":[{"id":"1",'
    '"url":"https://x.org/1/","content_html":"<p>One</p>","tags":["a"],'
    '"date_published":"2025-03-11T00:00:00Z"}]}'
)
FEED = '<outline type="rss" text="A" xmlUrl="https://x.org/feed.xml"/>'
OPML = f'<opml version="2.0"><head/><body><outline text="G">{FEED}</outline></body></opml>'
OPENSEARCH = (
    '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/"><ShortName>X</ShortName>'
    "<Description>Papers</Description><Image>https://x.org/a.svg</Image>"
    '<Url type="text/html" template="https://x.org/?q={searchTerms}"/></OpenSearchDescription>'
)
SITEMAP = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    "<url><loc>https://x.org/</loc><lastmod>2025-03-11</lastmod></url></urlset>"
)
LINKED = (
    '{"@context":"https://schema.org","@type":"Article","headline":"One","url":"https://x.org/1/",'
    '"isPartOf":{"@type":"WebSite","name":"X"},"about":{"@type":"ScholarlyArticle","name":"One",'
    '"author":[{"@type":"Person","name":"Ada"}],"identifier":["arXiv:2503.04715"],'
    '"sameAs":["https://arxiv.org/abs/2503.04715"],"datePublished":"2025-03-11"}}'
)
GOOD: dict[str, tuple[Check, str]] = {
    "atom": (formats.atom, ATOM),
    "json": (formats.json_feed, JSON_FEED),
    "opml": (formats.opml, OPML),
    "opensearch": (formats.opensearch, OPENSEARCH),
    "sitemap": (formats.sitemap, SITEMAP),
    "linked": (formats.linked_data, LINKED),
}
PLANTED = [
    ("atom", "2005/Atom", "2005/Atoms"),
    ("atom", "<id>tag:x,2025:</id>", ""),
    ("atom", "<id>tag:x,2025:1</id>", "<id>papers/1</id>"),
    ("atom", "<title>One</title>", "<title></title>"),
    ("atom", "<updated>2025-03-11T00:00:00Z</updated><link", "<updated>2025-03-11</updated><link"),
    ("atom", "<updated>2025-03-11T00:00:00Z</updated><author>", "<author>"),
    ("atom", "03-11T00:00:00Z</updated><link", "02-30T00:00:00Z</updated><link"),
    ("atom", "<author><name>X</name></author>", ""),
    ("atom", "<name>X</name>", ""),
    ("atom", 'rel="self"', 'rel="related"'),
    ("atom", "https://x.org/1/", "../1/"),
    ("atom", 'href="https://x.org/"', 'href="papers/"'),
    ("atom", 'type="html"', 'type="markdown"'),
    ("atom", ' term="a"', ""),
    ("atom", ENTRY, ENTRY + ENTRY),
    ("json", "1.1", "1"),
    ("json", '"title":"X",', ""),
    ("json", '"id":"1",', ""),
    ("json", '"id":"1"', '"id":1'),
    ("json", "<p>One</p>", ""),
    ("json", "<p>One</p>", "<a href='x/'>One</a>"),
    ("json", "https://x.org/1/", "/1/"),
    ("json", "https://x.org/feed.json", "feed.json"),
    ("json", "11T00:00:00Z", "11"),
    ("json", '"authors":[{"name":"X"}]', '"author":{"name":"X"}'),
    ("json", '{"name":"X"}', "{}"),
    ("json", '["a"]', "[1]"),
    ("opml", "2.0", "1.0"),
    ("opml", "<head/>", ""),
    ("opml", ' text="A"', ""),
    ("opml", "https://x.org/feed.xml", "feed.xml"),
    ("opml", FEED, FEED + FEED),
    ("opml", FEED, ""),
    ("opensearch", "1.1", "1.0"),
    ("opensearch", "<ShortName>X<", "<ShortName>A name of seventeen<"),
    ("opensearch", "<Description>Papers</Description>", ""),
    ("opensearch", "{searchTerms}", ""),
    ("opensearch", ' type="text/html"', ""),
    ("opensearch", "https://x.org/?", "?"),
    ("opensearch", "https://x.org/a.svg", "a.svg"),
    ("sitemap", "0.9", "0.8"),
    ("sitemap", "<loc>https://x.org/</loc>", ""),
    ("sitemap", "https://x.org/", "/"),
    ("sitemap", "03-11", "02-30"),
    ("sitemap", "</urlset>", "<url><loc>https://x.org/</loc></url></urlset>"),
    ("linked", "schema.org", "schema.example"),
    ("linked", '"headline":"One",', ""),
    ("linked", "headline", "headlines"),
    ("linked", '"Person"', '"People"'),
    ("linked", "https://x.org/1/", "papers/1/"),
    ("linked", "https://arxiv.org/", "arxiv.org/"),
    ("linked", "arXiv:2503.04715", "2503.04715"),
    ("linked", "2025-03-11", "March 2025"),
]


@pytest.mark.parametrize("name", GOOD)
def test_what_is_right_is_no_fault(name: str) -> None:
    check, text = GOOD[name]
    assert list(check(text.encode())) == []


@pytest.mark.parametrize(("name", "right", "wrong"), PLANTED)
def test_a_planted_fault_is_seen(name: str, right: str, wrong: str) -> None:
    check, text = GOOD[name]
    assert right in text
    assert list(check(text.replace(right, wrong, 1).encode()))
