"""Which tags a paper gets from its title and abstract, and in which order."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.enriching.tagging import MOST, Tagger
from generator.enriching.vocabulary import Vocabulary, read_vocabulary
from generator.model import Tag

ROOT = Path(__file__).resolve().parents[2]
SHIPPED, _ = read_vocabulary(
    (ROOT / "docs" / "vocabulary.yml").read_text(encoding="utf-8"), "vocabulary.yml"
)
TAGGER = Tagger(SHIPPED)


def seed() -> list[tuple[str, str]]:
    """Titles and abstracts of the first digest, whose layout is plain: five lines of chrome."""
    text = (ROOT / "tests" / "data" / "seed" / "2025-03-11.txt").read_text(encoding="utf-8")
    parts = [part.strip() for part in text.split("\n\n") if part.strip()][5:]
    return list(zip(parts[::2], parts[1::2], strict=True))


def found(phrase: str, text: str) -> bool:
    tag = Tag(slug="x", name="Unlikely name", phrases=(phrase,))
    return Tagger(Vocabulary((tag,))).tags("", text) == ("x",)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        pytest.param("RAG", "We use RAG here.", id="acronym"),
        pytest.param("LLM", "Many LLMs fail.", id="plural of an acronym in the text"),
        pytest.param("LLMs", "One LLM fails.", id="plural of an acronym in the vocabulary"),
        pytest.param("LLM", "The LLM's weights", id="possessive"),
        pytest.param("LLM", "The LLM’s weights", id="possessive with a curly apostrophe"),
        pytest.param("GAN", "(GANs)", id="in brackets"),
        pytest.param("STaR", "We call it STaR.", id="mixed case"),
        pytest.param("LoRA", "LoRA-based tuning", id="before a hyphen"),
        pytest.param("RAG", "RAG를 쓴다", id="glued to another script"),
        pytest.param("C", "Written in C and Rust", id="the language C"),
        pytest.param("C++", "We port C++ code", id="C++"),
        pytest.param("C#", "We port C# code.", id="C#"),
        pytest.param(".NET", "for .NET programs", id=".NET"),
        pytest.param("Q*", "the optimal Q*-function", id="Q*"),
        pytest.param("A*", "guided by A*, we", id="A*"),
        pytest.param("quantization", "We quantize weights", id="stem: verb"),
        pytest.param("pruning", "pruned networks", id="stem: participle"),
        pytest.param("language model", "two Language Models", id="plural and capitals"),
        pytest.param("pre-training", "pretraining data", id="hyphen for nothing"),
        pytest.param("pre-training", "pre training data", id="hyphen for a space"),
        pytest.param("pre-training", "pre-trained encoders", id="hyphen and stem"),
        pytest.param("pretraining", "pre-training data", id="nothing for a hyphen"),
        pytest.param("fine-tuning", "Finetuning helps", id="finetuning"),
        pytest.param("text-to-image", "text to image models", id="text to image"),
        pytest.param("text-to-image", "text–to–image models", id="en dashes"),
        pytest.param("multimodal", "a multi-modal model", id="multi-modal"),
        pytest.param("auto-encoder", "an autoencoder", id="auto-encoder"),
        pytest.param("U-Net", "the UNet", id="acronym without its hyphen"),
        pytest.param("word2vec", "Word2Vec vectors", id="digits make case free"),
        pytest.param("optimization", "optimisation", id="British in the text"),
        pytest.param("behaviour cloning", "behavior cloning", id="British in the vocabulary"),
        pytest.param("topic modeling", "topic modelling", id="doubled l"),
        pytest.param("few-shot learning", "``few-shot'' learning", id="TeX quotes"),
        pytest.param("reinforcement learning", "REINFORCEMENT LEARNING FOR ALL", id="all capitals"),
        pytest.param("LLM", "AGENTS MADE OF LLMS", id="acronym among capitals"),
        pytest.param("language model", "a language\nmodel", id="over the end of a line"),
    ],
)
def test_phrase_is_found(phrase: str, text: str) -> None:
    assert found(phrase, text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        pytest.param("RAG", "a rag doll", id="rag is not RAG"),
        pytest.param("rag doll", "RAG doll", id="RAG is not rag"),
        pytest.param("STaR", "a star is born", id="star is not STaR"),
        pytest.param("STaR", "a STAR is born", id="STAR is not STaR"),
        pytest.param("star", "we start", id="start is not star"),
        pytest.param("star", "We present STaR here", id="STaR is not star"),
        pytest.param("C", "C++ code and C# code", id="C++ and C# are not C"),
        pytest.param("C++", "Written in C.", id="C is not C++"),
        pytest.param("C", "vitamin c", id="c is not C"),
        pytest.param("GAN", "GANDALF", id="inside a word"),
        pytest.param("art", "state-of-the-artist", id="inside another word"),
        pytest.param("machine learning", "a machine. Learning helps", id="over a full stop"),
        pytest.param("machine learning", "a machine, learning", id="over a comma"),
        pytest.param("machine learning", "a machine (learning)", id="over a bracket"),
        pytest.param("machine learning", "a machine - learning", id="over a dash"),
        pytest.param("machine learning", "a machine — learning", id="over an em dash"),
        pytest.param("machine learning", "a machine\n\nlearning", id="over a paragraph's end"),
        pytest.param("machine learning", "learning machine", id="wrong order"),
        pytest.param("transformer", "we transform data", id="a transformer is no transform"),
        pytest.param("generalization", "in general", id="general is not generalization"),
        pytest.param("sampling", "a sample", id="a sample is not sampling"),
    ],
)
def test_phrase_is_not_found(phrase: str, text: str) -> None:
    assert not found(phrase, text)


def test_phrase_does_not_run_from_title_into_abstract() -> None:
    tagger = Tagger(Vocabulary((Tag("x", "machine learning"),)))
    assert tagger.tags("A machine", "learning") == ()


def tagger_of(**phrases: float) -> Tagger:
    tags = tuple(Tag(slug=name, name=name, broader="top") for name in phrases)
    return Tagger(Vocabulary(tags, phrases))


def test_title_outranks_abstract() -> None:
    tagger = tagger_of(apple=1, pear=1)
    assert tagger.tags("On pear", "apple and apple and apple") == ("pear", "apple")


def test_early_mention_outranks_late_one() -> None:
    tagger = tagger_of(apple=1, pear=1)
    assert tagger.tags("", "pear " + "word " * 50 + "apple") == ("pear", "apple")


def test_repeated_mention_outranks_single_one() -> None:
    tagger = tagger_of(apple=1, pear=1)
    assert tagger.tags("", "apple pear " + "word " * 9 + "pear") == ("pear", "apple")


def test_many_mentions_do_not_outweigh_the_title() -> None:
    tagger = tagger_of(apple=1, pear=1)
    assert tagger.tags("On pear", "apple " * 500) == ("pear", "apple")


def test_weak_phrase_counts_less() -> None:
    tagger = tagger_of(apple=0.5, pear=1)
    assert tagger.tags("Apple and pear", "") == ("pear", "apple")


def test_very_weak_phrase_in_passing_shows_nothing_beside_a_good_one() -> None:
    tagger = tagger_of(apple=0.1, pear=1)
    assert tagger.tags("On pear", "apple") == ("pear",)


def test_weak_phrase_is_better_than_no_tag() -> None:
    assert tagger_of(apple=0.2).tags("", "apple") == ("apple",)


def test_narrow_tag_stands_before_broad_one_that_is_shown_as_well() -> None:
    broad, narrow = Tag("fruit", "fruit"), Tag("apple", "apple", broader="fruit")
    assert Tagger(Vocabulary((broad, narrow))).tags("Fruit apple", "") == ("apple", "fruit")


def test_broad_tag_needs_support_of_its_own() -> None:
    broad, narrow = Tag("fruit", "fruit"), Tag("apple", "apple", broader="fruit")
    assert Tagger(Vocabulary((broad, narrow))).tags("Apple", "") == ("apple",)


def test_longer_phrase_outranks_one_inside_it() -> None:
    tags = (Tag("lm", "language model"), Tag("llm", "large language model"))
    assert Tagger(Vocabulary(tags)).tags("Large language models", "") == ("llm", "lm")


def test_equal_tags_stand_in_the_order_of_the_vocabulary() -> None:
    assert tagger_of(pear=1, apple=1).tags("apple-pear", "") == ("pear", "apple")


def test_no_more_than_six_tags() -> None:
    names = {f"word{number}": 1.0 for number in range(20)}
    assert len(tagger_of(**names).tags(" ".join(names), "")) == MOST == 6


@pytest.mark.parametrize(("title", "abstract"), seed(), ids=lambda text: text[:40])
def test_every_paper_of_the_first_digest_has_a_tag(title: str, abstract: str) -> None:
    tags = TAGGER.tags(title, abstract)
    assert 1 <= len(tags) <= MOST
    assert len(set(tags)) == len(tags)


def test_same_papers_get_the_same_tags_from_another_tagger() -> None:
    again = Tagger(SHIPPED)
    assert [again.tags(*paper) for paper in seed()] == [TAGGER.tags(*paper) for paper in seed()]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Seer: Language Instructed", "video-generation diffusion-models"),
        ("DNABERT-2", "genomics foundation-models tokenization"),
        ("Achieving Sample and", "reinforcement-learning reinforcement-learning-theory"),
        ("Adaptive Computation", "llm-inference efficiency"),
        ("Exploratory Preference", "rlhf preference-learning exploration"),
        ("Tokens-to-Token ViT", "transformers image-classification"),
        ("Competition-Level Code", "code-generation"),
        ("BAM! Just Like That", "mixture-of-experts large-language-models"),
        ("Prepacking", "llm-inference large-language-models"),
        ("How Does Generative", "generative-retrieval information-retrieval"),
        ("T2Ranking", "ranking information-retrieval dense-retrieval"),
        ("Lawma", "legal-nlp large-language-models"),
        ("ECtHR-PCR", "legal-nlp information-retrieval"),
        ("Birdie", "state-space-models curriculum-learning"),
        ("Learning Math Reasoning", "mathematical-reasoning language-models"),
        ("RASD", "speculative-decoding retrieval-augmented-generation large-language-models"),
        ("Predictable Scale", "scaling-laws hyperparameter-optimization pre-training"),
        ("EE-MLLM", "multimodal-large-language-models"),
        ("A Survey on Mixture", "mixture-of-experts surveys"),
        ("Low Rank Factorization", "attention transformers"),
    ],
)
def test_paper_of_the_first_digest_gets_the_tags_that_an_expert_would_give(
    title: str, expected: str
) -> None:
    paper = next(paper for paper in seed() if paper[0].startswith(title))
    tags = TAGGER.tags(*paper)
    assert set(expected.split()) <= set(tags)
    assert expected.split()[0] in tags[:3]


def test_tags_of_a_thousand_papers_are_rarely_alone_or_missing() -> None:
    path = ROOT.parent / "shared" / "digests" / "2024-02-29-real-10000.txt"
    if not path.exists():
        pytest.skip("the digest of 10,000 papers is not here")
    with path.open(encoding="utf-8") as file:
        text = file.read(2_000_000)
    parts = [part for part in text.split("\n\n") if part.strip()][5:2005]
    tags = [TAGGER.tags(*paper) for paper in zip(parts[::2], parts[1::2], strict=True)]
    held = [slug for paper in tags for slug in paper]
    alone = sum(1 for tag in SHIPPED.tags if held.count(tag.slug) == 1)
    assert alone <= 0.1 * len(SHIPPED.tags)
    assert sum(1 for paper in tags if not paper) <= 20


@given(st.text(st.characters()), st.text(st.characters()))
def test_no_text_raises(title: str, abstract: str) -> None:
    tags = TAGGER.tags(title, abstract)
    assert len(tags) <= MOST
    assert all(SHIPPED.by_slug(slug) for slug in tags)


@given(st.text(alphabet="aAlLmMsS-–'’`*+#. \n", max_size=60))
def test_no_mixture_of_signs_raises(text: str) -> None:
    TAGGER.tags(text, text)
