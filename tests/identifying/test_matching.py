"""Which answers are the paper, and which only look like it."""

from __future__ import annotations

from datetime import date

import pytest

from generator.identifying.answers import Answer
from generator.identifying.matching import THRESHOLD, score
from generator.model import Record, Source

PRUNING = (
    "Large language models are powerful but expensive. We propose a method that prunes attention "
    "heads and show on three benchmarks that it halves the cost at no loss of accuracy."
)
IMAGES = (
    "Diffusion models make images of high quality but are slow. We propose a method that distils "
    "the sampler and show on three benchmarks that it needs four steps at no loss of quality."
)
CHINESE = "我们综述了大型语言模型的最新进展。"


def is_claimed(title: str, abstract: str, other: str, other_abstract: str) -> bool:
    record = Record(title, abstract, Source("docs/digests/2025-03-11.txt", 1))
    answer = Answer("2503.01234", other, other_abstract, (), date(2025, 3, 9))
    return score(record, answer) >= THRESHOLD


@pytest.mark.parametrize(
    ("title", "abstract", "other", "other_abstract"),
    [
        ("A Survey of Large Language Models", PRUNING, "A Survey of Large Language Models", IMAGES),
        ("Survey", PRUNING, "Survey", IMAGES),
        ("On Things, Part I", PRUNING, "On Things, Part II", PRUNING),
        ("Track A of the Challenge", PRUNING, "Track B of the Challenge", PRUNING),
        ("The 2023 Challenge on Rivers", PRUNING, "The 2024 Challenge on Rivers", PRUNING),
        ("Rivers", PRUNING, "Bridges of Old", PRUNING),
        ("A Study of Rivers in Winter", "", "A Study of Rivers in Winter", PRUNING),
        ("∀", "", "∀", ""),
        ("???", PRUNING, "!!!", IMAGES),
        ("大型语言模型综述", CHINESE, "大型视觉模型综述", CHINESE.replace("语言", "视觉")),
        ("大型语言模型综述", CHINESE, "大型语言模型综述", "本文讨论天气。"),
    ],
    ids=[
        *("one title, alike", "short title", "parts", "tracks", "years", "one abstract"),
        *("no abstract", "a sign", "signs", "other in Chinese", "one title in Chinese"),
    ],
)
def test_another_paper_is_not_claimed(
    title: str, abstract: str, other: str, other_abstract: str
) -> None:
    assert not is_claimed(title, abstract, other, other_abstract)


@pytest.mark.parametrize(
    ("title", "abstract", "other", "other_abstract"),
    [
        ("Survey", PRUNING, "Survey", PRUNING),
        ("大型语言模型综述", CHINESE, "大型语言模型综述", CHINESE),
        ("The $\\tau$-Bench of Rivers", PRUNING, "The τ-Bench of Rivers", PRUNING),
        ("Pruning the Heads of Models", PRUNING[:90] + "…", "Pruning the Heads of Models", PRUNING),
        ("Pruning Heads of Models", PRUNING, "Pruning the Heads of Models", PRUNING),
    ],
    ids=["short title", "Chinese", "TeX", "cut off", "changed"],
)
def test_the_same_paper_is_claimed(
    title: str, abstract: str, other: str, other_abstract: str
) -> None:
    assert is_claimed(title, abstract, other, other_abstract)
