"""Write the site's sources to disk, in a form that any builder of MkDocs sites can take.

Pages as Markdown, the files beside them as they are, and mkdocs.yml without our plugin. Held
against MkDocs with the plugin, which makes the same site, and against Zensical by a test that
builds with both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import chain
from pathlib import Path

from pathspec import GitIgnoreSpec

from generator.exporting import (
    MANIFEST,
    ExportError,
    OutFolder,
    Settings,
    address_of,
    has_html_addresses,
    moved,
    with_moved_links,
)
from generator.exporting.policy import PLUGIN, policy_in
from generator.folders import DIGESTS, VOCABULARY
from generator.model import Page, Problem
from generator.permalinks.feeds import with_old_feeds
from generator.permalinks.pages import in_the_way
from generator.permalinks.pages import pages as pages_of_old
from generator.permalinks.permanent import is_permanent
from generator.project import read_library
from generator.promises import read_promises
from generator.publishing import drafts_beside
from generator.searching import WrittenPage, written_page
from generator.sitemap import sitemap
from generator.supply import TextSupply
from generator.trust import Policy
from generator.writing import Site, markdown, write_pages
from generator.writing.shapes import html

__all__ = ["MANIFEST", "ExportError", "export_site"]

_NOT_IN_NAV = (
    "/papers/\n/digests/*\n/years/\n/tags/*\n/authors/\n/glossary/*\n/about/vocabulary/"
    "\n/map/\n/trends/\n/saved/\n/read/\n/new/\n/search/\n"
)
"""Pages that the plugin keeps out of the navigation, as patterns of mkdocs.yml."""
_NEVER_PUBLISHED = (".*", "/templates/")
"""Patterns that MkDocs excludes by itself."""
_LAYOUT = "generated.html"


def export_site(config: Path, folder: Path) -> tuple[int, tuple[Problem, ...]]:
    """Write a site's sources to a folder.

    Takes the path of mkdocs.yml and the folder. Returns the number of files written and the
    problems of the digests and of the list of permalinks. Raises ExportError if mkdocs.yml cannot
    be understood or the folder holds what no export wrote, OSError if something cannot be written.
    """
    root = config.resolve().parent
    settings = Settings.read(config)
    docs = root / settings.text("docs_dir", "docs")
    overrides = settings.mapping("theme").text("custom_dir")
    sources = {"docs": docs} | ({"overrides": root / overrides} if overrides else {})
    _refuse_inside(folder, sources.values())
    policy = policy_in(settings).text()
    out = OutFolder(folder)

    supply = TextSupply(docs)
    library = read_library(docs / DIGESTS, docs / VOCABULARY, supply=supply)
    site = _site(settings)
    pages = {page.path: page for page in write_pages(library, site, supply)}
    ours = set(map(address_of, pages))
    copies = {
        f"{name}/{path.relative_to(place).as_posix()}": path
        for name, place in sources.items()
        for path in sorted(place.rglob("*"))
        if path.is_file() and _within(path, root)
    }
    copies = {name: path for name, path in copies.items() if not _is_at(name, ours)}
    by_hand = _by_hand(copies, settings.text("exclude_docs"))
    promises = read_promises(docs)
    addresses = {path: address_of(path) for path in by_hand}
    verdict = promises.judged({*filter(is_permanent, ours), *addresses.values()})

    drafts = list(drafts_beside(library, site, _found(by_hand)))
    made = {
        *(draft.path for draft in drafts),
        *(f"{a}index.html" for a in (*ours, *addresses.values())),
    }
    if hiding := in_the_way(verdict, made):
        raise ExportError(
            f"{promises.path}: {hiding[0]} would hide a file of the site: take its line out"
        )

    moves = {path: moved(path) for path in pages}
    moves |= {path: moved(path) for path, text in by_hand.items() if has_html_addresses(text)}
    files = {name.removeprefix("docs/") for name in copies}

    for page in pages.values():
        out.write(f"docs/{moves[page.path]}", _text(page))
    for name, source in copies.items():
        path = name.removeprefix("docs/")
        text = by_hand.get(path, "")
        renewed = with_moved_links(text, path, moves, files)
        if renewed == text and path not in moves:
            out.copy(name, source)
        else:
            out.write(f"docs/{moves.get(path, path)}", renewed)
    if policy != Policy().text() and (layout := copies.get(f"overrides/{_LAYOUT}")):
        chosen = f'{{%- set policy = "{policy}" -%}}\n'
        out.write(f"overrides/{_LAYOUT}", chosen + layout.read_text(encoding="utf-8"))
    for draft in with_old_feeds(drafts, verdict.moved):
        out.write(f"docs/{draft.path}", draft.make())
    days = dict.fromkeys(addresses.values()) | {
        address_of(p.path): p.updated for p in pages.values()
    }
    for name, content in chain(pages_of_old(verdict, site), sitemap(site.url, days)):
        out.write(f"docs/{name}", content)
        if name == "sitemap.xml":
            # Builders make one of their own, with less in it, unless there is a template.
            out.write(f"overrides/{name}", f"{{% raw %}}{content.decode()}{{% endraw %}}")
    _change(settings, moves)
    out.write("mkdocs.yml", settings.dump())
    return out.finish(), (*library.problems, *promises.problems, *verdict.problems)


def _site(settings: Settings) -> Site:
    # As MkDocs has it, and so everything that is made there.
    url = settings.text("site_url").rstrip("/")
    name = settings.text("site_name", "Broadsheet")
    return Site(name, settings.text("site_description"), f"{url}/" if url else "")


def _change(settings: Settings, moves: Mapping[str, str]) -> None:
    """Make of our mkdocs.yml one for other builders, in which pages have other paths."""
    plugins = settings.plugins()
    settings.drop_plugin(PLUGIN)
    theme = settings.mapping("theme")
    theme.set("custom_dir", "overrides")
    if theme.text("name") == "material":
        if not {"search", "material/search"} & plugins.keys():
            # The site has a search of its own; Zensical has another one unless told.
            settings.add_plugin("search: {enabled: false}")
        if not theme.text("variant"):
            # Zensical calls the look of Material so.
            theme.set("variant", "classic")
    # The feeds and the sitemap have this address already. An empty one is an address to Zensical.
    if url := settings.text("site_url"):
        settings.set("site_url", url)
    else:
        settings.drop("site_url")
    settings.set("docs_dir", "docs")
    settings.drop("site_dir")
    apart = settings.text("not_in_nav")
    unnamed = GitIgnoreSpec.from_lines(apart.splitlines())
    places = sorted(f"/{moves[path]}\n" for path in moves if unnamed.match_file(path))
    settings.set("not_in_nav", f"{apart}\n{''.join(places)}{_NOT_IN_NAV}")
    settings.rename("nav", lambda text: moves.get(text, text))


def _text(page: Page) -> str:
    """Return a page as Markdown whose heading is HTML already, as the layout takes it in.

    Builders name headings of Markdown, and a paper may be called as their scripts call a part.
    """
    # Front matter has no line of this kind within it.
    matter, rule, _ = markdown(page).partition("\n---\n\n")
    return f"{matter}{rule}{html(page)}"


def _is_at(name: str, addresses: set[str]) -> bool:
    """Whether a file would stand at the address of a page that is made here."""
    path = name.removeprefix("docs/")
    return path != name and path.endswith(".md") and address_of(path) in addresses


def _by_hand(copies: dict[str, Path], excluded: str) -> dict[str, str]:
    """Read the pages that are published, in the order in which MkDocs finds them."""
    hidden = GitIgnoreSpec.from_lines([*_NEVER_PUBLISHED, *excluded.splitlines()])
    found = {}
    for name in sorted(copies, key=_order):
        inside = name.removeprefix("docs/")
        if inside != name and inside.endswith(".md") and not hidden.match_file(inside):
            # One that cannot be read is copied as it is.
            with suppress(OSError, UnicodeDecodeError):
                found[inside] = copies[name].read_text(encoding="utf-8-sig")
    return found


def _order(name: str) -> list[tuple[bool, bool, str]]:
    """Sort the files of a folder before its folders, and of them the index first."""
    *folders, file = name.split("/")
    is_index = file.rpartition(".")[0] in ("index", "README")
    return [*((True, True, each) for each in folders), (False, not is_index, file)]


def _found(by_hand: dict[str, str]) -> Iterator[WrittenPage]:
    """Yield the pages that the search is to find."""
    for path, text in by_hand.items():
        # As MkDocs calls the home page.
        if page := written_page(address_of(path) or "./", text):
            yield page


def _within(path: Path, root: Path) -> bool:
    """Whether a file belongs to the project; raise if it is a link to somewhere else."""
    if not path.resolve().is_relative_to(root):
        raise ExportError(f"{path} is a link to a file outside of {root}: take it out first")
    return True


def _refuse_inside(folder: Path, sources: Iterable[Path]) -> None:
    for source in sources:
        if folder.resolve().is_relative_to(source.resolve()):
            raise ExportError(f"{folder} lies within {source}: choose a folder outside of it")
