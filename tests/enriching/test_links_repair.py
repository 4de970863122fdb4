"""Addresses that a space broke: joined with certainty, or not linked; never a fragment."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.enriching.linkrepair import mend
from generator.enriching.links import find_mentions


def found(text: str) -> list[str]:
    return [mention.link.url for mention in find_mentions(text)]


GH = "https://github.com"
MENDED = {
    "after-scheme": (f"from {GH[:8]} github.com/x/y.", f"{GH}/x/y"),
    "in-scheme": ("at https: //github.com/x/y-z.", f"{GH}/x/y-z"),
    "after-host": (f"at {GH}/ MIT- REALM/architect.", f"{GH}/MIT-REALM/architect"),
    "before-slash": (f"at {GH} /x/y.", f"{GH}/x/y"),
    "in-host": ("via https://github. com/x/y.", f"{GH}/x/y"),
    "in-host-of-pages": (
        "https://wywu.github. io/projects/a.html",
        "https://wywu.github.io/projects/a.html",
    ),
    "in-host-that-could-end": (
        "https://sites.google. com/view/x",
        "https://sites.google.com/view/x",
    ),
    "in-anonymous-host": (
        "https://anonymous. 4open.science/r/x-1.",
        "https://anonymous.4open.science/r/x-1",
    ),
    "after-owner": (f"at {GH}/UKPLab/ emnlp2018-april.", f"{GH}/UKPLab/emnlp2018-april"),
    "after-owner-plain-name": (f'at: {GH}/kostas1515/ GOL."', f"{GH}/kostas1515/GOL"),
    "after-hyphen": (f"at {GH}/x/A-Flash- in-the-Pan.", f"{GH}/x/A-Flash-in-the-Pan"),
    "site": ("https://sites.google.com/ view/x-y/home.", "https://sites.google.com/view/x-y/home"),
    "site-of-domain": (
        "See https://sites.google.com/x.edu/ y for code",
        "https://sites.google.com/x.edu/y",
    ),
    "tree": (f"{GH}/x/y/ tree/main/z.", f"{GH}/x/y/tree/main/z"),
    "data": ("https://huggingface.co/datasets/x/ y-z.", "https://huggingface.co/datasets/x/y-z"),
    "identifier": ("https://arxiv.org/abs/ 2503.04715", "https://arxiv.org/abs/2503.04715"),
    "value": ("https://youtu.be/4mn kzYyXMn4", "https://youtu.be/4mnkzYyXMn4"),
    "lost-underscore": (f"at {GH}/XMed-Lab/EPL SemiDG.", f"{GH}/XMed-Lab/EPL_SemiDG"),
    "lost-underscore-shown": (f"VIRUS-NeRF … {GH}/x/virus nerf.", f"{GH}/x/virus_nerf"),
    "lost-underscore-video": (
        "https://www.youtube.com/watch?v=Nqsegaq x-o.",
        "https://www.youtube.com/watch?v=Nqsegaq_x-o",
    ),
    "lost-tilde": ("at https://cis.temple.edu/ me/D.webm", "https://cis.temple.edu/~me/D.webm"),
    "lost-tilde-www": ("www.cse.cuhk.edu.hk/ me/x.html.", "https://www.cse.cuhk.edu.hk/~me/x.html"),
    "no-tilde-lost": (
        "http://nlp.stanford.edu/ projects/glove/",
        "http://nlp.stanford.edu/projects/glove/",
    ),
}


@pytest.mark.parametrize(("text", "url"), MENDED.values(), ids=MENDED.keys())
def test_a_broken_address_is_joined_where_that_is_certain(text: str, url: str) -> None:
    assert found(text) == [url]


DOUBTFUL = {
    "home-page-or-folder": "at https://www.nec-labs.com/ mas/UniSeg.",
    "home-page-alone": "at http://nlp.stanford.edu/ jurafsky.",
    "names-run-on": f"on {GH}/hku-mars/LiDAR IMU Init and also",
    "word-after-hyphen": f"{GH}/x/y- and more",
    "owner-broken": f"{GH}/foo bar/x",
    "path-broken-twice": f"{GH}/x/y/tree/ master/z.",
    "page": "https://foo.github.io/bar baz.html",
    "video-too-short": "https://youtu.be/4mn and more",
    "identifier-cut": "https://arxiv.org/abs/2503. 04715",
    "root-and-slug": "https://foo.github.io/ bar-baz.",
}


@pytest.mark.parametrize("text", DOUBTFUL.values(), ids=DOUBTFUL.keys())
def test_a_fragment_is_never_linked(text: str) -> None:
    assert found(text) == []


WHOLE = {
    "word": f"{GH}/x/y here.",
    "words": f"{GH}/x/y under the MIT licence",
    "label": f"{GH}/x/y Demo: soon",
    "label-of-words": f"{GH}/x/y Project Page : soon",
    "sentence": f"{GH}/x/y We also show this.",
    "name": f"{GH}/x/y GitHub.",
    "owner": f"{GH}/x/ for more.",
    "slash-and-sentence": "https://foo.github.io/bar/ and we",
    "file": f"{GH}/x/y README.md",
    "paragraph": f"{GH}/x/\n\nNext-paragraph.",
    "hyphened-word": f"{GH}/x/Transformer based on a transformer-based design",
}


@pytest.mark.parametrize("text", WHOLE.values(), ids=WHOLE.keys())
def test_a_whole_address_takes_nothing_from_the_sentence(text: str) -> None:
    assert found(text) == [text.split()[0]]


@given(
    st.text(),
    st.integers(0, 50),
    st.sampled_from([f"{GH}/", f"{GH}/x/", f"{GH}/x/y", "http://a.edu/"]),
)
def test_mending_never_raises_and_never_goes_back(text: str, end: int, address: str) -> None:
    mended = mend(text, end, address)
    assert mended is None or end < mended.end <= len(text)


@pytest.mark.parametrize(
    ("after", "whole"), [("and more", True), ("for all", True), ("vision today", False)]
)
def test_a_word_after_a_host_alone_is_no_part_of_it_and_any_other_is_doubted(
    after: str, whole: bool
) -> None:
    address = f"{GH}/"
    mended = mend(f"{address} {after}", len(address), address)
    assert (mended is None) is whole
    assert mended is None or mended.address is None
