"""Ten thousand papers: the search answers from a few small files, fetches none of them twice, and
puts a page of results at a time into the window."""

from __future__ import annotations

import os
import random
import re
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate

import pytest
from playwright.sync_api import Response, Route, expect
from readers import DESK, PHONE, OpenReader, Reader, Screen
from sitehost import BuiltSite, serve
from test_browser_search import ask, finder, number_of, told

from generator.model import Appearance, Issue, Library, Link, LinkKind, Paper, Source, Tag
from generator.searching import search_files

PAPERS, DIGESTS, WORDS = 10_000, 40, 30_000
SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ro", "stru")
ASKED = {5: "learning", 40: "transformers", 200: "retrieval", 4000: "wombats"}
"""Words that are asked for, each by how many are commoner."""
CODE = (Link("https://example.org/code", LinkKind.CODE, "https://example.org/code"),)


def made_up_library() -> Library:
    """Papers whose words are as unevenly common as those of a language; always the same."""
    dice = random.Random(4)  # noqa: S311
    words = sorted({"".join(dice.choices(SYLLABLES, k=dice.randint(2, 5))) for _ in range(WORDS)})
    dice.shuffle(words)
    for place, word in ASKED.items():
        words[place] = word
    weights = list(accumulate(1 / (rank + 5) for rank in range(len(words))))

    def text(count: int) -> str:
        return " ".join(dice.choices(words, cum_weights=weights, k=count)).capitalize()

    tags = [Tag(slug=f"subject-{n}", name=f"Subject {n}", phrases=()) for n in range(60)]
    days = [date(2025, 1, 5) - timedelta(weeks=week) for week in range(DIGESTS)]
    papers = {}
    for number in range(PAPERS):
        title = text(dice.randint(5, 11))
        slug = f"{title.lower().replace(' ', '-')[:60]}-{number}"
        day = days[number % DIGESTS].isoformat()
        papers[slug] = Paper(
            slug=slug,
            title=title,
            abstract=f"{text(45)}. {text(45)}.",
            links=CODE if number % 4 == 0 else (),
            tags=tuple(tag.slug for tag in dice.sample(tags, k=3)),
            appearances=(Appearance(day, Source(f"{day}.txt", number + 1)),),
        )
    slugs = list(papers)
    issues = tuple(
        Issue(day.isoformat(), day, f"{day}.txt", tuple(slugs[place::DIGESTS]))
        for place, day in enumerate(days)
    )
    return Library(issues=issues, papers=papers, tags={tag.slug: tag for tag in tags})


def papers_with(library: Library, word: str) -> int:
    return sum(
        word in re.findall(r"\w+", f"{paper.title} {paper.abstract}".lower())
        for paper in library.papers.values()
    )


@pytest.fixture(scope="module")
def library() -> Library:
    return made_up_library()


@pytest.fixture(scope="module")
def large(
    site: BuiltSite, library: Library, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BuiltSite]:
    """The frames of the small site with the index of the large library."""
    folder = tmp_path_factory.mktemp("large") / "site"
    shutil.copytree(site.folder, folder, copy_function=os.link)
    shutil.rmtree(folder / "search" / "data")
    for file in search_files(library):
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    with serve(folder) as served:
        yield served


class Fetched:
    """What a window has fetched for its searches: the module and files of the index."""

    def __init__(self, reader: Reader) -> None:
        self.responses: list[Response] = []
        reader.context.on("response", self._note)

    def _note(self, response: Response) -> None:
        if re.search(r"/search\.js$|/search/data/", response.url):
            self.responses.append(response)

    def count(self) -> int:
        return len(self.responses)

    def addresses(self) -> list[str]:
        return [response.url for response in self.responses]

    def bytes(self) -> int:
        """Bytes of their bodies, which are sent as they are."""
        return sum(int(response.headers["content-length"]) for response in self.responses)


