"""No text of a digest becomes anything but text, in any field, through any output.

Three questions are asked of everything that is made: does `nh3` find nothing to take out, does a
parser of the format read it, and does it say what the input says? What a browser makes of the pages
is for tests/browser/test_browser_hostile.py, which takes the same texts.
"""

from __future__ import annotations

import csv
import email
import io
import json
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from email import policy
from html import unescape
from typing import Any

import lxml.etree
import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.checking.findings import find
from generator.checking.gathering import gather
from generator.checking.github import annotated, summary
from generator.checking.mending import mend as mend_file
from generator.checking.texts import told
from generator.enriching import build_library
from generator.enriching.comparing import compare
from generator.enriching.vocabulary import Vocabulary
from generator.mailing.message import compose
from generator.mailing.settings import mail_settings
from generator.model import Digest, Given, Page, Record, Source
from generator.publishing import drafts_beside
from generator.reading import read_text
from generator.reading.fitting import fitted
from generator.writing.catalogue import Catalogue
from generator.writing.escaping import clean
from generator.writing.pages import page_drafts
from generator.writing.site import Site

from .allowed import foreign, shown
from .corpus import HALVES, NUL, ONE_LINE, PIECES, SPANNING
from .library import (
    DAY,
    PATH,
    SITE,
    TEXTS,
    Supplied,
    drawn,
    files,
    pages,
    pasted,
    squeezed,
    tags_of,
    whole,
    with_tex,
)

THOROUGH = os.environ.get("THOROUGH") == "1"
EXAMPLES = 300 if THOROUGH else 12
MAIL = {
    "from": "Broadsheet <digest@example.org>",
    "to": "papers@lists.example.org",
    "list_id": "papers.lists.example.org",
    "unsubscribe": ["https://lists.example.org/leave"],
}


def assert_calm(page: Page) -> None:
    """Nothing in a page is anything but what our templates write."""
    for part in (page.body, page.heading):
        assert foreign(part) == "", page.path
    for key, value in page.meta.items():
        assert_calm_value(value, f"{page.path}: {key}")
    # Markdown and templates look into HTML too.
    outside = re.sub(r'<script type="application/ld\+json">[^<]*</script>', "", page.body)
    for mark in ("{{", "{%", "{#", "--8<--", "{:", "]("):
        assert mark not in outside, page.path
    (page.body + page.heading + json.dumps(page.meta, default=str)).encode("utf-8")


def assert_calm_value(value: object, where: str) -> None:
    """A value of front matter is printed into the head as it is."""
    if isinstance(value, str):
        assert not re.search(r"[<>\"'\n\r]", value), where
    elif isinstance(value, dict):
        for key, part in value.items():
            assert_calm_value(part, f"{where}: {key}")
    elif isinstance(value, list | tuple):
        for part in value:
            assert_calm_value(part, where)


def test_every_text_is_read_as_a_paper_of_its_own() -> None:
    _, digest, library = whole()
    assert len(digest.records) == len(TEXTS)
    assert len(library.papers) > len(TEXTS) - 9  # A few are the same once white space is folded.


def test_no_page_has_anything_but_what_templates_write() -> None:
    assert len(pages()) > 2 * len(TEXTS)
    for page in pages():
        assert_calm(page)


def test_a_page_says_what_the_digest_says() -> None:
    _, digest, library = whole()
    by_path = {page.path: page for page in pages()}
    for issue in library.issues:
        for record, slug in zip(digest.records, issue.records, strict=True):
            paper = library.papers[slug]
            page = by_path[f"papers/{slug}.md"]
            body = shown(with_tex(page.body))
            if paper.appearances[0].source != record.source:
                continue  # It is the same paper as an earlier one.
            assert shown(with_tex(page.heading)) == drawn(record.title), record.title
            for text in (*record.abstract.split("\n\n"), *record.notes, *record.authors):
                assert drawn(text) in body or squeezed(clean(text)) in body, text
            for tag in paper.tags:
                assert squeezed(clean(library.tags[tag].name)) in body, tag


def test_the_page_on_how_it_was_read_has_every_line() -> None:
    text, _, _ = whole()
    said = "".join(shown(page.body) for page in pages() if "/source" in page.path)
    # What nobody would see is named there.
    said = re.sub("⟨U\\+([0-9A-F]+)⟩", lambda found: chr(int(found[1], 16)), said)
    lines = squeezed(clean(said))
    for line in text.split("\n"):
        # Of a long one there is the beginning; the page of its paper has the rest.
        part = line if len(line) <= 200 else line[:80]
        assert squeezed(clean(part)) in lines, line


