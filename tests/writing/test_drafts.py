"""A draft's key changes whenever what it makes does, and hardly ever else."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from msgspec import structs
from msgspec.structs import replace

from generator.model import (
    Acronym,
    Appearance,
    Issue,
    Library,
    Link,
    LinkKind,
    Page,
    Paper,
    Related,
    Source,
    Tag,
)
from generator.writing import (
    Site,
    archive,
    authorindex,
    data,
    file_drafts,
    glossary,
    listing,
    markdown,
    page_drafts,
)
from generator.writing.catalogue import Catalogue
from generator.writing.drafts import key_of, stamp_of

WORDS = [
    "dense",
    "sparse",
    "retrieval",
    "agents",
    "maps",
    "birds",
    "songs",
    "valleys",
    "knots",
    "proofs",
]
TAGS = {
    "a": Tag("a", "Agents", "What acts."),
    "b": Tag("b", "Birds", "What flies.", "a"),
    "c": Tag("c", "Caves", "", "a"),
    "d": Tag("d", "Own", listed=False),
}
Made = dict[tuple[str, bytes], bytes]


class Desk:
    """A library that is edited at random; the same seed makes the same edits."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - for a test
        self.papers: dict[str, Paper] = {}
        self.issues: list[tuple[str, ...]] = []
        self.tags = dict(TAGS)
        self.site = Site("Broadsheet", "Papers", "https://x.example/")
        for _ in range(4):
            self.add_digest()

    def edit(self) -> None:
        edits = (
            *(self.add_digest, self.drop_digest, self.list_again),
            *(self.change_paper,) * 6,
            *(self.change_tag, self.change_site),
        )
        self.random.choice(edits)()

    def words(self, number: int) -> str:
        return " ".join(self.random.choices(WORDS, k=number))

    def add_digest(self) -> None:
        slugs = [f"p{len(self.papers) + at}" for at in range(self.random.randrange(1, 6))]
        for slug in slugs:
            self.papers[slug] = Paper(slug, self.words(3), self.words(6), tags=("b",))
            self.papers[slug] = self.changed(self.papers[slug])
        self.issues.append(tuple(slugs))

    def drop_digest(self) -> None:
        if len(self.issues) > 2:
            self.issues.pop(self.random.randrange(len(self.issues)))

    def list_again(self) -> None:
        old = self.random.choice(self.random.choice(self.issues))
        newest = self.issues[-1]
        self.issues[-1] = tuple(dict.fromkeys([*newest, old]))

    def change_paper(self) -> None:
        slug = self.random.choice(self.random.choice(self.issues))
        self.papers[slug] = self.changed(self.papers[slug])

    def changed(self, paper: Paper) -> Paper:
        url = f"https://github.com/x/{self.words(1)}"
        others = self.random.sample(sorted(self.papers), min(2, len(self.papers)))
        changes: tuple[dict[str, object], ...] = (
            {"title": self.words(3)},
            {"abstract": self.words(6)},
            {"authors": tuple(self.words(2).split())},
            {"arxiv": f"2503.0471{self.random.randrange(9)}"},
            {"doi": f"10.1000/{self.random.randrange(9)}"},
            {"links": (Link(url, self.random.choice(list(LinkKind)), url),)},
            {"tags": tuple(self.random.sample(sorted(self.tags), 2))},
            {"notes": (self.words(2),)},
            {"acronyms": (Acronym(self.words(1)[:2].upper(), self.words(2)),)},
            {"related": tuple(Related(slug, (self.words(1),)) for slug in others)},
        )
        return structs.replace(paper, **self.random.choice(changes))

    def change_tag(self) -> None:
        slug = self.random.choice(sorted(self.tags))
        change = self.random.choice([{"name": self.words(1)}, {"description": self.words(2)}])
        self.tags[slug] = structs.replace(self.tags[slug], **change)

    def change_site(self) -> None:
        name = self.random.choice(["name", "description", "url"])
        value = f"https://{self.words(1)}.example/" if name == "url" else self.words(2)
        self.site = replace(self.site, **{name: value})

    def library(self) -> Library:
        days = [date(2024, 12, 25) + timedelta(3 * at) for at in range(len(self.issues))]
        issues = [
            Issue(day.isoformat(), day, f"{day}.txt", slugs)
            for day, slugs in zip(days, self.issues, strict=True)
        ]
        where: dict[str, list[Appearance]] = {}
        for issue in issues:
            for slug in issue.papers:
                where.setdefault(slug, []).append(Appearance(issue.slug, Source("x.txt", 1)))
        papers = {
            slug: structs.replace(
                self.papers[slug],
                appearances=tuple(places),
                related=tuple(r for r in self.papers[slug].related if r.slug in where),
            )
            for slug, places in where.items()
        }
        places = {slug: (at * 7 % 99, at * 31 % 99) for at, slug in enumerate(papers)}
        return Library(tuple(reversed(issues)), papers, self.tags, places)


