"""A digest that would like to be code is shown as the text it is, everywhere, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

import pytest
from playwright.sync_api import expect
from readers import PHONE, THOROUGH, OpenReader, Reader
from sitehost import BuiltSite, build, copy_project, serve
from test_browser_accessibility import assert_accessible

from generator.enriching.mending import mend

HOSTILE = (
    "<script>window.pwned=1</script>",
    "<img src=x onerror=window.pwned=1>",
    '"><svg onload=window.pwned=1>',
    "</title></h1></article><script>window.pwned=1</script>",
    "</script><script>window.pwned=1</script>",
    "<details open ontoggle=window.pwned=1>",
    "<iframe srcdoc='<script>top.pwned=1</script>'></iframe>",
    "<a href=javascript:window.pwned=1>click</a>",
    "<style>* { display: none }</style>",
    "<!-- a comment that never ends",
    "<![>",
    "<![CDATA[ x ]]>",
    "<?php echo 1 ?>",
    "&lt;b&gt; &amp;amp; &#60; &copy",
    "[x](javascript:window.pwned=1)",
    "![x](x.png) ![y][z]",
    "[a]: javascript:window.pwned=1",
    "<javascript:window.pwned=1>",
    "**bold** _it_ __b__ `code` ~~no~~ ==m== ^^i^^ H~2~O",
    "| a | b |",
    "> quoted",
    "- item",
    "1. one",
    "***",
    "===",
    "```python",
    "!!! note",
    '??? "note"',
    "[^1] and [TOC] and *[HTML]: x",
    "{: onclick=window.pwned=1 } { .class #id }",
    ":smile: :material-home: (c) -- ... 'q' \"q\"",
    '--8<-- "mkdocs.yml"',
    "$$ x^2 $$ and $y$ and \\(z\\) and \\[w\\]",
    "\\*escaped\\* \\# \\_ \\<b\\>",
    "{{ 7*7 }} {{ config.site_name }}",
    '{% include "x" %} {% raw %}',
    "{# a comment #}",
    "2026-03-11",
    "---",
    "...",
    "key: value # not a comment",
    "yes",
    "null",
    "1e3",
    "'single",
    '"double',
    "!!python/object/apply:os.system ['true']",
    "*alias &anchor @at %TAG",
    "[1, 2]",
    "{a: b}",
    "CON",
    "__config",
    "__search",
    "BS keys",
    "BS acts",
    "..",
    "🙂 👩‍👩‍👧 ة 论文",
)
_STEP = 1 if THOROUGH else 4
"""Of how many texts one is opened and searched for by itself: `tests/trust` takes all to pieces."""

_KEYS = """\
Authors: Ada <b>Lovelace</b>; {{ 7*7 }} **Turing**
Tags: <i>{{ 7*7 }}</i> **tag**
Link: javascript:window.pwned=1
Note: <img src=x onerror=window.pwned=1> {{ 7*7 }}
"""


def abstract(number: int) -> tuple[str, str]:
    """Two paragraphs: one with the text in its midst, one that begins with it."""
    text = HOSTILE[number]
    return (
        f"Here stands {text} in the midst of calm words: unique{number:03}.",
        f"{text} begins it.",
    )


def drawn(text: str) -> str:
    """Return what a page shows of a text; for a formula, the TeX that it carries."""
    mended = mend(text)
    shown, end = "", 0
    for formula in mended.marks.formulas:
        shown += f"{mended.text[end : formula.start]}⟨{formula.tex}⟩"
        end = formula.end
    return folded(shown + mended.text[end:])


def folded(text: str | None) -> str:
    return " ".join((text or "").split())


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    papers = [
        f"# {title}\n{_KEYS}\n" + "\n\n".join(abstract(number)) + "\n"
        for number, title in enumerate(HOSTILE)
    ]
    root = tmp_path_factory.mktemp("hostile")
    project = copy_project(root / "project", {"2026-03-12.txt": "\n\n".join(papers)})
    log = build(project, root / "site", strict=False)
    with serve(root / "site", log) as served:
        yield served


_LOOK = """() => {
    const text = element => {
        const copy = element.cloneNode(true);
        for (const math of copy.querySelectorAll("math")) math.replaceWith(`⟨${math.dataset.tex}⟩`);
        return copy.textContent;
    };
    const texts = selector => [...document.querySelectorAll(selector)].map(text);
    const forbidden = ["SCRIPT", "IFRAME", "STYLE", "OBJECT", "IMG"];
    // Linked data is a script by name only: no browser runs it.
    const data = element => element.tagName === "SCRIPT" && element.type === "application/ld+json";
    const live = element => !data(element) && forbidden.includes(element.tagName)
        || [...element.attributes].some(a =>
            a.name.startsWith("on") || /^\\s*(javascript|data|vbscript):/i.test(a.value));
    return {
        title: document.title,
        titles: texts(".bs-entry__title"),
        heading: texts("article h1").join(),
        abstract: texts("section[aria-label=Abstract] p"),
        article: texts("article").join(),
        previous: texts("a[rel=prev]").join(),
        next: texts("a[rel=next]").join(),
        ran: "pwned" in window,
        live: [...document.querySelectorAll("article *")].filter(live).map(e => e.outerHTML),
    };
}"""


@dataclass(frozen=True)
class Seen:
    """What the browser made of a page, gathered in one go."""

    title: str
    titles: list[str]
    """Of the papers in a list."""
    heading: str
    abstract: list[str]
    article: str
    previous: str
    next: str
    ran: bool
    live: list[str]


def look(reader: Reader) -> Seen:
    """Look at a page: nothing may have run, and nothing that could run come out of the text."""
    seen = Seen(**reader.page.evaluate(_LOOK))
    assert not seen.ran, reader.address
    assert seen.live == [], reader.address
    return seen


def test_lists_show_titles_and_every_paper_s_page_shows_all_as_it_was_pasted(
    open_reader: OpenReader, hostile: BuiltSite
) -> None:
    reader = open_reader(base=hostile.url)
    reader.open("digests/2026-03-12/")
    seen = look(reader)
    titles = [drawn(title) for title in HOSTILE]
    links = reader.title(reader.entries)
    assert [folded(text) for text in seen.titles] == titles

    addresses = links.evaluate_all("links => links.map(link => link.href)")
    assert len(addresses) == len(titles)
    for number in range(0, len(titles), _STEP):
        title = titles[number]
        reader.open(addresses[number].removeprefix(hostile.url))
        seen = look(reader)
        assert folded(seen.heading) == title
        assert folded(mend(HOSTILE[number]).text) in folded(seen.title)
        assert [folded(text) for text in seen.abstract] == [*map(drawn, abstract(number))]
        before, after = titles[:number][-1:], titles[number + 1 :][:1]
        assert folded(seen.previous).endswith("".join(before))
        assert folded(seen.next).endswith("".join(after))
        article = folded(seen.article)
        assert "Ada <b>Lovelace</b>" in article
        assert "{{ 7*7 }} **Turing**" in article
        assert "<i>{{ 7*7 }}</i> **tag**" in article
        assert "<img src=x onerror=window.pwned=1> {{ 7*7 }}" in article


def test_how_it_was_read_shows_every_line_as_it_was_pasted(
    open_reader: OpenReader, hostile: BuiltSite
) -> None:
    reader = open_reader(PHONE, "dark", base=hostile.url)
    reader.open("digests/2026-03-12/")
    reader.page.get_by_role("link", name="how this was read").click()
    expect(reader.heading).to_have_text("Digest of 12 March 2026: how it was read")
    pages = 0
    lines: list[str] = []
    while True:
        pages += 1
        look(reader)
        assert reader.wide() == 0
        lines += reader.page.locator("li[id^=L]").evaluate_all(
            "lines => lines.map(line => line.firstChild.textContent)"
        )
        on = reader.page.locator(".bs-pager a[rel=next]")
        if not on.count():
            break
        on.click()
        expect(reader.heading).to_contain_text(f", page {pages + 1} of ")
        reader.page.wait_for_load_state()
    assert_accessible(reader)
    for number, title in enumerate(HOSTILE):
        assert f"# {title}" in lines
        assert set(abstract(number)) <= {*lines}
    assert "Link: javascript:window.pwned=1" in lines
    assert pages > 1


@pytest.mark.parametrize("address", ["", "digests/", "tags/"])
def test_lists_and_navigation_show_it_as_text(
    open_reader: OpenReader, hostile: BuiltSite, address: str
) -> None:
    reader = open_reader(base=hostile.url)
    reader.open(address)
    expect(reader.page.get_by_text("<i>{{ 7*7 }}</i> **tag**").first).to_be_visible()
    look(reader)


def test_a_tag_s_page_shows_it_as_text(open_reader: OpenReader, hostile: BuiltSite) -> None:
    reader = open_reader(base=hostile.url)
    reader.open("tags/")
    reader.page.get_by_role("link", name="<i>{{ 7*7 }}</i> **tag**").first.click()
    expect(reader.heading).to_have_text("<i>{{ 7*7 }}</i> **tag**")
    assert "<i>{{ 7*7 }}</i> **tag**" in reader.page.title()
    look(reader)


def test_search_shows_it_as_text(open_reader: OpenReader, hostile: BuiltSite) -> None:
    reader = open_reader(base=hostile.url)
    reader.open()
    reader.search("calm", "keyboard")
    for number in range(0, len(HOSTILE), _STEP):
        title = HOSTILE[number]
        reader.ask(f"unique{number:03}")
        expect(reader.results).to_have_count(1)
        if not mend(title).marks.formulas:  # Of these, search keeps the letters alone.
            expect(reader.results).to_contain_text(folded(mend(title).text))
    look(reader)


def test_the_head_of_a_page_is_whole(hostile: BuiltSite) -> None:
    """A title or description that breaks out of its attribute would add an element to the head."""

    class Head(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.tags: list[str] = []

        def handle_starttag(self, tag: str, attrs: object) -> None:
            self.tags.append(tag)

    shapes = set()
    for address in hostile.addresses("papers/"):
        page = (hostile.folder / address / "index.html").read_text(encoding="utf-8")
        head = Head()
        head.feed(page.partition("<body")[0])
        # The first paper has no previous one, the last no next one.
        shapes.add(tuple(tag for tag in head.tags if tag != "link"))
    assert len(shapes) == 1
