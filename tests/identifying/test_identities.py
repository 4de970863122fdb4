"""What builds take from identities, and what counts more."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.caching import Held
from generator.enriching import build_library
from generator.enriching.vocabulary import read_vocabulary
from generator.identities import Identities, Identity, identified, read_identities, written
from generator.model import Library, Paper, Severity
from generator.project import read_library
from generator.reading import read_text

TEXT = "# A Study of Rivers\n\nWe look at rivers and find that they are wet.\n"
DAY = date(2025, 3, 12)
RIVERS = Identity(
    "A Study of Rivers",
    "We look at rivers and find that they are wet.",
    DAY,
    98.7,
    "2503.01234",
    "10.1000/182",
    ("Ana Müller", "Bo Li"),
    date(2025, 3, 9),
    "https://arxiv.org/abs/2503.01234",
)


def library(*identities: Identity, **digests: str) -> Library:
    """Make a library of digests that are named as `_2025_03_11`."""
    named = {name[1:].replace("_", "-"): text for name, text in digests.items()}
    read = [read_text(text, f"docs/digests/{name}.txt") for name, text in named.items()]
    known = Identities(identities)
    vocabulary = read_vocabulary("", "vocabulary.yml")[0]
    return build_library([identified(digest, known) for digest in read], vocabulary)


def paper(text: str, *identities: Identity) -> Paper:
    """Make a library of one paper, and return it."""
    (only,) = library(*identities, _2025_03_11=text).papers.values()
    return only


def test_a_paper_gets_what_is_known_of_it() -> None:
    known = paper(TEXT, RIVERS)
    assert known.authors == ("Ana Müller", "Bo Li")
    assert (known.arxiv, known.doi, known.published) == (
        "2503.01234",
        "10.1000/182",
        date(2025, 3, 9),
    )


def test_what_the_digest_says_counts_more() -> None:
    text = TEXT.replace("Rivers\n", "Rivers\nAuthors: Cy Oh\nDOI: 10.1000/9\n", 1)
    known = paper(text, RIVERS)
    assert known.authors == ("Cy Oh",)
    assert known.doi == "10.1000/9"
    assert known.arxiv == "2503.01234"


LONG = "We look at rivers and find that they are wet, in winter and in summer, all over the land."
FROGS = "Completely other words stand here, about frogs and toads."
OTHER = replace(RIVERS, begins=FROGS)


@pytest.mark.parametrize(
    ("identities", "digests"),
    [
        (
            [replace(RIVERS, begins=LONG), replace(RIVERS, title="Rivers: A Study", begins=LONG)],
            {
                "_2025_03_11": f"# A Study of Rivers\n\n{LONG}\n",
                "_2025_03_12": f"# Rivers: A Study\n\n{LONG} Truly.\n",
            },
        ),
        (
            [RIVERS, OTHER],
            {"_2025_03_11": f"{TEXT}\n# A Study of Rivers\n\n{FROGS}\n"},
        ),
        (
            [replace(RIVERS, arxiv="2503.07777")],
            {
                "_2025_03_11": TEXT.replace("Rivers\n", "Rivers\narXiv: 2503.01234\n", 1),
                "_2025_03_12": TEXT,
            },
        ),
    ],
    ids=["one that was renamed", "two of one title in a digest", "another one than a digest says"],
)
def test_no_address_comes_or_goes_because_a_paper_was_looked_up(
    identities: list[Identity], digests: dict[str, str]
) -> None:
    before, after = library(**digests), library(*identities, **digests)
    assert list(after.papers) == list(before.papers)
    assert [issue.papers for issue in after.issues] == [issue.papers for issue in before.issues]
    for paper in after.papers.values():
        assert paper.appearances == before.papers[paper.slug].appearances


def test_two_papers_that_were_found_as_one_stay_two_with_a_word() -> None:
    both = library(RIVERS, OTHER, _2025_03_11=TEXT, _2025_03_12=f"# A Study of Rivers\n\n{FROGS}\n")
    assert [each.arxiv for each in both.papers.values()] == ["2503.01234"] * 2
    (problem,) = both.problems
    assert (problem.code, problem.severity) == ("B503", Severity.WARNING)
    assert problem.source.path == "docs/digests/2025-03-12.txt"
    assert "docs/digests/2025-03-11.txt:1" in problem.message


def test_a_found_author_of_another_paper_than_the_digests_name_is_not_shown() -> None:
    texts = {
        "_2025_03_11": TEXT.replace("Rivers\n", "Rivers\narXiv: 2503.01234\n", 1),
        "_2025_03_12": TEXT,
    }
    (known,) = library(replace(RIVERS, arxiv="2503.07777"), **texts).papers.values()
    assert (known.arxiv, known.authors) == ("2503.01234", ())


def test_another_identifier_in_the_digest_stops_all_of_it_with_a_word() -> None:
    text = TEXT.replace("Rivers\n", "Rivers\narXiv: 2503.00001\n", 1)
    digest = identified(read_text(text, "docs/digests/2025-03-11.txt"), Identities([RIVERS]))
    assert digest.records[0].found is None
    assert [(each.code, each.source.line) for each in digest.problems] == [("B502", 1)]


def test_another_paper_of_the_same_title_gets_nothing() -> None:
    text = (
        "# A Study of Rivers\n\nThis one is about the river gods of old, and who prayed to them.\n"
    )
    assert paper(text, RIVERS).authors == ()


def test_a_slip_mended_in_the_abstract_changes_nothing() -> None:
    assert paper(TEXT.replace("wet", "very wet"), RIVERS).arxiv == "2503.01234"


def test_what_was_not_found_claims_nothing() -> None:
    nothing = Identity(RIVERS.title, RIVERS.begins, DAY, 61.0)
    assert paper(TEXT, nothing) == paper(TEXT)


def test_the_later_of_two_entries_counts() -> None:
    later = replace(RIVERS, arxiv="2503.07777")
    assert paper(TEXT, RIVERS, later).arxiv == "2503.07777"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("- a: [}", 1, "not YAML"),
        ("title: x", 1, "expected a list"),
        ("- title: A\n  score: 1\n  looked_up: '2025-03-12'\n- 7\n", 4, "expected a title"),
        ("- title: A\n  score: many\n  looked_up: '2025-03-12'\n", 1, "could not convert"),
        ("- title: A\n  score: 1\n", 1, "looked_up"),
        ("- title: A\n  score: 1\n  looked_up: '2025-03-12'\n  arxiv: x\n", 1, "arxiv is 'x'"),
        ("- title: A\n  score: 1\n  looked_up: '2025-03-12'\n  authors: Bo\n", 1, "list of names"),
        ("- !!python/object:os.system {}\n", 1, "left out"),
        ("- title: A\n  score: nan\n  looked_up: '2025-03-12'\n", 1, "from 0 to 100"),
        ("- title: A\n  score: 101\n  looked_up: '2025-03-12'\n", 1, "from 0 to 100"),
        ("- title: A\n  not: x\n  score: 1\n  looked_up: '2025-03-12'\n", 1, "not names"),
        ("- title: &a [*a]\n  score: 1\n  looked_up: '2025-03-12'\n", 1, "lists of texts"),
        ("- title: {a: b}\n  score: 1\n  looked_up: '2025-03-12'\n", 1, "lists of texts"),
        ("- ? [a]\n  : b\n", 1, "lists of texts"),
    ],
)
def test_what_is_wrong_is_named_and_the_rest_is_read(text: str, line: int, words: str) -> None:
    known, problems = read_identities(text, "docs/digests/identities.yml")
    assert [(each.code, each.source.line) for each in problems] == [("B501", line)]
    assert words in problems[0].message
    assert len(list(known)) == text.count("'2025-03-12'\n- 7")


def test_aliases_of_aliases_are_not_written_out() -> None:
    """Nine lines that stand for 10^9 words."""
    lines = ["- n0: &n0 [x]"]
    lines += [f"- n{n}: &n{n} [{', '.join([f'*n{n - 1}'] * 10)}]" for n in range(1, 10)]
    known, problems = read_identities("\n".join([*lines, "- title: *n9"]), "x")
    assert not list(known)
    assert len(problems) == len(lines) + 1


def test_papers_of_very_many_authors_read_back() -> None:
    many = replace(RIVERS, authors=("Bo Li",) * 5200)
    known, problems = read_identities(written(Identities([many])), "x")
    assert (list(known), problems) == ([many], ())


def test_of_two_that_are_alike_the_nearer_one_counts() -> None:
    one = replace(RIVERS, begins="a" * 70 + "b" * 50)
    two = replace(RIVERS, begins="a" * 95 + "c" * 25, arxiv="2503.07777")
    between = "a" * 90 + "c" * 20 + "b" * 10
    for identities in ([one, two], [two, one]):
        assert paper(f"# {RIVERS.title}\n\n{between}\n", *identities).arxiv == "2503.07777"


names = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=20
)


@settings(max_examples=40)
@given(
    st.lists(
        st.builds(
            Identity,
            names.filter(str.strip),
            names,
            st.dates(),
            st.integers(0, 1000).map(lambda tenths: tenths / 10),
            st.sampled_from(["2503.01234", None]),
            st.none(),
            st.lists(names.map(lambda name: " ".join(name.split())).filter(bool), max_size=3).map(
                tuple
            ),
            st.one_of(st.none(), st.dates()),
            st.just(""),
            st.sampled_from([(), ("2503.01234", "cs/0112017")]),
        ),
        max_size=4,
    )
)
def test_what_is_written_reads_back(identities: list[Identity]) -> None:
    known = Identities(identities)
    read, problems = read_identities(written(known), "docs/digests/identities.yml")
    assert not problems
    assert list(read) == list(known)


def test_a_file_without_entries_is_one() -> None:
    assert list(read_identities(written(Identities()), "x")[0]) == []
    assert list(read_identities("", "x")[0]) == []


def test_what_became_known_since_counts_for_papers_that_are_remembered(tmp_path: Path) -> None:
    memory, vocabulary = Held(), tmp_path / "vocabulary.yml"
    (tmp_path / "2025-03-11.txt").write_text(TEXT, encoding="utf-8")
    (before,) = read_library(tmp_path, vocabulary, memory).papers.values()
    assert before.arxiv is None
    (tmp_path / "identities.yml").write_text(written(Identities([RIVERS])), encoding="utf-8")
    (after,) = read_library(tmp_path, vocabulary, memory).papers.values()
    assert after.arxiv == RIVERS.arxiv
    (tmp_path / "identities.yml").unlink()
    assert [*read_library(tmp_path, vocabulary, memory).papers.values()] == [before]
