"""What a reader finds, through the module that the site ships."""

from __future__ import annotations

from typing import Any

import pytest

RAG, T5, ATTENTION, BIRDS, CHINESE, ODD = (
    "rag-for-code",
    "t5-and-gpt-4",
    "attention-is-all-you-need",
    "seeing-birds",
    "强化",
    "odd-title",
)
FINDS = {
    "birds": BIRDS,
    "BIRD": BIRDS,
    "convolution network": BIRDS,
    "network of birds and generation": BIRDS,
    "retrieval augmented generation": RAG,
    "RAGs": RAG,
    "retrieval-augmented": RAG,
    "top-k": RAG,
    "top k": RAG,
    "topk": RAG,
    "zoe muller": RAG,
    "Zoë": RAG,
    "t5": T5,
    "gpt4": T5,
    "GPT-4": T5,
    "gpt 4": T5,
    "llama3.1": T5,
    "LLaMA-3.1": T5,
    "quantizing": T5,
    "quantised": T5,
    "all you need": ATTENTION,
    "what is all you need": ATTENTION,
    "pretraining transformer": ATTENTION,
    "pre training transformer": ATTENTION,
    "trasnformer": ATTENTION,
    "ransformer": ATTENTION,
    "transfromer": ATTENTION,
    "rtansformer": ATTENTION,
    "recurence": ATTENTION,
    "强化学习": CHINESE,
    "大规模": CHINESE,
    "c++": ODD,
    "__proto__": ODD,
    "café": ODD,
    '"is all you need"': ATTENTION,
    '"neural networks see"': BIRDS,
    "title:birds": BIRDS,
    "birds title:birds": BIRDS,
    "birds -recurrence": BIRDS,
    "tag:vision": BIRDS,
    'tag:"Computer vision"': BIRDS,
    "tag:rag has:code": RAG,
    "has:video -tag:vision": T5,
    "before:2025 birds": BIRDS,
    "colour:birds": BIRDS,
    "constructor birds": BIRDS,
    "seeingbirds": BIRDS,
}
NOTHING = ["zzzqqq", "", "   ", "-", '"', '""', "tag:", ":", "...", "the of", "\U0001f600"]
HOSTILE = [
    "birds " * 200_000,
    "(" * 10_000 + "[a-z]+*?{}|\\^$",
    "\ud800 birds \udfff",
    '"' * 9999,
    "-" * 9999,
    "title:" * 999,
    "<img src=x onerror=alert(1)>",
    "constructor __proto__ toString hasOwnProperty valueOf",
    "has:__proto__ has:constructor tag:__proto__ before:__proto__",
    "\0\x01\x02\u202e",
    "a" * 100_000,
]
LANGUAGE = [["with", "language-models"]]
UNKNOWN = [
    "nonsense",
    "__proto__",
    "constructor",
    "has.__proto__",
    "kind.",
    "digest:",
    "",
    "\ud800",
]
OPTIONS: list[tuple[str, dict[str, Any]]] = [
    ("", {"pairs": LANGUAGE}),
    ("", {"pairs": [*LANGUAGE, ["with", "has.code"], ["with", "has.video"]]}),
    ("", {"pairs": [["with", "digest:2024-06-01"], ["with", "has.video"]]}),
    ("", {"pairs": [["with", "kind.paper"]]}),
    ("after:2025", {}),
    ("network", {"pairs": [["not", "has.video"]]}),
    *(("network", {"pairs": [["with", word]]}) for word in UNKNOWN),
    ("network", {"pairs": [["not", word] for word in UNKNOWN]}),
    ("retrieval generation", {"pairs": [["not", "kind.paper"]]}),
    ("zzzqqq", {"pairs": LANGUAGE}),
    ("-birds", {"size": 100}),
    ("rag", {"pairs": [["with", "kind.term"]]}),
    ("network", {"from": 1, "size": 1}),
    ("conv", {"prefix": True}),
    ("birds conv", {"prefix": True}),
    ("convolutonal netw", {"prefix": True}),
    ("strat", {"prefix": True}),
    ("RAG", {}),
    ("computer vision", {}),
    ("about this site", {}),
    ("colophon", {"pairs": [["with", "kind.page"]]}),
    ('"birds augmented"', {}),
    ('"see birds" "in images"', {}),
    ("-zzz", {"size": 100}),
    ("birds in images", {}),
    ("强化", {}),
    ("network", {}),
    ('-"neural networks" network', {}),
    ("title:network", {}),
]


@pytest.fixture(scope="module")
def answers(ask: Any, small: Any) -> dict[Any, Any]:
    queries = [*FINDS, *NOTHING, *HOSTILE, *OPTIONS]
    found = ask(small, queries, sentences=True)
    return {repr(query): answer for query, answer in zip(queries, found, strict=True)}