def test_every_file_is_read_by_a_parser_of_its_format() -> None:
    kinds = set()
    for path, content in files().items():
        kind = path.rpartition(".")[2]
        kinds.add(kind)
        if kind in ("xml", "opml"):
            # No file that a digest names is opened, and no entity grows.
            safe = lxml.etree.XMLParser(resolve_entities=False, no_network=True)
            lxml.etree.fromstring(content, safe)
        elif kind in ("json", "htm"):
            json.loads(content)
        elif kind != "bin":
            content.decode("utf-8")
    assert kinds >= {"xml", "opml", "json", "bib", "ris", "html", "bin"}


def test_feeds_hold_nothing_but_what_templates_write() -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    checked = 0
    for path, content in files().items():
        if path.endswith("feed.xml"):
            for element in lxml.etree.fromstring(content).iter(f"{atom}content", f"{atom}summary"):
                html = element.text or ""
                checked += 1
                assert foreign(html) == "", path
            for link in lxml.etree.fromstring(content).iter(f"{atom}link"):
                assert re.match(r"https?://", link.get("href", "")), path
        elif path.endswith("feed.json"):
            for item in json.loads(content)["items"]:
                checked += 1
                assert foreign(item.get("content_html", "")) == "", path
                assert re.match(r"https?://", item["url"]), path
    assert checked > 2 * len(TEXTS)


def test_the_file_to_take_along_holds_nothing_that_runs() -> None:
    (content,) = (content for path, content in files().items() if path.endswith(".html"))
    tree = lxml.html.fromstring(content.decode("utf-8"))
    for element in tree.iter(lxml.etree.Element):
        assert not any(str(name).startswith("on") for name in element.attrib)
        assert not re.match(r"(?i)\s*(javascript|data|vbscript):", element.get("href", ""))
    bodies = content.decode("utf-8").partition("<body>")[2]
    assert foreign(bodies) == ""


def test_a_citation_file_has_an_entry_for_each_paper_and_no_more() -> None:
    _, _, library = whole()
    number = len(library.papers)
    ris = files()["papers.ris"].decode("utf-8")
    assert len(re.findall(r"^TY  - ", ris, re.MULTILINE)) == number
    assert len(re.findall(r"^ER  -", ris, re.MULTILINE)) == number
    lines = ris.replace("\r\n", "\n")
    assert not re.search(r"^(?!(?:[A-Z][A-Z0-9]  -)|$|\ufeff)", lines, re.MULTILINE)
    # A paper's own file has its abstract as well.
    for path, content in files().items():
        if re.fullmatch(r"papers/[^/]+/papers\.ris", path):
            own = content.decode("utf-8")
            assert len(re.findall(r"^(?:TY|ER)  -", own, re.MULTILINE)) == 2, path
            assert not re.search(r"^(?!(?:[A-Z][A-Z0-9]  -)|$|\ufeff)", own, re.MULTILINE), path
    bib = files()["papers.bib"].decode("utf-8")
    assert len(re.findall(r"^@\w+\{", bib, re.MULTILINE)) == number
    assert not re.search(r"^\s*@(string|preamble|comment)\b", bib, re.MULTILINE | re.IGNORECASE)
    for entry in re.split(r"^(?=@)", bib, flags=re.MULTILINE)[1:]:
        plain = re.sub(r"\\[{}]", "", entry)
        assert plain.count("{") == plain.count("}"), entry


def test_what_is_mailed_has_two_bodies_that_say_the_titles_and_no_header_of_a_digest_s() -> None:
    for at in range(0, len(TEXTS), 40):
        digest = read_text(pasted(TEXTS[at : at + 40]), PATH)
        library = build_library([digest], Vocabulary())
        site = Site(TEXTS[at], "", "https://x.example/p/")
        message = compose(
            Catalogue(library),
            library.issues[0],
            site,
            mail_settings(MAIL, "mkdocs.yml"),
            datetime(2026, 3, 12, tzinfo=UTC),
        )
        read = email.message_from_bytes(message.as_bytes(), policy=policy.default)
        assert set(map(str.lower, read.keys())) == set(map(str.lower, message.keys()))
        assert "bcc" not in {name.lower() for name in read}
        assert read["To"] == MAIL["to"]
        html = read.get_body(("html",)).get_content()  # type: ignore[union-attr]
        plain = read.get_body(("plain",)).get_content()  # type: ignore[union-attr]
        tree: Any = lxml.html.fromstring(html)
        found = {element.tag for element in tree.iter(lxml.etree.Element)}
        assert not found & {"script", "iframe", "img", "object", "form", "svg", "base", "input"}
        for element in tree.iter(lxml.etree.Element):
            assert not any(str(name).startswith("on") for name in element.attrib)
            assert re.match(r"(https|http|mailto):|#|$", element.get("href", ""))
        text = squeezed(tree.text_content())
        for paper in list(library.papers.values())[:20]:
            title = squeezed(clean(paper.title))
            assert title in squeezed(plain), title
            assert squeezed(unescape(title)) in text or title in text, title


