"""Nothing in the site leads nowhere, and an old address takes readers along."""

from __future__ import annotations

import pytest
from readers import OpenReader
from sitehost import BuiltSite

from generator.verifying import verify


def test_everything_that_the_site_names_is_there(site: BuiltSite) -> None:
    report = verify(site.folder)
    assert report.faults == []
    assert report.named > 10_000


@pytest.mark.parametrize("scripts", [True, False])
def test_an_old_address_takes_readers_along(open_reader: OpenReader, scripts: bool) -> None:
    reader = open_reader(scripts=scripts)
    reader.page.goto(f"{reader.base}team/")
    reader.page.wait_for_url(f"{reader.base}about/")
    assert reader.page.title().startswith("About")


def test_a_page_that_was_withdrawn_says_why(open_reader: OpenReader) -> None:
    reader = open_reader()
    reader.page.goto(f"{reader.base}staff/")
    assert reader.page.get_by_role("heading").inner_text() == "This page was withdrawn"
    assert "nobody is left" in reader.page.inner_text("main")
    margin = reader.page.evaluate("getComputedStyle(document.body).maxWidth")
    assert margin != "none", "the policy lets its own style in"
    reader.page.get_by_role("link").click()
    assert reader.page.url == reader.base