def slugs(answer: dict[str, Any]) -> list[str]:
    return [result["slug"] for result in answer["results"] if result["kind"] == "paper"]


def asked(answers: dict[Any, Any], text: str, **options: Any) -> dict[str, Any]:
    found: dict[str, Any] = answers[repr((text, options))]
    return found


@pytest.mark.parametrize(("query", "slug"), FINDS.items(), ids=FINDS)
def test_the_paper_that_is_meant_comes_first(
    answers: dict[Any, Any], query: str, slug: str
) -> None:
    assert slugs(answers[repr(query)])[:1] == [slug]


@pytest.mark.parametrize("query", NOTHING, ids=repr)
def test_a_query_that_says_nothing_finds_nothing(answers: dict[Any, Any], query: str) -> None:
    assert answers[repr(query)]["total"] == 0
    assert answers[repr(query)]["results"] == []


@pytest.mark.parametrize("query", HOSTILE, ids=lambda query: repr(query)[:30])
def test_a_hostile_query_is_answered(answers: dict[Any, Any], query: str) -> None:
    assert answers[repr(query)]["total"] >= 0


def test_a_broad_tag_holds_the_papers_of_narrower_ones(answers: dict[Any, Any]) -> None:
    found = asked(answers, "", pairs=LANGUAGE)
    assert sorted(slugs(found)) == sorted([RAG, T5, ATTENTION])
    assert found["counts"]["language-models"] == 3
    assert found["counts"]["rag"] == 1
    assert found["tags"] == [
        ["language-models", "Language models"],
        ["rag", "Retrieval-augmented generation"],
    ]


def test_filters_combine_and_what_is_left_is_counted(answers: dict[Any, Any]) -> None:
    pairs = [*LANGUAGE, ["with", "has.code"], ["with", "has.video"]]
    found = asked(answers, "", pairs=pairs)
    assert slugs(found) == [T5]
    assert found["total"] == found["papers"] == 1
    assert found["counts"] == {
        "language-models": 1,
        "has.code": 1,
        "has.video": 1,
        "digest:2025-03-11": 1,
        "kind.paper": 1,
    }


def test_a_digest_is_a_filter_and_so_is_a_day(answers: dict[Any, Any]) -> None:
    pairs = [["with", "digest:2024-06-01"], ["with", "has.video"]]
    assert slugs(asked(answers, "", pairs=pairs)) == [BIRDS]
    assert sorted(slugs(asked(answers, "after:2025"))) == sorted([RAG, T5])


def test_what_a_filter_leaves_out_is_not_found(answers: dict[Any, Any]) -> None:
    assert slugs(asked(answers, "network", pairs=[["not", "has.video"]])) == [ODD]


@pytest.mark.parametrize("word", UNKNOWN, ids=repr)
def test_a_filter_that_means_nothing_leaves_nothing(answers: dict[Any, Any], word: str) -> None:
    found = asked(answers, "network", pairs=[["with", word]])
    assert (found["total"], found["results"], found["counts"], found["tags"]) == (0, [], {}, [])


def test_leaving_out_what_means_nothing_leaves_all(answers: dict[Any, Any]) -> None:
    found = asked(answers, "network", pairs=[["not", word] for word in UNKNOWN])
    assert slugs(found) == slugs(asked(answers, "network"))


def test_filters_do_not_make_up_for_words_that_find_nothing(answers: dict[Any, Any]) -> None:
    found = asked(answers, "zzzqqq", pairs=LANGUAGE)
    assert found["total"] == 0
    # A filter that is on keeps its name, or nobody could take it off.
    assert found["tags"] == [["language-models", "Language models"]]


def test_filters_without_words_find_papers_the_newest_first(answers: dict[Any, Any]) -> None:
    found = asked(answers, "", pairs=[["with", "kind.paper"]])
    assert set(slugs(found)[:2]) == {RAG, T5}
    assert found["total"] == found["papers"] == 6


def test_without_papers_all_others_are_listed(answers: dict[Any, Any]) -> None:
    found = asked(answers, "retrieval generation", pairs=[["not", "kind.paper"]])
    assert sorted(result["kind"] for result in found["results"]) == ["tag", "term"]
    assert found["papers"] == 0
    assert found["counts"] == {"kind.term": 1, "kind.tag": 1}


def test_papers_without_a_word_can_be_asked_for(answers: dict[Any, Any]) -> None:
    found = slugs(asked(answers, "-birds", size=100))
    assert len(found) == 5
    assert BIRDS not in found
    assert set(found[:2]) == {RAG, T5}  # The newest digest comes first.


