"""Filters mean the same in search and in lists: the engine agrees with query.js on any library."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import Appearance, Issue, Library, Link, LinkKind, Paper, Source, Tag
from generator.searching import search_files
from generator.writing.catalogue import Catalogue
from generator.writing.data import data_drafts
from generator.writing.site import Site

DAYS = ("2025-03-11", "2025-03-11-late-list", "2024-06-01")
TAGS = {
    "language-models": Tag("language-models", "Language models"),
    "rag": Tag("rag", "Retrieval-augmented generation", broader="language-models"),
    "reranking": Tag("reranking", "Reranking", broader="rag"),
    "constructor": Tag("constructor", "Constructor"),
    "vision": Tag("vision", "Computer vision"),
}
WORDS = (
    *TAGS,
    *(f"has.{kind.value}" for kind in LinkKind),
    *(f"digest:{day}" for day in DAYS),
    *("nonsense", "__proto__", "has.nothing", "digest:", "toString", ""),
)
NARROW = """({ index, pairs }) => {
  const papers = index.papers.map(([slug, title, tags, kinds, digests]) =>
    ({ slug, title, tags, kinds, digests }));
  return pairs.map((pairs) => {
    const { found, counts } = query.narrow(papers, pairs, query.describer(index, () => false));
    return { found: found.map(({ slug }) => slug), counts: Object.fromEntries(counts) };
  });
}"""

some = st.lists(
    st.tuples(
        st.lists(st.sampled_from(list(TAGS)), unique=True, max_size=3),
        st.lists(st.sampled_from(LinkKind), unique=True, max_size=3),
        st.lists(st.sampled_from(DAYS), unique=True, min_size=1, max_size=2),
    ),
    min_size=1,
    max_size=8,
)
pair = st.tuples(st.sampled_from(["with", "not"]), st.sampled_from(WORDS))


def library_of(drawn: list[tuple[list[str], list[LinkKind], list[str]]]) -> Library:
    papers = {
        f"p{number}": Paper(
            f"p{number}",
            f"Birds {number}",
            "They sing.",
            tags=tuple(tags),
            links=tuple(Link(f"https://example.org/{kind}", kind, kind.value) for kind in kinds),
            appearances=tuple(Appearance(day, Source(day, number + 1)) for day in days),
        )
        for number, (tags, kinds, days) in enumerate(drawn)
    }
    issues = tuple(
        Issue(
            day,
            date.fromisoformat(day[:10]),
            f"{day}.txt",
            tuple(
                slug
                for slug, one in papers.items()
                if any(found.digest == day for found in one.appearances)
            ),
        )
        for day in DAYS
    )
    return Library(issues=issues, papers=papers, tags=TAGS)


# Each example starts node twice, so that one asks many things.
@settings(deadline=None, max_examples=12)
@given(some, st.lists(st.lists(pair, min_size=1, max_size=3), min_size=5, max_size=20))
def test_the_engine_and_the_lists_agree_on_what_a_filter_means(
    ask: Callable[..., Any],
    run: Callable[[str, Any], Any],
    drawn: list[Any],
    asked: list[list[tuple[str, str]]],
) -> None:
    library = library_of(drawn)
    index = next(iter(data_drafts(Catalogue(library), Site("Birds"))))
    lists = run(NARROW, {"index": json.loads(index.make()), "pairs": asked})
    texts = ["", "birds", "-fish"]
    queries = [(text, {"pairs": pairs, "size": 99}) for pairs in asked for text in texts]
    answers = iter(ask(list(search_files(library)), queries))
    for pairs, expected in zip(asked, lists, strict=True):
        counts = {w: n for w, n in expected["counts"].items() if not w.startswith("is.")}
        for text in texts:
            answer = next(answers)
            found = sorted(result["slug"] for result in answer["results"])
            assert found == sorted(expected["found"]), (text, pairs)
            assert answer["total"] == answer["papers"] == len(found)
            named = {w: n for w, n in answer["counts"].items() if not w.startswith("kind.")}
            assert named == counts, (text, pairs)
            tags = [slug for slug, _ in answer["tags"]]
            assert set(tags) >= counts.keys() & TAGS.keys()
            many = [counts.get(slug, 0) for slug in tags]
            assert many == sorted(many, reverse=True)
