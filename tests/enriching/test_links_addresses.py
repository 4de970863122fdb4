"""Addresses: completed, refused with a reason, compared."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.enriching.addresses import complete, key, why_not

COMPLETE = {
    "as-it-is": ("https://github.com/x/y", "https://github.com/x/y"),
    "http": ("http://foo.org", "http://foo.org"),
    "scheme-in-capitals": ("HTTPS://foo.org", "https://foo.org"),
    "bare-host": ("github.com/x/y", "https://github.com/x/y"),
    "www": ("www.foo.org", "https://www.foo.org"),
    "port": ("foo.org:8080/x", "https://foo.org:8080/x"),
    "no-scheme": ("//foo.org/x", "https://foo.org/x"),
    "spaces-around": ("  https://foo.org\n", "https://foo.org"),
    "doi": ("doi:10.1000/182", "https://doi.org/10.1000/182"),
    "doi-alone": ("10.1000/182", "https://doi.org/10.1000/182"),
    "doi-odd": ("DOI 10.1002/1097<693::AID#2>3", "https://doi.org/10.1002/1097%3C693::AID%232%3E3"),
    "arxiv": ("arXiv:2503.04715", "https://arxiv.org/abs/2503.04715"),
    "arxiv-class": ("arXiv:2503.04715v2 [cs.CL]", "https://arxiv.org/abs/2503.04715v2"),
    "arxiv-old": ("arxiv:cs/0112017", "https://arxiv.org/abs/cs/0112017"),
    "angle-brackets": ("<https://foo.org>", "https://foo.org"),
    "url-command": ("\\url{https://foo.org/a\\_b}", "https://foo.org/a_b"),
    "href-command": ("\\href{https://foo.org}{a page}", "https://foo.org"),
    "markdown": ("[a page](https://foo.org/x)", "https://foo.org/x"),
    "quotes-inside": ('https://foo.org/"x', "https://foo.org/%22x"),
    "tags-inside": ("https://foo.org/<b>", "https://foo.org/%3Cb%3E"),
    "at-in-path": ("https://foo.org/@me", "https://foo.org/@me"),
    "public-number": ("http://8.8.8.8/x", "http://8.8.8.8/x"),
}


@pytest.mark.parametrize(("text", "url"), COMPLETE.values(), ids=COMPLETE.keys())
def test_an_address_is_completed(text: str, url: str) -> None:
    assert complete(text) == url
    assert why_not(text) == ""


REFUSED = {
    "nothing": ("  ", "nothing is there"),
    "javascript": ("JavaScript:alert(1)", "begins with JavaScript:"),
    "javascript-with-tab": ("java\tscript:alert(1)", "U+0009"),
    "data": ("data:text/html,x", "begins with data:"),
    "file": ("file:///etc/passwd", "begins with file:"),
    "e-mail": ("me@foo.org", "e-mail"),
    "mailto": ("mailto:me@foo.org", "begins with mailto:"),
    "password": ("https://me:secret@foo.org/", "user name"),
    "user": ("https://github.com@evil.org/x", "user name"),
    "backslash": ("https://good.org\\@evil.org", "backslash"),
    "space": ("https://foo.org/a b", "space"),
    "control": ("https://foo.org/\x01", "U+0001"),
    "direction": ("https://foo.org/\u202eabc", "U+202E"),
    "surrogate": ("https://foo.org/\udc80", "U+DC80"),
    "no-dot": ("https://foo/x", "no dot"),
    "one-slash": ("https:/foo.org", "not followed by //"),
    "bad-port": ("https://foo.org:99999/", "malformed"),
    "bad-bracket": ("https://[", "malformed"),
    "empty-label": ("https://foo..org", "malformed"),
    "numbers": ("1.2.3", "malformed"),
    "loopback": ("http://127.0.0.1/", "public web"),
    "loopback-6": ("http://[::1]/", "public web"),
    "placeholder-host": ("https://example.com/x", "placeholder"),
    "placeholder-words": ("https://your-repository-link-here.com", "placeholder"),
    "placeholder-path": ("https://github.com/XXX/YYY", "placeholder"),
    "placeholder-arxiv": ("this https URL", "placeholder"),
    "file-name": ("README.md", "name of a file"),
    "half-an-identifier": ("https://arxiv.org/abs/2503", "not whole"),
    "too-long": ("https://foo.org/" + "x" * 2000, "longer than"),
}


@pytest.mark.parametrize(("text", "why"), REFUSED.values(), ids=REFUSED.keys())
def test_an_unsafe_address_is_refused_with_the_reason(text: str, why: str) -> None:
    assert complete(text) is None
    assert why in why_not(text)


REAL = ["https://thisisit.com", "https://yourstory.com/x", "https://link.springer.com/x"]


@pytest.mark.parametrize("url", [*REAL, "https://github.com/xxxholic/x"])
def test_a_real_address_is_not_taken_for_a_placeholder(url: str) -> None:
    assert complete(url) == url


SAME = {
    "scheme-www-slash": ("https://www.foo.org/x/", "http://foo.org/x"),
    "case-of-host": ("https://FOO.org/x", "https://foo.org/x"),
    "git": ("https://github.com/x/y.git", "https://github.com/x/y"),
    "case-on-github": ("https://github.com/X/Y", "https://github.com/x/y"),
    "percent": ("https://foo.org/%7Eme", "https://foo.org/~me"),
    "empty-fragment": ("https://foo.org/x#", "https://foo.org/x"),
    "default-port": ("https://foo.org:443/x", "https://foo.org/x"),
    "campaign": ("https://foo.org/x?utm_source=a", "https://foo.org/x"),
    "short-video": ("https://youtu.be/abc", "https://www.youtube.com/watch?v=abc"),
    "short-hugging-face": ("https://hf.co/x/y", "https://huggingface.co/x/y"),
    "doi-resolvers": ("http://dx.doi.org/10.1/AB", "https://doi.org/10.1/ab"),
    "arxiv-pdf": ("https://arxiv.org/pdf/2503.04715.pdf", "https://arxiv.org/pdf/2503.04715"),
}


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME.keys())
def test_addresses_of_the_same_place_have_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


DIFFERENT = {
    "fragment": ("https://foo.org/x#demo", "https://foo.org/x"),
    "path-in-capitals": ("https://foo.org/X", "https://foo.org/x"),
    "query": ("https://foo.org/x?a=1", "https://foo.org/x?a=2"),
    "port": ("https://foo.org:8080/x", "https://foo.org/x"),
    "file-on-github": ("https://github.com/x/y/blob/main/A", "https://github.com/x/y/blob/main/a"),
}


@pytest.mark.parametrize(("one", "other"), DIFFERENT.values(), ids=DIFFERENT.keys())
def test_addresses_of_different_places_have_different_keys(one: str, other: str) -> None:
    assert key(one) != key(other)


@given(
    st.one_of(
        st.text(), st.text().map("https://foo.org/".__add__), st.text().map("http://".__add__)
    )
)
def test_whatever_is_written_gives_a_safe_address_or_a_reason(text: str) -> None:
    url = complete(text)
    assert (url is None) == bool(why_not(text))
    key(text)
    if url is not None:
        parts = urlsplit(url)
        assert parts.scheme in ("http", "https")
        assert parts.hostname
        assert parts.username is None
        assert complete(url) == url
        assert key(key(url)) is not None
