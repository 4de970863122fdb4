"""Kinds and labels of links, and searches by title."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.enriching.findit import find_it_on
from generator.enriching.linkkinds import LONGEST_LABEL, kind_of, label_of, name_of
from generator.model import Link, LinkKind

CASES = {
    "arxiv": ("https://arxiv.org/abs/2503.04715", "paper", "arXiv 2503.04715"),
    "arxiv-pdf": ("https://www.arxiv.org/pdf/2503.04715.pdf", "paper", "arXiv 2503.04715"),
    "arxiv-old": ("https://arxiv.org/abs/cs/0112017", "paper", "arXiv cs/0112017"),
    "arxiv-home": ("https://arxiv.org/help", "other", "Link · arxiv.org/help"),
    "doi": ("http://dx.doi.org/10.1000/182", "paper", "DOI 10.1000/182"),
    "doi-of-data": ("https://doi.org/10.5281/zenodo.1", "data", "DOI 10.5281/zenodo.1"),
    "acl": (
        "https://aclanthology.org/2025.findings-acl.181/",
        "paper",
        "ACL Anthology 2025.findings-acl.181",
    ),
    "openreview": ("https://openreview.net/forum?id=0Xn#x", "paper", "OpenReview 0Xn"),
    "proceedings": (
        "https://proceedings.mlr.press/v1/x.html",
        "paper",
        "Paper · proceedings.mlr.press/v1/x.html",
    ),
    "hf-paper": (
        "https://huggingface.co/papers/2507.22448",
        "paper",
        "Paper · hf.co/papers/2507.22448",
    ),
    "github": ("https://www.github.com/x/y", "code", "Code · github.com/x/y"),
    "gitlab": ("https://gitlab.com/x/y", "code", "Code · gitlab.com/x/y"),
    "own-gitlab": ("https://gitlab.inria.fr/x/y", "code", "Code · gitlab.inria.fr/x/y"),
    "codeberg": ("https://codeberg.org/x/y", "code", "Code · codeberg.org/x/y"),
    "anonymous": (
        "https://anonymous.4open.science/r/x",
        "code",
        "Code · anonymous.4open.science/r/x",
    ),
    "colab": (
        "https://colab.research.google.com/drive/x",
        "code",
        "Code · colab.research.google.com/drive/x",
    ),
    "model": ("https://huggingface.co/x/y", "model", "Model · hf.co/x/y"),
    "model-short": ("https://hf.co/x/y", "model", "Model · hf.co/x/y"),
    "models": ("https://huggingface.co/collections/x/y", "model", "Model · hf.co/collections/x/y"),
    "collection-of-data": (
        "https://huggingface.co/collections/x/y-data",
        "data",
        "Data · hf.co/collections/x/y-data",
    ),
    "hf-data": ("https://huggingface.co/datasets/x/y", "data", "Data · hf.co/datasets/x/y"),
    "zenodo": ("https://zenodo.org/records/1", "data", "Data · zenodo.org/records/1"),
    "kaggle": ("https://www.kaggle.com/datasets/x/y", "data", "Data · kaggle.com/datasets/x/y"),
    "figshare": ("https://figshare.com/articles/x", "data", "Data · figshare.com/articles/x"),
    "space": ("https://huggingface.co/spaces/x/y", "demo", "Demo · hf.co/spaces/x/y"),
    "own-space": ("https://x-y.hf.space/", "demo", "Demo · x-y.hf.space"),
    "pages": ("https://x.github.io/y/", "project", "Project · x.github.io/y"),
    "site": ("https://sites.google.com/view/x", "project", "Project · sites.google.com/view/x"),
    "docs": (
        "https://x.readthedocs.io/en/latest/",
        "project",
        "Project · x.readthedocs.io/en/latest",
    ),
    "projects-folder": ("https://foo.org/projects/x", "project", "Project · foo.org/projects/x"),
    "hf-owner": ("https://huggingface.co/x", "project", "Project · hf.co/x"),
    "youtube": ("https://www.youtube.com/watch?v=abc&t=1", "video", "Video · youtu.be/abc"),
    "youtube-short": ("https://youtu.be/abc", "video", "Video · youtu.be/abc"),
    "vimeo": ("https://vimeo.com/1", "video", "Video · vimeo.com/1"),
    "bilibili": ("https://www.bilibili.com/video/x", "video", "Video · bilibili.com/video/x"),
    "other": ("https://www.eth3d.net/", "other", "Link · eth3d.net"),
    "look-alike": ("https://notgithub.com/x/y", "other", "Link · notgithub.com/x/y"),
    "look-alike-below": ("https://github.com.evil.org/x", "other", "Link · github.com.evil.org/x"),
}


@pytest.mark.parametrize(("url", "kind", "label"), CASES.values(), ids=CASES.keys())
def test_an_address_tells_what_it_leads_to(url: str, kind: str, label: str) -> None:
    assert kind_of(url) == kind
    assert label_of(Link(url, LinkKind(kind), url)) == label


def test_every_kind_has_a_name() -> None:
    assert len({name_of(kind) for kind in LinkKind}) == len(LinkKind)


@given(st.text())
def test_a_label_is_short_and_never_empty(text: str) -> None:
    url = f"https://foo.org/{text}"
    assert 0 < len(label_of(Link(url, kind_of(url), url))) <= LONGEST_LABEL


def test_a_title_is_looked_for_at_four_places() -> None:
    names = [name for name, _ in find_it_on("Attention")]
    assert names == ["arXiv", "Hugging Face", "Semantic Scholar", "Google Scholar"]


TITLES = ['C++ & C#: 100% of "Q*"?', "零样本 学习", "a=b&c=d#e", "{0} {query} %s", "𝑮𝒊𝒕 🤗"]


@pytest.mark.parametrize("title", TITLES)
def test_a_search_asks_for_the_very_title(title: str) -> None:
    for _, url in find_it_on(title):
        assert url.isascii()
        asked = parse_qs(urlsplit(url).query)
        assert title in [value for values in asked.values() for value in values]


@given(st.text(st.characters(codec=None)))
def test_any_title_gives_addresses_without_spaces_or_quotes(title: str) -> None:
    for _, url in find_it_on(title):
        assert not set(url) & set(" \"'<>\n")
        assert len(url) < 4000


def test_a_long_title_is_cut_at_a_word() -> None:
    _, url = find_it_on("word " * 200)[0]
    assert url.endswith("+word")
