"""Feeds: read by a feed reader without complaint, the same for ever, dated by digests alone."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree

import feedparser
import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.enriching import build_library
from generator.enriching.vocabulary import read_vocabulary
from generator.memory import FORGETFUL, Memory
from generator.model import Appearance, Issue, Library, Link, LinkKind, Paper, Source, Tag
from generator.reading import read_text
from generator.textmarks import Emphasis, Formula, Marks
from generator.writing import Site
from generator.writing.catalogue import Catalogue
from generator.writing.feeds import entries, feed_drafts, values
from generator.writing.feeds.ids import name_of
from generator.writing.feeds.values import Entry

VOCABULARY = """\
- name: Information retrieval
  slug: information-retrieval
  description: Finding documents that answer a need.

- name: Dense retrieval
  slug: dense-retrieval
  description: Finding documents by vectors.
  broader: information-retrieval
  phrases: [vector search, dense retrieval]
"""
OLDER = """\
# Dense Retrieval, Quickly & Well
arXiv: 2503.04715
Authors: Ada Lovelace; Alan Turing
Tags: C++

We make dense retrieval quick & good. Code: https://github.com/ada/quick.

A second paragraph.

# Birds

Songs of birds differ by valley.
"""
NEWER = """\
# Fish

Fish are silent.
"""
AGAIN = """\
# Dense Retrieval, Quickly & Well

We make dense retrieval quick & good. Code: https://github.com/ada/quick.

