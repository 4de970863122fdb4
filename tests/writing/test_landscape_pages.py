"""The map, the trends and the related papers as pages have them."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta

import pytest

from generator.model import Appearance, Issue, Library, Paper, Related, Source, Tag
from generator.writing import Site
from generator.writing.cards import CardMaker
from generator.writing.catalogue import Catalogue
from generator.writing.landscape import LINKED, map_file_drafts, map_page
from generator.writing.papers import paper_page
from generator.writing.related import related_cards
from generator.writing.trends import percent, range_of, trends_draft

EVIL = '"><script>alert(1)</script>{{ 7*7 }} `'
TAGS = {
    "vision": Tag("vision", "Vision"),
    "depth": Tag("depth", "Depth", broader="vision"),
    "speech": Tag("speech", "Speech"),
    "own": Tag("own", "Own name", listed=False),
}
SITE = Site("Broadsheet")


def library(papers: int, digests: int = 1, share: int = 3, **first: object) -> Library:
    """Papers spread over weekly digests; every third one is tagged with depth, others speech."""
    days = [date(2025, 1, 6) + timedelta(days=7 * n) for n in range(digests)]
    made = {}
    for at in range(papers):
        day = days[at * digests // papers]
        tags = ("depth",) if at % share == 0 else ("own", "speech") if at % 7 else ()
        given = first if at == 0 else {}
        made[f"p{at}"] = Paper(
            f"p{at}",
            str(given.get("title", f"Paper {at}")),
            "Words.",
            tags=tags,
            appearances=(Appearance(day.isoformat(), Source("a.txt", 1)),),
            related=given.get("related", ()),  # type: ignore[arg-type]
        )
    issues = tuple(
        Issue(
            day.isoformat(),
            day,
            f"{day}.txt",
            tuple(f"p{at}" for at in range(papers) if at * digests // papers == n),
        )
        for n, day in reversed(list(enumerate(days)))
    )
    places = {slug: (at * 97 % 10000, at * 31 % 10000) for at, slug in enumerate(made)}
    return Library(issues, made, TAGS, places if papers > 7 else {})


def files(made: Library) -> dict[str, str]:
    catalogue = Catalogue(made)
    drafts = map_file_drafts(catalogue)
    return {"map.md": map_page(catalogue).body} | {
        draft.path: draft.make().decode() for draft in drafts
    }


def drawn(page: str) -> list[tuple[int, int]]:
    dots = "".join(re.findall(r'<path d="(M\d[^"]*)"', page.partition("bs-map__dots")[2]))
    return [(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h0", dots)]


@pytest.mark.parametrize("count", [30, LINKED, LINKED + 1])
def test_every_paper_is_a_dot_of_the_page_and_of_the_data(count: int) -> None:
    made = files(library(count))
    assert list(made) == ["map.md", "map/map.json", "map/map.css"]
    data = json.loads(made["map/map.json"])
    assert data["version"] == 1
    assert data["digests"] == ["6 January 2025"]
    assert len(data["papers"]) == count
    dots = drawn(made["map.md"])
    assert sorted(dots) == sorted((x, y) for x, y, *_ in data["papers"])
    assert all(0 <= way <= 1000 for dot in dots for way in dot)


def test_a_small_map_has_a_named_link_over_each_dot() -> None:
    made = files(library(LINKED))
    links = re.findall(r'<a href="\.\./papers/(p\d+)/" title="(.*?)">', made["map.md"])
    assert links == [(f"p{at}", f"Paper {at}") for at in range(LINKED)]
    rules = re.findall(r"__links>:nth-child\((\d+)\){--u:(\d+);--v:(\d+)}", made["map/map.css"])
    assert [int(number) for number, _, _ in rules] == list(range(1, LINKED + 1))
    known = {slug: (x, y) for x, y, _, _, slug, _ in json.loads(made["map/map.json"])["papers"]}
    for (slug, _), (_, x, y) in zip(links, rules, strict=True):
        assert (int(x), int(y)) == known[slug]


def test_names_of_subjects_stand_on_the_map_where_a_stylesheet_says() -> None:
    made = files(library(2_000))
    names = re.findall(r'class="bs-map__place (bs-hue\d)"', made["map.md"])
    assert names
    for name in names:
        assert f".bs-map__place.{name}{{--u:" in made["map/map.css"]
    assert "style=" not in made["map.md"]


def test_a_large_map_has_few_elements() -> None:
    page = files(library(LINKED + 1))["map.md"]
    assert "bs-map__links" not in page
    assert page.count("<a ") < 20


def test_a_dot_has_the_broad_tag_of_its_best_listed_tag() -> None:
    data = json.loads(files(library(30))["map/map.json"])
    subjects = {slug: data["subjects"][hue] for _, _, hue, _, slug, _ in data["papers"]}
    assert (subjects["p0"], subjects["p1"]) == ("Vision", "Speech")
    assert subjects["p7"] == "Other subjects"


def test_too_few_papers_have_no_map_and_are_told_when_it_begins() -> None:
    made = files(library(3))
    assert list(made) == ["map.md"]
    assert "begins with 8 papers" in made["map.md"]
    assert "<svg" not in made["map.md"]


@pytest.mark.parametrize("papers", [20, LINKED + 5])
def test_pasted_text_stays_text_on_the_map(papers: int) -> None:
    made = files(library(papers, title=EVIL))
    assert "<script" not in made["map.md"]
    assert "{{" not in made["map.md"]


def test_half_a_character_stops_no_map() -> None:
    data = files(library(30, title="A\ud800B"))["map/map.json"].encode("utf-8")
    assert "A\ufffdB" in [title for *_, title in json.loads(data)["papers"]]


def test_the_map_of_ten_thousand_stays_small() -> None:
    made = files(library(10_000))
    assert made["map.md"].count("<") < 600
    assert len(made["map.md"]) < 150_000
    assert len(made["map/map.json"]) < 1_000_000
    assert len(made["map/map.css"]) < 1_000


def trends(made: Library) -> str:
    page = trends_draft(Catalogue(made)).make()
    assert page.path == "trends.md"
    return page.body


def test_one_digest_shows_its_shares_and_says_why_there_are_no_trends() -> None:
    page = trends(library(30))
    assert "named from 6 digests on; there is 1 digest" in page
    assert '<th scope="row">Vision</th><td>33\u202f%</td><td>10</td>' in page
    assert "<polyline" not in page
    assert "Rising" not in page


def test_shares_are_of_each_digest_and_the_newest_stands_first() -> None:
    page = trends(library(30, digests=3))
    assert "<polyline" in page
    assert page.index("20 Jan 2025") < page.index("13 Jan 2025") < page.index("6 Jan 2025")
    assert (
        '<th scope="row">Vision</th><td>30\u202f%</td><td>30\u202f%</td><td>40\u202f%</td>' in page
    )


def test_below_a_line_stand_the_newest_share_and_the_range_of_all() -> None:
    page = trends(library(30, digests=3))
    caption = "<span><small>now</small> 30\u202f%<small>, 30–40\u202f%</small></span>"
    assert caption in page
    assert page.count("a scale of its own") == 1
    assert "a scale of its own" not in trends(library(30))


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [
        (0, 0.394, "0–39\u202f%"),
        (0.004, 0.02, "0.4–2\u202f%"),
        (0.5, 0.5, "always 50\u202f%"),
        (0.501, 0.502, "always 50\u202f%"),
    ],
)
def test_a_range_names_its_unit_once(least: float, most: float, words: str) -> None:
    assert range_of(least, most) == words


def test_a_table_is_folded_until_a_wide_screen_opens_it_or_a_reader() -> None:
    page = trends(library(30))
    assert page.count('<details class="bs-trend__fold">') == page.count("<table") == 2


def test_without_a_digest_the_page_says_so() -> None:
    assert "no digest yet" in trends(Library())


def test_flat_shares_are_not_called_a_trend() -> None:
    page = trends(library(240, digests=8))
    assert "No tag rises or falls by more than chance would explain" in page


def test_a_rise_is_named_with_its_shares() -> None:
    flat = library(400, digests=8)
    papers = dict(flat.papers)
    for at, slug in enumerate(papers):
        digest, place = divmod(at, 50)
        tags = ("depth",) if place < 5 + 4 * digest else ("speech",)
        papers[slug] = Paper(slug, slug, "", tags=tags, appearances=papers[slug].appearances)
    page = trends(Library(flat.issues, papers, TAGS))
    rising = page[page.index("Rising") : page.index("Falling")]
    assert "Vision" in rising
    assert "10\u202f% to 66\u202f%" in rising
    assert "Speech" in page[page.index("Falling") :]


@pytest.mark.parametrize(
    ("share", "shown"),
    [(0, "0"), (0.004, "0.4\u202f%"), (0.25, "25\u202f%"), (1, "100\u202f%")],
)
def test_per_cent_are_whole_where_one_is_seen(share: float, shown: str) -> None:
    assert percent(share) == shown


@pytest.mark.parametrize(
    ("other", "when"),
    [("p1", "Same digest"), ("p29", "Later, 20 January 2025")],
)
def test_a_related_paper_says_when_it_came(other: str, when: str) -> None:
    made = library(30, digests=3, related=(Related(other, ("KV cache", "sparse attention")),))
    catalogue = Catalogue(made)
    (card,) = related_cards(catalogue, CardMaker(catalogue, "papers/p0/"), made.papers["p0"])
    assert card.href == f"../{other}/"
    assert (card.when, card.terms) == (when, "KV cache, sparse attention")


def test_the_paper_s_page_gives_the_reason_and_stays_light() -> None:
    related = tuple(Related(f"p{at}", (EVIL[:40], "a" * 300, "b")) for at in range(1, 7))
    made = library(30, title="First", related=related)
    catalogue = Catalogue(made)
    page = paper_page(catalogue, SITE, made.papers["p0"]).body
    section = page[page.index("bs-related") :].split("</section>")[0]
    assert section.count("<li>") == 6
    assert "both on" in section
    assert "<script" not in section
    assert len(section.encode()) < 3000


def test_a_paper_with_nothing_close_has_no_section() -> None:
    made = library(30)
    page = paper_page(Catalogue(made), SITE, made.papers["p5"]).body
    assert "bs-related" not in page