def loose(texts: Sequence[str]) -> str:
    """A digest as people write it, with a key that has to be mended."""
    return pasted(texts).replace("Format: broadsheet\n", "").replace("Note: ", "Nota: ")


def test_what_check_says_moves_no_cursor_and_commands_no_workflow() -> None:
    for texts in (TEXTS, [f"{text} {text}" for text in TEXTS]):
        text = loose(texts)
        digest = read_text(text, PATH)
        problems, _ = gather([digest], [], tags_of(TEXTS[::4]), {PATH: text})
        findings = find(problems, {PATH: text.split("\n")}.__getitem__)
        lines = [line for finding in findings for line in told(finding)]
        assert len(lines) > len(TEXTS)
        for line in lines:
            plain = re.sub(r"\x1b\[[0-9;]*m", "", line)  # Our own colours.
            assert plain.isprintable(), ascii(plain)
            assert not re.match(r"\s*(::|##\[)", plain), plain
        for line in annotated(findings):
            assert line.isprintable()
            assert re.match(r"::(error|warning) file=[^:,]*,line=\d+|\d", line)
            assert "\n" not in line
        report = summary(findings, "1 digest", "")
        for block in re.findall(r"<pre>\n(.*?)</pre>", report, re.DOTALL):
            assert "<" not in block
        assert report.count("<pre>") == report.count("</pre>")
        # To mend a file is to read it again and again, so that every fourth text must do.
        some = text if THOROUGH else loose(texts[::4])
        diff = mend_file(some.encode("utf-8"), PATH).diff
        assert diff
        for line in diff:
            assert not re.match(r"\s*(::|##\[)", line), line


def test_rows_for_a_spreadsheet_are_quoted() -> None:
    """There is no such file yet; if there is one, cells must not begin like a formula."""
    tables = {path: content for path, content in files().items() if path.endswith((".csv", ".tsv"))}
    for content in tables.values():
        for row in csv.reader(io.StringIO(content.decode("utf-8"))):
            assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


any_text = st.one_of(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join),
    st.sampled_from([*ONE_LINE.values(), *SPANNING.values(), *HALVES.values(), *NUL.values()]),
    st.text(min_size=1, max_size=40),
)
source = Source(PATH, 1)
given_text = any_text.map(lambda text: Given(text, source))
records = st.builds(
    Record,
    title=any_text,
    abstract=st.lists(any_text, min_size=1, max_size=3).map("\n\n".join),
    source=st.just(source),
    authors=st.lists(any_text, max_size=3).map(tuple),
    arxiv=st.none() | any_text,
    doi=st.none() | any_text.map(lambda text: f"10.1000/{text}"),
    links=st.lists(
        st.builds(
            lambda start, text: Given(start + text.text, source),
            st.sampled_from(["", "https://evil.invalid/", "http://"]),
            given_text,
        ),
        max_size=3,
    ).map(tuple),
    tags=st.lists(given_text, max_size=3).map(tuple),
    notes=st.lists(any_text, max_size=2).map(tuple),
)


def made(found: Iterable[Record], text: str) -> Iterator[Page]:
    kept = tuple(record for record in map(fitted, found) if record.title and record.abstract)
    digest = Digest(PATH, "2026-03-12", DAY, kept)
    library = compare(build_library([digest], tags_of([clean(text).strip() or "x"])))
    name = " ".join(text.split()) or "x"  # Of the owner's own writing.
    site = Site(name, name, "https://x.example/p/")
    for draft in page_drafts(library, site):
        yield draft.make()
    for file in drafts_beside(library, site, []):
        content = file.make()
        if file.path.endswith((".xml", ".opml")):
            lxml.etree.fromstring(content)
        elif file.path.endswith(".json"):
            json.loads(content)
        elif not file.path.endswith(".bin"):
            content.decode("utf-8")


@settings(max_examples=EXAMPLES)
@given(st.lists(records, min_size=1, max_size=3), any_text)
def test_whatever_a_field_holds_pages_have_nothing_but_what_templates_write(
    found: list[Record], text: str
) -> None:
    for page in made(found, text):
        assert_calm(page)


@settings(max_examples=EXAMPLES)
@given(st.lists(any_text, min_size=1, max_size=12).map("\n".join))
def test_whatever_is_pasted_is_read_and_shown_as_text(text: str) -> None:
    digest = read_text(text, PATH)
    library = build_library([digest], Vocabulary())
    for draft in page_drafts(library, SITE, Supplied(digest, text)):
        assert_calm(draft.make())


@pytest.mark.parametrize("name", SPANNING)
def test_what_needs_several_lines_is_text_as_well(name: str) -> None:
    text = f"# On Things\n\nWe study {SPANNING[name]}\n\n# On More Things\n\nWe study more.\n"
    digest = read_text(text, PATH)
    library = build_library([digest], Vocabulary())
    for draft in page_drafts(library, SITE, Supplied(digest, text)):
        assert_calm(draft.make())
