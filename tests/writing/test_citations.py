"""Citations: a table of papers in every format, names, keys, formulas, and where files stand."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from lxml import html
from msgspec.structs import replace

from generator.model import Appearance, Issue, Library, Link, LinkKind, Mention, Paper, Source, Tag
from generator.textmarks import Formula, Marks
from generator.writing.catalogue import Catalogue
from generator.writing.citations import FORMATS, citation_drafts, cite, coins, offer
from generator.writing.citations.files import Format
from generator.writing.citations.keys import key_of
from generator.writing.citations.people import Person, person_of
from generator.writing.citations.texmaths import is_safe
from generator.writing.site import Site

_CASES = Path(__file__).parents[1] / "data" / "citations" / "cases.json"
_TABLE: dict[str, Any] = json.loads(_CASES.read_text(encoding="utf-8"))
_SITE = Site("The List", url=_TABLE["site"])
_FORMS = pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.ending)
_PAPERS = pytest.mark.parametrize("case", _TABLE["papers"], ids=lambda case: case["slug"])


def _paper(case: dict[str, Any]) -> Paper:
    formulas = []
    for text, tex in case.get("formulas", []):
        start = case["title"].index(text)
        formulas.append(Formula(start, start + len(text), tex, "<math></math>"))
    abstract = case.get("abstract", "")
    mentions = []
    for url in case.get("mentioned", []):
        start = abstract.index(url)
        mentions.append(Mention(start, start + len(url), Link(url, LinkKind.PAPER, url)))
    return Paper(
        slug=case["slug"],
        title=case["title"],
        abstract=abstract,
        title_marks=Marks(formulas=tuple(formulas)),
        mentions=tuple(mentions),
        authors=tuple(case.get("authors", ())),
        arxiv=case.get("arxiv"),
        doi=case.get("doi"),
        links=tuple(Link(url, LinkKind(kind), url) for url, kind in case.get("links", ())),
        tags=tuple(case.get("tags", ())),
        appearances=tuple(
            Appearance(digest, Source(f"{digest}.txt", 1)) for digest in case["digests"]
        ),
    )


def _catalogue(*papers: Paper) -> Catalogue:
    issues = [
        Issue(
            slug,
            date.fromisoformat(day),
            f"{slug}.txt",
            tuple(p.slug for p in papers if any(a.digest == slug for a in p.appearances)),
        )
        for slug, day in _TABLE["digests"].items()
    ]
    return Catalogue(
        Library(
            issues=tuple(sorted(issues, key=lambda issue: issue.slug, reverse=True)),
            papers={paper.slug: paper for paper in papers},
            tags={slug: Tag(slug, name) for slug, name in _TABLE["tags"].items()},
        )
    )


_ALL = {case["slug"]: _paper(case) for case in _TABLE["papers"]}
_CATALOGUE = _catalogue(*_ALL.values())


def _entry(slug: str, form: Format) -> str:
    whole = cite([_ALL[slug]], _CATALOGUE, _SITE, form)
    return whole.removeprefix(form.head).removesuffix(form.tail)


def _named(ending: str) -> Format:
    return next(form for form in FORMATS if form.ending == ending)


def test_the_table_is_as_python_writes_it(golden: Callable[[str, str], None]) -> None:
    table = {**_TABLE, "papers": []}
    for case in _TABLE["papers"]:
        texts = {form.ending: _entry(case["slug"], form) for form in FORMATS}
        table["papers"].append({**case, "expected": texts})
    golden("citations/cases.json", json.dumps(table, ensure_ascii=False, indent=1) + "\n")


@_FORMS
@pytest.mark.parametrize("slugs", _TABLE["lists"], ids=len)
def test_a_file_of_several_papers_is_the_join_of_their_entries(
    slugs: list[str], form: Format
) -> None:
    texts = [_entry(slug, form) for slug in slugs]
    joined = cite([_ALL[slug] for slug in slugs], _CATALOGUE, _SITE, form)
    assert joined == form.head + form.between.join(texts) + form.tail
    assert joined[len(form.head) : -len(form.tail)].split(form.between) == texts


@_PAPERS
def test_no_year_is_claimed_but_one_that_an_arxiv_identifier_tells(case: dict[str, Any]) -> None:
    known = "arxiv" in case or "arxiv" in (case.get("doi") or "")
    bib, ris, csl = (_entry(case["slug"], form) for form in FORMATS)
    assert ("\n  year = " in bib) == known
    assert ("\nPY  - " in ris) == known
    assert ("issued" in json.loads(csl)) == known


@_FORMS
def test_every_paper_says_which_digest_it_was_in(form: Format) -> None:
    assert "In the digest of 11 March 2025" in _entry("only-a-title", form)
    twice = "In the digests of 4 March 2025 and of 11 March 2025, evening list"
    assert twice in _entry("bert-and-t5-for-q-learning-a-survey", form)


@_FORMS
def test_a_digest_that_lists_a_paper_twice_is_named_once(form: Format) -> None:
    paper = _ALL["only-a-title"]
    twice = replace(paper, appearances=paper.appearances * 2)
    assert cite([twice], _catalogue(twice), _SITE, form) == cite([paper], _CATALOGUE, _SITE, form)


@_FORMS
def test_a_site_that_does_not_know_its_address_claims_none(form: Format) -> None:
    paper = _ALL["only-a-title"]
    assert "http" not in cite([paper], _CATALOGUE, Site("The List"), form)
    assert "http" not in coins(paper, Site("The List"))


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("Ada Lovelace", Person("Lovelace", "Ada")),
        ("Ludwig van Beethoven", Person("van Beethoven", "Ludwig")),
        ("Ana de la Cruz", Person("de la Cruz", "Ana")),
        ("Lovelace, Ada", Person("Lovelace", "Ada")),
        ("van der Berg, Jan P.", Person("van der Berg", "Jan P.")),
        ("J.-P. O'Neill-Smith", Person("O'Neill-Smith", "J.-P.")),
        ("Martin Luther King Jr.", Person("King", "Martin Luther", "Jr.")),
        ("Łukasz  Kaiser", Person("Kaiser", "Łukasz")),
        ("García Márquez, Gabriel J.", Person("García Márquez", "Gabriel J.")),
        ("Lee, Ann Marie", Person("Lee", "Ann Marie")),
        ("Ada Lovelace, Max Born", Person(literal="Ada Lovelace, Max Born")),
        ("OpenAI", Person(literal="OpenAI")),
        ("Gemini Team", Person(literal="Gemini Team")),
        ("University of Oslo", Person(literal="University of Oslo")),
        ("Smith and Sons", Person(literal="Smith and Sons")),
        ("李 飞飞", Person(literal="李 飞飞")),
        ("Smith J.", Person(literal="Smith J.")),
        ("Luc Van Gool", Person(literal="Luc Van Gool")),
        ("Smith, Jr.", Person(literal="Smith, Jr.")),
        ("A, B, C", Person(literal="A, B, C")),
        ("et al.", Person(literal="et al.")),
        ("R2 D2", Person(literal="R2 D2")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_name_is_split_only_where_it_is_sure(name: str, person: Person) -> None:
    assert person_of(" ".join(name.split())) == person


def test_a_slug_is_its_own_key_and_no_two_names_share_one() -> None:
    slug = "dnabert-2-a-foundation-model-2025-03-11"
    assert key_of(slug) == slug
    odd = ["a b", "a_b", "a_20_b", "A b", "a}b", "ä", "a, b"]
    assert len({key_of(name) for name in odd}) == len(odd)
    assert all(re.fullmatch(r"[A-Za-z0-9:_-]+", key_of(name)) for name in odd)


@pytest.mark.parametrize(
    ("tex", "safe"),
    [
        (r"\mathcal{O}(n \log n)", True),
        (r"\frac{1}{2}", True),
        ("Q^*", True),
        ("x_{i,j}", True),
        (r"\input{/etc/passwd}", False),
        (r"\write18{ls}", False),
        (r"^^5cinput", False),
        (r"\{", False),
        ("a}{b", False),
        ("a$b", False),
        ("a%b", False),
        ("a&b", False),
        ("α", False),
        ("a\\", False),
        ("a\\ ", False),
        ("", False),
        ("\n", False),
    ],
)
def test_a_formula_goes_into_bibtex_as_tex_only_if_it_can_do_no_harm(tex: str, safe: bool) -> None:
    assert is_safe(tex) is safe


def test_files_stand_beside_the_pages_of_library_digests_used_tags_and_papers() -> None:
    pages = {draft.path: draft.make().decode() for draft in citation_drafts(_CATALOGUE, _SITE)}
    folders = {path.rpartition("papers.")[0] for path in pages}
    assert folders == {
        "",
        *(f"digests/{slug}/" for slug in _TABLE["digests"]),
        *(f"tags/{slug}/" for slug in _TABLE["tags"]),
        *(f"papers/{slug}/" for slug in _ALL),
    }
    assert len(pages) == len(folders) * len(FORMATS)
    for form in FORMATS:
        assert pages[f"papers/old-knots/papers.{form.ending}"] == cite(
            [_ALL["old-knots"]], _CATALOGUE, _SITE, form
        )


def test_the_files_of_many_papers_say_only_what_it_takes_to_cite_them() -> None:
    pages = {draft.path: draft.make().decode() for draft in citation_drafts(_CATALOGUE, _SITE)}
    library = _CATALOGUE.library
    newest_first = dict.fromkeys(slug for issue in library.issues for slug in issue.papers)
    listed = {
        "": [_ALL[slug] for slug in newest_first],
        "tags/vision/": _CATALOGUE.papers_with(library.tags["vision"]),
        "digests/2025-03-04/": _CATALOGUE.papers_in(_CATALOGUE.issue_of["2025-03-04"]),
    }
    for folder, papers in listed.items():
        assert any(paper.abstract for paper in papers)
        brief = [
            replace(paper, abstract="", abstract_marks=Marks(), tags=(), appearances=())
            for paper in papers
        ]
        # Those of a tag do not say where on this site a paper has its page.
        site = Site(_SITE.name, _SITE.description) if folder.startswith("tags/") else _SITE
        for form in FORMATS:
            made = cite(brief, Catalogue(library), site, form)
            assert pages[f"{folder}papers.{form.ending}"] == made
            assert ("/list/papers/hostile/" in made) == (site is _SITE and folder == "")


def test_the_files_of_a_large_tag_hold_all_its_papers() -> None:
    issue = Issue("2025-03-11", date(2025, 3, 11), "x", tuple(f"p{at}" for at in range(200)))
    place = (Appearance("2025-03-11", Source("x", 1)),)
    papers = {
        slug: Paper(slug, f"Title of {slug}", "", tags=("t",), appearances=place)
        for slug in issue.papers
    }
    catalogue = Catalogue(Library((issue,), papers, {"t": Tag("t", "T")}))
    made = {draft.path: draft.make().decode() for draft in citation_drafts(catalogue, _SITE)}
    found = [item["id"] for item in json.loads(made["tags/t/papers.csl.json"])]
    assert found == list(issue.papers)


def test_a_library_without_papers_has_files_that_can_be_read() -> None:
    pages = {
        draft.path: draft.make().decode() for draft in citation_drafts(Catalogue(Library()), _SITE)
    }
    assert json.loads(pages["papers.csl.json"]) == []
    assert pages["papers.bib"].strip() == pages["papers.ris"].strip() == ""


def _coins(paper: Paper) -> list[tuple[str, str]]:
    (element,) = html.fragments_fromstring(str(coins(paper, _SITE)))
    assert isinstance(element, html.HtmlElement)
    assert (element.tag, element.get("class"), element.text) == ("span", "Z3988", None)
    assert element.get("aria-hidden") == "true"
    return parse_qsl(element.get("title", ""), strict_parsing=True)


@_PAPERS
def test_coins_carry_the_paper_and_not_the_abstract(case: dict[str, Any]) -> None:
    paper = _ALL[case["slug"]]
    pairs = _coins(paper)
    assert pairs[:2] == [("ctx_ver", "Z39.88-2004"), ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc")]
    assert ("rft.title", paper.title) in pairs
    assert len([key for key, _ in pairs if key in ("rft.au", "rft.aucorp")]) == len(paper.authors)
    assert not any(key == "rft.description" for key, _ in pairs)


def test_coins_of_a_preprint_name_it_by_its_arxiv_address_and_month() -> None:
    pairs = _coins(_ALL["bert-and-t5-for-q-learning-a-survey"])
    assert ("rft_id", "https://arxiv.org/abs/2503.04715") in pairs
    assert ("rft.type", "preprint") in pairs
    assert ("rft.date", "2025-03") in pairs
    assert ("rft.au", "van Beethoven, Ludwig") in pairs
    assert ("rft.aucorp", "The BigScience Workshop") in pairs


def test_coins_of_a_paper_without_identifier_claim_no_date() -> None:
    pairs = _coins(_ALL["only-a-title"])
    address = "https://example.org/list/papers/only-a-title/"
    assert [key for key, value in pairs if value == address] == ["rft_id"]
    assert not any(key == "rft.date" for key, _ in pairs)
    assert ("rft_id", "info:doi/10.1000/a_(b)<c>;2-#") in _coins(_ALL["with-a-doi"])


def test_coins_stay_small_however_many_the_authors() -> None:
    paper = Paper("x", "A title " * 100, "", authors=("Some Longish-Name Person",) * 3000)
    assert len(coins(paper, _SITE)) < 2500
    assert _coins(paper)[-1] == ("rft.aucorp", "et al.")


def test_an_offer_leads_from_any_page_to_the_files_with_good_names() -> None:
    made = offer("digests/2025-03-11/2/", "digests/2025-03-11/", "this digest", "digest-2025-03-11")
    assert [(str(file.href), str(file.download)) for file in made.files] == [
        (f"../papers.{ending}", f"digest-2025-03-11.{ending}")
        for ending in ("bib", "ris", "csl.json")
    ]
    here = offer("papers/x/", "papers/x/", "this paper", "a" * 200)
    assert str(here.files[0].href) == "papers.bib"
    assert len(here.files[0].download) < 70
