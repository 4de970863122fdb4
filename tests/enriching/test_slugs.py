"""Slugs: readable, unique, never empty, and always the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.enriching import build_library
from generator.enriching.slugs import LENGTH, Claim, assign_slugs, base_slug
from generator.enriching.vocabulary import Vocabulary
from generator.reading import read_bytes

PRINT = "0123456789abcdef" * 4

CASES = [
    pytest.param("Attention Is All You Need", "attention-is-all-you-need", id="plain"),
    pytest.param("Q*-Approximation: “Real” & more?", "q-approximation-real-more", id="marks"),
    pytest.param("大语言模型综述", "da-yu-yan-mo-xing-zong-shu", id="Chinese"),
    pytest.param("🙂🙃", "paper-01234567", id="only emoji"),
    pytest.param("..", "paper-01234567", id="dots"),
    pytest.param("", "paper-01234567", id="empty"),
    pytest.param("CON", "paper-con", id="no folder on Windows"),
    pytest.param("Index", "paper-index", id="a name of ours"),
    pytest.param("BS keys", "paper-bs-keys", id="a part of our pages"),
    pytest.param("BS-Net", "bs-net", id="no part of our pages"),
    pytest.param("C++ and C# for R", "c-plus-plus-and-c-sharp-for-r", id="languages"),
    pytest.param("&#99;&amp;", "99-amp", id="entities are text"),
    pytest.param("2026-03-11", "2026-03-11", id="a date"),
    pytest.param("../../etc/passwd", "etc-passwd", id="a path"),
    pytest.param("word " * 60, "-".join(["word"] * 16), id="cut between words"),
]


@pytest.mark.parametrize(("title", "slug"), CASES)
def test_slug_of_a_title(title: str, slug: str) -> None:
    assert base_slug(title, PRINT) == slug


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_title_gives_a_slug_that_is_safe_in_addresses_and_file_systems(title: str) -> None:
    slug = base_slug(title, PRINT)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= LENGTH + len("paper-")


def claim(day: int, base: str = "editorial", fingerprint: str = PRINT) -> Claim:
    return Claim(date(2025, 3, day), f"2025-03-{day:02}", base, fingerprint)


def test_the_older_paper_keeps_the_plain_slug() -> None:
    old, new = claim(1), claim(2)
    assert assign_slugs([new, old]) == {old: "editorial", new: "editorial-2025-03-02"}


def test_two_papers_of_one_title_in_one_digest_are_told_apart_by_their_text() -> None:
    one, two, three = (claim(1, fingerprint=mark * 64) for mark in "abc")
    slugs = assign_slugs([three, two, one])
    assert slugs == {
        one: "editorial-aaaaaaaa",
        two: "editorial-bbbbbbbb",
        three: "editorial-cccccccc",
    }


def test_an_edit_of_one_paper_never_gives_its_address_to_another() -> None:
    one, two, edited = (claim(1, fingerprint=mark * 64) for mark in "abc")
    before, after = assign_slugs([one, two]), assign_slugs([edited, two])
    assert before[two] == after[two]
    assert before[one] not in after.values()


def test_a_new_digest_moves_no_paper_of_an_older_one() -> None:
    old = [claim(1, fingerprint="a" * 64), claim(1, "other"), claim(2, fingerprint="b" * 64)]
    before = assign_slugs(old)
    after = assign_slugs([*old, claim(3), claim(3, "other"), claim(3, fingerprint="c" * 64)])
    assert {claim: after[claim] for claim in old} == before


@given(
    st.lists(
        st.builds(
            claim,
            st.integers(1, 5),
            st.sampled_from(["a", "a-2025-03-02", "b"]),
            st.sampled_from([mark * 64 for mark in "0123"]),
        ),
        unique=True,
    ),
    st.randoms(use_true_random=False),
)
def test_slugs_are_unique_and_do_not_depend_on_order(claims: list[Claim], random: object) -> None:
    slugs = assign_slugs(claims)
    assert len(set(slugs.values())) == len(claims)
    shuffled = list(claims)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert assign_slugs(shuffled) == slugs


def test_the_addresses_of_the_first_digest_are_for_ever(
    golden: Callable[[str, str], None],
) -> None:
    seed = Path(__file__).resolve().parents[1] / "data" / "seed" / "2025-03-11.txt"
    library = build_library([read_bytes(seed.read_bytes(), seed.name)], Vocabulary())
    golden("seed/slugs.txt", "".join(f"{slug}\n" for slug in library.papers))