@pytest.fixture(params=[PHONE, DESK], ids=lambda screen: screen.name)
def reader(
    request: pytest.FixtureRequest, open_reader: OpenReader, large: BuiltSite, library: Library
) -> Reader:
    """A reader of the large site; of its papers' pages only the abstracts are there."""

    def cite(route: Route) -> None:
        abstract = library.papers[route.request.url.split("/")[-2]].abstract
        if route.request.url.endswith("/"):
            route.fulfill(body=f"<div class=bs-text><p>{abstract}</div>", content_type="text/html")
        else:
            route.fulfill(body=f"AB  - {abstract}\n")

    screen: Screen = request.param
    opened = open_reader(screen, base=large.url)
    opened.context.route(re.compile(r"/papers/[^/]+/(papers\.ris)?$"), cite)
    opened.open("tags/")
    return opened


def test_typing_shows_the_best_eight_and_tells_how_many_there_are(
    reader: Reader, library: Library
) -> None:
    reader.search("", "mouse")
    expect(told(reader)).to_have_text(re.compile(r"^10,000 papers, titles and abstracts, 60 tags"))
    reader.page.keyboard.type("transformers")
    expect(told(reader)).to_have_text(f"{papers_with(library, 'transformers'):,} results")
    expect(reader.results).to_have_count(8)
    for hit in reader.results.all():
        expect(hit.locator("strong mark").first).to_have_text(
            re.compile("^transformers$", re.IGNORECASE)
        )
        expect(hit.locator("> span").last).not_to_be_empty()
    assert finder(reader).locator("*").count() < 200
    reader.page.keyboard.press("ArrowDown")
    expect(reader.results.first).to_have_attribute("aria-selected", "true")
    assert reader.wide() == 0


@pytest.mark.parametrize("words", ["transformers", "retrieval learning", "wombats", "subject 7"])
def test_a_first_search_fetches_little_and_the_same_one_nothing_more(
    reader: Reader, words: str
) -> None:
    fetched = Fetched(reader)
    reader.search("", "mouse")
    ask(reader, words)
    expect(reader.results.first).to_be_visible()
    assert number_of(told(reader)) > 8
    reader.settle()
    first, size = fetched.count(), fetched.bytes()
    assert first <= 6
    assert size <= 120_000
    ask(reader, "wombats")
    again = fetched.bytes()
    assert again - size <= 60_000
    ask(reader, words)
    assert len(set(fetched.addresses())) == fetched.count()
    assert fetched.bytes() == again


def test_a_phrase_and_operators_hold_for_all_papers(reader: Reader, library: Library) -> None:
    reader.search("", "mouse")
    coded = sum(bool(paper.links) for paper in library.papers.values())
    late = sum(paper.appearances[0].digest >= "2024-12" for paper in library.papers.values())
    titled = sum("transformers" in paper.title.lower().split() for paper in library.papers.values())
    for words, number in (
        ("has:code", coded),
        ("after:2024-12", late),
        ("title:transformers", titled),
    ):
        ask(reader, words)
        expect(told(reader)).to_have_text(f"{number:,} results")
    title = library.papers[next(iter(library.papers))].title
    ask(reader, f'"{title}"')
    expect(told(reader)).to_have_text("1 result")
    expect(reader.results).to_contain_text([title])


def test_the_page_of_results_turns_to_the_last_page(reader: Reader, library: Library) -> None:
    total = papers_with(library, "transformers")
    pages = -(-total // 10)
    status = reader.page.get_by_role("region", name="Results").get_by_role("status")
    ways = reader.page.get_by_role("navigation", name="Pages of this list")
    reader.open(f"search/?q=transformers&page={pages - 1}")
    expect(status).to_have_text(f"{total:,} results")
    expect(reader.entries).to_have_count(10)
    reader.follow(ways.get_by_role("button", name="Next"), "mouse")
    expect(ways).to_contain_text(f"Page {pages} of {pages}")
    expect(reader.entries).to_have_count(total - 10 * (pages - 1))
    expect(ways.get_by_role("button", name="Next")).to_be_disabled()
    expect(reader.entries.last).to_contain_text("transformers", ignore_case=True)
    assert reader.page.get_by_role("region", name="Results").locator("*").count() < 1000


def test_filters_count_all_of_ten_thousand(reader: Reader, library: Library) -> None:
    having = [p for p in library.papers.values() if p.links and "subject-7" in p.tags]
    reader.open("search/?with=has.code&with=subject-7")
    status = reader.page.get_by_role("region", name="Results").get_by_role("status")
    expect(status).to_have_text(f"{len(having)} results")
    expect(reader.entries).to_have_count(10)
