"""What a text defines as acronyms, and which later words carry the long form."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.enriching.acronymforms import is_short, plural, singular
from generator.enriching.acronyms import Found, acronyms_of, find_acronyms
from generator.model import Acronym
from generator.reading import read_text

DATA = Path(__file__).resolve().parents[1] / "data"


def defined(text: str) -> list[tuple[str, str]]:
    return [(found.short, found.long) for found in find_acronyms(text).acronyms]


def used(text: str, found: Found) -> list[tuple[str, str]]:
    return [(text[use.start : use.end], use.long) for use in found.abbreviations]


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        pytest.param("Byte Pair Encoding (BPE), a", "BPE", "Byte Pair Encoding", id="plain"),
        pytest.param("large language models (LLMs).", "LLM", "large language model", id="plural"),
        pytest.param("graph policies (GPs)", "GP", "graph policy", id="plural in -ies"),
        pytest.param("mixtures of experts (MoEs)", "MoE", "mixture of experts", id="plural inside"),
        pytest.param("Markov decision processes (MDP)", "MDP", "Markov decision processes",
                     id="long form alone in the plural"),
        pytest.param("BAM (Branch-Attend-Mix), a", "BAM", "Branch-Attend-Mix", id="turned round"),
        pytest.param("MoE(Mixture of Experts)", "MoE", "Mixture of Experts", id="without space"),
        pytest.param("fidelity loss(FL)", "FL", "fidelity loss", id="without space before"),
        pytest.param("모델(Large Language Models; LLMs)", "LLM", "Large Language Model",
                     id="both in one parenthesis"),
        pytest.param("of the text-to-image (T2I) kind", "T2I", "text-to-image", id="2 for to"),
        pytest.param("3D Gaussian Splatting (3DGS)", "3DGS", "3D Gaussian Splatting", id="figure"),
        pytest.param("Something Something V2 (SSv2)", "SSv2", "Something Something V2",
                     id="version within a name"),
        pytest.param("low-rank adaptation (LoRA)", "LoRA", "low-rank adaptation", id="mixed case"),
        pytest.param("video question answering (VideoQA)", "VideoQA", "video question answering",
                     id="a whole word and initials"),
        pytest.param("a Tokens-To-Token Vision Transformer (T2T-ViT)", "T2T-ViT",
                     "Tokens-To-Token Vision Transformer", id="hyphen"),
        pytest.param("the beta variational auto-encoder (β-VAE)", "β-VAE",
                     "beta variational auto-encoder", id="Greek"),
        pytest.param("Exploratory Preference Optimization (XPO)", "XPO",
                     "Exploratory Preference Optimization", id="x for ex"),
        pytest.param("Preferred Reporting Items for Systematic Reviews and Meta-Analyses (PRISMA)",
                     "PRISMA", "Preferred Reporting Items for Systematic Reviews and Meta-Analyses",
                     id="long"),
        pytest.param("(online) Direct Preference Optimization (DPO; Rafailov et al., 2023)", "DPO",
                     "Direct Preference Optimization", id="with a citation"),
        pytest.param("an Attention Network (named AN)", "AN", "Attention Network", id="named"),
        pytest.param('the "Fish-in-the-Ocean" (FITO) way', "FITO", "Fish-in-the-Ocean",
                     id="in quotation marks"),
        pytest.param("language models (LMs) and the like. Semi-linear language models (LMs)", "LM",
                     "language model", id="once"),
        pytest.param("our evolved policy gradient algorithm (EPG)", "EPG",
                     "evolved policy gradient algorithm", id="general noun at the end"),
        pytest.param("learning. Reinforcement learning (RL)", "RL", "Reinforcement learning",
                     id="not from the sentence before"),
    ],
)  # fmt: skip
def test_a_definition_is_found(text: str, short: str, long: str) -> None:
    assert defined(text) == [(short, long)]


@pytest.mark.parametrize(
    "text",
    [
        "a large margin (9.3)",
        "as shown before (Smith et al., 2020)",
        "in many models (e.g., MM and others)",
        "in many models (i.e. MM)",
        "is shown below (Figure 2)",
        "in the year two thousand (2000)",
        "of seven billion (7B) parameters",
        "in giga bytes (GB/s)",
        "ten times faster (10x)",
        "high accuracy (80.3%)",
        "the set of xs (X)",
        "a strong language model (GPT-4)",
        "a residual network (ResNet-50)",
        "our best method (ours)",
        "our results (Ours)",
        "the first quarter (Q1)",
        "first (i) and second (ii)",
        "on three benchmarks (CNN/DM, XSum)",
        "image captioning (CIDEr)",
        "in Q of x f(QX)",
        "large language\n\nmodels (LLM)",
        "Long-Output LLMs (LLMs)",
        "and EE-LLM (LLM)",
        "(LLM)",
        " (LLM)",
        "the metric (AUROC)",
    ],
)
def test_what_defines_nothing_is_refused(text: str) -> None:
    assert defined(text) == []


def test_later_uses_carry_the_long_form_and_the_definition_does_not() -> None:
    text = (
        "LLM first. Large language models (LLMs) are LLMs; an LLM, the LLM's, LLM-based, non-LLM."
        "\n\nIn the next paragraph: LLM. But MLLM, LLMx, EE-LLM, LLM+, llm, GPT-LLM-7B not."
    )
    assert used(text, find_acronyms(text)) == [
        ("LLMs", "Large language models"),
        ("LLM", "Large language model"),
        ("LLM", "Large language model"),
        ("LLM", "Large language model"),
        ("LLM", "Large language model"),
        ("LLM", "Large language model"),
    ]


def test_a_plural_use_of_a_singular_definition_gets_the_plural() -> None:
    text = "A Mixture of Experts (MoE). Two MoEs."
    assert used(text, find_acronyms(text)) == [("MoEs", "Mixtures of Experts")]


def test_a_second_definition_is_no_use_and_holds_from_there() -> None:
    text = "dynamic programming (DP), DP; differential privacy (DP), DP."
    found = find_acronyms(text)
    assert found.acronyms == (
        Acronym("DP", "dynamic programming"),
        Acronym("DP", "differential privacy"),
    )
    assert used(text, found) == [("DP", "dynamic programming"), ("DP", "differential privacy")]


def test_nothing_is_marked_within_taken_spans() -> None:
    text = "A large language model (LLM): LLM, x/LLM, LLM."
    link = text.index("x/LLM")
    found = find_acronyms(text, [(link, link + 5)])
    assert [use.start for use in found.abbreviations] == [30, 42]


def test_what_the_title_defines_holds_in_the_abstract() -> None:
    found = acronyms_of("Direct Preference Optimization (DPO) again", "DPO is good. Use DPO.")
    assert found.acronyms == (Acronym("DPO", "Direct Preference Optimization"),)
    assert [use.start for use in found.abbreviations] == [0, 17]


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("large language model", "large language models"),
        ("mixture of experts", "mixtures of experts"),
        ("Markov decision process", "Markov decision processes"),
        ("meta-analysis", "meta-analyses"),
        ("graph policy", "graph policies"),
        ("search key", "search keys"),
        ("belief box", "belief boxes"),
        ("bootstrap aggregation (bag)", "bootstrap aggregation (bag)"),
    ],
)
def test_the_plural_of_a_long_form(one: str, many: str) -> None:
    assert plural(one) == many
    assert plural(many) == many
    if not one.endswith(("sis", ")")):
        assert singular(many) == one
    assert singular(one) == one


Judged = list[tuple[int, str, Acronym]]


def judged(name: str) -> Judged:
    """What a person says of definitions: line of the title, right or wrong or missed, acronym."""
    rows = (DATA / "acronyms" / name).read_text(encoding="utf-8").splitlines()[1:]
    cells = (row.split("\t") for row in rows)
    return [(int(line), verdict, Acronym(short, long)) for line, verdict, short, long in cells]


def found_in(text: str, name: str) -> set[tuple[int, Acronym]]:
    return {
        (record.source.line, acronym)
        for record in read_text(text, name).records
        for acronym in acronyms_of(record.title, record.abstract).acronyms
    }


def test_in_the_seed_at_least_95_of_100_are_right_and_most_are_found() -> None:
    rows = judged("2025-03-11.tsv")
    text = (DATA / "seed" / "2025-03-11.txt").read_text(encoding="utf-8")
    found = found_in(text, "2025-03-11.txt")
    not_judged = found - {(line, acronym) for line, _, acronym in rows}
    assert not not_judged, "judge these by hand and put them into tests/data/acronyms"
    right = [(line, acronym) for line, verdict, acronym in rows if verdict != "wrong"]
    hits = len(found.intersection(right))
    assert hits / len(found) >= 0.95
    assert hits / len(right) >= 0.9


def test_of_200_judged_ones_in_500_papers_the_right_ones_stay(shared: Path) -> None:
    name = "2025-12-31-real-500"
    text = (shared / "digests" / f"{name}.txt").read_text(encoding="utf-8")
    found = found_in(text, f"{name}.txt")
    rows = judged(f"{name}.tsv")
    right = {(line, acronym) for line, verdict, acronym in rows if verdict == "right"}
    wrong = {(line, acronym) for line, verdict, acronym in rows if verdict == "wrong"}
    assert len(found & wrong) <= 0.05 * len(rows)
    assert len(found & right) >= 0.95 * len(right)


@given(
    st.text(st.sampled_from("aLM (),;-–\n.XxS2β’s*\x00é"), max_size=300) | st.text(max_size=200),
    st.lists(st.tuples(st.integers(-5, 300), st.integers(-5, 300)), max_size=5),
)
def test_any_text_is_taken_and_marks_stand_in_order(
    text: str, taken: list[tuple[int, int]]
) -> None:
    found = find_acronyms(text, taken)
    at = 0
    for use in found.abbreviations:
        assert at <= use.start < use.end <= len(text)
        assert not any(start < use.end and use.start < end for start, end in taken if start < end)
        at = use.end
    assert all(is_short(acronym.short) and acronym.long for acronym in found.acronyms)


@pytest.mark.parametrize(
    "hostile",
    ["(", "(AB", "A-", "a (AA) ", "(" + "A" * 150 + ")", "A.", "Aa", "x (XX; ", "é\u0301"],
)
def test_a_long_run_of_anything_is_read(hostile: str) -> None:
    find_acronyms(hostile * (200_000 // len(hostile)))