A second paragraph.
"""
SITE = Site("Broadsheet", "Papers & more", "https://ada.example/papers/")
HOME = "https://ada.example/papers/"


def catalogue_of(**digests: str) -> Catalogue:
    vocabulary, _ = read_vocabulary(VOCABULARY, "vocabulary.yml")
    read = [read_text(text, f"{day[1:].replace('_', '-')}.txt") for day, text in digests.items()]
    return Catalogue(build_library(read, vocabulary))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return catalogue_of(d2025_03_11=OLDER, d2025_03_12=NEWER)


class Kept(dict[str, bytes]):
    """A memory that is only there for one test."""

    def recall(self, name: str) -> bytes | None:
        return self.get(name)

    def remember(self, name: str, content: bytes) -> None:
        self[name] = content


def files(catalogue: Catalogue, site: Site = SITE, memory: Memory = FORGETFUL) -> dict[str, str]:
    return {draft.path: draft.make().decode() for draft in feed_drafts(catalogue, site, memory)}


def atom(catalogue: Catalogue, path: str = "feed.xml", site: Site = SITE) -> Any:
    parsed = feedparser.parse(files(catalogue, site)[path].encode("utf-8"))
    assert not parsed.bozo, parsed.bozo_exception
    return parsed


def json_feed(catalogue: Catalogue, path: str = "feed.json", site: Site = SITE) -> Any:
    return json.loads(files(catalogue, site)[path])


def library_of(*numbers: int) -> Catalogue:
    """A library of digests with so many papers each, the oldest first."""
    papers: dict[str, Paper] = {}
    issues = []
    for at, number in enumerate(numbers):
        day = date(2025, 1, 1) + timedelta(at)
        slugs = tuple(f"p{at}-{n}" for n in range(number))
        issues.append(Issue(day.isoformat(), day, "x.txt", slugs))
        where = (Appearance(day.isoformat(), Source("x.txt", 1)),)
        papers |= {
            slug: Paper(slug, slug.upper(), "Text.", tags=("t",), appearances=where)
            for slug in slugs
        }
    return Catalogue(Library(tuple(reversed(issues)), papers, {"t": Tag("t", "T")}))


def test_there_are_two_feeds_for_all_papers_and_one_for_each_tag_in_use(
    catalogue: Catalogue,
) -> None:
    assert list(files(catalogue)) == [
        "feed.xml",
        "feed.json",
        "tags/information-retrieval/feed.xml",
        "tags/dense-retrieval/feed.xml",
        "tags/c-plus-plus/feed.xml",
        "feeds.opml",
    ]


def test_a_feed_says_what_it_is(catalogue: Catalogue) -> None:
    feed = atom(catalogue).feed
    assert atom(catalogue).version == "atom10"
    assert (feed.title, feed.subtitle, feed.author) == (
        "Broadsheet",
        "Papers & more",
        "Broadsheet",
    )
    assert feed.id == "tag:ada.example,2025:/papers/feed"
    assert feed.updated == "2025-03-12T00:00:00Z"
    assert {link.rel: link.href for link in feed.links} == {
        "self": f"{HOME}feed.xml",
        "alternate": HOME,
    }
    of_tag = atom(catalogue, "tags/dense-retrieval/feed.xml").feed
    assert of_tag.title == "Broadsheet: Dense retrieval"
    assert of_tag.id == "tag:ada.example,2025:/papers/tags/dense-retrieval/feed"
    assert of_tag.updated == "2025-03-11T00:00:00Z", "that of its newest paper"
    assert of_tag.link == f"{HOME}tags/dense-retrieval/"


def test_papers_come_newest_digest_first_with_all_that_is_known(catalogue: Catalogue) -> None:
    entries = atom(catalogue).entries
    assert [entry.link for entry in entries] == [
        f"{HOME}papers/fish/",
        f"{HOME}papers/dense-retrieval-quickly-well/",
        f"{HOME}papers/birds/",
    ]
    entry = entries[1]
    assert entry.id == "tag:ada.example,2025:/papers/papers/dense-retrieval-quickly-well"
    assert entry.title_detail.type == "text/plain"
    assert [author.name for author in entry.authors] == ["Ada Lovelace", "Alan Turing"]
    assert {(tag.term, tag.label) for tag in entry.tags} == {
        ("c-plus-plus", "C++"),
        ("dense-retrieval", "Dense retrieval"),
    }
    related = {link.href for link in entry.links if link.rel == "related"}
    assert related == {"https://arxiv.org/abs/2503.04715", "https://github.com/ada/quick"}
    content = lxml.html.fragment_fromstring(entry.content[0].value, create_parent="div")
    assert [p.text_content() for p in content.iter("p")] == [
        "We make dense retrieval quick & good. Code: https://github.com/ada/quick.",
        "A second paragraph.",
        "Links: arXiv 2503.04715 · Code · github.com/ada/quick",
    ]
    assert "summary_detail" not in entry or entry.summary == entry.content[0].value


def test_both_forms_say_the_same(catalogue: Catalogue) -> None:
    feed, data = atom(catalogue), json_feed(catalogue)
    assert data["version"] == "https://jsonfeed.org/version/1.1"
    assert (data["title"], data["home_page_url"], data["feed_url"]) == (
        feed.feed.title,
        HOME,
        f"{HOME}feed.json",
    )
    for entry, item in zip(feed.entries, data["items"], strict=True):
        assert (item["id"], item["url"]) == (entry.id, entry.link)
        assert (item["date_published"], item["date_modified"]) == (entry.published, entry.updated)
        assert item["content_html"] == entry.content[0].value
        assert item["tags"] == [tag.label for tag in entry.get("tags", [])]
    paper = data["items"][1]
    assert paper["title"] == "Dense Retrieval, Quickly & Well"
    assert paper["authors"] == [{"name": "Ada Lovelace"}, {"name": "Alan Turing"}]
    assert paper["external_url"] == "https://arxiv.org/abs/2503.04715"


def test_a_paper_listed_again_keeps_its_name_and_moves_up(catalogue: Catalogue) -> None:
    def of(where: Catalogue) -> dict[str, Any]:
        return {entry.title: entry for entry in atom(where).entries}

    again = catalogue_of(d2025_03_11=OLDER, d2025_03_12=NEWER, d2025_03_13=AGAIN)
    title = atom(again).entries[0].title
    before, after = of(catalogue)[title], of(again)[title]
    assert before.id == after.id
    assert before.published == after.published == "2025-03-11T00:00:00Z"
    assert (before.updated, after.updated) == ("2025-03-11T00:00:00Z", "2025-03-13T00:00:00Z")
    assert atom(again).feed.updated == "2025-03-13T00:00:00Z"


@pytest.mark.parametrize(
    ("digests", "shown"),
    [
        ((3,), 3),
        ((60, 60), 100),
        ((10, 150), 150),
        ((10, 1000), 200),
        ((), 0),
    ],
    ids=["few", "the newest 100", "a large digest whole", "but not a huge one", "none"],
)
def test_a_feed_ends_somewhere(digests: tuple[int, ...], shown: int) -> None:
    catalogue = library_of(*digests)
    assert len(atom(catalogue).entries) == shown
    if digests:
        assert len(atom(catalogue, "tags/t/feed.xml").entries) == min(sum(digests), 50)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://ada.example/", "tag:ada.example,2025:/papers/x"),
        ("http://ADA.example:8000/a/b/", "tag:ada.example,2025:/a/b/papers/x"),
        ("https://bücher.example/", "tag:xn--bcher-kva.example,2025:/papers/x"),
        ("https://ada.example/é x/", "tag:ada.example,2025:/%C3%A9%20x/papers/x"),
        ("http://127.0.0.1:8000/", "tag:127.0.0.1,2025:/papers/x"),
        ("", "tag:broadsheet.invalid,2025:/my-papers/papers/x"),
        ("https://[::1]/", "tag:broadsheet.invalid,2025:/my-papers/papers/x"),
        ("https://[broken/", "tag:broadsheet.invalid,2025:/my-papers/papers/x"),
        ("https://a..b/", "tag:broadsheet.invalid,2025:/my-papers/papers/x"),
    ],
)
def test_names_are_tag_uris_of_the_sites_host(url: str, name: str) -> None:
    assert name_of(Site("My papers!", url=url), "papers/x/") == name
    assert re.fullmatch(r"tag:[a-z0-9.-]+,\d{4}:[\w/%.~!$&'()*+,;=:@-]+", name, re.ASCII)


def test_a_site_that_does_not_say_where_it_stands_has_relative_links(catalogue: Catalogue) -> None:
    site = replace(SITE, url="")
    data = json_feed(catalogue, site=site)
    assert data["home_page_url"] == "./"
    assert data["items"][1]["url"] == "papers/dense-retrieval-quickly-well/"
    parsed = feedparser.parse(
        files(catalogue, site)["tags/dense-retrieval/feed.xml"].encode(),
        response_headers={"content-location": "https://x.example/s/tags/dense-retrieval/feed.xml"},
    )
    assert parsed.entries[0].link == "https://x.example/s/papers/dense-retrieval-quickly-well/"


@pytest.mark.parametrize("url", [SITE.url, ""])
@pytest.mark.parametrize(
    "then",
    [
        (catalogue_of(d2025_03_11=OLDER, d2025_03_12=NEWER), SITE),
        (catalogue_of(d2025_03_10=OLDER), SITE),
        (catalogue_of(d2025_03_11=OLDER, d2025_03_13=AGAIN), SITE),
        (catalogue_of(d2025_03_11=OLDER.replace("Birds", "Bees")), SITE),
        (catalogue_of(d2025_03_11=OLDER), replace(SITE, name="Other", url="https://b.example/")),
        (catalogue_of(d2025_03_11=OLDER), replace(SITE, name="Other", url="")),
    ],
)
def test_feeds_with_entries_of_an_earlier_build_are_those_that_would_be_written_anew(
    then: tuple[Catalogue, Site], url: str
) -> None:
    memory = Kept()
    before = files(catalogue_of(d2025_03_11=OLDER), replace(SITE, url=url), memory)
    assert before == files(catalogue_of(d2025_03_11=OLDER), replace(SITE, url=url))
    assert files(*then, memory) == files(*then)
    assert files(*then, memory) == files(*then)


def test_a_new_digest_has_only_its_own_entries_written(monkeypatch: pytest.MonkeyPatch) -> None:
    memory, written = Kept(), []
    tagged = NEWER.replace("Fish\n", "Fish\nTags: C++\n", 1)

    def entry_of(catalogue: Catalogue, site: Site, paper: Paper) -> Entry:
        written.append(paper.title)
        return was(catalogue, site, paper)

    was = values.entry_of
    monkeypatch.setattr(entries, "entry_of", entry_of)
    files(catalogue_of(d2025_03_11=OLDER), memory=memory)
    written.clear()
    feeds = files(catalogue_of(d2025_03_11=OLDER, d2025_03_12=tagged), memory=memory)
    assert "Fish" in feeds["tags/c-plus-plus/feed.xml"]
    assert written == ["Fish"]


def test_the_list_of_feeds_has_all_of_them_in_folders(catalogue: Catalogue) -> None:
    def outline(element: ElementTree.Element) -> Any:
        below = [outline(child) for child in element.findall("outline")]
        return below or element.get("xmlUrl")

    root = ElementTree.fromstring(files(catalogue)["feeds.opml"])  # noqa: S314 - our own
    body = root.find("body")
    assert root.get("version") == "2.0"
    assert body is not None
    assert outline(body) == [
        f"{HOME}feed.xml",
        [f"{HOME}tags/information-retrieval/feed.xml", f"{HOME}tags/dense-retrieval/feed.xml"],
        [f"{HOME}tags/c-plus-plus/feed.xml"],
    ]
    named = re.findall(r'xmlUrl="([^"]+)"', files(catalogue)["feeds.opml"])
    written = [path for path in files(catalogue) if path.endswith(".xml")]
    assert sorted(named) == sorted(HOME + path for path in written)


def test_formulas_are_in_the_content() -> None:
    mathml = "<math><mi>ε</mi></math>"
    day = Appearance("2025-01-01", Source("x", 1))
    marks = Marks(formulas=(Formula(3, 4, r"\epsilon", mathml),))
    paper = Paper("a", "A", "An ε.", abstract_marks=marks, appearances=(day,))
    issue = Issue("2025-01-01", date(2025, 1, 1), "x", ("a",))
    item = json_feed(Catalogue(Library((issue,), {"a": paper})))["items"][0]
    assert item["content_html"] == f"<p>An {mathml}.</p>"


def test_emphasis_is_in_the_content() -> None:
    day = Appearance("2025-01-01", Source("x", 1))
    marks = Marks(emphases=(Emphasis(2, 7, "strong"),))
    paper = Paper("a", "A", "A <bad word", abstract_marks=marks, appearances=(day,))
    issue = Issue("2025-01-01", date(2025, 1, 1), "x", ("a",))
    item = json_feed(Catalogue(Library((issue,), {"a": paper})))["items"][0]
    assert item["content_html"] == "<p>A <strong>&#60;bad </strong>word</p>"


HOSTILE = [
    "]]></content><script>alert(1)</script>",
    "&lt;script&gt; &amp;amp; &#0; \x00\x01\x0b\x1b\x7f\x9f\ufffe\uffff\ud800",
    '" onload="x" \' <img src=x onerror=alert(1)>',
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
    "<?xml version='1.0'?><!-- --> <![CDATA[ x ]]>",
    "\u202e\u2028\u2029\r\n\t",
]


def hostile(text: str, other: str) -> tuple[Catalogue, Site]:
    day = Appearance("2025-01-01", Source("x", 1))
    paper = Paper(
        "a",
        text,
        other,
        authors=(text, other),
        links=(Link("https://x.example/?a=1&b=\"'<>", LinkKind.PAPER, text),),
        tags=("t",),
        notes=(text,),
        appearances=(day,),
    )
    issue = Issue("2025-01-01", date(2025, 1, 1), "x", ("a",))
    library = Library((issue,), {"a": paper}, {"t": Tag("t", other, text)})
    return Catalogue(library), Site(text, other, "https://x.example/")


def assert_harmless(catalogue: Catalogue, site: Site) -> None:
    written = files(catalogue, site)
    for path, content in written.items():
        if path.endswith(".json"):
            contents = [item["content_html"] for item in json.loads(content)["items"]]
        else:
            root = ElementTree.fromstring(content.encode("utf-8"))  # noqa: S314 - our own
            contents = [
                each.text or "" for each in root.iter("{http://www.w3.org/2005/Atom}content")
            ]
        if path.endswith(".xml"):
            assert not feedparser.parse(content.encode("utf-8")).bozo
        for each in contents:
            tree = lxml.html.fragment_fromstring(each, create_parent="div")
            assert {element.tag for element in tree.iter()} <= {"div", "p", "a"}
            assert {name for element in tree.iter() for name in element.attrib} <= {"href", "rel"}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(text: str) -> None:
    catalogue, site = hostile(text, text[::-1])
    assert_harmless(catalogue, site)


@settings(max_examples=60)
@given(st.text(max_size=40), st.text(st.sampled_from("<>&;\"'/!-[]x= \n\x00\ud800"), max_size=40))
def test_any_text_makes_feeds_that_parse(text: str, other: str) -> None:
    assert_harmless(*hostile(text, other))


def test_the_same_library_gives_the_same_bytes(catalogue: Catalogue) -> None:
    again = catalogue_of(d2025_03_12=NEWER, d2025_03_11=OLDER)
    assert files(catalogue) == files(again)
