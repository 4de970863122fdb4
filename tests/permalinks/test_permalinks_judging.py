"""The list of permalinks: how its lines are read, what is said of them, and how it is written."""

from __future__ import annotations

import random

import pytest

from generator.permalinks import judge, read_ledger
from generator.permalinks.ledger import Fate, is_address
from generator.permalinks.pages import pages
from generator.permalinks.recording import HEAD, recorded
from generator.writing.site import Site

THERE = {
    *("about/", "digests/", "digests/2025-03-11/", "digests/2025-03-12-evening/", "tags/"),
    *("papers/on-things/", "papers/bees-dance/", "papers/b/", "tags/vision/", "authors/ana-ax/"),
}
HOSTILE = [
    *("../../etc/", "/etc/", "papers//x/", "papers/../x/", "papers/%2e%2e/x/", "papers/%2Fetc/"),
    *("papers/x", "papers/<b>/", "papers/x/?a=1/", "papers/x/#a/", 'papers/"/', "papers\\x\\/"),
    *(
        ".git/",
        "papers/%00/",
        "javascript:alert(1)",
        "https://example.org/",
        "papers/é/",
        "a" * 1001,
        f"papers/{'a' * 256}/",
    ),
]


def verdict(*lines: str):  # type: ignore[no-untyped-def]
    return judge(read_ledger("\n".join(lines)), THERE, "permalinks.txt")


def codes(*lines: str) -> list[str]:
    return [f"{p.source.line}:{p.severity[0]}{p.code}" for p in verdict(*lines).problems]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["papers/on-things/", "", "# a comment", "tags/vision/"], []),
        (["papers/x/"], ["1:eB601"]),
        (["papers/x/", "papers/x/ -> papers/b/"], []),
        (["papers/x/ -> papers/b/", "papers/x/ -> papers/b/", "papers/b/", "papers/b/"], []),
        (["papers/x/ ->"], ["1:eB602"]),
        (["papers/x/ gone:"], ["1:eB602"]),
        (["papers/x/ gone: why"], []),
        (["papers/x/ -> papers/none/"], ["1:eB603"]),
        (["papers/x/ -> papers/y/", "papers/y/ gone: why"], ["1:eB603"]),
        (["papers/x/ -> papers/x/"], ["1:eB604"]),
        (["papers/x/ -> papers/y/", "papers/y/ -> papers/x/"], ["1:eB604", "2:eB604"]),
        (["papers/x/ -> papers/y/", "papers/y/ -> papers/b/"], ["1:wB605"]),
        (["papers/x/ -> papers/b/", "papers/x/ -> about/"], ["2:eB606"]),
        (["papers/b/ -> about/", "about/ gone: why"], ["1:wB607", "2:wB607"]),
        (["papers/on%2Dthings/ -> papers/b/", "papers/%62/ gone: why"], ["1:wB607", "2:wB607"]),
        (["\ufeffpapers/b/"], []),
        (["#papers/x/"], []),
        (["papers/x/\t->\tpapers/b/"], []),
    ],
)
def test_every_kind_of_mistake_is_told_on_its_line(lines: list[str], expected: list[str]) -> None:
    assert codes(*lines) == expected
    assert verdict(*lines).breaks == any(code[2] == "e" for code in expected)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_leads_out_of_the_site(text: str) -> None:
    assert not is_address(text)
    for line in (text, f"{text} -> papers/b/", f"papers/x/ -> {text}", f"{text} gone: why"):
        found = verdict(line)
        assert found.breaks, line
        assert not found.moved
        assert not found.gone
        assert not list(pages(found, Site("Mine")))


def test_readers_are_led_to_the_end_of_a_chain_at_once() -> None:
    lines = [f"papers/x{at}/ -> papers/x{at + 1}/" for at in range(50)]
    found = verdict(*lines, "papers/x50/ -> papers/b/")
    assert set(found.moved.values()) == {"papers/b/"}
    assert len(found.moved) == 51


@pytest.mark.parametrize(
    ("lost", "guess", "sure"),
    [
        ("papers/on-thing/", "papers/on-things/", True),  # a title was mended
        ("papers/bees-dance-2025-03-12/", "papers/bees-dance/", True),  # two were one
        ("papers/bees-dance-0123abcd/", "papers/bees-dance/", True),
        ("digests/2025-03-12/", "digests/2025-03-12-evening/", True),  # a file was renamed
        ("tags/computer-vision/", "tags/vision/", False),
        ("authors/ana-axe/", "authors/ana-ax/", True),
        ("papers/quantum-gravity-for-wombats/", "papers/on-things/", False),  # the only new one
        ("tags/quantum-gravity/", None, False),
        ("digests/1999-01-01/", None, False),
        ("team/", None, False),
    ],
)
def test_what_took_the_place_of_a_page(lost: str, guess: str | None, sure: bool) -> None:
    known = ["papers/b/", "papers/bees-dance/", "digests/2025-03-11/", "tags/vision/", lost]
    found = verdict(*known).lost[lost]
    assert (found.address if found else None) == guess
    assert (found.sure if found else False) == sure
    if guess:
        assert f"\n{lost} -> {guess}\n" in verdict(*known).problems[0].hint


def test_a_list_is_written_in_order_and_the_same_however_its_lines_stood() -> None:
    lines = ["papers/b/", "about/", "papers/x/ -> papers/b/", "papers/b/", "tags/y/ gone: why"]
    once = recorded("\n".join(lines), ["papers/c/"])
    assert once == (
        f"{HEAD}about/\npapers/b/\npapers/c/\npapers/x/ -> papers/b/\ntags/y/ gone: why\n"
    )
    random.Random(1).shuffle(lines)  # noqa: S311
    assert recorded("\r\n".join(lines), ["papers/c/"]) == once
    assert recorded(once, ["papers/c/", "papers/x/"]) == once


def test_comments_stay_with_their_lines_and_nothing_is_lost() -> None:
    text = "# top\n\ntags/b/\n# of a\npapers/a/\nnot a line\n# end\n"
    assert recorded(text, []) == "# top\n\n# of a\npapers/a/\ntags/b/\nnot a line\n# end\n"


@pytest.mark.parametrize("end", ["\u2028", "\x0c", "\x85", "\x1e"])
def test_a_line_ends_where_it_is_read_to_end(end: str) -> None:
    text = f"{HEAD}# of{end}a\npapers/a/\npapers/b/ gone: the{end}authors\n"
    assert recorded(text, []) == text
    assert judge(read_ledger(recorded(text, [])), {"papers/a/"}, "p").problems == ()


def test_what_is_said_of_an_address_outdoes_what_was_said() -> None:
    text = recorded("papers/a/\npapers/b/ -> papers/a/\n", [], {"papers/a/": Fate(0, reason="w")})
    again = recorded(text, [], {"papers/b/": Fate(0, target="papers/c/")})
    assert again.endswith("papers/a/ gone: w\npapers/b/ -> papers/c/\n")
