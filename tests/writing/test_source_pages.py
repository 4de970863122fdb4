"""The pages on how a digest was read: every line, what it was taken for, and where it went."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser

import markdown as python_markdown
import pytest

from generator.enriching import build_library
from generator.enriching.vocabulary import read_vocabulary
from generator.memory import FORGETFUL, Memory
from generator.model import Issue, Page, PageDraft
from generator.reading import read_text
from generator.writing import Site, html, markdown, page_drafts, write_pages
from generator.writing.sourcelines import Reading

SITE = Site("The List", url="https://example.org/list/")
BEES = "Dances of Bees\n\nWe film four hives and decode the dances of 20 000 bees.\n"
TEXT = (
    f"Mar 11\n\n{BEES}\n\n\nWorms in Soil\nAuthors: Ada Bee; Cy Dee\n\nWe dig up worms.\nAll day.\n"
)


class Shelf:
    """Texts of digests by the names of their files, as an edge would give them."""

    def __init__(self, texts: Mapping[str, str], explains: str = "problems/x/#") -> None:
        self.texts = texts
        self.explains = explains
        self.reads = 0

    def mark(self, issue: Issue) -> bytes:
        return self.texts[issue.path].encode()

    def read(self, issue: Issue) -> Reading:
        self.reads += 1
        text = self.texts[issue.path]
        return Reading(read_text(text, issue.path), text, "a form of its own")

    def explained(self, code: str) -> str:
        return f"{self.explains}{code}" if self.explains else ""


class Kept:
    """A memory that keeps."""

    def __init__(self) -> None:
        self.known: dict[str, bytes] = {}

    def recall(self, name: str) -> bytes | None:
        return self.known.get(name)

    def remember(self, name: str, content: bytes) -> None:
        self.known[name] = content


def drafts_of(shelf: Shelf, memory: Memory = FORGETFUL) -> list[PageDraft]:
    digests = [read_text(text, path) for path, text in shelf.texts.items()]
    library = build_library(digests, read_vocabulary("", "v.yml")[0])
    return list(page_drafts(library, SITE, shelf, memory))


def pages_of(text: str, name: str = "2025-03-11.txt", explains: str = "problems/x/#") -> list[Page]:
    drafts = drafts_of(Shelf({name: text}, explains))
    return [draft.make() for draft in drafts if "/source" in draft.path]


def page_of(text: str) -> str:
    (page,) = pages_of(text)
    return page.body


class Lines(HTMLParser):
    """Reads a page as a reader does: number of each line, class, paper, text."""

    def __init__(self, body: str) -> None:
        super().__init__()
        self.found: dict[int, tuple[str, str, str]] = {}
        self.elements = 0
        self._kind = self._paper = ""
        self._number = self._line = 0
        self.feed(body)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements += 1
        given = {name: value or "" for name, value in attrs}
        if tag in ("section", "div"):
            self._paper, self._line = "", 0
        elif tag == "a" and given["href"].startswith("../") and "papers/" in given["href"]:
            self._paper = self._paper or given["href"].rpartition("papers/")[2]
        elif tag == "ol":
            self._kind, self._number = given.get("aria-label", ""), int(given.get("start", 0))
        elif tag == "li" and "id" in given:
            self._line = int(given.get("value", self._number))
            assert given["id"] == f"L{self._line}"
            self._number = self._line + 1
            kind = "Blank" if given.get("class") == "blank" else self._kind
            self.found[self._line] = (kind, self._paper, "")
        elif tag == "p":
            self._line = int(given["id"][1:]) if "id" in given else 0
            if self._line:
                self.found[self._line] = ("Blank", self._paper, "")

    def handle_data(self, data: str) -> None:
        if self._line:
            kind, paper, text = self.found[self._line]
            self.found[self._line] = (kind, paper, text + data.rstrip("\n"))


def test_every_line_has_its_number_its_class_its_paper_and_its_text() -> None:
    bees, worms = "dances-of-bees/", "worms-in-soil/"
    assert Lines(page_of(TEXT)).found == {
        1: ("Date", "", "Mar 11"),
        2: ("Blank", "", "2 blank"),
        3: ("Title", bees, "Dances of Bees"),
        4: ("Blank", bees, "4 blank"),
        5: ("Abstract", bees, BEES.splitlines()[2]),
        6: ("Blank", bees, "6–8 blank"),
        9: ("Title", worms, "Worms in Soil"),
        10: ("Key", worms, "Authors: Ada Bee; Cy Dee"),
        11: ("Blank", worms, "11 blank"),
        12: ("Abstract", worms, "We dig up worms."),
        13: ("Abstract", worms, "All day."),
    }


def test_the_top_has_the_totals_the_form_and_the_way_to_the_text() -> None:
    body = page_of(TEXT)
    assert re.findall(r"<dt>(.*?)</dt><dd>(\d+)</dd>", body) == [
        ("lines", "13"),
        ("papers", "2"),
        ("lines left out", "0"),
        ("repairs", "0"),
        ("problems", "0"),
    ]
    assert "Read as a form of its own (text)." in body
    assert '<a href="../../2025-03-11.txt">' in body
    assert '<a href="../">this digest</a>' in body
    assert "<dt>Key</dt><dd><b>1</b>" in body
    assert "Problems" not in body


def test_a_problem_stands_on_top_and_at_its_line() -> None:
    body = page_of(TEXT.replace("Authors: Ada Bee; Cy Dee", "Link: https://nonsense/x"))
    code = '<a href="../../../problems/x/&#35;B407">B407</a>'
    top, _, lines = body.partition('<div class="bs-lines">')
    assert f'<a href="#L10">Line 10</a>: error {code} the link' in top
    assert f"<li id=L10>Link: https://nonsense/x<p class=bad><b>Error {code}</b> the link" in lines


def test_a_code_is_no_link_where_the_site_does_not_explain_it() -> None:
    (page,) = pages_of(
        TEXT.replace("Authors: Ada Bee; Cy Dee", "Link: https://nonsense/x"), explains=""
    )
    assert "<b>Error B407</b>" in page.body


def test_many_problems_are_folded_and_the_rest_stands_at_the_lines() -> None:
    keys = "\n".join(f"Link: nonsense{number}" for number in range(70))
    body = "".join(page.body for page in pages_of(f"# Bees\n{keys}\n\nWe film bees all day.\n"))
    top, _, lines = body.partition('<div class="bs-lines">')
    assert "<summary>42 more</summary>" in top
    assert "And 20 more, which stand at their lines." in top
    assert lines.count("<p class=bad>") == 70


def test_a_repair_shows_what_was_supplied_and_what_is_shown() -> None:
    text = TEXT.replace("20 000", "20 \\times 10")
    assert "<p>Mended: <del>&#92;times</del> → <ins>×</ins>" in page_of(text)


def test_repeats_of_a_paper_lead_to_it_and_show_their_own_repairs() -> None:
    later = BEES.replace("20 000", "20 \\times 10")
    drafts = drafts_of(Shelf({"2025-03-11.txt": BEES, "2025-03-12.txt": later}))
    bodies = {d.path: d.make().body for d in drafts if d.path.endswith("/source.md")}
    assert "Mended" in bodies["digests/2025-03-12/source.md"]
    assert "Mended" not in bodies["digests/2025-03-11/source.md"]
    assert all('papers/dances-of-bees/">' in body for body in bodies.values())


def test_what_is_pasted_is_only_text_and_hides_nothing() -> None:
    hostile = "We <img src=x onerror=alert(1)> {{ x }}\u202efilm\u200b \x01bees\U000e0041 \x00."
    body = page_of(f"Dances of\u202e Bees\n\n{hostile} And we decode all the dances of bees.\n")
    assert "<img" not in body
    assert "{{" not in body
    assert "⟨U+202E⟩film⟨U+200B⟩ ⟨U+0001⟩bees⟨U+E0041⟩ ⟨U+0000⟩." in body
    assert not re.search("[\u202e\u200b\x00\x01\U000e0041]", body)


def test_a_long_text_is_cut_into_pages_within_bounds_that_have_every_line_once() -> None:
    papers = [f"Paper Number {n} of Bees\n\n{'We count bees. ' * 60}\n" for n in range(300)]
    pages = pages_of("\n".join(papers))
    assert [page.path for page in pages[:2]] == [
        "digests/2025-03-11/source.md",
        "digests/2025-03-11/source/2.md",
    ]
    numbers: list[int] = []
    for page in pages:
        lines = Lines(page.body)
        assert lines.elements <= 1_400
        assert len(page.body.encode()) <= 180_000
        numbers += lines.found
    assert numbers == sorted(set(numbers)) == list(range(1, 1200))
    assert '<a rel=next href="2/">' in pages[0].body
    assert '<a rel=prev href="../">' in pages[1].body
    assert f'href="../../../../papers/{"paper-number-299"}' in pages[-1].body
    assert all("aria-current=page" in page.body for page in pages)


def test_a_problem_on_a_further_page_is_reached_from_the_first() -> None:
    papers = [f"Paper Number {n} of Bees\n\n{'We count bees. ' * 60}\n" for n in range(150)]
    papers[-1] = papers[-1].replace("\n\n", "\nLink: nonsense\n\n", 1)
    pages = pages_of("\n".join(papers))
    (there,) = re.findall(r'<a href="2/#(L\d+)">', pages[0].body)
    assert f"<li id={there}>Link: nonsense" in pages[1].body


def test_a_page_stays_within_bounds_whatever_one_line_holds() -> None:
    long = "&" * 3_000 + "\\times " * 9_000 + "\u202e" * 9_000
    body = page_of(f"Dances of Bees\n\nWe film all bees. {long}\n")
    assert len(body.encode()) <= 180_000
    assert Lines(body).elements <= 200
    assert "(cut here: 75," in body


def test_of_a_long_line_of_an_abstract_there_is_the_beginning_and_what_became_of_it() -> None:
    abstract = "We film 4 hives. " * 20 + "It takes 384times384 pixels."
    body = page_of(f"Dances of Bees\n\n{abstract}\n\nhttps://huggingface.co/{'x' * 300}\n")
    known = Lines(body).found
    beginning, rest = known[3][2].split(" … ")
    assert abstract.startswith(f"{beginning} ")
    assert 150 < len(beginning) <= 160
    assert rest.startswith(f"(cut here: {len(abstract)} characters)")
    assert "Mended: <del>384times384</del>" in body
    assert "x" * 300 in body
    assert '<a href="../../2025-03-11.txt">the text as it was supplied</a> has them whole' in body


@pytest.mark.parametrize("length", [159, 200])
def test_a_line_that_is_hardly_longer_is_whole(length: int) -> None:
    abstract = ("We film hives. " * 20)[: length - 1] + "."
    assert Lines(page_of(f"Dances of Bees\n\n{abstract}\n")).found[3][2] == abstract


def test_a_line_that_several_papers_came_from_leads_to_all_of_them() -> None:
    entry = '{{"paper":{{"id":"2507.0000{}","title":"{}","summary":"{} every day of May."}}}}'
    entries = [
        entry.format(1, "Dances of Bees", "We film hives"),
        entry.format(2, "Worms in Soil", "We dig up worms"),
    ]
    body = page_of(f"[{','.join(entries)}]")
    assert "<p>Paper: <a" in body
    assert "papers/dances-of-bees/" in body
    assert "papers/worms-in-soil/" in body


def test_a_builder_s_markdown_makes_the_same_page_of_it() -> None:
    (page,) = pages_of(TEXT.replace("Authors: Ada Bee; Cy Dee", "Link: https://<b>/x"))
    body = markdown(page).split("\n---\n", 1)[1]
    made = python_markdown.markdown(body)
    assert re.sub(r"\s+", " ", made).strip() == re.sub(r"\s+", " ", html(page)).strip()


def test_the_page_is_kept_out_of_a_builder_s_search() -> None:
    (page,) = pages_of(TEXT)
    assert page.meta["search"] == {"exclude": True}


def test_the_digest_leads_to_the_page_where_there_is_one() -> None:
    shelf = Shelf({"2025-03-11.txt": TEXT})
    link = '<a href="source/">how this was read</a>'
    pages = {draft.path: draft for draft in drafts_of(shelf)}
    assert link in pages["digests/2025-03-11.md"].make().body
    library = build_library([read_text(TEXT, "2025-03-11.txt")], read_vocabulary("", "v.yml")[0])
    without = {page.path: page.body for page in write_pages(library, SITE)}
    assert "how this was read" not in without["digests/2025-03-11.md"]
    assert not [path for path in without if "source" in path]


def test_what_is_known_of_the_pages_is_not_read_again() -> None:
    shelf, memory = Shelf({"2025-03-11.txt": TEXT}), Kept()
    first = {draft.path: draft.key for draft in drafts_of(shelf, memory)}
    assert shelf.reads == 1
    again = {draft.path: draft.key for draft in drafts_of(shelf, memory)}
    assert again == first
    assert shelf.reads == 1


@pytest.mark.parametrize(
    "change",
    [("All day", "All night"), ("Worms", "Snails"), ("\n\n\n", "\n\n"), ("Mar 11", "Mar 12")],
)
def test_a_change_of_the_text_is_a_change_of_the_page(change: tuple[str, str]) -> None:
    path = "digests/2025-03-11/source.md"
    before, after = (
        {draft.path: draft.key for draft in drafts_of(Shelf({"2025-03-11.txt": text}))}[path]
        for text in (TEXT, TEXT.replace(*change))
    )
    assert before != after