def made(library: Library, site: Site) -> Iterator[tuple[str, bytes, Callable[[], bytes]]]:
    for page in page_drafts(library, site):
        yield page.path, page.key, lambda page=page: whole(page.make())  # type: ignore[misc]
    for file in file_drafts(library, site):
        yield file.path, file.key, file.make


def whole(page: Page) -> bytes:
    return f"{markdown(page)}\n{page.updated}".encode()


def check(seed: int, steps: int = 30) -> None:
    """Edit a library and make everything each time: equal keys must have equal content."""
    desk, known = Desk(seed), Made()
    for _ in range(steps):
        desk.edit()
        for path, key, make in made(desk.library(), desk.site):
            content = make()
            assert known.setdefault((path, key), content) == content, path


@pytest.fixture(autouse=True)
def _short_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a few papers be as many as thousands."""
    for module, name, value in (
        *((listing, "PAGE", 3), (listing, "WHOLE", 4)),
        *((archive, "LATEST", 3), (archive, "_OF_A_YEAR", 2)),
        *((data, "PER_PAGE", 4), (glossary, "_WHOLE", 4), (glossary, "_WEIGHT", 400)),
        (authorindex, "_PAGE", 4),
    ):
        monkeypatch.setattr(module, name, value)


@pytest.mark.parametrize("seed", range(4))
def test_equal_keys_have_equal_content(seed: int) -> None:
    check(seed)


@pytest.mark.parametrize("forgotten", ["abstracts", "tags' names", "days", "the site"])
def test_a_value_that_a_key_forgets_is_noticed(
    forgotten: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamp = "generator.writing.catalogue.stamp_of"
    if forgotten == "abstracts":
        monkeypatch.setattr(stamp, lambda p, tags: stamp_of(structs.replace(p, abstract=""), tags))
    elif forgotten == "tags' names":
        monkeypatch.setattr(stamp, lambda p, tags: stamp_of(p, dict.fromkeys(tags, "")))
    elif forgotten == "days":
        monkeypatch.setattr(Catalogue, "dated_stamps", Catalogue.stamps)
    else:
        monkeypatch.setattr("generator.writing.papers.key_of", lambda *v: key_of(v[0], v[2:]))
    with pytest.raises(AssertionError):
        check(0, 200)


@pytest.mark.parametrize(
    ("digests", "of_tags"),
    [
        (30, []),
        # A page is cut off: the one below it has a newer page that is not the first.
        (32, ["tags/a/12.md", "tags/b/12.md"]),
    ],
)
def test_one_more_digest_leaves_what_is_older_as_it_is(
    digests: int, of_tags: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE", 50)
    monkeypatch.setattr(listing, "WHOLE", 64)
    monkeypatch.setattr(archive, "LATEST", 60)

    def library(number: int) -> Library:
        issues, papers = [], dict[str, Paper]()
        for at in range(number):
            day = date(2025, 1, 1) + timedelta(at)
            slugs = tuple(f"p{at}-{n}" for n in range(20))
            issues.append(Issue(day.isoformat(), day, f"{day}.txt", slugs))
            place = (Appearance(day.isoformat(), Source("x.txt", 1)),)
            papers |= {
                slug: Paper(slug, slug, "Text.", tags=("b",), appearances=place) for slug in slugs
            }
        return Library(tuple(reversed(issues)), papers, TAGS)

    site = Site("Broadsheet")
    before = {path: key for path, key, _ in made(library(digests), site)}
    after = {path: key for path, key, _ in made(library(digests + 1), site)}
    assert set(before) <= set(after)
    changed = {path for path, key in before.items() if after[path] != key}
    lists = {path for path in changed if path.endswith(".md")}
    assert {path for path in lists if path.startswith("tags/")} == {
        *("tags/index.md", "tags/a.md", "tags/b.md"),
        *of_tags,
    }
    assert {path for path in lists if path.startswith("digests/")} == {
        *("digests/index.md", f"digests/{date(2025, 1, 1) + timedelta(digests - 1)}.md"),
    }
    assert not any(path.startswith("papers/") for path in changed)
