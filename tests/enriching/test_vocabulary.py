"""The vocabulary's file: what is read, what is refused in which line, and the one we ship."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.enriching.vocabulary import Vocabulary, read_vocabulary, tag_slug
from generator.model import Severity, Tag

FILE = Path(__file__).resolve().parents[2] / "docs" / "vocabulary.yml"
GOOD = """\
- name: Efficiency
  slug: efficiency
  description: Models that need less.
- name: Speculative decoding
  slug: speculative-decoding
  description: Draft several tokens cheaply.
  broader: efficiency
  phrases: [speculative sampling, draft model: 0.5]
"""
"""Eight lines; what a test adds begins in line 9."""


def problems_of(text: str) -> list[tuple[int, str]]:
    return [(p.source.line, p.message) for p in read_vocabulary(text, "docs/vocabulary.yml")[1]]


def entry(**fields: str) -> str:
    """An entry in four lines unless `fields` says otherwise; an empty field is left out."""
    given = {"name": "New", "slug": "new", "description": "What is new.", "broader": "efficiency"}
    lines = [f"{key}: {value}" for key, value in (given | fields).items() if value]
    return "- " + "\n  ".join(lines) + "\n"


def test_good_file_is_read_whole() -> None:
    vocabulary, problems = read_vocabulary(GOOD, "docs/vocabulary.yml")
    assert problems == ()
    assert vocabulary.tags == (
        Tag("efficiency", "Efficiency", "Models that need less."),
        Tag(
            slug="speculative-decoding",
            name="Speculative decoding",
            description="Draft several tokens cheaply.",
            broader="efficiency",
            phrases=("speculative sampling", "draft model"),
        ),
    )
    assert vocabulary.weights == {"draft model": 0.5}


def test_broad_tags_come_first() -> None:
    text = entry() + GOOD + entry(name="Other", slug="other")
    slugs = [tag.slug for tag in read_vocabulary(text, "v.yml")[0].tags]
    assert slugs == ["efficiency", "new", "speculative-decoding", "other"]


def test_name_may_stand_among_the_phrases_to_give_it_a_weight() -> None:
    vocabulary, problems = read_vocabulary(GOOD + entry(phrases="[new: 0.2]"), "v.yml")
    assert problems == ()
    assert vocabulary.weights["New"] == 0.2


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", "---\n"])
def test_empty_file_is_an_empty_vocabulary(text: str) -> None:
    assert read_vocabulary(text, "v.yml") == (Vocabulary(), ())


@pytest.mark.parametrize(
    ("added", "line", "words"),
    [
        pytest.param(entry(name=""), 9, "has no `name`", id="no name"),
        pytest.param(entry(slug=""), 9, "has no `slug`", id="no slug"),
        pytest.param(entry(description=""), 9, "has no `description`", id="no description"),
        pytest.param(entry(name='""'), 9, "`name` must be a text, found nothing", id="empty name"),
        pytest.param(entry(slug="efficiency"), 10, "is taken in line 2", id="duplicate slug"),
        pytest.param(entry(name="EFFICIENCY"), 9, "is taken in line 1", id="duplicate name"),
        pytest.param(
            entry(phrases="\n  - novel\n  - speculative samplings"),
            15,
            "already shows the tag `speculative-decoding`, line 8",
            id="phrase of another tag",
        ),
        pytest.param(
            entry(phrases="[Efficiencies]"),
            13,
            "already shows the tag `efficiency`, line 1",
            id="phrase is another tag's name",
        ),
        pytest.param(
            entry(broader="eficiency"), 12, "no broad tag has the slug", id="unknown broader"
        ),
        pytest.param(
            entry(broader="speculative-decoding"), 12, "is not a broad tag", id="narrow broader"
        ),
        pytest.param(entry(broader="new"), 12, "is not a broad tag", id="broader is itself"),
        pytest.param(entry(phrases='["…"]'), 13, "has no letters", id="phrase without letters"),
        pytest.param(entry(phrases='["3.14"]'), 13, "has no letters", id="phrase of digits"),
        pytest.param(entry(name='"?!"'), 9, "has no letters", id="name without letters"),
        pytest.param(entry(wieght="1"), 13, "unknown field `wieght`", id="unknown field"),
        pytest.param(entry() + "  slug: newer\n", 13, "stands twice", id="field twice"),
        pytest.param(entry(name="no"), 9, "found yes or no (`no`)", id="YAML's no"),
        pytest.param(entry(name="2024-02-29"), 9, "found a date", id="YAML's date"),
        pytest.param(entry(name="42"), 9, "found a number", id="YAML's number"),
        pytest.param(entry(name="1_0.5"), 9, "found a number", id="YAML's other number"),
        pytest.param(entry(name="~"), 9, "must be a text", id="YAML's null"),
        pytest.param(entry(name="[a]"), 9, "found a list", id="list for a name"),
        pytest.param(entry(broader="{a: b}"), 12, "found fields", id="fields for a slug"),
        pytest.param(entry(phrases="novel"), 13, "must be a list", id="text for a list"),
        pytest.param(entry(phrases="[no]"), 13, "a phrase must be a text", id="phrase no"),
        pytest.param(entry(phrases="[[a]]"), 13, "found a list", id="list in a list"),
        pytest.param(entry(phrases="[{a: 1, b: 1}]"), 13, "found fields", id="two in one"),
        pytest.param(entry(phrases="[a b: 2]"), 13, "up to 1, found a number", id="weight of 2"),
        pytest.param(entry(phrases="[a b: 0]"), 13, "weight", id="weight of 0"),
        pytest.param(entry(phrases="[a b: -1]"), 13, "weight", id="negative weight"),
        pytest.param(entry(phrases="[a b: .nan]"), 13, "weight", id="weight not a number"),
        pytest.param(entry(phrases="[a b: much]"), 13, "weight", id="weight in words"),
        pytest.param(entry(slug="New Slug"), 10, "is no slug", id="slug with capitals"),
        pytest.param(entry(slug="new--slug"), 10, "is no slug", id="slug with two hyphens"),
        pytest.param(entry(slug="ne/w"), 10, "is no slug", id="slug with a slash"),
        pytest.param(entry(slug="a" * 61), 10, "is no slug", id="slug too long"),
        pytest.param(entry(slug="index"), 10, "is reserved", id="slug of a page"),
        pytest.param("- just text\n", 9, "an entry with fields was expected", id="text for entry"),
        pytest.param("-\n", 9, "found nothing", id="empty entry"),
        pytest.param(
            entry(name="!!python/object:os.system x"), 9, "python/object", id="Python tag"
        ),
        pytest.param(entry(name="!mine x"), 9, "YAML tag `!mine`", id="tag of their own"),
    ],
)
def test_problem_names_its_line_and_good_entries_stay(added: str, line: int, words: str) -> None:
    vocabulary, problems = read_vocabulary(GOOD + added, "docs/vocabulary.yml")
    assert [(p.source.path, p.source.line, p.severity) for p in problems] == [
        ("docs/vocabulary.yml", line, Severity.ERROR)
    ]
    assert words in problems[0].message
    assert problems[0].hint
    assert [tag.slug for tag in vocabulary.tags][:2] == ["efficiency", "speculative-decoding"]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        pytest.param(GOOD + "- name: a: b\n", 9, "mapping values", id="colon in a name"),
        pytest.param(GOOD + '- name: "a\n', 9, "quoted", id="open quote"),
        pytest.param(GOOD + "\t- name: a\n", 9, "not YAML", id="tab"),
        pytest.param(GOOD + "- name: a\x00b\n", 9, "does not allow", id="control character"),
        pytest.param(GOOD + '- name: "\\U00110000"\n', 1, "not YAML", id="impossible character"),
        pytest.param("name: a\n", 1, "a list of entries was expected", id="fields"),
        pytest.param("text\n", 1, "a list of entries was expected", id="text"),
        pytest.param("[" * 2000, 1, "nested too deeply", id="deep nesting"),
        pytest.param(GOOD + "- *nowhere\n", 9, "undefined alias", id="unknown alias"),
        pytest.param(GOOD + "---\n" + GOOD, 9, "another document", id="two documents"),
    ],
)
def test_text_that_is_no_list_is_one_problem(text: str, line: int, words: str) -> None:
    vocabulary, problems = read_vocabulary(text, "v.yml")
    assert vocabulary == Vocabulary()
    assert [problem.source.line for problem in problems] == [line]
    assert words in problems[0].message


def test_alias_bomb_is_not_expanded() -> None:
    lines = ["- &a0 [x, x]"] + [f"- &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60)]
    assert len(problems_of("\n".join(lines))) == 60


def test_narrow_tag_whose_broad_tag_is_bad_is_left_out_and_says_so() -> None:
    text = GOOD.replace("  slug: efficiency\n", "  slug: Effi ciency\n")
    vocabulary, problems = read_vocabulary(text, "v.yml")
    assert vocabulary.tags == ()
    assert [problem.source.line for problem in problems] == [2, 7]


def test_all_problems_are_reported_at_once_in_the_order_of_lines() -> None:
    text = entry(slug="") + GOOD + entry(slug="A") + entry(broader="nothing")
    assert [line for line, _ in problems_of(text)] == [1, 13, 19]


def test_tag_keeps_its_other_phrases_when_one_is_refused() -> None:
    text = GOOD + entry(phrases='[novel, speculative sampling, "!"]')
    tag = read_vocabulary(text, "v.yml")[0].by_slug("new")
    assert tag is not None
    assert tag.phrases == ("novel",)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Retrieval-augmented generation", "retrieval-augmented-generation"),
        ("retrieval augmented generation", "retrieval-augmented-generation"),
        ("rag", "retrieval-augmented-generation"),
        ("RAG", "retrieval-augmented-generation"),
        ("LLM", "large-language-models"),
        ("llms", "large-language-models"),
        ("Large Language Model", "large-language-models"),
        ("large-language-models", "large-language-models"),
        (" finetuning ", "fine-tuning"),
        ("optimisation", "optimization"),
        ("moe", "mixture-of-experts"),
        ("GANs", "gans"),
        ("basket weaving", None),
        ("", None),
        ("…", None),
    ],
)
def test_find_knows_names_slugs_and_phrases_in_any_case(name: str, slug: str | None) -> None:
    tag = shipped().find(name)
    assert (tag.slug if tag else None) == slug


def test_nearest_names_come_best_first() -> None:
    assert shipped().nearest("Reinforcment learning")[0] == "Reinforcement learning"
    assert len(shipped().nearest("learning", 5)) == 5
    assert Vocabulary().nearest("learning") == ()


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("C", "c"),
        ("C++", "c-plus-plus"),
        ("C#", "c-sharp"),
        ("F#", "f-sharp"),
        (".NET", "dot-net"),
        ("NET", "net"),
        ("A*", "a-star"),
        ("Q*", "q-star"),
        ("Q", "q"),
        ("Reinforcement learning", "reinforcement-learning"),
        ("Théorie", "theorie"),
        ("强化学习", "qiang-hua-xue-xi"),
        ("&#99;", "sharp-99"),
    ],
)
def test_tag_slug(name: str, slug: str) -> None:
    assert tag_slug(name) == slug


@pytest.mark.parametrize("name", ["", "🎉", "…", "index", "404"])
def test_tag_slug_is_never_empty_nor_a_page_of_the_site(name: str) -> None:
    assert tag_slug(name) not in {"", "index", "404"}
    assert tag_slug(name) == tag_slug(name)


def test_long_names_with_one_beginning_have_different_slugs() -> None:
    assert tag_slug("word " * 40 + "one") != tag_slug("word " * 40 + "two")
    assert len(tag_slug("word " * 40)) <= 60


@given(st.text(st.characters()))
def test_tag_slug_of_any_name_is_one(name: str) -> None:
    assert all(part.isascii() and part.isalnum() for part in tag_slug(name).split("-"))


@given(st.text(st.characters()))
def test_no_text_raises(text: str) -> None:
    read_vocabulary(text, "v.yml")
    shipped().find(text)
    shipped().nearest(text)


@given(st.text(alphabet="-: \n[]{}&*!|>'\"#%@`~?,\\xU0a", max_size=40))
def test_no_mixture_of_yaml_signs_raises(text: str) -> None:
    vocabulary, problems = read_vocabulary(text, "v.yml")
    assert vocabulary.tags == ()
    lines = text.count("\n") + 1
    assert all(1 <= problem.source.line <= lines for problem in problems)


@given(st.sampled_from(["name", "slug", "phrases", "broader"]), st.text(max_size=20))
def test_no_value_of_a_field_raises(field: str, value: str) -> None:
    read_vocabulary(GOOD + entry(**{field: value}), "v.yml")


def shipped() -> Vocabulary:
    return _SHIPPED[0]


_SHIPPED = read_vocabulary(FILE.read_text(encoding="utf-8"), "docs/vocabulary.yml")


def test_shipped_vocabulary_has_no_problem() -> None:
    assert _SHIPPED[1] == ()


def test_shipped_vocabulary_has_the_promised_size() -> None:
    broad = [tag for tag in shipped().tags if tag.broader is None]
    assert 20 <= len(broad) <= 30
    assert 250 <= len(shipped().tags) - len(broad) <= 300


def test_every_broad_tag_of_the_shipped_vocabulary_has_narrow_ones() -> None:
    used = {tag.broader for tag in shipped().tags}
    assert {tag.slug for tag in shipped().tags if tag.broader is None} <= used


def test_every_description_of_the_shipped_vocabulary_is_one_sentence() -> None:
    for tag in shipped().tags:
        assert 15 <= len(tag.description) <= 120, tag.slug
        assert tag.description.endswith("."), tag.slug