def test_a_phrase_is_left_out_as_a_whole(answers: dict[Any, Any]) -> None:
    assert slugs(asked(answers, '-"neural networks" network')) == [ODD]


def test_title_asks_for_a_word_in_the_title(answers: dict[Any, Any]) -> None:
    assert asked(answers, "title:network")["total"] == 0


def test_a_phrase_that_stands_nowhere_is_searched_as_words(answers: dict[Any, Any]) -> None:
    assert asked(answers, '"birds augmented"')["loose"] is True
    assert asked(answers, '"birds augmented"')["total"] > 0
    both = asked(answers, '"see birds" "in images"')
    assert both["loose"] is False
    assert slugs(both) == [BIRDS]


@pytest.mark.parametrize(
    ("query", "slug"), [("conv", BIRDS), ("birds conv", BIRDS), ("convolutonal netw", BIRDS)]
)
def test_the_last_word_may_be_unfinished(answers: dict[Any, Any], query: str, slug: str) -> None:
    assert slugs(asked(answers, query, prefix=True))[:1] == [slug]


def test_an_acronym_a_tag_and_a_page_come_before_papers(answers: dict[Any, Any]) -> None:
    term = asked(answers, "RAG")["results"][0]
    assert (term["kind"], term["title"]) == ("term", "RAG")
    assert term["address"] == "glossary/#RAG"
    assert term["about"] == "retrieval-augmented generation"
    tag = asked(answers, "computer vision")["results"][0]
    assert (tag["kind"], tag["address"]) == ("tag", "tags/vision/")
    page = next(r for r in asked(answers, "about this site")["results"] if r["kind"] == "page")
    assert (page["title"], page["address"]) == ("About this site", "about/")
    assert [page["title"][a:b] for a, b in page["spans"]] == ["site"]


def test_a_page_is_found_by_its_text_and_shows_the_sentence(answers: dict[Any, Any]) -> None:
    (page,) = asked(answers, "colophon", pairs=[["with", "kind.page"]])["results"]
    assert page["sentence"]["text"] == "Colophon and thanks."


def test_a_kind_can_be_asked_for_alone(answers: dict[Any, Any]) -> None:
    found = asked(answers, "rag", pairs=[["with", "kind.term"]])
    assert [result["kind"] for result in found["results"]] == ["term"]


def test_results_come_page_by_page(answers: dict[Any, Any]) -> None:
    whole = asked(answers, "network")
    part = asked(answers, "network", **{"from": 1, "size": 1})
    assert part["total"] == whole["total"]
    assert [r["address"] for r in part["results"]] == [whole["results"][1]["address"]]


def test_a_mistyped_word_is_mended_and_said(answers: dict[Any, Any]) -> None:
    assert answers[repr("trasnformer")]["corrected"] == "transformer"
    assert answers[repr("birds")]["corrected"] == ""


def test_titles_and_sentences_show_the_hits(answers: dict[Any, Any]) -> None:
    result = asked(answers, "birds in images")["results"][0]
    assert [result["title"][a:b] for a, b in result["spans"]] == ["Birds"]
    best = result["sentence"]
    assert best["text"] == "Convolutional neural networks see birds in images."
    assert [best["text"][a:b] for a, b in best["spans"]] == ["birds", "images"]
    chinese = asked(answers, "强化")["results"][0]
    assert [chinese["title"][a:b] for a, b in chinese["spans"]] == ["强化"]


def test_every_paper_is_shown_as_it_is(answers: dict[Any, Any]) -> None:
    found = {r["slug"]: r for r in asked(answers, "-zzz", size=100)["results"]}
    assert len(found) == 6
    assert found[ODD]["title"] == "<b>Odd</b> & Δ café\u0301: {{ title }} __proto__, C++ tricks"
    assert found[CHINESE]["address"] == "papers/强化/"
    assert found[T5]["has"] == ["code", "video"]
    assert found[RAG]["tags"] == [["rag", "Retrieval-augmented generation"]]
    assert found[RAG]["digest"] == {"slug": "2025-03-11", "date": "2025-03-11", "name": ""}


def test_a_first_result_takes_few_files(ask: Any, small: Any) -> None:
    (answer,) = ask(small, ["birds"], cold=True)
    assert len(answer["files"]) <= 3


def test_nothing_but_an_empty_index_is_asked(ask: Any) -> None:
    from generator.model import Library
    from generator.searching import search_files

    first, second = ask(list(search_files(Library())), ["birds", ("bir", {"prefix": True})])
    assert first["total"] == second["total"] == 0
