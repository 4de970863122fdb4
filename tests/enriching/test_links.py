"""Links in running text: found where they stand, completed, or left out for a reason."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.enriching.addresses import key
from generator.enriching.links import find_mentions, unique_links
from generator.model import Link, LinkKind

PROJECT = Path(__file__).resolve().parents[2]
DIGESTS = PROJECT.parent / "shared" / "digests"
TRUTH = DIGESTS / "2025-12-31-real-500.truth.json"


def found(text: str) -> list[str]:
    return [mention.link.url for mention in find_mentions(text)]


def clickable(text: str) -> list[str]:
    return [text[mention.start : mention.end] for mention in find_mentions(text)]


X, Y = "https://github.com/x/y", "https://foo.org/z"

ENDS = {
    "full-stop": f"Code at {X}.",
    "two-full-stops": f"Code at {X}..",
    "comma": f"Code at {X}, with data.",
    "brackets": f"(Code: {X})",
    "stop-and-bracket": f"(Code at {X}.)",
    "quotes": f'Code at "{X}."',
    "tex-quotes": f"``{X}''",
    "curly-quotes": f"at “{X}”.",
    "full-width-stop": f"代码见{X}。",
    "full-width-brackets": f"代码（{X}）已公开",
    "full-width-comma": f"代码见{X}，谢谢",
    "glued-korean": f"{X}에서 확인",
    "reference": f"at {X}[2] and",
    "references": f"at {X}[1,2].",
    "glued-bracket": f"at {X}(MIT)",
    "footnote-mark": f"at {X}¹ and",
    "possessive": f"{X}'s page",
    "glued-sentence": f"Code at {X}.The data",
    "tex-command": f"Code at {X}\\footnote{{a}}",
    "tex-braces": f"\\url{{{X}}}.",
    "href": f"\\href{{{X}}}{{the code}}.",
    "bibtex": f"url={{{X}}}, }}",
    "markdown": f"[code]({X}).",
    "bold": f"**{X}**",
    "backquotes": f"`{X}`",
    "angle-brackets": f"<{X}>",
    "html": f'<a href="{X}">code</a>',
    "table": f"| {X}|",
    "maths": f"${X}$",
    "entity": f"{X}&nbsp;and",
    "zero-width-space": f"{X}\u200band",
    "glued-before": f"future work.{X}",
    "footnote-number": f"GitHub11{X}",
    "scheme-twice": f"https://{X}",
    "command": f"pip install git+{X}",
}


@pytest.mark.parametrize("text", ENDS.values(), ids=ENDS.keys())
def test_an_address_ends_where_its_writer_ended_it(text: str) -> None:
    assert found(text) == [X]
    assert clickable(text) == [X]


WHOLE = {
    "balanced-brackets": "https://en.wikipedia.org/wiki/Foo_(bar)",
    "fragment": "https://openreview.net/forum?id=0Xnnby6m8M#discussion",
    "query": "https://youtu.be/zdcI839vAko?si=h9qlnl76ucSuXb8-",
    "dots-in-name": "https://github.com/KaiyuYue/cgnl-network.pytorch",
    "file": "https://model-architectures.github.io/GRAPE/GRAPE.pdf",
    "closing-slash": "https://github.com/THUIR/T2Ranking/",
    "tilde": "https://www.cs.columbia.edu/~huy/scalingup/",
    "port": "https://foo.org:8080/x",
    "no-path-but-query": "https://foo.org?x=1",
    "address-in-address": "https://web.archive.org/web/2020/https://foo.com/x",
    "address-in-query": "https://foo.org/?u=https://bar.org/x&y=1",
    "capitals-in-host": "https://GitHub.com/hannahjmlee/constraint-mapf-analysis",
    "letters-with-accents": "https://müller.de/café",
    "encyclopedia": "https://zh.wikipedia.org/wiki/自然语言处理",
}


@pytest.mark.parametrize("address", WHOLE.values(), ids=WHOLE.keys())
@pytest.mark.parametrize("around", ["{}", "see {}.", "({}) and", "{}, {}"])
def test_what_belongs_to_an_address_stays(address: str, around: str) -> None:
    text = around.format(address, Y)
    assert found(text)[0] == address


COMPLETED = {
    "www": ("at www.eth3d.net", "https://www.eth3d.net"),
    "www-glued": ("work.www.foo.org/x", "https://www.foo.org/x"),
    "github": ("at github.com/x/y.", X),
    "github-in-footnote": ("22Project: github.com/x/y.", X),
    "github-after-digits": ("3github.com/x/y", X),
    "github-after-chinese": ("代码见github.com/x/y，", X),
    "hugging-face-short": ("at hf.co/x/y", "https://hf.co/x/y"),
    "own-gitlab": ("at gitlab.inria.fr/a/b-c.", "https://gitlab.inria.fr/a/b-c"),
    "page-of-github": ("at: lerftogo.github.io", "https://lerftogo.github.io"),
    "glued-sentence": ("at lerftogo.github.io.We show", "https://lerftogo.github.io"),
    "path": ("available at zaidkhan.me/SIMLA.", "https://zaidkhan.me/SIMLA"),
    "sites": ("video: sites.google.com/view/x", "https://sites.google.com/view/x"),
    "announced": ("is available at demo.foo.ai.", "https://demo.foo.ai"),
    "label": ("Website: foo.ai", "https://foo.ai"),
    "tex": ("\\url{foo.org}", "https://foo.org"),
    "markdown": ("[page](foo.org)", "https://foo.org"),
    "emoji": ("🔗 foo.ai", "https://foo.ai"),
    "introduced": ("we present Climate TRACE (climatetrace.org), a", "https://climatetrace.org"),
    "doi": ("(doi:10.1000/182).", "https://doi.org/10.1000/182"),
    "doi-spaced": (
        "DOI: 10.1016/S0140-6736(20)30183-5.",
        "https://doi.org/10.1016/S0140-6736(20)30183-5",
    ),
    "arxiv": ("Paper: arXiv:2503.04715 Code", "https://arxiv.org/abs/2503.04715"),
    "arxiv-version": ("(arXiv: 2503.04715v2)", "https://arxiv.org/abs/2503.04715v2"),
    "arxiv-old": ("arXiv:cs/0112017,", "https://arxiv.org/abs/cs/0112017"),
    "capital-scheme": ("HTTPS://Foo.org/X", "https://Foo.org/X"),
    "tex-underscore": ("\\url{https://foo.org/a\\_b\\%20c\\#d}", "https://foo.org/a_b%20c#d"),
    "tex-tilde": ("https://foo.edu/{\\textasciitilde}me/x", "https://foo.edu/~me/x"),
    "tex-tilde-maths": ("https://foo.edu/$\\sim$me/x", "https://foo.edu/~me/x"),
    "tex-tilde-accent": ("https://foo.edu/\\~{}me/x", "https://foo.edu/~me/x"),
    "html-ampersand": ("https://foo.org/x?a=1&amp;b=2", "https://foo.org/x?a=1&b=2"),
}


@pytest.mark.parametrize(("text", "url"), COMPLETED.values(), ids=COMPLETED.keys())
def test_what_certainly_is_an_address_is_completed(text: str, url: str) -> None:
    assert found(text) == [url]


NONE = {
    "talked-about": "arguments from debate.org and idebate.org",
    "brand": "hotels on Booking.com, videos on Twitch.tv",
    "brand-with-path": "We compare Booking.com/Airbnb prices",
    "in-brackets": "posts of Stack Overflow (stackoverflow.com) are used",
    "data-source": "a dataset from stackoverflow.com which",
    "platform": "a pre-print on arxiv.org or at github.com, available at github.com",
    "missing-space": "of such models.In this paper, systems.To solve",
    "missing-space-and-slash": "a sentence.it/they, e.g./i.e. train.in/out",
    "two-hosts": "debate.org/idebate.org posts",
    "files": "run main.py, train.sh, index.html; read README.md, x.zip and Node.js",
    "numbers": "v1.2.3, 3.5/4.0 and 0.9.10/2",
    "abbreviations": "U.S./U.K., Ph.D., i.i.d./non-i.i.d., w.r.t./x",
    "e-mail": "jane.gangi@msmc.edu;Benfer at nb6221@my.msmc.edu.",
    "e-mails-in-braces": "{a,b}@cs.cmu.edu mailto:me@foo.org",
    "git-by-ssh": "git@github.com:a/b.git",
    "example": "https://example.com, https://www.example.org/x, http://foo.example/y",
    "x": "https://XXX http://xxx.com https://github.com/XXX/YYY",
    "your-link": "https://your-repository-link-here.com https://yourlinkhere.com",
    "this-url": "[这个 https URL](https://this-url.com)，https://thisurl.com",
    "this-https-url": "at this https URL, \\url{this http URL}, \\href{this https URL}{x}",
    "your-name": "https://github.com/your-username/your-repo",
    "password": "https://user:secret@foo.org/x",
    "other-schemes": "ftp://foo.org/x javascript:alert(1) data:text/html,x file:///etc",
    "no-dot": 'at http://anonymous." and http://localhost:8000/x',
    "private": "http://127.0.0.1/x http://10.0.0.1/x",
    "bad-port": "https://foo.org:99999/x",
    "cut-short": "Code: https://github.com/x/ba… and https://github.com/x/ba...",
    "arxiv-months": "arXiv:2513.04715 arXiv:2301.xxxxx arXiv:2301.0000012",
    "no-such-ending": "https://foo.bar.baz/x and foo.baz/x",
}


@pytest.mark.parametrize("text", NONE.values(), ids=NONE.keys())
def test_what_is_no_address_or_not_certainly_one_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_several_links_come_in_the_order_of_the_text() -> None:
    text = f"Code:{X},Data:{Y}; see {X}{Y} and [{X}]({Y})"
    assert found(text) == [X, Y, X, Y, X, Y]


def test_a_mention_keeps_what_was_written_and_what_it_leads_to() -> None:
    (mention,) = find_mentions("Code at github.com/x/y.")
    assert (mention.start, mention.end) == (8, 22)
    assert mention.link == Link(X, LinkKind.CODE, "github.com/x/y")


def test_each_address_is_given_once_and_the_first_is_kept() -> None:
    text = (
        "github.com/x/y https://www.github.com/x/y/ http://GitHub.com/X/Y.git "
        "https://foo.org/z https://foo.org/z#demo arXiv:2503.04715 arxiv.org/abs/2503.04715"
    )
    links = unique_links(mention.link for mention in find_mentions(text))
    assert [link.text for link in links] == [
        "github.com/x/y",
        "https://foo.org/z",
        "https://foo.org/z#demo",
        "arXiv:2503.04715",
    ]


PIECES = st.lists(
    st.sampled_from(
        [
            *(
                "https://",
                "http:",
                "//",
                "www.",
                "github.com",
                "/x",
                " ",
                ".",
                ",",
                "(",
                ")",
                "[",
                "]",
            ),
            *(
                "{",
                "}",
                "\\",
                "_",
                "~",
                "\\_",
                "doi:10.1000/",
                "arXiv:2503.0471",
                "5",
                "-",
                "@",
                "?",
                "=",
            ),
            *(
                "#",
                "%",
                "foo.org",
                "youtu.be/",
                "watch?v=",
                "A",
                "é",
                "中",
                "。",
                "\ud800",
                "\x00",
                "\n",
            ),
            *(
                "&amp;",
                "<",
                ">",
                '"',
                "'",
                "…",
                "xn--",
                "\u200b",
                "127.0.0.1",
                ":8",
                "İ",
                "and",
                "X-Y",
            ),
        ]
    ),
    max_size=30,
).map("".join)


@given(st.one_of(PIECES, st.text(), st.text(st.characters(codec=None))))
@example("https://[")
@example("http://℀.com/")
@example("https://github.com/\ud800")
def test_mentions_are_in_range_in_order_and_lead_somewhere(text: str) -> None:
    end = 0
    for mention in find_mentions(text):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end
        assert text[mention.start : mention.end] == mention.link.text
        parts = urlsplit(mention.link.url)
        assert parts.scheme in ("http", "https")
        assert "." in (parts.hostname or "") or ":" in (parts.hostname or "")
        assert parts.username is None
        assert not set(mention.link.url) & set(' \t\r\n"<>\\`{}|^')
        mention.link.url.encode()


HOSTILE = [
    *("https://", "http://a", "https://a@", "https://a:b@", "https://[", "https:// ", "https://x="),
    *(
        "https://a.io/x(",
        "https://a.io/[",
        "https://a.io/)))",
        "https://a.io/;",
        "https://a.io/\\_",
    ),
    *(
        "a.",
        "a-",
        "-.",
        "a.io,",
        "A.io/x,",
        "a@b.io ",
        "www.",
        "www.a.",
        "(",
        ")",
        "{\\_}",
        "$\\sim$",
    ),
    *(
        "doi:10.1000/",
        "doi ",
        "arXiv:",
        "arxiv ",
        "https://github.com/ ",
        "https://github.com/a/b-",
    ),
    *("https://github.com/a/x Y ", "https://github.com/a/x IMU Init", "https://a. ", "youtu.be/a "),
    *("https://a.io/wiki/中", "code: a.io ", "foo (foo.org) ", "[x](https://a.io)", "\ud800", "1"),
]


@pytest.mark.parametrize("piece", HOSTILE, ids=repr)
def test_long_hostile_text_is_read_to_its_end(piece: str) -> None:
    text = piece * (30_000 // len(piece)) + f" {X}"
    assert find_mentions(text)[-1:] or "https://github.com" in piece


def test_ten_thousand_links_are_all_found() -> None:
    text = "".join(
        f"See https://github.com/foo/bar_{number} for more. " for number in range(10_000)
    )
    assert len(find_mentions(text)) == 10_000


def _truth() -> list[dict[str, object]]:
    if not TRUTH.exists():
        pytest.skip(f"the judged papers are not there: {TRUTH.name}")
    papers: list[dict[str, object]] = json.loads(TRUTH.read_text(encoding="utf-8"))["papers"]
    return [paper for paper in papers if "urls" in paper]


@pytest.mark.parametrize("same", [str, key], ids=["exactly", "by-key"])
def test_the_links_of_judged_papers_are_found(same: Callable[[str], str]) -> None:
    hits = wrong = missed = 0
    for paper in _truth():
        urls, accepted = paper["urls"], paper.get("accept", [])
        assert isinstance(urls, list)
        assert isinstance(accepted, list)
        links = unique_links(mention.link for mention in find_mentions(str(paper["abstract"])))
        got = {same(link.url) for link in links}
        want = {same(entry["url"]) for entry in urls}
        hits += len(got & want)
        missed += len(want - got)
        wrong += len(got - want - set(map(same, accepted)))
    assert hits / (hits + wrong) >= 0.98
    assert hits / (hits + missed) >= 0.98


def test_the_links_of_the_first_digest_are_found() -> None:
    path = PROJECT / "tests" / "data" / "seed" / "2025-03-11.txt"
    urls = found(path.read_text(encoding="utf-8"))
    assert len(urls) == 16
    assert "https://www.github.com/samblouir/birdie" in urls
    assert "https://github.com/dennlinger/TopicalChange" in urls
    assert "https://github.com/yitu-opensource/T2T-ViT" in urls
    assert "https://step-law.github.io/" in urls


PLAIN_PIECES = [
    "github.com",
    "x.org",
    "a",
    "9",
    "-",
    "--",
    ".",
    "..",
    "/",
    "_",
    "~",
    "=",
    "%20",
    "+",
    ",",
    ")",
]


@given(
    st.sampled_from(["https://", "doi:10.1000/"]),
    st.lists(st.sampled_from(PLAIN_PIECES), max_size=8),
)
@example("https://", ["x.org", "/", "a", ")", "."])
@example("https://", ["x.org", "."])
def test_plain_addresses_end_where_all_addresses_do(before: str, pieces: list[str]) -> None:
    text = f"See {before}{''.join(pieces)} there."
    plain = find_mentions(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("generator.enriching.links._PLAIN", re.compile(r"(?!)"))
        assert plain == find_mentions(text)
