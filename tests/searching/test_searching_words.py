"""How texts are cut into words, and that Python and the browser cut alike."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.searching.cutting import NO_WORD, cut_all
from generator.searching.words import NOWHERE, cut, fold, stem


def words(text: str) -> list[str]:
    return [word for word, place in cut(text) if place != NOWHERE]


def joined(text: str) -> list[str]:
    return [word for word, place in cut(text) if place == NOWHERE]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Graph Networks", ["graph", "networks"], id="case"),
        pytest.param(
            "Erdős café ﬁne ＡＢＣ", ["erdos", "cafe", "fine", "abc"], id="accents, width"
        ),
        pytest.param(
            "Łukasz Søren Đorđe Straße Æther",
            ["lukasz", "soren", "dorde", "strasse", "aether"],
            id="letters",
        ),
        pytest.param("the model's weights", ["the", "model", "weights"], id="possessive"),
        pytest.param("top-k", ["top", "k"], id="hyphen"),
        pytest.param("LLaMA-3.1, T5", ["llama", "3.1", "t5"], id="models"),
        pytest.param("a 1.5B-parameter", ["a", "1.5b", "parameter"], id="sizes"),
        pytest.param("C++ and C#.", ["c++", "and", "c#"], id="languages"),
        pytest.param("强化学习", ["强化", "化学", "学习"], id="chinese"),
        pytest.param("基于RAG的", ["基于", "rag", "的"], id="mixed scripts"),
        pytest.param("snake_case x²", ["snake", "case", "x2"], id="signs"),
        pytest.param("", [], id="nothing"),
        pytest.param("— … !?", [], id="only signs"),
    ],
)
def test_a_text_is_cut_into_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("pre-training", ["pretraining"], id="two"),
        pytest.param("GPT-3.5-turbo", ["gpt3.5", "gpt3.5turbo", "3.5turbo"], id="three"),
        pytest.param("state-of-the-art", [], id="stop words among more do not join"),
        pytest.param("of-the", [], id="nor do two of them"),
        pytest.param("few-shot", ["fewshot"], id="but one with a word"),
        pytest.param(
            "Qwen-2.5-VL-7B", ["qwen2.5", "qwen2.5vl", "2.5vl", "2.5vl7b", "vl7b"], id="four"
        ),
        pytest.param("Llama 3.1", ["llama3.1"], id="a name and its number"),
        pytest.param("over 30 of 10,000", [], id="a number that is none of a name"),
        pytest.param("a-b-c-d-e-f-g-h-i", [], id="a list"),
        pytest.param("a - b", [], id="a dash with spaces ties nothing"),
    ],
)
def test_words_that_hyphens_tie_are_one_word_as_well(text: str, expected: list[str]) -> None:
    assert joined(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("networks", "network"),
        ("quantised", "quantization"),
        ("modelling", "models"),
        ("colours", "color"),
        ("llms", "llm"),
        ("gnns", "gnn"),
    ],
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), [("bus", "bu"), ("gas", "ga"), ("t5s", "t5")])
def test_what_only_looks_like_a_plural_is_none(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@settings(deadline=None)
@given(st.text())
def test_a_stem_begins_as_its_word(text: str) -> None:
    for word in words(text):
        assert stem(word)[:2] == word[:2]


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_folding_twice_changes_nothing_for_plain_letters(text: str) -> None:
    plain = "".join(c for c in text if c.isascii())
    assert fold(fold(plain)) == fold(plain)


SCRIPTS = [
    "Graph Networks: a 1.5B-parameter GPT-3.5-turbo, top-k & LLaMA-3.1's C++ x²",
    "Erdős–Rényi ﬁne ＡＢＣ naïve Straße İstanbul ΣΊΣΥΦΟΣ",
    "强化学习的新方法 基于RAG的 大規模言語モデル ガ が 한국어 모델을 学",
    "ภาษาไทย မြန်မာ हिन्दी עברית العربية",
    "__proto__ constructor <b>&amp; 'quotes' \u2019s it’s O(n^2) 3.14.15 v2.0-beta 1,000",
    "\U00020000\U00020001 \U0001f600 \ud7a3\uac00",
    "大規模言語モデルの推論遅延を削減する手法" * 4 + " RAG" + "检索增强生成" * 12,
    "Łukasz Søren Đorđe Jörg Groß Æther œuvre ıİ",
    "a" * 100 + "-b 1." + "1" * 90,
]


def test_the_browser_cuts_as_python_does(run) -> None:  # type: ignore[no-untyped-def]
    letters = [chr(n) for n in range(0x20, 0x3000) if unicodedata.category(chr(n))[0] in "LNPSZ"]
    # Python and node know different versions of Unicode: only what is old is compared.
    texts = [*SCRIPTS, *("x".join(letters[at : at + 40]) for at in range(0, 2000, 40))]
    there = run(
        "(texts) => texts.map((text) => search.cut(text).map(({ word, place }) => [word, place]))",
        texts,
    )
    here = [[[word, place] for word, place in cut(text) if place != NOWHERE] for text in texts]
    for text, one, other in zip(texts, there, here, strict=True):
        assert one == other, text


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("transformer", "transfomer", True),
        ("transformer", "trransformer", True),
        ("transformer", "tranzformer", True),
        ("transformer", "trasnformer", True),
        ("transformer", "transformer", False),
        ("transformer", "tarnsfomer", False),
        ("", "a", True),
        ("ab", "cd", False),
    ],
)
def test_one_mistyped_letter_is_near(run, one: str, other: str, expected: bool) -> None:  # type: ignore[no-untyped-def]
    assert run("([one, other]) => search.near(one, other)", [one, other]) is expected


ODD = st.text(
    st.sampled_from("ab s's-1.3 \u2019+#-\u2010_éß強化l..\u0301\n가\u11a8\u30fb"), max_size=20
)


def assert_all_are_cut_alike(texts: list[str]) -> None:
    cut_at_once, at = cut_all(texts), 0
    for number, text in enumerate(texts):
        end = at + cut_at_once.counts[number]
        placed = [(w, p) for p, w in enumerate(cut_at_once.words[at:end]) if w != NO_WORD]
        assert sorted([*placed, *cut_at_once.besides.get(number, ())]) == sorted(cut(text)), text
        at = end
    assert at == len(cut_at_once.words)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.one_of(ODD, st.text()), max_size=8))
def test_many_texts_are_cut_as_each_of_them_is(texts: list[str]) -> None:
    assert_all_are_cut_alike(texts)


def test_texts_of_many_scripts_are_cut_alike_at_once() -> None:
    odd = ["3.5모6.7 모델3.5 3.5모델", "few-shot-모델", "1.2b3.4", "x" * 50 + "-" + "y" * 50]
    assert_all_are_cut_alike([*SCRIPTS, "", *odd, *reversed(SCRIPTS)])
    assert_all_are_cut_alike([])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Llama 3는 모델", ["llama3"], id="a number that an ending is grown to"),
        pytest.param("few-shot-학습", ["fewshot"], id="a tie that runs into a dense script"),
        pytest.param("학습 3", [], id="a number behind a dense script"),
    ],
)
def test_what_stands_beside_a_dense_script_is_joined(text: str, expected: list[str]) -> None:
    assert joined(text) == expected


@settings(deadline=None, max_examples=100)
@given(ODD)
def test_folding_leaves_out_accents_wherever_they_stand(text: str) -> None:
    bare = unicodedata.normalize("NFKD", text).replace("\u0301", "")
    assert fold(text) == unicodedata.normalize("NFC", bare).lower().replace("ß", "ss")


ENDINGS = "s|es|ed|ing|ingly|ly|ness|fulness|ational|ization|izer|ator|ist|ogist|ment|ence|i|li|e|y"
