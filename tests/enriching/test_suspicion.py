"""Links that a person should look at, told by their form; and those that only look odd."""

from __future__ import annotations

import pytest

from generator.enriching import build_library
from generator.enriching.addresses import complete
from generator.enriching.oddlinks import odd_links
from generator.enriching.suspicion import suspicion, untracked
from generator.enriching.vocabulary import Vocabulary
from generator.model import Problem
from generator.reading import read_text


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://huggingface.co/login?next=%2Fpapers%2F2410.05434", "B411"),
        ("https://accounts.google.com/v3/signin/identifier", "B411"),
        ("https://openreview.net/login", "B411"),
        ("https://github.com/login", "B411"),
        ("https://huggingface.co/join", "B411"),
        ("https://example.org/en/users/login", "B411"),
        ("https://huggingface.co/papers", "B412"),
        ("https://huggingface.co/papers/date/2025-03-11", "B412"),
        ("https://huggingface.co/", "B412"),
        ("https://huggingface.co", "B412"),
        ("https://github.com/huggingface", "B412"),
        ("https://arxiv.org/list/cs.CL/recent", "B412"),
        ("https://twitter.com/huggingface", "B412"),
        ("https://bit.ly/3EeKnyL", "B413"),
        ("https://t.co/abc", "B413"),
        ("http://203.0.113.7.nip.io", None),
        ("http://8.8.8.8/demo", "B414"),
        ("http://[2001:4860:4860::8888]/", "B414"),
        ("https://xn--gthub-n4a.com/owner/name", "B415"),
        ("https://githuḅ.com/owner/name", "B415"),
        ("https://аrxiv.org/abs/2503.04715", "B415"),
        ("https://githib.com/owner/name", "B415"),
        ("https://arxv.org/abs/2503.04715", "B415"),
        ("https://hugginface.co/owner/name", "B415"),
        ("https://gооd.example-site.org/", "B415"),
        ("https://github.com/owner/name?utm_source=x&tab=readme", "B416"),
        ("https://foo.org/a?fbclid=1", "B416"),
    ],
)
def test_what_should_be_looked_at(url: str, code: str | None) -> None:
    found = suspicion(url)
    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    "url",
    [
        "https://huggingface.co/papers/2410.05434",
        "https://huggingface.co/owner/model",
        "https://huggingface.co/datasets/owner/name",
        "https://huggingface.co/spaces/owner/name",
        "https://github.com/huggingface/transformers",
        "https://github.com/owner/login",
        "https://github.com/owner/auth",
        "https://github.com/owner",
        "https://gitlab.com/owner/name",
        "https://owner.github.io/sso/",
        "https://arxiv.org/abs/2503.04715",
        "https://export.arxiv.org/pdf/2503.04715",
        "https://openreview.net/forum?id=abc",
        "https://www.youtube.com/watch?v=abc&t=10",
        "https://youtu.be/abc",
        "https://hf.co/owner/model",
        "https://müller.de/papier",
        "https://en.wikipedia.org/wiki/Login",
        "https://例え.jp/",
        "https://doi.org/10.1000/182",
        "https://huggingface.com/owner/model",
        "https://biorxiv.org/content/1",
    ],
)
def test_what_is_in_order(url: str) -> None:
    assert suspicion(url) is None


def test_every_suspicion_has_a_way_out() -> None:
    for url in ("https://bit.ly/x", "http://8.8.8.8/", "https://huggingface.co/papers"):
        found = suspicion(url)
        assert found
        assert found.hint


def test_what_tracks_readers_is_taken_out_and_nothing_else() -> None:
    url = "https://a.org/x?b=1&utm_source=t&c=%20&UTM_Medium=m#frag"
    assert untracked(url) == "https://a.org/x?b=1&c=%20#frag"
    assert untracked("https://a.org/x?utm_source=t") == "https://a.org/x"


def problems(text: str) -> list[Problem]:
    digest = read_text(text, "docs/digests/2025-03-11.txt")
    library = build_library([digest], Vocabulary())
    papers = {paper.appearances[0].source: paper for paper in library.papers.values()}
    return list(odd_links(digest, text, papers))


def test_links_are_found_on_key_lines_and_in_abstracts() -> None:
    text = (
        "# On Things\n"
        "Link: https://github.com/owner/name?utm_source=x\n"
        "\n"
        "We study things, and they are good. The code is\n"
        "at https://bit.ly/3EeKnyL, and a demo at http://user@host.org/demo\n"
        "or at http://localhost:8000/ and https://github.com/owner/name.\n"
    )
    assert [(p.source.line, p.code) for p in problems(text)] == [
        (2, "B416"),
        (5, "B413"),
        (5, "B417"),
        (6, "B417"),
    ]


def test_a_link_in_order_is_not_told_of() -> None:
    url = "https://github.com/owner/name"
    assert complete(url) == url
    assert problems(f"# On Things\nLink: {url}\n\nWe study things. See {url}.\n") == []
