"""Formulas are copied as the TeX that they were written in."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator
from readers import DESK, PHONE, OpenReader, Reader, Screen
from sitehost import BuiltSite

SCREENS = pytest.mark.parametrize("screen", [PHONE, DESK], ids=lambda screen: screen.name)

_SELECT = """(element, [from, to]) => {
  const texts = [];
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) texts.push(walker.currentNode);
  const last = texts.at(to);
  getSelection().setBaseAndExtent(texts.at(from), 0, last, last.length);
}"""


def paper_with_formula(site: BuiltSite) -> str:
    """Address of a paper whose abstract has a formula."""
    for address in site.addresses("papers/"):
        page = (site.folder / address / "index.html").read_text(encoding="utf-8")
        if "<math data-tex" in page.split('class="bs-text"')[-1]:
            return address
    raise AssertionError


def copied(reader: Reader) -> str:
    """What Ctrl+C puts onto the clipboard, as it is pasted elsewhere."""
    reader.page.keyboard.press("Control+c")
    reader.page.evaluate(
        """() => {
          document.querySelector("#paste")?.remove();
          const field = Object.assign(document.createElement("textarea"), { id: "paste" });
          document.body.append(field);
          field.focus();
        }"""
    )
    reader.page.keyboard.press("Control+v")
    return reader.page.locator("#paste").input_value()


def formula(reader: Reader) -> Locator:
    return reader.abstract.locator("math").first


@SCREENS
def test_a_paragraph_is_copied_with_the_tex_of_its_formulas(
    open_reader: OpenReader, site: BuiltSite, screen: Screen
) -> None:
    reader = open_reader(screen)
    reader.open(paper_with_formula(site))
    paragraph = reader.abstract.filter(has=reader.page.locator("math")).first
    expected = paragraph.evaluate(
        """(paragraph) => {
          const copy = paragraph.cloneNode(true);
          for (const math of copy.querySelectorAll("math")) {
            math.replaceWith(`$${math.dataset.tex}$`);
          }
          return copy.textContent;
        }"""
    )
    before = paragraph.inner_html()
    paragraph.evaluate(_SELECT, [0, -1])
    assert "$" in expected
    assert copied(reader).strip() == expected.strip()
    # The page is as it was, and what was selected still is.
    assert paragraph.inner_html() == before


@SCREENS
@pytest.mark.parametrize("ends", [(0, 0), (-1, -1)])
def test_of_a_part_of_a_formula_the_whole_tex_is_copied(
    open_reader: OpenReader, site: BuiltSite, screen: Screen, ends: tuple[int, int]
) -> None:
    reader = open_reader(screen)
    reader.open(paper_with_formula(site))
    tex = formula(reader).get_attribute("data-tex")
    formula(reader).evaluate(_SELECT, [*ends])
    assert copied(reader) == f"${tex}$"


def test_a_selection_that_ends_in_a_formula_has_all_of_it(
    open_reader: OpenReader, site: BuiltSite
) -> None:
    reader = open_reader()
    reader.open(paper_with_formula(site))
    tex = formula(reader).get_attribute("data-tex")
    paragraph = reader.abstract.filter(has=reader.page.locator("math")).first
    for begins in (False, True):
        paragraph.evaluate(
            """(paragraph, begins) => {
              const texts = [];
              const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
              while (walker.nextNode()) texts.push(walker.currentNode);
              const math = paragraph.querySelector("math");
              const part = texts.find((text) => math.contains(text));
              if (begins) getSelection().setBaseAndExtent(part, 0, texts.at(-1), 1);
              else getSelection().setBaseAndExtent(texts[0], 0, part, 1);
            }""",
            begins,
        )
        text = copied(reader)
        assert text.startswith(f"${tex}$") if begins else text.endswith(f"${tex}$")


def test_other_selections_are_left_to_the_browser(open_reader: OpenReader, site: BuiltSite) -> None:
    reader = open_reader()
    reader.open(paper_with_formula(site))
    reader.page.evaluate(
        """() => addEventListener("copy", (event) => (globalThis.taken = event.defaultPrevented))"""
    )
    reader.heading.evaluate(_SELECT, [0, 0])
    assert copied(reader) == reader.heading.evaluate(
        "heading => document.createTreeWalker(heading, NodeFilter.SHOW_TEXT).nextNode().data"
    )
    assert reader.page.evaluate("taken") is False
    # A field has its own text, whatever the page has selected before.
    reader.page.evaluate(
        """() => {
          getSelection().selectAllChildren(document.querySelector(".bs-text"));
          document.querySelector("#paste").select();
        }"""
    )
    text = reader.page.locator("#paste").input_value()
    assert copied(reader) == text
    assert reader.page.evaluate("taken") is False
