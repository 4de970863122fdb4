"""Every hostile text of the corpus in every field, in a real browser that would run all of it.

The pages' bodies stand here without the site around them and without its policy, which would stop
scripts whatever the pages hold. So nothing runs because nothing is there that could.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from pathlib import Path

import pytest
from readers import OpenReader
from sitehost import BuiltSite, serve

from generator.model import Page
from tests.trust.library import drawn, pages, squeezed, whole

_TOGETHER = 120
"""Bodies in one document."""
_LOOK = """() => {
    const forbidden = "script:not([type='application/ld+json']), iframe, object, embed, img, "
        + "style, base, link, audio, video";
    const unsafe = /^[\\s\\0-\\x1f]*(javascript|data|vbscript):/i;
    const live = (element) => [...element.attributes].some(({ name, value }) =>
        name.startsWith("on") || name === "style"
            || (/href|src|action/.test(name) && unsafe.test(value)));
    for (const math of document.querySelectorAll("math")) math.replaceWith(`⟨${math.dataset.tex}⟩`);
    return {
        ran: "pwned" in window,
        live: [...document.body.querySelectorAll("*")]
            .filter((e) => e.matches(forbidden) || live(e)).map((e) => e.outerHTML),
        hosts: [...new Set([...document.querySelectorAll("[href]")].map((a) =>
            new URL(a.href).protocol))],
        headings: [...document.querySelectorAll("h1")].map((h) => h.textContent),
    };
}"""


@pytest.fixture(scope="module")
def bodies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    folder: Path = tmp_path_factory.mktemp("corpus")
    for number, together in enumerate(batches()):
        parts = [f"<h1>{page.heading}</h1>\n{page.body}\n" for page in together]
        title = html.escape(together[0].path)
        head = f"<!doctype html><html lang=en><meta charset=utf-8><title>{title}</title><body>\n"
        (folder / f"{number}.html").write_text(head + "".join(parts), encoding="utf-8")
    (folder / "404.html").write_text("", encoding="utf-8")
    # Browsers ask for it where a page names no icon.
    (folder / "favicon.ico").write_bytes(b"")
    with serve(folder) as served:
        yield served


def batches() -> list[tuple[Page, ...]]:
    every = pages()
    return [every[at : at + _TOGETHER] for at in range(0, len(every), _TOGETHER)]


def test_no_text_runs_or_fetches_anything_and_titles_read_as_they_were_written(
    open_reader: OpenReader, bodies: BuiltSite
) -> None:
    reader = open_reader(base=bodies.url)
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    headings: list[str] = []
    count = len(batches())
    for number in range(count):
        reader.open(f"{number}.html")
        # What waits for the pointer or the focus runs when it comes.
        reader.page.mouse.move(200, 200)
        reader.page.keyboard.press("Tab")
        seen = reader.page.evaluate(_LOOK)
        assert not seen["ran"]
        assert seen["live"] == []
        assert set(seen["hosts"]) <= {"http:", "https:"}
        headings += seen["headings"]
    own = {f"{bodies.url}{number}.html" for number in range(count)}
    assert {url for url in asked if not url.endswith("/favicon.ico")} == own
    found = set(map(squeezed, headings))
    _, digest, library = whole()
    for record, slug in zip(digest.records, library.issues[0].records, strict=True):
        # Some are the same paper as an earlier one, but for marks.
        if library.papers[slug].appearances[0].source == record.source:
            assert drawn(record.title) in found, record.title
    assert len(headings) == len(pages()) > len(library.papers)
