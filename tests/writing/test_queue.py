"""The frames of the reader's own lists, and the list of digests that scripts compare at a visit."""

from __future__ import annotations

import json
from datetime import date

import pytest

from generator.model import Issue, Library
from generator.writing import markdown
from generator.writing.catalogue import Catalogue
from generator.writing.queue import digests_draft, queue_drafts
from generator.writing.site import Site

ISSUES = (
    Issue("2025-03-12-late", date(2025, 3, 12), "2025-03-12-late.txt", ()),
    Issue("2025-03-11", date(2025, 3, 11), "2025-03-11.txt", ()),
)


def pages(library: Library) -> dict[str, str]:
    catalogue = Catalogue(library)
    pages = {
        draft.path: markdown(draft.make()) for draft in queue_drafts(catalogue, Site("A <site>"))
    }
    return pages | {(draft := digests_draft(catalogue)).path: draft.make().decode()}


@pytest.mark.parametrize("name", ["saved", "read", "new"])
def test_each_list_has_a_frame_that_scripts_fill(name: str) -> None:
    content = pages(Library(ISSUES))[f"{name}.md"]
    assert f'data-list="{name}" data-total="0"' in content
    assert "scripts:\n- queue\n" in content
    assert "<site>" not in content
    # Marks are taken along where there are some.
    assert ("data-desk" in content) is (name != "new")


def test_the_three_lists_lead_to_each_other() -> None:
    content = pages(Library())["read.md"]
    for href in ("../saved/", "./", "../new/"):
        assert f'href="{href}"' in content
    assert content.count('aria-current="page"') == 1


def test_digests_are_listed_newest_first() -> None:
    content = json.loads(pages(Library(ISSUES))["digests.json"])
    assert content == {"version": 1, "digests": ["2025-03-12-late", "2025-03-11"]}


def test_an_empty_library_has_the_pages_too() -> None:
    assert json.loads(pages(Library())["digests.json"])["digests"] == []
