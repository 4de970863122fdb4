"""Queries as people type them, each with all that it must find and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from generator.model import Acronym
from generator.searching import WrittenPage

MAY = "2024-05-01"
TEXTS = {
    "few-shot": ("Few-Shot Learning of Birds", "A few-shot method."),
    "shot": ("Shot Learning of Videos", "The one shot is learned; a few more do not help."),
    "on-policy": ("On-Policy Evaluation", "We act on-policy."),
    "off-policy": ("Off-Policy Evaluation", "We act off-policy. The policy is old."),
    "models": ("Models of Diffusion", "About diffusion models and the like."),
    "diffusion": ("Diffusion Models Learn", "Nothing is exact."),
    "imagenet": ("ImageNet at Scale", "An image is shown to the net. Large data base."),
    "survey": ("A Survey of Image Generation", "It is all about image generation."),
    "llama-dash": ("Serving LLaMA-3.1", "Fast."),
    "llama-long": ("Cheap Inference", "We serve Llama-3.1-8B-Instruct cheaply."),
    "llama-space": ("Dear Inference", "We serve Llama 3.1 at a price."),
    "real-time": ("Tracking", "A real-time tracker of birds, which need not wait."),
    "counting": ("Counting", "Stars are counted in real-time as they come, and so on."),
    "real": ("Tracking", "The time is real."),
    "need": ("Attention Is All You Need", "We attend."),
    "needs": ("Needs of Readers", "All readers need attention."),
    "long": (
        "推理",
        "大规模语言模型的推理延迟是部署中的主要瓶颈因此我们提出一种新的方法来降低推理成本并保持准确率同时减少内存占用量这是重要的",
    ),
    "rare": ("𠀀𠀁𠀀𠀂", "Old signs."),
}
FINDS: dict[str, set[str]] = {
    "image -imagegeneration": {"imagenet", "survey"},
    "image -surveyy": {"imagenet", "survey"},
    "image -survey": {"imagenet"},
    "shown -image net": set(),
    "title:diffusion-models": {"diffusion", "models"},
    'title:"diffusion models"': {"diffusion"},
    'diffusion -title:"diffusion models"': {"models"},
    '"few-shot"': {"few-shot"},
    '"few shot"': {"few-shot"},
    "fewshot": {"few-shot"},
    '"on-policy"': {"on-policy"},
    "onpolicy": {"on-policy"},
    'attention -"all you need"': {"needs"},
    '"llama 3.1"': {"llama-dash", "llama-long", "llama-space"},
    "llama3.1": {"llama-dash", "llama-long", "llama-space"},
    "llama-3.1": {"llama-dash", "llama-long", "llama-space"},
    "减少内存": {"long"},
    "𠀀𠀂": {"rare"},
}
FIRST = {
    "on-policy evaluation": "on-policy",
    "off-policy evaluation": "off-policy",
    "few-shot learning": "few-shot",
    "shot learning": "shot",
    "real-time": "real-time",
    '"all you need"': "need",
    "-(u)lo tracking birds wait": "real-time",
}


@pytest.fixture(scope="module")
def answers(ask: Any, indexed: Any) -> dict[str, dict[str, Any]]:
    files = indexed(*((slug, *texts) for slug, texts in TEXTS.items()))
    queries = [*FINDS, *FIRST]
    found = ask(files, [(query, {"size": 50}) for query in queries])
    return dict(zip(queries, found, strict=True))


def papers(answer: dict[str, Any]) -> list[str]:
    return [result["slug"] for result in answer["results"] if result["kind"] == "paper"]


@pytest.mark.parametrize("query", FINDS)
def test_a_query_finds_what_it_says_and_nothing_else(answers: Any, query: str) -> None:
    assert set(papers(answers[query])) == FINDS[query]


@pytest.mark.parametrize("query", FIRST)
def test_what_is_meant_comes_before_what_only_has_the_parts(answers: Any, query: str) -> None:
    assert papers(answers[query])[0] == FIRST[query]


def test_it_is_said_where_a_phrase_counts_in_titles_alone(answers: Any) -> None:
    assert answers['"all you need"']["dull"] is True
    assert answers['"few-shot"']["dull"] is answers['"few-shot"']["loose"] is False


def test_a_name_in_quotes_finds_papers_by_the_author(ask: Any, indexed: Any) -> None:
    files = indexed(("hers", "A Paper", "Words."), authors=("Jane Doe", "Mirella Lapata"))
    found, crossed = ask(files, ['"Mirella Lapata"', '"Doe Mirella"'])
    assert (papers(found), found["loose"]) == (["hers"], False)
    assert crossed["loose"] is True


def test_between_two_days_a_paper_must_have_a_digest(ask: Any, indexed: Any) -> None:
    files = indexed(("early", "Early", "One.", "2024-01-01"), ("may", "May", "Two.", MAY))
    both, none = ask(files, ["after:2024-02 before:2024-06", "after:2024-02 before:2024-05"])
    assert papers(both) == ["may"]
    assert papers(none) == []


def test_all_that_fits_can_be_reached_also_what_is_no_paper(ask: Any, indexed: Any) -> None:
    pages = [WrittenPage(f"p{n}/", f"Page {n}", "Ornithopters fly.") for n in range(12)]
    files = indexed(("one", "Ornithopters", "They fly."), pages=pages)
    (found,) = ask(files, [("ornithopters", {"size": 50})])
    kinds = [result["kind"] for result in found["results"]]
    assert (kinds.count("paper"), kinds.count("page"), found["total"]) == (1, 12, 13)


def test_an_acronym_comes_first_when_what_it_stands_for_is_asked(ask: Any, indexed: Any) -> None:
    many = [(f"p{n}", f"Bundle Adjustment {n}", "Adjustment of a bundle.") for n in range(30)]
    files = indexed(*many, acronyms=(Acronym("BA", "bundle adjustment"),))
    (found,) = ask(files, ["bundle adjustment"])
    assert (found["results"][0]["kind"], found["results"][0]["title"]) == ("term", "BA")


def test_one_letter_typed_marks_nothing(ask: Any, indexed: Any) -> None:
    files = indexed(("one", "Vision That Tells", "Of this and that."))
    (found,) = ask(files, [("vision t", {"prefix": True})])
    (result,) = (r for r in found["results"] if r["kind"] == "paper")
    assert [result["title"][a:b] for a, b in result["spans"]] == ["Vision"]


def test_a_phrase_is_found_behind_many_words(ask: Any, indexed: Any) -> None:
    filler = "word " * 70_000
    files = indexed(("far", "Far", f"{filler}zebra crossing"), ("not", "Not", "zebra. A crossing"))
    (found,) = ask(files, ['"zebra crossing"'])
    assert (papers(found), found["loose"]) == (["far"], False)


def test_floods_of_accents_and_long_texts_take_no_long_work(run: Any) -> None:
    """Quadratic work would take hours here; linear work takes less than the runner's patience."""
    code = """(n) => {
        const words = Array.from({ length: 32 }, (_, at) => ({ forms: [`w${at}`], start: "" }));
        const flood = "a" + "\\u0301\\u0316".repeat(n);
        const long = "w1 x. ".repeat(n) + flood;
        return [search.mark(flood, words).length, search.best(long, words).text.length];
    }"""
    spans, length = run(code, 200_000)
    assert spans == 0
    assert length > 0
